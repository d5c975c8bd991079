"""A session that is about to end says so, and one that ended too soon keeps what was typed."""

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from tests.journeys.steps import follow, given_a_worker, press, then_it_is_usable_by_all, when_they_sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_is_warned_and_says_that_they_are_still_there(page: Page) -> None:
    # Given somebody signed in, whose session lasts half an hour
    email = given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")
    page.clock.install()
    when_they_sign_in(page, email)
    warning = page.get_by_text("You are signed out in three minutes")
    expect(warning).to_be_hidden()
    # When they do nothing for twenty-seven minutes
    page.clock.fast_forward("27:01")
    # Then they are warned
    expect(warning).to_be_visible()
    then_it_is_usable_by_all(page)
    # And when they say that they are still there, it goes
    press(page.get_by_role("button", name="I am still here"))
    expect(warning).to_be_hidden()


def test_what_was_typed_too_late_is_sent_on_after_signing_in(plain_page: Page) -> None:
    # Given an administrator who is typing an invitation
    email = given_a_worker("Max Turnkey", role="administrator", at="MDI")
    when_they_sign_in(plain_page, email)
    follow(plain_page.get_by_role("link", name="Invite a worker"))
    plain_page.get_by_label("Their name").fill("Bea Doorbell")
    # When their session ends before they press the button
    with connection.cursor() as cursor:
        cursor.execute("UPDATE staff_session SET expire_date = expire_date - interval '1 hour'")
    follow(plain_page.get_by_role("button", name="Make the code"))
    # Then they sign in where they are
    plain_page.get_by_label("Email").fill(email)
    plain_page.get_by_label("Password").fill("a lantern by the gate")
    follow(plain_page.get_by_role("button", name="Sign in"))
    # And send on what they had typed
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Nothing you typed is lost")
    follow(plain_page.get_by_role("button", name="Send it now"))
    expect(plain_page.get_by_label("Their name")).to_have_value("Bea Doorbell")


def test_after_signing_out_the_back_button_shows_no_record(page: Page) -> None:
    # Given somebody who looked at their work
    email = given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")
    when_they_sign_in(page, email)
    follow(page.get_by_role("navigation", name="Places to go").get_by_role("link", name="Everyone here"))
    # When they sign out and somebody else presses the back button
    follow(page.get_by_role("button", name="Sign out", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.go_back()
    # Then they see nothing but the way in
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    kept = page.evaluate("Promise.all([caches.keys(), localStorage.length, sessionStorage.length])")
    assert kept == [[], 0, 0]
