"""A record opened in an emergency, and what comes of it with those who check how records are used."""

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
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_everyone_here,
    when_they_open,
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
WHAT = "Found on the floor of the bus station, hardly breathing."


@pytest.fixture(autouse=True)
def dee(monkeypatch: pytest.MonkeyPatch) -> None:
    """In Moorland."""
    it_is(monkeypatch, "2026-11-05 07:00")
    the_prison_says(story.document(), as_at="2026-11-04 22:00")
    story.organisation("FAR")


@pytest.fixture
def ola() -> str:
    """A prescriber far away, who has nothing to do with Dee."""
    return given_a_worker("Ola Stamp", role="community_prescriber", at="FAR")


@pytest.fixture
def sol() -> str:
    """Who checks how records are used, there."""
    return given_a_worker("Sol Padlock", role="information_governance", at="FAR")


def when_they_go_to(page: Page, place: str) -> None:
    follow(page.get_by_role("navigation", name="Places to go").get_by_role("link", name=place))


def when_they_open_dee_in_an_emergency(page: Page) -> None:
    when_they_go_to(page, "Emergency")
    then_it_is_usable_by_all(page)
    page.get_by_label("A number").fill(story.DEE)
    follow(page.get_by_role("button", name="Look for them"))
    then_the_heading_is(page, "Step 2 of 2: why?")
    expect(page.get_by_text("Dee Marlowe")).to_have_count(0)
    then_it_is_usable_by_all(page)
    page.get_by_label("Their life is in danger").check()
    page.get_by_label("What has happened?").fill(WHAT)
    follow(page.get_by_role("button", name="Open the record"))
    then_the_heading_is(page, "Dee Marlowe")


def test_a_record_opens_in_two_steps_says_so_on_paper_too_and_is_shut_again(
    ola: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(width=PHONE)
    # Given Ola is called to somebody nobody here knows
    when_they_sign_in(page, ola)
    # When she finds her by the number on her wrist, and says why
    when_they_open_dee_in_an_emergency(page)
    # Then each page of the record says on what it stands, on a screen and on paper
    told = page.get_by_text("Open in an emergency until Thu 5 Nov 2026, 11:00")
    expect(told).to_be_visible()
    then_it_is_usable_by_all(page)
    page.emulate_media(media="print")
    expect(told).to_be_visible()
    expect(page.get_by_role("navigation", name="Places to go")).to_be_hidden()
    page.emulate_media(media="screen")
    # And when she closes it, it is no longer there
    address = page.url
    follow(page.get_by_role("button", name="End it now"))
    then_the_heading_is(page, "Open in an emergency")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    then_it_is_usable_by_all(page)


def test_without_scripts_a_number_with_a_slip_finds_nobody_and_stays_typed(
    ola: str, plain_page: Page
) -> None:
    when_they_sign_in(plain_page, ola)
    when_they_go_to(plain_page, "Emergency")
    plain_page.get_by_label("A number").fill("A9999ZZ")
    follow(plain_page.get_by_role("button", name="Look for them"))
    expect(plain_page.get_by_text("Nobody has these details. Check each of them.").first).to_be_visible()
    expect(plain_page.get_by_label("A number")).to_have_value("A9999ZZ")


def test_somebody_asks_why_and_says_how_the_person_is_told(
    ola: str, sol: str, open_page: Callable[..., Page]
) -> None:
    # Given Ola has opened Dee's record in an emergency
    page = open_page(width=PHONE)
    when_they_sign_in(page, ola)
    when_they_open_dee_in_an_emergency(page)
    # When Sol looks at how records are used
    page = open_page(width=PHONE)
    when_they_sign_in(page, sol)
    when_they_go_to(page, "How records are used")
    # Then an alert waits, with a number and no name
    expect(page.get_by_role("table", name="Alerts")).to_contain_text("A record was opened in an emergency")
    expect(page.get_by_text("Dee Marlowe")).to_have_count(0)
    then_it_is_usable_by_all(page)
    # When he opens it, he reads who, whose record, why, and what they looked at
    follow(page.get_by_role("table", name="Alerts").get_by_role("link"))
    for words in ("Ola Stamp", "Dee Marlowe", WHAT, "in an emergency"):
        expect(page.get_by_text(words).first).to_be_visible()
    then_it_is_usable_by_all(page)
    # And when he forgets half, he is told beside what he typed
    page.get_by_label("How do you know?").fill("The ambulance wrote down the same.")
    follow(page.get_by_role("button", name="Save the answer"))
    expect(page.get_by_text("Choose what you found.").first).to_be_visible()
    then_it_is_usable_by_all(page)
    # Then he finds it in order, and Dee sees it in her own book
    page.get_by_label("It was right to do").check()
    page.get_by_label("They see it in their own book").check()
    follow(page.get_by_role("button", name="Save the answer"))
    expect(page.get_by_text("Nothing waits for an answer")).to_be_visible()
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Decided"))
    follow(page.get_by_role("table", name="Alerts").get_by_role("link"))
    page.emulate_media(media="print")
    expect(page.get_by_text("The ambulance wrote down the same.")).to_be_visible()
    expect(page.get_by_role("button", name="Save the answer")).to_have_count(0)


def test_what_is_too_near_is_closed_by_whoever_says_so(open_page: Callable[..., Page]) -> None:
    ravi = given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")
    page = open_page(width=PHONE)
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    # When Ravi is there to keep her safe, and says so, each page of her record does
    follow(page.get_by_role("link", name="Open it for another purpose"))
    then_the_heading_is(page, "Dee Marlowe")
    then_it_is_usable_by_all(page)
    page.get_by_label("Keeping somebody safe").check()
    follow(page.get_by_role("button", name="Open it for this"))
    expect(page.get_by_role("heading", name="Open for: Keeping somebody safe")).to_be_visible()
    # And when he sees that it is his cousin
    follow(page.get_by_role("link", name="Is this record too near to you?"))
    then_it_is_usable_by_all(page)
    page.get_by_label("They are family").check()
    follow(page.get_by_role("button", name="Close it to me"))
    # Then it is closed, and stands among what he has said
    then_the_heading_is(page, "Records too near to you")
    expect(page.get_by_text("A record of your family").first).to_be_visible()
    then_it_is_usable_by_all(page)
    when_they_look_at_everyone_here(page)
    expect(page.get_by_text("Dee Marlowe")).to_have_count(0)


def test_a_look_that_would_put_a_child_in_danger_is_asked_not_to_be_shown(
    open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    gus = given_a_worker("Gus Calendar", role="safer_custody", at="MDI")
    sol = given_a_worker("Sol Padlock", role="information_governance", at="MDI")
    page = open_page(width=PHONE)
    when_they_sign_in(page, gus)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    follow(page.get_by_role("link", name="Ask that your look is not shown"))
    then_it_is_usable_by_all(page)
    page.get_by_role("radio").first.check()
    page.get_by_label("What could happen if they knew?").fill("The child's address would be guessed.")
    follow(page.get_by_role("button", name="Ask", exact=True))
    then_the_heading_is(page, "Dee Marlowe")
    # When Sol opens the record later to see who looked
    it_is(monkeypatch, "2026-11-05 08:00")
    page = open_page(width=PHONE)
    when_they_sign_in(page, sol)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    follow(page.get_by_role("link", name="Who looked"))
    # Then he sees the look, and that it is not shown
    expect(page.get_by_text("The person is not shown this for now.").first).to_be_visible()
    then_it_is_usable_by_all(page)
