"""Referrals on the plan: asked, answered or not, and who is told that nobody answers."""

from dataclasses import replace
from datetime import date

import pytest

from tests import story
from tests.contexts.clients import beside_them, words
from tests.team import form, look
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.pathway import actions as pathway
from throughgate.pathway import queries as plans
from throughgate.team import actions as team
from throughgate.team import queries
from throughgate.team.rules import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def permit() -> Permit:
    return story.opens(story.worker(), story.person())


def refers(permit: Permit, domain: str = "home", who: str = "The council", day: int = 6) -> str:
    sent = form()
    asked = Referral(domain=domain, who=who, text="A bed for two", answer_by=date(2026, 11, day))
    with pathway.in_step(permit):
        team.refer(permit, asked, at=permit.at, form=sent)
    return sent.key


def answers(permit: Permit, key: str, state: str, text: str = "") -> None:
    with pathway.in_step(permit):
        team.say_of_referral(permit, key=key, state=state, text=text, at=permit.at, form=form())


def awaited(permit: Permit) -> dict[str, tuple[date, str]]:
    plan = plans.plan(permit)
    assert plan
    return {
        each.code: (each.due_on, each.progress)
        for each in plan.steps
        if each.code.startswith(("answer_", "meet_"))
    }


def test_a_referral_stands_on_the_plan_with_how_far_it_is(
    permit: Permit, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = refers(permit)
    hat = story.worker()
    assert "<strong>The council</strong>: A bed for two. To answer by Fri 6 Nov 2026." in look(hat, "plan")
    assert awaited(permit) == {"answer_housing": (date(2026, 11, 6), "not_started")}
    monkeypatch.setenv("TG_CLOCK", story.noon(7).isoformat())
    assert "No answer yet" in look(hat, "plan")
    later = story.opens(hat, story.person(), at=story.noon(7))
    answers(later, key, "taken", "They see her on Monday.")
    page = look(hat, "plan")
    assert ("They take it on" in page, "They see her on Monday." in page) == (True, True)
    assert awaited(later) == {"meet_housing": (date(2026, 11, 21), "not_started")}
    answers(story.opens(hat, story.person(), at=story.noon(8)), key, "met")
    assert "What was needed is there" in look(hat, "plan")
    assert awaited(later) == {}


def test_who_was_taken_on_is_asked_after_until_they_were_met(permit: Permit) -> None:
    hat, key, later = story.worker(), refers(permit), refers(permit, who="Shelter")
    answers(story.opens(hat, story.person(), at=story.noon(3)), key, "taken")
    answers(story.opens(hat, story.person(), at=story.noon(5)), later, "taken")
    assert awaited(permit) == {"meet_housing": (date(2026, 11, 17), "not_started")}
    answers(story.opens(hat, story.person(), at=story.noon(6)), key, "seen")
    assert awaited(permit) == {"meet_housing": (date(2026, 11, 19), "not_started")}
    assert "They have met the person" in look(hat, "plan")
    answers(story.opens(hat, story.person(), at=story.noon(7)), later, "seen", "She liked them.")
    assert awaited(permit) == {}


def test_she_reads_in_her_own_book_who_was_asked_and_what_they_said(permit: Permit) -> None:
    key = refers(permit)
    book = beside_them(story.worker())
    plan = words(book.get("/mine/plan/"))
    assert ("Who was asked to help me" in plan, "The council" in plan) == (True, True)
    assert "No answer yet." in plan
    answers(permit, key, "refused", "They have no room.")
    assert "They can not help. They have no room." in words(book.get("/mine/plan/"))


def test_of_several_that_wait_the_first_is_due(permit: Permit) -> None:
    refers(permit, day=9)
    refers(permit, who="Shelter", day=5)
    refers(permit, "mental_health", "The mental-health team", 7)
    assert {code: due_on.day for code, (due_on, _) in awaited(permit).items()} == {
        "answer_housing": 5,
        "answer_mental_health": 7,
    }


@pytest.mark.parametrize(
    ("domain", "category"), [("safety", "safeguarding"), ("communication", "equality"), ("purpose", "story")]
)
def test_what_is_asked_for_safety_access_or_purpose_is_chased_too(
    permit: Permit, domain: str, category: str
) -> None:
    refers(permit, domain)
    assert awaited(permit) == {f"answer_{category}": (date(2026, 11, 6), "not_started")}


@pytest.mark.parametrize(
    ("domain", "category", "is_said"), [("safety", "safeguarding", False), ("home", "housing", True)]
)
def test_of_a_late_answer_about_safety_others_are_not_told_that_there_is_one(
    permit: Permit, domain: str, category: str, is_said: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    refers(permit, domain, day=3)
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    later = story.opens(story.worker(), story.person(), at=story.noon(9))
    with pathway.in_step(later):
        pass
    assert [progress for _, progress in awaited(later).values()] == ["late"]
    plan = plans.plan(replace(later, read=later.read - {category}))
    assert plan
    assert (plans.HIDDEN_OTHER in {each.code for each in plan.steps}) == is_said


def test_who_cannot_take_part_says_why_and_somebody_else_can_be_asked(permit: Permit) -> None:
    key = refers(permit)
    with pytest.raises(Refused, match="Write why"):
        answers(permit, key, "refused")
    answers(permit, key, "refused", "They have no room for two.")
    page = look(story.worker(), "plan")
    assert ("They cannot take part" in page, "They have no room for two." in page) == (True, True)
    assert "/record/referral/?domain=home" in page
    assert awaited(permit) == {}


def test_a_referral_is_shared_as_what_it_is_about(permit: Permit) -> None:
    key = refers(permit, "mental_health", "The mental-health team")
    officer = story.worker("offender_management")
    assert "The mental-health team" not in look(officer, "plan")
    theirs = story.opens(officer, story.person())
    assert queries.referrals(theirs) == {}
    with pytest.raises(Refused, match="Choose which one it is"):
        answers(theirs, key, "met")
