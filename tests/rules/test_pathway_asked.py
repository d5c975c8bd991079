"""Steps that asking completes: which of them stands, for whom, and what somebody says alone."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.rules.pathway_people import (
    CONFIRMED,
    D0,
    IN_HAND,
    LATE,
    NOT_STARTED,
    ROWS,
    answered,
    day,
    inside,
    out,
    plan,
    step,
    steps,
)
from throughgate.pathway.rules import Facts, Progress, Settled
from throughgate.pathway.rules.completion import stage_of

BY_CODE = {row.code: row for row in ROWS}
GIVES_WAY: dict[str, tuple[Facts, dict[str, Progress]]] = {
    "the next is not due yet": (out(left=-83), {"review_after_4": LATE, "review_after_12": NOT_STARTED}),
    "the next is due": (out(left=-84), {"review_after_12": NOT_STARTED}),
    "it is in hand and no more": (
        out(left=-84, answered=answered("after_4", -60, whole=None)),
        {"review_after_12": NOT_STARTED},
    ),
    "what was done stays": (
        out(left=-84, answered=answered("after_4", -60)),
        {"review_after_4": CONFIRMED, "review_after_12": NOT_STARTED},
    ),
    "a year after, one is left": (out(left=-364), {"review_after_52": NOT_STARTED}),
}


@pytest.mark.parametrize(("facts", "standing"), GIVES_WAY.values(), ids=GIVES_WAY)
def test_a_review_gives_way_to_the_next_on_the_day_that_falls_due(
    facts: Facts, standing: dict[str, Progress]
) -> None:
    reviews = [each for each in steps(facts).values() if each.code.startswith("review_after")]
    due = {each.code: each.progress for each in reviews if each.due_on <= day(1)}
    assert due == standing


@pytest.mark.parametrize("row", [row for row in ROWS if row.gives_way_to], ids=lambda row: row.code)
def test_a_step_gives_way_to_one_that_there_is_and_that_comes_later(row: Any) -> None:
    other = BY_CODE[row.gives_way_to]
    assert other.anchor == row.anchor
    assert other.offset_days > row.offset_days


BEFORE_COURT: dict[str, tuple[Facts, Progress | None]] = {
    "in court in two weeks": (out(left=-90, hearing_on=day(9)), LATE),
    "not yet": (out(left=-90, hearing_on=day(30)), NOT_STARTED),
    "answered for that day": (
        out(left=-90, hearing_on=day(9), answered=answered("pre_sentence", -9)),
        CONFIRMED,
    ),
    "begun": (
        out(left=-90, hearing_on=day(30), answered=answered("pre_sentence", -9, whole=None)),
        IN_HAND,
    ),
    "answered for another day in court": (
        out(left=-90, hearing_on=day(30), answered=answered("pre_sentence", -80)),
        NOT_STARTED,
    ),
    "no day in court is told": (out(left=-90), None),
}


@pytest.mark.parametrize(("facts", "progress"), BEFORE_COURT.values(), ids=BEFORE_COURT)
def test_outside_too_a_court_is_told_what_it_should_know(facts: Facts, progress: Progress | None) -> None:
    found = steps(facts).get("pre_sentence_out")
    assert (found and found.progress) == progress
    assert "pre_sentence" not in steps(facts)
    assert plan(facts).hearing_on is None


@pytest.mark.parametrize("facts", [inside, out], ids=["inside", "outside"])
def test_what_somebody_says_of_self_harm_is_talked_about_that_day_before_anything_else(facts: Any) -> None:
    where = {} if facts is inside else {"left": -90}
    told = facts(told_self_harm_on=D0, **where)
    assert (step(told, "talk_today").due_on, step(told, "talk_today").progress) == (D0, NOT_STARTED)
    assert plan(told).reasons[0] == "told_self_harm"
    assert plan(told).urgency > plan(facts(**where)).urgency
    assert step(facts(told_self_harm_on=day(-1), **where), "talk_today").progress is LATE


def test_a_word_said_before_they_told_it_closes_nothing() -> None:
    earlier = {"talk_today": Settled(progress=CONFIRMED, told_on=D0, due_on=D0)}
    assert step(inside(told_self_harm_on=D0, settled=earlier), "talk_today").progress is NOT_STARTED


@pytest.mark.parametrize(
    ("cell", "stage"),
    [("answered:update", "update"), ("answered_since:release:-42", "release"), ("ready:home", ""), ("", "")],
)
def test_a_cell_names_the_stage_it_asks_for(cell: str, stage: str) -> None:
    assert stage_of(cell) == stage


@pytest.mark.parametrize("where", [inside, partial(out, left=-40)], ids=["inside", "outside"])
def test_before_a_day_that_is_hard_somebody_looks_in_on_them(where: Callable[..., Facts]) -> None:
    facts = where(hard_on=day(2))  # a Friday
    assert (step(facts, "hard_day").due_on, step(facts, "hard_day").progress) == (day(1), NOT_STARTED)
    assert step(facts, "hard_day", on=day(2)).progress is LATE
    reached = where(hard_on=day(2), contacts=frozenset({day(-3)}))
    assert step(reached, "hard_day").progress is CONFIRMED
    assert step(where(hard_on=day(9), contacts=frozenset({day(-3)})), "hard_day").progress is NOT_STARTED
    assert "hard_day" not in steps(where())
