"""What a worker says of a step by hand closes it, for as long as it is the same step."""

from dataclasses import replace
from typing import Any

import pytest

from tests.rules.pathway_people import (
    CONFIRMED,
    LATE,
    NOT_NEEDED,
    NOT_STARTED,
    ROWS,
    day,
    inside,
    medicine,
    missed,
    out,
    said,
    step,
    steps,
)
from throughgate.pathway.rules import Facts, Item, Progress, Settled, wrong_with_word

BY_CODE = {row.code: row for row in ROWS}


def settled(code: str, due: int, *, told: int = -1, progress: Progress = CONFIRMED) -> dict[str, Any]:
    return {"settled": {code: Settled(progress=progress, told_on=day(told), due_on=day(due))}}


CLOSED: dict[str, tuple[Facts, str]] = {
    "what nothing else can complete": (inside(**settled("joint_meeting", 2)), "joint_meeting"),
    "what is late": (inside(**settled("id_bank", -26)), "id_bank"),
    "a day that has moved since": (inside(**settled("joint_meeting", 30)), "joint_meeting"),
    "a look for somebody not reached": (
        out(left=-3, missed=frozenset({day(-2)}), **settled("outreach", -2)),
        "outreach",
    ),
}
OPEN: dict[str, tuple[Facts, str]] = {
    "said in an earlier custody": (
        inside(came=-80, **settled("joint_meeting", 2, told=-90)),
        "joint_meeting",
    ),
    "said of another step": (inside(**settled("in_reach", 2)), "joint_meeting"),
    "not reached once more since": (
        out(left=-3, missed=frozenset({day(-2), day(-1)}), **settled("outreach", -2)),
        "outreach",
    ),
    "a review of missed doses, the day after": (
        out(left=-3, pick_ups=missed(-3, -2, -1), **settled("cover_broken", -1)),
        "cover_broken",
    ),
    "another end of medicine": (
        out(left=-3, supplies=(medicine(9),), **settled("cover_end", 2)),
        "cover_end",
    ),
}


@pytest.mark.parametrize(("facts", "code"), CLOSED.values(), ids=CLOSED)
def test_what_a_worker_says_is_done_is_closed(facts: Facts, code: str) -> None:
    assert step(facts, code).progress is CONFIRMED
    assert not step(facts, code).is_open


@pytest.mark.parametrize(("facts", "code"), OPEN.values(), ids=OPEN)
def test_what_falls_due_again_is_open_again(facts: Facts, code: str) -> None:
    assert step(facts, code).is_open


def test_what_is_not_needed_is_neither_done_nor_late_nor_impossible() -> None:
    late = inside(came=-10, leaves=16, leaves_told_on=day(-1))
    assert (step(late, "gp").progress, step(late, "gp").is_impossible) == (LATE, True)
    told = replace(late, **settled("gp", -12, progress=NOT_NEEDED))
    assert (step(told, "gp").progress, step(told, "gp").is_impossible) == (NOT_NEEDED, False)


def test_what_is_confirmed_stays_so_whatever_is_said_by_hand() -> None:
    facts = inside(ready={Item.GP: said(CONFIRMED)}, **settled("gp", -12, progress=NOT_NEEDED))
    assert step(facts, "gp").progress is CONFIRMED


@pytest.mark.parametrize(
    ("code", "state", "text", "part"),
    [
        ("gp", "not_needed", "Has one.", None),
        ("gp", "done", "", "state"),
        ("joint_meeting", "done", "", None),
        ("joint_meeting", "", "", "state"),
        ("joint_meeting", "not_needed", "", "text"),
        ("joint_meeting", "done", "x" * 1001, "text"),
        ("talk_today", "done", "", "text"),
        ("talk_today", "done", "I sat with her. The wing knows.", None),
    ],
)
def test_what_may_be_said_of_a_step(code: str, state: str, text: str, part: str | None) -> None:
    found = wrong_with_word(BY_CODE[code], state=state, text=text)
    assert list(found) == ([part] if part else [])


def test_what_was_settled_long_ago_stays_on_the_record_of_it() -> None:
    assert "joint_meeting" not in steps(inside(leaves=-20))
    assert step(inside(leaves=-20, **settled("joint_meeting", -34)), "joint_meeting").progress is CONFIRMED


def test_what_nobody_settled_is_open() -> None:
    assert step(inside(), "joint_meeting").progress is NOT_STARTED
