"""What was answered to one service, agreed answer by answer before another reads it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import story
from tests.packs import form, known
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.answers import Said
from throughgate.assessment.rules.shapes import Answer
from throughgate.foundation.permits import Permit
from throughgate.pathway.actions import in_step
from throughgate.summaries import actions, queries, rules, words

pytestmark = pytest.mark.django_db
LIFE = Answer(state="answered", value="A door of my own")
HOSTEL = Answer(state="answered", value="hostel")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())


@pytest.fixture
def ravi() -> Permit:
    return known()


def says(permit: Permit, topic: str, answers: dict[str, Answer], **rest: Any) -> None:
    usual: dict[str, Any] = {"sitting": UUID(int=70), "instrument": "standard", "version": "1"}
    usual |= {"stage": "comprehensive", "way": "worker", "setting": "custody", "seconds": 40}
    with in_step(permit):
        said = Said(topic=topic, answers=answers, **usual | rest)
        assessment.record_answers(permit, said, at=permit.at, form=form())


def offered(permit: Permit, code: str) -> str:
    sections = queries.offer(permit, code).sections
    return "\n".join(f"{item.title} ({item.source})" for each in sections for item in each.items)


def made(permit: Permit, code: str, *prefixes: str) -> str:
    facts = queries.offer(permit, code).facts
    tokens = {rules.token(fact) for fact in facts if fact.key.startswith(prefixes)}
    with in_step(permit):
        made_id = actions.make(permit, code, agreed=tokens, way="spoke", form=form())
    return words.plain(queries.sheet(permit, made_id))


def test_an_answer_stands_in_every_text_that_asks_for_it(ravi: Permit) -> None:
    says(ravi, "release_day", {"home_tonight": HOSTEL}, stage="release")
    for code in ("housing", "note"):
        assert "A hostel or shared house" in offered(ravi, code)
    assert "Where they sleep tonight" not in offered(ravi, "gp")


def test_what_treatment_was_told_reaches_a_court_only_as_the_answer_that_was_agreed(ravi: Permit) -> None:
    says(ravi, "matters", {"good_life": LIFE})
    says(ravi, "substances", {"wants_from_use": Answer(state="answered", value="less")})
    text = made(ravi, "court", "answer:good_life")
    assert "“A door of my own”" in text
    assert "What they want to do about drugs or drink" in offered(ravi, "court")
    assert "What they want to do about drugs or drink" not in text


def test_an_answer_that_is_old_says_that_nobody_confirmed_it(ravi: Permit) -> None:
    says(ravi, "release_day", {"home_tonight": HOSTEL}, stage="release")
    later = replace(ravi, at=ravi.at + timedelta(days=9))
    assert "said on 2 November 2026, not confirmed since" in offered(later, "housing")
    assert (
        "not confirmed since"
        not in offered(ravi, "housing").partition("Where they sleep")[2].partition("\n")[0]
    )


def test_an_answer_told_to_some_alone_is_offered_to_nobody(ravi: Permit) -> None:
    only = {"home_tonight": (ravi.organisation_id,)}
    says(ravi, "release_day", {"home_tonight": HOSTEL}, stage="release", only_for=only)
    assert "Where they sleep tonight" not in offered(ravi, "housing")


def test_answers_are_items_of_the_list_too(ravi: Permit) -> None:
    says(ravi, "substances", {"injected": Answer(state="answered", value="before")})
    assert "INJSTAT: P Previously injected (but not currently)" in made(ravi, "ndtms", "answer:", "initials")


def test_what_another_service_was_told_names_that_service(ravi: Permit) -> None:
    story.organisation("STEP")
    theirs = story.opens(story.worker("resettlement_worker", "STEP", works_in=["MDI"]), story.person())
    says(theirs, "release_day", {"home_tonight": HOSTEL}, stage="release")
    assert "(Organisation STEP, asked by a worker, said on" in offered(ravi, "housing")
