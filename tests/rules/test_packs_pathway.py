"""What the pathway asks of a release pack: made in time, agreed, given, and looked at again."""

from typing import Any

import pytest

from tests.rules.pathway_people import CONFIRMED, D0, LATE, NOT_STARTED, day, inside, out, step, steps
from throughgate.pathway.rules import Pack, Progress


def made(**more: Any) -> Pack:
    return Pack(made_on=day(-1), **more)


@pytest.mark.parametrize(
    ("code", "pack", "progress"),
    [
        ("pack", None, NOT_STARTED),
        ("pack", made(), CONFIRMED),
        ("pack", Pack(made_on=day(-201)), NOT_STARTED),
        ("pack_agreed", made(), NOT_STARTED),
        ("pack_agreed", made(is_agreed=True), CONFIRMED),
        ("pack_given", made(is_agreed=True), NOT_STARTED),
        ("pack_given", made(is_given=True), CONFIRMED),
    ],
    ids=[
        "there is none",
        "it is made",
        "it is of the custody before",
        "not agreed",
        "agreed",
        "not given",
        "given, agreed or not",
    ],
)
def test_how_far_the_pack_is(code: str, pack: Pack | None, progress: Progress) -> None:
    assert step(inside(pack=pack), code).progress is progress


def test_it_is_due_a_week_before_agreed_two_days_before_and_given_on_the_day() -> None:
    found = steps(inside(leaves=16))
    assert [found[code].due_on for code in ("pack", "pack_agreed", "pack_given")] == [
        day(9),
        day(14),
        day(16),
    ]


def test_no_pack_a_week_before_is_late() -> None:
    assert step(inside(leaves=5), "pack").progress is LATE


def test_any_hearing_may_free_somebody_on_remand_so_the_pack_is_there_the_day_before() -> None:
    remand = inside(standing="remand", leaves=None, hearing_on=day(1), pack=made())
    assert (step(remand, "court_pack").due_on, step(remand, "court_pack").progress) == (D0, CONFIRMED)


def test_what_changed_since_it_was_made_is_to_be_looked_at_at_once() -> None:
    assert "pack_outdated" not in steps(inside(pack=made()))
    assert step(inside(pack=made(outdated_on=D0)), "pack_outdated").due_on == D0
    assert step(inside(pack=made(outdated_on=day(-1))), "pack_outdated").progress is LATE


def test_nobody_looks_again_once_they_have_left() -> None:
    assert "pack_outdated" not in steps(out(left=-1, pack=made(outdated_on=D0)))


def test_on_remand_a_pack_is_due_from_the_second_day_since_court_frees_without_notice() -> None:
    found = steps(inside(standing="remand", came=0, leaves=None))
    assert found["standing_pack"].due_on == day(2)
    ready = steps(inside(standing="remand", came=-9, leaves=None, pack=made()))
    assert ready["standing_pack"].progress is CONFIRMED
    assert "standing_pack" not in steps(inside(leaves=90))
