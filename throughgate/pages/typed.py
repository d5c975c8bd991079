"""What addresses and forms of several pages hold, read in one way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.http import QueryDict

from throughgate.foundation import clock

DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")  # a year typed short is a slip: 26 is no year of ours
TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})")
PARTS = ("day", "month", "year")


@dataclass(frozen=True, kw_only=True)
class TypedDay:
    """A day as it was typed; `on` is None where it was left empty, or is no day."""

    parts: Mapping[str, str]  # day, month, year
    on: date | None

    @property
    def is_given(self) -> bool:
        return any(self.parts.values())

    @property
    def is_unread(self) -> bool:
        return self.is_given and self.on is None


@dataclass(frozen=True, kw_only=True)
class TypedMoment:
    """A moment as it was typed; `at` is None where that is no day, or no time that it has in London."""

    day: TypedDay
    time: str
    at: datetime | None
    dated_by: str  # time, day
    is_left_out: bool = False  # the clocks go forward that night, and leave this time out

    @property
    def is_given(self) -> bool:
        return self.day.is_given or bool(self.time)


def one_text_each(given: QueryDict) -> dict[str, str]:
    """What was sent; several boxes of one name that were ticked, as one text with spaces between."""
    return {name: " ".join(given.getlist(name)) for name in given}


def id_in(given: Mapping[str, str], name: str) -> UUID | None:
    """The id that stands under that name; None where there is none, or what stands there is no id."""
    try:
        return UUID(given.get(name, ""))
    except ValueError:
        return None


def day_in(given: Mapping[str, str], name: str) -> TypedDay:
    """The day in the three controls of that name."""
    parts = {part: given.get(f"{name}_{part}", "").strip() for part in PARTS}
    return TypedDay(parts=parts, on=day("-".join(parts[part] for part in reversed(PARTS))))


def moment_in(given: Mapping[str, str], name: str, *, usual: datetime, dated_by: str = "time") -> TypedMoment:
    """The moment in the controls of that name: nothing typed is the usual one, dated as that is.

    A time alone is of the usual moment's day; a day alone is its first moment.
    """
    on, at_time = day_in(given, name), given.get(f"{name}_time", "").strip()
    if not on.is_given and not at_time:
        return TypedMoment(day=on, time="", at=usual, dated_by=dated_by)
    that_day = on.on if on.is_given else clock.day_of(usual)
    shown = time_of(at_time) if at_time else time.min
    at = clock.wall(that_day, shown) if that_day and shown is not None else None
    return TypedMoment(
        day=on,
        time=at_time,
        at=at,
        dated_by="time" if at_time else "day",
        is_left_out=bool(that_day) and shown is not None and at is None,
    )


def time_of(text: str) -> time | None:
    """ "9:30", "09.30" and "0930" are one time; None for what is none."""
    found = TIME.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def day(text: str) -> date | None:
    """The day that stands there as "year-month-day"; None where there is none."""
    found = DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
