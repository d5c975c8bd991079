"""A browser for journeys: Debian's Chromium, driven against a live server on the suite's database.

Where there is no Chromium they are skipped, with the line that installs it; `TG_BROWSER=required` makes that
a failure. No page may ask another host for anything, and no script on a page may fail.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from throughgate.wiring import chromium

# Chromium's own sandbox cannot start as root; the rest keeps it from asking anything of the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
DESK = 1100  # pixels wide
PHONE = 360
# Long, as a busy machine may stand still for seconds: only a journey that fails waits so long.
PATIENCE_MS = 30_000
A_TUESDAY = "2026-11-10T10:00:00+00:00"
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(autouse=True)
def _on_a_working_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each journey begins on this day, unless it says another: none hangs on when the suite runs."""
    monkeypatch.setenv("TG_CLOCK", A_TUESDAY)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.path()
    if path is None and chromium.is_required():
        pytest.fail(chromium.MISSING)
    if path is None:
        pytest.skip(chromium.MISSING)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, which Django would take for a careless caller.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """`open_page(width=PHONE, scripts=False)`: a page of a person who has not been here before."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def stay_here(route: Route) -> None:
        if route.request.url.startswith((live_server.url, "data:", "blob:")):
            return route.continue_()
        complaints.append(f"asked {route.request.url}")
        return route.abort()

    def open_one(*, width: int = DESK, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.route("**/*", stay_here)
        context.on("weberror", lambda error: complaints.append(f"script failed: {error.error}"))
        context.on("console", lambda said: complaints.append(said.text) if _is_refusal(said.text) else None)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """At a desk, with scripts."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """360 pixels wide, with scripts."""
    return open_page(width=PHONE)


@pytest.fixture
def plain_page(open_page: Callable[..., Page]) -> Page:
    """At a desk, where scripts do not run."""
    return open_page(scripts=False)


def _is_refusal(text: str) -> bool:
    """What Chromium says when a page breaks its own security policy."""
    return "Content Security Policy" in text


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each journey carries the mark, so that `-m "not browser"` leaves them out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
