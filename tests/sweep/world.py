"""A small world in which every text of every record is a word found nowhere else.

Workers of one organisation look at people to whom it stands in different ways. Whatever a page may show of
somebody is told by the access tables; everything else on it is a leak.
"""

import csv
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.test import Client

from tests import kinds, programs, story
from tests.architecture.source import ROOT
from tests.content import rows
from tests.contexts.clients import signed_in
from tests.sweep.canaries import Canaries, Kept
from throughgate.access import actions as access
from throughgate.access import policy
from throughgate.access.actions import Named, Said
from throughgate.access.rules import Answer, Chosen
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.packs import actions as packs
from throughgate.pathway.actions import in_step
from throughgate.record import actions as record
from throughgate.record import bodies
from throughgate.record.rules import Draft, Form
from throughgate.staff.queries import Hat
from throughgate.summaries import actions as summaries
from throughgate.summaries import queries as texts
from throughgate.summaries import rules as agreeing

HERE, ELSEWHERE = "MDI", "LEI"
# Whose record is open to whoever looks, as far as the role reads.
OPEN = frozenset({"own", "keeps back", "shares", "pair here", "link here"})
RECOVERY = "prison_recovery_worker"  # the role that reads and writes most
TODAY = story.noon(9)
BEFORE = datetime(2026, 6, 2, 12, tzinfo=UTC)  # when whoever has gone was still here
LEAVES = {"conditionalReleaseDate": "2026-11-13", "confirmedReleaseDate": "2026-11-13"}
ENTRIES = """
SELECT entry.id, entry.kind, entry.category,
       CASE WHEN entry.restricted THEN 'from every role but a few'
            WHEN entry.only_for IS NOT NULL THEN 'for somebody else alone'
            WHEN entry.withheld THEN 'from the person' ELSE 'from nobody' END
FROM record_entry entry JOIN people_identity identity ON identity.id = entry.identity_id
WHERE identity.person_id = %s AND entry.kind <> 'withdrawn' ORDER BY entry.id
"""
SOMEBODY = UUID(int=7)  # a worker who is none of those who look
FREE_TEXT = ("invented", "blanked")  # what personal_columns says is done to words that somebody typed
MADE_APART = ("pack", "text")  # kinds that say something only when the program made them


@dataclass
class Whose:
    """Somebody, by how the organisation that looks stands to them."""

    key: str
    number: str
    id: UUID
    entries: list[UUID] = field(default_factory=list)
    pack: UUID | None = None
    text: UUID | None = None


@dataclass
class World:
    canaries: Canaries = field(default_factory=Canaries)
    people: dict[str, Whose] = field(default_factory=dict)
    hats: dict[str, Hat] = field(default_factory=dict)  # role -> whoever looks, all of one organisation
    things: dict[str, dict[str, UUID]] = field(default_factory=dict)  # what an address names -> whose -> id
    clients: dict[str, Client] = field(default_factory=dict)  # role -> their browser, signed in
    programs: dict[str, tuple[Hat, Client]] = field(default_factory=dict)  # role -> a program with its token
    records: dict[tuple[str, str], Any] = field(default_factory=dict)  # role and person -> what it is shown

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
    """Whoever is `own` is here now; the others never were, are so no more, or have said who may know."""
    world = World()
    with at(TODAY):
        comes(world, "ended", prison=HERE, as_at=datetime(2026, 5, 4, 12, tzinfo=UTC))
        _leaves(world.people["ended"], as_at=datetime(2026, 6, 1, 12, tzinfo=UTC))
        comes(world, "own", prison=HERE, kept=tuple(Kept))
        comes(world, "other", prison=ELSEWHERE)
        for key in ("keeps back", "shares", "barred", "limited"):
            comes(world, key, prison=HERE)
        world.hats = {role: story.worker(role, HERE) for role in policy.roles()}
        world.clients = {role: signed_in(hat) for role, hat in world.hats.items()}
        robots = {
            role: programs.added(world.hats["administrator"], role=role) for role in policy.for_programs()
        }
        world.programs = {role: (robot.hat, robot.with_token()) for role, robot in robots.items()}
        _packs(world)
    return world


def say(world: World) -> None:
    """What people have said of who may know: last, so that all else was there before."""
    here, elsewhere = story.prison(HERE).id, story.prison(ELSEWHERE).id
    job = access.issue_timer_permit("the sweep", at=TODAY)
    for key, answer in (("keeps back", Answer.KEEP_BACK), ("shares", Answer.SHARE)):
        person_id = world.people[key].id
        said = Said(
            person_id=person_id, chosen=Chosen(organisation_id=here, topic="", purpose="", answer=answer)
        )
        access.rebuild_choices(job, person_ids=[person_id], said=[said])
    barred, limited = world.people["barred"].id, world.people["limited"].id
    bar = Named(person_id=barred, worker_id=None, organisation_id=here)
    access.rebuild_bars(job, why=access.MUST_NOT_KNOW, named=[bar])
    limit = Named(person_id=limited, worker_id=None, organisation_id=elsewhere)
    access.rebuild_limits(job, person_ids=[limited], named=[limit])


def comes(
    world: World,
    key: str,
    *,
    prison: str,
    as_at: datetime = story.NOON,
    kept: Sequence[Kept] = (Kept.NOBODY, Kept.RESTRICTED),
) -> None:
    """A prison tells of somebody, whose record then holds an entry of each kind, kept in each way."""
    number = world.canaries.number(key)
    told = story.document(number, bookingId=number, prisonId=prison, **world.names(key), **LEAVES)
    story.bring_in(told, source=prison, as_at=as_at)
    whose = Whose(key, number, story.person(number, source=prison))
    world.people[key] = whose
    world.canaries.watch(whose.id, key, "identity_contact", "person id")
    for each in kept:
        drafts = _one_of_each(world, key, story.identity(number, source=prison), each)
        record.add_many(story.feed(prison), list(drafts))
    for entry_id, kind, category, way in rows(ENTRIES, whose.id):
        whose.entries.append(entry_id)
        world.canaries.watch(entry_id, key, category, f"{kind}.id", kept=Kept(way))


def _leaves(whose: Whose, *, as_at: datetime) -> None:
    gone = story.released(whose.number, bookingId=whose.number, lastMovementDate=f"{as_at:%Y-%m-%d}")
    story.bring_in(gone, as_at=as_at)


def _one_of_each(world: World, key: str, identity_id: UUID, kept: Kept) -> Iterator[Draft]:
    for kind, category in bodies.kinds().items():
        if kind.startswith(MADE_APART):
            continue
        words = {
            name: world.canaries.hostile(key, category, f"{kind}.{name}", most=most, kept=kept)
            for name, most in free_text(kind).items()
        }
        yield Draft(
            identity_id=identity_id,
            kind=kind,
            happened_at=story.noon(3),
            dated_by="by",
            as_at=story.noon(3),
            body={**kinds.said(kind), **words},
            restricted=kept is Kept.RESTRICTED,
            only_for=(SOMEBODY,) if kept is Kept.SOME else (),
            withheld=kept is Kept.PERSON,
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
    """Somebody who may makes each a pack and a text: here, elsewhere, and while they were still here."""
    makers = {
        **dict.fromkeys(("own", "keeps back", "shares", "barred", "limited"), (world.hats[RECOVERY], TODAY)),
        "other": (story.worker(RECOVERY, ELSEWHERE), TODAY),
        "ended": (world.hats[RECOVERY], BEFORE),
    }
    for key, (hat, moment) in makers.items():
        give_papers(world, key, hat, moment)


def give_papers(world: World, key: str, hat: Hat, moment: datetime) -> None:
    """A pack and a text, by somebody who may make them."""
    whose = world.people[key]
    with at(moment):
        permit = story.opens(hat, whose.id, at=moment)
        with in_step(permit):
            whose.pack = packs.make(permit, form=Form(str(new_id())))
            whose.text = _text(permit)
    world.canaries.watch(whose.pack, key, "plan_appointments", "pack id")
    world.canaries.watch(whose.text, key, "plan_appointments", "text id")


def _text(permit: Permit) -> UUID:
    """The longest there is, agreed in every line."""
    said = {agreeing.token(fact) for fact in texts.offer(permit, "note").facts}
    return summaries.make(permit, "note", agreed=said, way="spoke", form=Form(str(new_id())))
