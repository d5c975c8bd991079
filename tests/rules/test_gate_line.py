"""The gate line: where days, steps and medicine stand, and what happens when the date moves."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.rules.plan_lines import GATE, ON, plan
from throughgate.pages.components.gate_line import DOT, Bar, Dot, Label, full, gate_line, place, small
from throughgate.pathway.rules import CoverState, Progress, Step


def days(number: int) -> date:
    """That many days from the gate."""
    return GATE + timedelta(days=number)


def step(due: int, progress: Progress = Progress.NOT_STARTED, **rest: Any) -> Step:
    return Step(
        code="a_step", due_on=days(due), progress=progress, stage="", category="plan_appointments", **rest
    )


def drawn(*steps: Step, **rest: Any) -> Any:
    return gate_line(plan(*steps, **rest), full, on=ON)


@pytest.mark.parametrize(
    ("from_gate", "x"),
    [
        (-400, 2.0),
        (-84, 2.0),
        (-42, 26.0),
        (0, 50.0),
        (7, 62.0),
        (21, 86.0),
        (182, 98.0),
        (400, 98.0),
    ],
)
def test_the_gate_stands_in_the_middle_and_the_watched_days_take_most_room_after_it(
    from_gate: int, x: float
) -> None:
    assert place(days(from_gate), GATE) == x


def test_a_line_never_runs_backwards() -> None:
    places = [place(days(each), GATE) for each in range(-100, 200)]
    assert places == sorted(places)


def test_without_a_day_to_leave_on_there_is_no_line() -> None:
    assert gate_line(plan(leaves_on=None), full, on=ON) is None


def test_today_moves_along_the_line() -> None:
    assert drawn().today == Label("", place(ON, GATE))
    assert drawn(left_on=ON - timedelta(days=7)).today.x == 62.0


def test_a_moved_date_leaves_a_ghost_until_they_have_left() -> None:
    assert drawn(was_leaving_on=days(4)).ghost == place(days(4), GATE)
    assert drawn(was_leaving_on=GATE).ghost is None
    assert drawn(was_leaving_on=days(4), left_on=GATE).ghost is None


@pytest.mark.parametrize(
    ("cover", "until", "bar", "gap"),
    [
        (None, None, None, None),
        (CoverState.NONE, None, None, None),
        (CoverState.COVERED, days(14), Bar(50.0, 24.0), None),
        (CoverState.ENDS, days(14), Bar(50.0, 24.0), Bar(74.0, 12.0)),
        (CoverState.ENDED, days(-3), None, Bar(50.0, 36.0)),
        (CoverState.BROKEN, None, None, Bar(50.0, 36.0)),
        (CoverState.NOT_KNOWN, None, None, None),
    ],
)
def test_the_bar_shows_days_with_medicine_and_the_gap_those_without(
    cover: CoverState | None, until: date | None, bar: Bar | None, gap: Bar | None
) -> None:
    line = drawn(cover=cover, cover_until=until)
    assert (line.cover, line.gap) == (bar, gap)
    assert line.is_cover_unknown == (cover is CoverState.NOT_KNOWN)


@pytest.mark.parametrize(
    ("seen", "gap"),
    [(days(19), Bar(74.0, 8.6)), (days(28), Bar(74.0, 12.5)), (days(12), Bar(74.0, 12.0))],
    ids=["within the watched days", "after them", "before the last medicine ends, and not kept"],
)
def test_the_gap_ends_where_a_prescriber_sees_them(seen: date, gap: Bar) -> None:
    line = drawn(cover=CoverState.ENDS, cover_until=days(14), seen_on=seen)
    assert (line.gap, line.seen) == (gap, place(seen, GATE))


def test_who_is_seen_before_medicine_ends_has_no_gap_and_the_place_is_marked() -> None:
    line = drawn(cover=CoverState.COVERED, cover_until=days(14), seen_on=days(7))
    assert (line.gap, line.seen) == (None, 62.0)
    assert drawn().seen is None


def test_a_gap_that_begins_after_day_21_is_still_seen() -> None:
    line = drawn(cover=CoverState.ENDS, cover_until=days(28))
    assert line.gap.x > 86
    assert line.gap.width > 0


def test_what_was_done_long_ago_is_left_out_and_what_is_open_never_is() -> None:
    line = drawn(step(-200, Progress.CONFIRMED), step(-200, Progress.LATE), step(-10, Progress.CONFIRMED))
    assert [(dot.state, dot.x) for dot in line.dots] == [("late", 2.0), ("confirmed", place(days(-10), GATE))]


def test_dots_never_lie_on_one_another() -> None:
    dots = drawn(*(step(due) for due in range(-84, 22))).dots
    for one in dots:
        for other in dots:
            apart = abs(one.x - other.x) >= DOT - 0.01 or one.level != other.level
            assert one is other or apart
    assert drawn(step(0), step(0), step(0)).levels == 2
    assert drawn().levels == 0


def test_a_small_line_shows_the_worst_of_what_falls_together() -> None:
    steps = (
        step(-28, Progress.CONFIRMED),
        step(-28, Progress.LATE),
        step(0, Progress.IN_HAND),
        step(1, Progress.NOT_STARTED),
        step(21, Progress.NOT_KNOWN),
    )
    line = gate_line(plan(*steps), small, on=ON)
    assert line is not None
    assert line.dots == (
        Dot("late", place(days(-28), GATE)),
        Dot("not_started", place(days(1), GATE)),
        Dot("not_known", 86.0),
    )


@pytest.mark.parametrize(("x", "anchor"), [(2.0, "start"), (50.0, "middle"), (98.0, "end")])
def test_words_at_the_ends_stay_in_the_picture(x: float, anchor: str) -> None:
    assert Label("today", x).anchor == anchor
