"""What the clocks of London show, and what they never do."""

from datetime import UTC, date, datetime, time

import pytest

from throughgate.foundation import clock

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("day", "shown", "at"),
    [
        (SPRING, time(0, 30), datetime(2027, 3, 28, 0, 30, tzinfo=UTC)),
        (SPRING, time(1, 0), None),
        (SPRING, time(1, 59), None),
        (SPRING, time(2, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (AUTUMN, time(0, 30), datetime(2027, 10, 30, 23, 30, tzinfo=UTC)),
        (AUTUMN, time(1, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (AUTUMN, time(2, 0), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_time_on_the_wall_is_one_moment_or_none(day: date, shown: time, at: datetime | None) -> None:
    assert clock.wall(day, shown) == at


@pytest.mark.parametrize(
    ("hour", "twice", "second"),
    [(0, True, False), (1, True, True), (2, False, False), (13, False, False)],
)
def test_one_hour_of_autumn_is_shown_twice(hour: int, twice: bool, second: bool) -> None:
    at = datetime(2027, 10, 31, hour, 30, tzinfo=UTC)
    assert (clock.comes_twice(at), clock.is_second(at)) == (twice, second)


def test_no_hour_of_any_other_night_is_shown_twice() -> None:
    assert not clock.comes_twice(datetime(2027, 10, 30, 0, 30, tzinfo=UTC))
    assert not clock.comes_twice(datetime(2027, 1, 10, 1, 30, tzinfo=UTC))
