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
    ola: str, sol: str, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
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
    # And so she does, beside somebody she knows
    it_is(monkeypatch, "2026-11-05 07:10")
    ravi = given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")
    then_her_book_names(open_page(width=PHONE), ravi, "This was an emergency.", is_there=True)


def test_where_telling_is_not_safe_it_waits_for_the_day_that_somebody_chose(
    ola: str, sol: str, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given Ola opened Dee's record in an emergency, and Sol looks into it
    page = open_page(width=PHONE)
    when_they_sign_in(page, ola)
    when_they_open_dee_in_an_emergency(page)
    page = open_page(scripts=False)
    when_they_sign_in(page, sol)
    when_they_go_to(page, "How records are used")
    follow(page.get_by_role("table", name="Alerts").get_by_role("link"))
    # When he finds a mistake that Dee cannot be told of now, and says neither why nor until when
    page.get_by_label("It was a mistake.").check()
    page.get_by_label("How do you know?").fill("She meant her sister.")
    page.get_by_label("Not now: telling them would put somebody in danger").check()
    follow(page.get_by_role("button", name="Save the answer"))
    # Then both are asked for, each where it is typed, and nothing is lost
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("How do you know?")).to_have_value("She meant her sister.")
    expect(page.get_by_label("Not now: telling them would put somebody in danger")).to_be_checked()
    # When he says both
    page.get_by_label("If telling them is not safe now: why?").fill("Her sister reads her post.")
    when_they_type_a_day(page, "12", "11", "2026")
    follow(page.get_by_role("button", name="Save the answer"))
    expect(page.get_by_text("Nothing waits for an answer")).to_be_visible()
    # Then Dee's book says nothing of it; on that day it comes back, and is said to her unless he answers anew
    ravi = given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")
    then_her_book_names(open_page(width=PHONE), ravi, "This was an emergency.", is_there=False)
    it_is(monkeypatch, "2026-11-12 09:00")
    page = open_page()
    when_they_sign_in(page, sol)
    when_they_go_to(page, "How records are used")
    expect(page.get_by_role("table", name="Alerts")).to_contain_text("ask again")
    follow(page.get_by_role("table", name="Alerts").get_by_role("link"))
    expect(page.get_by_text("Her sister reads her post.").first).to_be_visible()
    page.get_by_label("It was a mistake.").check()
    page.get_by_label("How do you know?").fill("Her sister has moved.")
    page.get_by_label("Somebody has told them").check()
    follow(page.get_by_role("button", name="Save the answer"))
    expect(page.get_by_text("Nothing waits for an answer")).to_be_visible()
    then_her_book_names(open_page(width=PHONE), ravi, "This was an emergency.", is_there=True)


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


def test_a_look_that_would_put_a_child_in_danger_is_not_shown_until_the_day_agreed(
    open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    gus = given_a_worker("Gus Calendar", role="safer_custody", at="MDI")
    sol = given_a_worker("Sol Padlock", role="information_governance", at="MDI")
    # Given Gus asks that Dee is not shown that he looked
    page = open_page(width=PHONE)
    when_they_sign_in(page, gus)
    when_they_ask_that_dee_is_not_shown_their_look(page)
    expect(page.get_by_text("You asked on Thu 5 Nov 2026, and nobody has answered yet.")).to_be_visible()
    then_it_is_usable_by_all(page)
    # When Sol reads why
    it_is(monkeypatch, "2026-11-05 07:10")
    checking = open_page(width=PHONE)
    when_they_sign_in(checking, sol)
    when_they_go_to(checking, "How records are used")
    follow(checking.get_by_role("table", name="Alerts").get_by_role("link"))
    for words in ("Gus Calendar", "Dee Marlowe", "The child's address would be guessed."):
        expect(checking.get_by_text(words).first).to_be_visible()
    # And agrees, but says a day that is none, each sentence stands beside what he typed
    when_they_agree_until(checking, "31", "11", "2026")
    expect(checking.get_by_label("Day", exact=True)).to_have_value("31")
    expect(checking.get_by_role("alert").get_by_role("link")).to_have_count(1)
    then_it_is_usable_by_all(checking)
    when_they_agree_until(checking, "1", "12", "2026")
    # Then nothing waits, and what he found stands among what was decided
    expect(checking.get_by_text("Nothing waits for an answer")).to_be_visible()
    follow(checking.get_by_role("link", name="Decided"))
    expect(checking.get_by_role("table", name="Alerts")).to_contain_text("for now these looks are not shown")
    then_it_is_usable_by_all(checking)
    # And Gus reads until when Dee is not shown it
    page.reload()
    expect(page.get_by_text("the person is not shown that you looked until Tue 1 Dec 2026")).to_be_visible()
    # And on the record Sol sees the look, and that it is not shown
    when_they_look_at_everyone_here(checking)
    when_they_open(checking, "Dee Marlowe")
    follow(checking.get_by_role("link", name="Who looked"))
    expect(checking.get_by_text("The person is not shown this for now.").first).to_be_visible()
    then_it_is_usable_by_all(checking)
    # And Dee, beside Ravi, does not; on that day it comes back to Sol, and she does
    ravi = given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")
    book = open_page(width=PHONE)
    then_her_book_names(book, ravi, "Safer custody", is_there=False)
    it_is(monkeypatch, "2026-12-01 09:00")
    checking = open_page(width=PHONE)
    when_they_sign_in(checking, sol)
    when_they_go_to(checking, "How records are used")
    expect(checking.get_by_role("table", name="Alerts")).to_contain_text("ask again")
    then_her_book_names(open_page(width=PHONE), ravi, "Safer custody", is_there=True)


def when_they_ask_that_dee_is_not_shown_their_look(page: Page) -> None:
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    follow(page.get_by_role("link", name="Ask that your look is not shown"))
    then_it_is_usable_by_all(page)
    page.get_by_role("radio").first.check()
    page.get_by_label("What could happen if they knew?").fill("The child's address would be guessed.")
    follow(page.get_by_role("button", name="Ask", exact=True))


def when_they_agree_until(page: Page, *day: str) -> None:
    page.get_by_label("Agreed: for now these looks are not shown").check()
    page.get_by_label("How do you know?").fill("Children's services know who asks for them.")
    when_they_type_a_day(page, *day)
    follow(page.get_by_role("button", name="Save the answer"))


def when_they_type_a_day(page: Page, day: str, month: str, year: str) -> None:
    for label, typed in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(label, exact=True).fill(typed)


def then_her_book_names(page: Page, ravi: str, role: str, *, is_there: bool) -> None:
    """Opened beside Ravi, under who looked."""
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    follow(page.get_by_role("link", name="Their own book"))
    follow(page.get_by_role("button", name="They sit beside me: open it"))
    follow(page.get_by_role("link", name="Who looked", exact=True))
    then_the_heading_is(page, "Who looked")
    expect(page.get_by_text(role)).to_have_count(1 if is_there else 0)
