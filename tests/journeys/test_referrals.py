"""A service is asked to take part: it says nothing, takes her on, meets her; or cannot, and says why."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    it_is,
    the_prison_says,
    then_a_step_is_asked_for,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_every_step,
    when_they_look_at_everyone_here,
    when_they_open,
    when_they_sign_in,
)
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.needs import Need
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.pathway import actions as pathway
from throughgate.record.rules import Form
from throughgate.team import actions as team

pytestmark = pytest.mark.django_db(transaction=True)
IVY = "Ivy Keyring"
ASKED = "A room for her and her two."
UNANSWERED = "Get an answer to a referral, or ask somebody else"
NOT_MET = "Find out whether they have been met, or ask somebody else"


@pytest.fixture
def ravi(monkeypatch: pytest.MonkeyPatch) -> str:
    """Works in Moorland with Dee, who has nowhere to live."""
    it_is(monkeypatch, "2026-11-05 07:00")
    the_prison_says(story.document(), as_at="2026-11-04 22:00")
    permit = story.opens(story.worker(), story.person(), at=clock.now())
    with pathway.in_step(permit):
        need = Need(domain="home", how_far="high", said="My sister had to let the flat go")
        assessment.record_need(permit, need, at=permit.at, form=Form(str(new_id())))
    it_is(monkeypatch, "2026-11-05 09:00")
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")


@pytest.fixture
def ivy(ravi: str) -> str:
    """Works for Open Door, and is on Dee's team."""
    story.organisation("OPEN", "housing")
    email = given_a_worker(IVY, role="housing_worker", at="OPEN")
    permit = story.opens(story.worker(), story.person(), at=clock.now())
    form = Form(str(new_id()))
    team.join(permit, who=IVY, why="Finds her a room", agreed="asked", at=clock.now(), form=form)
    return email


def when_they_come_to_the_plan(page: Page, email: str) -> None:
    when_they_sign_in(page, email)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    when_they_look_at_the_plan(page)


def when_they_look_at_the_plan(page: Page) -> None:
    follow(page.get_by_role("link", name="Plan", exact=True))
    then_the_heading_is(page, "Dee Marlowe")


def when_they_refer_her(page: Page, service: str) -> None:
    follow(page.get_by_role("link", name=re.compile("Refer them to a service ?: Home")))
    expect(page.get_by_role("radio", name="Home", exact=True)).to_be_checked()
    page.get_by_label("Which service?").fill(service)
    page.get_by_label("What are they asked for?").fill(ASKED)
    for part, figures in (("Day", "12"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(figures)
    follow(page.get_by_role("button", name="Save the referral"))
    then_it_stands_at(page, service, "Asked")


def when_it_is_said(page: Page, state: str, *, words: str = "") -> None:
    follow(page.get_by_role("link", name=re.compile("Say how far it is ?: A room")))
    page.get_by_label(state, exact=True).check()
    page.get_by_label("A few words").fill(words)
    follow(page.get_by_role("button", name="Save what they answered"))


def then_it_stands_at(page: Page, service: str, state: str) -> None:
    row = page.get_by_role("listitem").filter(has_text=f"{service}: {ASKED}")
    expect(row.locator(".tg-state").first).to_have_text(state)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_nobody_answers_until_the_service_takes_her_on_and_meets_her(
    ravi: str, ivy: str, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch, *, scripts: bool
) -> None:
    page = open_page(width=PHONE, scripts=scripts)
    # Given Ravi refers Dee from her plan, to be answered within a week
    when_they_come_to_the_plan(page, ravi)
    when_they_refer_her(page, "Open Door")
    then_it_is_usable_by_all(page) if scripts else None
    # When nobody has answered by then
    it_is(monkeypatch, "2026-11-13 09:00")
    when_they_come_to_the_plan(page, ravi)
    # Then the plan says so, and somebody is asked to do something about it
    then_it_stands_at(page, "Open Door", "No answer yet")
    follow(page.get_by_role("link", name="Back to the record"))
    when_they_look_at_every_step(page)
    then_a_step_is_asked_for(page, UNANSWERED)
    # When Ivy takes her on, at her own desk
    hers = open_page(scripts=scripts)
    when_they_come_to_the_plan(hers, ivy)
    when_it_is_said(hers, "They take it on", words="I see her on Monday.")
    then_it_stands_at(hers, "Open Door", "They take it on")
    expect(hers.get_by_text("I see her on Monday.")).to_be_visible()
    then_it_is_usable_by_all(hers) if scripts else None
    # Then Ravi has to see that they meet, and nobody has to answer any more
    page.reload()
    expect(page.locator(".tg-steps strong").filter(has_text=UNANSWERED)).to_have_count(0)
    then_a_step_is_asked_for(page, NOT_MET)
    # When they have met, and she has her room
    it_is(monkeypatch, "2026-11-17 09:00")
    when_they_come_to_the_plan(page, ravi)
    when_it_is_said(page, "They have met the person")
    then_it_stands_at(page, "Open Door", "They have met the person")
    when_it_is_said(page, "What was needed is there")
    # Then it stands there as done, and nothing more is asked for it
    then_it_stands_at(page, "Open Door", "What was needed is there")
    expect(page.get_by_role("link", name="Say how far it is")).to_have_count(0)
    then_it_is_usable_by_all(page) if scripts else None


def test_who_cannot_take_part_says_why_and_somebody_else_is_asked(ravi: str, ivy: str, page: Page) -> None:
    # Given Ravi has referred Dee
    when_they_come_to_the_plan(page, ravi)
    when_they_refer_her(page, "Open Door")
    # When they cannot take her, and he forgets to say why
    when_it_is_said(page, "They cannot take part")
    expect(page.get_by_text("Write why").first).to_be_visible()
    then_it_is_usable_by_all(page)
    # Then why is asked for, and stands beside it
    page.get_by_label("A few words").fill("They have no room for three.")
    follow(page.get_by_role("button", name="Save what they answered"))
    then_it_stands_at(page, "Open Door", "They cannot take part")
    expect(page.get_by_text("They have no room for three.")).to_be_visible()
    # And somebody else can be asked for the same
    when_they_refer_her(page, "The council")
    then_it_stands_at(page, "Open Door", "They cannot take part")
    then_it_is_usable_by_all(page)
