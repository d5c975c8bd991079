"""What a worker's word on a medicine, a dose or naloxone has to be before it is kept.

Nothing here judges a dose: only whether it can be read in one way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set
from throughgate.treatment.rules.facts import exact

LONGEST_LINE = {"medicine": 70, "dose": 60, "frequency": 60, "prescriber": 120, "pharmacy": 120}
COMMA = re.compile(r"\d,\d")
NOTHING = re.compile(r"\s*(-.*|0+(\.0*)?)")
# A number with letters close behind it, as in 40mg: beside a unit that is chosen it says two things.
WITH_UNIT = re.compile(r"\d\s*(m|\u00b5|u|g\b|e\d|tab|cap)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Prescribed:
    """A medicine as a worker says it is prescribed; the dose as they wrote it."""

    medicine: str
    dose: str = ""
    unit: str = ""  # of the code set dose_units
    frequency: str = ""
    supervised: str = ""  # of the code set supervision; "" not said
    started_on: date | None = None
    until_on: date | None = None  # the last day covered
    stopped_on: date | None = None
    prescriber: str = ""
    pharmacy: str = ""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The last dose a worker saw taken, or was told of."""

    medicine: str
    dose: str = ""
    unit: str = ""
    taken_on: date | None  # None: not said
    taken_at: datetime | None = None  # None: the time is not known


def wrong_with_prescription(told: Prescribed, *, today: date) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when it can be kept."""
    sentences = {
        **_wrong_with_medicine(told),
        **{part: _too_long(part, getattr(told, part)) for part in ("frequency", "prescriber", "pharmacy")},
        "supervised": _not_of("supervision", told.supervised, "Choose how it is taken."),
        "started_on": _beyond(told.started_on, today),
        "until_on": _before(told.started_on, told.until_on) or _beyond(told.until_on, today),
        "stopped_on": _before(told.started_on, told.stopped_on) or _still_to_come(told.stopped_on, today),
    }
    return wrong.parts(sentences)


def wrong_with_dose(told: Taken, *, now: datetime, today: date) -> dict[str, str]:
    """A sentence for each part of a dose that has to be put right. It may lack a time, not a day."""
    is_to_come = told.taken_at > now if told.taken_at else bool(told.taken_on and told.taken_on > today)
    sentences = {
        **_wrong_with_medicine(told),
        "taken_on": "" if told.taken_on else "Enter the day it was taken.",
        "taken_at": "This is still to come. Record a dose once it has been taken." if is_to_come else "",
    }
    return wrong.parts(sentences)


def wrong_with_naloxone(*, state: str, text: str, at: datetime | None, now: datetime) -> dict[str, str]:
    """A sentence for each part of what is told of naloxone that has to be put right.

    `at` is None where what was typed is no moment.
    """
    sentences = {
        "state": "" if state in code_set("naloxone_states") else "Choose how far they are.",
        "text": wrong.too_long(text),
        "at": _wrong_with_moment(at, now),
    }
    return wrong.parts(sentences)


def _wrong_with_moment(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "Enter a day such as 27 3 2026, and a time such as 14:05 if you know it."
    return "This moment is still to come." if at > now else ""


def _wrong_with_medicine(told: Prescribed | Taken) -> dict[str, str]:
    return {
        "medicine": _too_long("medicine", told.medicine) if told.medicine else "Name the medicine.",
        "dose": next(_wrong_with_amount(told.dose, told.unit), ""),
        "unit": _wrong_with_unit(told.dose, told.unit),
    }


def _wrong_with_amount(dose: str, unit: str) -> Iterator[str]:
    if COMMA.search(dose):
        yield "Write the dose with a point, such as 1.5. A comma is read in two ways."
    if NOTHING.fullmatch(dose):
        yield "Write how much it is. Where none was taken, write a note that says so."
    if unit and WITH_UNIT.search(dose):
        yield "Write the number alone here: what it is measured in is chosen below."
    if why := _too_long("dose", dose):
        yield why


def _wrong_with_unit(dose: str, unit: str) -> str:
    """A bare number is one dose in milligrams and another in millilitres."""
    if exact(dose) is not None and not unit:
        return "Choose what the dose is measured in."
    return _not_of("dose_units", unit, "Choose what the dose is measured in.")


def _not_of(table: str, code: str, why: str) -> str:
    return why if code and code not in code_set(table) else ""


def _beyond(day: date | None, today: date) -> str:
    """Something may have begun long ago, and a year to come that is far off is a slip."""
    return wrong.too_far(day, today) if day and day > today else ""


def _still_to_come(day: date | None, today: date) -> str:
    return "This day is still to come. Enter it as the day it lasts until." if day and day > today else ""


def _before(started_on: date | None, day: date | None) -> str:
    return "This day is before the first." if started_on and day and day < started_on else ""


def _too_long(part: str, text: str) -> str:
    return wrong.too_long(text, LONGEST_LINE[part])
