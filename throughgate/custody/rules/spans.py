"""Where one source says somebody was, span by span."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from throughgate.custody.rules.flags import Flag, Severity
from throughgate.custody.rules.kinds import DatedBy, Kind, Movement, MovementKind
from throughgate.custody.rules.states import LONDON
from throughgate.foundation.values import value

Source = tuple[str, str]  # identity, organisation


class OutNow(StrEnum):
    NOT_OUT = ""
    COURT = "court"
    LEAVE = "leave"
    HOSPITAL = "hospital"
    AT_LARGE = "at_large"


@value(frozen=True, kw_only=True)
class PlacedMovement:
    """A movement with who told it and when."""

    movement: Movement
    identity: str
    organisation: str
    known_at: datetime  # as-at of the later of the two states
    order: int = 0  # its place among the movements of that pair

    @property
    def told_by(self) -> Source:
        return (self.identity, self.organisation)


@value(frozen=True, kw_only=True)
class Stay:
    """Days in one prison: the first day, and the first day no longer there.

    A prison of "" means in custody, not known where. A stay may end on the day it starts: its range of days
    is then empty and overlaps nothing, and it is still told.
    """

    prison: str
    start: date
    end: date | None
    started_by: MovementKind
    ended_by: MovementKind | None
    booking: str
    out_now: OutNow
    start_is_exact: bool  # False: here by that day, perhaps before
    left_unseen: bool = False  # True: gone by the day it ends, perhaps before

    @property
    def is_empty(self) -> bool:
        return self.start == self.end

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


OUTINGS = {
    Kind.TO_COURT: OutNow.COURT,
    Kind.ON_LEAVE: OutNow.LEAVE,
    Kind.TO_HOSPITAL: OutNow.HOSPITAL,
    Kind.ESCAPED_OR_ABSENT: OutNow.AT_LARGE,
}
ENDS = frozenset({Kind.IN_TRANSIT, Kind.RELEASED, Kind.DIED})
ON_PAPER = frozenset({Kind.ADMINISTRATIVE, Kind.UNCLEAR})


def spans_of(told: Sequence[PlacedMovement]) -> tuple[tuple[Stay, ...], tuple[Flag, ...]]:
    """One source's stays, in order, and the flags for days that cannot be right.

    Court, leave, hospital and escape leave the stay open: the prison still answers for them. A day told only
    as an upper bound gives way to an exact one.
    """
    movements, flags = _in_sequence(_corrected(sorted(told, key=_order)))
    spans: list[Stay] = []
    for movement in movements:
        _apply(spans, movement)
    flags = (*flags, *_provisional(movements))
    return tuple(stay for stay in spans if stay.prison or not stay.is_empty), flags


def _provisional(movements: Sequence[Movement]) -> tuple[Flag, ...]:
    """Whether they are out by a release of which nobody said why."""
    told = [movement for movement in movements if movement.what not in ON_PAPER][-1:]
    return tuple(
        Flag(key="release_without_reason", severity=Severity.MUST, fields=("movement_type",))
        for movement in told
        if movement.starts_clock and movement.check_by_hand
    )


def _order(placed: PlacedMovement) -> tuple[datetime, int, str]:
    return (placed.known_at, placed.order, repr(placed.movement))


def _corrected(told: Sequence[PlacedMovement]) -> list[PlacedMovement]:
    """A movement that corrects takes the place of the one before it, and its day if it has none."""
    kept: list[PlacedMovement] = []
    for placed in told:
        kept.append(_in_place_of(kept.pop(), placed) if placed.movement.corrects and kept else placed)
    return kept


def _in_place_of(old: PlacedMovement, placed: PlacedMovement) -> PlacedMovement:
    movement, replaced = placed.movement, old.movement
    if movement.dated_by is not DatedBy.AS_AT:
        return placed
    dated = replace(movement, happened_on=replaced.happened_on, dated_by=replaced.dated_by)
    return replace(placed, movement=dated)


def _in_sequence(told: Sequence[PlacedMovement]) -> tuple[list[Movement], tuple[Flag, ...]]:
    """The movements with days that never run backwards."""
    flags: list[Flag] = []
    movements = [_not_in_future(placed, flags) for placed in told]
    for index in range(len(movements) - 2, -1, -1):
        this, following = movements[index], movements[index + 1]
        if this.dated_by is DatedBy.AS_AT and following.happened_on < this.happened_on:
            movements[index] = replace(this, happened_on=following.happened_on)
    for index in range(1, len(movements)):
        this, before = movements[index], movements[index - 1]
        if this.happened_on < before.happened_on:
            if this.dated_by is not DatedBy.AS_AT:
                flags.append(_odd_day("out_of_order", this))
            movements[index] = replace(this, happened_on=before.happened_on)
    return movements, tuple(flags)


def _not_in_future(placed: PlacedMovement, flags: list[Flag]) -> Movement:
    known_on = placed.known_at.astimezone(LONDON).date()
    if placed.movement.happened_on <= known_on:
        return placed.movement
    flags.append(_odd_day("told_before_it_happened", placed.movement))
    return replace(placed.movement, happened_on=known_on, dated_by=DatedBy.AS_AT)


def _odd_day(key: str, movement: Movement) -> Flag:
    params = (("what", movement.what.value), ("on", movement.happened_on.isoformat()))
    return Flag(key=key, severity=Severity.SHOULD, fields=("movement_on",), params=params)


def _apply(spans: list[Stay], movement: Movement) -> None:
    """Add one movement to the spans so far; the last of them may be open."""
    what = movement.what
    if what in ENDS or _leaves_for_nowhere(movement):
        _end(spans, movement)
    elif what in OUTINGS:
        _be_at(spans, movement, movement.from_prison)
        spans[-1] = replace(spans[-1], out_now=OUTINGS[what])
    elif what is Kind.RECEIVED:
        _start(spans, movement, movement.to_prison)
    elif what in ON_PAPER:
        if movement.to_prison:
            _be_at(spans, movement, movement.to_prison)
    else:
        _be_at(spans, movement, movement.to_prison)
        spans[-1] = replace(spans[-1], out_now=OutNow.NOT_OUT)


def _leaves_for_nowhere(movement: Movement) -> bool:
    """Moved to somewhere that is not a prison, or joined into another record."""
    if movement.to_prison:
        return False
    return movement.what is Kind.TRANSFERRED or (
        movement.what is Kind.ADMINISTRATIVE and movement.from_prison != ""
    )


def _be_at(spans: list[Stay], movement: Movement, prison: str) -> None:
    """Leave the open span as it is if it is the same prison, or none is named; else start another."""
    if not _is_open(spans) or prison not in {spans[-1].prison, ""}:
        _start(spans, movement, prison)


def _start(spans: list[Stay], movement: Movement, prison: str) -> None:
    _end(spans, movement)
    spans.append(
        Stay(
            prison=prison,
            start=movement.happened_on,
            end=None,
            started_by=movement.what,
            ended_by=None,
            booking=movement.booking,
            out_now=OutNow.NOT_OUT,
            start_is_exact=movement.dated_by is not DatedBy.AS_AT,
        )
    )


def _end(spans: list[Stay], movement: Movement) -> None:
    if _is_open(spans):
        end = movement.happened_on
        spans[-1] = replace(
            spans[-1],
            end=end,
            ended_by=movement.what,
            out_now=OutNow.NOT_OUT,
            left_unseen=movement.missed,
        )


def _is_open(spans: list[Stay]) -> bool:
    return bool(spans) and spans[-1].end is None
