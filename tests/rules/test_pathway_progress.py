"""How far each step of the pathway is, and what completes it."""

from typing import Any

import pytest

from tests.rules.pathway_people import (
    CONFIRMED,
    D0,
    IN_HAND,
    LATE,
    NOT_KNOWN,
    NOT_STARTED,
    ROWS,
    answered,
    booked,
    day,
    inside,
    medicine,
    missed,
    out,
    said,
    step,
    steps,
)
from throughgate.foundation.codesets import code_set
from throughgate.pathway.rules import Facts, Item, Progress, StepRow

# How far each is

HOME = "home"  # due on the seventh day before the gate
PROGRESS: dict[str, tuple[Facts, str, Progress]] = {
    "nobody said anything": (inside(), HOME, NOT_KNOWN),
    "said not to have begun": (inside(ready={Item.HOME: said(NOT_STARTED)}), HOME, NOT_STARTED),
    "in hand": (inside(ready={Item.HOME: said(IN_HAND)}), HOME, IN_HAND),
    "confirmed": (inside(ready={Item.HOME: said(CONFIRMED)}), HOME, CONFIRMED),
    "late though in hand": (inside(leaves=6, ready={Item.HOME: said(IN_HAND)}), HOME, LATE),
    "late and nobody said anything": (inside(leaves=6), HOME, LATE),
    "due today": (inside(leaves=7), HOME, NOT_KNOWN),
    "confirmed though its day has passed": (
        inside(leaves=6, ready={Item.HOME: said(CONFIRMED)}),
        HOME,
        CONFIRMED,
    ),
    "said in an earlier custody": (
        inside(came=-5, ready={Item.HOME: said(CONFIRMED, told=-6)}),
        HOME,
        NOT_KNOWN,
    ),
    "nothing completes it, and its day is to come": (inside(), "gate_check", NOT_STARTED),
    "nothing completes it, and its day has passed": (inside(leaves=-1), "gate_check", NOT_KNOWN),
    "nothing written for a month": (inside(last_word_on=day(-30)), "quiet", LATE),
    "cover broken, whenever that was": (
        out(left=-30, supplies=(medicine(9),), pick_ups=missed(-3, -2, -1)),
        "cover_broken",
        NOT_STARTED,
    ),
    "the day is only worked out": (
        inside(leaves=2, leaves_certainty="calculated"),
        "day_and_hour",
        NOT_STARTED,
    ),
    "the prison confirmed the day": (
        inside(leaves=2, leaves_certainty="confirmed"),
        "day_and_hour",
        CONFIRMED,
    ),
    "a recall without a day": (
        inside(standing="back_on_recall", came=0, leaves=None),
        "recall_day",
        NOT_STARTED,
    ),
    "a recall with a day": (inside(standing="back_on_recall", came=0, leaves=50), "recall_day", CONFIRMED),
    "the day told has passed": (inside(leaves=-1), "ask_new_day", NOT_STARTED),
    "a review in its window": (
        inside(leaves=28, ready={Item.PLAN: said(IN_HAND, told=-14)}),
        "review_4_weeks",
        CONFIRMED,
    ),
    "a review before its window": (
        inside(leaves=28, ready={Item.PLAN: said(CONFIRMED, told=-15)}),
        "review_4_weeks",
        NOT_STARTED,
    ),
    "a word that nothing has begun is no review": (
        inside(leaves=28, ready={Item.PLAN: said(NOT_STARTED)}),
        "review_4_weeks",
        NOT_STARTED,
    ),
    "no review at all": (inside(leaves=28), "review_4_weeks", NOT_KNOWN),
    "no medicine is told of": (inside(came=0), "cover_told", NOT_KNOWN),
    "a medicine without its last day": (inside(came=0, supplies=(medicine(None),)), "cover_told", NOT_KNOWN),
    "a medicine with its last day": (inside(came=0, supplies=(medicine(3),)), "cover_told", CONFIRMED),
    "two medicines, one without": (
        inside(came=0, supplies=(medicine(3), medicine(None, name="Diazepam"))),
        "cover_told",
        NOT_KNOWN,
    ),
    "no medicine, and that is settled": (
        inside(came=0, ready={Item.MEDICINES: said(CONFIRMED, told=0)}),
        "cover_told",
        CONFIRMED,
    ),
    "seen by a prescriber in time": (
        out(left=0, supplies=(medicine(14),), ready=booked(14)),
        "cover_end",
        CONFIRMED,
    ),
    "nobody booked in time": (
        out(left=0, supplies=(medicine(14),), ready=booked(15)),
        "cover_end",
        NOT_STARTED,
    ),
}


@pytest.mark.parametrize(("facts", "code", "progress"), PROGRESS.values(), ids=PROGRESS)
def test_how_far_a_step_is(facts: Facts, code: str, progress: Progress) -> None:
    assert step(facts, code).progress is progress


def test_what_nothing_completes_is_asked_about_for_two_weeks() -> None:
    assert "second_health" in steps(inside(came=-21))
    assert "second_health" not in steps(inside(came=-22))


ASKED: dict[str, tuple[Facts, str, Progress]] = {
    "nothing of it": (inside(came=0), "health_screen", NOT_STARTED),
    "all of it": (inside(came=0, answered=answered("first_night", 0)), "health_screen", CONFIRMED),
    "some topics of it": (
        inside(came=-1, answered=answered("comprehensive", 0, whole=None)),
        "comprehensive",
        IN_HAND,
    ),
    "some, and its day has passed": (
        inside(came=-20, answered=answered("comprehensive", 0, whole=None)),
        "comprehensive",
        LATE,
    ),
    "all of it, in an earlier custody": (
        inside(came=-1, answered=answered("first_night", -2)),
        "health_screen",
        LATE,
    ),
    "one topic now, the others in an earlier custody": (
        inside(came=-1, answered=answered("comprehensive", 0, whole=-9)),
        "comprehensive",
        IN_HAND,
    ),
    "all of it, and nobody knows since when they are inside": (
        inside(custody_from=None, answered=answered("second_day", -9)),
        "settle_outside",
        CONFIRMED,
    ),
    "before release, six weeks before": (
        inside(leaves=20, answered=answered("release", -22)),
        "ask_release",
        CONFIRMED,
    ),
    "before release, and then the day moved": (
        inside(leaves=20, answered=answered("release", -23)),
        "ask_release",
        NOT_STARTED,
    ),
    "before sentence": (
        inside(standing="remand", came=-9, hearing_on=day(9), answered=answered("pre_sentence", -1)),
        "pre_sentence",
        CONFIRMED,
    ),
    "four weeks after": (out(left=-30, answered=answered("after_4", -1)), "review_after_4", CONFIRMED),
    "a year after, to come": (out(left=-350), "review_after_52", NOT_STARTED),
    "a year after, and its day has passed": (out(left=-378), "review_after_52", LATE),
}


@pytest.mark.parametrize(("facts", "code", "progress"), ASKED.values(), ids=ASKED)
def test_a_stage_is_asked_once_each_of_its_open_topics_was_answered(
    facts: Facts, code: str, progress: Progress
) -> None:
    assert step(facts, code).progress is progress


def test_what_is_asked_on_arrival_is_asked_for_while_they_have_lately_come() -> None:
    assert "health_screen" in steps(inside(came=-42))
    assert "health_screen" not in steps(inside(came=-43))


@pytest.mark.parametrize("row", [row for row in ROWS if row.completed_by.startswith("answered")])
def test_a_step_that_answers_complete_names_a_stage_of_the_assessment(row: StepRow) -> None:
    assert row.completed_by.split(":")[1] in code_set("assessment_stages")


REACHED: dict[str, tuple[int, dict[str, Any], dict[str, Progress]]] = {
    "on the first day only": (
        -1,
        {"contacts": {-1}},
        {"contact_0": CONFIRMED, "contact_1": NOT_STARTED, "contact_3": NOT_STARTED},
    ),
    "on day 2, which counts for day 3": (
        -4,
        {"contacts": {-2}},
        {"contact_0": CONFIRMED, "contact_1": CONFIRMED, "contact_3": CONFIRMED, "contact_7": NOT_STARTED},
    ),
    "not at all": (-4, {"contacts": set()}, {"contact_0": LATE, "contact_3": LATE, "contact_7": NOT_STARTED}),
    "before they left": (-1, {"contacts": {-2}}, {"contact_0": LATE}),
    "on a day to come": (-1, {"contacts": {1}}, {"contact_0": LATE}),
    "missed yesterday": (-2, {"contacts": {-2}, "missed": {-1}}, {"outreach": LATE, "contact_1": LATE}),
    "missed today": (-1, {"contacts": {-1}, "missed": {0}}, {"outreach": NOT_STARTED}),
    "missed, and found the same day": (-1, {"contacts": {0}, "missed": {0}}, {"outreach": CONFIRMED}),
    "missed, and found later": (-4, {"contacts": {-1}, "missed": {-3}}, {"outreach": CONFIRMED}),
    "found, and missed again": (-4, {"contacts": {-2}, "missed": {-3, 0}}, {"outreach": NOT_STARTED}),
}


@pytest.mark.parametrize(("left", "days", "expected"), REACHED.values(), ids=REACHED)
def test_reaching_somebody_after_they_left(
    left: int, days: dict[str, set[int]], expected: dict[str, Progress]
) -> None:
    facts = out(left=left, **{name: frozenset(map(day, told)) for name, told in days.items()})
    found = steps(facts)
    assert {code: found[code].progress for code in expected} == expected


def test_a_miss_raises_outreach_the_same_day() -> None:
    assert step(out(left=-3, missed=frozenset({D0})), "outreach").due_on == D0
