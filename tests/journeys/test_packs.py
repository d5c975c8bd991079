"""What somebody walks out with: made of what is known, gone through with them, printed, given."""

import re
from collections.abc import Callable
from datetime import date, time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    it_is,
    the_prison_says,
    then_a_file_comes,
    then_a_step_is_asked_for,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_every_step,
    when_they_look_at_everyone_here,
    when_they_look_at_today,
    when_they_open,
    when_they_press_twice,
    when_they_sign_in,
    when_they_tick_all,
)
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.packs import batches
from throughgate.pathway import actions as pathway
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting

pytestmark = pytest.mark.django_db(transaction=True)
DEE = {"conditionalReleaseDate": "2026-11-10", "confirmedReleaseDate": "2026-11-10"}
GETHIN = {"firstName": "GETHIN", "lastName": "PRICE", "dateOfBirth": "1970-01-02", "bookingId": "2"}


@pytest.fixture
def ravi(monkeypatch: pytest.MonkeyPatch) -> str:
    """Works in Moorland, from where Dee leaves in five days; Gethin is on remand, and in court tomorrow."""
    it_is(monkeypatch, "2026-11-05 07:00")
    the_prison_says(story.document(**DEE), as_at="2026-11-04 22:00")
    the_prison_says(story.document(story.GETHIN, **GETHIN), as_at="2026-11-04 22:01")
    hat = story.worker()
    for key, what, on in (
        (story.DEE, "prescriber", date(2026, 11, 11)),
        (story.GETHIN, "court", date(2026, 11, 6)),
    ):
        permit = story.opens(hat, story.person(key), at=clock.now())
        with pathway.in_step(permit):
            meeting = Meeting(what, "Dr Stamp", "High Street")
            referral.book(permit, meeting, on=on, at_time=time(10), form=Form(str(new_id())))
    it_is(monkeypatch, "2026-11-05 09:00")
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")


def the_link(page: Page, words: str, of: str) -> Locator:
    """A link whose words say of whom or what only to who cannot see where it stands."""
    return page.get_by_role("link", name=re.compile(f"{re.escape(words)} ?: {of}"))


def when_they_look_at_packs(page: Page) -> None:
    follow(page.get_by_role("navigation", name="Places to go").get_by_role("link", name="Packs"))
    then_the_heading_is(page, "Packs")


def when_they_open_the_pack_of(page: Page, name: str) -> None:
    when_they_look_at_packs(page)
    follow(the_link(page, "Open the pack", name))
    then_the_heading_is(page, name)


def when_they_make_one(page: Page) -> None:
    follow(page.get_by_role("button", name="Make a pack"))
    expect(page.get_by_role("heading", name="Pack, version 1")).to_be_visible()


def when_they_agree_to_all(page: Page) -> None:
    for sheet in ("Go through their own sheet with them", "Go through the next worker's sheet with them"):
        follow(page.get_by_role("link", name=sheet))
        follow(page.get_by_role("button", name="They agree to the rest"))


def when_it_is_given(page: Page) -> None:
    follow(page.get_by_role("link", name="Say that it was given"))
    for sheet in ("Their own sheet", "The sheet for the next worker"):
        page.get_by_role("checkbox", name=sheet, exact=True).check()
    page.get_by_label("A few words").fill("By hand, in reception")
    follow(page.get_by_role("button", name="Save that it was given"))


def then_the_list_says(page: Page, name: str, words: str) -> None:
    when_they_look_at_packs(page)
    row = page.locator(".govuk-checkboxes__item").filter(has_text=name)
    expect(row.locator(".tg-tag").filter(has_text=words)).to_have_count(1)


def test_a_pack_is_made_gone_through_with_her_printed_and_given(
    ravi: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(width=PHONE)
    # Given Ravi sees that Dee leaves within a week and has no pack
    when_they_sign_in(page, ravi)
    then_the_list_says(page, "Dee Marlowe", "no pack")
    then_it_is_usable_by_all(page)
    # When he makes one, and goes through both sheets with her, who wants her appointment left out of hers
    when_they_open_the_pack_of(page, "Dee Marlowe")
    then_it_is_usable_by_all(page)
    when_they_make_one(page)
    then_it_is_usable_by_all(page)
    expect(page.locator("#sheet-1").get_by_text("Dr Stamp").first).to_be_visible()
    follow(page.get_by_role("link", name="Go through their own sheet with them"))
    then_it_is_usable_by_all(page)
    when_they_tick_all(page.locator("[value^=appointment]"))
    follow(page.get_by_role("button", name="They agree to the rest"))
    follow(page.get_by_role("link", name="Go through the next worker's sheet with them"))
    follow(page.get_by_role("button", name="They agree to the rest"))
    # Then it stands on the next worker's sheet, and not on hers
    expect(page.locator("#sheet-1").get_by_text("Dr Stamp")).to_have_count(0)
    expect(page.locator("#sheet-2").get_by_text("Dr Stamp").first).to_be_visible()
    # And each sheet is a file of its own, whose name tells a finder nothing
    for sheet, name in (("Their own sheet", "sheet-1.pdf"), ("The sheet for the next worker", "sheet-2.pdf")):
        then_a_file_comes(the_link(page, "To print (PDF)", sheet), name=name)
    # And once it is in her hands, the list says so
    follow(page.get_by_role("link", name="Say that it was given"))
    then_it_is_usable_by_all(page)
    page.go_back()
    when_it_is_given(page)
    expect(page.get_by_text("By hand, in reception")).to_be_visible()
    then_the_list_says(page, "Dee Marlowe", "given")


def test_two_people_in_two_tabs_each_get_their_own_pack(ravi: str, page: Page) -> None:
    # Given Ravi has Dee's packs in one tab and Gethin's in another
    when_they_sign_in(page, ravi)
    when_they_open_the_pack_of(page, "Dee Marlowe")
    other = page.context.new_page()
    other.goto(page.url.partition("people/")[0] + "packs/")
    when_they_open_the_pack_of(other, "Gethin Price")
    # When he makes one in each, the second first, by pressing twice, and loads both again
    for tab in (other, page):
        when_they_press_twice(tab, "Make a pack", then_at="/packs/[^/]+/$")
        tab.reload()
    # Then each is of its own person, by the address, the name and the birth date
    for tab, name, born, strange in (
        (page, "Dee Marlowe", "4 May 1989", "Price"),
        (other, "Gethin Price", "2 January 1970", "Marlowe"),
    ):
        then_it_is_their_first_pack(tab, name, born, strange)
        # And going back, there is one pack of theirs, whatever was pressed twice
        tab.go_back()
        then_it_is_their_first_pack(tab, name, born, strange)
        expect(tab.get_by_text("Every version")).to_have_count(0)
        tab.go_forward()
    # And the pack of one is nowhere under the other's address
    theirs = page.url.rstrip("/").rpartition("/")[0]
    answer = page.goto(f"{theirs}/{other.url.rstrip('/').rpartition('/')[2]}/")
    assert answer is not None
    assert answer.status == 404


def then_it_is_their_first_pack(page: Page, name: str, born: str, strange: str) -> None:
    then_the_heading_is(page, name)
    expect(page.get_by_role("heading", name="Pack, version 1")).to_be_visible()
    expect(page.get_by_role("main").get_by_text(born).first).to_be_visible()
    expect(page.get_by_role("main").get_by_text(strange)).to_have_count(0)


def test_a_pack_that_is_out_of_date_says_what_changed_and_is_made_again(
    ravi: str, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given Dee was given her pack
    when_they_sign_in(page, ravi)
    when_they_open_the_pack_of(page, "Dee Marlowe")
    when_they_make_one(page)
    when_they_agree_to_all(page)
    when_it_is_given(page)
    # When her day moves
    it_is(monkeypatch, "2026-11-05 09:10")
    moved = dict.fromkeys(DEE, "2026-11-09")
    the_prison_says(story.document(**moved), as_at="2026-11-05 09:09")
    # Then the list and the pack say so in red, and what changed, and whoever holds it is asked
    then_the_list_says(page, "Dee Marlowe", "out of date")
    when_they_open_the_pack_of(page, "Dee Marlowe")
    expect(page.get_by_role("alert").get_by_text("9 November").first).to_be_visible()
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Back to the record"))
    when_they_look_at_every_step(page)
    then_a_step_is_asked_for(page, "Look at the pack again")
    # And made again it is the second version, with the first in sight
    when_they_open_the_pack_of(page, "Dee Marlowe")
    follow(page.get_by_role("button", name="Make it again, as version 2"))
    expect(page.get_by_role("heading", name="Pack, version 2")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    follow(page.get_by_role("link", name="Every version, and a new one"))
    follow(page.get_by_role("link", name="Pack, version 1"))
    expect(page.get_by_text("This pack has been replaced by a newer one")).to_be_visible()
    then_it_is_usable_by_all(page)


def test_the_pack_of_somebody_on_remand_is_made_straight_from_today(ravi: str, page: Page) -> None:
    # Given Gethin may be freed tomorrow, straight from the dock
    when_they_sign_in(page, ravi)
    when_they_look_at_today(page, "Leaving this week")
    # When Ravi makes his pack from what is known
    follow(the_link(page, "Pack", "Gethin Price"))
    then_the_heading_is(page, "Gethin Price")
    when_they_make_one(page)
    # Then it may be printed though nobody has gone through it with him, and says so
    expect(page.locator("#sheet-1").get_by_text("agreed").first).to_be_visible()
    then_a_file_comes(the_link(page, "To print (PDF)", "Their own sheet"), name="sheet-1.pdf")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_packs_of_several_people_are_made_and_printed_at_once(
    ravi: str, open_page: Callable[..., Page], *, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    # Given Ravi ticks everybody who leaves this week
    when_they_sign_in(page, ravi)
    when_they_look_at_packs(page)
    when_they_tick_all(page.get_by_role("checkbox"))
    # When he asks for their packs, and leaves the page
    follow(page.get_by_role("button", name="Make and print the packs of those ticked"))
    then_the_heading_is(page, "Packs of several people")
    expect(page.get_by_text("0 of 2").first).to_be_visible()
    waiting = page.url
    then_it_is_usable_by_all(page) if scripts else None
    when_they_look_at_everyone_here(page)
    batches.carry_out_waiting()
    # Then both are made when he comes back, and each sheet of both is one file
    page.goto(waiting)
    expect(page.get_by_text("The pack is made")).to_have_count(2)
    then_it_is_usable_by_all(page) if scripts else None
    then_a_file_comes(page.get_by_role("link", name="Their own sheet"), name="sheet-1.pdf")
    then_the_list_says(page, "Dee Marlowe", "made")
    then_the_list_says(page, "Gethin Price", "made")


def test_a_pack_that_holds_no_more_is_taken_back(ravi: str, page: Page) -> None:
    when_they_sign_in(page, ravi)
    when_they_open_the_pack_of(page, "Dee Marlowe")
    when_they_make_one(page)
    follow(page.get_by_role("link", name="Take this pack back"))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Take it back"))
    then_it_is_usable_by_all(page)  # with what is to be put right
    page.get_by_label("Why does it hold no more?").fill("The wrong clinic")
    follow(page.get_by_role("button", name="Take it back"))
    expect(page.get_by_text("The wrong clinic")).to_be_visible()
    then_the_list_says(page, "Dee Marlowe", "taken back")


ROLES = [  # who, their role, whether they are shown medicines
    ("Ada Thermos", "prison_healthcare", True),
    ("Mo Clipboard", "offender_management", False),
    ("Kofi Footpath", "peer_mentor", False),
    ("Gus Calendar", "probation_practitioner", False),
]


@pytest.mark.parametrize(("name", "role", "sees_medicines"), ROLES)
def test_each_role_makes_a_pack_of_what_it_may_see(
    ravi: str, page: Page, *, name: str, role: str, sees_medicines: bool
) -> None:
    # Given somebody of another role, who comes to Moorland
    outside = {"peer_mentor": "STEP", "probation_practitioner": "PROB"}.get(role, "")
    if outside:
        story.organisation(outside)
    email = given_a_worker(name, role=role, at=outside or "MDI", works_in=["MDI"] if outside else [])
    # When they make Dee's pack from her record
    when_they_sign_in(page, email)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    follow(page.get_by_role("link", name="Release pack"))
    when_they_make_one(page)
    # Then what is not shared with them is said to be so on the next worker's sheet, and is absent from hers
    told = page.locator("#sheet-2")
    expect(told.get_by_role("heading", name="Medicines")).to_be_visible()
    expect(told.get_by_text("No medicine to go on with")).to_have_count(int(sees_medicines))
    expect(told.get_by_text("Not shared").first).to_be_visible()
    expect(page.locator("#sheet-1").get_by_text("shared")).to_have_count(0)
    then_it_is_usable_by_all(page)
