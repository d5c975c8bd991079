"""A worker's day begins with who is about to leave; and when a date moves, everything moves with it."""

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
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
DEE = story.document(
    lastName="LANTERN",
    legalStatus="SENTENCED",
    lastMovementDate="2026-06-01",
    receptionDate="2026-06-01",
    conditionalReleaseDate="2026-12-07",
    confirmedReleaseDate="2026-12-07",
)
MOVED = {**DEE, "conditionalReleaseDate": "2026-11-12", "confirmedReleaseDate": "2026-11-12"}


@pytest.fixture
def ravi(monkeypatch: pytest.MonkeyPatch) -> str:
    """Works for Pathlight in Moorland, on Monday 9 November."""
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.organisation("PATH")
    story.bring_in(DEE, as_at=story.noon(2))
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="PATH", works_in=["MDI"])


def when_the_date_moves() -> None:
    story.bring_in(MOVED, as_at=story.noon(8))


def when_they_choose(page: Page, tab: str) -> None:
    follow(page.get_by_role("navigation", name="Which people").get_by_role("link", name=tab))
    expect(page.locator(".tg-tabs [aria-current]")).to_have_text(tab)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_date_that_moves(ravi: str, open_page: Callable[..., Page], *, scripts: bool) -> None:
    page = open_page(width=PHONE, scripts=scripts)
    # Given Dee leaves in four weeks, and so not this week
    when_they_sign_in(page, ravi)
    then_the_heading_is(page, "Today")
    expect(page.get_by_text("Nobody here leaves in the next 7 days")).to_be_visible()
    when_they_choose(page, "Next 12 weeks")
    expect(page.locator(".tg-people__when")).to_contain_text("leaves Mon 7 Dec")
    # When the prison moves the day to Thursday
    when_the_date_moves()
    # Then she stands first, with the day that holds, the day it was, and the gate's ghost on the line
    when_they_choose(page, "Leaving this week")
    expect(page.locator(".tg-people__when")).to_contain_text("leaves Thu 12 Nov (was Mon 7 Dec)")
    expect(page.locator(".tg-people .tg-gate__ghost")).to_have_count(1)
    expect(page.get_by_role("img", name="Leaves Thu 12 Nov (was Mon 7 Dec)")).to_be_visible()
    # And what that did to her steps is said, of as many as a list may show
    moved = re.compile(
        r"The day moved, and of the steps a list shows: \d+ steps earlier, \d+ now impossible\."
    )
    expect(page.locator(".tg-people__what")).to_have_text(moved)
    # And her record says what happens next, with the same line in full
    follow(page.get_by_role("link", name="Dee Lantern", exact=True))
    then_the_heading_is(page, "Dee Lantern")
    expect(page.locator(".tg-next > li")).to_have_count(3)
    expect(
        page.get_by_text(re.compile(r"The day moved: \d+ steps earlier, \d+ now impossible\."))
    ).to_be_visible()
    expect(page.get_by_role("img", name="Leaves Thu 12 Nov (was Mon 7 Dec)")).to_be_visible()
    follow(page.get_by_role("link", name="Every step, by when, and why"))
    expect(page.get_by_text("What was arranged for the other day may no longer fit.").last).to_be_visible()


def test_every_tab_of_today_and_a_record_with_all_its_steps_are_usable_by_all(ravi: str, page: Page) -> None:
    when_the_date_moves()
    story.bring_in(
        story.document(story.GETHIN, bookingId="2", firstName="GETHIN", receptionDate="2026-11-07"),
        as_at=story.noon(8),
    )
    when_they_sign_in(page, ravi)
    for tab in (
        "Next 12 weeks",
        "Arrived",
        "Left in the last 21 days",
        "Ready but for...",
        "Leaving this week",
    ):
        when_they_choose(page, tab)
        then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Dee Lantern", exact=True))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Every step, by when, and why"))
    then_it_is_usable_by_all(page)


def test_what_comes_next_is_recorded_from_where_it_is_said(ravi: str, page: Page) -> None:
    # Given nobody has confirmed where Dee sleeps
    when_the_date_moves()
    when_they_sign_in(page, ravi)
    follow(page.get_by_role("link", name="Dee Lantern", exact=True))
    expect(page.locator(".tg-ready").get_by_role("link", name="Home tonight")).to_be_visible()
    # When Ravi records that it is confirmed, three clicks from Today beside what he says
    follow(page.locator(".tg-ready").get_by_role("link", name="Home tonight"))
    page.get_by_label("Confirmed").check()
    follow(page.get_by_role("button", name="Save how far it is"))
    # Then her record says so, and it is no longer asked for
    then_the_heading_is(page, "Dee Lantern")
    expect(page.locator(".tg-ready .tg-state--confirmed").get_by_text("Home tonight")).to_be_visible()


def test_today_prints_for_the_wing_in_one_colour(ravi: str, page: Page) -> None:
    when_the_date_moves()
    when_they_sign_in(page, ravi)
    page.emulate_media(media="print")
    # Then the sheet says whose list it is and keeps the lines, and what leads elsewhere is gone
    expect(page.get_by_text("Day team, Organisation PATH", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Leaving this week")).to_be_visible()
    expect(page.locator(".tg-people .tg-gate")).to_be_visible()
    expect(page.locator(".tg-tabs")).to_be_hidden()
    colours = page.evaluate(
        "[...new Set([...document.querySelectorAll('.tg-people *')].map(e => getComputedStyle(e).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]
