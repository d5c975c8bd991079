"""What somebody typed to have it run is read in a real browser, and runs nowhere (N04).

By day a few pages; by night (`./tg night`) every page of a record, with an entry of each kind: what another
entry of that kind says is put there by the same lines, and the sweep reads all of them without a browser.
"""

from collections.abc import Callable, Iterable, Iterator

import pytest
from playwright.sync_api import Dialog, Error, Page

from tests.journeys.steps import given_a_worker, when_they_sign_in
from tests.sweep import world as worlds
from tests.sweep.routes import Address, addresses, routes
from tests.sweep.walk import NIGHTLY
from tests.sweep.world import HERE, RECOVERY, TODAY, World
from throughgate.staff import queries as staff
from throughgate.staff.models import Worker

pytestmark = pytest.mark.django_db(transaction=True)
BY_DAY = ("person", "story", "sheet", "correct")
# A picture by itself is shown by a page of the browser's own, whose style our policy forbids.
NO_PAGE_OF_OURS = "story_file"
SHARES = 8 if NIGHTLY else 1


@pytest.mark.parametrize("share", range(SHARES))
def test_nothing_that_was_typed_runs_in_a_browser(
    open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch, share: int
) -> None:
    """That no page broke its policy, and none asked another host for anything, `open_page` sees to itself."""
    monkeypatch.setenv("TG_CLOCK", TODAY.isoformat())
    world, page, ran = World(), open_page(), []
    worlds.comes(world, "own", prison=HERE)
    email = given_a_worker("Ravi Inkwell", role=RECOVERY, at=HERE)
    (world.hats[RECOVERY],) = staff.hats_of(Worker.objects.get(email=email).id, on=TODAY.date())
    worlds.give_papers(world, "own", world.hats[RECOVERY], TODAY)

    def close(dialog: Dialog) -> None:
        ran.append(page.url)
        dialog.dismiss()

    page.on("dialog", close)
    when_they_sign_in(page, email)
    seen = 0
    for address in [*tried(world)][share::SHARES]:
        look_at(page, address)
        seen += len(world.canaries.found(page.content()))
    assert ran == []
    assert seen > 100


def look_at(page: Page, address: Address) -> None:
    """A file to keep is no page: it is opened without us, and the sweep reads it."""
    try:
        page.goto(address.url)
    except Error as refusal:
        if "Download is starting" not in refusal.message:
            raise


def tried(world: World) -> Iterator[Address]:
    for route in routes():
        if route.is_of_a_person and route.name != NO_PAGE_OF_OURS and (NIGHTLY or route.name in BY_DAY):
            found = addresses(world, route, RECOVERY, "own")
            yield from one_of_each_kind(world, found) if NIGHTLY else found[:2]


def one_of_each_kind(world: World, found: list[Address]) -> Iterable[Address]:
    """The first address of each kind of entry, which nobody is kept from, and all that name no entry."""
    names = {canary.word: canary.where for canary in world.canaries.known.values() if canary.is_id}
    kinds = (tuple(names.get(str(value), str(value)) for value in one.values) for one in found)
    firsts: dict[tuple[str, ...], Address] = {}
    for kind, address in zip(kinds, found, strict=True):
        firsts.setdefault(kind, address)
    return firsts.values()
