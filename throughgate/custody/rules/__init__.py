"""The pure rules of custody, by what they answer. No database, no clock; code tables are passed in."""

from throughgate.custody.rules.by_hand import ToldDate, wrong_with_date, wrong_with_death
from throughgate.custody.rules.contradictions import Document, contradictions
from throughgate.custody.rules.dates import (
    BestDate,
    DateType,
    DateTypes,
    ExpectedDate,
    Loser,
    WhyChosen,
    WhyNot,
    best_release_date,
    date_types,
    told_lately,
)
from throughgate.custody.rules.flags import Flag, Severity
from throughgate.custody.rules.kinds import DatedBy, Movement, MovementKind
from throughgate.custody.rules.movements import movements_between
from throughgate.custody.rules.spans import OutNow, PlacedMovement, Stay
from throughgate.custody.rules.standing import PlacedState, Standing, StandingKind, standing
from throughgate.custody.rules.states import (
    CustodyState,
    MovementCode,
    MovementCodes,
    Sighting,
    Where,
    movement_codes,
    see,
)
from throughgate.custody.rules.stays import StayResult, stays
from throughgate.custody.rules.told import ToldEvent, movement_told, without_echoes

__all__ = [
    "BestDate",
    "CustodyState",
    "DateType",
    "DateTypes",
    "DatedBy",
    "Document",
    "ExpectedDate",
    "Flag",
    "Loser",
    "Movement",
    "MovementCode",
    "MovementCodes",
    "MovementKind",
    "OutNow",
    "PlacedMovement",
    "PlacedState",
    "Severity",
    "Sighting",
    "Standing",
    "StandingKind",
    "Stay",
    "StayResult",
    "ToldDate",
    "ToldEvent",
    "Where",
    "WhyChosen",
    "WhyNot",
    "best_release_date",
    "contradictions",
    "date_types",
    "movement_codes",
    "movement_told",
    "movements_between",
    "see",
    "standing",
    "stays",
    "told_lately",
    "without_echoes",
    "wrong_with_date",
    "wrong_with_death",
]
