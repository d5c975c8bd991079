"""Days on which medicine is due outside, and the place that gives it out is shut, or may be.

A dose to take home bridges one such day, as it does most Sundays. Several in a row have to be agreed with the
pharmacy and the prescriber; so has the first day outside, because no dose was given out before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from throughgate.directory.rules import Hours, State
from throughgate.foundation.values import value
from throughgate.foundation.working_days import ONE_DAY
from throughgate.pathway.rules.facts import Facts, Shut, Supply
from throughgate.pathway.rules.limits import limit

DAYS, WEEKLY, INJECTION = "shut_days", "shut_weekly", "shut_injection"  # of pathway_steps, and their anchors
LONGEST = timedelta(days=14)  # a run that goes on for longer is looked at no further
WEEK = range(7)


@value(frozen=True, kw_only=True)
class Due:
    """A medicine to be had from a place once they have left: each day, or as an injection on its last."""

    hours: Sequence[Hours]  # of each place that is named; where none is known, the usual ones
    is_placed: bool
    from_on: date
    until: date | None
    is_injection: bool


def due(supplies: Sequence[Supply], facts: Facts) -> Due | None:
    """None where it is in their hands, or no day to leave on is told, and so none on which it is due."""
    gate = facts.left_on or facts.leaves_on
    is_injection = all(supply.is_injection for supply in supplies)
    if gate is None or not (is_injection or all(supply.is_collected for supply in supplies)):
        return None
    placed = [supply for supply in supplies if supply.is_placed]
    return Due(
        hours=[supply.hours for supply in placed or supplies if supply.hours],
        is_placed=bool(placed),
        from_on=gate + ONE_DAY,
        until=max((supply.until for supply in supplies if supply.until), default=None),
        is_injection=is_injection,
    )


def shut(found: Due, facts: Facts, *, on: date) -> dict[str, Shut]:
    """By step, the run of shut days to tell of: the first not agreed yet, else the first."""
    told: dict[str, list[Shut]] = {}
    for code, run in _runs(found, on):
        told.setdefault(code, []).append(replace(run, is_agreed=_is_agreed(run, code, facts)))
    return {code: pressing(runs) for code, runs in told.items()}


def pressing(runs: Iterable[Shut]) -> Shut:
    return min(runs, key=lambda run: (run.is_agreed, run.first))


def _runs(found: Due, on: date) -> Iterator[tuple[str, Shut]]:
    """(step, run of shut days): each run whole, also where the medicine ends within it."""
    ahead = min(found.until or date.max, on + timedelta(days=limit("shut_ahead")))
    if not found.hours:
        return
    if found.is_injection:
        yield from _of_injection(found, on=on, ahead=ahead)
        return
    every = _shut_every(found.hours)
    if every and (days := _first_in_a_row(every, found.from_on))[0] <= ahead:
        yield WEEKLY, _run(days, found, every)
    for days in _in_a_row(_shut_in_sight(found, on)):
        is_usual = every.issuperset(day.weekday() for day in days)
        if days[0] <= ahead and days[-1] >= on and not is_usual and _is_to_agree(days, found):
            yield DAYS, _run(days, found)


def _shut_in_sight(found: Due, on: date) -> list[date]:
    """The days from the first outside on which none of them is known to open.

    The same two days are asked of each place for everybody, so that it works them out once.
    """
    first, last = on - LONGEST, on + timedelta(days=limit("shut_ahead")) + LONGEST
    days, *others = (each.not_open(first, last) for each in found.hours)
    return [day for day in days if day >= found.from_on and all(day in other for other in others)]


def _of_injection(found: Due, *, on: date, ahead: date) -> Iterator[tuple[str, Shut]]:
    day = found.until
    if day and found.is_placed and max(on, found.from_on) <= day <= ahead and _is_shut(day, found):
        yield INJECTION, _run([day], found)


def _shut_every(hours: Sequence[Hours]) -> frozenset[int]:
    """The days of each week on which all are shut, as far as they follow on another such day."""
    every = {weekday for weekday in WEEK if all(each.is_shut_every(weekday) for each in hours)}
    return frozenset(day for day in every if {(day - 1) % len(WEEK), (day + 1) % len(WEEK)} & every)


def _first_in_a_row(every: frozenset[int], first: date) -> list[date]:
    """Such days of a week, from the first on that follows."""
    days = (day for day in _days(first, first + LONGEST) if day.weekday() in every)
    return next(_in_a_row(days))


def _is_to_agree(days: Sequence[date], found: Due) -> bool:
    if found.is_placed and days[0] == found.from_on:
        return True
    return sum(day <= (found.until or day) for day in days) >= limit("shut_in_a_row")


def _run(days: Sequence[date], found: Due, every: Iterable[int] = ()) -> Shut:
    is_told = all(each.on(day).state is State.CLOSED for each in found.hours for day in days)
    return Shut(first=days[0], last=days[-1], is_told=is_told, weekdays=tuple(sorted(every)))


def _is_shut(day: date, found: Due) -> bool:
    return all(each.on(day).state is not State.OPEN for each in found.hours)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=days) for days in range((last - first).days + 1))


def _in_a_row(days: Iterable[date]) -> Iterator[list[date]]:
    """Days in their order, as runs of those that follow each other."""
    run: list[date] = []
    for day in days:
        if run and day - run[-1] > ONE_DAY:
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _is_agreed(run: Shut, code: str, facts: Facts) -> bool:
    """Whether somebody said so in this custody, of each of its days or of these days of each week."""
    since = facts.custody_from or date.min
    said = [
        Shut.read(key.removeprefix(code).strip())
        for key, word in facts.settled.items()
        if key.startswith(f"{code} ") and word.told_on >= since
    ]
    if run.weekdays:
        return any(each.weekdays == run.weekdays for each in said)
    spans = [each for each in said if not each.weekdays]
    return all(any(each.first <= day <= each.last for each in spans) for day in _days(run.first, run.last))
