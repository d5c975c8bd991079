"""When a place is open and how to find it: read from what its organisation writes, and asked for a day."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from throughgate.foundation.errors import Refused

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAY = "holiday"  # bank holidays, whatever day of the week they fall on
DIRECTIONS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
TIMES = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
LANDMARK = re.compile(rf"([^|]{{1,60}}?)(?:\s*\|\s*([^|]{{1,60}}))? ({'|'.join(DIRECTIONS)}) (\d{{1,2}})")


class Span(NamedTuple):
    opens: str  # "09:00"
    closes: str  # "17:00"; "24:00" is midnight


class Landmark(NamedTuple):
    """Something everybody finds, from which they walk."""

    name: str
    direction: str  # one of DIRECTIONS, as one walks
    minutes: int
    name_cy: str = ""


Week = Mapping[str, tuple[Span, ...]]  # a day without spans is closed; a day that is not there is not known


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    NOT_KNOWN = "not_known"


class OpenOn(NamedTuple):
    state: State
    spans: tuple[Span, ...] = ()


def open_on(week: Week, day: date, *, holidays: Container[date]) -> OpenOn:
    """Whether a place opens on that day, and when.

    On a bank holiday what is written of bank holidays counts: who says nothing of them may be closed, and who
    is closed on that day of each week is.
    """
    usual = week.get(DAYS[day.weekday()])
    spans = week.get(HOLIDAY, None if usual else usual) if day in holidays else usual
    if spans is None:
        return OpenOn(State.NOT_KNOWN)
    return OpenOn(State.OPEN, spans) if spans else OpenOn(State.CLOSED)


@dataclass(frozen=True)
class Hours:
    """When a place is open, on any day."""

    week: Week
    holidays: Container[date]
    _asked: dict[tuple[date, date], list[date]] = field(default_factory=dict, repr=False, compare=False)

    def not_open(self, first: date, last: date) -> list[date]:
        """The days between these, and they too, on which it is not known to open; worked out once."""
        if (first, last) not in self._asked:
            days = (date.fromordinal(each) for each in range(first.toordinal(), last.toordinal() + 1))
            self._asked[first, last] = [day for day in days if self.on(day).state is not State.OPEN]
        return self._asked[first, last]

    def on(self, day: date) -> OpenOn:
        return open_on(self.week, day, holidays=self.holidays)

    def is_shut_every(self, weekday: int) -> bool:
        """Whether it is known to be shut on that day of each week, Monday being 0."""
        return self.week.get(DAYS[weekday]) == ()


def week(text: str) -> dict[str, tuple[Span, ...]]:
    """ "mon-fri 09:00-17:00; sat 09:00-12:30,13:00-15:00; holiday closed"; the days left out are closed.

    Raises: Refused for anything else, saying which part.
    """
    told = dict(entry for part in _parts(text) for entry in _days(part))
    return dict.fromkeys(DAYS, ()) | told if told else {}


def landmarks(text: str) -> tuple[Landmark, ...]:
    """ "the bus station n 6; the clock tower | tŵr y cloc ne 3": from where, which way, how many minutes.

    Raises: Refused for anything else, saying which part.
    """
    return tuple(_landmark(part) for part in _parts(text))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _days(part: str) -> Iterator[tuple[str, tuple[Span, ...]]]:
    which, _, times = part.partition(" ")
    first, _, last = which.partition("-")
    if which == HOLIDAY:
        days: tuple[str, ...] = (HOLIDAY,)
    elif first in DAYS and (last or first) in DAYS:
        days = DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]
    else:
        days = ()
    if not days:
        raise Refused(f'"{part}" does not begin with days. Write them as mon, mon-fri or holiday.')
    spans = _spans(part, times.strip())
    return ((day, spans) for day in days)


def _spans(part: str, times: str) -> tuple[Span, ...]:
    if times == "closed":
        return ()
    found = [TIMES.fullmatch(each.strip()) for each in times.split(",")]
    spans = [Span(*each[0].split("-")) for each in found if each]
    if len(spans) < len(found) or any(span.opens >= span.closes for span in spans):
        raise Refused(f'"{part}" has times that cannot be read. Write them as 09:00-17:00, or closed.')
    return tuple(spans)


def _landmark(part: str) -> Landmark:
    found = LANDMARK.fullmatch(part)
    if found is None:
        raise Refused(
            f'"{part}" does not say how to walk. Write it as: the bus station n 6,'
            " with one of eight directions and the minutes."
        )
    return Landmark(found[1], found[3], int(found[4]), found[2] or "")


def names(text: str, phrases: frozenset[str]) -> bool:
    """Whether one of these phrases begins a word of the text, however it is spaced and written."""
    return bool(_pattern(phrases).search(text.casefold())) if phrases else False


@lru_cache(maxsize=64)
def _pattern(phrases: frozenset[str]) -> re.Pattern[str]:
    """ "12 Mill Lane" is "12, mill lane", too, and a postcode one without its space."""
    spaced = (r"\W*".join(map(re.escape, phrase.casefold().split())) for phrase in sorted(phrases))
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})")
