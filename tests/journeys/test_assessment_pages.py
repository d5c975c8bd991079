"""Asking somebody once: a first night, and what another service has to ask after that."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    it_is,
    press,
    the_prison_says,
    then_it_is_usable_by_all,
    when_they_look_at_everyone_here,
    when_they_open,
    when_they_sign_in,
)
from throughgate.assessment import instruments

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "My sister, when she can"


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("TG_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture(autouse=True)
def dee(monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(monkeypatch, "2026-11-05 18:00")
    the_prison_says(story.document(), as_at="2026-11-05 17:00")


@dataclass
class Effort:
    """What a worker's hands do: each key and each click."""

    page: Page
    clicks: int = 0
    keys: int = 0

    @property
    def taken(self) -> int:
        return self.clicks + self.keys

    def press(self, what: Locator) -> None:
        press(what)
        self.clicks += 1

    def go(self, what: Locator) -> None:
        follow(what)
        self.clicks += 1

    def type(self, what: Locator, words: str) -> None:
        what.fill(words)
        self.clicks += 1  # it is gone to
        self.keys += len(words)

    def begin(self, stage: str) -> None:
        self.go(self.page.get_by_role("link", name="Ask and note"))
        why = self.page.get_by_label("Why it is asked again")
        if why.count():
            self.type(why, "She has moved")
        self.go(self.page.get_by_role("button", name=re.compile(f"Begin ?: {stage}")))

    def answer_what_is_not_known(self) -> None:
        """Each question that stands open on the page; what has an earlier answer beside it is left."""
        for question in self.page.locator(".tg-ask:not(:has([name$=_was]))").all():
            if question.is_visible() and not question.locator(":checked").count():
                self.answer(question)

    def answer(self, question: Locator) -> None:
        choices = question.locator(".tg-picks:not(.tg-picks--else) label")
        if choices.count():
            return self.press(choices.first)
        parts = question.locator(".tg-ask__parts input")
        if parts.count() == 3:
            for part, words in zip(parts.all(), ("3", "11", "2026"), strict=True):
                self.type(part, words)
            return None
        if parts.count():
            return self.type(parts.first, "3")
        return self.type(question.locator("textarea").first, WORDS)

    def go_through_all(self, stage: str) -> None:
        """Topic after topic, to the last."""
        for _topic in range(3 * len(instruments.newest("standard").stages[stage].picks)):
            self.open_if_closed()
            if not self.page.locator(".tg-ask").count():
                onward = self.page.get_by_role("link", name="Go on")
                if not onward.count():
                    return
                self.go(onward.first)
                continue
            self.answer_what_is_not_known()
            rest = self.page.get_by_role("button", name="all the rest is still so")
            self.go(rest if rest.count() else self.page.get_by_role("button", name="Save and go on").last)

    def open_if_closed(self) -> None:
        closed = self.page.get_by_role("button", name="They say they are ready")
        if closed.count():
            self.go(closed)


def when_they_come_to_dee(page: Page, email: str) -> None:
    when_they_sign_in(page, email)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")


def question(page: Page, words: str) -> Locator:
    return page.get_by_role("group", name=words)


def test_a_first_night_takes_a_nurse_a_few_taps(open_page: Callable[..., Page]) -> None:
    page = open_page(width=PHONE)
    hands = Effort(page)
    # Given Nia at reception, who sees that nothing has been asked of Dee
    when_they_come_to_dee(page, given_a_worker("Nia Lantern", role="prison_healthcare", at="MDI"))
    hands.begin("First night")
    # When she asks what stands there, one tap a question
    then_it_is_usable_by_all(page)
    expect(question(page, "When was your last dose?")).to_be_hidden()
    hands.answer_what_is_not_known()
    expect(question(page, "When was your last dose?")).to_be_visible()
    hands.answer_what_is_not_known()
    shot(page, "first-night")
    hands.go(page.get_by_role("button", name="Save and go on").last)
    # Then what has to be talked about comes first, and what has to be done today
    expect(page.get_by_role("heading", name="Stop here, and talk about this now")).to_be_visible()
    expect(page.get_by_role("heading", name="To be done today")).to_be_visible()
    then_it_is_usable_by_all(page)
    shot(page, "sitting")
    assert hands.clicks <= 2 + 15 + 1  # to come there, a tap for each question there is, and to save


def test_the_second_service_asks_for_a_third_of_it(open_page: Callable[..., Page]) -> None:
    # Given a recovery worker in prison who asks Dee everything
    first, second = Effort(open_page()), Effort(open_page())
    when_they_come_to_dee(first.page, given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI"))
    first.begin("Comprehensive")
    first.go_through_all("comprehensive")
    shot(first.page, "comprehensive")
    # When a service outside asks the same
    story.organisation("PATH")
    when_they_come_to_dee(
        second.page,
        given_a_worker("Bea Doorbell", role="community_treatment_worker", at="PATH", works_in=["MDI"]),
    )
    second.begin("Comprehensive")
    shot(second.page, "second")
    second.go_through_all("comprehensive")
    shot(second.page, "second-sitting")
    # Then it takes less than a third of the keys and clicks
    assert second.taken * 3 < first.taken
