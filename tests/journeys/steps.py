"""What people do at a screen, in words a nurse could read aloud."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Locator, Page, expect

from tests import story
from tests.journeys.conftest import DESK, PHONE
from throughgate.foundation import clock
from throughgate.staff import actions as staff
from throughgate.wiring import schedule

TRIES = 5
PASSWORD = "a lantern by the gate"
# Rules of WCAG 2.2 A and AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHERE_THINGS_STAND = ["target-size", "scrollable-region-focusable"]


def follow(what: Locator, *, until: Literal["load", "commit"] = "load") -> None:
    """Press what leads to another page, and wait until that stands with its scripts.

    A click alone may return before, on a busy machine: whatever comes next would meet the page it left.
    """
    with what.page.expect_navigation(wait_until=until):
        what.click()


def touch(what: Locator) -> None:
    """As `follow`, with a finger."""
    with what.page.expect_navigation():
        what.tap()


def press(what: Locator) -> None:
    """What changes the page it stands on."""
    what.click()


def then_a_file_comes(link: Locator, *, name: str) -> None:
    """To keep or to print; the page stays."""
    with link.page.expect_download() as coming:
        link.click()
    assert coming.value.suggested_filename == name


def given_a_worker(
    name: str, *, role: str, at: str, works_in: Sequence[str] = (), team: str = "Day team"
) -> str:
    """Somebody who can sign in; returns their address."""
    story.prison(at)
    email = f"{name.lower().replace(' ', '.')}@example.org"
    staff.add_worker(
        email=email,
        name=name,
        role=role,
        organisation=at,
        team=team,
        works_in=works_in,
        password=PASSWORD,
        on=date(2026, 1, 1),
    )
    return email


def when_they_sign_in(page: Page, email: str, *, password: str = PASSWORD) -> None:
    page.goto("/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    follow(page.get_by_role("button", name="Sign in", exact=True))


def when_they_look_at_everyone_here(page: Page) -> None:
    follow(page.get_by_role("navigation", name="Places to go").get_by_role("link", name="Everyone here"))
    then_the_heading_is(page, "Everyone here")


def when_they_look_at_today(page: Page, tab: str) -> None:
    follow(page.get_by_role("navigation", name="Places to go").get_by_role("link", name="Today"))
    follow(page.get_by_role("navigation", name="Which people").get_by_role("link", name=tab))
    expect(page.locator(".tg-tabs [aria-current]")).to_have_text(tab)


def when_they_open(page: Page, name: str) -> None:
    follow(page.get_by_role("link", name=name, exact=True).first)
    then_the_heading_is(page, name)


def when_they_record(page: Page, what: str) -> None:
    follow(page.get_by_role("link", name="Record something").first)
    follow(page.get_by_role("link", name=what, exact=True))


def when_they_look_at_every_step(page: Page) -> None:
    follow(page.get_by_role("link", name="Every step, by when, and why"))


def then_a_step_is_asked_for(page: Page, what: str) -> None:
    expect(page.locator(".tg-steps strong").filter(has_text=what)).to_have_count(1)


def when_they_tick_all(boxes: Locator) -> None:
    """Every one of them, of which there is one at least."""
    expect(boxes.first).to_be_visible()
    for box in boxes.all():
        box.check()


def when_they_press_twice(page: Page, name: str, *, then_at: str) -> None:
    """The second press ends the first's going on, which waiting for a navigation would take for a failure."""
    page.get_by_role("button", name=name).dblclick()
    expect(page).to_have_url(re.compile(then_at))
    page.wait_for_load_state()


def then_the_heading_is(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def then_it_is_usable_by_all(page: Page) -> None:
    """No fault that axe can see, one heading that says where you are, and nothing to scroll sideways.

    At a desk and on a phone: on a phone of axe's rules those alone that turn on where things stand.
    """
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    when_it_stands_still(page)
    stood = page.viewport_size
    assert stood
    for width, rules in ((DESK, RULES), (PHONE, WHERE_THINGS_STAND)):
        page.set_viewport_size({**stood, "width": width})
        found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} pixels too wide at {width}"
    page.set_viewport_size(stood)


def when_it_stands_still(page: Page) -> None:
    """All of it has come, and it does not renew itself under whoever is looking at it."""
    for _ in range(TRIES):
        with suppress(Error):  # it was renewing itself that very moment
            page.wait_for_load_state()  # on a busy machine a page stands before its stylesheet does
            page.evaluate("window.stop()")
            return
    pytest.fail(f"{page.url} does not stand still.")


# What happens meanwhile


def it_is(patch: pytest.MonkeyPatch, moment: str) -> None:
    """The clock in London stands at that moment; on a new day, what follows from the day has been done."""
    before = clock.today()
    patch.setenv("TG_CLOCK", _in_london(moment).isoformat())
    if clock.today() != before:
        schedule.refresh_everybody()


def the_prison_says(document: Mapping[str, Any], *, as_at: str) -> None:
    story.bring_in(document, as_at=_in_london(as_at))


def a_provider_says(source: str, *rows: Mapping[str, str], as_at: str) -> None:
    story.treated(*rows, source=source, as_at=_in_london(as_at))


def _in_london(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=clock.LONDON)


def given_an_authenticator(page: Page) -> None:
    """Such as a computer's own: it has a PIN or a finger, and somebody there to press."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    chromium.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
