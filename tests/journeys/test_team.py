"""The team around somebody: a peer, a housing worker, a work coach and an officer at their pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    press,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_everyone_here,
    when_they_open,
    when_they_sign_in,
)
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.record.rules import Form
from throughgate.staff import queries as staff
from throughgate.team import actions as team
from throughgate.team.rules import Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ravi() -> str:
    """Works in the prison that holds Dee."""
    story.bring_in(story.document(), as_at=clock.now() - timedelta(days=3))
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")


def form() -> Form:
    return Form(str(new_id()))


def permit() -> Permit:
    return story.opens(story.worker(), story.person(), at=clock.now())


def given_they_are_on_her_team(name: str, *, role: str, at: str, kind: str) -> str:
    """And are asked something; returns the address they sign in with."""
    story.organisation(at, kind)
    email = given_a_worker(name, role=role, at=at)
    team.join(permit(), who=name, why="Asked for by her", agreed="asked", at=clock.now(), form=form())
    (hat,) = staff.named(name, on=clock.today())
    team.ask(permit(), Task(post_id=hat.post_id, text="Find her a coat."), at=clock.now(), form=form())
    return email


def test_a_peer_joins_and_finds_what_is_asked_of_him(ravi: str, open_page: Callable[..., Page]) -> None:
    story.organisation("STEP", "peer_support")
    kofi = given_a_worker("Kofi Footpath", role="peer_mentor", at="STEP")
    page = open_page(width=PHONE)
    # Given Dee wants Kofi with her, and Ravi writes that he joins
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    follow(page.get_by_role("link", name="Team", exact=True))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Somebody joins the team"))
    page.get_by_label("Who joins?").fill("Kofi Footpath")
    page.get_by_label("What for?").fill("Meets her at the gate.")
    page.get_by_label("They asked for it themselves").check()
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Save who joins"))
    expect(page.get_by_text("Who joined the team is on the record")).to_be_visible()
    # And asks him something
    follow(page.get_by_role("link", name="Team", exact=True))
    follow(page.get_by_role("link", name="Something to do, and who does it"))
    page.get_by_label("Kofi Footpath").check()
    page.get_by_label("What is to be done?").fill("Find her a coat.")
    follow(page.get_by_role("button", name="Ask it"))
    # When Kofi signs in
    his = open_page(width=PHONE)
    when_they_sign_in(his, kofi)
    follow(his.get_by_role("link", name="Asked of you", exact=True))
    then_the_heading_is(his, "Asked of you")
    expect(his.get_by_text("Find her a coat.")).to_be_visible()
    then_it_is_usable_by_all(his)
    # Then he says that it is done, and it stands there no more
    when_they_open(his, "Dee Marlowe")
    follow(his.get_by_role("link", name="Say how far it is"))
    his.get_by_label("Done", exact=True).check()
    follow(his.get_by_role("button", name="Save what became of it"))
    follow(his.get_by_role("link", name="Asked of you", exact=True))
    expect(his.get_by_text("Nothing is asked of you")).to_be_visible()


@pytest.mark.parametrize(
    "who",
    [
        {"name": "Ivy Keyring", "role": "housing_worker", "at": "OPEN", "kind": "housing"},
        {"name": "Win Ladder", "role": "work_coach", "at": "JOBS", "kind": "jobcentre"},
    ],
    ids=lambda who: who["role"],
)
def test_whoever_works_outside_sees_her_through_the_team_alone(
    ravi: str, page: Page, who: dict[str, str]
) -> None:
    # Given Dee wants them with her
    email = given_they_are_on_her_team(**who)
    # When they sign in
    when_they_sign_in(page, email)
    then_the_heading_is(page, "Today")
    # Then what is asked of them stands there, and leads to her
    follow(page.get_by_role("link", name="1 thing is asked of you"))
    when_they_open(page, "Dee Marlowe")
    expect(page.get_by_text("Asked for by her")).to_be_visible()
    then_it_is_usable_by_all(page)


def test_an_officer_reads_what_helps_before_responding(ravi: str, open_page: Callable[..., Page]) -> None:
    # Given Dee has said what helps when she asks again and again
    words = "Tell me when you will be back."
    team.wish(permit(), sign="asks_again", text=words, at=clock.now(), form=form())
    officer = given_a_worker("Una Wing", role="prison_officer", at="MDI", team="B wing")
    page = open_page(width=PHONE)
    when_they_sign_in(page, officer)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    # When the officer looks before responding
    follow(page.get_by_role("link", name="Before you respond: what helps"))
    # Then her own words stand beside what helps anybody
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("Say what you will do and when you will be back")).to_be_visible()
    then_it_is_usable_by_all(page)


def test_what_may_be_hard_to_read_opens_with_a_click(ravi: str, page: Page) -> None:
    # Given a note that speaks of violence
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    follow(page.get_by_role("link", name="Add a note"))
    page.get_by_label("Plan and appointments").check()
    page.get_by_label("The note").fill("He hit her.")
    follow(page.get_by_role("button", name="Save the note"))
    # When somebody says what it speaks of
    follow(page.get_by_role("link", name="Add beside it").first)
    page.get_by_label("violence", exact=True).check()
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Show it closed"))
    # Then it is closed until it is opened
    expect(page.get_by_text("He hit her.")).to_be_hidden()
    then_it_is_usable_by_all(page)
    press(page.locator("summary", has_text="It speaks of violence."))
    expect(page.get_by_text("He hit her.")).to_be_visible()
