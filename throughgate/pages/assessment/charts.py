"""Small charts of one figure over time. Places only; a presenter adds the words."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

TOP, FOOT = 22, 98  # pixels from the top, with room for the words of either end
LEFT, RIGHT = 4.0, 96.0  # hundredths of its width
ROOM = 9.0  # of these, that the words of one dot take


class Point(NamedTuple):
    """What was found on a day."""

    on: date
    value: float
    words: str  # beside the dot, and in the table beneath


class Dot(NamedTuple):
    x: float  # hundredths of the width
    y: float  # pixels from the top
    words: str

    @property
    def anchor(self) -> str:
        """Which part of the words stands at the dot, so that none leave the picture."""
        if self.x < 12:
            return "start"
        return "end" if self.x > 88 else "middle"


class Joined(NamedTuple):
    """From one dot to the next."""

    x1: float
    y1: float
    x2: float
    y2: float


class Chart(NamedTuple):
    dots: tuple[Dot, ...]
    lines: tuple[Joined, ...]
    foot: str  # what the least is called
    top: str


def chart(points: Sequence[Point], *, ends: Sequence[str], least: float, most: float) -> Chart | None:
    """One figure over time, oldest first: days evenly apart, and the whole scale from foot to top.

    The scale is never cut to what was found, lest a small change look like a great one. None where there are
    not two days to compare: a table says one as well. Of one day the last word is drawn; the table has all.
    """
    points = list({point.on: point for point in points}.values())
    if len(points) < 2:
        return None
    days = [point.on.toordinal() for point in points]
    across = [_placed(day, days[0], days[-1], LEFT, RIGHT) for day in days]
    up = [_placed(point.value, least, most, FOOT, TOP) for point in points]
    worded = _with_room(across)
    dots = tuple(
        Dot(x, y, point.words if x in worded else "") for x, y, point in zip(across, up, points, strict=True)
    )
    lines = tuple(Joined(one.x, one.y, other.x, other.y) for one, other in pairwise(dots))
    return Chart(dots, lines, *ends)


def _with_room(across: Sequence[float]) -> set[float]:
    """Where words stand: at both ends, and between them wherever there is room."""
    found, last = [across[0]], across[-1]
    for x in across[1:-1]:
        if x - found[-1] >= ROOM and last - x >= ROOM:
            found.append(x)
    return {*found, last}


def _placed(value: float, first: float, last: float, start: float, end: float) -> float:
    """Where a value stands between two places."""
    share = (value - first) / (last - first)
    return round(start + share * (end - start), 1)
