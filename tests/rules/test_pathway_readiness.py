"""What is confirmed stays confirmed only for the day it was confirmed for."""

from typing import Any

import pytest

from tests.rules.pathway_people import (
    CONFIRMED,
    D0,
    IN_HAND,
    LATE,
    NOT_KNOWN,
    NOT_STARTED,
    day,
    inside,
    out,
    plan,
    said,
    step,
)
from throughgate.pathway.rules import Facts, Item, Progress, Ready, Shape, readiness

GATE = 16
MOVED: dict[str, Any] = {"was_leaving_on": day(20), "leaves_told_on": day(-3)}
NOBODY_KNOWS_WHEN: dict[str, Any] = {"was_leaving_on": day(20)}
STEPS = {Item.HOME: "home", Item.APPOINTMENT: "appointment", Item.MEETING: "meeting", Item.GP: "gp"}


def told(item: Item, ready: Ready, **more: Any) -> tuple[Facts, str]:
    return inside(leaves=GATE, ready={item: ready}, **more), STEPS[item]


STILL_HOLDS = {
    "a home from before the gate": told(Item.HOME, said(CONFIRMED, on=12)),
    "a home from the gate on": told(Item.HOME, said(CONFIRMED, on=GATE)),
    "a home told before the day moved": told(Item.HOME, said(CONFIRMED, told=-9), **MOVED),
    "an appointment, and no day told": told(Item.APPOINTMENT, said(CONFIRMED)),
    "an appointment after the gate": told(Item.APPOINTMENT, said(CONFIRMED, on=18)),
    "an appointment told on the day of the move": told(
        Item.APPOINTMENT, said(CONFIRMED, told=-3, on=18), **MOVED
    ),
    "the day is told again and did not move": told(
        Item.APPOINTMENT, said(CONFIRMED, told=-9), was_leaving_on=day(GATE), leaves_told_on=day(-3)
    ),
    "somebody meets them on that very day": told(Item.MEETING, said(CONFIRMED, told=-9, on=GATE), **MOVED),
    "somebody meets them, told after the move": told(Item.MEETING, said(CONFIRMED, told=-2), **MOVED),
}
DROPS_BACK = {
    "a home from after the gate": told(Item.HOME, said(CONFIRMED, on=GATE + 1)),
    "an appointment before the gate": told(Item.APPOINTMENT, said(CONFIRMED, on=GATE - 1)),
    "an appointment told before the day moved": told(
        Item.APPOINTMENT, said(CONFIRMED, told=-4, on=18), **MOVED
    ),
    "an appointment, and nobody knows when the day moved": told(
        Item.APPOINTMENT, said(CONFIRMED, on=18), **NOBODY_KNOWS_WHEN
    ),
    "somebody meets them on another day": told(Item.MEETING, said(CONFIRMED, on=GATE + 4)),
    "somebody meets them, told before the move": told(Item.MEETING, said(CONFIRMED, told=-4), **MOVED),
}


@pytest.mark.parametrize(("facts", "code"), STILL_HOLDS.values(), ids=STILL_HOLDS)
def test_what_fits_the_day_stays_confirmed(facts: Facts, code: str) -> None:
    assert step(facts, code).progress is CONFIRMED


@pytest.mark.parametrize(("facts", "code"), DROPS_BACK.values(), ids=DROPS_BACK)
def test_what_no_longer_fits_the_day_drops_back_to_in_hand(facts: Facts, code: str) -> None:
    assert step(facts, code).progress is IN_HAND


def test_what_was_never_confirmed_does_not_change() -> None:
    facts, code = told(Item.MEETING, said(NOT_STARTED, told=-9), **MOVED)
    assert step(facts, code).progress is NOT_STARTED


def test_nothing_drops_back_once_they_have_left() -> None:
    facts = out(left=-1, was_leaving_on=day(9), ready={Item.NALOXONE: said(CONFIRMED, told=-2, on=0)})
    assert step(facts, "naloxone_out").progress is CONFIRMED


def test_nothing_drops_back_where_no_day_is_told() -> None:
    facts = inside(leaves=None, ready={Item.HOME: said(CONFIRMED, told=-2, on=9)})
    assert step(facts, "pack_home").progress is CONFIRMED


def test_a_moved_day_asks_for_another_look_at_the_plan() -> None:
    moved = inside(leaves=GATE, was_leaving_on=day(20), leaves_told_on=day(-1))
    assert (step(moved, "review_moved").due_on, step(moved, "review_moved").progress) == (D0, NOT_KNOWN)
    looked = inside(
        leaves=GATE,
        was_leaving_on=day(20),
        leaves_told_on=day(-1),
        ready={Item.PLAN: said(IN_HAND, told=-1)},
    )
    assert step(looked, "review_moved").progress is CONFIRMED


# One word for each item

ROW: dict[str, tuple[Facts, Item, Progress]] = {
    "nobody said anything": (inside(came=0, leaves=120), Item.HOME, NOT_KNOWN),
    "what was to be ready from the first day is late": (inside(), Item.HOME, LATE),
    "confirmed throughout": (inside(ready={Item.HOME: said(CONFIRMED)}), Item.HOME, CONFIRMED),
    "a review is open though the plan is confirmed": (
        inside(came=0, leaves=27, ready={Item.PLAN: said(CONFIRMED, told=0)}),
        Item.PLAN,
        NOT_STARTED,
    ),
    "each has one that was never spoken of": (inside(came=0, leaves=120), Item.ID_BANK, NOT_KNOWN),
}


@pytest.mark.parametrize(("facts", "item", "progress"), ROW.values(), ids=ROW)
def test_an_item_is_as_far_as_its_first_open_step(facts: Facts, item: Item, progress: Progress) -> None:
    assert readiness(plan(facts).steps)[item].progress is progress


def test_who_has_a_day_to_leave_on_has_every_item_in_the_order_of_a_page() -> None:
    found = plan(inside(came=0, leaves=120))
    assert found.shape is Shape.PLANNED
    assert list(readiness(found.steps)) == list(Item)
