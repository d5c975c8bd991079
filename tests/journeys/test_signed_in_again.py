"""A session ends while somebody types: they sign in there, and whoever does so instead sees nothing of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.steps import (
    PASSWORD,
    follow,
    given_a_worker,
    press,
    then_the_heading_is,
    when_they_look_at_everyone_here,
    when_they_open,
    when_they_record,
)
from throughgate.foundation import clock

pytestmark = pytest.mark.django_db(transaction=True)
SOONER = "She said that nights are worst."
LATER = f"{SOONER} And that she is afraid of the first one."
# What is recorded, the control that is typed into, the button, and what else has to be said.
SHEETS = {
    "A note": ("The note", "Save the note", ()),
    "A message to the team": ("The message", "Send the message", ("Plan and appointments", "The whole team")),
    "A goal": ("What do they want?", "Save the goal", ("Home", "The person", "They agree")),
}


@pytest.fixture
def ravi() -> str:
    story.bring_in(story.document(), as_at=clock.now() - timedelta(days=3))
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")


def when_their_session_ends() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE staff_session SET expire_date = expire_date - interval '1 hour'")


def when_they_sign_in_here(page: Page, email: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in", exact=True))


def given_they_look_at_dee(page: Page, email: str) -> None:
    page.goto("/")
    when_they_sign_in_here(page, email)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")


def given_they_type(page: Page, what: str) -> None:
    control, _button, chosen = SHEETS[what]
    when_they_record(page, what)
    for each in chosen:
        page.get_by_label(each, exact=True).first.check()
    page.get_by_label(control, exact=True).fill(SOONER)


def when_a_draft_is_tried_too_late(page: Page, control: str) -> None:
    """They go on typing, and the script that keeps drafts is sent to where one signs in."""
    with page.expect_event("requestfailed", lambda asked: asked.method == "POST"):
        page.get_by_label(control, exact=True).fill(LATER)


@pytest.mark.parametrize("what", SHEETS)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_was_typed_until_the_last_moment_is_sent_on(
    ravi: str, what: str, open_page: Callable[..., Page], *, scripts: bool
) -> None:
    control, button, _chosen = SHEETS[what]
    page = open_page(scripts=scripts)
    given_they_look_at_dee(page, ravi)
    given_they_type(page, what)
    # When their session ends, and they type on
    when_their_session_ends()
    if scripts:
        when_a_draft_is_tried_too_late(page, control)
    page.get_by_label(control, exact=True).fill(LATER)
    follow(page.get_by_role("button", name=button))
    # Then they sign in there, send it on, and all of it is kept
    when_they_sign_in_here(page, ravi)
    then_the_heading_is(page, "Nothing you typed is lost")
    follow(page.get_by_role("button", name="Send it now"))
    then_the_heading_is(page, "Dee Marlowe")
    expect(page.get_by_text(LATER).first).to_be_visible()


def test_questions_that_were_answered_too_late_are_sent_on(ravi: str, page: Page) -> None:
    given_they_look_at_dee(page, ravi)
    follow(page.get_by_role("link", name="Ask and note"))
    follow(page.get_by_role("button", name=re.compile("Begin ?: ")).first)
    picks = page.locator(".tg-picks").first.locator("label")
    press(picks.nth(0))
    when_their_session_ends()
    with page.expect_event("requestfailed", lambda asked: asked.method == "POST"):
        press(picks.nth(1))
    answer = page.locator(".tg-picks input:checked").last
    name, value = answer.get_attribute("name"), answer.get_attribute("value")
    follow(page.get_by_role("button", name="Save and go on").last)
    when_they_sign_in_here(page, ravi)
    then_the_heading_is(page, "Nothing you typed is lost")
    expect(page.locator(f"[name={name}]").last).to_have_value(str(value))
    follow(page.get_by_role("button", name="Send it now"))
    then_the_heading_is(page, "Dee Marlowe")


def test_who_signs_in_instead_sees_nothing_of_what_was_typed(
    ravi: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    bea = given_a_worker("Bea Doorbell", role="prison_recovery_worker", at="MDI")
    given_they_look_at_dee(page, ravi)
    given_they_type(page, "A note")
    when_their_session_ends()
    when_a_draft_is_tried_too_late(page, "The note")
    follow(page.get_by_role("button", name="Save the note"))
    # When Bea signs in at that desk
    when_they_sign_in_here(page, bea)
    # Then she begins with her own day, and finds it nowhere: not at its address, going back, or in the sheet
    then_the_heading_is(page, "Today")
    page.goto("/sign-in/unsent/")
    then_the_heading_is(page, "Today")
    for _step in range(4):
        page.go_back()
        assert "afraid of the first one" not in page.content()
    page.goto("/")
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    when_they_record(page, "A note")
    expect(page.get_by_label("The note", exact=True)).to_have_value("")


def test_who_signed_in_again_in_another_tab_loses_nothing_in_this_one(ravi: str, page: Page) -> None:
    given_they_look_at_dee(page, ravi)
    given_they_type(page, "A note")
    when_their_session_ends()
    # Given they signed in again in another tab
    other = page.context.new_page()
    other.goto("/")
    when_they_sign_in_here(other, ravi)
    then_the_heading_is(other, "Today")
    # When they save what they had typed in this one
    page.get_by_label("The note", exact=True).fill(LATER)
    follow(page.get_by_role("button", name="Save the note"))
    # Then it waits for them to send it on
    then_the_heading_is(page, "Nothing you typed is lost")
    follow(page.get_by_role("button", name="Send it now"))
    expect(page.get_by_text(LATER).first).to_be_visible()


def test_who_signed_in_instead_in_another_tab_is_not_handed_it(ravi: str, page: Page) -> None:
    bea = given_a_worker("Bea Doorbell", role="prison_recovery_worker", at="MDI")
    given_they_look_at_dee(page, ravi)
    given_they_type(page, "A note")
    when_their_session_ends()
    other = page.context.new_page()
    other.goto("/")
    when_they_sign_in_here(other, bea)
    follow(page.get_by_role("button", name="Save the note"))
    then_the_heading_is(page, "This needs a fresh start")
    other.goto("/sign-in/unsent/")
    then_the_heading_is(other, "Today")
