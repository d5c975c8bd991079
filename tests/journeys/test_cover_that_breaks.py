"""Medicine ends before anybody can prescribe: the gap is seen by whoever may, and closed by a booking."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    a_provider_says,
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
NUMBER = "A1010ZZ"
DANNY: dict[str, Any] = {
    "firstName": "DANNY",
    "lastName": "COMPASS",
    "dateOfBirth": "1974-09-05",
    "legalStatus": "SENTENCED",
    "receptionDate": "2026-04-24",
    "lastMovementDate": "2026-04-24",
}
LEFT = story.released(NUMBER, **{**DANNY, "lastMovementDate": "2026-10-27"})
CLIENT = {
    "CLIENTID": NUMBER,
    "prison_number": NUMBER,
    "first_name": "Danny",
    "last_name": "Compass",
    "DOB": "1974-09-05",
}
METHADONE = {
    **CLIENT,
    "medicine": "Methadone 1mg/ml oral solution",
    "dose_unit": "mg",
    "frequency": "once a day",
}
OF_THE_PRISON = {**METHADONE, "prescription_id": "W1", "dose": "60", "last_dose_at": "2026-10-27 07:50"}
OF_PATHLIGHT = {**METHADONE, "prescription_id": "P1", "dose": "50", "pharmacy": "Corner Pharmacy"}
NOT_TAKEN = {"attendance_kind": "Supervised consumption", "attendance_outcome": "not_attended"}
BROKEN = "Medicine was missed several times in a row: ask for a prescriber's review."
UNTIL = {"prescribed_until": "2026-11-10"}


@pytest.fixture
def bea(monkeypatch: pytest.MonkeyPatch) -> str:
    """Works at Pathlight; Danny left two weeks ago, and his bridge ends tomorrow."""
    it_is(monkeypatch, "2026-10-27 21:00")
    the_prison_says(
        story.document(NUMBER, **DANNY, conditionalReleaseDate="2026-10-27"), as_at="2026-10-26 20:00"
    )
    the_prison_says(LEFT, as_at="2026-10-27 20:00")
    it_is(monkeypatch, "2026-11-08 21:00")
    a_provider_says("WELL", {**OF_THE_PRISON, **UNTIL}, as_at="2026-11-08 20:00")
    a_provider_says(
        "PATH", {**OF_PATHLIGHT, **UNTIL, "EPISODID": "E1", "REFLD": "2026-10-20"}, as_at="2026-11-08 20:30"
    )
    it_is(monkeypatch, "2026-11-09 09:00")
    return given_a_worker("Bea Doorbell", role="community_treatment_worker", at="PATH", works_in=["MDI"])


def when_they_book_a_prescriber(page: Page, day: str) -> None:
    when_they_record(page, "An appointment")
    page.get_by_label("A prescriber").check()
    for part, figures in (("Day", day), ("Month", "11"), ("Year", "2026")):
        page.get_by_role("group", name="On which day?").get_by_label(part, exact=True).fill(figures)
    page.get_by_label("In person").check()
    follow(page.get_by_role("button", name="Save the appointment"))


def test_cover_that_breaks(bea: str, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(width=PHONE)
    # Given Danny stands among those who have left, because his medicine ends tomorrow and nobody sees him
    when_they_sign_in(page, bea)
    when_they_look_at_today(page, "Left in the last 21 days")
    expect(page.locator(".tg-people__what")).to_contain_text(
        "Medicine ends Tue 10 Nov, and nobody is booked by then."
    )
    then_it_is_usable_by_all(page)
    when_they_open(page, "Danny Compass")
    # And two sources differ on his dose, of which neither is chosen
    expect(page.get_by_text("They differ on the dose.")).to_be_visible()
    expect(page.locator("#medicines")).not_to_contain_text("used here")
    then_it_is_usable_by_all(page)
    # When Bea books a prescriber for Thursday, then the gap stands on the line, as red as before
    when_they_book_a_prescriber(page, "12")
    expect(page.locator(".tg-gate .tg-gate__gap").first).to_be_visible()
    expect(
        page.get_by_text("Medicine ends Tue 10 Nov, and they are seen only Thu 12 Nov.").first
    ).to_be_visible()
    # When she finds an earlier one, then the gap is closed
    when_they_book_a_prescriber(page, "10")
    expect(
        page.get_by_text("Medicine lasts until Tue 10 Nov, and they are booked to be seen by then.").first
    ).to_be_visible()
    expect(page.locator(".tg-gate .tg-gate__gap")).to_have_count(0)
    then_it_is_usable_by_all(page)


def test_three_doses_missed_in_a_row_ask_for_a_prescribers_review(
    bea: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(width=PHONE)
    # Given Danny has medicine until tomorrow, and takes it at the pharmacy each day
    # When Pathlight's own system tells that he came on none of the last three days
    missed = [
        {**CLIENT, "attendance_id": f"A{day}", "attendance_at": f"2026-11-0{day} 09:00", **NOT_TAKEN}
        for day in (6, 7, 8)
    ]
    a_provider_says("PATH", *missed, as_at="2026-11-09 08:00")
    # Then his row on Today says so before anything else, and so does his record
    when_they_sign_in(page, bea)
    when_they_look_at_today(page, "Left in the last 21 days")
    expect(page.locator(".tg-people__what")).to_contain_text(BROKEN)
    then_it_is_usable_by_all(page)
    when_they_open(page, "Danny Compass")
    expect(page.get_by_text(BROKEN).first).to_be_visible()
    then_it_is_usable_by_all(page)
    when_they_look_at_every_step(page)
    then_a_step_is_asked_for(page, "Ask a prescriber to review before the next dose")
