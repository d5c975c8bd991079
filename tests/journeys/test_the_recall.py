"""Somebody comes back: the recall betrays nothing before it, and nobody has to start again after it."""

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
    when_they_look_at_today,
    when_they_open,
    when_they_record,
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "A1012ZZ"
WHO: dict[str, Any] = {"firstName": "LEE", "lastName": "POSTBOX", "dateOfBirth": "1995-04-25"}
SENTENCED = {
    **WHO,
    "legalStatus": "SENTENCED",
    "receptionDate": "2026-08-05",
    "lastMovementDate": "2026-08-05",
}
LEFT = story.released(NUMBER, **{**SENTENCED, "lastMovementDate": "2026-10-30"})
RECALLED = {"recall": True, "legalStatus": "RECALL", "imprisonmentStatus": "FTR_ORA"}
WANTED = {**LEFT, **RECALLED, "status": "ACTIVE OUT"}
BACK = story.document(
    NUMBER,
    **{**WHO, **RECALLED},
    bookingId="1200002",
    receptionDate="2026-11-08",
    lastMovementDate="2026-11-08",
    lastMovementReasonCode="L",
)
WORDS = "Wants the same worker as last time."


@pytest.fixture
def ravi(monkeypatch: pytest.MonkeyPatch) -> str:
    """Works in Moorland, which let Lee out on Friday 30 October, on the Saturday a week later."""
    it_is(monkeypatch, "2026-10-30 21:00")
    the_prison_says(
        story.document(NUMBER, **SENTENCED, conditionalReleaseDate="2026-10-30"), as_at="2026-10-29"
    )
    the_prison_says(LEFT, as_at="2026-10-30 20:00")
    it_is(monkeypatch, "2026-11-07 09:00")
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")


def test_the_recall(ravi: str, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(width=PHONE)
    # Given Lee left eight days ago, and Ravi has written down what he wants
    when_they_sign_in(page, ravi)
    when_they_look_at_today(page, "Left in the last 21 days")
    when_they_open(page, "Lee Postbox")
    when_they_record(page, "A note")
    page.get_by_label("Plan and appointments").check()
    page.get_by_role("textbox", name="The note").fill(WORDS)
    follow(page.get_by_role("button", name="Save the note"))
    # When a recall is issued, then nothing here says so before he is back
    the_prison_says(WANTED, as_at="2026-11-07 08:00")
    page.reload()
    expect(page.get_by_text("recall", exact=False)).to_have_count(0)
    # When he is received again on the Sunday
    it_is(monkeypatch, "2026-11-08 21:30")
    the_prison_says(BACK, as_at="2026-11-08 21:00")
    # Then on Monday he stands among those who have arrived, and no longer among those who left
    it_is(monkeypatch, "2026-11-09 09:00")
    when_they_sign_in(page, ravi)
    when_they_look_at_today(page, "Left in the last 21 days")
    expect(page.get_by_role("link", name="Lee Postbox", exact=True)).to_have_count(0)
    when_they_look_at_today(page, "Arrived")
    then_it_is_usable_by_all(page)
    when_they_open(page, "Lee Postbox")
    expect(page.get_by_text("Back in custody on recall")).to_be_visible()
    # And what was known before is there, and the first thing asked is to open it
    expect(page.get_by_text(WORDS)).to_be_visible()
    then_it_is_usable_by_all(page)
    when_they_look_at_every_step(page)
    then_a_step_is_asked_for(page, "Open the plan from before")
    then_a_step_is_asked_for(page, "Ask for the day this recall ends")
    then_it_is_usable_by_all(page)
