"""The demo as each of its workers sees it, on one fixed day; and the pictures of the documents.

`TG_PICTURES=write ./tg test tests/journeys/test_the_demo.py` takes the pictures afresh; otherwise they are
taken to var/, so that fonts of another machine change nothing that is kept.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.steps import (
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_everyone_here,
)
from throughgate.wiring import demo
from throughgate.wiring.places import ROOT, VAR

pytestmark = pytest.mark.django_db(transaction=True)
D0 = date(2026, 11, 20)  # a Friday, with the first bank holidays of the winter in reach
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


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The demo's town on its day, loaded the way `./tg demo` does."""
    monkeypatch.setenv("TG_CLOCK", MORNING)
    demo.load(D0)
    with override_settings(DEMO=True):
        yield


def when_they_choose_to_be(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("button", name=name).first.click()


def test_each_worker_of_the_demo_has_pages_that_all_can_use(
    town: None, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto("/")
    then_it_is_usable_by_all(page)
    for name, person in OPENS_RECORDS.items():
        for width in (DESK, PHONE):
            page = open_page(width=width)
            # When they choose who they are
            when_they_choose_to_be(page, name)
            then_the_heading_is(page, "Today")
            then_it_is_usable_by_all(page)
            when_they_look_at_everyone_here(page)
            # Then the page says that this is a demo, and the record of one of theirs opens
            expect(page.get_by_role("banner").get_by_text("DEMO")).to_be_visible()
            page.get_by_label("Name, number or birth date").fill(person)
            page.get_by_role("button", name="Show").click()
            page.get_by_role("link", name=person).first.click()
            then_the_heading_is(page, person)
            then_it_is_usable_by_all(page)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Max Switch", "Workers"),
        ("Pat Ledger", "A commissioner opens nobody's record."),
        ("Governor Una Gate", "A governor opens nobody's record."),
    ],
)
def test_who_sees_no_record_has_a_page_of_their_own_and_finds_nobody(
    town: None, page: Page, name: str, told: str
) -> None:
    when_they_choose_to_be(page, name)
    expect(page.get_by_role("main").get_by_text(told).first).to_be_visible()
    then_it_is_usable_by_all(page)
    answer = page.goto(f"{page.url.removesuffix('workers/')}everyone/")
    assert answer is not None
    assert answer.status == 403


def test_what_is_not_shared_and_what_is_not_recorded_read_differently(town: None, page: Page) -> None:
    when_they_choose_to_be(page, "Tess Umbra")
    when_they_look_at_everyone_here(page)
    page.get_by_role("link", name="Dee Lantern").first.click()
    expect(page.get_by_text("Not shared with you").first).to_be_visible()


def test_two_sources_that_differ_on_a_dose_stand_side_by_side(town: None, page: Page) -> None:
    when_they_choose_to_be(page, "Bea Doorbell")
    when_they_look_at_everyone_here(page)
    page.get_by_role("link", name="Danny Compass").first.click()
    expect(page.get_by_text("They differ on the dose")).to_be_visible()
    _take(page, PICTURES / "record.png")
    page.goto(page.url.split("people")[0] + "everyone/")
    _take(page, PICTURES / "everyone.png")


def test_who_left_stands_in_the_order_of_what_is_urgent_with_why(town: None, page: Page) -> None:
    when_they_choose_to_be(page, "Bea Doorbell")
    page.get_by_role("link", name="Left in the last 21 days").click()
    expect(page.locator(".tg-people__name").first).to_be_visible()
    _take(page, PICTURES / "today.png")


def test_what_somebody_carries_is_readable_without_a_network(town: None, page: Page) -> None:
    when_they_choose_to_be(page, "Nurse Ada Thermos")
    when_they_look_at_everyone_here(page)
    page.get_by_role("link", name="Dee Lantern").first.click()
    page.get_by_role("link", name="Release pack").first.click()
    page.get_by_role("link", name="Read it, and print it").first.click()
    link = page.locator("a[href*='sheet-1.html']").first.get_attribute("href")
    assert link
    sheet = page.request.get(page.url.split("/as/")[0] + link).text()
    page.context.set_offline(offline=True)
    page.goto("about:blank")
    page.set_content(sheet)
    then_the_heading_is(page, "My next steps")
    _take(page, PICTURES / "sheet.png")


def test_the_page_of_components_is_usable_by_all(town: None, open_page: Callable[..., Page]) -> None:
    for width in (DESK, PHONE):
        page = open_page(width=width)
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
