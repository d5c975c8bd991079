"""The gate line: days on one line with the gate in the middle. Places only; a presenter adds the words."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from throughgate.pathway.queries import PlanLine
from throughgate.pathway.rules import CoverState, Step

# Days from the gate, and where each stands in hundredths of the width; days between two are evenly spaced.
# The 21 days after it take the room they deserve, and the months that follow are pressed together.
PLACES = ((-84, 2.0), (0, 50.0), (21, 86.0), (182, 98.0))
WATCHED_DAYS = 21
DOT = 3.4  # hundredths: what a dot takes of the line at the width of a phone
BY_PLACE = itemgetter(0)
WORST_FIRST = ("late", "not_known", "not_started", "in_hand", "confirmed", "not_needed")
RANK = {state: rank for rank, state in enumerate(WORST_FIRST)}
ENDS_TOO_SOON = frozenset({CoverState.ENDS, CoverState.ENDED, CoverState.BROKEN})


class Dot(NamedTuple):
    """A step on the line."""

    state: str  # one of shapes.STATES
    x: float
    level: int = 0  # how many dots it stands above the line, where others are in its way


class Bar(NamedTuple):
    x: float
    width: float


class Label(NamedTuple):
    """Words under the line. Those that are not `is_needed` are left out where there is little room."""

    words: str
    x: float
    is_needed: bool = True
    row: int = 0

    @property
    def anchor(self) -> str:
        """Which part of the words stands at the place, so that none leave the picture."""
        if self.x < 10:
            return "start"
        return "end" if self.x > 90 else "middle"


Placed = tuple[float, str]  # where a step stands, and how it is
Arrange = Callable[[Iterable[Placed]], tuple[Dot, ...]]


class GateLine(NamedTuple):
    """Where things stand, in hundredths of the width."""

    dots: tuple[Dot, ...]
    today: Label
    ghost: float | None = None  # where the gate was before the date moved
    cover: Bar | None = None  # days with medicine, from the gate on
    gap: Bar | None = None  # days without, until a prescriber is met
    seen: float | None = None  # where that is
    is_cover_unknown: bool = False
    labels: tuple[Label, ...] = ()
    title: str = ""  # what the picture shows, for who cannot see it
    gate: float = 50.0

    @property
    def levels(self) -> int:
        """How many dots above the line the highest stands."""
        return max((dot.level for dot in self.dots), default=0)

    @property
    def ticks(self) -> tuple[float, ...]:
        return TICKS

    @property
    def rows(self) -> int:
        """Of labels."""
        return max((label.row + 1 for label in self.labels), default=0)


def gate_line(plan: PlanLine, arrange: Arrange, *, on: date) -> GateLine | None:
    """The line of a plan as it stands on a day, its dots as `full` or `small` arranges them.

    None while no day to leave on is told.
    """
    gate_on, was_on = plan.gate_on, moved_from(plan)
    if gate_on is None:
        return None
    return GateLine(
        dots=arrange(_placed(plan.steps, gate_on)),
        today=Label("", place(on, gate_on)),
        ghost=place(was_on, gate_on) if was_on else None,
        cover=_bar(gate_on, plan.cover_until or gate_on, gate_on),
        gap=_gap(plan, gate_on),
        seen=place(plan.seen_on, gate_on) if plan.seen_on else None,
        is_cover_unknown=plan.cover is CoverState.NOT_KNOWN,
    )


def moved_from(plan: PlanLine) -> date | None:
    """The day told before the one that holds; None where it is the same, and once they have left."""
    return None if plan.left_on or plan.was_leaving_on == plan.leaves_on else plan.was_leaving_on


def full(placed: Iterable[Placed]) -> tuple[Dot, ...]:
    """Each dot at the lowest level at which nothing is in its way."""
    free_from: list[float] = []  # where each level is free again
    dots = []
    for x, state in placed:
        level = next((level for level, free in enumerate(free_from) if free <= x), len(free_from))
        free_from[level : level + 1] = [x + DOT]
        dots.append(Dot(state, x, level))
    return tuple(dots)


def small(placed: Iterable[Placed]) -> tuple[Dot, ...]:
    """For a row of a list: of dots in each other's way one is left, the worst."""
    kept: list[Placed] = []
    free_from = 0.0
    for each in placed:
        x, state = each
        if x >= free_from:
            free_from = x + DOT
            kept.append(each)
        elif RANK[state] < RANK[kept[-1][1]]:
            kept[-1] = each
    return tuple(Dot(state, x) for x, state in kept)


def place(day: date, gate_on: date) -> float:
    """Where a day stands on the line of that gate. What lies beyond an end of it stands at that end."""
    days = (day - gate_on).days
    return EVERY_DAY.get(days) or (PLACES[0] if days < 0 else PLACES[-1])[1]


def _place(days: int) -> float:
    before, after = next(pair for pair in pairwise(PLACES) if days <= pair[1][0])
    passed = (days - before[0]) / (after[0] - before[0])
    return round(before[1] + passed * (after[1] - before[1]), 1)


EVERY_DAY = {days: _place(days) for days in range(PLACES[0][0], PLACES[-1][0] + 1)}  # lists ask for hundreds
TICKS = tuple(map(_place, (-84, -56, -28, -7, 7, 14, 21, 182)))


def _placed(steps: Iterable[Step], gate_on: date) -> list[Placed]:
    """From left to right. What is closed and lies before the line is left out; what is still open is not."""
    begins_on = gate_on + timedelta(days=PLACES[0][0])
    placed = (
        (place(step.due_on, gate_on), step.progress)
        for step in steps
        if step.due_on >= begins_on or step.is_open
    )
    return sorted(placed, key=BY_PLACE)


def _gap(plan: PlanLine, gate_on: date) -> Bar | None:
    """Days after the last with medicine, until a prescriber sees them.

    Where nobody is booked, to the end of the watched ones; a week where those are over.
    """
    if plan.cover not in ENDS_TOO_SOON:
        return None
    ends_on = max(plan.cover_until or gate_on, gate_on)
    watched = max(gate_on + timedelta(days=WATCHED_DAYS), ends_on + timedelta(days=7))
    is_seen = plan.seen_on is not None and plan.seen_on > ends_on
    return _bar(ends_on, plan.seen_on if plan.seen_on and is_seen else watched, gate_on)


def _bar(starts_on: date, ends_on: date, gate_on: date) -> Bar | None:
    """None where it would have no length."""
    start, end = place(starts_on, gate_on), place(ends_on, gate_on)
    return Bar(start, round(end - start, 1)) if end > start else None
