"""A worker comes back from a group, and says of everybody at once who came."""

from collections.abc import Callable
from datetime import time

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
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = {story.DEE: "DEE", story.GETHIN: "GETHIN"}


@pytest.fixture
def ravi() -> str:
    """Works for Pathlight in Moorland; Dee is booked on this morning's group, Gethin is not."""
    story.organisation("PATH")
    story.bring_in(
        *(story.document(key, firstName=name, bookingId=key) for key, name in NAMES.items()),
        as_at=story.days_after(clock.now(), -3),
    )
    permit = story.opens(story.worker(at="PATH", works_in=["MDI"]), story.person(), at=clock.now())
    breakfast = Meeting("group", "Breakfast", "Library")
    referral.book(permit, breakfast, on=clock.today(), at_time=time(0, 0), form=Form(str(new_id())))
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="PATH", works_in=["MDI"])


def test_who_came_to_a_group_is_said_of_everybody_at_once(ravi: str, open_page: Callable[..., Page]) -> None:
    page = open_page(width=PHONE)
    # Given Ravi comes back from the group
    when_they_sign_in(page, ravi)
    follow(page.get_by_role("link", name="Attendance"))
    then_the_heading_is(page, "Attendance")
    then_it_is_usable_by_all(page)
    # When he picks it, and says who came
    follow(page.get_by_role("link", name="A group, Breakfast, Library"))
    page.get_by_label("Dee Marlowe").select_option("Came")
    page.get_by_label("Gethin Marlowe").select_option("Not let out of the wing or the cell")
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Keep who came"))
    # Then it is kept for both, and says so beside each
    expect(page.get_by_text("What came of it is kept for 2 of them")).to_be_visible()
    expect(page.get_by_label("Gethin Marlowe")).to_contain_text("As it is: Not let out")
