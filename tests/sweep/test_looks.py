"""Each look leaves one row of the audit, and a word of a record goes nowhere else (L01, L04, C02)."""

import logging
import re
from urllib.parse import unquote

import pytest

from tests.content import rows
from tests.sweep.routes import Route, addresses, named, routes
from tests.sweep.walk import Answer, every, go, read, some
from tests.sweep.world import World
from throughgate.access import policy
from throughgate.pages.person.forms import LONG

ADDRESS = re.compile(r'(?:href|src|action|content)="([^"]*)"|Location: (.*)')
# Leave to look, by whichever door; what else a page does is a row of its own.
LEAVE = """
SELECT actor_id, role, organisation_id, outcome, detail ->> 'page' FROM audit_event
WHERE id > %s AND action IN ('open record', 'list people', 'review links')
  AND person_id IS NOT DISTINCT FROM %s AND purpose <> ''
"""
LAST = "SELECT max(id) FROM audit_event"
CARRIED = [  # what is printed or taken along
    *("pack", "agree_pack", "pack_file", "plain_text"),
    *("text", "copy_text", "text_file"),
]
each_route = pytest.mark.parametrize("route", routes(), ids=lambda route: str(route.name))


@each_route
def test_an_answer_with_words_of_a_record_has_one_row_that_gave_leave(world: World, route: Route) -> None:
    for address in some(every(world, route), most=2):
        hat, person = world.hats[address.role], world.people.get(address.whose)
        ((last,),) = rows(LAST)
        answer = read(world.clients[address.role].get(address.url))
        if world.canaries.found(answer.text) - world.canaries.found(address.url):
            leave = rows(LEAVE, last, person.id if person else None)
            assert leave == [(hat.worker_id, hat.role, hat.organisation_id, "allowed", route.name)], address


@each_route
def test_no_word_of_a_record_stands_in_an_address_or_a_log(
    world: World, route: Route, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for method in ("get", "post"):
        for address in some(every(world, route), most=2):
            answer = go(world, address, method)
            led = " ".join("".join(match) for match in ADDRESS.findall(answer.text))
            found = world.canaries.found(unquote(led)) | world.canaries.found(caplog.text)
            assert not [canary for canary in found if not canary.is_id], address


def shown(world: World, answer: Answer) -> set[str]:
    found = world.canaries.found(answer.body)
    return {canary.where for canary in found if canary.is_word and canary.whose == "own"}


@pytest.mark.parametrize("name", CARRIED)
def test_what_is_printed_tells_no_more_than_the_record(world: World, name: str) -> None:
    told = 0
    for role in policy.roles():
        (record,) = addresses(world, named("person"), role, "own")
        page = shown(world, go(world, record._replace(query=f"?entries={LONG}")))
        for address in some(addresses(world, named(name), role, "own"), most=6):
            carried = shown(world, go(world, address))
            assert carried <= page, address
            told += len(carried)
    assert told
