"""A topic that asks more than a slow link carries at once: several pages, and no answer lost between them."""

import re
from typing import Any
from uuid import UUID

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.test_assessment_pages import (
    COMPREHENSIVE,
    answered,
    bea,
    begun,
    look,
    on_the_ninth,
    send,
    shown,
    told,
)
from throughgate.assessment import instruments
from throughgate.assessment.rules import asking
from throughgate.assessment.rules.shapes import Question
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
__all__ = ["bea", "on_the_ninth"]
FORM = instruments.newest("standard")
SUBSTANCES = next(each for each in FORM.topics if each.code == "substances")
EVERY = [each.code for each in SUBSTANCES.questions[0].choices if each.code != "none"]
LONGEST = 60_000  # bytes
SAID_3, SAID_5 = ("asked", "3"), ("asked", "5")
WORDS = "It was a long time ago, and nobody asked. " * 8


@pytest.fixture
def ravi() -> Hat:
    return story.worker("prison_recovery_worker")


def an_answer(question: Question, *, last: bool) -> Any:
    codes = [each.code for each in question.choices]
    if question.answers == "several":
        return codes[:-1] if not last else codes[:1]
    if question.answers == "yes_no":
        return "no" if last else "yes"
    if question.answers == "one":
        return codes[-1 if last else 0]
    if question.answers == "words":
        return WORDS
    return str(question.least if last else question.most)


def everything(hat: Hat, *, last: bool = False) -> UUID:
    """A sitting in which all of it was answered."""
    sitting = begun(hat, COMPREHENSIVE, why="She asked for it")
    for topic in asking.at_stage(FORM, "comprehensive"):
        send(hat, "topic", sitting, topic.code, deed="open")
        typed = {f"q_{each.code}": an_answer(each, last=last) for each in topic.questions}
        send(hat, "topic", sitting, topic.code, **typed)
    return sitting


def sends(hat: Hat, sitting: UUID, part: int, **typed: Any) -> str:
    """One page of the topic as a browser sends it: where it leads to."""
    url = address("topic", hat, story.person(), sitting, "substances") + (f"?part={part}" if part > 1 else "")
    page = words(signed_in(hat).get(url))
    (key,) = re.findall(r'name="form_key" value="([^"]+)"', page)
    (stood,) = re.findall(r'name="shown" value="([^"]*)"', page)
    answer = signed_in(hat).post(url, {"form_key": key, "shown": stood, **typed})
    assert answer.status_code == 302, words(answer)
    return str(answer.headers["Location"])


def test_every_page_is_small_whatever_was_said_before_by_however_many(ravi: Hat, bea: Hat) -> None:
    everything(ravi)
    everything(bea, last=True)
    everything(story.worker("prison_healthcare"))
    sitting = everything(ravi)
    for topic in asking.at_stage(FORM, "comprehensive"):
        page = look(ravi, "topic", sitting, topic.code)
        assert len(page.encode()) < LONGEST, topic.code
        for part in re.findall(r'href="([^"]+\?part=\d)"', page):
            assert len(words(signed_in(ravi).get(part)).encode()) < LONGEST, part


def test_what_does_not_fit_comes_on_the_next_page_and_nothing_is_lost(ravi: Hat) -> None:
    sitting = begun(ravi, COMPREHENSIVE)
    where = sends(ravi, sitting, 1, q_substances_used=EVERY)
    assert where.endswith("/substances/")
    where = sends(ravi, sitting, 1, q_substances_used=EVERY, q_alcohol_days="3")
    assert where.endswith("/substances/?part=2")
    assert "Page 1 of" in words(signed_in(ravi).get(where))
    sends(ravi, sitting, 2, q_other_drug_days="5")
    assert (told(ravi, "alcohol_days"), told(ravi, "other_drug_days")) == ([SAID_3], [SAID_5])
    sends(ravi, sitting, 1, q_substances_used=EVERY, q_alcohol_days="4")
    assert (told(ravi, "alcohol_days"), told(ravi, "other_drug_days")) == ([("asked", "4")], [SAID_5])


def test_what_arises_no_more_goes_from_every_page(ravi: Hat) -> None:
    sitting = begun(ravi, COMPREHENSIVE)
    sends(ravi, sitting, 1, q_substances_used=EVERY)
    sends(ravi, sitting, 1, q_substances_used=EVERY)
    sends(ravi, sitting, 2, q_other_drug_days="5")
    sends(ravi, sitting, 1, q_substances_used=["alcohol"], q_alcohol_days="4")
    assert (told(ravi, "alcohol_days"), told(ravi, "other_drug_days")) == ([("asked", "4")], [])


def test_after_the_last_page_the_next_topic_follows(ravi: Hat) -> None:
    sitting = begun(ravi, COMPREHENSIVE)
    sends(ravi, sitting, 1, q_substances_used=EVERY)
    where, part = "?part=1", 0
    while "substances" in where or not part:
        part += 1
        where = sends(ravi, sitting, part, **({"q_substances_used": EVERY} if part == 1 else {}))
    assert (part > 1, "/overdose/" in where) == (True, True)


def test_a_draft_is_of_its_own_page(ravi: Hat) -> None:
    sitting = begun(ravi, COMPREHENSIVE)
    sends(ravi, sitting, 1, q_substances_used=EVERY)
    url = address("topic", ravi, story.person(), sitting, "substances") + "?part=2"
    signed_in(ravi).post(url, {"form_key": "k", "deed": "draft", "q_other_drug_days": "7"})
    sends(ravi, sitting, 1, q_substances_used=EVERY, q_alcohol_days="4")
    page = words(signed_in(ravi).get(url))
    assert re.search(r'name="q_other_drug_days" value="7"', page)


@pytest.mark.parametrize("part", ["9", "0", "-1", "two", "9" * 5000])
def test_a_page_that_there_is_not_is_one_that_there_is(ravi: Hat, part: str) -> None:
    sitting = begun(ravi, COMPREHENSIVE)
    url = address("topic", ravi, story.person(), sitting, "substances")
    answer = signed_in(ravi).get(url, {"part": part})
    assert (answer.status_code, "tg-ask" in words(answer)) == (200, True)


def test_a_question_is_not_hidden_by_one_that_stands_on_another_page(ravi: Hat) -> None:
    sitting = begun(ravi, COMPREHENSIVE)
    sends(ravi, sitting, 1, q_substances_used=EVERY)
    url = address("topic", ravi, story.person(), sitting, "substances") + "?part=2"
    assert "data-only-if" not in words(signed_in(ravi).get(url)).partition("other_drug_days")[0][-200:]


def test_what_was_said_before_brings_what_hangs_on_it(ravi: Hat, bea: Hat) -> None:
    answered(bea, begun(bea, COMPREHENSIVE), "home", q_tenancy="yes")
    page = look(ravi, "topic", begun(ravi, COMPREHENSIVE, why="x"), "home")
    opening = page.partition('id="q_tenancy_keep"')[2].partition(">")[0]
    assert 'data-before="yes"' in opening
    assert "Still so" in shown(page, "tenancy")
