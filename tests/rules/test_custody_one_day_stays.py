"""Stays that begin and end on one day."""

from datetime import UTC, date, datetime

from throughgate.custody.rules.kinds import DatedBy, Movement, MovementKind
from throughgate.custody.rules.spans import PlacedMovement
from throughgate.custody.rules.stays import stays

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def told(what: MovementKind, *, order: int, from_prison: str = "", to_prison: str = "") -> PlacedMovement:
    movement = Movement(
        what=what,
        happened_on=date(2026, 11, 20),
        dated_by=DatedBy.MOVEMENT_DATE,
        from_prison=from_prison,
        to_prison=to_prison,
    )
    return PlacedMovement(movement=movement, identity="one", organisation="MDI", known_at=NOON, order=order)


def test_somebody_received_and_released_on_one_day_has_that_stay_and_no_other() -> None:
    received = told(MovementKind.RECEIVED, order=0, to_prison="MDI")
    released = told(MovementKind.RELEASED, order=1, from_prison="MDI")
    result = stays([received, released], as_at=NOON)
    assert [(stay.prison, stay.start, stay.end) for stay in result.stays] == [
        ("MDI", date(2026, 11, 20), date(2026, 11, 20))
    ]
