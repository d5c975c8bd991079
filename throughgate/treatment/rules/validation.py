"""What in a row of a treatment file needs a second look. The row goes in all the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from throughgate.treatment.rules.facts import (
    AttendanceFact,
    DoseFact,
    EpisodeFact,
    InterventionFact,
    PrescriptionFact,
)

LONDON = ZoneInfo("Europe/London")
OUT_OF_ENGLAND = "Z00B"
ADULT_YEARS = 18
FIRST_BIRTH_YEAR = 1903


class Severity(StrEnum):
    MUST = "must"  # the national data set sends it back, or nobody can act on it as it stands
    SHOULD = "should"


@dataclass(frozen=True, kw_only=True)
class Flag:
    """Something to look at; the words are the presenter's."""

    key: str
    severity: Severity
    fields: tuple[str, ...]  # as the columns of the file are called
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class TreatmentRow:
    """What one row says, as far as the rules below ask. A part the row leaves empty is None."""

    first_initial: str = ""
    last_initial: str = ""
    born_on: date | None = None
    sex: str = ""
    area: str = ""
    local_authority: str = ""
    episode: EpisodeFact | None = None
    intervention: InterventionFact | None = None
    prescription: PrescriptionFact | None = None
    dose: DoseFact | None = None
    attendance: AttendanceFact | None = None


def row_flags(row: TreatmentRow, *, on: date) -> tuple[Flag, ...]:
    """Every rule the row breaks, in the order of the tables below.

    Somebody who did not agree to NDTMS is sent there as a reference only, so nothing of theirs is missing.
    """
    missing = [_missing(name) for name, given in GIVEN.items() if _is_expected(row) and not given(row)]
    broken = [_flag(rule) for rule in RULES if rule.is_broken(_Facts(row, on))]
    return (*missing, *broken)


# Source: CDS-H technical definition (excerpt) and vendor validation of data sets H to K.
GIVEN: dict[str, Callable[[TreatmentRow], object]] = {
    "CONSENT": lambda row: row.episode and row.episode.consent,
    "DAT": lambda row: row.area,
    "FINITIAL": lambda row: row.first_initial,
    "SINITIAL": lambda row: row.last_initial,
    "DOB": lambda row: row.born_on,
    "SEX": lambda row: row.sex,
    "REFLD": lambda row: row.episode and row.episode.referred_on,
    "DRUG1": lambda row: row.episode and any(row.episode.drugs[:1]),
    "TRIAGED": lambda row: row.episode and row.episode.triaged_on,
}


def _is_expected(row: TreatmentRow) -> bool:
    return row.episode is not None and row.episode.consent != "no"


def _missing(column: str) -> Flag:
    return Flag(key="not_given", severity=Severity.MUST, fields=(column,))


@dataclass(frozen=True)
class _Facts:
    """The row with every part present, so that a rule is one comparison; what is not told is None or ""."""

    row: TreatmentRow
    on: date

    @property
    def episode(self) -> EpisodeFact:
        return self.row.episode or EpisodeFact(key="")

    @property
    def intervention(self) -> InterventionFact:
        return self.row.intervention or InterventionFact(key="")

    @property
    def prescription(self) -> PrescriptionFact:
        return self.row.prescription or PrescriptionFact(key="", medicine="")

    @property
    def dosed_on(self) -> date | None:
        return self.row.dose.taken_on if self.row.dose else None

    @property
    def attended_on(self) -> date | None:
        """The day of an appointment whose outcome is told."""
        attendance = self.row.attendance
        return attendance.due_at.astimezone(LONDON).date() if attendance and attendance.outcome else None


@dataclass(frozen=True)
class _Rule:
    key: str
    severity: Severity
    fields: tuple[str, ...]
    is_broken: Callable[[_Facts], bool]


def _flag(rule: _Rule) -> Flag:
    return Flag(key=rule.key, severity=rule.severity, fields=rule.fields)


def _before(day: date | None, other: date | None) -> bool:
    """Whether both days are told and the first is the earlier."""
    return day is not None and other is not None and day < other


def _not_after(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day <= other


def _years_between(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _is_under_age(facts: _Facts) -> bool:
    born_on, referred_on = facts.row.born_on, facts.episode.referred_on
    if born_on is None or referred_on is None:
        return False
    return 0 <= _years_between(born_on, referred_on) < ADULT_YEARS


def _repeats_a_drug(facts: _Facts) -> bool:
    told = [drug for drug in facts.episode.drugs if drug]
    return len(told) != len(set(told))


MUST, SHOULD = Severity.MUST, Severity.SHOULD
RULES = (
    # Source: vendor validation of data sets H to K; adult data set.
    _Rule("under_18", MUST, ("DOB", "REFLD"), _is_under_age),
    _Rule("born_too_early", MUST, ("DOB",), lambda it: _before(it.row.born_on, date(FIRST_BIRTH_YEAR, 1, 1))),
    _Rule(
        "referred_before_birth",
        MUST,
        ("REFLD", "DOB"),
        lambda it: _not_after(it.episode.referred_on, it.row.born_on),
    ),
    _Rule(
        "assessed_before_referral",
        MUST,
        ("TRIAGED", "REFLD"),
        lambda it: _before(it.episode.triaged_on, it.episode.referred_on),
    ),
    # Source: adult business definitions P v14.2 (excerpt).
    _Rule(
        "authority_out_of_england",
        MUST,
        ("LA", "DAT"),
        lambda it: it.row.area == OUT_OF_ENGLAND and bool(it.row.local_authority),
    ),
    # From memory of the guidance, so never more than "should".
    _Rule(
        "started_before_assessment",
        SHOULD,
        ("MODST", "TRIAGED"),
        lambda it: _before(it.intervention.started_on, it.episode.triaged_on),
    ),
    _Rule(
        "ended_before_start",
        SHOULD,
        ("MODEND", "MODST"),
        lambda it: _before(it.intervention.ended_on, it.intervention.started_on),
    ),
    _Rule(
        "left_before_intervention_ended",
        SHOULD,
        ("DISD", "MODEND"),
        lambda it: _before(it.episode.ended_on, it.intervention.ended_on),
    ),
    _Rule(
        "left_without_reason",
        SHOULD,
        ("DISD", "DISRSN"),
        lambda it: bool(it.episode.ended_on) and not it.episode.end_reason,
    ),
    # Ours: days that cannot be so.
    _Rule(
        "left_before_referral",
        SHOULD,
        ("DISD", "REFLD"),
        lambda it: _before(it.episode.ended_on, it.episode.referred_on),
    ),
    _Rule(
        "left_before_start",
        SHOULD,
        ("DISD", "CPLANDT"),
        lambda it: _before(it.episode.ended_on, it.episode.started_on),
    ),
    _Rule("referred_in_future", SHOULD, ("REFLD",), lambda it: _before(it.on, it.episode.referred_on)),
    _Rule("started_in_future", SHOULD, ("CPLANDT",), lambda it: _before(it.on, it.episode.started_on)),
    _Rule("drug_twice", SHOULD, ("DRUG1", "DRUG2", "DRUG3"), _repeats_a_drug),
    # Ours: what somebody reading the record could take wrongly.
    _Rule(
        "dose_not_a_number",
        MUST,
        ("dose",),
        lambda it: bool(it.prescription.dose_as_written) and it.prescription.dose is None,
    ),
    _Rule(
        "dose_without_unit",
        MUST,
        ("dose", "dose_unit"),
        lambda it: it.prescription.dose is not None and not it.prescription.unit,
    ),
    _Rule("dose_of_nothing", SHOULD, ("dose",), lambda it: it.prescription.dose == 0),
    _Rule(
        "cover_ends_before_start",
        SHOULD,
        ("prescribed_until", "prescribed_from"),
        lambda it: _before(it.prescription.until_on, it.prescription.started_on),
    ),
    _Rule(
        "stopped_before_start",
        SHOULD,
        ("prescription_ended_on", "prescribed_from"),
        lambda it: _before(it.prescription.stopped_on, it.prescription.started_on),
    ),
    _Rule(
        "dose_after_stop",
        SHOULD,
        ("last_dose_at", "prescription_ended_on"),
        lambda it: _before(it.prescription.stopped_on, it.dosed_on),
    ),
    _Rule("dose_in_future", MUST, ("last_dose_at",), lambda it: _before(it.on, it.dosed_on)),
    _Rule(
        "outcome_before_the_day",
        SHOULD,
        ("attendance_outcome", "attendance_at"),
        lambda it: _before(it.on, it.attended_on),
    ),
)
