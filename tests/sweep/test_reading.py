"""Nobody is shown more than the tables say, at any address there is, and each look is known.

Nothing that somebody typed runs there, and no word of a record stands in an address or a log
(A01, A04, L01, L04, N04).
"""

import logging

import pytest

from tests.sweep.canaries import Kept
from tests.sweep.judging import faults, unseen
from tests.sweep.routes import Route, addresses, named, routes, shows
from tests.sweep.walk import Answer, every, go, readable, reads, record, some
from tests.sweep.world import World
from throughgate.access import policy

ROUTES = routes()
NAMES = [route.name for route in ROUTES]
each_route = pytest.mark.parametrize("route", ROUTES, ids=NAMES)
of_a_person = pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.is_of_a_person], ids=lambda route: str(route.name)
)


def test_each_address_says_what_it_may_show() -> None:
    assert sorted(shows()) == sorted(NAMES)


@each_route
def test_an_answer_shows_no_more_than_the_tables_say_and_goes_no_further(
    world: World, route: Route, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    found = []
    for address in every(world, route, most=5):
        answer = go(world, address)
        found += faults(world, address, answer) + unseen(world, address, answer)
    for address in every(world, route, most=2):
        found += faults(world, address, go(world, address, "post"))
    assert found == []
    assert not [canary for canary in world.canaries.found(caplog.text) if not canary.is_id]


@of_a_person
def test_whoever_is_hidden_looks_like_nobody_there_is(world: World, route: Route) -> None:
    nobody: dict[tuple[str, str], Answer] = {}
    for address in every(world, route, most=2, hidden=True):
        absent = addresses(world, route, address.role, "absent")[0]
        for method in ("get", "post"):
            key = (address.role, method)
            if key not in nobody:
                nobody[key] = go(world, absent, method)
            assert go(world, address, method) == nobody[key], address


@pytest.mark.parametrize("whose", ["own", "keeps back", "shares"])
def test_a_record_shows_each_role_all_that_the_tables_let_it_read(world: World, whose: str) -> None:
    """Else the tests above would pass for want of words."""
    worded = {each.category for each in world.canaries.known.values() if each.whose == whose and each.is_word}
    assert len(worded) > 10
    for role in world.hats if whose == "own" else some([*world.hats], most=5, of=whose):
        page = record(world, role, whose)
        seen = {canary for canary in world.canaries.found(page.body) if canary.is_word}
        assert {canary.category for canary in seen} == readable(role, whose) & worded, role
        assert any(canary.kept is Kept.RESTRICTED for canary in seen) == reads(role, Kept.RESTRICTED), role


@pytest.mark.parametrize("whose", ["own", "keeps back", "shares"])
def test_a_program_fetches_all_that_its_role_reads_and_may_be_handed_on(world: World, whose: str) -> None:
    """The same, of the one address that a program has a record from."""
    worded = {each.category for each in world.canaries.known.values() if each.whose == whose and each.is_word}
    for role in world.programs:
        (address,) = addresses(world, named("api_person"), role, whose)
        seen = {canary for canary in world.canaries.found(go(world, address).body) if canary.is_word}
        read = readable(role, whose) - {policy.PROTECTED}
        assert {canary.category for canary in seen} == read & worded, role
        assert {canary.kept for canary in seen} == {Kept.NOBODY}, role
