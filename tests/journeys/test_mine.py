"""A person opens their own book on a machine that others use, and leaves nothing behind."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_an_authenticator,
    it_is,
    the_prison_says,
    then_it_is_usable_by_all,
)
from throughgate.book import actions as book
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pathway import actions as pathway
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "lantern by the gate"
CANARY = "Dr Canary"


@pytest.fixture
def ravi(monkeypatch: pytest.MonkeyPatch) -> Permit:
    """Ravi has Dee's record open; she sees a prescriber in a week."""
    it_is(monkeypatch, "2026-11-05 09:00")
    the_prison_says(story.document(), as_at="2026-11-04 22:00")
    permit = story.opens(story.worker(), story.person(), at=clock.now())
    with pathway.in_step(permit):
        meeting = Meeting("prescriber", CANARY, "High Street")
        on = clock.today().replace(day=12)
        referral.book(permit, meeting, on=on, at_time=None, form=Form(str(new_id())))
    return permit


@pytest.fixture
def code(ravi: Permit) -> str:
    """Dee chose a word beside Ravi, and was given a slip."""
    visit = book.visit(book.open_beside(ravi), at=clock.now())
    assert visit
    book.choose_word(ravi, visit, WORD)
    return book.give_code(ravi).code


def when_she_opens_it(page: Page, code: str) -> None:
    page.goto("/mine/")
    page.get_by_label("Your code").fill(code.lower())
    for label, typed in (("Day", "4"), ("Month", "5"), ("Year", "1989")):
        page.get_by_label(label, exact=True).fill(typed)
    follow(page.get_by_role("button", name="Open"))
    expect(page.get_by_role("heading", level=1, name="My next things")).to_be_visible()


def when_she_says_her_word(page: Page) -> None:
    follow(page.get_by_role("link", name="Open the rest with my word"))
    page.get_by_label("Your word").fill(WORD)
    follow(page.get_by_role("button", name="Open"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_she_opens_her_book_on_a_borrowed_phone_and_tells_how_she_is(
    code: str, ravi: Permit, open_page: Callable[..., Page], *, scripts: bool
) -> None:
    page = open_page(width=PHONE, scripts=scripts)
    # Given a slip and her birth date: paper shows the day, and not with whom
    when_she_opens_it(page, code)
    expect(page.get_by_text("Thursday 12 November").first).to_be_visible()
    expect(page.get_by_text(CANARY)).to_have_count(0)
    # When she says her word, the rest opens
    when_she_says_her_word(page)
    for name in (
        "My plan",
        "My story",
        "My answers",
        "Tell someone",
        "What was written",
        "Who can see what",
        "Who looked",
        "My copy",
    ):
        follow(page.get_by_role("link", name=name, exact=True).first)
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        then_it_is_usable_by_all(page) if scripts else None
    # And she writes, in large letters and her own words
    follow(page.get_by_role("button", name="Larger letters"))
    follow(page.get_by_role("link", name="My story", exact=True).first)
    follow(page.get_by_role("link", name=re.compile("Write ?: What worries me")))
    page.get_by_label("Your words").fill("I sing")
    then_it_is_usable_by_all(page) if scripts else None
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("I sing")).to_be_visible()
    # And answers what she likes of what has changed
    follow(page.get_by_role("link", name="My answers", exact=True).first)
    follow(page.get_by_role("button", name=re.compile("Begin ?: What has changed")))
    page.get_by_label("My home").check()
    then_it_is_usable_by_all(page) if scripts else None
    follow(page.get_by_role("button", name="Save and go on").last)
    expect(page.get_by_text("What has changed since we last spoke?")).to_be_visible()
    expect(page.get_by_text("My home")).to_be_visible()
    then_it_is_usable_by_all(page) if scripts else None
    follow(page.get_by_role("button", name="That is all for now"))
    # And tells the one worker she knows
    follow(page.get_by_role("link", name="Tell someone", exact=True).first)
    page.get_by_label("I am struggling").check()
    page.get_by_label("Only A prison recovery worker").check()
    follow(page.get_by_role("button", name="Tell them"))
    expect(page.get_by_text("No answer yet.")).to_be_visible()


def test_after_she_leaves_nothing_is_left_in_the_browser(code: str, page: Page) -> None:
    # Given she has read who she sees
    when_she_opens_it(page, code)
    then_it_is_usable_by_all(page)
    when_she_says_her_word(page)
    follow(page.get_by_role("link", name="My plan", exact=True).first)
    expect(page.get_by_text(CANARY).first).to_be_visible()
    # When she leaves in a hurry
    follow(page.get_by_role("button", name="Leave this page now"))
    # Then a harmless page stands there, which says nothing of hers
    expect(page.get_by_role("heading", level=1, name="Bank holidays")).to_be_visible()
    then_it_is_usable_by_all(page)
    # And no cookie, nothing stored, and no way back
    assert [each["name"] for each in page.context.cookies() if each["name"].startswith("book")] == []
    stored = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,"
        " (await indexedDB.databases()).length]"
    )
    assert stored == [0, 0, 0, 0]
    for _ in range(4):
        page.go_back()
        assert CANARY not in page.content()
    page.goto("/mine/plan/")
    expect(page.get_by_role("heading", level=1, name="Open your steps")).to_be_visible()
    then_it_is_usable_by_all(page)


def test_somebody_beside_her_sees_a_harmless_page(code: str, page: Page) -> None:
    when_she_opens_it(page, code)
    when_she_says_her_word(page)
    follow(page.get_by_role("button", name="Someone is with me"))
    expect(page.get_by_role("heading", level=1, name="Bank holidays")).to_be_visible()
    # And what her word had opened is shut until she says it again
    page.go_back()
    follow(page.get_by_role("link", name="My plan", exact=True).first)
    expect(page.get_by_role("heading", level=1, name="Say your word")).to_be_visible()


def test_her_own_phone_opens_it_once_it_was_added_and_no_more_once_it_is_taken_away(
    code: str, ravi: Permit, open_page: Callable[..., Page]
) -> None:
    page = open_page(width=PHONE)
    given_an_authenticator(page)
    # Given her own phone, on which she has said her word
    when_she_opens_it(page, code)
    when_she_says_her_word(page)
    follow(page.get_by_role("link", name="Open this with my own phone"))
    then_it_is_usable_by_all(page)
    # When she adds it
    follow(page.get_by_role("button", name="Add this phone or computer"))
    expect(page.get_by_text("Added on Thursday 5 November 2026.")).to_be_visible()
    then_it_is_usable_by_all(page)
    # And leaves, and comes back without her slip
    follow(page.get_by_role("button", name="Leave this page now"))
    page.goto("/mine/")
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Use my own phone or computer"))
    # Then all of it is open
    expect(page.get_by_role("heading", level=1, name="My next things")).to_be_visible()
    follow(page.get_by_role("link", name="My plan", exact=True).first)
    expect(page.get_by_role("heading", level=1, name="My plan")).to_be_visible()
    # When she takes it away
    follow(page.get_by_role("link", name="My next things", exact=True).first)
    follow(page.get_by_role("link", name="Open this with my own phone"))
    follow(page.get_by_role("button", name="Take it away"))
    expect(page.get_by_role("heading", level=1, name="Open your steps")).to_be_visible()
    # Then it opens nothing
    follow(page.get_by_role("button", name="Use my own phone or computer"))
    expect(page.get_by_role("alert")).to_contain_text("That did not open it.")
    then_it_is_usable_by_all(page)
