"""From a need to a plan: a worker writes down what matters first, why, and what is to be done."""

import re
from collections.abc import Callable
from datetime import timedelta

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
    when_they_open,
    when_they_sign_in,
)
from throughgate.foundation import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ravi() -> str:
    """Works in the prison that holds Dee."""
    story.bring_in(story.document(), as_at=clock.now() - timedelta(days=3))
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")


def when_they_look_at_the_plan(page: Page) -> None:
    follow(page.get_by_role("link", name="Plan", exact=True))
    then_the_heading_is(page, "Dee Marlowe")


def when_they_record(page: Page, sheet: str, *chosen: str, button: str, **typed: str) -> None:
    """A sheet of the plan is opened, filled in and kept; `typed` has labels with _ for a space."""
    follow(page.get_by_role("link", name=sheet, exact=True))
    for label in chosen:
        page.get_by_label(label, exact=True).check()
    for label, words in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(words)
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name=button))


def test_a_need_leads_to_a_goal_of_their_own_and_to_what_is_done_for_it(
    ravi: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(width=PHONE)
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    # Given nothing is on her plan yet
    when_they_look_at_the_plan(page)
    expect(page.get_by_text("Nothing is on the plan that you can see")).to_be_visible()
    then_it_is_usable_by_all(page)
    # When Ravi writes down what started it, and what matters to her
    words = "The winter my mother died."
    when_they_record(
        page, "A reason", "Started it", "Losing somebody", button="Save the reason", In_their_words=words
    )
    expect(page.get_by_text("The reason is on the record")).to_be_visible()
    when_they_record(page, "A need", "Family and children", "High", "It comes first", button="Save the need")
    # Then the plan says what is missing, and suggests what to think of
    when_they_look_at_the_plan(page)
    expect(page.get_by_text("It comes first")).to_be_visible()
    expect(page.get_by_text("No goal that you can see is tied to")).to_be_visible()
    then_it_is_usable_by_all(page)
    # And her goal is tied to her own reason, with something she does for it herself
    follow(page.get_by_role("link", name=re.compile("Write their own goal ?: Contact")))
    expect(page.get_by_label("Family and children")).to_be_checked()
    page.get_by_label("What do they want?").fill("To ring my two every week.")
    page.get_by_label("Losing somebody").check()
    follow(page.get_by_role("button", name="Save the goal"))
    when_they_look_at_the_plan(page)
    expect(page.get_by_text("No goal that you can see is tied to")).to_be_hidden()
    follow(page.get_by_role("link", name="Say what is to be done for it"))
    page.get_by_label("The person themself").check()
    page.get_by_label("What is to be done?").fill("Ask for the numbers.")
    follow(page.get_by_role("button", name="Ask it"))
    when_they_look_at_the_plan(page)
    expect(page.get_by_text("the person themself: Ask for the numbers.").first).to_be_visible()
    then_it_is_usable_by_all(page)


def test_what_does_not_exist_stands_on_the_list_of_whoever_found_it(ravi: str, page: Page) -> None:
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    when_they_look_at_the_plan(page)
    said = {"Where?": "Anywhere", "What_is_not_there?": "No room for three."}
    when_they_record(page, "Something that does not exist", "Home", button="Save what is missing", **said)
    expect(page.get_by_text("Anywhere. No room for three.")).to_be_visible()
    follow(page.get_by_role("link", name="Asked of you", exact=True))
    follow(page.get_by_role("link", name="What does not exist, as your organisation found"))
    then_the_heading_is(page, "What does not exist")
    expect(page.get_by_text("Home. Anywhere. No room for three.")).to_be_visible()
    then_it_is_usable_by_all(page)
