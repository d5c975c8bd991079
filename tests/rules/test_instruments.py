"""The forms we ship: each loads, keeps its licence, and asks of a concept in one way only."""

import pytest

from tests.rules.test_rendering_reading import EASY, FEWEST, KNOWN
from throughgate.assessment import instruments
from throughgate.assessment.rules import asking, checking
from throughgate.assessment.rules.shapes import Instrument, Topic
from throughgate.foundation.codesets import code_set
from throughgate.wiring.reference.reading import grade
from throughgate.wiring.reference.staying_safe import names

# Beside the words of every day that `KNOWN` has: those of the matter itself, which people know.
EVERYDAY = KNOWN | {"hepatitis", "injected", "opioids", "overdosed", "social", "universal", "xanax"}
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


def said_to_the_person() -> dict[str, str]:
    """What somebody reads or hears of our own forms; of two wordings of a question, the easier."""
    found: dict[str, str] = {}
    for topic in STANDARD.topics:
        found |= {topic.title: topic.code, topic.intro: topic.code}
        for each in topic.questions:
            found[each.easy or each.text] = each.code
            found |= {choice.label: each.code for choice in each.choices}
    return found


def test_every_line_that_the_person_reads_is_easy() -> None:
    masked = names() | EVERYDAY
    hard = {
        code: text
        for text, code in said_to_the_person().items()
        if len(text.split()) >= FEWEST and grade(text, names=masked) > EASY
    }
    assert hard == {}


def test_the_standard_assessment_is_easy_to_read_as_a_whole() -> None:
    whole = " ".join(text if text.endswith((".", "?")) else f"{text}." for text in said_to_the_person())
    assert grade(whole, names=names()) <= EASY


def test_a_question_that_is_not_easy_has_easy_words_beside_it() -> None:
    masked = names() | EVERYDAY
    needless = [
        each.code
        for each in STANDARD.questions
        if each.easy and grade(each.easy, names=masked) >= grade(each.text, names=masked)
    ]
    assert needless == []


@pytest.mark.parametrize("topic", STANDARD.topics, ids=lambda topic: topic.code)
def test_every_question_of_the_standard_assessment_is_of_a_concept(topic: Topic) -> None:
    assert [each.code for each in topic.questions if not each.concept] == []
