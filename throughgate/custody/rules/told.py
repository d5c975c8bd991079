"""What an event says happened: one movement, read with the tables that a prison's documents are read with.

A document says how things are, an event that something happened, and little else. So it bridges the hours
until the prison's record is heard again, which then says what happened.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from throughgate.custody.rules.kinds import COMING_BACK, DatedBy, Movement, MovementKind
from throughgate.custody.rules.movements import exit_of
from throughgate.custody.rules.spans import PlacedMovement
from throughgate.custody.rules.states import LONDON, NO_PRISON, CustodyState, MovementCodes, see
from throughgate.foundation.values import value

ARRIVALS = frozenset({MovementKind.RECEIVED, *COMING_BACK.values()})
RIDDLES = frozenset({MovementKind.UNCLEAR, MovementKind.ADMINISTRATIVE})


@value(frozen=True, kw_only=True)
class ToldEvent:
    """An event about a movement. Missing text is ""."""

    occurred_at: datetime
    what: MovementKind  # what its reason stands for
    movement_type: str = ""  # by the reason, or as the event gives it
    movement_reason: str = ""
    prison: str = ""  # left or arrived at


def movement_told(event: ToldEvent, codes: MovementCodes) -> Movement:
    """The movement, by that day. A code of the table says better than the reason how somebody left.

    A release without one starts the weeks after it provisionally, and somebody has to check it.
    """
    is_known = (event.movement_type, event.movement_reason) in codes
    if event.what is MovementKind.RELEASED and is_known:
        return replace(exit_of(see(_state(event), codes)), dated_by=DatedBy.AS_AT)
    is_release = event.what is MovementKind.RELEASED
    has_odd_code = event.movement_reason != "" and not is_known
    from_prison, to_prison = _prisons(event)
    return Movement(
        what=event.what,
        happened_on=event.occurred_at.astimezone(LONDON).date(),
        dated_by=DatedBy.AS_AT,
        from_prison=from_prison,
        to_prison=to_prison,
        movement_type=event.movement_type,
        reason=event.movement_reason,
        starts_clock=is_release,
        check_by_hand=is_release or has_odd_code or event.what in RIDDLES,
    )


def without_echoes(told: Sequence[PlacedMovement]) -> list[PlacedMovement]:
    """The movements without releases told without a reason where the same source told that day's with one.

    One leaving is sent out as two events, of which only the older kind says why: it may have been a death.
    """
    reasoned = {_day_and_type(placed) for placed in told if placed.movement.reason}
    return [placed for placed in told if not (_lacks_reason(placed) and _day_and_type(placed) in reasoned)]


def _lacks_reason(placed: PlacedMovement) -> bool:
    return placed.movement.what is MovementKind.RELEASED and not placed.movement.reason


def _day_and_type(placed: PlacedMovement) -> tuple[str, date, str]:
    return placed.identity, placed.movement.happened_on, placed.movement.movement_type


def _state(event: ToldEvent) -> CustodyState:
    """What the prison's document would say of somebody who has just left like this."""
    return CustodyState(
        as_at=event.occurred_at,
        status="INACTIVE OUT",
        movement_type=event.movement_type,
        movement_reason=event.movement_reason,
        prison="OUT",
        last_prison=event.prison,
    )


def _prisons(event: ToldEvent) -> tuple[str, str]:
    """From where and to where, as far as it says."""
    prison = "" if event.prison in NO_PRISON else event.prison
    if event.what in ARRIVALS:
        return "", prison
    if event.what in RIDDLES:  # nobody moved, as far as anybody can tell
        return prison, prison
    return prison, ""
