"""The rows of the pathway: each is whole, and stands where its day, its shape and its nation put it."""

from datetime import date, timedelta

import pytest

from tests.rules.pathway_people import (
    CONFIRMED,
    D0,
    HOLIDAYS,
    LATE,
    ROWS,
    day,
    inside,
    medicine,
    missed,
    out,
    plan,
    said,
    step,
    steps,
)
from throughgate.assessment import instruments
from throughgate.foundation.codesets import code_set
from throughgate.pathway.rules import Facts, Item, Shape, StepRow, plan_for, step_rows
from throughgate.pathway.rules.completion import completion

STAGES = {"arrival", "in_custody", "before_release", "the_day", "after"}
ANCHORS = {
    *("custody_start", "release", "hearing", "date_moved", "day_passed", "last_word"),
    *("left", "missed", "cover_end", "today", "pack_outdated", "ask_again", "told_self_harm", "hard_day"),
    *(f"told_{each.concept}" for form in instruments.every() for each in form.questions if each.same_day),
    *("shut_days", "shut_weekly", "shut_injection"),
    *(row.anchor for row in ROWS if row.anchor in (f"answer_{row.category}", f"meet_{row.category}")),
}
CELLS = code_set("pathway_steps").rows


# The rows


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_step_says_what_and_why_and_names_only_what_is_known(row: StepRow) -> None:
    assert row.label[0].isupper()
    assert not row.label.endswith(".")
    assert row.why.endswith(".")
    assert len(row.why) > 20
    assert row.stage in STAGES
    assert row.anchor in ANCHORS
    assert row.category in code_set("categories")
    assert row.nation in {"england", "wales", "both"}
    assert row.role
    assert row.source


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_step_of_an_unverified_source_says_that_it_is_to_be_checked(row: StepRow) -> None:
    assert row.verified or not row.source.startswith("Throughgate") or "local practice: check" in row.source


def test_a_step_about_an_item_has_the_category_of_the_item() -> None:
    categories = {row["code"]: row["category"] for row in code_set("readiness_items").rows}
    assert list(categories) == list(Item)
    for row in ROWS:
        if row.completed_by.startswith("ready:"):
            assert row.category == categories[row.completed_by.removeprefix("ready:")], row.code


def test_no_step_stands_twice() -> None:
    assert len({row.code for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"applies_when": "when_it_rains"}, id="a condition"),
        pytest.param({"working_day": "around"}, id="a rule for days off"),
        pytest.param({"completed_by": "ready"}, id="a completion without its item"),
        pytest.param({"completed_by": "ready:hat"}, id="an item"),
        pytest.param({"shapes": "round"}, id="a shape"),
    ],
)
def test_a_row_that_names_what_no_rule_knows_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        step_rows([{**CELLS[0], **wrong}])


def test_a_completion_that_no_rule_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        completion("magic:3")


# When each is due

GATE = date(2027, 3, 24)  # a Wednesday, before clocks go forward on the 28th
CAME = date(2026, 3, 25)  # a Wednesday, before clocks go forward on the 29th
DUE = {
    "health_screen": "2026-03-25",
    "tell_services": "2026-03-26",
    "pack_home": "2026-03-30",  # day 3 is a Saturday
    "pack_naloxone": "2026-04-01",
    "review_12_weeks": "2026-12-30",
    "reconnect": "2026-12-30",
    "refer_housing": "2027-01-27",
    "id_bank": "2027-02-10",
    "review_4_weeks": "2027-02-24",
    "gp": "2027-02-24",
    "in_reach": "2027-03-10",
    "review_1_week": "2027-03-17",
    "naloxone": "2027-03-17",
    "medicines": "2027-03-22",
    "meeting": "2027-03-22",
    "dose_on_the_day": "2027-03-24",
}


@pytest.mark.parametrize(("code", "due"), DUE.items(), ids=DUE)
def test_a_step_is_due_so_many_days_from_its_anchor(code: str, due: str) -> None:
    facts = Facts(standing="sentenced", custody_from=CAME, leaves_on=GATE)
    assert step(facts, code, on=CAME).due_on.isoformat() == due


LEFT = date(2026, 10, 23)  # a Friday; clocks go back on the 25th
DUE_AFTER = {
    "contact_0": "2026-10-23",
    "benefit_claim": "2026-10-23",
    "contact_1": "2026-10-24",
    "contact_3": "2026-10-26",
    "contact_7": "2026-10-30",
    "contact_14": "2026-11-06",
    "day_21": "2026-11-13",
    "week_4": "2026-11-20",
    "week_26": "2027-04-23",
}


@pytest.mark.parametrize(("code", "due"), DUE_AFTER.items(), ids=DUE_AFTER)
def test_days_after_leaving_are_counted_from_the_day_they_left(code: str, due: str) -> None:
    facts = Facts(standing="not_in_custody", left_on=LEFT)
    assert step(facts, code, on=LEFT).due_on.isoformat() == due


def test_a_step_on_a_bank_holiday_moves_to_the_working_day_before() -> None:
    """Four weeks before 23 April 2027 is Good Friday."""
    facts = Facts(standing="sentenced", leaves_on=date(2027, 4, 23))
    assert step(facts, "gp", on=D0).due_on == date(2027, 3, 25)


def test_without_a_table_of_bank_holidays_weekends_still_count() -> None:
    facts = Facts(standing="sentenced", leaves_on=date(2027, 4, 23))
    found = plan_for(facts, on=D0, rows=ROWS, holidays={})
    assert found is not None
    assert {each.code: each.due_on for each in found.steps}["gp"] == date(2027, 3, 26)


# Whose they are

SHAPES = {
    "sentenced, with a day": (inside(), Shape.PLANNED),
    "84 days from coming in to leaving": (inside(came=-68), Shape.PLANNED),
    "83 days": (inside(came=-67), Shape.SHORT),
    "nobody knows since when": (inside(custody_from=None), Shape.PLANNED),
    "no day told": (inside(leaves=None), Shape.OPEN),
    "an unknown standing": (inside(standing="unknown"), Shape.PLANNED),
    "remand": (inside(standing="remand"), Shape.REMAND),
    "waiting for sentence": (inside(standing="awaiting_sentence"), Shape.REMAND),
    "immigration": (inside(standing="immigration"), Shape.REMAND),
    "back on recall": (inside(standing="back_on_recall", came=-3), Shape.RECALL),
    "left today": (out(left=0), Shape.OUT),
    "left a year and two weeks ago": (out(left=-378), Shape.OUT),
    "a recall issued and not back": (out(left=-5, standing="recall_issued"), Shape.OUT),
}


@pytest.mark.parametrize(("facts", "shape"), SHAPES.values(), ids=SHAPES)
def test_a_person_has_one_shape(facts: Facts, shape: Shape) -> None:
    assert plan(facts).shape is shape


NO_PLAN = {
    "nothing told": Facts(standing=""),
    "never inside": Facts(standing="not_in_custody"),
    "left 379 days ago": out(left=-379),
    "died inside": inside(died=True),
    "died outside": out(left=-4, died=True),
    "a death reported": out(left=-4, standing="died_reported"),
    "a recall issued, and no day of leaving": inside(standing="recall_issued"),
}


@pytest.mark.parametrize("facts", NO_PLAN.values(), ids=NO_PLAN)
def test_who_is_neither_inside_nor_lately_out_has_no_plan(facts: Facts) -> None:
    assert plan_for(facts, on=D0, rows=ROWS, holidays=HOLIDAYS) is None


PACK = {"pack_plan", "pack_medicines", "pack_naloxone", "pack_home", "cover_told"}


@pytest.mark.parametrize("standing", ["remand", "sentenced", "back_on_recall", "unknown", "immigration"])
def test_everyone_inside_has_the_pack_to_make_ready_from_the_first_day(standing: str) -> None:
    assert steps(inside(standing=standing, came=0, leaves=None)).keys() >= PACK


def test_the_pack_is_there_although_nobody_knows_since_when_they_are_inside() -> None:
    assert steps(inside(leaves=None, custody_from=None)).keys() >= PACK


def test_each_shape_has_steps_of_its_own() -> None:
    remand = inside(standing="remand", came=0, hearing_on=day(9))
    recall = inside(standing="back_on_recall", came=0, hearing_on=day(9))
    assert steps(remand)["court_pack"].due_on == day(8)
    assert "ask_hearing" not in steps(remand)
    assert "ask_hearing" in steps(inside(standing="remand", came=0))
    assert "review_12_weeks" not in steps(remand)
    assert {"recall_reopen", "recall_day"} <= steps(recall).keys()
    assert "court_pack" not in steps(recall)
    assert "review_12_weeks" not in steps(inside(came=-20))


def test_steps_of_a_nation_are_for_those_in_it_and_for_who_may_be() -> None:
    england, wales, unknown = (out(left=0, nation=nation) for nation in ("england", "wales", ""))
    assert {"day_21", "contact_21"} & steps(england).keys() == {"day_21"}
    assert {"day_21", "contact_21"} & steps(wales).keys() == {"contact_21"}
    assert {"day_21", "contact_21"} <= steps(unknown).keys()


def test_once_they_have_left_only_what_comes_after_is_theirs() -> None:
    assert {each.stage for each in plan(out(left=0)).steps} == {"after"}
    assert "after" not in {each.stage for each in plan(inside()).steps}


def test_steps_come_in_the_order_of_their_days() -> None:
    days = [each.due_on for each in plan(inside()).steps]
    assert days == sorted(days)


# What applies

APPLIES = {
    "recall_ready": (inside(standing="back_on_recall", leaves=None), inside(standing="back_on_recall")),
    "ask_day": (inside(leaves=None), inside(leaves=None, standing="indeterminate")),
    "ask_new_day": (inside(leaves=-1), inside(leaves=0)),
    "quiet": (inside(last_word_on=day(-14)), inside(last_word_on=day(-13))),
    "review_moved": (inside(was_leaving_on=day(20), leaves_told_on=day(-1)), inside(was_leaving_on=day(16))),
    "unplanned": (out(left=0, leaves_on=day(5)), out(left=0)),
    "cover_end": (out(left=0, supplies=(medicine(14),)), out(left=0, supplies=(medicine(None),))),
    "cover_broken": (
        out(left=-5, supplies=(medicine(9),), pick_ups=missed(-3, -2, -1)),
        out(left=-5, supplies=(medicine(9),), pick_ups=missed(-2, -1)),
    ),
    "pharmacy": (
        inside(supplies=(medicine(30, is_collected=True),)),
        inside(supplies=(medicine(30, is_collected=True), medicine(30))),
    ),
    "outreach": (out(left=-5, missed=frozenset({day(-4)})), out(left=-5, missed=frozenset({day(-6)}))),
}


@pytest.mark.parametrize(
    ("code", "facts"), [(code, facts[0]) for code, facts in APPLIES.items()], ids=APPLIES
)
def test_a_step_is_there_when_its_condition_holds(code: str, facts: Facts) -> None:
    assert code in steps(facts)


@pytest.mark.parametrize(
    ("code", "facts"), [(code, facts[1]) for code, facts in APPLIES.items()], ids=APPLIES
)
def test_a_step_is_not_there_when_its_condition_does_not_hold(code: str, facts: Facts) -> None:
    assert code not in steps(facts)


def test_nothing_written_since_they_came_is_counted_from_the_first_day() -> None:
    assert step(inside(came=-14), "quiet").due_on == D0
    assert "quiet" not in steps(inside(custody_from=None))


def test_who_leaves_without_a_day_told_left_unplanned() -> None:
    assert "unplanned" in steps(out(left=0, leaves_on=None))


# What can no longer be done in time


def test_a_step_due_before_they_came_is_impossible_in_time() -> None:
    found = steps(inside(came=-2, leaves=20))
    assert found["gp"].is_impossible
    assert found["gp"].progress is LATE
    assert not found["naloxone"].is_impossible


def test_a_step_due_before_the_day_moved_is_impossible_in_time_unless_it_is_done() -> None:
    moved = inside(leaves=6, was_leaving_on=day(20), leaves_told_on=D0)
    assert step(moved, "home").is_impossible
    done = inside(leaves=6, was_leaving_on=day(20), leaves_told_on=D0, ready={Item.HOME: said(CONFIRMED)})
    assert not step(done, "home").is_impossible


def test_what_is_counted_from_coming_in_is_late_and_never_impossible() -> None:
    assert not step(inside(came=-9, leaves_told_on=D0), "pack_naloxone").is_impossible


def test_a_step_of_an_unverified_row_says_so() -> None:
    found = steps(inside())
    assert found["gp"].is_verified
    assert not found["home"].is_verified


def test_counting_days_crosses_a_change_of_the_clock_as_any_other_day() -> None:
    for change in (date(2027, 3, 28), date(2026, 10, 25), date(2028, 3, 26)):
        left = change - timedelta(days=2)
        facts = Facts(standing="not_in_custody", left_on=left)
        assert step(facts, "contact_3", on=left).due_on - left == timedelta(days=3)
