"""A small world in which every text of every record is a word found nowhere else.

Workers of one organisation look at people to whom it stands in different ways. Whatever a page may show of
somebody is told by the access tables; everything else on it is a leak.
"""

import csv
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.test import Client

from tests import kinds, story
from tests.architecture.source import ROOT
from tests.content import rows
from tests.contexts.clients import signed_in
from tests.sweep.canaries import Canaries
from throughgate.access import policy
from throughgate.foundation.ids import new_id
from throughgate.packs import actions as packs
from throughgate.pathway.actions import in_step
from throughgate.record import actions as record
from throughgate.record import bodies
from throughgate.record.rules import Draft, Form
from throughgate.staff.queries import Hat

HERE, ELSEWHERE = "MDI", "LEI"
OPEN = frozenset(
    {"own", "pair here", "link here"}
)  # of the people: whose record is open to whoever looks, as far as the role reads
RECOVERY = "prison_recovery_worker"  # the role that reads and writes most
TODAY = story.noon(9)
BEFORE = datetime(2026, 6, 2, 12, tzinfo=UTC)  # when whoever has gone was still here
LEAVES = {"conditionalReleaseDate": "2026-11-13", "confirmedReleaseDate": "2026-11-13"}
ENTRIES = """
SELECT entry.id, entry.kind, entry.category, entry.restricted FROM record_entry entry
JOIN people_identity identity ON identity.id = entry.identity_id
WHERE identity.person_id = %s AND entry.kind <> 'withdrawn' ORDER BY entry.id
"""
FREE_TEXT = ("invented", "blanked")  # what personal_columns says is done to words that somebody typed
MADE_APART = ("pack",)  # kinds that say something only when the program made them


@dataclass
class Whose:
    """Somebody, by how the organisation that looks stands to them."""

    key: str
    number: str
    id: UUID
    entries: list[UUID] = field(default_factory=list)
    pack: UUID | None = None


@dataclass
class World:
    canaries: Canaries = field(default_factory=Canaries)
    people: dict[str, Whose] = field(default_factory=dict)
    hats: dict[str, Hat] = field(default_factory=dict)  # role -> whoever looks, all of one organisation
    things: dict[str, dict[str, UUID]] = field(default_factory=dict)  # what an address names -> whose -> id
    clients: dict[str, Client] = field(default_factory=dict)  # role -> their browser, signed in

    def names(self, whose: str) -> dict[str, Any]:
        """What a prison calls somebody."""

        def name(where: str) -> str:
            return self.canaries.word(whose, "identity_contact", where)

        alias = {
            "firstName": name("alias first"),
            "lastName": name("alias last"),
            "dateOfBirth": "1980-01-02",
        }
        return {
            "firstName": name("first name"),
            "middleNames": name("middle names"),
            "lastName": name("last name"),
            "aliases": [alias],
        }


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with patch.dict(os.environ, {"TG_CLOCK": moment.isoformat()}):
        yield


def build() -> World:
    """Whoever is `own` is here now; the others never were, or are so no more."""
    world = World()
    with at(TODAY):
        _comes(world, "ended", prison=HERE, as_at=datetime(2026, 5, 4, 12, tzinfo=UTC))
        _leaves(world.people["ended"], as_at=datetime(2026, 6, 1, 12, tzinfo=UTC))
        _comes(world, "own", prison=HERE)
        _comes(world, "other", prison=ELSEWHERE)
        world.hats = {role: story.worker(role, HERE) for role in policy.roles()}
        world.clients = {role: signed_in(hat) for role, hat in world.hats.items()}
        _packs(world)
    return world


def _comes(world: World, key: str, *, prison: str, as_at: datetime = story.NOON) -> None:
    """A prison's extract tells of somebody, whose record then holds one entry of each kind, and of each a
    second one that is restricted.
    """
    number = world.canaries.number(key)
    told = story.document(number, bookingId=number, prisonId=prison, **world.names(key), **LEAVES)
    story.bring_in(told, source=prison, as_at=as_at)
    whose = Whose(key, number, story.person(number, source=prison))
    world.people[key] = whose
    world.canaries.watch(whose.id, key, "identity_contact", "person id")
    for is_restricted in (False, True):
        drafts = _one_of_each(world, key, story.identity(number, source=prison), is_restricted)
        record.add_many(story.feed(prison), list(drafts))
    for entry_id, kind, category, is_restricted in rows(ENTRIES, whose.id):
        whose.entries.append(entry_id)
        world.canaries.watch(entry_id, key, category, f"{kind}.id", is_restricted=is_restricted)


def _leaves(whose: Whose, *, as_at: datetime) -> None:
    gone = story.released(whose.number, bookingId=whose.number, lastMovementDate=f"{as_at:%Y-%m-%d}")
    story.bring_in(gone, as_at=as_at)


def _one_of_each(world: World, key: str, identity_id: UUID, is_restricted: bool) -> Iterator[Draft]:
    for kind, category in bodies.kinds().items():
        if kind.startswith(MADE_APART):
            continue
        words = {
            name: world.canaries.hostile(
                key, category, f"{kind}.{name}", most=most, is_restricted=is_restricted
            )
            for name, most in free_text(kind).items()
        }
        yield Draft(
            identity_id=identity_id,
            kind=kind,
            happened_at=story.noon(3),
            dated_by="by",
            as_at=story.noon(3),
            body={**kinds.said(kind), **words},
            restricted=is_restricted,
        )


def free_text(kind: str) -> dict[str, int | None]:
    """The columns of a kind in which words stand that somebody typed, and how many characters each holds."""
    body = bodies.body_of(kind)
    typed = _scrubbed()[body._meta.db_table]
    return {
        each.attname: each.max_length
        for each in body._meta.local_concrete_fields
        if typed.get(each.attname) in FREE_TEXT and each.get_internal_type() in {"CharField", "TextField"}
    }


@cache
def _scrubbed() -> Mapping[str, Mapping[str, str]]:
    """By table and column, what is done to it before it leaves the building."""
    found: dict[str, dict[str, str]] = {}
    with (ROOT / "data" / "personal_columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["table"], {})[row["column"]] = row["scrub"]
    return found


def _packs(world: World) -> None:
    """Somebody who may makes each a pack: here, elsewhere, and while they were still here."""
    makers = {
        "own": (world.hats[RECOVERY], TODAY),
        "other": (story.worker(RECOVERY, ELSEWHERE), TODAY),
        "ended": (world.hats[RECOVERY], BEFORE),
    }
    for key, (hat, moment) in makers.items():
        whose = world.people[key]
        with at(moment):
            permit = story.opens(hat, whose.id, at=moment)
            with in_step(permit):
                whose.pack = packs.make(permit, form=Form(str(new_id())))
        world.canaries.watch(whose.pack, key, "plan_appointments", "pack id")
