"""What happened between two neighbouring states of one identity.

A feed says how things are, never what happened, so movements are worked out from pairs. The result depends on
the two states only: when a document arrives late, every pair of its source is worked out again in order. See
docs/explanation/how-movements-are-worked-out.md.
"""

from collections.abc import Callable
from dataclasses import replace

from throughgate.custody.rules.kinds import COMING_BACK, LEAVING, DatedBy, Kind, Movement
from throughgate.custody.rules.states import (
    HELD,
    IN_CUSTODY,
    OUTINGS,
    CustodyState,
    MovementCodes,
    Sighting,
    Where,
    see,
)
from throughgate.custody.rules.steps import Step

__all__ = ["DatedBy", "Kind", "Movement", "Movements", "movements_between"]

Movements = tuple[Movement, ...]
ENDINGS = frozenset({Where.DEAD, Where.ON_PAPER, Where.UNCLEAR})  # reached from anywhere, nothing between
FREE = frozenset({Where.GONE, Where.AT_LARGE, Where.RECALLED})


def movements_between(before: CustodyState | None, after: CustodyState, codes: MovementCodes) -> Movements:
    """Everything that happened from one state to the next, in order; () if nothing did.

    `before` is None at first sight. A movement the feed skipped is added only where what came after cannot be
    understood without it, and is marked `missed`. Nothing is dated more exactly than the documents allow.
    """
    now = see(after, codes)
    if before is None:
        return _first_seen(now)
    step = Step(see(before, codes), now)
    if step.is_new_custody:
        return _unseen_exit(step) + _first_seen(now)
    return _renumbered(step) + _next(step)


def _first_seen(now: Sighting) -> Movements:
    """The start of this custody as far as the document knows it, then its last movement."""
    if now.where is Where.ON_PAPER:
        return (exit_of(now),)
    if now.where is Where.INSIDE and _began_here(now):
        return _last(now)
    if now.state.reception_on is None:
        return _last(now)
    start = replace(_implied(now, Kind.RECEIVED), missed=False)
    return (_from_reception(now, start), *_last(now))


def _last(now: Sighting) -> Movements:
    """The document's own last movement."""
    if now.where is not Where.INSIDE:
        return (exit_of(now),)
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


def _unseen_exit(step: Step) -> Movements:
    """The end of a custody that must have been over before the next one began."""
    if step.was.where not in IN_CUSTODY:
        return ()
    next_known = _first_seen(step.now)[0].happened_on
    exit_ = _implied(step.now, Kind.RELEASED, from_prison=step.was.prison)
    return (replace(exit_, happened_on=next_known, booking=step.was.state.booking, check_by_hand=True),)


def _renumbered(step: Step) -> Movements:
    """Two records joined: the booking changes under somebody who went nowhere."""
    if not step.is_renumbered or step.was.where not in IN_CUSTODY:
        return ()
    return (_on_paper(step),)


def _next(step: Step) -> Movements:
    same_place = step.was.where is step.now.where and not step.has_moved
    if same_place and not step.told:
        return ()
    if step.is_corrected:
        return _correction(step)
    if same_place and step.is_withdrawn:
        return (_on_paper(step),)
    return _coming_in(step) if step.now.where is Where.INSIDE else _going_out(step)


def _correction(step: Step) -> Movements:
    told = _last(step.now)[0]
    undated = step.now.state.movement_on is None
    return (replace(told, corrects=True, check_by_hand=told.check_by_hand or undated),)


def _coming_in(step: Step) -> Movements:
    if step.was.where in {Where.INSIDE, Where.COURT, Where.LEAVE} and step.is_readmission:
        exit_ = replace(_implied(step.now, Kind.RELEASED, from_prison=step.was.prison), check_by_hand=True)
        return (exit_, _arrival(step.now))
    return ARRIVING.get(step.was.where, _back_from_nowhere)(step)


def _inside_again(step: Step) -> Movements:
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


def _back_from_outing(step: Step) -> Movements:
    """Back from court or leave. Another prison than before is a transfer by way of it."""
    now, was = step.now, step.was
    if step.has_moved:
        return (_dated(step, _said(now, Kind.TRANSFERRED, from_prison=was.prison, to_prison=now.prison)),)
    back = _dated(step, _said(now, COMING_BACK[was.where], to_prison=now.prison))
    expected = OUTINGS.get(now.state.movement_type) is was.where or now.is_return
    return (back if expected else replace(back, check_by_hand=True),)


def _back_from_transit(step: Step) -> Movements:
    kind = COMING_BACK[step.was.where]
    return (_dated(step, _said(step.now, kind, from_prison=step.was.prison, to_prison=step.now.prison)),)


def _back_from_freedom(step: Step) -> Movements:
    """Back in custody by admission; if the last movement is a later one, the admission was missed."""
    now = step.now
    if step.told and not step.is_withdrawn and (now.is_transfer or now.state.movement_type in OUTINGS):
        return (_implied(now, Kind.BACK_IN_CUSTODY), _arrival(now))
    return (_dated(step, _said(now, Kind.BACK_IN_CUSTODY, to_prison=now.prison)),)


def _back_from_nowhere(step: Step) -> Movements:
    """Inside after a state nobody returns from (a death, a merged record) or that said nothing."""
    back = _dated(step, _said(step.now, Kind.BACK_IN_CUSTODY, to_prison=step.now.prison))
    return (replace(back, check_by_hand=True),)


ARRIVING: dict[Where, Callable[[Step], Movements]] = {
    Where.INSIDE: _inside_again,
    Where.COURT: _back_from_outing,
    Where.LEAVE: _back_from_outing,
    Where.IN_TRANSIT: _back_from_transit,
    Where.HOSPITAL: _back_from_transit,
    Where.GONE: _back_from_freedom,
    Where.AT_LARGE: _back_from_freedom,
    Where.RECALLED: _back_from_freedom,
}


def _going_out(step: Step) -> Movements:
    was, now = step.was, step.now
    if not step.told and now.where in {Where.GONE, Where.RECALLED}:
        if was.where in {Where.GONE, Where.RECALLED}:
            return ()  # a recall issued or lifted moves nobody; their standing says it
        if was.where in {Where.DEAD, Where.ON_PAPER}:
            return (_on_paper(step),)  # that they are gone is no second release
    if was.where is now.where and now.where in ENDINGS:
        return (_on_paper(step),)
    leaving = _dated(step, exit_of(now))
    if not leaving.from_prison:
        leaving = replace(leaving, from_prison=was.prison)
    if was.where in ENDINGS:
        leaving = replace(leaving, check_by_hand=True)
    return (*_unseen_return(step, leaving), leaving)


def _unseen_return(step: Step, leaving: Movement) -> Movements:
    """The return that must have come between two absences, or the transfer before leaving another prison."""
    was, now, prison = step.was, step.now, leaving.from_prison
    if step.has_moved:
        back = _implied(now, Kind.TRANSFERRED, from_prison=was.prison, to_prison=prison)
    elif _needs_return(step):
        back = _implied(now, COMING_BACK[was.where], to_prison=prison)
    else:
        return ()
    return (replace(back, happened_on=leaving.happened_on),)


def _needs_return(step: Step) -> bool:
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


def exit_of(now: Sighting) -> Movement:
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


def _on_paper(step: Step) -> Movement:
    """Nobody moved. A prison is named only while it holds them, so that no stay starts or ends."""
    prison = step.was.prison if {step.was.where, step.now.where} <= HELD else ""
    said = _implied(step.now, Kind.ADMINISTRATIVE, from_prison=prison, to_prison=prison)
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


def _dated(step: Step, movement: Movement) -> Movement:
    """The movement, dated by the document's day where its last movement is not what brought the change.

    Court and leave use one code both ways, so a trip out and back in a day shows the same code and day twice.
    """
    one_code_both_ways = step.now.state.movement_type in OUTINGS
    if (step.told or one_code_both_ways) and not step.is_withdrawn:
        return movement
    return replace(movement, happened_on=step.now.day, dated_by=DatedBy.AS_AT)
