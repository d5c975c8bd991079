"""Going to an address as a browser would, and reading everything that comes back."""

import io
import os
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from html import unescape
from http.cookies import SimpleCookie
from random import Random
from typing import Any, NamedTuple, TypeVar

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from pypdf import PdfReader

from tests.content import rows
from tests.sweep.canaries import Canary, Kept
from tests.sweep.routes import Address, Route, Shows, addresses, named, shows
from tests.sweep.world import OPEN, RECOVERY, World
from throughgate.access import policy
from throughgate.access.rules import Choice, Grant
from throughgate.pages.person.forms import LONG

NIGHTLY = bool(os.environ.get("TG_NIGHT"))
# What is new each time: of a form, and what a passkey is asked.
TOKEN = re.compile(r'name="(?:csrfmiddlewaretoken|form_key)" value="[^"]+"|data-options="[^"]+"')
OLDER = re.compile(r'<a rel="next" href="[^"?]+(?P<query>\?[^"]+)"')
Case = TypeVar("Case")
EACH = 15  # addresses of one route, about one person, that a role tries by night
LAST = "SELECT max(id) FROM audit_event"
# Leave to look, by whichever door; what else a page does is a row of its own.
LEAVE = """
SELECT actor_id, role, organisation_id, person_id, detail ->> 'page' FROM audit_event
WHERE id > %s AND action IN ('open record', 'list people', 'review links')
  AND purpose <> '' AND outcome = 'allowed'
"""


class Answer(NamedTuple):
    """What came back, as text: the body, and the headers that are not new each time."""

    status: int
    body: str
    headers: str
    looks: tuple[tuple[Any, ...], ...] = ()  # the rows of the audit that gave leave to look

    @property
    def text(self) -> str:
        return self.headers + self.body


def some(cases: Sequence[Case], *, most: int, of: str = "") -> Sequence[Case]:
    """All of them each night; else as many as that, the same each time, and others of each thing."""
    if NIGHTLY or len(cases) <= most:
        return cases
    return Random(f"{of} {most}").sample(cases, most)  # noqa: S311 - which is tried is no secret


def go(world: World, address: Address, method: str = "get") -> Answer:
    """As if nobody had: what it changed is undone, and whoever looks stays signed in."""
    client = browser(world, address)
    cookies = SimpleCookie(client.cookies)
    with transaction.atomic():
        ((last,),) = rows(LAST)
        answer = read(getattr(client, method)(address.url))
        answer = answer._replace(looks=tuple(rows(LEAVE, last)))
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def browser(world: World, address: Address) -> Client:
    """Whoever looks as this role: a worker, or a program where it is one's address and one has that role."""
    if not address.route.is_for_programs:
        return world.clients[address.role]
    return world.programs[address.role][1] if address.role in world.programs else Client()


def record(world: World, role: str, whose: str) -> Answer:
    """Somebody's record in full, as a role is shown it: asked once, however many compare with it."""
    found: dict[tuple[str, str], Answer] = world.records
    if (role, whose) not in found:
        (address,) = addresses(world, named("person"), role, whose)
        pages = [go(world, address._replace(query=f"?entries={LONG}"))]
        while older := OLDER.search(pages[-1].body):
            pages.append(go(world, address._replace(query=unescape(older["query"]))))
        found[role, whose] = pages[0]._replace(body="".join(page.body for page in pages))
    return found[role, whose]


def read(response: HttpResponseBase) -> Answer:
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    body = _text(content)
    headers = "\n".join(
        f"{name}: {value}" for name, value in response.headers.items() if name != "Set-Cookie"
    )
    return Answer(response.status_code, TOKEN.sub("", body), headers)


def _text(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return _pdf(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            return "\n".join(_text(folder.read(name)) for name in folder.namelist())
    return content.decode("utf-8", "replace")


def _pdf(content: bytes) -> str:
    """What can be read of it, and what it says about itself."""
    file = PdfReader(io.BytesIO(content))
    return "\n".join([str(file.metadata), *(page.extract_text() for page in file.pages)])


def leaks(world: World, address: Address, answer: Answer) -> list[str]:
    """Whatever the answer shows, beside what was asked with, that the tables do not let this role see."""
    found = world.canaries.found(answer.text) - world.canaries.found(address.url)
    return [
        f"{address.role} at {address.route.name} of {address.whose or 'nobody'}:"
        f" {canary.where} ({canary.category}) of {canary.whose}"
        for canary in sorted(found, key=lambda one: one.where)
        if not may_show(address, canary)
    ]


# Beside people's own records: what may be shown there, and to which roles.
APART: Mapping[Shows, tuple[str, Collection[str]]] = {
    Shows.pair: ("data_quality", ("pair here", "pair here, the other", "link here")),
    Shows.run: ("data_quality", ("run here",)),
    Shows.alert: ("information_governance", ("own", "alert of own")),
}


def may_show(address: Address, canary: Canary) -> bool:
    """What the access tables say, stated apart from the code that decides by them."""
    may = shows()[address.route.name]
    if may in APART:
        role, whose = APART[may]
        return address.role == role and canary.whose in whose and canary.category == "identity_contact"
    if canary.whose not in OPEN or canary.category not in readable(address.role, canary.whose):
        return False
    if may is Shows.list:
        is_kept = canary.kept in {Kept.RESTRICTED, Kept.SOME}
        return not is_kept and canary.category in policy.listed(address.role)
    if may is Shows.printed:
        return canary.kept in {Kept.NOBODY, Kept.PERSON}
    if may is Shows.fetched:
        is_handed_on = canary.kept is Kept.NOBODY and canary.category != policy.PROTECTED
        return is_handed_on and canary.whose == address.whose
    return may is Shows.record and canary.whose == address.whose and reads(address.role, canary.kept)


def readable(role: str, whose: str = "own") -> frozenset[str]:
    """The categories that the table opens to a role, by what that person has said of it."""
    grants = policy.policy().matrix[role]
    if not any(grant.read for grant in grants.values()):
        return frozenset()
    return frozenset(category for category, grant in grants.items() if _is_read(grant, whose))


def _is_read(grant: Grant, whose: str) -> bool:
    if whose == "keeps back" and grant.choice is Choice.OBJECTION:
        return False
    return grant.read or (whose == "shares" and grant.choice is Choice.PERMISSION)


def reads(role: str, kept: Kept) -> bool:
    """Does a role that reads the category read what is kept in that way?"""
    if kept is Kept.RESTRICTED:
        return role in policy.policy().reads_restricted
    return kept is not Kept.SOME


def opens(role: str, whose: str) -> bool:
    """Whether this role opens that person's record."""
    return whose in OPEN and bool(readable(role))


def every(world: World, route: Route, *, most: int, hidden: bool = False) -> list[Address]:
    """Each address of a route, as each role, about each person; or of those alone who are hidden from it.

    By night each entry is tried by the role that reads most, and by some others; by day as many addresses as
    that: as this role, of the person whom it may read, before all others.
    """
    people = world.people if route.is_of_a_person else [""]
    pairs = [(role, whose) for whose in people for role in world.hats]
    if hidden:
        pairs = [(role, whose) for role, whose in pairs if not opens(role, whose)]
    if NIGHTLY:
        return [address for pair in pairs for address in _by_night(world, route, *pair)]
    first = (RECOVERY, "own" if route.is_of_a_person else "")
    others = some([pair for pair in pairs if pair != first], most=most - (first in pairs), of=route.name)
    tried = [*([first] if first in pairs else []), *others]
    return [
        address
        for role, whose in tried
        for address in some(addresses(world, route, role, whose), most=1, of=f"{route.name} {role}")
    ]


def _by_night(world: World, route: Route, role: str, whose: str) -> Sequence[Address]:
    """All for the role that reads most, of whom it may read; else each role begins elsewhere, so that they
    share them out: of whoever is hidden, each entry is tried by one role at least.
    """
    found = addresses(world, route, role, whose)
    if (role == RECOVERY and whose in OPEN) or len(found) <= EACH:
        return found
    apart = -(-len(found) // EACH)
    return found[sorted(world.hats).index(role) % apart :: apart]
