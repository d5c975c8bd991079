"""The timeline in words: what each entry says, which stand together, and where nothing was heard for long."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from throughgate.assessment.queries import BeforeLine
from throughgate.assessment.queries import NeedLine as AssessedLine
from throughgate.contacts.queries import ContactLine, NoteLine
from throughgate.custody.queries import (
    AlertLine,
    DateLine,
    DeathLine,
    LegalLine,
    LocationLine,
    MovementLine,
    NeedLine,
    UnreadLine,
)
from throughgate.directory.queries import Organisation
from throughgate.foundation.ids import new_id
from throughgate.pages.names import Names
from throughgate.pages.person import timeline, words
from throughgate.pages.person.said import Words
from throughgate.pathway.queries import ReadyLine
from throughgate.record import bodies
from throughgate.record.queries import Spine
from throughgate.treatment.queries import (
    AttendanceLine,
    DoseLine,
    EpisodeLine,
    InterventionLine,
    NaloxoneLine,
    PrescriptionLine,
)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
DAY = date(2026, 11, 2)
MOORLAND = Organisation(new_id(), "MDI", "Moorland", "", "prison", "england", is_checked=True)
LEEDS = Organisation(new_id(), "LEI", "Leeds", "", "prison", "england", is_checked=True)
RAVI = new_id()
NAMES = Names([MOORLAND, LEEDS], {RAVI: "Ravi Inkwell"})


def moved(what: str, **rest: Any) -> MovementLine:
    told = {
        "happened_on": DAY,
        "from_prison": "",
        "to_prison": "",
        "movement_type": "",
        "movement_reason": "",
        "true_release": False,
        "check_by_hand": False,
        "missed": False,
    }
    return MovementLine(what=what, **{**told, **rest})


SAID = [
    (moved("received", to_prison="MDI"), "Received", "At Moorland."),
    (moved("transferred", from_prison="LEI", to_prison="MDI"), "Moved", "From Leeds to Moorland."),
    (moved("transferred", from_prison="XYZ", to_prison="MDI"), "Moved", "From XYZ to Moorland."),
    (moved("released", from_prison="MDI"), "Released", "From Moorland."),
    (moved("unclear"), "Movement not clear", ""),
    (
        moved("released", from_prison="MDI", movement_type="REL", movement_reason="ZZ"),
        "Released",
        "From Moorland. Code REL ZZ is not in our table.",
    ),
    (LegalLine("REMAND", "", None), "Legal status", "On remand."),
    (LegalLine("SENTENCED", "", recall=True), "Legal status", "Sentenced. On recall."),
    (LegalLine("", "", None), "Legal status", "Taken away by the source"),
    (DateLine("CRD", DAY, "", "", ""), "Expected date", "Conditional release date Mon 2 Nov 2026"),
    (
        DateLine("CRD", DAY, "", "said", "OMU"),
        "Expected date",
        "Conditional release date Mon 2 Nov 2026, said, not certain: told to a worker by OMU",
    ),
    (DateLine("CRD", None, "", "", ""), "Expected date", "Conditional release date taken away"),
    (LocationLine("MDI", "A-1"), "Lives in", "A-1, Moorland"),
    (AlertLine("X", "NOT-KNOWN", is_active=True), "Alert raised", "NOT-KNOWN"),
    (AlertLine("X", "NOT-KNOWN", is_active=False), "Alert taken down", "NOT-KNOWN"),
    (
        NeedLine("MATSTAT", "ACCU9", "ON", "", DAY, None),
        "Care need",
        "MATSTAT/ACCU9. ON. Since Mon 2 Nov 2026.",
    ),
    (
        UnreadLine("croNumber", "?", "identifier_shape"),
        "Could not be read",
        "croNumber: “?”. The number does not have the shape of its kind. It joins nothing.",
    ),
    (DeathLine("reported", None), "Death reported", ""),
    (DeathLine("confirmed", DAY), "Death confirmed", "on Mon 2 Nov 2026"),
    (
        EpisodeLine(DAY, None, DAY, None, "", ["heroin"], "", {}),
        "Treatment",
        "Referred Mon 2 Nov 2026, started Mon 2 Nov 2026. Heroin.",
    ),
    (
        InterventionLine("Prescribing", "", DAY, None, ""),
        "Part of treatment",
        "Prescribing. Started Mon 2 Nov 2026.",
    ),
    (
        PrescriptionLine(
            "Methadone",
            "60",
            "ml",
            "oral solution",
            "daily",
            "supervised",
            DAY,
            None,
            None,
            None,
            "",
            "C",
        ),
        "Prescription",
        "Methadone oral solution. 60 millilitres daily. Supervised. From Mon 2 Nov 2026. Collected at C.",
    ),
    (
        PrescriptionLine("Buprenorphine", "96", "mg", "", "", "administered", None, None, None, DAY, "", ""),
        "Prescription",
        "Buprenorphine. 96 milligrams. Given by a nurse. Next dose due Mon 2 Nov 2026.",
    ),
    (
        DoseLine("Methadone", DAY, None, "60", "ml"),
        "Last dose seen",
        "Methadone. 60 millilitres. Time not recorded.",
    ),
    (DoseLine("Methadone", DAY, NOON, "", ""), "Last dose seen", "Methadone."),
    (NaloxoneLine("in_hand", "Two kits."), "Naloxone", "In their hands. Two kits."),
    (AttendanceLine(NOON, "Keywork", "attended", "phone", ""), "Appointment", "Keywork. Phone. Came."),
    (AttendanceLine(NOON, "", "", "", ""), "Appointment", "Not known yet what became of it."),
    (
        ContactLine("telephone", "not_let_out", "He asks again."),
        "Contact",
        "By telephone. Not let out of the wing or the cell. He asks again.",
    ),
    (NoteLine("She is well."), "Note", "She is well."),
]


@pytest.mark.parametrize(("line", "kind", "text"), SAID)
def test_an_entry_says(line: Any, kind: str, text: str) -> None:
    said = words.of_entry("any", line, NAMES)
    assert (said.kind, said.text) == (kind, text)


def test_a_recall_issued_is_called_one() -> None:
    assert (
        words.of_entry("recall_issued", LegalLine("RECALL", "", recall=True), NAMES).kind == "Recall issued"
    )


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        (LegalLine("REMAND", "", None), []),
        (LegalLine("", "", None), []),
        (LegalLine("MARTIAN", "", None), ["check by hand"]),
        (LegalLine("REMAND", "??", None), ["check by hand"]),
    ],
)
def test_a_legal_status_nobody_knows_has_to_be_looked_at(line: LegalLine, marks: list[str]) -> None:
    said = words.of_entry("legal_status", line, NAMES)
    assert [mark.words for mark in said.marks] == marks


def test_what_is_to_be_ready_is_called_by_its_item() -> None:
    said = words.of_entry("ready_home", ReadyLine("in_hand", DAY, "Her sister is asked."), NAMES)
    assert said == Words("Home tonight", "In hand. For Mon 2 Nov 2026. Her sister is asked.")


NEEDS = [
    (
        "home",
        AssessedLine("high", "Not there.", "Has no tenancy."),
        "Need: Home",
        "High. In their words: “Not there.” Has no tenancy.",
    ),
    ("safety", AssessedLine("words", "", "Asks to be alone."), "Need: Safety", "Asks to be alone."),
]


@pytest.mark.parametrize(("domain", "line", "kind", "text"), NEEDS)
def test_a_need_is_called_by_its_domain(domain: str, line: AssessedLine, kind: str, text: str) -> None:
    assert words.of_entry(f"need_{domain}", line, NAMES) == Words(kind, text)


HAD = [
    (
        BeforeLine(had=True, who="Tess", reach="01632 960001", since_on=DAY, last_on=None, text=""),
        "Tess. 01632 960001. Since Mon 2 Nov 2026.",
    ),
    (
        BeforeLine(had=True, who="", reach="", since_on=None, last_on=DAY, text=""),
        "They had one. Last on Mon 2 Nov 2026.",
    ),
    (
        BeforeLine(had=False, who="", reach="", since_on=None, last_on=None, text="Never."),
        "They had none. Never.",
    ),
]


@pytest.mark.parametrize(("line", "text"), HAD)
def test_what_they_had_before_custody_or_had_not(line: BeforeLine, text: str) -> None:
    said = words.of_entry("before_mental_health", line, NAMES)
    assert said == Words("Before custody: Mental-health care", text)


def test_a_doubtful_movement_says_that_somebody_must_look() -> None:
    said = words.of_entry("movement", moved("released", check_by_hand=True, missed=True), NAMES)
    assert [mark.words for mark in said.marks] == [
        "check by hand",
        "not told, worked out from what came after",
    ]


def entry(kind: str = "location", *, at: datetime = NOON, **rest: Any) -> Spine:
    told = {
        "id": new_id(),
        "identity_id": new_id(),
        "kind": kind,
        "category": "custody_legal",
        "item": "",
        "happened_at": at,
        "dated_by": "day",
        "as_at": at,
        "recorded_at": at,
        "recorded_by": None,
        "organisation_id": MOORLAND.id,
        "source": "prisoner-search",
        "supersedes_id": None,
        "reason": "",
        "restricted": False,
        "is_redacted": False,
    }
    return Spine(**{**told, **rest})


def told(entries: list[Spine], lines: Mapping[UUID, Any] | None = None, **rest: Any) -> timeline.Told:
    said = {each.id: LocationLine("MDI", "A-1") for each in entries} | dict(lines or {})
    return timeline.Told(entries=entries, lines=said, names=NAMES, above=None, **rest)


def test_a_row_says_who_said_so_and_when_we_knew() -> None:
    later = entry(recorded_at=NOON + timedelta(days=2))
    by_hand = entry(recorded_by=RAVI, source="hand", dated_by="time")
    (first, second) = timeline.rows(told([later, by_hand]))
    assert (first.said_by, first.known) == (
        "Moorland, prison record",
        "as at Mon 2 Nov 2026, known Wed 4 Nov 2026, 12:00",
    )
    assert (second.said_by, second.known) == ("Ravi Inkwell, Moorland", "known Mon 2 Nov 2026, 12:00")
    assert (first.day, first.time, first.moment) == ("Mon 2 Nov 2026", "", "2026-11-02")
    assert (second.day, second.time, second.moment) == ("", "12:00", "2026-11-02T12:00")


def test_what_was_so_by_a_day_says_that_it_may_have_been_so_before() -> None:
    assert timeline.rows(told([entry(dated_by="by")]))[0].time == "or before"


@pytest.mark.parametrize(("days", "gap"), [(14, ""), (15, "15 days with nothing here")])
def test_a_silence_of_more_than_a_fortnight_is_marked(days: int, gap: str) -> None:
    rows = timeline.rows(told([entry(), entry(at=NOON - timedelta(days=days))]))
    assert [row.gap for row in rows] == ["", gap]


def test_a_silence_since_the_page_above_is_marked_too() -> None:
    made = told([entry()])
    above = timeline.Told(entries=made.entries, lines=made.lines, names=NAMES, above=DAY + timedelta(days=20))
    assert timeline.rows(above)[0].gap == "20 days with nothing here"


def test_days_still_to_come_are_no_silence() -> None:
    """An appointment in six weeks is not six weeks in which nobody saw them."""
    booked, also = (entry(at=NOON + timedelta(days=40)) for _ in range(2))
    made = told([booked, also, entry(at=NOON - timedelta(days=2)), entry(at=NOON - timedelta(days=20))])
    rows = timeline.rows(replace(made, above=DAY))
    assert [row.gap for row in rows] == ["", "", "", "18 days with nothing here"]
    assert [bool(row.day) for row in rows] == [True, False, True, True]


def test_dates_that_one_document_told_stand_on_one_line() -> None:
    dates = [entry("expected_date") for _ in range(3)]
    other = entry("expected_date", as_at=NOON - timedelta(days=1))
    lines = {each.id: DateLine("CRD", DAY, "", "", "") for each in (*dates, other)}
    rows = timeline.rows(told([*dates, other], lines))
    assert [row.kind for row in rows] == ["Expected dates", "Expected date"]
    assert rows[0].text.count("Conditional release date") == 3


def test_a_corrected_date_stands_alone_and_leads_to_what_it_said() -> None:
    corrected = entry("expected_date", supersedes_id=new_id(), reason="A slip")
    lines = {corrected.id: DateLine("CRD", DAY, "", "", "")}
    (row,) = timeline.rows(told([corrected], lines, link="/entries/{}/"))
    assert row.links[0].url == f"/entries/{corrected.id}/"
    assert row.marks[0].words == "corrected: A slip"
    assert timeline.rows(told([corrected], lines))[0].links == ()


def test_what_may_tip_somebody_off_is_marked() -> None:
    (row,) = timeline.rows(told([entry(restricted=True)]))
    assert row.marks[0].words == "restricted: do not let this be known"


def test_every_kind_of_entry_has_a_shape_on_the_line() -> None:
    topics = {timeline.topic_of(kind) for kind in bodies.kinds()}
    assert topics == {"custody", "law", "treatment", "contact", "note", "safety"}
