"""How much somebody was asked."""

from typing import Any
from uuid import UUID

import pytest

from tests.rules.answers_said import CONCEPTS, NO, THEM, YES, concept_of, days_before, kept
from throughgate.assessment.rules import answers
from throughgate.assessment.rules.answers import Kept
from throughgate.assessment.rules.burden import Burden, burden, most_together
from throughgate.assessment.rules.shapes import Answer


def of(*entries: Kept) -> Burden:
    return burden(answers.sittings(entries), answers.known(entries, concept_of), CONCEPTS)


def asked(answer: Answer, days: int, sitting: int, code: str = "tenancy", **rest: Any) -> Kept:
    return kept({code: answer}, number=sitting, sitting=UUID(int=sitting), on=days_before(days), **rest)


def test_eight_assessments_from_different_services_in_ten_days_are_counted() -> None:
    entries = [asked(YES, days, days + 1, organisation_id=UUID(int=days)) for days in range(8)]
    assert of(*entries) == Burden(sittings=8, most_in_ten_days=8, organisations=8, asked_again=7, minutes=8)


def test_nobody_asked_is_no_burden() -> None:
    assert of() == Burden(sittings=0, most_in_ten_days=0, organisations=0, asked_again=0, minutes=0)


def test_days_are_counted_together_by_ten() -> None:
    days = [days_before(days) for days in (30, 29, 21, 20, 5)]
    assert most_together(days, days_long=10) == 3


AGAIN: list[tuple[str, list[Kept], int]] = [
    ("B1: asked once", [asked(YES, 5, 1)], 0),
    ("B2: asked again by another", [asked(YES, 9, 1), asked(NO, 5, 2, organisation_id=THEM)], 1),
    ("B3: asked again when it was old", [asked(YES, 95, 1), asked(NO, 1, 2)], 0),
    ("B4: not answered before", [asked(Answer(state="prefer_not"), 9, 1), asked(NO, 5, 2)], 0),
    ("B5: corrected in its sitting", [asked(YES, 9, 1), asked(NO, 8, 1)], 0),
    ("B6: has to be asked each time", [asked(YES, 2, 1, "tonight"), asked(YES, 1, 2, "tonight")], 0),
    (
        "B7: confirmed and not asked",
        [asked(YES, 9, 1), asked(Answer(state="answered", value="yes", how="confirmed"), 5, 2)],
        0,
    ),
]


@pytest.mark.parametrize(("why", "entries", "again"), AGAIN, ids=[row[0] for row in AGAIN])
def test_a_question_is_asked_again_where_its_answer_was_known(
    why: str, entries: list[Kept], again: int
) -> None:
    assert of(*entries).asked_again == again
