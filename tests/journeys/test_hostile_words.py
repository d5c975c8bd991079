"""What somebody typed to have it run is read in a real browser, and runs nowhere (N04)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page

from tests.journeys.steps import given_a_worker, when_they_sign_in
from tests.sweep import world as worlds
from tests.sweep.routes import addresses, routes
from tests.sweep.walk import NIGHTLY
from tests.sweep.world import HERE, RECOVERY, TODAY, World
from throughgate.staff import queries as staff
from throughgate.staff.models import Worker

pytestmark = pytest.mark.django_db(transaction=True)
BY_DAY = ("person", "story", "sheet", "correct")


def test_nothing_that_was_typed_runs_in_a_browser(
    open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That no page broke its policy, and none asked another host for anything, `open_page` sees to itself."""
    monkeypatch.setenv("TG_CLOCK", TODAY.isoformat())
    world, page, ran = World(), open_page(), []
    worlds.comes(world, "own", prison=HERE)
    email = given_a_worker("Ravi Inkwell", role=RECOVERY, at=HERE)
    (world.hats[RECOVERY],) = staff.hats_of(Worker.objects.get(email=email).id, on=TODAY.date())

    def close(dialog: Dialog) -> None:
        ran.append(page.url)
        dialog.dismiss()

    page.on("dialog", close)
    when_they_sign_in(page, email)
    seen = 0
    for route in routes():
        if route.is_of_a_person and (NIGHTLY or route.name in BY_DAY):
            for address in addresses(world, route, RECOVERY, "own")[: None if NIGHTLY else 2]:
                page.goto(address.url)
                seen += len(world.canaries.found(page.content()))
    assert ran == []
    assert seen > 100
