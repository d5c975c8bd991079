"""Steps that asking completes: which of them stands, for whom, and what somebody says alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    medicine,
    out,
    plan,
    step,
    steps,
)
from throughgate.assessment import instruments
from throughgate.pathway.rules import Facts, Progress, Settled, StepRow
from throughgate.pathway.rules.completion import stage_of

BY_CODE = {row.code: row for row in ROWS}


def talked(on: date) -> dict[str, Settled]:
    return {"talk_today": Settled(progress=CONFIRMED, told_on=on, due_on=on)}


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
    is_later = other.anchor == row.anchor and other.offset_days > row.offset_days
    assert is_later or (other.anchor in SAME_DAY and other.completed_by == row.completed_by)


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
    told = facts(told={"told_self_harm": D0}, **where)
    assert (step(told, "talk_today").due_on, step(told, "talk_today").progress) == (D0, NOT_STARTED)
    assert plan(told).reasons[0] == "told_self_harm"
    assert plan(told).urgency > plan(facts(**where)).urgency
    assert step(facts(told={"told_self_harm": day(-1)}, **where), "talk_today").progress is LATE


def test_what_was_written_of_it_since_closes_it_and_is_no_alarm() -> None:
    told = inside(told={"told_self_harm": D0}, settled=talked(D0))
    assert step(told, "talk_today").progress is CONFIRMED
    assert "told_self_harm" not in plan(told).reasons
    assert step(replace(told, told={"told_self_harm": day(1)}), "talk_today").progress is NOT_STARTED


def test_what_was_told_of_self_harm_waits_from_a_custody_before_until_somebody_wrote_what_was_done() -> None:
    before = inside(came=-10, told={"told_self_harm": day(-60)})
    assert step(before, "talk_today").progress is LATE
    assert "talk_today" not in steps(replace(before, settled=talked(day(-60))))


SAME_DAY = {
    f"told_{each.concept}": each.category
    for form in instruments.every()
    for each in form.questions
    if each.same_day
}
OF_THE_DAY = {row.anchor: row for row in ROWS if row.anchor in SAME_DAY}


def test_each_answer_that_needs_something_the_same_day_has_a_step_of_its_category() -> None:
    assert {anchor: row.category for anchor, row in OF_THE_DAY.items()} == SAME_DAY
    assert {row.offset_days for row in OF_THE_DAY.values()} == {0}
    assert len([row for row in ROWS if row.anchor in SAME_DAY]) == len(SAME_DAY)


@pytest.mark.parametrize("row", OF_THE_DAY.values(), ids=lambda row: row.code)
def test_what_needs_something_the_same_day_is_asked_for_that_day_until_it_is_done(row: StepRow) -> None:
    told = inside(came=0, told={row.anchor: D0})
    assert (step(told, row.code).due_on, step(told, row.code).progress) == (D0, NOT_STARTED)
    assert step(told, row.code, on=day(1)).progress is LATE
    done = replace(told, settled={row.code: Settled(progress=CONFIRMED, told_on=D0, due_on=D0)})
    assert step(done, row.code).progress is CONFIRMED
    again = replace(done, told={row.anchor: day(3)})
    assert step(again, row.code, on=day(3)).progress is NOT_STARTED
    assert row.code not in steps(inside(came=0))


CUSTODY = {
    "police custody, two days before": (-2, True),
    "a custody before": (-40, False),
    "in it": (5, True),
}


@pytest.mark.parametrize(("told_on", "stands"), CUSTODY.values(), ids=CUSTODY)
def test_it_is_about_this_custody_and_the_days_that_led_to_it(told_on: int, stands: bool) -> None:
    facts = inside(came=0, told={"told_pregnancy": day(told_on)})
    assert ("pregnancy_today" in steps(facts, on=day(6))) is stands


def test_what_is_of_a_first_night_is_past_after_two_weeks_and_the_rest_waits_on() -> None:
    told = inside(came=-20, told=dict.fromkeys(SAME_DAY, day(-15)))
    assert {step.code for step in plan(told).steps if step.told and step.is_open} == {
        *("script_today", "other_medicines_today", "pregnancy_today", "kit_tests")
    }
    assert step(told, "withdrawal_today", on=day(-1)).progress is LATE


def test_it_waits_for_who_has_left_and_for_whom_nobody_knows_since_when_they_are_inside() -> None:
    assert step(out(left=-3, told={"told_pregnancy": day(-9)}), "pregnancy_today").progress is LATE
    unknown = replace(inside(), custody_from=None, told={"told_pregnancy": D0})
    assert step(unknown, "pregnancy_today").progress is NOT_STARTED


def test_a_script_they_told_of_is_asked_for_once() -> None:
    told = inside(came=0, told={"told_treatment_script": D0})
    assert step(inside(came=0), "ask_prescriber").is_open
    assert ("script_today" in steps(told), "ask_prescriber" in steps(told)) == (True, False)
    found = replace(told, entries={"before_script": D0})
    assert (step(found, "script_today").progress, step(found, "ask_prescriber").progress) == (
        CONFIRMED,
        CONFIRMED,
    )
    before = inside(came=0, told={"told_treatment_script": day(-40)})
    assert step(before, "ask_prescriber").is_open


MORE = st.fixed_dictionaries(
    {},
    optional={
        "told": st.dictionaries(st.sampled_from([*SAME_DAY, "told_self_harm"]), st.just(D0)),
        "contacts": st.just(frozenset({D0})),
        "missed": st.just(frozenset({D0})),
        "leaves_on": st.none() | st.integers(0, 90).map(day),
        "hearing_on": st.integers(0, 30).map(day),
        "standing": st.sampled_from(["sentenced", "remand", "recall", "indeterminate"]),
        "left_on": st.just(D0),
        "supplies": st.just((medicine(5),)),
        "answered": st.just(answered("first_night", 0)),
    },
)


@given(told=st.sets(st.sampled_from([*SAME_DAY, "told_self_harm"])), more=MORE)
def test_more_facts_never_lose_what_cannot_wait(told: set[str], more: dict[str, Any]) -> None:
    first = inside(came=0, told=dict.fromkeys(told, D0))
    then = replace(first, **{**more, "told": {**first.told, **more.get("told", {})}})
    if then.left_on:  # nobody smokes under the rules of a prison they have left
        first = replace(
            first, told={anchor: on for anchor, on in first.told.items() if anchor != "told_nicotine"}
        )
    waits = {row.code for row in ROWS if row.anchor in first.told}
    assert waits <= {code for code, each in steps(then).items() if each.is_open}


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
