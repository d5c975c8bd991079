"""What others need, written once: gone through line by line, made, printed, copied with a receipt."""

import re
from collections.abc import Callable
from datetime import date, time

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    it_is,
    press,
    the_prison_says,
    then_a_file_comes,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_everyone_here,
    when_they_open,
    when_they_sign_in,
    when_they_tick_all,
)
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.needs import Need
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.pathway import actions as pathway
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting

pytestmark = pytest.mark.django_db(transaction=True)
HOME, DRUGS = "My sister has room for me", "Most days before I came in"


@pytest.fixture
def ravi(monkeypatch: pytest.MonkeyPatch) -> str:
    """Works in Moorland with Dee, who is in court on Tuesday, and has told of her home and her drugs."""
    it_is(monkeypatch, "2026-11-05 07:00")
    the_prison_says(story.document(), as_at="2026-11-04 22:00")
    permit = story.opens(story.worker(), story.person(), at=clock.now())
    with pathway.in_step(permit):
        for domain, said in (("home", HOME), ("drugs_alcohol", DRUGS)):
            need = Need(domain=domain, how_far="high", said=said)
            assessment.record_need(permit, need, at=permit.at, form=Form(str(new_id())))
        court = Meeting("court", "Crown Court", "High Street")
        referral.book(permit, court, on=date(2026, 11, 10), at_time=time(10), form=Form(str(new_id())))
    it_is(monkeypatch, "2026-11-05 09:00")
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")


def when_they_go_through(page: Page, text: str) -> None:
    follow(page.get_by_role("link", name="Texts for others"))
    follow(page.get_by_role("link", name=re.compile(f"Go through it with them ?: {text}")))


def test_a_court_reads_what_she_agreed_to_and_not_a_word_more(
    ravi: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(width=PHONE)
    # Given Ravi goes through the summary for court with Dee, five days before it sits
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    when_they_go_through(page, "Summary for court")
    expect(page.get_by_text("Days until then: 5.")).to_be_visible()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    then_it_is_usable_by_all(page)
    # When she agrees that her home may be told, and nothing else
    page.get_by_role("checkbox", name="Home", exact=True).check()
    page.get_by_role("radio", name="They said it", exact=True).check()
    follow(page.get_by_role("button", name="Make it of what they agreed to"))
    # Then the text says that, and no word of the rest, on screen, on paper and in the file
    summary = page.locator("#summary")
    expect(summary.get_by_text(HOME)).to_be_visible()
    expect(page.get_by_text(DRUGS)).to_have_count(0)
    then_it_is_usable_by_all(page)
    page.emulate_media(media="print")
    expect(summary.get_by_text(HOME)).to_be_visible()
    expect(summary).to_have_css("break-inside", "auto")  # else it would leave the first page empty
    expect(page.get_by_text("NHS number")).to_be_hidden()
    expect(page.get_by_role("link", name="Say that it was given")).to_be_hidden()
    page.emulate_media(media="screen")
    then_a_file_comes(page.get_by_role("link", name="To print (PDF)"), name="summary.pdf")
    # And once it was handed up, the record says so
    follow(page.get_by_role("link", name="Say that it was given"))
    then_it_is_usable_by_all(page)
    page.get_by_role("radio", name="Handed up in court").check()
    page.get_by_label("To whom").fill("Judge Lamp")
    follow(page.get_by_role("button", name="Save that it was given"))
    expect(
        page.get_by_text("Handed up in court Thu 5 Nov 2026, 09:00 by Ravi Inkwell. Judge Lamp")
    ).to_be_visible()


def then_it_can_be_copied_at_one_press(page: Page, words: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(page.get_by_role("button", name="Copy : Part 1 of 1"))
    expect(page.get_by_text("Copied.", exact=True)).to_be_visible()
    assert words in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_note_is_copied_into_another_system_and_has_a_receipt(
    ravi: str, open_page: Callable[..., Page], *, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    # Given Dee agreed to the plain note
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    when_they_go_through(page, "Plain note for another system")
    when_they_tick_all(page.get_by_role("checkbox"))
    page.get_by_role("radio", name="They said it", exact=True).check()
    follow(page.get_by_role("button", name="Make it of what they agreed to"))
    # When Ravi copies it into NOMIS, and says so
    follow(page.get_by_role("link", name="Copy it into another system"))
    page.get_by_role("combobox", name="System").select_option("NOMIS (Digital Prison Services)")
    follow(page.get_by_role("button", name="Show"))
    expect(page.get_by_label("Part 1 of 1")).to_contain_text(HOME)
    if scripts:
        then_it_is_usable_by_all(page)
        then_it_can_be_copied_at_one_press(page, HOME)
    follow(page.get_by_role("button", name="I have entered it there"))
    # Then the note says where it went, when and by whom
    then_the_heading_is(page, "Dee Marlowe")
    expect(
        page.get_by_text("Entered in NOMIS (Digital Prison Services) Thu 5 Nov 2026, 09:00 by Ravi")
    ).to_be_visible()
