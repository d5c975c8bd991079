"""Freed from court on a Friday at 15:40: the pack was ready, minutes are enough, and Monday has its tasks."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    it_is,
    the_prison_says,
    then_a_step_is_asked_for,
    then_it_is_usable_by_all,
    when_they_look_at_every_step,
    when_they_look_at_everyone_here,
    when_they_look_at_today,
    when_they_open,
    when_they_record,
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "A1002ZZ"
MARCUS: dict[str, Any] = {
    "firstName": "MARCUS",
    "lastName": "TEACUP",
    "dateOfBirth": "1981-02-19",
    "receptionDate": "2026-10-16",
    "lastMovementDate": "2026-10-16",
}
FREED = story.released(
    NUMBER,
    **{**MARCUS, "lastMovementDate": "2026-11-06", "lastMovementReasonCode": "BL", "legalStatus": "REMAND"},
)


@pytest.fixture
def ravi(monkeypatch: pytest.MonkeyPatch) -> str:
    """Works in Moorland, where Marcus is on remand, on the Friday of his hearing."""
    it_is(monkeypatch, "2026-11-05 21:00")
    the_prison_says(story.document(NUMBER, **MARCUS), as_at="2026-11-05 20:00")
    it_is(monkeypatch, "2026-11-06 15:40")
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")


def when_they_say_how_far_it_is(page: Page, item: str, words: str) -> None:
    follow(page.locator(".tg-ready").get_by_role("link", name=item))
    page.get_by_label("Confirmed").check()
    page.get_by_role("textbox", name="A few words").fill(words)
    follow(page.get_by_role("button", name="Save how far it is"))


def when_they_book_a_prescriber_on_monday(page: Page) -> None:
    when_they_record(page, "An appointment")
    page.get_by_label("A prescriber").check()
    for part, figures in (("Day", "9"), ("Month", "11"), ("Year", "2026")):
        page.get_by_role("group", name="On which day?").get_by_label(part, exact=True).fill(figures)
    page.get_by_label("At what time?").fill("10:30")
    page.get_by_label("With whom?").fill("Dr Ola Stamp, Pathlight")
    page.get_by_label("Where?").fill("Pathlight, High Street")
    page.get_by_label("In person").check()
    follow(page.get_by_role("button", name="Save the appointment"))


def test_freed_from_court_on_a_friday_at_twenty_to_four(
    ravi: str, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(width=PHONE)
    # Given Marcus has no day to leave on, and what he would need has been asked for since he came
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Marcus Teacup")
    expect(page.get_by_text("No day to leave on is told. Any hearing may free them.").first).to_be_visible()
    expect(page.locator(".tg-ready > li")).to_have_count(4)
    # When the court rings at 15:40, and Ravi writes down in five minutes where he goes and who sees him
    when_they_say_how_far_it_is(page, "Home tonight", "With his sister; she has been rung.")
    when_they_book_a_prescriber_on_monday(page)
    when_they_record(page, "A contact")
    page.get_by_label("Through somebody else").check()
    page.get_by_label("Reached them").check()
    page.get_by_role("textbox", name="A few words").fill("The court team gave him the note.")
    follow(page.get_by_role("button", name="Save the contact"))
    # Then his record says so before any extract knows that he is free
    expect(page.locator(".tg-ready .tg-state--confirmed").get_by_text("Home tonight")).to_be_visible()
    expect(page.get_by_text("Mon 9 Nov 2026, 10:30").first).to_be_visible()
    then_it_is_usable_by_all(page)
    # When the prison's extract of that night says that he was let out, and Monday comes
    it_is(monkeypatch, "2026-11-06 21:00")
    the_prison_says(FREED, as_at="2026-11-06 20:00")
    it_is(monkeypatch, "2026-11-09 08:30")
    # Then he stands among those who have left, with what Monday asks for
    when_they_sign_in(page, ravi)
    when_they_look_at_today(page, "Left in the last 21 days")
    expect(page.locator(".tg-people__when")).to_contain_text("left Fri 6 Nov")
    then_it_is_usable_by_all(page)
    when_they_open(page, "Marcus Teacup")
    expect(page.get_by_text("Mon 9 Nov 2026, 10:30").first).to_be_visible()
    when_they_look_at_every_step(page)
    for step in ("Tell the team at home", "Reach them on day 3", "Make sure they have naloxone with them"):
        then_a_step_is_asked_for(page, step)
    then_it_is_usable_by_all(page)
