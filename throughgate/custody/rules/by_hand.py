"""What a release date that a worker was told has to be before it is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from throughgate.custody.rules.dates import TOO_FAR_YEARS
from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set

LONGEST = 120  # characters of who told it
FIRST_YEAR = 1990  # before it, a year was typed short or wrongly


@dataclass(frozen=True, kw_only=True)
class ToldDate:
    """A day to leave on as somebody told a worker."""

    date_type: str  # of the code set release_date_types
    expected_on: date | None  # None: not said
    certainty: str  # of date_certainties
    told_by: str


def wrong_with_date(told: ToldDate, *, offered: Collection[str], on: date) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when it can be kept."""
    sentences = {
        "date_type": "" if told.date_type in offered else "Choose what kind of date it is.",
        "expected_on": _wrong_with_day(told.expected_on, on),
        "certainty": "" if told.certainty in code_set("date_certainties") else "Choose how certain it is.",
        "told_by": _wrong_with_teller(told.told_by),
    }
    return wrong.parts(sentences)


def wrong_with_death(died_on: date, *, on: date) -> str:
    """Why somebody cannot be said to have died that day; "" where they can. It closes the record."""
    if died_on > on:
        return "This day is still to come. Enter the day they died."
    return "Enter the year with all its figures, such as 2026." if died_on.year < FIRST_YEAR else ""


def _wrong_with_day(day: date | None, on: date) -> str:
    if day is None:
        return "Enter the day, such as 27 3 2026."
    if day < on:
        return "This day is past. The prison tells of those who have left."
    return "Enter the year as it is: this is a lifetime off." if day.year > on.year + TOO_FAR_YEARS else ""


def _wrong_with_teller(told_by: str) -> str:
    if not told_by:
        return "Say who told it, such as the offender management unit."
    return wrong.too_long(told_by, LONGEST)
