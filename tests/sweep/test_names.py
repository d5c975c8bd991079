"""A name of before stands where whoever knows somebody looks them up, and goes no further (HZ-24)."""

from tests.sweep.routes import Shows, addresses, named, routes, shows
from tests.sweep.test_printed import CARRIED
from tests.sweep.walk import Answer, go, record
from tests.sweep.world import RECOVERY, World

LISTS = [route for route in routes() if shows()[route.name] is Shows.list and not route.is_of_a_person]


def names_of_before(world: World, answer: Answer) -> set[str]:
    return {one.whose for one in world.canaries.found(answer.text) if one.where.startswith("alias")}


def test_a_name_of_before_stands_on_no_list_and_on_no_sheet(world: World) -> None:
    assert "own" in names_of_before(world, record(world, RECOVERY, "own"))
    assert len(LISTS) > 3
    for route in (*LISTS, *(named(name) for name in CARRIED)):
        for address in addresses(world, route, RECOVERY, "own")[:4]:
            assert names_of_before(world, go(world, address)) == set(), address
