"""A figure that names nobody is left out where it could tell of one person."""

from throughgate.foundation import figures


def test_a_figure_about_a_few_people_is_none() -> None:
    assert [figures.shown(7, of=people) for people in (0, 4, 5, 9)] == [None, None, 7, 7]
