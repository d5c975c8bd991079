"""A prison's own extract goes in from a page, and its people can be found and opened."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.steps import (
    follow,
    given_a_worker,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_everyone_here,
    when_they_sign_in,
)
from throughgate.exchange import uploads

pytestmark = pytest.mark.django_db(transaction=True)
# Real shapes with invented people, as the national service answers for one prison. They are not part of the
# project: TG_SHARED names the folder that holds data/hmpps_dev, beside the checkout unless it says otherwise.
SHARED = Path(os.environ.get("TG_SHARED", Path(__file__).resolve().parents[3] / "shared"))
PAGE = SHARED / "data" / "hmpps_dev" / "prisoner-search" / "MDI_page.json"
MOST_PAGES = 10


def when_the_jobs_run() -> None:
    """What `./tg jobs` does beside the server."""
    uploads.carry_out_waiting()


def when_they_bring_in(page: Page, file: Path) -> None:
    follow(page.get_by_role("link", name="Bring in an extract").first)
    follow(page.get_by_role("link", name="Bring in an extract").last)
    page.get_by_label("Whose extract is it?").select_option(label="Moorland (HMP & YOI)")
    page.get_by_label("The file").set_input_files(file)
    follow(page.get_by_role("button", name="Try it out"))


@pytest.mark.skipif(not PAGE.exists(), reason=f"{PAGE.name} is not here; TG_SHARED can say where it is")
def test_all_96_people_of_a_prison_go_in_and_open(page: Page) -> None:
    # Given a data quality worker and a recovery worker of Moorland
    sol = given_a_worker("Sol Ledger", role="data_quality", at="MDI")
    ravi = given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")
    # When the extract is tried out
    when_they_sign_in(page, sol)
    when_they_bring_in(page, PAGE)
    when_the_jobs_run()
    page.reload()
    # Then the page says what it would do, and nothing is in
    expect(page.get_by_text("What bringing it in would do")).to_be_visible()
    expect(page.get_by_text("96 new")).to_be_visible()
    # When it is brought in
    follow(page.get_by_role("button", name="Bring it in"))
    when_the_jobs_run()
    page.reload()
    expect(page.get_by_text("What became of it")).to_be_visible()
    follow(page.get_by_role("button", name="Sign out"))
    # Then all 96 stand on Everyone here, and each record opens
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    people = _everyone(page)
    assert len(people) == 96
    for address in people:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        assert page.get_by_role("heading", level=1).inner_text().strip()


def _everyone(page: Page) -> list[str]:
    """The addresses of everybody listed, page after page."""
    found: list[str] = []
    for _ in range(MOST_PAGES):
        then_the_heading_is(page, "Everyone here")
        found += page.evaluate(
            "[...document.querySelectorAll('main a[href*=\"/people/\"]')].map(a => a.href)"
        )
        following = page.get_by_role("link", name="Next")
        if not following.count():
            break
        follow(following)
    return sorted(set(found))


def test_the_report_says_what_to_do_about_a_row_that_cannot_go_in(page: Page, tmp_path: Path) -> None:
    # Given an extract with a row whose prison number cannot be read
    file = story.file_of([story.document(), story.document("NOT A NUMBER")], tmp_path)
    sol = given_a_worker("Sol Ledger", role="data_quality", at="MDI")
    when_they_sign_in(page, sol)
    # When it is tried out
    when_they_bring_in(page, file)
    then_it_is_usable_by_all(page)
    when_the_jobs_run()
    page.reload()
    # Then the row is named, with what is wrong and what to do
    then_it_is_usable_by_all(page)
    expect(page.get_by_text("Look the person up at the source").first).to_be_visible()
    follow(page.get_by_role("link", name="Extracts").first)
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Who is who"))
    then_it_is_usable_by_all(page)


def test_two_who_may_be_one_person_are_settled_and_the_link_undone(page: Page) -> None:
    # Given two prison numbers that share a police number, with different first names: twins, perhaps
    shared = "2008/0359381C"
    story.bring_in(
        story.document(story.DEE, pncNumber=_with_letter(shared)),
        story.document(story.GETHIN, pncNumber=_with_letter(shared), firstName="GWEN"),
    )
    assert story.person(story.DEE) != story.person(story.GETHIN)
    when_they_sign_in(page, given_a_worker("Sol Ledger", role="data_quality", at="MDI"))
    # When they are compared
    then_the_heading_is(page, "Who is who")
    follow(page.get_by_role("link", name="Dee Marlowe and Gwen Marlowe"))
    then_it_is_usable_by_all(page)
    # And said to be one person
    page.get_by_label("Same person").check()
    page.get_by_label("How do you know?").fill("Both numbers are on the same warrant.")
    follow(page.get_by_role("button", name="Save the answer"))
    then_the_heading_is(page, "Who is who")
    assert story.person(story.DEE) == story.person(story.GETHIN)
    # When the link is undone, because they came in together after all
    follow(page.get_by_role("link", name="Links made"))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Gwen Marlowe").first)
    page.get_by_label("How do you know that they are different people?").fill("They sat side by side.")
    follow(page.get_by_role("button", name="Undo the link"))
    then_the_heading_is(page, "Links made")
    # Then they are two again, and the next extract does not join them
    assert story.person(story.DEE) != story.person(story.GETHIN)


def _with_letter(number: str) -> str:
    """The police number with the check letter it must have."""
    year, serial = number[2:4], number[5:12]
    return number[:-1] + "ZABCDEFGHJKLMNPQRTUVWXY"[int(year + serial) % 23]
