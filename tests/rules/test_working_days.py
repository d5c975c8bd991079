"""Working days, and the bank holidays we ship, against the rules they follow."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.foundation.codesets import code_set
from throughgate.foundation.working_days import (
    holidays_by_division,
    is_working_day,
    working_day_after,
    working_day_before,
)

YEARS = range(2026, 2033)
HOLIDAYS = holidays_by_division(code_set("bank_holidays").rows)["england-and-wales"]
DAYS = st.dates(date(2026, 1, 10), date(2032, 12, 20))

CASES = {
    "a Wednesday": (date(2026, 11, 18), date(2026, 11, 17), date(2026, 11, 19)),
    "a Friday": (date(2026, 11, 20), date(2026, 11, 19), date(2026, 11, 23)),
    "a Sunday": (date(2026, 11, 22), date(2026, 11, 20), date(2026, 11, 23)),
    "the Thursday before Good Friday": (date(2026, 4, 2), date(2026, 4, 1), date(2026, 4, 7)),
    "Easter Monday": (date(2026, 4, 6), date(2026, 4, 2), date(2026, 4, 7)),
    "Christmas Eve before three days off and a substitute": (
        date(2026, 12, 24),
        date(2026, 12, 23),
        date(2026, 12, 29),
    ),
    "the last Sunday of March, when clocks go forward": (
        date(2027, 3, 28),
        date(2027, 3, 25),
        date(2027, 3, 30),
    ),
    "the last Sunday of October, when clocks go back": (
        date(2026, 10, 25),
        date(2026, 10, 23),
        date(2026, 10, 26),
    ),
}


@pytest.mark.parametrize(("day", "before", "after"), CASES.values(), ids=CASES)
def test_the_nearest_working_days_are_found(day: date, before: date, after: date) -> None:
    assert working_day_before(day, HOLIDAYS) == before
    assert working_day_after(day, HOLIDAYS) == after


@given(DAYS)
def test_no_working_day_lies_between_a_day_and_the_nearest_one(day: date) -> None:
    before, after = working_day_before(day, HOLIDAYS), working_day_after(day, HOLIDAYS)
    assert is_working_day(before, HOLIDAYS)
    assert is_working_day(after, HOLIDAYS)
    between = (before + timedelta(days=n) for n in range(1, (after - before).days))
    assert [each for each in between if each != day and is_working_day(each, HOLIDAYS)] == []


def test_every_year_has_eight_bank_holidays_and_none_on_a_weekend() -> None:
    assert Counter(day.year for day in HOLIDAYS) == dict.fromkeys(YEARS, 8)
    assert [day for day in HOLIDAYS if day.weekday() > 4] == []


@pytest.mark.parametrize("year", YEARS)
def test_the_days_of_easter_are_those_of_the_church(year: int) -> None:
    sunday = easter(year)
    assert {sunday - timedelta(days=2), sunday + timedelta(days=1)} <= HOLIDAYS


@pytest.mark.parametrize("year", YEARS)
def test_the_mondays_of_spring_and_summer_are_bank_holidays(year: int) -> None:
    may = [day for day in mondays(year, 5) if day in HOLIDAYS]
    august = [day for day in mondays(year, 8) if day in HOLIDAYS]
    assert may == [mondays(year, 5)[0], mondays(year, 5)[-1]]
    assert august == [mondays(year, 8)[-1]]


# By hand: New Year's Day, then Christmas and Boxing Day, each on the day that is off work instead.
WINTER = {
    2026: ("01-01", "12-25", "12-28"),
    2027: ("01-01", "12-27", "12-28"),
    2028: ("01-03", "12-25", "12-26"),
    2029: ("01-01", "12-25", "12-26"),
    2030: ("01-01", "12-25", "12-26"),
    2031: ("01-01", "12-25", "12-26"),
    2032: ("01-01", "12-27", "12-28"),
}


@pytest.mark.parametrize("year", YEARS)
def test_a_bank_holiday_on_a_weekend_moves_to_the_next_day_that_is_none(year: int) -> None:
    winter = sorted(day for day in HOLIDAYS if day.year == year and day.month in {1, 12})
    assert tuple(day.isoformat()[5:] for day in winter) == WINTER[year]


def mondays(year: int, month: int) -> list[date]:
    days = (date(year, month, 1) + timedelta(days=n) for n in range(31))
    return [day for day in days if day.month == month and day.weekday() == 0]


def easter(year: int) -> date:
    """Easter Sunday by the method of Butcher, which knows no exceptions."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, before = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, before + 1)
