"""A worker's first day: signing in, finding people, reading a record."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_everyone_here,
    when_they_press_twice,
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
DEE, GETHIN = story.DEE, story.GETHIN


@pytest.fixture
def ravi() -> str:
    """Works for Pathlight in Moorland, where Dee and Gethin are."""
    story.organisation("PATH")
    story.bring_in(
        story.document(DEE, alerts=[{"alertType": "H", "alertCode": "HA", "active": True, "expired": False}]),
        story.document(GETHIN, firstName="GETHIN", lastName="PRICE", dateOfBirth="1971-02-03"),
        as_at=story.noon(2),
    )
    story.bring_in(story.document(DEE, conditionalReleaseDate="2027-03-04"), as_at=story.noon(9))
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="PATH", works_in=["MDI"])


@pytest.fixture
def elsewhere() -> str:
    """Works in another prison, which is not concerned with Dee or Gethin."""
    story.organisation("OTHER")
    return given_a_worker("Elsie Where", role="prison_recovery_worker", at="OTHER", works_in=["LEI"])


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_worker_signs_in_finds_somebody_and_reads_their_record(
    ravi: str, open_page: Callable[..., Page], *, scripts: bool
) -> None:
    page = open_page(width=PHONE, scripts=scripts)
    # Given Ravi signs in
    when_they_sign_in(page, ravi)
    # Then his day begins with those who are about to leave, and everyone here is a click away
    then_the_heading_is(page, "Today")
    when_they_look_at_everyone_here(page)
    expect(page.get_by_role("link", name="Gethin Price")).to_be_visible()
    # When he looks for Dee by the beginning of her surname
    page.get_by_label("Name, number or birth date").fill("marl")
    follow(page.get_by_role("button", name="Show"))
    # Then only she is there, and her record opens
    expect(page.get_by_role("link", name="Gethin Price")).to_have_count(0)
    follow(page.get_by_role("link", name="Dee Marlowe"))
    then_the_heading_is(page, "Dee Marlowe")
    expect(page.get_by_text(DEE).first).to_be_visible()
    expect(page.get_by_text("Thu 4 Mar 2027").first).to_be_visible()


def test_every_page_of_a_first_day_is_usable_by_all(ravi: str, page: Page) -> None:
    page.goto("/")
    then_it_is_usable_by_all(page)
    when_they_sign_in(page, ravi)
    then_it_is_usable_by_all(page)
    when_they_look_at_everyone_here(page)
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Dee Marlowe"))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Add a note"))
    then_it_is_usable_by_all(page)
    page.goto("/as/nowhere/")
    then_it_is_usable_by_all(page)


def test_a_record_can_be_reached_by_keyboard_alone(ravi: str, page: Page) -> None:
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the page")
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == "Dee Marlowe":
            break
    page.keyboard.press("Enter")
    then_the_heading_is(page, "Dee Marlowe")


def test_who_is_hidden_and_who_is_not_there_cannot_be_told_apart(
    ravi: str, elsewhere: str, page: Page
) -> None:
    when_they_sign_in(page, elsewhere)
    # Then nobody of Moorland is listed, nor found by name or number
    when_they_look_at_everyone_here(page)
    for sought in ("marlowe", DEE, "4 May 1989"):
        page.get_by_label("Name, number or birth date").fill(sought)
        follow(page.get_by_role("button", name="Show"))
        expect(page.get_by_role("link", name="Dee Marlowe")).to_have_count(0)
    # And her address answers as one that leads nowhere
    here = page.url.split("everyone")[0]
    hidden = page.goto(f"{here}people/{story.person(DEE)}/")
    hidden_text = _without_form_key(page.content())
    absent = page.goto(f"{here}people/01a20000-0000-7000-8000-000000000000/")
    assert hidden is not None
    assert absent is not None
    assert hidden.status == absent.status == 404
    assert hidden_text == _without_form_key(page.content())


def _without_form_key(html: str) -> str:
    """Each page carries a fresh key in its sign-out form, against forged forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


def test_after_signing_out_nothing_of_a_record_comes_back(ravi: str, page: Page) -> None:
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    follow(page.get_by_role("link", name="Dee Marlowe"))
    then_the_heading_is(page, "Dee Marlowe")
    follow(page.get_by_role("button", name="Sign out"))
    page.go_back()
    expect(page.get_by_text("Marlowe")).to_have_count(0)


def test_a_wrong_password_says_what_to_do_and_lets_nobody_in(ravi: str, page: Page) -> None:
    when_they_sign_in(page, ravi, password="not this one")
    then_it_is_usable_by_all(page)
    then_the_heading_is(page, "Sign in")
    page.goto("/hats/")
    then_the_heading_is(page, "Sign in")


def test_a_note_sent_twice_is_one_note(ravi: str, page: Page) -> None:
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    follow(page.get_by_role("link", name="Dee Marlowe"))
    follow(page.get_by_role("link", name="Add a note"))
    page.get_by_label("Plan and appointments").check()
    page.get_by_label("The note").fill("Asked for a ring at ten on Friday.")
    when_they_press_twice(page, "Save the note", then_at=r"/people/[^/]+/\?kept=")
    page.goto(page.url)
    expect(page.get_by_text("Asked for a ring at ten on Friday.")).to_have_count(1)
