"""What in a row of a treatment file needs a second look."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from throughgate.treatment.rules import (
    AttendanceFact,
    DoseFact,
    EpisodeFact,
    InterventionFact,
    PrescriptionFact,
    TreatmentRow,
    row_flags,
)

TODAY = date(2026, 3, 10)
EPISODE = EpisodeFact(
    key="e1",
    referred_on=date(2026, 1, 5),
    triaged_on=date(2026, 1, 5),
    drugs=("8001", "", ""),
    consent="yes",
)
SCRIPT = PrescriptionFact(
    key="p1",
    medicine="Methadone",
    dose=Decimal(40),
    dose_as_written="40",
    unit="mg",
    started_on=date(2026, 2, 1),
    until_on=date(2026, 2, 1),
)
DOSE = DoseFact(medicine="Methadone", taken_on=TODAY)
KEPT = AttendanceFact(key="a1", due_at=datetime(2026, 3, 10, 9, tzinfo=UTC), outcome="attended")
ROW = TreatmentRow(
    first_initial="D",
    last_initial="P",
    born_on=date(1989, 5, 4),
    sex="2",
    area="E08A",
    episode=EPISODE,
    intervention=InterventionFact(key="i1", started_on=date(2026, 1, 5), ended_on=date(2026, 1, 5)),
    prescription=SCRIPT,
    dose=DOSE,
    attendance=KEPT,
)


def episode(**changed: object) -> TreatmentRow:
    return replace(ROW, episode=replace(EPISODE, **changed))  # type: ignore[arg-type]  # one field at a time


def prescription(**changed: object) -> TreatmentRow:
    return replace(ROW, prescription=replace(SCRIPT, **changed))  # type: ignore[arg-type]  # one field at a time


CLEAN: dict[str, TreatmentRow] = {
    "a whole row": ROW,
    "a row with nothing but a client": TreatmentRow(),
    "somebody who did not agree is sent as a reference only": TreatmentRow(
        episode=EpisodeFact(key="e1", consent="no")
    ),
    "eighteen on the day of referral": replace(ROW, born_on=date(2008, 1, 5)),
    "out of England, with no local authority": replace(ROW, area="Z00B"),
    "a local authority in England": replace(ROW, local_authority="E08000035"),
    "an end with its reason": episode(ended_on=date(2026, 3, 1), end_reason="completed"),
    "an appointment to come": replace(
        ROW, attendance=AttendanceFact(key="a1", due_at=datetime(2026, 4, 1, 9, tzinfo=UTC))
    ),
}

FLAGGED: dict[str, tuple[TreatmentRow, list[str]]] = {
    "no consent told": (episode(consent=""), ["must not_given CONSENT"]),
    "an episode and nothing else": (
        TreatmentRow(episode=EpisodeFact(key="e1", consent="yes")),
        [
            "must not_given DAT",
            "must not_given FINITIAL",
            "must not_given SINITIAL",
            "must not_given DOB",
            "must not_given SEX",
            "must not_given REFLD",
            "must not_given DRUG1",
            "must not_given TRIAGED",
        ],
    ),
    "a second drug and no first": (episode(drugs=("", "8001")), ["must not_given DRUG1"]),
    "a day short of eighteen": (replace(ROW, born_on=date(2008, 1, 6)), ["must under_18 DOB,REFLD"]),
    "born in 1902": (replace(ROW, born_on=date(1902, 12, 31)), ["must born_too_early DOB"]),
    "referred on the day of birth": (
        replace(ROW, born_on=date(2026, 1, 5)),
        ["must under_18 DOB,REFLD", "must referred_before_birth REFLD,DOB"],
    ),
    "referred before birth": (
        replace(ROW, born_on=date(2026, 2, 5)),
        ["must referred_before_birth REFLD,DOB"],
    ),
    "assessed before referral": (
        episode(triaged_on=date(2026, 1, 4)),
        ["must assessed_before_referral TRIAGED,REFLD"],
    ),
    "out of England with a local authority": (
        replace(ROW, area="Z00B", local_authority="E08000035"),
        ["must authority_out_of_england LA,DAT"],
    ),
    "treated before assessment, and over before it began": (
        replace(
            ROW,
            intervention=InterventionFact(key="i1", started_on=date(2026, 1, 4), ended_on=date(2026, 1, 3)),
        ),
        ["should started_before_assessment MODST,TRIAGED", "should ended_before_start MODEND,MODST"],
    ),
    "left before the intervention ended, and no reason": (
        episode(ended_on=date(2026, 1, 4)),
        [
            "should left_before_intervention_ended DISD,MODEND",
            "should left_without_reason DISD,DISRSN",
            "should left_before_referral DISD,REFLD",
        ],
    ),
    "left before they started": (
        episode(started_on=date(2026, 3, 2), ended_on=date(2026, 3, 1), end_reason="completed"),
        ["should left_before_start DISD,CPLANDT"],
    ),
    "referred and started tomorrow": (
        episode(referred_on=date(2026, 3, 11), triaged_on=None, started_on=date(2026, 3, 11)),
        [
            "must not_given TRIAGED",
            "should referred_in_future REFLD",
            "should started_in_future CPLANDT",
        ],
    ),
    "one drug twice": (episode(drugs=("8001", "8001", "")), ["should drug_twice DRUG1,DRUG2,DRUG3"]),
    "a dose that is not a number": (
        prescription(dose=None, dose_as_written="forty"),
        ["must dose_not_a_number dose"],
    ),
    "a dose without a unit": (prescription(unit=""), ["must dose_without_unit dose,dose_unit"]),
    "a dose of nothing": (prescription(dose=Decimal("0.0")), ["should dose_of_nothing dose"]),
    "cover that ends before it starts": (
        prescription(until_on=date(2026, 1, 31)),
        ["should cover_ends_before_start prescribed_until,prescribed_from"],
    ),
    "stopped before it started": (
        replace(prescription(stopped_on=date(2026, 1, 31)), dose=None),
        ["should stopped_before_start prescription_ended_on,prescribed_from"],
    ),
    "a dose taken after the stop": (
        prescription(stopped_on=date(2026, 3, 1)),
        ["should dose_after_stop last_dose_at,prescription_ended_on"],
    ),
    "a dose taken tomorrow": (
        replace(ROW, dose=replace(DOSE, taken_on=date(2026, 3, 11))),
        ["must dose_in_future last_dose_at"],
    ),
    "an outcome before the day": (
        replace(ROW, attendance=replace(KEPT, due_at=datetime(2026, 3, 11, 9, tzinfo=UTC))),
        ["should outcome_before_the_day attendance_outcome,attendance_at"],
    ),
}


@pytest.mark.parametrize("row", CLEAN.values(), ids=CLEAN)
def test_nothing_to_look_at(row: TreatmentRow) -> None:
    assert row_flags(row, on=TODAY) == ()


@pytest.mark.parametrize(("row", "expected"), FLAGGED.values(), ids=FLAGGED)
def test_something_to_look_at(row: TreatmentRow, expected: list[str]) -> None:
    found = [f"{flag.severity.value} {flag.key} {','.join(flag.fields)}" for flag in row_flags(row, on=TODAY)]
    assert found == expected
