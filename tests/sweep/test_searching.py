"""A search, and whatever else is put after an address, finds nobody hidden (F01, A12)."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.sweep.routes import Route, addresses, named, routes
from tests.sweep.walk import Answer, every, go, leaks, some
from tests.sweep.world import RECOVERY, World
from throughgate.access import policy
from throughgate.pages.everyone import forms

LISTS = [route for route in routes() if not {"person_id", "run_id", "held_id", "link_id"} & {*route.parts}]
HIDDEN = ("other", "ended", "barred", "limited")
LISTERS = [role for role in policy.roles() if policy.listed(role)]
# Names of columns, with the ways in which Django's filters would look into them.
PROBES = {
    "person__nhs_number__startswith": "9",
    "display_name__icontains": "a",
    "person__identity__key__regex": ".",
    "_connector": "OR",
    "_negated": "1",
}
HARMLESS = {"ordering": "birth_date", "o": "-1", "limit": "100000", "page": "2", "fields": "*"}
ECHO = re.compile(r'value="[^"]*"|q=[^"&]*')


def asked(world: World, role: str, **query: str) -> Answer:
    (address,) = addresses(world, named("everyone"), role, "")
    post_id = UUID(address.url.split("/")[2])
    return go(world, address._replace(query="?" + urlencode(forms.in_address(query, post_id=post_id))))


def looked_for(world: World, role: str, text: str) -> tuple[str, int]:
    """What the search says, and how many statements it takes: what could be timed."""
    connection.queries_log.clear()  # which has room for those of a day
    with CaptureQueriesContext(connection) as statements:
        answer = asked(world, role, q=text)
    return ECHO.sub("", answer.body), len(statements)


def of_the_hidden(world: World) -> Iterator[str]:
    """Everything by which somebody could look for those who are hidden."""
    for canary in world.canaries.known.values():
        if canary.whose in HIDDEN and canary.category == "identity_contact" and canary.is_word:
            yield from (canary.word, canary.word.upper(), f"{canary.word[:-1]}%")
    for key in HIDDEN:
        yield from (world.people[key].number, str(world.people[key].id))


@pytest.mark.parametrize("role", LISTERS)
def test_looking_for_somebody_hidden_is_answered_like_looking_for_nobody(world: World, role: str) -> None:
    nobody = looked_for(world, role, "qzkzzzzz")
    for text in some(list(of_the_hidden(world)), most=3, of=role):
        assert looked_for(world, role, text) == nobody, text


@pytest.mark.parametrize(
    "text", ["q", "z", "%", "_", "*", "qzk%", "qzk____", ".*", "' OR 1=1 --", "\\", "1989"]
)
def test_a_letter_or_a_wildcard_finds_no_more_than_there_is_to_see(world: World, text: str) -> None:
    for role in some(LISTERS, most=3, of=text):
        (address,) = addresses(world, named("everyone"), role, "")
        assert leaks(world, address, asked(world, role, q=text)) == []


@pytest.mark.parametrize("route", routes(), ids=lambda route: str(route.name))
def test_a_look_into_columns_is_refused_wherever_it_is_put(world: World, route: Route) -> None:
    address = addresses(world, route, RECOVERY, "own")[0]
    for name, value in some([*PROBES.items()], most=1, of=route.name):
        answer = go(world, address._replace(query=f"?{name}={value}"))
        assert (answer.status, world.canaries.found(answer.body)) == (400, set()), name


@pytest.mark.parametrize("route", LISTS, ids=lambda route: str(route.name))
def test_what_no_page_asks_for_changes_nothing(world: World, route: Route) -> None:
    for address in every(world, route, most=1):
        plain, asked = go(world, address), go(world, address._replace(query=f"?{urlencode(HARMLESS)}"))
        shown = set() if route.is_of_the_api else world.canaries.found(plain.body)  # which refuses it
        assert world.canaries.found(asked.body) == shown, address


def test_there_is_no_page_of_djangos_own_to_look_through_tables() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
