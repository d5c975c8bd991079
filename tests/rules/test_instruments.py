"""The forms we ship: each loads, keeps its licence, and asks of a concept in one way only."""

import re

import pytest

from tests.rules.test_rendering_reading import EASY, FEWEST, KNOWN
from throughgate.assessment import instruments
from throughgate.assessment.rules import asking, checking
from throughgate.assessment.rules.shapes import Instrument, Topic
from throughgate.assessment.rules.wording import said_to_the_person, said_to_the_worker
from throughgate.foundation.codesets import code_set
from throughgate.foundation.reading import grade
from throughgate.packs.words.harm_reduction import names

# Beside the words of every day that `KNOWN` has: those of the matter itself, which people know.
EVERYDAY = KNOWN | {"hepatitis", "injected", "opioids", "overdosed", "social", "universal", "xanax"}
SHIPPED = instruments.every()
STANDARD = instruments.newest("standard")


def of(found: Instrument) -> str:
    return f"{found.code} {found.version}"


def test_a_concept_is_asked_with_the_same_answers_wherever_it_is_asked() -> None:
    assert checking.unlike(SHIPPED) == []


def test_every_folder_is_a_form_whose_licence_is_told() -> None:
    folders = {each.name for each in instruments.INSTRUMENTS.iterdir() if each.is_dir()}
    assert folders == set(instruments.versions())


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


HARDER = {each.text for each in STANDARD.questions if each.easy}
READ = [text for text in said_to_the_person(STANDARD) if text not in HARDER]


@pytest.mark.parametrize("stage", ["after_4", "after_12", "after_26", "after_52"])
def test_who_is_out_is_asked_nothing_as_if_they_were_not(stage: str) -> None:
    asked = [each.text for topic in asking.at_stage(STANDARD, stage) for each in topic.questions]
    assert [text for text in asked if re.search(r"\b(get out|days out|in here|did you live)\b", text)] == []


def test_every_line_that_the_person_reads_is_easy() -> None:
    masked = names() | EVERYDAY
    assert [text for text in READ if len(text.split()) >= FEWEST and grade(text, names=masked) > EASY] == []


def test_the_standard_assessment_is_easy_to_read_as_a_whole() -> None:
    whole = " ".join(text if text.endswith((".", "?")) else f"{text}." for text in READ)
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


def test_what_is_for_the_worker_is_not_read_to_the_person() -> None:
    assert not set(said_to_the_worker(STANDARD)) & set(said_to_the_person(STANDARD))


def test_a_form_whose_words_are_others_is_in_the_language_that_they_gave_it() -> None:
    ours = {form.code for form in SHIPPED if "cy" in form.languages}
    assert ours == {"standard"}


@pytest.mark.parametrize(
    ("table", "named"),
    [
        pytest.param("assessment_stages", set(STANDARD.stages), id="stages"),
        pytest.param(
            "assessment_settings",
            {each for form in SHIPPED for each in form.period.before_custody_in},
            id="settings",
        ),
        pytest.param(
            "sexes",
            {cut.sex for form in SHIPPED if form.scoring for cut in form.scoring.cuts} - {""},
            id="sexes",
        ),
    ],
)
def test_what_a_form_names_is_in_its_code_set(table: str, named: set[str]) -> None:
    assert named <= set(code_set(table).labels())


def test_every_stage_of_the_code_set_is_asked() -> None:
    assert list(STANDARD.stages) == list(code_set("assessment_stages").labels())


# Mental health, housing, benefits and drugs: what people say they need most is never left out (SR-004).
FOUR = {"mind_help", "where_next", "income", "substances_used"}


@pytest.mark.parametrize("stage", ["comprehensive", "pre_sentence"])
def test_the_four_things_that_people_need_most_are_always_asked(stage: str) -> None:
    topics = asking.at_stage(STANDARD, stage)
    assert {each.code for topic in topics for each in topic.questions} >= FOUR
    assert "first_thing" in {each.code for each in topics[0].questions}
