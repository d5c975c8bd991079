"""An administrator adds a program, its people write it by what the page tells them, and it is stopped."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    press,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_sign_in,
)
from tests.programs import PEOPLE, Robot, pair, pem

pytestmark = pytest.mark.django_db(transaction=True)


def when_he_adds_a_program(page: Page, key: str) -> None:
    follow(page.get_by_role("link", name="Programs that fetch records for you"))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Add a program"))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Add it"))
    expect(page.get_by_text("Say which program it is").first).to_be_visible()
    then_it_is_usable_by_all(page)
    page.get_by_label("What is it called?").fill("Case system")
    page.get_by_label("As what does it ask?").select_option("Prison recovery worker")
    page.get_by_label("For which team?").select_option(index=1)
    page.get_by_label("Its public key").fill(key)
    follow(page.get_by_role("button", name="Add it"))
    then_the_heading_is(page, "Programs")


def test_a_program_is_added_fetches_gets_another_key_and_is_stopped(open_page: Callable[..., Page]) -> None:
    # Given Max, who looks after the accounts
    max_ = open_page(width=PHONE)
    when_they_sign_in(max_, given_a_worker("Max Switch", role="administrator", at="MDI"))
    # When he adds a program with the key that its people gave him
    private = pair()
    when_he_adds_a_program(max_, pem(private))
    then_it_is_usable_by_all(max_)
    # Then it asks with the id that stands there
    shown = max_.get_by_text("Its id:").inner_text().rpartition(" ")[2]
    fetches = Robot(UUID(shown), private).with_token()
    assert fetches.get(PEOPLE).status_code == 200
    # And with another key, which he gives it, the first opens nothing
    press(max_.locator("summary").filter(has_text="Case system"))
    then_it_is_usable_by_all(max_)
    follow(max_.get_by_role("link", name="Renew it, with another key"))
    then_it_is_usable_by_all(max_)
    other = pair()
    max_.get_by_label("Its new public key").fill(pem(other))
    follow(max_.get_by_role("button", name="Keep this key"))
    then_the_heading_is(max_, "Programs")
    assert fetches.get(PEOPLE).status_code == 401
    fetches = Robot(UUID(shown), other).with_token()
    # When he stops it, then it fetches nothing more
    press(max_.locator("summary").filter(has_text="Case system"))
    follow(max_.get_by_role("button", name="Stop it now"))
    expect(max_.get_by_text("None. Which one may ask")).to_be_visible()
    assert fetches.get(PEOPLE).status_code == 401
