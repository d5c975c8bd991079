"""Two who do the same at one moment: the second waits for the first, and in one order."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connections, transaction

from tests import story
from tests.content import rows
from throughgate.oversight import near
from throughgate.people import actions as people
from throughgate.people.exact import Sought
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 60
PEOPLE = 12
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def meanwhile(together: ThreadPoolExecutor, deed: Callable[[], None]) -> "Future[None]":
    """Somebody else does it in a connection of their own, and is waited for until they wait for us."""

    def one() -> None:
        try:
            with transaction.atomic():
                deed()
        finally:
            connections.close_all()

    begun, until = together.submit(one), time.monotonic() + PATIENCE_SECONDS
    while rows(WAITING) == [(0,)] and not begun.done() and time.monotonic() < until:
        time.sleep(0.01)
    return begun


def declare(hat: Hat, number: str) -> None:
    near.declare(hat, Sought(number=("prison", number)), why="family", at=story.NOON)


def test_what_two_declare_at_one_moment_closes_each_record_once() -> None:
    story.bring_in(story.document(), story.document(story.GETHIN))
    first, second, third = (story.worker() for _ in range(3))
    declare(first, story.DEE)
    with ThreadPoolExecutor(1) as together:
        with transaction.atomic():
            declare(second, story.GETHIN)
            begun = meanwhile(together, lambda: declare(third, story.DEE))
        begun.result(PATIENCE_SECONDS)
    dee, gethin = story.person(), story.person(story.GETHIN)
    closed = {(first.worker_id, dee), (second.worker_id, gethin), (third.worker_id, dee)}
    found = rows("SELECT worker_id, person_id FROM access_bar")
    assert (len(found), set(found)) == (3, closed)


def test_who_died_is_marked_in_the_order_in_which_everybody_holds_people() -> None:
    numbers = [f"A1{number:03}BC" for number in range(PEOPLE)]
    story.bring_in(*(story.document(number, bookingId=number) for number in numbers))
    by_person = dict(sorted((story.person(number), story.identity(number)) for number in numbers))
    first: UUID = next(iter(by_person))
    feed = story.feed()
    # Written last, the first stands last where the table is read as it lies.
    people.note_death(story.opens(story.worker(), first), [first], state="")
    with ThreadPoolExecutor(1) as together:
        with transaction.atomic():
            people.hold(feed, [first])
            begun = meanwhile(
                together, lambda: people.note_death_of_identities(feed, [*reversed(by_person.values())])
            )
            free = rows("SELECT id FROM people_person ORDER BY id FOR UPDATE SKIP LOCKED")
        begun.result(PATIENCE_SECONDS)
    assert {person_id for (person_id,) in free} == by_person.keys()
    assert rows("SELECT DISTINCT death FROM people_person") == [("reported",)]
