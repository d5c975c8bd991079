"""What no feed tells is written by hand: a last dose, naloxone in her bag, the keyworker she had before."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.steps import (
    follow,
    given_a_worker,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_everyone_here,
    when_they_open,
    when_they_record,
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
RECORD_IT = re.compile("Record it ?: Keyworker")
SHEETS = ("A last dose", "A medicine", "Naloxone", "A need", "What they had before custody")


@pytest.fixture
def ada() -> str:
    """A nurse of Wellway, who works in Moorland, where Dee is."""
    story.organisation("WELL", kind="prison_healthcare")
    story.bring_in(story.document(conditionalReleaseDate="2027-03-04"), as_at=story.noon(2))
    return given_a_worker("Ada Thermos", role="prison_recovery_worker", at="WELL", works_in=["MDI"])


def given_they_look_at_dee(page: Page, email: str) -> None:
    when_they_sign_in(page, email)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")


def test_a_dose_and_who_she_had_before_stand_on_her_record(ada: str, page: Page) -> None:
    # Given Ada looks at Dee's record
    given_they_look_at_dee(page, ada)
    # When she writes down the dose that Dee took on Sunday, and does not know at what time
    when_they_record(page, "A last dose")
    page.get_by_label("Which medicine?").fill("Methadone")
    page.get_by_label("The dose").fill("60")
    page.get_by_label("millilitres").check()
    for part, typed in (("Day", "1"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(typed)
    follow(page.get_by_role("button", name="Save the dose"))
    # Then it stands among the medicines, as hers
    medicines = page.locator("#medicines").locator("..")
    expect(medicines).to_contain_text("60 millilitres on Sun 1 Nov 2026, time not recorded")
    expect(medicines).to_contain_text("said by hand by Ada Thermos")
    # And when she follows what is not recorded about the time before
    follow(page.get_by_role("link", name=RECORD_IT))
    expect(page.get_by_label("Keyworker")).to_be_checked()
    page.get_by_label("They had one").check()
    page.get_by_label("With whom, or what?").fill("Tess Umbra")
    follow(page.get_by_role("button", name="Save what they had"))
    # Then whom to ring stands on the record
    then_the_heading_is(page, "Dee Marlowe")
    expect(page.get_by_role("link", name=RECORD_IT)).to_have_count(0)
    expect(page.locator("#before").locator("..")).to_contain_text("Tess Umbra.")


def test_every_sheet_is_usable_by_all(ada: str, page: Page) -> None:
    given_they_look_at_dee(page, ada)
    then_it_is_usable_by_all(page)
    for what in SHEETS:
        when_they_record(page, what)
        then_it_is_usable_by_all(page)
        page.go_back()
        page.go_back()
