"""What a provider says about one item of treatment. Missing text is "", missing days and numbers are None."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

BY_A_NURSE = "administered"  # of the code set supervision: it lasts until the next is due


@dataclass(frozen=True, kw_only=True)
class EpisodeFact:
    key: str  # the provider's own reference, as with every key below
    referred_on: date | None = None
    triaged_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    drugs: tuple[str, ...] = ()
    consent: str = ""  # yes, no; "" not recorded. To NDTMS only: not a sharing choice


@dataclass(frozen=True, kw_only=True)
class InterventionFact:
    key: str
    episode: str = ""
    modality: str = ""
    setting: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    exit_status: str = ""


@dataclass(frozen=True, kw_only=True)
class PrescriptionFact:
    key: str
    medicine: str  # as written
    dose: Decimal | None = None  # None where nothing is written or the writing is not a number
    dose_as_written: str = ""
    unit: str = ""
    form: str = ""
    frequency: str = ""
    supervised: str = ""  # "" not recorded
    started_on: date | None = None
    until_on: date | None = None  # last day covered
    stopped_on: date | None = None
    next_dose_on: date | None = None  # of what is not taken every day
    prescriber: str = ""
    pharmacy: str = ""  # where it is collected, as written


@dataclass(frozen=True, kw_only=True)
class DoseFact:
    """The last dose a source saw taken."""

    medicine: str
    taken_on: date
    taken_at: datetime | None = None  # None where the time was not recorded
    amount: Decimal | None = None
    amount_as_written: str = ""
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendanceFact:
    key: str
    due_at: datetime
    what: str = ""
    outcome: str = ""  # code set attendance_outcomes; "" not yet known
    mode: str = ""


Fact = EpisodeFact | InterventionFact | PrescriptionFact | DoseFact | AttendanceFact

NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")


def exact(written: str) -> Decimal | None:
    """The number somebody wrote, exactly; None unless it is plain digits with at most one point.

    A comma is refused: "1,5" is one and a half to some and fifteen to others.
    """
    text = written.strip()
    return Decimal(text) if NUMBER.fullmatch(text) else None


def units(written: str) -> str:
    """The code set that names the unit of this amount: of one it is called otherwise."""
    return "dose_units_of_one" if exact(written) == 1 else "dose_units"


NUMBER_BESIDE = {"dose_as_written": "dose", "amount_as_written": "amount"}


def spoken(fact: Fact, field: str) -> object:
    """What a field says: for a writing beside a number the number, so that .5 and 0.50 say the same."""
    number = getattr(fact, NUMBER_BESIDE.get(field, field))
    return getattr(fact, field) if number is None else number
