"""In their own book the person is shown nothing that is kept from them, nor of anybody else (A11)."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import database
from tests.content import rows
from tests.contexts.clients import signed_in
from tests.sweep.canaries import Canary, Kept
from tests.sweep.routes import addresses, routes
from tests.sweep.walk import Answer, read, some
from tests.sweep.world import RECOVERY, World

ROUTES = [route for route in routes() if route.door == "own"]
FROM_THEM = {Kept.PERSON, Kept.RESTRICTED}
# Nobody's: as if what is kept from the person had never been written.
GONE = """
UPDATE record_entry SET identity_id = gen_random_uuid() WHERE id IN (
    SELECT entry.id FROM record_entry entry JOIN people_identity identity ON identity.id = entry.identity_id
    WHERE identity.person_id = %s AND (entry.withheld OR entry.restricted))
"""


@pytest.fixture
def book(world: World) -> Client:
    """A browser in which the book of the one who is here stands open."""
    hat = world.hats[RECOVERY]
    client = signed_in(hat)
    client.post(reverse("open_beside", args=[hat.post_id, world.people["own"].id]))
    return client


def pages(world: World, book: Client) -> Iterator[tuple[str, Answer]]:
    for route in ROUTES:
        for address in some(addresses(world, route, RECOVERY, "own"), most=6, of=route.name):
            yield address.url, read(book.get(address.url))


def told(world: World, url: str, answer: Answer) -> set[Canary]:
    return world.canaries.found(answer.text) - world.canaries.found(url)


def test_nothing_that_is_kept_from_the_person_or_is_anybody_elses_is_in_their_book(
    world: World, book: Client
) -> None:
    words = set()
    for url, answer in pages(world, book):
        found = told(world, url, answer)
        assert not [one for one in found if one.whose != "own" or one.kept in FROM_THEM], url
        words |= {one for one in found if one.is_word}
    assert len({one.category for one in words}) > 10
    assert {one.kept for one in words} == {Kept.NOBODY, Kept.SOME}


def test_no_count_and_no_gap_tells_that_something_is_kept_from_them(world: World, book: Client) -> None:
    before = dict(pages(world, book))
    with database.role("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tg.redacting', 'record_entry', true)")
        cursor.execute(GONE, [world.people["own"].id])
        assert cursor.rowcount > 100
        cursor.execute("SELECT set_config('tg.redacting', '', true)")
    after = dict(pages(world, book))
    assert [url for url in before if before[url].body != after[url].body] == []
    assert rows("SELECT count(*) FROM audit_event WHERE action = 'open record'")
