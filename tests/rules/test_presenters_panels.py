"""Custody, medicines, flags and the list of who is here, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from throughgate.custody.panels import CONTESTED, Panel, StayLine
from throughgate.custody.rules import ExpectedDate, StandingKind, WhyChosen, WhyNot, best_release_date
from throughgate.custody.rules.contradictions import RULES as CUSTODY_RULES
from throughgate.custody.rules.dates import DateType
from throughgate.directory.queries import Organisation
from throughgate.foundation.ids import new_id
from throughgate.linkage.rules import HoldReason
from throughgate.pages import flags
from throughgate.pages.held import presenters as held
from throughgate.pages.imports.csv_file import harmless
from throughgate.pages.names import Names
from throughgate.pages.person import held_at, medicines
from throughgate.pages.wording import current
from throughgate.treatment import rules as treatment
from throughgate.treatment.queries import Medicines
from throughgate.treatment.rules import DoseFact, PrescriptionFact, Told, validation

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ON = date(2026, 11, 9)
MOORLAND = Organisation(new_id(), "MDI", "Moorland", "", "prison", "england", is_checked=True)
PATHLIGHT = Organisation(new_id(), "PATH", "Pathlight", "", "community_treatment", "england", is_checked=True)
RAVI = new_id()
NAMES = Names([MOORLAND, PATHLIGHT], {RAVI: "Ravi Inkwell"})
TYPES = {
    "CRD": DateType(code="CRD", what="release", rank=6, certainty="calculated"),
    "SED": DateType(code="SED", what="end_of_sentence", rank=None, certainty="calculated"),
}


def expected(code: str, on: date | None) -> ExpectedDate:
    return ExpectedDate(type=code, on=on, organisation="MDI", known_at=NOON)


def panel(**rest: object) -> Panel:
    told: dict[str, object] = {
        "standing": "remand",
        "cell": "A-1",
        "stays": (StayLine("MDI", date(2026, 10, 20), None, "", "received", ""),),
        "dates": best_release_date(
            [expected("CRD", date(2026, 12, 3)), expected("SED", date(2027, 6, 1))], on=ON, types=TYPES
        ),
        "other_dates": (),
        "flags": (),
        "as_at": NOON,
    }
    return Panel(**{**told, **rest})  # type: ignore[arg-type]  # a table of one's own making


def facts(told: Panel, *, death: str = "") -> list[object]:
    return [fact.value for fact in held_at.panel(told, NAMES, death=death).facts]


def test_the_panel_says_where_in_what_standing_and_until_when() -> None:
    assert facts(panel()) == ["Moorland, A-1, since Tue 20 Oct 2026", "On remand", "Thu 3 Dec 2026"]


def test_somebody_out_for_a_time_is_held_all_the_same() -> None:
    out = (StayLine("MDI", date(2026, 10, 20), None, "court", "received", ""),)
    assert facts(panel(stays=out))[0] == "Moorland, A-1, out to court, since Tue 20 Oct 2026"


def test_what_is_not_told_is_left_for_the_page_to_say() -> None:
    assert facts(panel(standing="", stays=(), dates=None, as_at=None)) == ["", "", ""]


def test_a_date_that_a_worker_was_told_says_by_whom_beside_what_is_on_record() -> None:
    told = ExpectedDate(
        type="CRD",
        on=date(2026, 11, 27),
        organisation="MDI",
        known_at=NOON + timedelta(days=1),
        certainty="confirmed",
        told_by="OMU",
    )
    best = best_release_date([expected("CRD", date(2026, 12, 3)), told], on=ON, types=TYPES)
    shown = held_at.panel(panel(dates=best), NAMES, death="")
    assert shown.facts[2] == (
        "Expected to leave",
        "Fri 27 Nov 2026",
        "Conditional release date, confirmed: told to a worker by OMU",
        None,
    )
    assert [version.source for version in shown.versions] == [
        "Moorland, confirmed: told to a worker by OMU",
        "less certain, Moorland",
    ]


def test_a_date_that_is_past_is_to_be_checked() -> None:
    past = best_release_date([expected("CRD", date(2026, 10, 1))], on=ON, types=TYPES)
    assert facts(panel(dates=past))[2] == "Thu 1 Oct 2026, which is past: check by hand"


def test_a_reported_death_that_a_worker_found_a_mistake_says_both() -> None:
    assert facts(panel(standing="died_reported"), death="reported")[1] == "Reported to have died"
    assert "found that to be a mistake" in str(facts(panel(standing="died_reported"))[1])


def test_a_death_that_a_worker_confirmed_is_told_as_more_than_a_report() -> None:
    for standing in ("died_reported", "not_in_custody"):
        told = facts(panel(standing=standing), death="confirmed")
        assert told[1] == "Has died, as a worker confirmed"


def test_every_date_is_shown_with_why_it_was_not_used() -> None:
    shown = held_at.panel(panel(), NAMES, death="")
    assert [(version.value, version.is_chosen) for version in shown.versions] == [
        ("Conditional release date: Thu 3 Dec 2026", True),
        ("End of sentence: Tue 1 Jun 2027", False),
    ]
    assert shown.versions[1].source == "not a release date, Moorland"
    assert shown.why == "Every date that can stand for the release names this day."


def test_earlier_stays_say_how_they_ended() -> None:
    stays = (
        StayLine("MDI", date(2026, 10, 20), None, "", "received", ""),
        StayLine("LEI", date(2025, 1, 6), date(2025, 3, 7), "", "received", "released"),
    )
    assert held_at.panel(panel(stays=stays), NAMES, death="").stays == (
        ("Moorland", "since Tue 20 Oct 2026", ""),
        ("LEI", "Mon 6 Jan 2025 to Fri 7 Mar 2025", "released"),
    )
    assert facts(panel(stays=stays[1:]))[0] == "Not in custody"


def test_custody_that_is_not_shared_is_said_to_be_so() -> None:
    assert not held_at.panel(None, NAMES, death="").is_shared


@pytest.mark.parametrize("kind", StandingKind)
def test_every_standing_has_words(kind: StandingKind) -> None:
    assert held_at.standing(kind.value, current())


def test_every_reason_for_and_against_a_date_has_words() -> None:
    assert all(held_at.why(why, current()) for why in WhyChosen)
    assert all(held_at.why_not(why, current()) for why in WhyNot)


def prescription(place: Organisation, dose: str, **rest: object) -> Told[PrescriptionFact]:
    fact = PrescriptionFact(
        key="rx",
        medicine="Methadone",
        dose=Decimal(dose),
        dose_as_written=dose,
        unit="ml",
        form="1 mg/ml oral solution",
        frequency="daily",
        supervised="supervised",
        started_on=date(2026, 10, 20),
        **rest,  # type: ignore[arg-type]  # what each case adds
    )
    return Told(fact=fact, organisation=str(place.id), source="treatment", known_at=NOON)


def dose(place: Organisation, *, at: datetime | None) -> Told[DoseFact]:
    fact = DoseFact(
        medicine="Methadone", taken_on=date(2026, 11, 1), taken_at=at, amount_as_written="60", unit="ml"
    )
    return Told(fact=fact, organisation=str(place.id), source="treatment", known_at=NOON)


def card(
    *told: Told[PrescriptionFact], doses: tuple[Told[DoseFact], ...] = (), on: date = ON
) -> medicines.Shown:
    lines = treatment.medicines_by_source(told, doses, on=on, old_after_days=28)
    return medicines.card(Medicines(lines, is_treated=True), NAMES)


def test_each_source_says_its_dose_its_cover_and_its_last_dose() -> None:
    shown = card(prescription(MOORLAND, "60"), doses=(dose(MOORLAND, at=NOON),))
    (source,) = shown.medicines[0].sources
    assert source.name == "Moorland"
    assert source.lines == (
        "60 millilitres daily, 1 mg/ml oral solution, supervised",
        "Prescribed now, from Tue 20 Oct 2026",
        "Last dose: 60 millilitres on Mon 2 Nov 2026, 12:00",
    )
    assert source.told == "told Mon 2 Nov 2026, 12:00"


def test_the_pharmacy_stands_beside_what_is_collected_there() -> None:
    given = replace(prescription(MOORLAND, "60").fact, pharmacy="Corner Pharmacy")
    (source,) = card(replace(prescription(MOORLAND, "60"), fact=given)).medicines[0].sources
    assert source.lines[0].endswith("supervised, collected at Corner Pharmacy")


def test_the_day_the_next_injection_is_due_stands_beside_its_prescription() -> None:
    given = replace(
        prescription(MOORLAND, "96").fact, supervised="administered", next_dose_on=date(2026, 11, 17)
    )
    (source,) = card(replace(prescription(MOORLAND, "96"), fact=given)).medicines[0].sources
    assert "Prescribed now, from Tue 20 Oct 2026, next dose due Tue 17 Nov 2026" in source.lines


def test_a_last_dose_without_a_time_says_so_and_one_without_a_prescription_too() -> None:
    (source,) = card(doses=(dose(PATHLIGHT, at=None),)).medicines[0].sources
    assert source.lines == (
        "A dose was seen taken; no prescription is told",
        "Last dose: 60 millilitres on Sun 1 Nov 2026, time not recorded",
    )


def test_sources_that_disagree_stand_side_by_side_and_nothing_is_settled() -> None:
    shown = card(prescription(MOORLAND, "60"), prescription(PATHLIGHT, "50"))
    (sentence,) = shown.medicines[0].disagreements
    assert sentence.startswith("They differ on the dose. ")
    assert "Moorland: 60" in sentence
    assert "Pathlight: 50" in sentence


def test_what_was_written_by_hand_says_by_whom_and_differs_from_its_own_feed() -> None:
    by_hand = replace(prescription(MOORLAND, "50"), source="hand", worker=str(RAVI))
    (shown,) = card(prescription(MOORLAND, "60"), by_hand).medicines
    assert {source.name: source.told for source in shown.sources} == {
        "Moorland": "told Mon 2 Nov 2026, 12:00",
        "Moorland, by hand": "said by hand by Ravi Inkwell, Mon 2 Nov 2026, 12:00",
    }
    assert shown.disagreements == ("They differ on the dose. Moorland, by hand: 50; Moorland: 60.",)


def test_an_old_word_says_that_it_is_old() -> None:
    (source,) = card(prescription(MOORLAND, "60"), on=date(2026, 12, 24)).medicines[0].sources
    assert source.told.endswith("an old word, so ask them")


@pytest.mark.parametrize(
    ("told", "absent"),
    [
        (None, "not_shared"),
        (Medicines((), is_treated=False), "not_recorded"),
        (Medicines((), is_treated=True), "none_known"),
    ],
)
def test_three_kinds_of_nothing_are_three_things(told: Medicines | None, absent: str) -> None:
    assert medicines.card(told, NAMES).absent == absent


FLAGS = {
    *(rule.key for rule in CUSTODY_RULES),
    *(rule.key for rule in validation.RULES),
    "too_far_off",
    "out_of_order",
    "told_before_it_happened",
    "in_two_prisons",
    "ended_by_another_source",
    "in_custody_after_death",
    CONTESTED,
}


@pytest.mark.parametrize("key", sorted(FLAGS))
def test_every_flag_of_the_rules_has_a_sentence_of_its_own(key: str) -> None:
    assert key.replace("_", " ").capitalize() not in flags.words(key)


def test_a_flag_nobody_worded_yet_is_still_readable() -> None:
    assert flags.words("quite_new") == "Quite new. Check it with the source."


@pytest.mark.parametrize("reason", HoldReason)
def test_every_reason_to_ask_has_a_sentence(reason: HoldReason) -> None:
    assert held.reason(reason.value).count(" ") > 3


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("A1234BC", "A1234BC"),
        (7, "7"),
        ("", ""),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell: object, safe: str) -> None:
    assert harmless(cell) == safe
