"""Days and moments as people write them in a spreadsheet: read, or kept with the reason why not."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from throughgate.foundation import clock

# A time, or nothing, may follow a day.
AFTER = r"(?:[T ]+(?P<time>\S.*))?"
FORMS = (
    re.compile(rf"(?P<y>[0-9]{{4}})-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}}){AFTER}"),
    re.compile(rf"(?P<y>[0-9]{{4}})(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}}){AFTER}"),
    re.compile(rf"(?P<d>[0-9]{{1,2}})/(?P<m>[0-9]{{1,2}})/(?P<y>[0-9]{{4}}){AFTER}"),
)
SHORT_YEAR = re.compile(rf"[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-][0-9]{{2}}{AFTER}")
TIME = re.compile(
    r"(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?:\.[0-9]+)?)? ?(?P<z>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
OTHER_ORDER = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}(?![0-9])")


class DayOrder(StrEnum):
    """How a file writes 21/08/2026."""

    day_first = "day_first"
    in_doubt = (
        "in_doubt"  # some day in it only makes sense with the month first, so 03/04/2026 could be either
    )


@dataclass(frozen=True, slots=True)
class When:
    """A day and, where one was told, the moment on it. `problem` says why something needs a second look."""

    day: date | None
    at: datetime | None = None
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        """Was all that was written read?"""
        return self.problem in {"", "hour_happened_twice", "midnight"}


def is_month_first(text: str) -> bool:
    """Can this only be a day written the American way? A file that has one leaves others in doubt."""
    found = OTHER_ORDER.match(text)
    return found is not None and int(found[1]) <= 12 < int(found[2]) <= 31


def read_day(text: str, *, order: DayOrder) -> When:
    """A day written 2026-08-21, 20260821 or 21/08/2026; a time after it that is one is let go."""
    when = read_moment(text, order=order)
    if when.problem == "not_a_time":
        return When(None, problem="not_a_day")
    return When(when.day, problem="" if when.day else when.problem)


def read_moment(text: str, *, order: DayOrder) -> When:
    """A day, perhaps with a time: local unless it says how far from UTC it is."""
    found = next((match for form in FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        return When(None, problem="two_digit_year" if SHORT_YEAR.fullmatch(text) else "not_a_day")
    day, month = int(found["d"]), int(found["m"])
    if order is DayOrder.in_doubt and "/" in text and day <= 12 and month <= 12 and day != month:
        return When(None, problem="two_readings")
    try:
        read = date(int(found["y"]), month, day)
    except ValueError:
        return When(None, problem="month_first" if is_month_first(text) else "not_a_day")
    return _at(read, found["time"].strip()) if found["time"] else When(read)


def _at(day: date, text: str) -> When:
    found = TIME.fullmatch(text)
    if found is None:
        return When(day, problem="not_a_time")
    try:
        written = time(int(found["h"]), int(found["m"]), int(found["s"] or 0))
        return _elsewhere(day, written, found["z"]) if found["z"] else _local(day, written)
    except (ValueError, OverflowError):  # an hour of 25, or a day that another clock puts before the year 1
        return When(day, problem="not_a_time")


def _elsewhere(day: date, written: time, offset: str) -> When:
    """A time with its distance from UTC leaves nothing to doubt, and may fall on another day in London."""
    at = datetime.fromisoformat(f"{day}T{written}{offset}")
    return When(clock.day_of(at), at.astimezone(UTC))


def _local(day: date, written: time) -> When:
    """A time on London clocks, which once a year show an hour twice and once leave one out."""
    at = clock.wall(day, written)
    if at is None:
        return When(day, problem="no_such_hour")
    if clock.comes_twice(at):
        return When(day, at, "hour_happened_twice")
    # Systems that keep no time write midnight.
    return When(day, at, "" if written != time.min else "midnight")
