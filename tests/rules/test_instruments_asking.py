"""Which questions are asked, and how long that takes."""

from collections.abc import Mapping
from datetime import date

import pytest

from throughgate.assessment import instruments
from throughgate.assessment.rules.asking import (
    asked,
    at_stage,
    open_topics,
    opening,
    pressing,
    seconds,
    to_do_today,
    whole_on,
)
from throughgate.assessment.rules.shapes import Answer

STANDARD = instruments.newest("standard")
TONIGHT = at_stage(STANDARD, "first_night")[0].questions
HANGING = {"last_use", "last_dose", "other_medicines_which", "at_home_alone"}


def said(**values: str | tuple[str, ...]) -> dict[str, Answer]:
    return {code: Answer(state="answered", value=value) for code, value in values.items()}


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        pytest.param({}, set(), id="nothing yet"),
        pytest.param(said(used_most_days=("none",)), set(), id="used nothing"),
        pytest.param(said(used_most_days=("none", "alcohol")), {"last_use"}, id="one of several"),
        pytest.param(said(treatment_script="yes"), {"last_dose"}, id="gets a script"),
        pytest.param(said(treatment_script="no"), set(), id="gets none"),
        pytest.param({"treatment_script": Answer(state="not_known", value="yes")}, set(), id="is not known"),
        pytest.param(
            said(other_medicines="yes", at_home_now=("pets",)),
            {"other_medicines_which", "at_home_alone"},
            id="two at once",
        ),
    ],
)
def test_what_hangs_on_an_answer_is_asked_after_it(answers: Mapping[str, Answer], more: set[str]) -> None:
    assert {each.code for each in asked(TONIGHT, answers)} & HANGING == more


def test_what_hangs_on_a_question_that_is_left_out_is_left_out_too() -> None:
    questions = instruments.newest("pc_ptsd_5").questions[1:]
    assert asked(questions, said(event="yes")) == []


@pytest.mark.parametrize(("days", "is_asked"), [("0", False), ("1", True), ("28", True), ("some", False)])
def test_an_amount_is_asked_where_there_were_days(days: str, is_asked: bool) -> None:
    questions = instruments.newest("top").questions
    assert (
        "alcohol_average" in {each.code for each in asked(questions, said(alcohol_days=days))}
    ) == is_asked


@pytest.mark.parametrize("stage", STANDARD.stages)
def test_a_stage_asks_what_it_picks_and_nothing_else(stage: str) -> None:
    picks = STANDARD.stages[stage].picks
    topics = at_stage(STANDARD, stage)
    assert [each.code for each in topics] == list(picks)
    assert all({each.code for each in topic.questions} >= set(picks[topic.code]) for topic in topics)
    assert all(topic.questions for topic in topics)


def test_a_form_without_stages_is_asked_whole() -> None:
    top = instruments.newest("top")
    assert at_stage(top, "comprehensive") == top.topics


@pytest.mark.parametrize(
    ("stage", "minutes"),
    [("first_night", 3), ("update", 2), ("release", 4), ("after_4", 6), ("second_day", 8)],
)
def test_how_long_a_stage_takes_at_most(stage: str, minutes: int) -> None:
    assert seconds(at_stage(STANDARD, stage)) <= minutes * 60


def test_the_first_night_takes_no_more_than_twenty_taps() -> None:
    """Each question once, and once to keep: were everything asked, and two chosen of what several may be."""
    taps = sum(2 if each.answers == "several" else 1 for each in TONIGHT if each.answers != "words")
    assert taps + 1 <= 20


def test_what_opens_a_talk_and_what_is_done_the_same_day() -> None:
    answers = said(self_harm_now="yes", nicotine=("smokes",), pregnancy="no", overdose_last_month="no")
    assert [each.code for each in opening(TONIGHT, answers)] == ["self_harm_now"]
    assert [each.same_day_words for each in to_do_today(TONIGHT, answers)] == [
        "Patches, or another way without smoke, today"
    ]


def test_what_cannot_wait_is_told_by_what_it_is_about() -> None:
    answers = said(self_harm_now="yes", nicotine=("smokes", "vapes"), pregnancy="no", at_home_alone="yes")
    assert pressing(TONIGHT, answers) == {
        "self_harm": {"self_harm_now yes"},
        "nicotine": {"nicotine smokes"},
        "at_home_alone": {"at_home_alone yes"},
    }
    assert pressing(TONIGHT, said(self_harm_now="no")) == {}


def test_the_first_night_asks_after_what_is_dangerous_tonight() -> None:
    assert {each.code for each in TONIGHT} >= {
        *("used_most_days", "last_use", "ill_when_stopping", "treatment_script", "last_dose"),
        *("other_medicines", "overdose_last_month", "self_harm_now", "pregnancy", "at_home_now", "nicotine"),
    }


AFRESH = {
    *("last_use", "last_since", "tolerance", "alcohol_last_before", "heroin_days"),
    *("overdose_last_month", "overdose_ever", "self_harm_now", "self_harm_before", "domestic_abuse"),
    *("children", "children_where", "other_medicines", "last_dose", "treatment_script", "home_tonight"),
}


def test_what_must_be_asked_afresh_is_marked_so() -> None:
    concepts = instruments.concepts()
    assert {code for code in AFRESH if not concepts[code].afresh} == set()


def test_social_comes_before_medical_and_what_is_closed_comes_last() -> None:
    topics = at_stage(STANDARD, "comprehensive")
    clinical = [topic.clinical for topic in topics]
    assert clinical == sorted(clinical)
    assert [topic.code for topic in topics if topic.closed] == [topics[-1].code]


def test_the_first_night_asks_nothing_of_the_past_that_hurts() -> None:
    assert [topic.code for topic in at_stage(STANDARD, "first_night") if topic.closed] == []


def test_what_waits_for_the_person_is_no_open_topic() -> None:
    assert set(STANDARD.stages["comprehensive"].picks) - set(open_topics(STANDARD, "comprehensive")) == {
        "hard_times"
    }
    assert open_topics(STANDARD, "a stage of long ago") == []


EARLY, LATE = date(2026, 11, 2), date(2026, 11, 9)


@pytest.mark.parametrize(
    ("days", "since"),
    [
        pytest.param({"home": EARLY, "money": LATE}, EARLY, id="each of them"),
        pytest.param(
            {"home": EARLY, "money": LATE, "gone": date(2026, 1, 1)}, EARLY, id="and one that is no more"
        ),
        pytest.param({"home": EARLY}, None, id="not all"),
        pytest.param({}, None, id="nothing"),
    ],
)
def test_a_stage_is_whole_since_the_oldest_of_its_topics(days: dict[str, date], since: date | None) -> None:
    assert whole_on(["home", "money"], days) == since


def test_a_stage_without_topics_is_never_whole() -> None:
    assert whole_on([], {"home": EARLY}) is None
