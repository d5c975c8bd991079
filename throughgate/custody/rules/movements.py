"""What happened between two neighbouring states of one identity.

A feed says how things are, never what happened, so movements are worked out from pairs. The result depends on
the two states only: a document that arrives late is put in its place and the two pairs around it are worked
out again. See docs/explanation/how-movements-are-worked-out.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from throughgate.custody.rules.states import (
    IN_CUSTODY,
    OUTINGS,
    CustodyState,
    MovementCodes,
    Sighting,
    Where,
    see,
)


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
    ADMINISTRATIVE = "administrative"  # on paper only; ends a stay if it names no prison to be in
    UNCLEAR = "unclear"


class DatedBy(StrEnum):
    MOVEMENT_DATE = "movement_date"  # on that day
    RECEPTION_DATE = "reception_date"  # on that day
    AS_AT = "as_at"  # by that day: the first time it was seen, or the next thing known


@dataclass(frozen=True, kw_only=True)
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


Movements = tuple[Movement, ...]
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
FREE = frozenset({Where.GONE, Where.AT_LARGE, Where.RECALLED})
ENDINGS = frozenset(
    {Where.DEAD, Where.ON_PAPER, Where.UNCLEAR}
)  # reached from anywhere, with nothing between


def movements_between(before: CustodyState | None, after: CustodyState, codes: MovementCodes) -> Movements:
    """Everything that happened from one state to the next, in order; () if nothing did.

    `before` is None at first sight. A movement the feed skipped is added only where what came after cannot be
    understood without it, and is marked `missed`. Nothing is dated more exactly than the documents allow.
    """
    now = see(after, codes)
    if before is None:
        return _first_seen(now)
    step = _Step(see(before, codes), now)
    if step.is_new_custody:
        return _unseen_exit(step) + _first_seen(now)
    return _renumbered(step) + _next(step)


@dataclass(frozen=True)
class _Step:
    was: Sighting
    now: Sighting

    @property
    def told(self) -> bool:
        """Whether the last movement is another one. A feed that stops telling has told of none."""
        was, now = self.was.state, self.now.state
        if (was.movement_type, was.movement_reason) != (now.movement_type, now.movement_reason):
            return bool(now.movement_type or now.movement_reason)
        if now.movement_on is None:
            return False
        if was.movement_on is None:
            return now.movement_on > self.was.day
        return now.movement_on != was.movement_on

    @property
    def is_later(self) -> bool:
        """Whether the dates prove that the last movement came after the one before it."""
        then = self.was.state.movement_on or self.was.day
        return self.now.state.movement_on is not None and self.now.state.movement_on > then

    @property
    def is_withdrawn(self) -> bool:
        """Whether the source took its last movement back, so that an earlier one is the last again."""
        was, now = self.was.state.movement_on, self.now.state.movement_on
        return was is not None and now is not None and now < was

    @property
    def is_corrected(self) -> bool:
        """Whether the last movement is the same one with another reason.

        Without dates only an admission or a release is taken for a correction; a second trip to court is
        likelier than one trip told twice.
        """
        was, now = self.was.state, self.now.state
        return (
            self.was.side == self.now.side
            and self.told
            and was.movement_type == now.movement_type
            and was.movement_on == now.movement_on
            and (now.movement_on is not None or now.movement_type in {"ADM", "REL"})
            and not self.has_moved
        )

    @property
    def has_moved(self) -> bool:
        """Whether they are, or were until now, in a prison other than the one named now."""
        inside = Where.INSIDE in {self.was.where, self.now.where}
        return inside and self.now.prison not in {self.was.prison, ""}

    @property
    def is_renumbered(self) -> bool:
        was, now = self.was.state.booking, self.now.state.booking
        return bool(was and now) and was != now

    @property
    def is_new_custody(self) -> bool:
        """Whether the other booking is another time in custody, and not the same one under another number."""
        was, now = self.was.state.reception_on, self.now.state.reception_on
        began_later = was is None or now is None or now > was
        if not (self.is_renumbered and began_later):
            return False
        if now is not None and now >= self.was.day:
            return True
        if self.was.where in IN_CUSTODY:
            return self.told and self.now.is_admission
        return self.told or self.now.where in IN_CUSTODY

    @property
    def is_readmission(self) -> bool:
        return self.told and self.is_later and self.now.is_admission


def _first_seen(now: Sighting) -> Movements:
    """The start of this custody as far as the document knows it, then its last movement."""
    if now.where is Where.ON_PAPER:
        return (_exit(now),)
    if now.where is Where.INSIDE and _began_here(now):
        return _last(now)
    if now.state.reception_on is None:
        return _last(now)
    start = replace(_implied(now, Kind.RECEIVED), missed=False)
    return (_from_reception(now, start), *_last(now))


def _last(now: Sighting) -> Movements:
    """The document's own last movement."""
    if now.where is not Where.INSIDE:
        return (_exit(now),)
    if _began_here(now):
        return (_from_reception(now, _said(now, Kind.RECEIVED, to_prison=now.prison)),)
    return (_arrival(now),)


def _began_here(now: Sighting) -> bool:
    """Whether the last movement is the reception itself. A document without one cannot say otherwise."""
    state = now.state
    if state.movement_type in OUTINGS or now.is_transfer or now.is_return:
        return False
    return state.movement_on is None or state.reception_on is None or state.movement_on <= state.reception_on


def _from_reception(now: Sighting, received: Movement) -> Movement:
    if now.state.reception_on is None:
        return received
    return replace(received, happened_on=now.state.reception_on, dated_by=DatedBy.RECEPTION_DATE)


def _unseen_exit(step: _Step) -> Movements:
    """The end of a custody that must have been over before the next one began."""
    if step.was.where not in IN_CUSTODY:
        return ()
    next_known = _first_seen(step.now)[0].happened_on
    exit_ = _implied(step.now, Kind.RELEASED, from_prison=step.was.prison)
    return (replace(exit_, happened_on=next_known, booking=step.was.state.booking, check_by_hand=True),)


def _renumbered(step: _Step) -> Movements:
    """Two records joined: the booking changes under somebody who went nowhere."""
    if not step.is_renumbered or step.was.where not in IN_CUSTODY:
        return ()
    return (_on_paper(step, from_prison=step.was.prison),)


def _next(step: _Step) -> Movements:
    same_place = step.was.where is step.now.where and not step.has_moved
    if same_place and not step.told:
        return ()
    if step.is_corrected:
        return _correction(step)
    if same_place and step.is_withdrawn:
        return (_on_paper(step, from_prison=step.now.prison),)
    return _coming_in(step) if step.now.where is Where.INSIDE else _going_out(step)


def _correction(step: _Step) -> Movements:
    told = _last(step.now)[0]
    undated = step.now.state.movement_on is None
    return (replace(told, corrects=True, check_by_hand=told.check_by_hand or undated),)


def _coming_in(step: _Step) -> Movements:
    if step.was.where in {Where.INSIDE, Where.COURT, Where.LEAVE} and step.is_readmission:
        exit_ = replace(_implied(step.now, Kind.RELEASED, from_prison=step.was.prison), check_by_hand=True)
        return (exit_, _arrival(step.now))
    return ARRIVING.get(step.was.where, _back_from_nowhere)(step)


def _inside_again(step: _Step) -> Movements:
    """Inside before and after: at another prison, or out and back between two documents."""
    now = step.now
    if step.has_moved:
        return (
            _dated(step, _said(now, Kind.TRANSFERRED, from_prison=step.was.prison, to_prison=now.prison)),
        )
    if now.category == "court_video_link":
        return (_arrival(now),)
    left = _kind_of_leaving(now)
    if left is None:
        unclear = _said(now, Kind.UNCLEAR, from_prison=now.prison, to_prison=now.prison)
        return (replace(unclear, check_by_hand=True),)
    return (_implied(now, left, from_prison=now.prison), _arrival(now))


def _kind_of_leaving(now: Sighting) -> Kind | None:
    """How somebody must have left who came back by this movement."""
    if now.state.movement_type in OUTINGS:
        return LEAVING[OUTINGS[now.state.movement_type]]
    if now.is_transfer:
        return Kind.IN_TRANSIT
    return {"return_late": Kind.ON_LEAVE, "recapture": Kind.ESCAPED_OR_ABSENT}.get(now.category)


def _back_from_outing(step: _Step) -> Movements:
    """Back from court or leave. Another prison than before is a transfer by way of it."""
    now, was = step.now, step.was
    if step.has_moved:
        return (_dated(step, _said(now, Kind.TRANSFERRED, from_prison=was.prison, to_prison=now.prison)),)
    back = _dated(step, _said(now, COMING_BACK[was.where], to_prison=now.prison))
    expected = OUTINGS.get(now.state.movement_type) is was.where or now.is_return
    return (back if expected else replace(back, check_by_hand=True),)


def _back_from_transit(step: _Step) -> Movements:
    kind = COMING_BACK[step.was.where]
    return (_dated(step, _said(step.now, kind, from_prison=step.was.prison, to_prison=step.now.prison)),)


def _back_from_freedom(step: _Step) -> Movements:
    """Back in custody by admission; if the last movement is a later one, the admission was missed."""
    now = step.now
    if step.told and not step.is_withdrawn and (now.is_transfer or now.state.movement_type in OUTINGS):
        return (_implied(now, Kind.BACK_IN_CUSTODY), _arrival(now))
    return (_dated(step, _said(now, Kind.BACK_IN_CUSTODY, to_prison=now.prison)),)


def _back_from_nowhere(step: _Step) -> Movements:
    """Inside after a state nobody returns from (a death, a merged record) or that said nothing."""
    back = _dated(step, _said(step.now, Kind.BACK_IN_CUSTODY, to_prison=step.now.prison))
    return (replace(back, check_by_hand=True),)


ARRIVING: dict[Where, Callable[[_Step], Movements]] = {
    Where.INSIDE: _inside_again,
    Where.COURT: _back_from_outing,
    Where.LEAVE: _back_from_outing,
    Where.IN_TRANSIT: _back_from_transit,
    Where.HOSPITAL: _back_from_transit,
    Where.GONE: _back_from_freedom,
    Where.AT_LARGE: _back_from_freedom,
    Where.RECALLED: _back_from_freedom,
}


def _going_out(step: _Step) -> Movements:
    was, now = step.was, step.now
    if not step.told and {was.where, now.where} <= {Where.GONE, Where.RECALLED}:
        return ()  # a recall issued or lifted moves nobody; their standing says it
    if was.where is now.where and now.where in ENDINGS:
        return (_on_paper(step, from_prison=now.prison),)
    leaving = _dated(step, _exit(now))
    if not leaving.from_prison:
        leaving = replace(leaving, from_prison=was.prison)
    if was.where in ENDINGS:
        leaving = replace(leaving, check_by_hand=True)
    return (*_unseen_return(step, leaving), leaving)


def _unseen_return(step: _Step, leaving: Movement) -> Movements:
    """The return that must have come between two absences, or the transfer before leaving another prison."""
    was, now = step.was, step.now
    if was.where is Where.INSIDE:
        if leaving.from_prison in {was.prison, ""}:
            return ()
        moved = _implied(now, Kind.TRANSFERRED, from_prison=was.prison, to_prison=leaving.from_prison)
        return (_as_dated(moved, leaving),)
    if not _needs_return(step):
        return ()
    back = _implied(now, COMING_BACK[was.where], to_prison=leaving.from_prison)
    return (_as_dated(back, leaving),)


def _needs_return(step: _Step) -> bool:
    was, now = step.was.where, step.now.where
    if was not in COMING_BACK or now in ENDINGS:
        return False
    if was is now or now in {Where.COURT, Where.LEAVE, Where.IN_TRANSIT}:
        return True
    return was in FREE and step.told


def _arrival(now: Sighting) -> Movement:
    """The last movement of somebody inside, where it is not the start of the booking."""
    if now.category == "court_video_link":
        return _said(now, Kind.ADMINISTRATIVE, from_prison=now.prison, to_prison=now.prison)  # nobody left
    if now.state.movement_type in OUTINGS:
        return _said(now, COMING_BACK[OUTINGS[now.state.movement_type]], to_prison=now.prison)
    if now.is_transfer:
        return _said(now, Kind.TRANSFERRED, to_prison=now.prison)
    kind = Kind.BACK_FROM_LEAVE if now.category == "return_late" else Kind.BACK_IN_CUSTODY
    return _said(now, kind, to_prison=now.prison)


def _exit(now: Sighting) -> Movement:
    """The last movement of somebody who is not inside."""
    kind = LEAVING[now.where]
    if now.category == "transfer_to_immigration_centre":
        kind = Kind.TRANSFERRED  # still detained, in a place that is not a prison
    left = _said(now, kind, from_prison=now.prison)
    if kind is not Kind.RELEASED:
        return left
    if now.code is None or not now.code.true_release:
        return replace(left, check_by_hand=True)
    return replace(left, true_release=True, starts_clock=now.code.starts_clock, notice=now.code.notice)


def _on_paper(step: _Step, *, from_prison: str) -> Movement:
    said = _implied(step.now, Kind.ADMINISTRATIVE, from_prison=from_prison, to_prison=from_prison)
    return replace(said, happened_on=step.now.day, check_by_hand=True, missed=False)


def _said(now: Sighting, kind: Kind, *, from_prison: str = "", to_prison: str = "") -> Movement:
    """The document's own last movement, on its own day."""
    state = now.state
    return Movement(
        what=kind,
        happened_on=state.movement_on or now.day,
        dated_by=DatedBy.MOVEMENT_DATE if state.movement_on else DatedBy.AS_AT,
        from_prison=from_prison,
        to_prison=to_prison,
        movement_type=state.movement_type,
        reason=state.movement_reason,
        booking=state.booking,
        check_by_hand=now.is_doubtful,
    )


def _implied(now: Sighting, kind: Kind, *, from_prison: str = "", to_prison: str = "") -> Movement:
    """Something no document told: without a code, and by the day of what it follows from."""
    return Movement(
        what=kind,
        happened_on=now.state.movement_on or now.day,
        dated_by=DatedBy.AS_AT,
        from_prison=from_prison,
        to_prison=to_prison,
        booking=now.state.booking,
        missed=True,
    )


def _dated(step: _Step, movement: Movement) -> Movement:
    """By the document's day where its last movement is not the one that brought the change.

    Court and leave use one code both ways, so a trip out and back in a day shows the same code and day twice.
    """
    one_code_both_ways = step.now.state.movement_type in OUTINGS
    if (step.told or one_code_both_ways) and not step.is_withdrawn:
        return movement
    return replace(movement, happened_on=step.now.day, dated_by=DatedBy.AS_AT)


def _as_dated(movement: Movement, following: Movement) -> Movement:
    return replace(movement, happened_on=following.happened_on)
