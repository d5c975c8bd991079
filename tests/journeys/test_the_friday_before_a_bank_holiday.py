"""A Friday before a bank holiday: the law presumes an earlier day, the prison confirms it, and all moves."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    given_a_worker,
    it_is,
    the_prison_says,
    then_a_step_is_asked_for,
    then_it_is_usable_by_all,
    when_they_look_at_every_step,
    when_they_look_at_today,
    when_they_open,
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
RHYS: dict[str, Any] = {
    "firstName": "RHYS",
    "lastName": "WINDMILL",
    "dateOfBirth": "1966-10-21",
    "legalStatus": "SENTENCED",
    "receptionDate": "2025-10-01",
    "lastMovementDate": "2025-10-01",
}
FRIDAY = story.document("A1013ZZ", **RHYS, conditionalReleaseDate="2026-08-28")
THURSDAY = {**FRIDAY, "confirmedReleaseDate": "2026-08-27"}


@pytest.fixture
def mo(monkeypatch: pytest.MonkeyPatch) -> str:
    """Works in the offender management unit of Moorland, two weeks before the bank holiday of August."""
    it_is(monkeypatch, "2026-08-10 21:00")
    the_prison_says(FRIDAY, as_at="2026-08-10 20:00")
    it_is(monkeypatch, "2026-08-14 09:00")
    return given_a_worker("Mo Clipboard", role="offender_management", at="MDI")


def test_the_friday_before_a_bank_holiday(
    mo: str, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(width=PHONE)
    # Given Rhys leaves on a Friday, and the Monday after it is a bank holiday
    when_they_sign_in(page, mo)
    when_they_look_at_today(page, "Next 12 weeks")
    expect(page.locator(".tg-people__when")).to_contain_text("leaves Fri 28 Aug")
    when_they_open(page, "Rhys Windmill")
    # Then the day is left as the prison told it, and Mo is asked whether it is an earlier one
    when_they_look_at_every_step(page)
    then_a_step_is_asked_for(page, "Ask whether they leave earlier")
    then_a_step_is_asked_for(page, "Arrange who helps over the days off")
    expect(page.get_by_text("the law then presumes one working day earlier")).to_be_visible()
    then_it_is_usable_by_all(page)
    # When the prison confirms the Thursday
    the_prison_says(THURSDAY, as_at="2026-08-14 08:00")
    # Then it is the day everything hangs on, beside the one it was
    when_they_look_at_today(page, "Next 12 weeks")
    expect(page.locator(".tg-people__when")).to_contain_text("leaves Thu 27 Aug (was Fri 28 Aug)")
    then_it_is_usable_by_all(page)
    when_they_open(page, "Rhys Windmill")
    expect(page.get_by_role("img", name="Leaves Thu 27 Aug (was Fri 28 Aug)")).to_be_visible()
    then_it_is_usable_by_all(page)
    # And nobody is asked any more whether it is an earlier one
    when_they_look_at_every_step(page)
    expect(page.get_by_text("Ask whether they leave earlier")).to_have_count(0)
