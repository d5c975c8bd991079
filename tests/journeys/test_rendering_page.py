"""A sheet as one file: it opens where there is no network, and anybody can read it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import PHONE
from tests.sheets import sheet
from throughgate.packs import rendering
from throughgate.packs.content import Item, Language, Layout, Reader, Section, Sheet


def with_number(made: Sheet, number: str) -> Sheet:
    """Nothing but the number that is answered, beside the one for an emergency."""
    items = tuple(
        Item(key=each, title=each, lines=("Someone answers, day and night.",)) for each in (number, "999")
    )
    return replace(made, sections=(Section(key="help", heading="If something goes wrong", items=items),))


def opened(page: Page, wanted: Sheet) -> Page:
    page.context.set_offline(True)
    page.set_content(rendering.page(wanted).decode())
    return page


@pytest.mark.parametrize("layout", Layout)
def test_a_phone_shows_the_whole_sheet_without_a_network(phone: Page, layout: Layout) -> None:
    shown = opened(phone, sheet(layout=layout, language=Language.WELSH))
    expect(shown.locator("html")).to_have_attribute("lang", "cy")
    expect(shown.get_by_text("Friday 4 December, 10:00")).to_be_visible()
    expect(shown.get_by_role("listitem")).to_have_count(5)
    assert shown.get_by_role("img").count() == (1 if layout is not Layout.EASY else 5)
    steps.then_it_is_usable_by_all(shown)


def test_hostile_text_stays_in_its_place(open_page: Callable[..., Page]) -> None:
    """C04: nothing is asked for, which the page's fixture holds, and nothing runs."""
    text = "<script>document.title='run'</script><img src=//elsewhere.example/ onerror=alert(1)>"
    shown = opened(open_page(width=PHONE), sheet(text=text, reader=Reader.NEXT_WORKER))
    expect(shown).to_have_title("Your sheet")
    expect(shown.get_by_text("<script>").first).to_be_visible()


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("number", ["01632 960002", "020 7946 0018", "0808 1570 123"])
def test_the_number_that_is_answered_stands_in_one_line(
    open_page: Callable[..., Page], layout: Layout, number: str
) -> None:
    page = opened(open_page(), with_number(sheet(layout=layout), number))
    for width in (320, PHONE, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        (box,) = page.get_by_role("link", name=number).evaluate_all(
            "all => all.map(each => [each.getClientRects().length, each.getBoundingClientRect().right,"
            " each.closest('.point').getBoundingClientRect().right])"
        )
        lines, right, edge = box
        assert (lines, right <= edge) == (1, True), f"{number} at {width} in {layout}: {box}"
