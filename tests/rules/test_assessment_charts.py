"""Where the dots of a small chart stand."""

from datetime import date

import pytest

from throughgate.pages.assessment.charts import FOOT, LEFT, RIGHT, TOP, Chart, Point, chart

ON = (date(2026, 11, 1), date(2026, 11, 5), date(2026, 11, 9))


def drawn(*values: float) -> Chart:
    found = [Point(on, value, str(value)) for on, value in zip(ON, values, strict=False)]
    made = chart(found, ends=("none", "all"), least=0, most=20)
    assert made is not None
    return made


def test_days_stand_as_far_apart_as_they_are_and_values_on_the_whole_scale() -> None:
    dots = drawn(0, 20, 10).dots
    assert [(dot.x, dot.y) for dot in dots] == [(LEFT, FOOT), (50.0, TOP), (RIGHT, (FOOT + TOP) / 2)]


def test_each_dot_is_joined_to_the_next() -> None:
    found = drawn(0, 20, 10)
    assert [(line.x1, line.x2) for line in found.lines] == [(LEFT, 50.0), (50.0, RIGHT)]


def test_one_number_makes_no_chart() -> None:
    assert chart([Point(ON[0], 5, "5")], ends=("none", "all"), least=0, most=20) is None
    assert chart([], ends=("none", "all"), least=0, most=20) is None


def test_of_one_day_the_last_word_is_drawn() -> None:
    twice = [Point(ON[0], 5, "5"), Point(ON[0], 6, "6")]
    assert chart(twice, ends=("none", "all"), least=0, most=20) is None
    found = chart([*twice, Point(ON[1], 7, "7")], ends=("none", "all"), least=0, most=20)
    assert found is not None
    assert ([dot.words for dot in found.dots], found.foot, found.top) == (["6", "7"], "none", "all")


def test_words_stand_where_there_is_room_and_always_at_both_ends() -> None:
    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 6, 1), date(2026, 12, 30), date(2026, 12, 31)]
    found = chart([Point(on, 5, on.isoformat()) for on in days], ends=("none", "all"), least=0, most=20)
    assert found is not None
    assert [bool(dot.words) for dot in found.dots] == [True, False, True, False, True]


@pytest.mark.parametrize(("number", "anchor"), [(0, "start"), (1, "middle"), (2, "end")])
def test_no_words_leave_the_picture(number: int, anchor: str) -> None:
    assert drawn(1, 2, 3).dots[number].anchor == anchor
