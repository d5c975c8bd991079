"""Where the dots of a small chart stand."""

from datetime import date

import pytest

from throughgate.pages.assessment.charts import FOOT, LEFT, RIGHT, TOP, Chart, Point, chart

ON = (date(2026, 11, 1), date(2026, 11, 5), date(2026, 11, 9))


def drawn(*values: float) -> Chart:
    found = [Point(on, value, str(value)) for on, value in zip(ON, values, strict=False)]
    return chart(found, least=0, most=20)


def test_days_stand_as_far_apart_as_they_are_and_values_on_the_whole_scale() -> None:
    dots = drawn(0, 20, 10).dots
    assert [(dot.x, dot.y) for dot in dots] == [(LEFT, FOOT), (50.0, TOP), (RIGHT, (FOOT + TOP) / 2)]


def test_each_dot_is_joined_to_the_next() -> None:
    found = drawn(0, 20, 10)
    assert [(line.x1, line.x2) for line in found.lines] == [(LEFT, 50.0), (50.0, RIGHT)]


def test_one_dot_stands_in_the_middle_and_is_joined_to_none() -> None:
    found = drawn(5)
    assert (found.dots[0].x, found.lines) == (50.0, ())


@pytest.mark.parametrize(("number", "anchor"), [(0, "start"), (1, "middle"), (2, "end")])
def test_no_words_leave_the_picture(number: int, anchor: str) -> None:
    assert drawn(1, 2, 3).dots[number].anchor == anchor
