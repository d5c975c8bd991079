"""Until when medicine lasts. One clock for every medicine; timing only, and never a dose.

Cover counts only while it is unbroken, and what is not known is never covered.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from itertools import chain, repeat, takewhile
from typing import TypeGuard

from throughgate.foundation.values import value
from throughgate.foundation.working_days import ONE_DAY
from throughgate.foundation.wrong import FURTHEST
from throughgate.pathway.rules.facts import CoverState, Facts, Item, Progress, Ready, Shut, Supply
from throughgate.pathway.rules.limits import limit
from throughgate.pathway.rules.readiness import words
from throughgate.pathway.rules.shut import INJECTION, Due, due, pressing, shut

Medicine = Sequence[Supply]  # as each source supplies it


@value(frozen=True, kw_only=True)
class Cover:
    state: CoverState
    until: date | None = None  # the first day on which a medicine ends outside, as far as told; see the state
    is_told: bool = False  # whether every medicine has a last day, be it inside
    seen_on: date | None = None  # the first day outside on which they are to be seen, or were
    is_placed: bool | None = (
        None  # whether a pharmacy is named for each that is to be collected; None: none is
    )
    shut: Mapping[str, Shut] = field(default_factory=dict)  # by step, the days it is about


def cover_of(facts: Facts, *, on: date) -> Cover:
    return cover_with(facts, words(facts), on=on)


def cover_with(facts: Facts, heard: Mapping[Item, Ready], *, on: date) -> Cover:
    """The worst that is told of any medicine: broken, ended, not known, then the first to end.

    Which medicine was not collected is not told, so that breaks the cover of all; where none is told of at
    all, there was one to collect. What ends before the day they leave is the prison's to renew, and says
    nothing of the time outside.
    """
    going = _by_medicine(supply for supply in facts.supplies if not supply.stopped)
    dues = [due(supplies, facts) for supplies in going]
    shuts = [shut(each, facts, on=on) if each else {} for each in dues]
    told = [_until(supplies, on=on) for supplies in going]
    ends = [end for end in map(_end, told, shuts, repeat(on)) if _reaches_out(end, facts)]
    is_whole = None not in told and len(ends) == len(told)
    first = min(ends, default=None)
    state = _state(going, is_whole=is_whole, first=first, on=on)
    seen_on = _seen_on(facts, heard.get(Item.APPOINTMENT), on=on)
    is_placed = _is_placed(dues, facts, on=on)
    if state is CoverState.ENDS and first is not None and seen_on is not None and seen_on <= first:
        state = CoverState.NOWHERE if is_placed is False else CoverState.COVERED
    broke_on = _broke_on(facts, on=on)
    if broke_on and (going or not facts.supplies):
        state, first = CoverState.BROKEN, min(first or date.max, broke_on - ONE_DAY)
    return Cover(
        state=state,
        until=first,
        is_told=bool(going) and None not in told,
        seen_on=seen_on,
        is_placed=is_placed,
        shut={code: pressing(each[code] for each in shuts if code in each) for code in set(chain(*shuts))},
    )


def _state(going: Sequence[Medicine], *, is_whole: bool, first: date | None, on: date) -> CoverState:
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
    """Whether medicine that ends then reaches beyond the gate; never where no end is told."""
    if end is None or facts.left_on is not None:
        return end is not None
    return facts.leaves_on is not None and end >= facts.leaves_on


def _by_medicine(going: Iterable[Supply]) -> list[Medicine]:
    found: defaultdict[str, list[Supply]] = defaultdict(list)
    for supply in going:
        found[supply.medicine].append(supply)
    return list(found.values())


def _until(supplies: Medicine, *, on: date) -> date | None:
    """The last day any source supplies it for; None where none of them says. A year typed wrongly says
    nothing.
    """
    days = (supply.until for supply in supplies)
    return max((day for day in days if day and day - on <= FURTHEST), default=None)


def _end(until: date | None, found: Mapping[str, Shut], on: date) -> date | None:
    """The last day with medicine: it ends before shut days of which nothing is agreed, until they are over.

    An injection lasts whether or not the next can be given. What has no last day ends with the first of
    these days, and not before: until then it is not known to last.
    """
    runs = [run for code, run in found.items() if code != INJECTION and not run.is_agreed and run.last >= on]
    ends = [run.first - ONE_DAY for run in runs if until or run.first <= on]
    return min(filter(None, (until, *ends)), default=None)


def _is_placed(dues: Iterable[Due | None], facts: Facts, *, on: date) -> bool | None:
    """Asked until the day after they leave: from then on it is told whether they collect it."""
    gate = _gate(facts)
    if gate is None or on > gate + ONE_DAY:
        return None
    placed = [each.is_placed for each in dues if each and not each.is_injection]
    return all(placed) if placed else None


def _gate(facts: Facts) -> date | None:
    return facts.left_on or facts.leaves_on


def _seen_on(facts: Facts, appointment: Ready | None, *, on: date) -> date | None:
    """An appointment that has been counts only if they were seen; one before they leave is inside."""
    gate = _gate(facts) or date.min
    days = {day for day in facts.booked if day >= on or day in facts.contacts}
    told = appointment.on if appointment and appointment.progress is Progress.CONFIRMED else None
    if told and _holds(told, facts, on=on):
        days.add(told)
    return min((day for day in days if day >= gate), default=None)


def _holds(day: date, facts: Facts, *, on: date) -> bool:
    """Whether a day a worker named still counts: nothing says which appointment was missed on it."""
    return day in facts.contacts or (day >= on and day not in facts.missed)
