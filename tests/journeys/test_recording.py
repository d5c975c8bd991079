"""What happened is recorded in three clicks, by anybody, at a desk or on a phone."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    press,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_everyone_here,
    when_they_press_twice,
    when_they_sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Rang her sister's number too."


@pytest.fixture
def ravi() -> str:
    """Works for Pathlight in Moorland, where Dee is."""
    story.organisation("PATH")
    story.bring_in(story.document(conditionalReleaseDate="2027-03-04"), as_at=story.noon(2))
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="PATH", works_in=["MDI"])


def given_they_look_at_dee(page: Page, email: str) -> None:
    when_they_sign_in(page, email)
    when_they_look_at_everyone_here(page)
    follow(page.get_by_role("link", name="Dee Marlowe").first)
    then_the_heading_is(page, "Dee Marlowe")


def when_they_fill_in_a_contact(page: Page) -> None:
    page.get_by_label("By telephone").check()
    page.get_by_label("No answer").check()
    page.get_by_label("A few words").fill(WORDS)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_contact_is_recorded_in_three_clicks(
    ravi: str, open_page: Callable[..., Page], *, scripts: bool
) -> None:
    page = open_page(width=PHONE, scripts=scripts)
    # Given Ravi looks at Dee's record
    given_they_look_at_dee(page, ravi)
    # When he records that he rang and nobody answered, which are three clicks beside what he says
    follow(page.get_by_role("link", name="Record something"))
    follow(page.get_by_role("link", name="A contact"))
    when_they_fill_in_a_contact(page)
    follow(page.get_by_role("button", name="Save the contact"))
    # Then he is back at her record, which says what was kept and where it stands
    then_the_heading_is(page, "Dee Marlowe")
    expect(page.get_by_text("The contact is on the record")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(1)
    # And can take the words to a system that this one cannot reach
    follow(page.get_by_role("link", name="Copy it as plain text"))
    assert WORDS in page.get_by_label("The words").input_value()


def test_every_page_of_recording_is_usable_by_all(ravi: str, page: Page) -> None:
    given_they_look_at_dee(page, ravi)
    follow(page.get_by_role("link", name="Record something"))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Something to be ready"))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Save how far it is"))
    then_it_is_usable_by_all(page)  # with what is to be put right
    page.go_back()
    page.go_back()
    follow(page.get_by_role("link", name="A contact"))
    press(page.get_by_text("It was not just now"))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Save the contact"))
    then_it_is_usable_by_all(page)
    when_they_fill_in_a_contact(page)
    follow(page.get_by_role("button", name="Save the contact"))
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Copy it as plain text"))
    then_it_is_usable_by_all(page)


def test_somebody_to_meet_her_is_told_of_by_keyboard_alone(ravi: str, page: Page) -> None:
    # Given Ravi is about to say what is ready
    given_they_look_at_dee(page, ravi)
    follow(page.get_by_role("link", name="Record something"))
    follow(page.get_by_role("link", name="Something to be ready"))
    # When he uses no mouse
    page.locator("#item").focus()
    page.keyboard.press("ArrowUp")  # from the first to the last of them: somebody to meet her
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    for part in ("", "4", "3", "2027", "Kofi will be at the gate."):
        page.keyboard.type(part)
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    # Then it is on her record
    expect(page.get_by_text("In hand. For Thu 4 Mar 2027. Kofi will be at the gate.")).to_have_count(1)


def test_a_contact_sent_twice_is_one_contact(ravi: str, page: Page) -> None:
    given_they_look_at_dee(page, ravi)
    follow(page.get_by_role("link", name="Record something"))
    follow(page.get_by_role("link", name="A contact"))
    when_they_fill_in_a_contact(page)
    when_they_press_twice(page, "Save the contact", then_at=r"/people/[^/]+/\?kept=")
    page.goto(page.url)
    expect(page.get_by_text(WORDS)).to_have_count(1)


def when_they_begin_a_note(page: Page, *, once_it_is: Literal["load", "commit"] = "load") -> None:
    follow(page.get_by_role("link", name="Record something"))
    follow(page.get_by_role("link", name="A note"), until=once_it_is)
    page.get_by_label("The note").press_sequentially("Called away while")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_note_begun_is_there_when_they_come_back(
    ravi: str, open_page: Callable[..., Page], *, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    # Given Ravi is called away from a note
    given_they_look_at_dee(page, ravi)
    when_they_begin_a_note(page)
    if scripts:
        expect(page.get_by_text("Kept as a draft")).to_be_visible()  # after three still seconds
    else:
        follow(page.get_by_role("button", name="Keep as a draft"))
    # When he comes back to it from her record
    given_they_are_back_at_dee(page)
    follow(page.get_by_role("link", name="Record something"))
    follow(page.get_by_role("link", name="A note"))
    # Then it stands as he left it, and once it is saved there is no draft of it
    expect(page.get_by_text("It stands below as you left it")).to_be_visible()
    then_it_is_usable_by_all(page) if scripts else None
    expect(page.get_by_label("The note")).to_have_value("Called away while")
    page.get_by_label("Plan and appointments").check()
    follow(page.get_by_role("button", name="Save the note"))
    follow(page.get_by_role("link", name="Record something"))
    follow(page.get_by_role("link", name="A note"))
    expect(page.get_by_label("The note")).to_have_value("")


def given_a_slow_line(page: Page) -> list[Route]:
    """The script that keeps drafts stays on the way until it is let through."""
    waiting: list[Route] = []
    page.route("**/drafts.js", lambda route: waiting.append(route))  # noqa: PLW0108 — Playwright looks into what it is given
    return waiting


def test_what_is_typed_before_the_script_has_come_is_kept_too(ravi: str, page: Page) -> None:
    given_they_look_at_dee(page, ravi)
    on_the_way = given_a_slow_line(page)
    with page.expect_request("**/drafts.js"):
        when_they_begin_a_note(page, once_it_is="commit")
    on_the_way[0].fallback()
    expect(page.get_by_text("Kept as a draft")).to_be_visible()


def given_they_are_back_at_dee(page: Page) -> None:
    follow(page.get_by_role("link", name="Back to the record"))
    then_the_heading_is(page, "Dee Marlowe")


def given_a_note_stands(page: Page) -> None:
    when_they_begin_a_note(page)
    page.get_by_label("Plan and appointments").check()
    follow(page.get_by_role("button", name="Save the note"))
    expect(page.get_by_text("Your note is on the record")).to_be_visible()


def when_they_correct_it_to(page: Page, words: str) -> None:
    page.get_by_label("The note").fill(words)
    page.get_by_label("Why it has to be corrected").fill("A slip")
    follow(page.get_by_role("button", name="Save the note"))


def test_a_slip_noticed_at_once_is_undone(ravi: str, page: Page) -> None:
    given_they_look_at_dee(page, ravi)
    given_a_note_stands(page)
    follow(page.get_by_role("button", name="Undo"))
    expect(page.get_by_text("It has been taken back")).to_be_visible()
    expect(page.get_by_text("Called away while")).to_have_count(0)
    then_it_is_usable_by_all(page)


def test_two_who_correct_one_note_both_see_what_the_other_said(ravi: str, page: Page) -> None:
    # Given Ravi has a note of his open for correcting, in two places at once
    given_they_look_at_dee(page, ravi)
    given_a_note_stands(page)
    follow(page.get_by_role("link", name="Correct").first)
    elsewhere = page.context.new_page()
    elsewhere.goto(page.url)
    # When both are saved
    when_they_correct_it_to(elsewhere, "Called away at ten.")
    when_they_correct_it_to(page, "Called away at noon.")
    # Then the second is shown what the first said, with his own words still there
    expect(page.get_by_text("Somebody has said something about this")).to_be_visible()
    expect(page.get_by_text("Called away at ten.")).to_be_visible()
    expect(page.get_by_label("The note")).to_have_value("Called away at noon.")
    then_it_is_usable_by_all(page)
    # And saved again, his stands on top, and nothing that was said is lost
    follow(page.get_by_role("button", name="Save the note"))
    follow(page.get_by_role("link", name="What it said before"))
    for words in ("Called away at noon.", "Called away at ten.", "Called away while"):
        expect(page.get_by_text(words)).to_be_visible()
