"""The pure rules of custody, by what they answer. No database, no clock; code tables are passed in."""

from throughgate.custody.rules.movements import DatedBy, Movement, MovementKind, movements_between
from throughgate.custody.rules.states import (
    CustodyState,
    MovementCode,
    MovementCodes,
    Sighting,
    Where,
    movement_codes,
    see,
)

__all__ = [
    "CustodyState",
    "DatedBy",
    "Movement",
    "MovementCode",
    "MovementCodes",
    "MovementKind",
    "Sighting",
    "Where",
    "movement_codes",
    "movements_between",
    "see",
]
