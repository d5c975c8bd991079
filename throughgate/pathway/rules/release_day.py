"""The law on leaving before days off: it presumes another day, and only the prison confirms one.

So a day that is told is never moved here. What follows is a step: ask.
Source: release rules RR-01 to RR-04 (Offenders (Day of Release from Detention) Act 2023).
"""

from collections.abc import Container
from datetime import date, timedelta

from throughgate.custody.rules import StandingKind
from throughgate.foundation.codesets import code_set
from throughgate.foundation.working_days import ONE_DAY, is_working_day
from throughgate.pathway.rules.facts import Facts, Shape

FRIDAY = 4
SERVED = timedelta(days=28)  # RR-01; counted from coming in, because the day of sentence is not told to us
SHAPES = frozenset({Shape.PLANNED, Shape.SHORT, Shape.RECALL})


def is_before_days_off(day: date, holidays: Container[date]) -> bool:
    """Whether it is a Friday or the day before a bank holiday (RR-01)."""
    return day.weekday() == FRIDAY or day + ONE_DAY in holidays


def is_day_off(day: date, holidays: Container[date]) -> bool:
    """Whether hardly anybody is let out then: a weekend or a bank holiday."""
    return not is_working_day(day, holidays)


def presumed_day(leaves_on: date, holidays: Container[date]) -> date:
    """One eligible working day earlier where days off follow; otherwise the day itself."""
    if not is_before_days_off(leaves_on, holidays):
        return leaves_on
    day = leaves_on - ONE_DAY
    while not _is_eligible(day, holidays):
        day -= ONE_DAY
    return day


def may_leave_earlier(facts: Facts, shape: Shape, holidays: Container[date]) -> bool:
    """Whether another day is presumed for them, as far as we are told.

    Release on curfew and by the Parole Board is excluded (RR-04). Where it is not told since when they are
    inside, or what kind of release it is, it is better to have asked.
    """
    if facts.leaves_on is None or shape not in SHAPES or facts.standing == StandingKind.INDETERMINATE:
        return False
    told = code_set("release_date_types").get(facts.leaves_type)
    if told and told["earlier_before_days_off"] == "no":
        return False
    if facts.custody_from is not None and facts.leaves_on - facts.custody_from < SERVED:
        return False
    return presumed_day(facts.leaves_on, holidays) != facts.leaves_on


def _is_eligible(day: date, holidays: Container[date]) -> bool:
    """A working day that no day off follows (RR-03)."""
    return is_working_day(day, holidays) and is_working_day(day + ONE_DAY, holidays)
