"""The movements there are, and which of them go with being where."""

from datetime import date
from enum import StrEnum

from throughgate.custody.rules.states import Where
from throughgate.foundation.values import value


class MovementKind(StrEnum):
    RECEIVED = "received"
    TRANSFERRED = "transferred"
    IN_TRANSIT = "in_transit"
    TO_COURT = "to_court"
    BACK_FROM_COURT = "back_from_court"
    ON_LEAVE = "on_leave"
    BACK_FROM_LEAVE = "back_from_leave"
    TO_HOSPITAL = "to_hospital"
    BACK_FROM_HOSPITAL = "back_from_hospital"
    RELEASED = "released"
    BACK_IN_CUSTODY = "back_in_custody"  # recall, or admission again on the same booking
    ESCAPED_OR_ABSENT = "escaped_or_absent"
    DIED = "died"
    ADMINISTRATIVE = "administrative"  # on paper only; a stay ends if it leaves a prison for none
    UNCLEAR = "unclear"


class DatedBy(StrEnum):
    MOVEMENT_DATE = "movement_date"  # on that day
    RECEPTION_DATE = "reception_date"  # on that day
    AS_AT = "as_at"  # by that day: the first time it was seen, or the next thing known


@value(frozen=True, kw_only=True)
class Movement:
    what: MovementKind
    happened_on: date
    dated_by: DatedBy
    from_prison: str = ""  # "" where the document does not say
    to_prison: str = ""
    movement_type: str = ""
    reason: str = ""
    booking: str = ""
    true_release: bool = False
    starts_clock: bool = False
    notice: str = ""
    check_by_hand: bool = False
    missed: bool = False  # the feed skipped it; it follows from what came after
    corrects: bool = False  # the last movement told again with another reason: it replaces that one


Kind = MovementKind

LEAVING = {
    Where.COURT: Kind.TO_COURT,
    Where.LEAVE: Kind.ON_LEAVE,
    Where.IN_TRANSIT: Kind.IN_TRANSIT,
    Where.HOSPITAL: Kind.TO_HOSPITAL,
    Where.GONE: Kind.RELEASED,
    Where.AT_LARGE: Kind.ESCAPED_OR_ABSENT,
    Where.RECALLED: Kind.RELEASED,
    Where.DEAD: Kind.DIED,
    Where.ON_PAPER: Kind.ADMINISTRATIVE,
    Where.UNCLEAR: Kind.UNCLEAR,
}
COMING_BACK = {
    Where.COURT: Kind.BACK_FROM_COURT,
    Where.LEAVE: Kind.BACK_FROM_LEAVE,
    Where.IN_TRANSIT: Kind.TRANSFERRED,
    Where.HOSPITAL: Kind.BACK_FROM_HOSPITAL,
    Where.GONE: Kind.BACK_IN_CUSTODY,
    Where.AT_LARGE: Kind.BACK_IN_CUSTODY,
    Where.RECALLED: Kind.BACK_IN_CUSTODY,
}
