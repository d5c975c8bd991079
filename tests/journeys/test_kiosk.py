"""The book on a machine such as stands in a cell or on a wing: touched, small, shared, and locked down.

It has one window, no tab, printer, clipboard, store or file, an engine of years ago, and leave to ask for the
addresses of the book alone. None was at hand: docs/how-to/use-a-kiosk.md says what is known of them.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import PATIENCE_MS
from tests.journeys.steps import follow, touch
from tests.journeys.test_mine import CANARY, WORD, code, ravi, when_she_opens_it, when_she_says_her_word

__all__ = ["code", "ravi"]  # fixtures
pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = [(1024, 600), (800, 480)]
ALLOWED = ("/mine/", "/bank-holidays/", "/static/throughgate/")
PLACES = (
    "My plan",
    "My story",
    "My answers",
    "Tell someone",
    "What was written",
    "Who can see what",
    "Who looked",
    "My copy",
)
FINGER = 24  # pixels: the least of WCAG 2.2
LACKS = """
for (const name of ["PublicKeyCredential", "HTMLDialogElement", "Notification", "caches", "indexedDB"]) {
  Object.defineProperty(window, name, { value: undefined });
}
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
}
for (const name of ["credentials", "clipboard", "serviceWorker", "share"]) {
  Object.defineProperty(navigator, name, { value: undefined });
}
window.open = window.print = () => { throw new Error("This machine does neither."); };
"""
# What engines of before 2020 read over: a rule with it, or that line of a rule.
NEWER = re.compile(
    r"[^{}]*:(?:has|is|where)\([^{}]*\{[^{}]*\}|(?:gap|inset|aspect-ratio|accent-color):[^;}]*;?"
)
Open = Callable[..., Page]


@pytest.fixture
def kiosk(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """`kiosk((1024, 600), scripts=False)`: its one window; each call is somebody who sits down anew."""
    asked: list[str] = []
    opened: list[str] = []

    def only_what_is_allowed(route: Route) -> None:
        url = route.request.url
        path = urlsplit(url).path
        if not url.startswith(live_server.url) or not path.startswith(ALLOWED):
            asked.append(url)
            return route.abort()
        if path.endswith(".css"):
            answer = route.fetch()
            return route.fulfill(response=answer, body=NEWER.sub("", answer.text()))
        return route.continue_()

    def sit_down(screen: tuple[int, int], *, scripts: bool) -> Page:
        width, height = screen
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            has_touch=True,
            java_script_enabled=scripts,
            accept_downloads=False,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(LACKS)
        context.route("**/*", only_what_is_allowed)
        context.on("weberror", lambda error: opened.append(f"script failed: {error.error}"))
        page = context.new_page()
        page.on("popup", lambda _: opened.append("a window"))
        page.on("download", lambda file: opened.append(f"a file: {file.url}"))
        page.on("dialog", lambda _: opened.append("a dialog"))
        page.on("filechooser", lambda _: opened.append("a chooser of files"))
        return page

    yield sit_down
    for context in browser.contexts:
        context.close()
    assert (asked, opened) == ([], [])


def then_it_fits(page: Page) -> None:
    """Nothing to scroll sideways, nothing too small for a finger, and a way out in sight."""
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("button", name="Leave this page now")).to_be_in_viewport()
    wide = page.locator("html").evaluate("html => html.scrollWidth - html.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"
    for each in page.locator("main button:visible, nav a:visible, header button:visible").all():
        box = each.bounding_box()
        assert box, page.url
        assert box["height"] >= FINGER, (page.url, each.inner_text())
    places = [each.bounding_box() for each in page.locator("nav a:visible").all()]
    for left, right in pairwise(each for each in places if each):
        assert right["x"] - left["x"] - left["width"] > FINGER / 3 or right["y"] > left["y"], page.url


@pytest.mark.parametrize(
    ("screen", "scripts"),
    [((1024, 600), True), ((800, 480), False)],
    ids=["a wide one with scripts", "a small one without"],
)
def test_the_whole_book_is_read_and_written_there(
    code: str, kiosk: Open, screen: tuple[int, int], *, scripts: bool
) -> None:
    page = kiosk(screen, scripts=scripts)
    # Given a slip, half of it typed when the letters turn out to be too small
    page.goto("/mine/")
    then_it_fits(page)
    page.get_by_label("Your code").fill(code)
    touch(page.get_by_role("button", name="Larger letters"))
    expect(page.get_by_label("Your code")).to_have_value(code)
    then_it_fits(page)
    # Then no telephone is offered where the machine knows of none, and the slip opens it
    expect(page.get_by_role("button", name="Use my own phone or computer")).to_be_hidden()
    for label, typed in (("Day", "4"), ("Month", "5"), ("Year", "1989")):
        page.get_by_label(label, exact=True).fill(typed)
    touch(page.get_by_role("button", name="Open", exact=True))
    then_it_fits(page)
    touch(page.get_by_role("link", name="Open the rest with my word"))
    page.get_by_label("Your word").fill(WORD)
    touch(page.get_by_role("button", name="Open", exact=True))
    # And each page fits
    for name in PLACES:
        touch(page.get_by_role("link", name=name, exact=True).first)
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        then_it_fits(page)
    # And what would make a file or paper says who does it instead
    expect(page.get_by_text("Ask a worker to print it for you.")).to_be_visible()
    # When she writes, and finds the letters too large half-way
    touch(page.get_by_role("link", name="My story", exact=True).first)
    touch(page.get_by_role("link", name=re.compile("Write ?: What worries me")))
    page.get_by_label("Your words").fill("The first night")
    touch(page.get_by_role("button", name="Smaller letters"))
    expect(page.get_by_label("Your words")).to_have_value("The first night")
    then_it_fits(page)
    touch(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("The first night")).to_be_visible()
    # And keeps something back
    touch(page.get_by_role("link", name="Who can see what", exact=True).first)
    touch(page.get_by_role("link", name="Change who can see what"))
    then_it_fits(page)
    page.get_by_role("radio").first.check()
    touch(page.get_by_role("link", name="Back", exact=True))
    # And leaves
    touch(page.get_by_role("button", name="Leave this page now"))
    expect(page.get_by_role("heading", level=1, name="Bank holidays")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_who_sits_down_next_sees_nothing_of_who_was_cut_off(code: str, kiosk: Open, *, scripts: bool) -> None:
    # Given Dee reads her plan when the machine throws her out
    page = kiosk(SCREENS[0], scripts=scripts)
    when_she_opens_it(page, code)
    when_she_says_her_word(page)
    follow(page.get_by_role("link", name="My plan", exact=True).first)
    expect(page.get_by_text(CANARY).first).to_be_visible()
    read, context = page.url, page.context
    page.close()
    # When somebody else is given the machine as it was left, at the page it starts with
    page = context.new_page()
    page.goto("/mine/")
    # Then it asks for a code, and going back shows nothing
    expect(page.get_by_role("heading", level=1, name="Open your steps")).to_be_visible()
    expect(page.get_by_label("Your code")).to_have_value("")
    page.go_back()
    assert CANARY not in page.content()
    # And so does the address that she read last, and each other page of hers
    for address in (read, "/mine/next/", "/mine/copy.zip", "/mine/plan.wav"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1, name="Open your steps")).to_be_visible()


def test_the_address_that_a_machine_brings_back_first_shuts_what_was_open(code: str, kiosk: Open) -> None:
    page = kiosk(SCREENS[0], scripts=True)
    when_she_opens_it(page, code)
    read, context = page.url, page.context
    page.close()
    page = context.new_page()
    page.goto(read)
    expect(page.get_by_role("heading", level=1, name="Open your steps")).to_be_visible()
