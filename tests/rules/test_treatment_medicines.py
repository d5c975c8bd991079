"""Medicines as each source says: side by side, and never settled."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.treatment.rules import (
    DoseFact,
    MedicineLine,
    PrescriptionFact,
    Told,
    exact,
    medicine_name,
    medicines_by_source,
)

TODAY = date(2026, 3, 10)
KNOWN = ("Methadone", "Buprenorphine", "Buprenorphine with naloxone")


def script(
    dose: str = "40", *, feed: str = "MDI", days_ago: int = 1, medicine: str = "Methadone", **more: Any
) -> Told[PrescriptionFact]:
    fact = PrescriptionFact(
        key=more.pop("key", "p1"),
        medicine=medicine,
        dose=exact(dose),
        dose_as_written=dose,
        unit=more.pop("unit", "mg"),
        **more,
    )
    return Told(fact=fact, organisation=feed, source="treatment", known_at=ago(days_ago))


def dose(
    day: int, *, feed: str = "MDI", hour: int | None = None, days_ago: int = 1, medicine: str = "Methadone"
) -> Told[DoseFact]:
    taken_at = None if hour is None else datetime(2026, 3, day, hour, tzinfo=UTC)
    fact = DoseFact(
        medicine=medicine, taken_on=date(2026, 3, day), taken_at=taken_at, amount=Decimal(40), unit="mg"
    )
    return Told(fact=fact, organisation=feed, source="treatment", known_at=ago(days_ago))


def ago(days: int) -> datetime:
    return datetime(2026, 3, 10, 9, tzinfo=UTC) - timedelta(days=days)


def ask(*told: Told[PrescriptionFact], doses: tuple[Told[DoseFact], ...] = ()) -> tuple[MedicineLine, ...]:
    return medicines_by_source(told, doses, on=TODAY, old_after_days=28, known=KNOWN)


NAMES = {
    "written plainly": ("Methadone", "methadone"),
    "in capitals, with spaces": ("  METHADONE   hydrochloride ", "methadone"),
    "with a strength": ("Methadone 1mg/ml oral solution", "methadone"),
    "the longest known name": ("Buprenorphine with naloxone 8mg", "buprenorphine with naloxone"),
    "a strength straight after the name": ("Buprenorphine8mg", "buprenorphine"),
    "a longer word that only begins alike": ("Methadonex 5mg", "methadonex 5mg"),
    "a name nobody told us": ("Sertraline  50mg", "sertraline 50mg"),
}


@pytest.mark.parametrize(("written", "expected"), NAMES.values(), ids=NAMES)
def test_the_name_a_writing_goes_by(written: str, expected: str) -> None:
    assert medicine_name(written, known=KNOWN) == expected


AGREEING: dict[str, tuple[Told[PrescriptionFact], ...]] = {
    "one source": (script(),),
    "the same dose written three ways": (script("0.5"), script(".5", feed="LEI"), script("0.50", feed="ABC")),
    "units and forms in other letters": (
        script(unit="mg", form="oral solution"),
        script(unit="MG", form=" Oral Solution", feed="LEI"),
    ),
    "what one source leaves out": (script(form="tablet", supervised="supervised"), script(feed="LEI")),
    "a dose one source leaves out": (script(), script("", unit="", feed="LEI")),
    "an old word against a new one": (script("30"), script("40", feed="LEI", days_ago=29)),
    "cover that is over": (script("30"), script("40", feed="LEI", until_on=date(2026, 3, 9))),
    "a prescription that has not begun": (
        script("30"),
        script("40", feed="LEI", started_on=date(2026, 3, 11)),
    ),
    "stopped before the other began": (
        script("30", started_on=date(2026, 3, 3)),
        script("40", feed="LEI", stopped_on=date(2026, 3, 2)),
    ),
    "to be stopped on a day to come": (script("40"), script("40", feed="LEI", stopped_on=date(2026, 3, 11))),
    "stopped by both": (script(stopped_on=date(2026, 3, 2)), script(feed="LEI", stopped_on=date(2026, 3, 3))),
    "one source's two prescriptions make one regime": (
        script("30", key="p1"),
        script("10", key="p2"),
        script("10", feed="LEI", key="x1"),
        script("30", feed="LEI", key="x2"),
    ),
    "two medicines": (script("40"), script("8", feed="LEI", medicine="Buprenorphine 8mg")),
}

DIFFERING: dict[str, tuple[tuple[Told[PrescriptionFact], ...], dict[str, dict[str, tuple[str, ...]]]]] = {
    "ten times the dose": (
        (script("0.5"), script("0.05", feed="LEI")),
        {"dose": {"LEI": ("0.05",), "MDI": ("0.5",)}},
    ),
    "another unit": (
        (script("40", unit="mg"), script("40", unit="ml", feed="LEI")),
        {"unit": {"LEI": ("ml",), "MDI": ("mg",)}},
    ),
    "another form": (
        (script(form="tablet"), script(form="oral solution", feed="LEI")),
        {"form": {"LEI": ("oral solution",), "MDI": ("tablet",)}},
    ),
    "another supervision": (
        (script(supervised="supervised"), script(supervised="take_home", feed="LEI")),
        {"supervised": {"LEI": ("take_home",), "MDI": ("supervised",)}},
    ),
    "a dose that is not a number against one that is": (
        (script("40"), script("as before", feed="LEI")),
        {"dose": {"LEI": ("as before",), "MDI": ("40",)}},
    ),
    "no dose is a dose of none": (
        (script("0"), script("40", feed="LEI")),
        {"dose": {"LEI": ("40",), "MDI": ("0",)}},
    ),
    "a second prescription the other does not know": (
        (script("30", key="p1"), script("10", key="p2"), script("30", feed="LEI")),
        {"dose": {"LEI": ("30",), "MDI": ("30", "10")}},
    ),
    "stopped by one, going on with the other": (
        (script(started_on=date(2026, 1, 3)), script(feed="LEI", stopped_on=date(2026, 3, 2))),
        {"stopped": {"LEI": ("2026-03-02",), "MDI": ("",)}},
    ),
    "stopped by one, and the other does not say since when": (
        (script(), script(feed="LEI", stopped_on=TODAY)),
        {"stopped": {"LEI": ("2026-03-10",), "MDI": ("",)}},
    ),
}


@pytest.mark.parametrize("told", AGREEING.values(), ids=AGREEING)
def test_no_disagreement(told: tuple[Told[PrescriptionFact], ...]) -> None:
    assert [line.disagreements for line in ask(*told) if line.disagreements] == []


@pytest.mark.parametrize(("told", "expected"), DIFFERING.values(), ids=DIFFERING)
def test_a_disagreement_is_shown_as_each_source_wrote_it(
    told: tuple[Told[PrescriptionFact], ...], expected: dict[str, dict[str, tuple[str, ...]]]
) -> None:
    (line,) = ask(*told)
    found = {
        each.field: {voice.organisation: said for voice, said in each.sayings} for each in line.disagreements
    }
    assert found == expected


STATES = {
    "current": script(),
    "not_yet": script(started_on=date(2026, 3, 11)),
    "cover_over": script(until_on=date(2026, 3, 9)),
    "stopped": script(stopped_on=TODAY, until_on=date(2026, 3, 9)),
}


@pytest.mark.parametrize(("state", "told"), STATES.items(), ids=STATES)
def test_the_state_of_a_prescription(state: str, told: Told[PrescriptionFact]) -> None:
    ((source,),) = [line.sources for line in ask(told)]
    assert source.state.value == state


def test_medicines_stand_by_name_and_sources_by_the_newest_word() -> None:
    found = ask(script(days_ago=3), script(feed="LEI"), script("8", medicine="Buprenorphine"))
    assert [(line.medicine, [source.voice.organisation for source in line.sources]) for line in found] == [
        ("buprenorphine", ["MDI"]),
        ("methadone", ["LEI", "MDI"]),
    ]


def test_a_newer_word_on_a_prescription_takes_the_place_of_the_older() -> None:
    ((source,),) = [line.sources for line in ask(script("40"), script("30", days_ago=5))]
    assert source.prescription is not None
    assert source.prescription.fact.dose_as_written == "40"


def test_an_ended_prescription_is_not_shown_beside_a_current_one() -> None:
    ended = script("40", key="p0", stopped_on=date(2026, 3, 1))
    ((source,),) = [line.sources for line in ask(ended, script("30", days_ago=5))]
    assert source.prescription is not None
    assert source.prescription.fact.key == "p1"


def test_the_last_of_several_ended_prescriptions_is_shown() -> None:
    told = [script(key=f"p{number}", days_ago=number, stopped_on=date(2026, 3, 1)) for number in (2, 4, 3)]
    ((source,),) = [line.sources for line in ask(*told)]
    assert source.prescription is not None
    assert source.prescription.fact.key == "p2"


@pytest.mark.parametrize(("days_ago", "is_old"), [(28, False), (29, True)])
def test_a_word_is_old_after_the_days_given(*, days_ago: int, is_old: bool) -> None:
    ((source,),) = [line.sources for line in ask(script(days_ago=days_ago))]
    assert source.is_old is is_old


def test_the_last_dose_stands_beside_the_prescription() -> None:
    ((source,),) = [
        line.sources for line in ask(script(days_ago=9), doses=(dose(8), dose(9, hour=8), dose(9)))
    ]
    assert source.last_dose is not None
    assert source.last_dose.fact.taken_at == datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert source.known_at == ago(1)


def test_of_two_doses_told_for_one_moment_the_newer_word_is_shown() -> None:
    ((source,),) = [line.sources for line in ask(doses=(dose(9, hour=8), dose(9, hour=8, days_ago=0)))]
    assert source.last_dose is not None
    assert source.last_dose.known_at == ago(0)


def test_a_dose_of_a_medicine_nobody_says_is_prescribed_is_shown_by_itself() -> None:
    ((source,),) = [
        line.sources for line in ask(script(), doses=(dose(9, feed="LEI", medicine="Buprenorphine"),))[:1]
    ]
    assert (source.voice.organisation, source.state.value, source.prescription) == ("LEI", "dose_only", None)


@given(st.data())
def test_the_order_of_what_comes_in_does_not_matter(data: st.DataObject) -> None:
    scripts = st.builds(
        script,
        st.sampled_from(["0.5", ".5", "0.05", ""]),
        feed=st.sampled_from(["MDI", "LEI"]),
        days_ago=st.integers(0, 3),
        key=st.sampled_from(["p1", "p2"]),
        form=st.sampled_from(["", "tablet"]),
    )
    doses = st.builds(
        dose, st.integers(1, 3), feed=st.sampled_from(["MDI", "LEI"]), days_ago=st.integers(0, 3)
    )
    told, taken = data.draw(st.lists(scripts, max_size=6)), data.draw(st.lists(doses, max_size=4))
    shuffled = ask(*data.draw(st.permutations(told)), doses=tuple(data.draw(st.permutations(taken))))
    assert shuffled == ask(*told, doses=tuple(taken))
