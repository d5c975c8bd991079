"""The forms we ship: each loads, keeps its licence, and asks of a concept in one way only."""

import pytest

from throughgate.assessment import instruments
from throughgate.assessment.rules import asking, checking
from throughgate.assessment.rules.shapes import Instrument
from throughgate.foundation.codesets import code_set

SHIPPED = instruments.every()
STANDARD = instruments.newest("standard")


def of(found: Instrument) -> str:
    return f"{found.code} {found.version}"


def test_a_concept_is_asked_with_the_same_answers_wherever_it_is_asked() -> None:
    assert checking.unlike(SHIPPED) == []


def test_every_concept_is_asked_by_some_form() -> None:
    asked = {each.concept for form in SHIPPED for each in form.questions}
    assert set(instruments.concepts()) <= asked


@pytest.mark.parametrize("form", SHIPPED, ids=of)
def test_what_is_asked_has_a_category_of_sharing(form: Instrument) -> None:
    categories = code_set("categories").labels()
    assert {each.category for each in form.questions} <= set(categories)


def test_the_first_night_takes_less_than_three_minutes() -> None:
    topics = asking.at_stage(STANDARD, "first_night")
    assert asking.seconds(topics) < 180
    assert len(topics) == 1
