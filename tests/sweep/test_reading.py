"""Nobody is shown more than the tables say, at any address there is (A01, A04, L01)."""

import pytest

from tests.sweep.canaries import Kept
from tests.sweep.routes import Route, addresses, named, routes, shows
from tests.sweep.walk import every, go, is_open, leaks, readable, reads, some
from tests.sweep.world import World
from throughgate.pages.person.forms import LONG

ROUTES = routes()
NAMES = [route.name for route in ROUTES]
each_route = pytest.mark.parametrize("route", ROUTES, ids=NAMES)
of_a_person = pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.is_of_a_person], ids=lambda route: str(route.name)
)


def test_each_address_says_what_it_may_show() -> None:
    assert sorted(shows()) == sorted(NAMES)


@each_route
def test_an_answer_shows_nothing_that_the_tables_do_not_let_that_role_see(world: World, route: Route) -> None:
    found = []
    for method, most in (("get", 14), ("post", 5)):
        for address in some(every(world, route), most=most):
            found += leaks(world, address, go(world, address, method))
    assert found == []


@of_a_person
def test_whoever_is_hidden_looks_like_nobody_there_is(world: World, route: Route) -> None:
    hidden = [address for address in every(world, route) if not is_open(address)]
    for address in some(hidden, most=6):
        nobody = addresses(world, route, address.role, "absent")[0]
        for method in ("get", "post"):
            assert go(world, address, method) == go(world, nobody, method), address


@pytest.mark.parametrize("whose", ["own", "keeps back", "shares"])
def test_a_record_shows_each_role_all_that_the_tables_let_it_read(world: World, whose: str) -> None:
    """Else the tests above would pass for want of words."""
    worded = {each.category for each in world.canaries.known.values() if each.whose == whose and each.is_word}
    assert len(worded) > 10
    for role in world.hats:
        (address,) = addresses(world, named("person"), role, whose)
        page = go(world, address._replace(query=f"?entries={LONG}"))
        seen = {canary for canary in world.canaries.found(page.body) if canary.is_word}
        assert {canary.category for canary in seen} == readable(role, whose) & worded, role
        assert any(canary.kept is Kept.RESTRICTED for canary in seen) == reads(role, Kept.RESTRICTED), role
