"""Nobody writes where they may not (A02)."""

from itertools import product

import pytest

from tests.content import rows
from tests.sweep.routes import Address, Route, addresses, routes
from tests.sweep.state import state
from tests.sweep.world import RECOVERY, World
from throughgate.foundation.ids import new_id

PARTS = {"entry_id", "pack_id", "made_id"}
CHILDREN = [route for route in routes() if route.is_of_a_person and PARTS & {*route.parts}]
REFUSED = "SELECT count(*) FROM audit_event WHERE outcome = 'refused' AND person_id = %s"


def crossed(world: World, route: Route, whose: str) -> Address:
    """The address of a record that is open, with a part of somebody else's."""
    own, others = (addresses(world, route, RECOVERY, key)[0] for key in ("own", whose))
    place = route.parts.index("person_id")
    return others._replace(values=(*others.values[:place], own.values[place], *others.values[place + 1 :]))


def is_way_back(route: Route, method: str) -> bool:
    """Looking at what only takes something back leads to the record that is open, whatever it names."""
    return (route.name, method) == ("undo", "get")


@pytest.mark.parametrize("route", CHILDREN, ids=lambda route: str(route.name))
def test_a_part_of_another_record_is_not_there(world: World, route: Route) -> None:
    own, before = world.people["own"].id, state()
    for method, whose in product(("get", "post"), ("other", "ended")):
        ((refused,),) = rows(REFUSED, own)
        address = crossed(world, route, whose)
        answer = getattr(world.clients[RECOVERY], method)(
            address.url, {"text": "x", "form_key": str(new_id())}
        )
        assert answer.status_code == (302 if is_way_back(route, method) else 404)
        if answer.status_code == 404:
            assert rows(REFUSED, own) == [(refused + 1,)], "nobody would learn that it was tried"
    assert state() == before
