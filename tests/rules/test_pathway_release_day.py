"""Leaving before days off: the day the law presumes, for every Friday of seven years."""

from datetime import date, timedelta

import pytest

from tests.rules.pathway_people import CONFIRMED, D0, HOLIDAYS, day, inside, step, steps
from throughgate.foundation.working_days import ONE_DAY
from throughgate.pathway.rules import Facts, presumed_day

DAYS_OFF = HOLIDAYS["england-and-wales"]
FIRST, LAST = date(2026, 1, 2), date(2032, 12, 31)  # Fridays
# By hand: the Fridays of which the day before will not do, because a day off follows it, or it is one itself.
NOT_THE_DAY_BEFORE = {
    date(2026, 1, 2): date(2025, 12, 30),  # New Year's Day is the Thursday
    date(2026, 4, 3): date(2026, 4, 1),  # Good Friday
    date(2026, 12, 25): date(2026, 12, 23),  # Christmas Day
    date(2027, 1, 1): date(2026, 12, 30),  # New Year's Day
    date(2027, 3, 26): date(2027, 3, 24),  # Good Friday
    date(2028, 4, 14): date(2028, 4, 12),
    date(2029, 3, 30): date(2029, 3, 28),
    date(2030, 4, 19): date(2030, 4, 17),
    date(2030, 12, 27): date(2030, 12, 23),  # after Christmas on a Wednesday
    date(2031, 4, 11): date(2031, 4, 9),
    date(2031, 12, 26): date(2031, 12, 23),  # Boxing Day
    date(2032, 1, 2): date(2031, 12, 30),  # New Year's Day is the Thursday
    date(2032, 3, 26): date(2032, 3, 24),
}
FRIDAYS = [FIRST + timedelta(weeks=week) for week in range((LAST - FIRST).days // 7 + 1)]


def test_for_every_friday_the_day_before_is_presumed_or_the_one_in_the_table() -> None:
    assert {friday.weekday() for friday in FRIDAYS} == {4}
    assert FRIDAYS[-1] == LAST
    found = {friday: presumed_day(friday, DAYS_OFF) for friday in FRIDAYS}
    assert found == {friday: NOT_THE_DAY_BEFORE.get(friday, friday - ONE_DAY) for friday in FRIDAYS}


CASES = {
    "a Wednesday stays": (date(2026, 11, 18), date(2026, 11, 18)),
    "a Thursday stays": (date(2026, 11, 19), date(2026, 11, 19)),
    "a Thursday before Good Friday": (date(2026, 4, 2), date(2026, 4, 1)),
    "the Sunday before a Monday off for Boxing Day": (date(2026, 12, 27), date(2026, 12, 23)),
    "a Thursday before Christmas on a Friday": (date(2026, 12, 24), date(2026, 12, 23)),
}


@pytest.mark.parametrize(("leaves_on", "presumed"), CASES.values(), ids=CASES)
def test_a_day_before_a_bank_holiday_is_presumed_earlier(leaves_on: date, presumed: date) -> None:
    assert presumed_day(leaves_on, DAYS_OFF) == presumed


FRIDAY = 16  # days from D0
ASKED = {
    "sentenced": inside(leaves=FRIDAY),
    "a short stay of 28 days": inside(came=FRIDAY - 28, leaves=FRIDAY),
    "on recall": inside(leaves=FRIDAY, standing="back_on_recall"),
    "nobody knows since when": inside(leaves=FRIDAY, custody_from=None),
    "a confirmed day, of no kind that is told": inside(leaves=FRIDAY, leaves_type="CONFIRMED"),
    "a kind nobody knows": inside(leaves=FRIDAY, leaves_type="NEW"),
}
NOT_ASKED = {
    "27 days served": inside(came=FRIDAY - 27, leaves=FRIDAY),
    "an indeterminate sentence": inside(leaves=FRIDAY, standing="indeterminate"),
    "on curfew": inside(leaves=FRIDAY, leaves_type="HDCAD"),
    "by the Parole Board": inside(leaves=FRIDAY, leaves_type="APD"),
    "on remand": inside(leaves=FRIDAY, standing="remand"),
    "leaves on a Thursday": inside(leaves=FRIDAY - 1),
    "no day told": inside(leaves=None),
}


@pytest.mark.parametrize("facts", ASKED.values(), ids=ASKED)
def test_an_earlier_day_is_asked_for_and_no_day_is_moved(facts: Facts) -> None:
    assert day(FRIDAY).weekday() == 4
    assert "ask_earlier_day" in steps(facts)
    assert step(facts, "meeting").due_on == day(FRIDAY - 2)


@pytest.mark.parametrize("facts", NOT_ASKED.values(), ids=NOT_ASKED)
def test_an_earlier_day_is_not_asked_for(facts: Facts) -> None:
    assert "ask_earlier_day" not in steps(facts)


@pytest.mark.parametrize("leaves", [FRIDAY + 1, FRIDAY + 2], ids=["a Saturday", "a Sunday"])
def test_of_a_day_told_that_is_a_day_off_the_true_one_is_asked_for(leaves: int) -> None:
    """Whoever waits at the gate that day waits for somebody who left on the working day before."""
    for facts in (
        inside(leaves=leaves),
        inside(leaves=leaves, leaves_type="HDCAD"),
        inside(came=leaves - 9, leaves=leaves),
    ):
        assert {"ask_day_off", "days_off_cover"} <= set(steps(facts))
        assert "ask_earlier_day" not in steps(facts)


def test_a_day_off_that_the_prison_has_confirmed_is_asked_about_no_more() -> None:
    assert step(inside(leaves=FRIDAY + 1, leaves_certainty="confirmed"), "ask_day_off").progress is CONFIRMED


def test_a_day_is_not_asked_for_twice() -> None:
    christmas = inside(leaves=(date(2026, 12, 25) - D0).days)
    assert "ask_earlier_day" in steps(christmas)
    assert "ask_day_off" not in steps(christmas)
    assert "ask_day_off" not in steps(inside(leaves=FRIDAY))
    assert "ask_day_off" not in steps(inside(leaves=FRIDAY + 1, standing="remand"))


def test_help_over_the_days_off_is_arranged_whoever_leaves_before_them() -> None:
    assert "days_off_cover" in steps(inside(leaves=FRIDAY, standing="indeterminate"))
    assert "days_off_cover" not in steps(inside(leaves=FRIDAY - 1))
    assert "days_off_cover" not in steps(inside(leaves=None))
    assert D0.weekday() == 2
