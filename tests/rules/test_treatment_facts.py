"""What a provider's newer word adds to its older one, and when two numbers are the same."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.foundation.codesets import code_set
from throughgate.treatment.rules import (
    AttendanceFact,
    Change,
    DoseFact,
    EpisodeFact,
    Fact,
    InterventionFact,
    PrescriptionFact,
    changes,
    exact,
    units,
)


@pytest.mark.parametrize(
    ("written", "table"),
    [
        ("1", "dose_units_of_one"),
        ("1.0", "dose_units_of_one"),
        ("2", "dose_units"),
        ("0.5", "dose_units"),
        ("one", "dose_units"),
        ("", "dose_units"),
    ],
)
def test_one_tablet_is_not_called_tablets(written: str, table: str) -> None:
    assert units(written) == table


def test_every_unit_has_a_name_for_one_and_for_several() -> None:
    assert code_set("dose_units").labels().keys() == code_set("dose_units_of_one").labels().keys()


NUMBERS = {
    "a whole number": ("40", Decimal(40)),
    "with a point": ("0.5", Decimal("0.5")),
    "without a nought before the point": (".5", Decimal("0.5")),
    "ten times less": ("0.05", Decimal("0.05")),
    "with spaces around": (" 30 ", Decimal(30)),
    "nought": ("0", Decimal(0)),
    "a comma may mean two things": ("1,5", None),
    "a number and its unit": ("40mg", None),
    "a point and nothing after it": ("5.", None),
    "a range": ("30-40", None),
    "below nought": ("-5", None),
    "a power": ("1e3", None),
    "other digits than ours": ("\u0664\u0660", None),
    "words": ("forty", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("written", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_a_number_is_read_exactly_or_not_at_all(written: str, expected: Decimal | None) -> None:
    assert exact(written) == expected


@given(st.decimals(min_value=0, max_value=10**6, places=4))
def test_a_number_written_plainly_is_read_back(number: Decimal) -> None:
    assert exact(f"{number:f}") == number


REFERRED_ON, ASSESSED_ON, STARTED_ON, ENDED_ON = (date(2026, month, 2) for month in (1, 2, 3, 4))
DUE_AT = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # the next day in London
EPISODE = EpisodeFact(key="e1", referred_on=REFERRED_ON)
SCRIPT = PrescriptionFact(
    key="p1", medicine="Methadone", dose=Decimal("0.5"), dose_as_written="0.5", unit="ml"
)
DOSE = DoseFact(
    medicine="Methadone", taken_on=STARTED_ON, amount=Decimal(40), amount_as_written="40", unit="mg"
)
ATTENDANCE = AttendanceFact(key="a1", due_at=DUE_AT)

CASES: dict[str, tuple[Fact | None, Fact, list[str]]] = {
    "an episode first told": (None, EPISODE, ["referred 02 Jan (referred_on)"]),
    "an episode told whole": (
        None,
        EpisodeFact(
            key="e1",
            referred_on=REFERRED_ON,
            triaged_on=ASSESSED_ON,
            started_on=STARTED_ON,
            ended_on=ENDED_ON,
            end_reason="completed",
        ),
        [
            "referred 02 Jan (referred_on)",
            "assessed 02 Feb (triaged_on)",
            "started 02 Mar (started_on)",
            "ended 02 Apr (ended_on)",
        ],
    ),
    "an episode told without a day": (
        None,
        EpisodeFact(key="e1", drugs=("8001",)),
        ["changed - (key, drugs)"],
    ),
    "the same again": (EPISODE, EPISODE, []),
    "an episode ended, with a reason": (
        EPISODE,
        EpisodeFact(key="e1", referred_on=REFERRED_ON, ended_on=ENDED_ON, end_reason="completed"),
        ["ended 02 Apr (ended_on)", "changed - (end_reason)"],
    ),
    "an end taken back": (
        EpisodeFact(key="e1", referred_on=REFERRED_ON, ended_on=ENDED_ON),
        EPISODE,
        ["reopened - (ended_on)"],
    ),
    "a day corrected": (
        EPISODE,
        EpisodeFact(key="e1", referred_on=ASSESSED_ON),
        ["changed 02 Feb (referred_on)"],
    ),
    "a day taken back": (EPISODE, EpisodeFact(key="e1"), ["changed - (referred_on)"]),
    "an intervention begun": (
        InterventionFact(key="i1"),
        InterventionFact(key="i1", started_on=STARTED_ON),
        ["started 02 Mar (started_on)"],
    ),
    "a prescription stopped": (
        SCRIPT,
        PrescriptionFact(
            key="p1",
            medicine="Methadone",
            dose=Decimal("0.5"),
            dose_as_written="0.5",
            unit="ml",
            stopped_on=ENDED_ON,
        ),
        ["stopped 02 Apr (stopped_on)"],
    ),
    "another dose": (
        SCRIPT,
        PrescriptionFact(
            key="p1", medicine="Methadone", dose=Decimal("0.05"), dose_as_written="0.05", unit="ml"
        ),
        ["changed - (dose, dose_as_written)"],
    ),
    "the same dose written another way": (
        SCRIPT,
        PrescriptionFact(
            key="p1", medicine="Methadone", dose=Decimal("0.50"), dose_as_written=".50", unit="ml"
        ),
        [],
    ),
    "a dose that is not a number is compared as written": (
        PrescriptionFact(key="p1", medicine="Methadone", dose_as_written="as before"),
        PrescriptionFact(key="p1", medicine="Methadone", dose_as_written="forty"),
        ["changed - (dose_as_written)"],
    ),
    "a dose taken": (None, DOSE, ["taken 02 Mar (taken_on)"]),
    "a later dose taken": (
        DOSE,
        DoseFact(
            medicine="Methadone", taken_on=ENDED_ON, amount=Decimal(40), amount_as_written="40", unit="mg"
        ),
        ["taken 02 Apr (taken_on)"],
    ),
    "an appointment made": (None, ATTENDANCE, ["booked 02 Jul (due_at)"]),
    "an appointment moved": (
        ATTENDANCE,
        AttendanceFact(key="a1", due_at=datetime(2026, 7, 8, 9, tzinfo=UTC)),
        ["changed 08 Jul (due_at)"],
    ),
    "an outcome known": (
        ATTENDANCE,
        AttendanceFact(key="a1", due_at=DUE_AT, outcome="attended"),
        ["outcome_known - (outcome)"],
    ),
    "another outcome": (
        AttendanceFact(key="a1", due_at=DUE_AT, outcome="not_attended"),
        AttendanceFact(key="a1", due_at=DUE_AT, outcome="cancelled_by_service"),
        ["outcome_known - (outcome)"],
    ),
}


def line(change: Change) -> str:
    return f"{change.what.value} {f'{change.on:%d %b}' if change.on else '-'} ({', '.join(change.fields)})"


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_what_a_newer_word_adds(before: Fact | None, after: Fact, expected: list[str]) -> None:
    assert [line(change) for change in changes(before, after)] == expected
