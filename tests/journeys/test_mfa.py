"""Passkeys in a real browser, with an authenticator that Chromium plays."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.journeys.steps import (
    follow,
    given_a_worker,
    given_an_authenticator,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _asked(settings: Settings) -> None:
    settings.SECOND_FACTOR = True


def then_they_come_to(page: Page, words: str) -> None:
    """Once the browser has asked its authenticator."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def when_they_sign_out(page: Page) -> None:
    follow(page.get_by_role("button", name="Sign out", exact=True))
    then_the_heading_is(page, "Sign in")


def test_a_worker_adds_a_passkey_and_signs_in_with_it_alone(page: Page) -> None:
    # Given a worker with a password and a computer that holds passkeys
    email = given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")
    given_an_authenticator(page)
    # When they sign in for the first time, and look at their work
    when_they_sign_in(page, email)
    # Then a second thing to sign in with is asked for
    then_the_heading_is(page, "How you sign in")
    expect(page.get_by_text("A password alone opens no record")).to_be_visible()
    then_it_is_usable_by_all(page)
    # When they add a passkey
    follow(page.get_by_role("link", name="Add a passkey"))
    then_it_is_usable_by_all(page)
    page.get_by_label("What do you call it?").fill("Office computer")
    follow(page.get_by_role("button", name="Add a passkey"))
    expect(page.get_by_text("Passkey: Office computer", exact=True)).to_be_visible()
    # Then their work opens
    follow(page.get_by_role("link", name="Go on to your work"))
    then_the_heading_is(page, "Today")
    # When they sign out, and in again with the passkey alone
    when_they_sign_out(page)
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Use a passkey instead"))
    then_they_come_to(page, "Today")
    # And when they sign in with the password, the passkey is asked for after it
    when_they_sign_out(page)
    when_they_sign_in(page, email)
    then_the_heading_is(page, "Show that it is you")
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Use a passkey"))
    then_they_come_to(page, "Today")


def test_a_card_does_the_same_without_scripts_on_a_narrow_screen(open_page: Callable[..., Page]) -> None:
    page = open_page(width=360, scripts=False)
    email = given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")
    when_they_sign_in(page, email)
    follow(page.get_by_role("button", name="Make a new card"))
    then_the_heading_is(page, "A card of codes")
    code = page.locator("ol code").first.inner_text()
    assert re.fullmatch(r"\w{4} \w{4}", code)
    follow(page.get_by_role("link", name="Go on"))
    follow(page.get_by_role("button", name="Sign out", exact=True))
    when_they_sign_in(page, email)
    page.get_by_label("A code").fill(code)
    follow(page.get_by_role("button", name="Go on"))
    then_the_heading_is(page, "Today")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    follow(page.get_by_role("link", name="How you sign in"))
    follow(page.get_by_role("link", name="Add an app on a telephone"))
    then_the_heading_is(page, "Add an app on a telephone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
