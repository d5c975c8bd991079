"""An administrator invites somebody, who signs in, changes their password, and is seen among the workers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    PASSWORD,
    follow,
    given_a_worker,
    press,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
BEA = "bea@example.org"
OTHER = "four walls and a window"


def when_they_invite_bea(page: Page) -> str:
    """Returns the code to give her."""
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Invite a worker"))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Make the code"))
    expect(page.get_by_text("Say who it is for").first).to_be_visible()
    then_it_is_usable_by_all(page)
    page.get_by_label("Their name").fill("Bea Doorbell")
    page.get_by_label("Their e-mail address at work").fill(BEA)
    page.get_by_label("What will they do?").select_option("Prison recovery worker")
    page.get_by_label("In which team?").fill("Day team")
    follow(page.get_by_role("button", name="Make the code"))
    then_the_heading_is(page, "A code to give them")
    then_it_is_usable_by_all(page)
    return page.locator(".tg-lead strong").inner_text()


def when_she_takes_it_up(page: Page, code: str) -> None:
    page.goto("/invitation/")
    then_it_is_usable_by_all(page)
    page.get_by_label("The code").fill(code)
    page.get_by_label("A password", exact=True).fill(PASSWORD)
    page.get_by_label("The password once more").fill("something else altogether")
    follow(page.get_by_role("button", name="Go on to sign in"))
    expect(page.get_by_text("The two passwords were not the same.").first).to_be_visible()
    then_it_is_usable_by_all(page)
    page.get_by_label("A password", exact=True).fill(PASSWORD)
    page.get_by_label("The password once more").fill(PASSWORD)
    follow(page.get_by_role("button", name="Go on to sign in"))
    then_the_heading_is(page, "Sign in")


def when_she_changes_her_password(page: Page) -> None:
    page.goto("/sign-in/mine/")
    then_the_heading_is(page, "How you sign in")
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Change your password"))
    then_it_is_usable_by_all(page)
    page.get_by_label("The password you have").fill(PASSWORD)
    page.get_by_label("A new password").fill(OTHER)
    page.get_by_label("The new password once more").fill(OTHER)
    follow(page.get_by_role("button", name="Change it"))
    then_the_heading_is(page, "How you sign in")


def test_bea_is_invited_comes_in_and_chooses_a_password_of_her_own(open_page: Callable[..., Page]) -> None:
    # Given Max, who looks after the accounts
    max_ = open_page(width=PHONE)
    when_they_sign_in(max_, given_a_worker("Max Switch", role="administrator", at="MDI"))
    # When he invites Bea, and she takes it up
    code = when_they_invite_bea(max_)
    bea = open_page(width=PHONE)
    when_she_takes_it_up(bea, code)
    when_they_sign_in(bea, BEA)
    # And changes her password, and signs in with the new one
    when_she_changes_her_password(bea)
    follow(bea.get_by_role("button", name="Sign out", exact=True).first)
    then_the_heading_is(bea, "Sign in")
    when_they_sign_in(bea, BEA, password=OTHER)
    then_the_heading_is(bea, "Today")
    # Then Max sees her among the workers, and what he can do
    follow(max_.get_by_role("link", name="Workers").first)
    expect(max_.get_by_text("Bea Doorbell").first).to_be_visible()
    press(max_.locator("summary").filter(has_text="Bea Doorbell"))
    expect(max_.get_by_role("button", name="End this post now : Bea Doorbell")).to_be_visible()
    then_it_is_usable_by_all(max_)
    follow(max_.get_by_role("button", name="Print a card of codes : Bea Doorbell"))
    then_the_heading_is(max_, "A card of codes")
    then_it_is_usable_by_all(max_)
