"""Nobody writes where they may not, nor more than a form offers (A02, A03)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models, transaction
from django.http.response import HttpResponseBase

from tests import content
from tests.content import rows
from tests.contexts.clients import words
from tests.contexts.test_sheets import EXAMPLES
from tests.sweep.routes import Address, Route, addresses, named, routes
from tests.sweep.state import OURS, state
from tests.sweep.world import RECOVERY, World
from throughgate.foundation.ids import new_id

# Controls that a sheet shows only when it needs them: why an entry comes late, which one it corrects.
AT_TIMES = {"reason", "corrects"}
WRITTEN = """
SELECT kind, category, item, happened_at, dated_by, as_at, recorded_at, recorded_by, organisation_id, source,
       source_reference, restricted, reason, supersedes_id
FROM record_entry WHERE id > %s ORDER BY id
"""
CONTROL = re.compile(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"')


# A part of one record under the address of another

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
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_part_of_another_record_is_not_there(world: World, route: Route, method: str) -> None:
    own = world.people["own"].id
    for whose in ("other", "ended"):
        before, ((refused,),) = state(), rows(REFUSED, own)
        address = crossed(world, route, whose)
        answer = getattr(world.clients[RECOVERY], method)(
            address.url, {"text": "x", "form_key": str(new_id())}
        )
        assert answer.status_code == (302 if is_way_back(route, method) else 404)
        assert state() == before
        if answer.status_code == 404:
            assert rows(REFUSED, own) == [(refused + 1,)], "nobody would learn that it was tried"


# More than a form offers


def offered(world: World, role: str, url: str) -> dict[str, str]:
    """What a browser would send of a page before anything is typed; every control by its name."""
    page = words(world.clients[role].get(url))
    hidden = re.findall(r'<input type="hidden" name="(form_key|corrects)" value="([^"]+)"', page)
    return {**dict.fromkeys(CONTROL.findall(page), ""), **dict(hidden)}


def slipped_in(world: World) -> Iterator[tuple[str, str]]:
    """Every column that there is, with a value that would matter if it were taken."""
    for config in OURS:
        for model in config.get_models():
            for column in model._meta.concrete_fields:
                yield from ((name, value_for(world, column)) for name in (column.name, column.attname))
    yield from {
        "is_staff": "on",
        "is_superuser": "on",
        "sealed": "on",
        "author": "x",
        "created_at": "1",
    }.items()


def value_for(world: World, column: Any) -> str:
    if isinstance(column, models.BooleanField):
        return "on"
    if isinstance(column, models.DateField | models.DateTimeField):
        return "1999-12-31"
    if isinstance(column, models.UUIDField | models.ForeignKey | models.OneToOneField):
        return str(world.people["other"].id)
    return "1"


def sent(world: World, role: str, url: str, typed: dict[str, str]) -> tuple[Any, ...]:
    """What it wrote, which is then undone."""
    (last,) = rows("SELECT max(id::text)::uuid FROM record_entry")
    with transaction.atomic():
        answer: HttpResponseBase = world.clients[role].post(url, typed)
        wrote = (answer.status_code, rows(WRITTEN, *last), content.entries(), content.everything()["people"])
        transaction.set_rollback(True)
    return wrote


@pytest.mark.parametrize("what", EXAMPLES)
def test_a_sheet_takes_nothing_that_it_does_not_offer(world: World, what: str) -> None:
    role, typed, _others = EXAMPLES[what]
    url = next(each.url for each in addresses(world, named("sheet"), role, "own") if each.values[-1] == what)
    controls = offered(world, role, url)
    plain = {**{name: value for name, value in controls.items() if value}, **typed}
    more = {name: value for name, value in slipped_in(world) if name not in {*controls, *AT_TIMES}}
    assert len(more) > 100
    wrote = sent(world, role, url, plain)
    assert sent(world, role, url, {**more, **plain}) == wrote
