"""Days on which offices are open: neither a Saturday, nor a Sunday, nor a bank holiday. Days in, days out."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Container[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def working_day_before(day: date, holidays: Container[date]) -> date:
    """The last working day before that day, whatever the day itself is."""
    return _nearest(day, -ONE_DAY, holidays)


def working_day_after(day: date, holidays: Container[date]) -> date:
    """The first working day after that day, whatever the day itself is."""
    return _nearest(day, ONE_DAY, holidays)


def _nearest(day: date, step: timedelta, holidays: Container[date]) -> date:
    day += step
    while not is_working_day(day, holidays):
        day += step
    return day


def holidays_by_division(rows: Iterable[Mapping[str, str]]) -> dict[str, frozenset[date]]:
    """The rows of the code set `bank_holidays`, such as those of england-and-wales."""
    found: defaultdict[str, set[date]] = defaultdict(set)
    for row in rows:
        found[row["division"]].add(date.fromisoformat(row["day"]))
    return {division: frozenset(days) for division, days in found.items()}
