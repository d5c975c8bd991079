"""Until when medicine lasts. One clock for every medicine; timing only, and never a dose.

Cover counts only while it is unbroken, and what is not known is never covered.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import TypeGuard

from throughgate.foundation.values import value
from throughgate.foundation.working_days import ONE_DAY
from throughgate.pathway.rules.facts import CoverState, Facts, Item, Progress, Ready, Supply
from throughgate.pathway.rules.limits import limit
from throughgate.pathway.rules.readiness import words


@value(frozen=True, kw_only=True)
class Cover:
    state: CoverState
    until: date | None = None  # the first day on which a medicine ends outside, as far as told; see the state
    is_told: bool = False  # whether every medicine has a last day, be it inside
    seen_on: date | None = None  # the first day outside on which they are to be seen, or were


def cover_of(facts: Facts, *, on: date) -> Cover:
    return cover_with(facts, words(facts), on=on)


def cover_with(facts: Facts, heard: Mapping[Item, Ready], *, on: date) -> Cover:
    """The worst that is told of any medicine: broken, ended, not known, then the first to end.

    Which medicine was not collected is not told, so that breaks the cover of all; where none is told of at
    all, there was one to collect. What ends before the day they leave is the prison's to renew, and says
    nothing of the time outside.
    """
    going = [supply for supply in facts.supplies if not supply.stopped]
    told = _ends(going)
    ends = [end for end in told if _reaches_out(end, facts)]
    first = min(ends, default=None)
    state = _state(going, is_whole=len(ends) == len(told), first=first, on=on)
    seen_on = _seen_on(facts, heard.get(Item.APPOINTMENT), on=on)
    if state is CoverState.ENDS and first is not None and seen_on is not None and seen_on <= first:
        state = CoverState.COVERED
    broke_on = _broke_on(facts, on=on)
    if broke_on and (going or not facts.supplies):
        state, first = CoverState.BROKEN, min(first or date.max, broke_on - ONE_DAY)
    return Cover(state=state, until=first, is_told=bool(going) and None not in told, seen_on=seen_on)


def _state(going: Sequence[Supply], *, is_whole: bool, first: date | None, on: date) -> CoverState:
    if not going:
        return CoverState.NONE
    if first is not None and first < on:
        return CoverState.ENDED
    return CoverState.ENDS if is_whole else CoverState.NOT_KNOWN


def _broke_on(facts: Facts, *, on: date) -> date | None:
    """The first of the days in a row on which medicine was not collected, once they are too many."""
    since = facts.custody_from or date.min
    days = sorted((day for day in facts.pick_ups if since <= day <= on), reverse=True)
    missed = list(takewhile(lambda day: not facts.pick_ups[day], days))
    return missed[-1] if len(missed) >= limit("missed_in_a_row") else None


def _reaches_out(end: date | None, facts: Facts) -> TypeGuard[date]:
    """Whether it is told, and counts outside."""
    if end is None or facts.left_on is not None:
        return end is not None
    return facts.leaves_on is not None and end >= facts.leaves_on


def _ends(going: Iterable[Supply]) -> list[date | None]:
    """For each medicine the last day any source supplies it for; None where none of them says."""
    told: defaultdict[str, list[date]] = defaultdict(list)
    for supply in going:
        told[supply.medicine].extend([supply.until] if supply.until else [])
    return [max(days, default=None) for days in told.values()]


def _seen_on(facts: Facts, appointment: Ready | None, *, on: date) -> date | None:
    """An appointment that has been counts only if they were seen; one before they leave is inside."""
    gate = facts.left_on or facts.leaves_on or date.min
    days = {day for day in facts.booked if day >= on or day in facts.contacts}
    told = appointment.on if appointment and appointment.progress is Progress.CONFIRMED else None
    if told and _holds(told, facts, on=on):
        days.add(told)
    return min((day for day in days if day >= gate), default=None)


def _holds(day: date, facts: Facts, *, on: date) -> bool:
    """Whether a day a worker named still counts: nothing says which appointment was missed on it."""
    return day in facts.contacts or (day >= on and day not in facts.missed)
