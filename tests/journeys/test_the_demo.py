"""The demo as each of its workers sees it, on one fixed day; and the pictures of the documents.

`TG_PICTURES=write ./tg test tests/journeys/test_the_demo.py` takes the pictures afresh; otherwise they are
taken to var/, so that fonts of another machine change nothing that is kept.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from tests.database import SuiteDatabase
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.steps import (
    follow,
    press,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_everyone_here,
)
from throughgate.wiring.places import ROOT, VAR

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = "2026-11-20T08:45:00+00:00"
PICTURES = ROOT / "docs" / "pictures" if os.environ.get("TG_PICTURES") == "write" else VAR / "pictures"

OPENS_RECORDS = {
    "Ravi Inkwell": "Marcus Teacup",
    "Nurse Ada Thermos": "Marcus Teacup",
    "Mo Clipboard": "Marcus Teacup",
    "Tess Umbra": "Dee Lantern",
    "Bea Doorbell": "Danny Compass",
    "Dr Ola Stamp": "Danny Compass",
    "Gus Calendar": "Danny Compass",
}

SEE_NO_RECORD = {
    "Max Switch": "Workers",
    "Pat Ledger": "A commissioner opens nobody's record",
    "Governor Una Gate": "A governor opens nobody's record",
}


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch, suite_database: SuiteDatabase) -> Iterator[None]:
    """The demo's town on its day."""
    monkeypatch.setenv("TG_CLOCK", MORNING)
    suite_database.show_demo()
    with override_settings(DEMO=True):
        yield


def when_they_choose_to_be(page: Page, name: str) -> None:
    page.goto("/")
    follow(page.get_by_role("button", name=name).first)


def when_they_open_the_record_of(page: Page, person: str) -> None:
    when_they_look_at_everyone_here(page)
    page.get_by_label("Name, number or birth date").fill(person)
    follow(page.get_by_role("button", name="Show"))
    follow(page.get_by_role("link", name=person).first)
    then_the_heading_is(page, person)


def when_they_follow(page: Page, *links: str) -> None:
    for name in links:
        follow(page.get_by_role("link", name=name).first)


def test_each_worker_of_the_demo_has_pages_that_all_can_use(
    town: None, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto("/")
    then_it_is_usable_by_all(page)
    for name, person in OPENS_RECORDS.items():
        page = open_page(width=PHONE)
        # When they choose who they are
        when_they_choose_to_be(page, name)
        then_the_heading_is(page, "Today")
        then_it_is_usable_by_all(page)
        # Then the page says that this is a demo, and the record of one of theirs opens
        expect(page.get_by_role("banner").get_by_text("DEMO")).to_be_visible()
        when_they_open_the_record_of(page, person)
        then_it_is_usable_by_all(page)
    # And who sees no record has a page of their own, and finds nobody
    for name, told in SEE_NO_RECORD.items():
        page = open_page(width=PHONE)
        when_they_choose_to_be(page, name)
        expect(page.get_by_role("main").get_by_text(told).first).to_be_visible()
        then_it_is_usable_by_all(page)
        answer = page.goto(f"{page.url.removesuffix('workers/')}everyone/")
        assert answer is not None
        assert answer.status == 403


def test_what_the_demo_tells_stands_on_its_pages(town: None, open_page: Callable[..., Page]) -> None:
    page = open_page()
    when_they_choose_to_be(page, "Bea Doorbell")
    follow(page.get_by_role("link", name="Left in the last 21 days"))
    expect(page.locator(".tg-people__name").first).to_be_visible()
    _take(page, PICTURES / "today.png")
    # What keeps him safe stands first, until it is read
    when_they_open_the_record_of(page, "Danny Compass")
    expect(page.get_by_role("heading", name="Read this first: what keeps them safe")).to_be_visible()
    record = page.url
    follow(page.get_by_role("button", name="We have read this"))
    page.goto(record)
    expect(page.get_by_text("They differ on the dose")).to_be_visible()
    _take(page, PICTURES / "record.png")
    page.goto(page.url.split("people")[0] + "everyone/")
    _take(page, PICTURES / "everyone.png")
    # What somebody was asked, at a phone's width: over time, on paper, and typed back
    page = open_page(width=PHONE)
    when_they_choose_to_be(page, "Bea Doorbell")
    when_they_open_the_record_of(page, "Precious Harbour")
    when_they_follow(page, "Ask and note", "over time")
    expect(page.get_by_role("img").first).to_be_visible()
    then_it_is_usable_by_all(page)
    page.go_back()
    when_they_follow(page, "On paper")
    then_it_is_usable_by_all(page)
    code = page.locator(".tg-form b").last.inner_text()
    page.go_back()
    press(page.get_by_text("Type a paper form back"))
    page.get_by_label("The code at the foot of the paper").fill(code)
    follow(page.get_by_role("button", name="Type it back"))
    then_it_is_usable_by_all(page)


def test_what_somebody_says_of_themself_stands_where_they_let_it(
    town: None, open_page: Callable[..., Page]
) -> None:
    page = open_page(width=PHONE)
    when_they_choose_to_be(page, "Tess Umbra")
    when_they_open_the_record_of(page, "Dee Lantern")
    expect(page.get_by_text("Not shared with you").first).to_be_visible()
    when_they_follow(page, "Their whole story")
    expect(page.get_by_text("I want to be asked before anybody says her name.")).to_be_visible()
    expect(page.get_by_role("link", name="The stove")).to_be_visible()
    then_it_is_usable_by_all(page)
    # What changed for somebody is read without a name; so is how much people are asked
    page = open_page(width=PHONE)
    when_they_choose_to_be(page, "Pat Ledger")
    when_they_follow(page, "What changed for people")
    expect(page.get_by_text("I am in nobody's debt.")).to_be_visible()
    then_it_is_usable_by_all(page)
    when_they_follow(page, "How much people are asked")
    expect(page.get_by_text("Wellway Prison Health").first).to_be_visible()
    then_it_is_usable_by_all(page)
    # What was agreed for her doctor has changed since
    page = open_page(width=PHONE)
    when_they_choose_to_be(page, "Nurse Ada Thermos")
    when_they_open_the_record_of(page, "Dee Lantern")
    when_they_follow(page, "Texts for others", "Summary for the GP practice, version 1")
    expect(page.get_by_role("heading", name="Out of date")).to_be_visible()
    then_it_is_usable_by_all(page)
    # And what she carries, made again since her day moved, is readable without a network
    page = open_page()
    when_they_choose_to_be(page, "Nurse Ada Thermos")
    when_they_open_the_record_of(page, "Dee Lantern")
    when_they_follow(page, "Release pack")
    follow(page.get_by_role("button", name="Make it again"))
    link = page.locator("a[href*='sheet-1.html']").first.get_attribute("href")
    assert link
    sheet = page.request.get(page.url.split("/as/")[0] + link).text()
    page.context.set_offline(offline=True)
    page.goto("about:blank")
    page.set_content(sheet)
    then_the_heading_is(page, "My next steps")
    _take(page, PICTURES / "sheet.png")


def test_the_page_of_components_is_usable_by_all(page: Page) -> None:
    with override_settings(DEMO=True):
        page.goto("/components/")
        then_it_is_usable_by_all(page)


def _take(page: Page, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, clip={"x": 0, "y": 0, "width": DESK, "height": 900}, full_page=True)
    assert path.stat().st_size > 10_000  # bytes; a blank page is far smaller


def test_the_pictures_the_documents_show_are_kept() -> None:
    assert all(
        (ROOT / "docs" / "pictures" / name).exists() for name in ("record.png", "sheet.png", "today.png")
    )
