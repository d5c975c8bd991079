"""A nurse reads what sheets say to stay safe, and signs for it; a colleague's sheets say so from then on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    it_is,
    the_prison_says,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_open,
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
LEAD = "What the sheets say to stay safe, and who has reviewed it"


@pytest.fixture
def ada(monkeypatch: pytest.MonkeyPatch) -> str:
    """A nurse of a health provider, whose team works in the prison where Dee is."""
    it_is(monkeypatch, "2026-11-05 07:00")
    the_prison_says(
        story.document(conditionalReleaseDate="2026-11-10", confirmedReleaseDate="2026-11-10"),
        as_at="2026-11-04 22:00",
    )
    story.organisation("WELL", "prison_healthcare")
    it_is(monkeypatch, "2026-11-05 09:00")
    return given_a_worker("Ada Thermos", role="prison_healthcare", at="WELL", works_in=["MDI"])


def when_they_look_at_the_words(page: Page) -> None:
    follow(page.get_by_role("navigation", name="Places to go").get_by_role("link", name="Packs"))
    follow(page.get_by_role("link", name=LEAD))
    then_the_heading_is(page, "Words on the sheet")


def when_they_read(page: Page, what: str) -> None:
    follow(page.get_by_role("link", name=re.compile(f"Read them, and say what you found ?: {what}")))
    expect(page.get_by_role("heading", level=1)).to_contain_text(what)


def when_they_sign(page: Page) -> None:
    page.get_by_role("radio", name="they may be given to people here").check()
    page.get_by_role("radio", name="Nurse").check()
    page.get_by_label("Registration number, if you have one").fill("12A3456E")
    follow(page.get_by_role("button", name="Sign with my name"))
    then_the_heading_is(page, "Words on the sheet")


def then_it_stands_under(page: Page, what: str, tag: str) -> None:
    expect(page.get_by_role("heading", level=2, name=what)).to_contain_text(tag)


def test_a_nurse_signs_what_sheets_say_and_they_say_who_has_checked_it(
    ada: str, open_page: Callable[..., Page]
) -> None:
    nurse = open_page(width=PHONE)
    # Given nobody has reviewed what a sheet says, and the page says what that means
    when_they_sign_in(nurse, ada)
    when_they_look_at_the_words(nurse)
    expect(nurse.get_by_text("Nobody has reviewed these words here yet")).to_be_visible()
    expect(nurse.get_by_text("Prison healthcare, Community prescriber")).to_be_visible()
    then_it_is_usable_by_all(nurse)
    # When she reads what is said to everybody, and signs without saying what she found
    when_they_read(nurse, "Any drug")
    expect(nurse.get_by_text("The first two weeks out are the most risky.")).to_be_visible()
    then_it_is_usable_by_all(nurse)
    follow(nurse.get_by_role("button", name="Sign with my name"))
    # Then she is told what is missing, and signs
    expect(nurse.get_by_role("alert")).to_contain_text("Choose what you found.")
    then_it_is_usable_by_all(nurse)
    when_they_sign(nurse)
    then_it_stands_under(nurse, "Any drug", "reviewed")
    expect(nurse.get_by_text("Ada Thermos, Nurse (12A3456E)")).to_be_visible()
    # And finds one substance not fit to give
    when_they_read(nurse, "Naloxone")
    nurse.get_by_role("radio", name="They are not fit to give").check()
    nurse.get_by_role("radio", name="Nurse").check()
    nurse.get_by_label("If they are not fit, or you take it back: why?").fill("Ours has a new name.")
    follow(nurse.get_by_role("button", name="Sign with my name"))
    then_it_stands_under(nurse, "Naloxone", "not printed here")
    then_it_is_usable_by_all(nurse)
    # Then the sheets of a colleague in that prison say who has checked them
    ravi = open_page()
    when_they_sign_in(ravi, given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI"))
    when_they_open(ravi, "Dee Marlowe")
    follow(ravi.get_by_role("link", name="Release pack"))
    follow(ravi.get_by_role("button", name="Make a pack"))
    sheet = ravi.locator("#sheet-1")
    expect(sheet.get_by_text("Checked by: Nurse, Organisation WELL, November 2026.")).to_be_visible()
    expect(sheet.get_by_text("Try not to use alone.")).to_be_visible()
    expect(sheet.get_by_text("Naloxone can save a life")).to_have_count(0)
    expect(sheet.get_by_text("Ada Thermos")).to_have_count(0)
    # And he reads who signed, and signs nothing of it himself
    follow(ravi.get_by_role("link", name=LEAD))
    follow(ravi.get_by_role("link", name=re.compile("Everything that was said of them ?: Any drug")))
    expect(ravi.get_by_text("Ada Thermos, Nurse (12A3456E)")).to_be_visible()
    expect(ravi.get_by_role("button", name="Sign with my name")).to_have_count(0)
    then_it_is_usable_by_all(ravi)


def test_a_worker_who_speaks_welsh_reads_all_of_it_and_signs(
    ada: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    # When a recovery worker reads the Welsh of the whole sheet beside the English
    when_they_sign_in(page, given_a_worker("Gwen Ateb", role="prison_recovery_worker", at="MDI"))
    when_they_look_at_the_words(page)
    when_they_read(page, "The Welsh of the whole sheet")
    expect(page.locator('[lang="cy"]').get_by_text("Eich 3 pheth nesaf", exact=True)).to_be_visible()
    then_it_is_usable_by_all(page)
    # And signs that it says what the English says
    page.get_by_role("radio", name="the Welsh says what the English says").check()
    page.get_by_role("radio", name="Worker who speaks Welsh").check()
    follow(page.get_by_role("button", name="Sign with my name"))
    # Then it stands there with her name, until when it counts
    then_it_stands_under(page, "The Welsh of the whole sheet", "reviewed")
    expect(page.get_by_text("Gwen Ateb, Worker who speaks Welsh")).to_be_visible()
