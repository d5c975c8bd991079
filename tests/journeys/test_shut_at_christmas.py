"""The pharmacy is shut for days in a row: it is told before they come, and agreed in three clicks."""

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
    then_it_is_usable_by_all,
    when_they_look_at_today,
    when_they_open,
    when_they_sign_in,
)
from throughgate.directory import actions as directory
from throughgate.directory import place_file

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "A1011ZZ"
PRECIOUS: dict[str, Any] = {
    "firstName": "PRECIOUS",
    "lastName": "HARBOUR",
    "dateOfBirth": "1987-12-12",
    "legalStatus": "SENTENCED",
    "receptionDate": "2026-06-24",
    "lastMovementDate": "2026-06-24",
}
BUPRENORPHINE = {
    "CLIENTID": NUMBER,
    "prison_number": NUMBER,
    "first_name": "Precious",
    "last_name": "Harbour",
    "DOB": "1987-12-12",
    "EPISODID": "E1",
    "REFLD": "2026-12-01",
    "prescription_id": "P1",
    "medicine": "Buprenorphine 8mg sublingual tablets",
    "dose": "16",
    "dose_unit": "mg",
    "frequency": "once a day",
    "supervision": "supervised",
    "prescribed_until": "2027-01-08",
    "pharmacy": "Corner Pharmacy",
}
CORNER_PHARMACY = (
    "PHAR,PHARSHOP,Corner Pharmacy,,30 High Street,ZZ99 3VZ,01632 960008,no,no,"
    "mon-sat 09:00-17:00; sun closed,"
)
SHUT = "The pharmacy may be shut Fri 25 Dec to Mon 28 Dec, and nobody has said what is agreed for then."


@pytest.fixture
def bea(monkeypatch: pytest.MonkeyPatch) -> str:
    """Works at Pathlight; it is Monday 21 December, and Precious left a week ago."""
    it_is(monkeypatch, "2026-12-14 21:00")
    story.organisation("PHAR", "pharmacy")
    directory.put_places(place_file.read([",".join(place_file.COLUMNS), CORNER_PHARMACY]), at=story.NOON)
    the_prison_says(
        story.document(NUMBER, **PRECIOUS, conditionalReleaseDate="2026-12-14"), as_at="2026-12-13 20:00"
    )
    the_prison_says(
        story.released(NUMBER, **{**PRECIOUS, "lastMovementDate": "2026-12-14"}), as_at="2026-12-14 20:00"
    )
    it_is(monkeypatch, "2026-12-20 21:00")
    a_provider_says("PATH", BUPRENORPHINE, as_at="2026-12-20 20:00")
    it_is(monkeypatch, "2026-12-21 09:00")
    return given_a_worker("Bea Doorbell", role="community_treatment_worker", at="PATH", works_in=["MDI"])


def test_shut_at_christmas(bea: str, open_page: Callable[..., Page]) -> None:
    page = open_page(width=PHONE)
    # Given nobody has said what Precious takes while the pharmacy is shut, and Today says so
    when_they_sign_in(page, bea)
    when_they_look_at_today(page, "Left in the last 21 days")
    expect(page.locator(".tg-people__what")).to_contain_text("Medicine ends Thu 24 Dec")
    expect(page.locator(".tg-people__what")).to_contain_text(SHUT)
    # When Bea opens her record, presses what is asked, and says that it is done
    when_they_open(page, "Precious Harbour")
    expect(page.get_by_text(SHUT).first).to_be_visible()
    expect(page.locator("#medicines")).to_contain_text("collected at Corner Pharmacy")
    then_it_is_usable_by_all(page)
    asked = page.get_by_role("listitem").filter(has_text="Agree doses for the days the pharmacy is shut")
    follow(asked.get_by_role("link", name="Record").first)
    page.get_by_label("It is done").check()
    page.get_by_label("A few words").fill("Three to take home, agreed with Dr Stamp and the pharmacy.")
    follow(page.get_by_role("button", name="Save what you say of the step"))
    # Then medicine lasts as long as it is prescribed, and what was agreed is on the record
    expect(
        page.get_by_text("Medicine ends Fri 8 Jan 2027, and nobody is booked by then.").first
    ).to_be_visible()
    expect(page.get_by_text(SHUT)).to_have_count(0)
    expect(page.get_by_text("Fri 25 Dec to Mon 28 Dec").first).to_be_visible()
    then_it_is_usable_by_all(page)
