"""What follows from what they chose: who may see what, handed down to `access`.

All of it can be made again from the entries at any time; nothing here is a source of truth.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from throughgate.access import actions as access
from throughgate.access.actions import Named, Said
from throughgate.access.rules import Answer, Chosen
from throughgate.foundation import clock, leave
from throughgate.foundation.permits import Refresher
from throughgate.linkage import queries as linkage
from throughgate.people import actions as people
from throughgate.record import bodies
from throughgate.sharing import rules
from throughgate.sharing.queries import WISHES
from throughgate.sharing.rules import Lives, Told

# Whatever may be read of it: a wish holds for those who may not know of it, too.
TOLD = """
SELECT entry.kind, identity.person_id, entry.id, entry.identity_id, entry.item, entry.recorded_at
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = ANY(%s)
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
"""
OfEach = Mapping[UUID, Lives]  # by person: the identities that are theirs now
# By kind, then by person.
Spoken = Mapping[str, Mapping[UUID, Sequence[Told[Any]]]]


def refresh(permit: Refresher, person_ids: Sequence[UUID]) -> None:
    """Make what these people's choices come to, for whoever looks, what their entries say."""
    with leave.everything():
        spoken = _spoken(person_ids)
        lives = _of_each(permit, {person_id for each in spoken.values() for person_id in each})
    access.rebuild_choices(permit, person_ids=person_ids, said=list(_choices(spoken, lives)))
    barred = list(_must_not_know(spoken, lives))
    access.rebuild_bars(permit, why=access.MUST_NOT_KNOW, named=barred, person_ids=person_ids)
    access.rebuild_limits(permit, person_ids=person_ids, named=list(_alone_may(spoken, lives)))
    people.keep_names_back(permit, {each: _kept_names(each, spoken, lives) for each in person_ids})


def _of_each(permit: Refresher, person_ids: Collection[UUID]) -> OfEach:
    found: dict[UUID, dict[UUID, Sequence[tuple[datetime, UUID]]]] = defaultdict(dict)
    for identity_id, belonged in linkage.lives(permit, list(person_ids)).items():
        found[belonged[-1][1]][identity_id] = belonged
    return found


def _spoken(person_ids: Sequence[UUID]) -> Spoken:
    found: dict[str, dict[UUID, list[Told[Any]]]] = {kind: defaultdict(list) for kind in WISHES}
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [list(WISHES), list(person_ids)])
        rows = cursor.fetchall()
        for kind in {row[0] for row in rows}:
            ids = [row[2] for row in rows if row[0] == kind]
            said = bodies.read(cursor, bodies.body_of(kind), ids)
            for _, person_id, entry_id, identity_id, item, recorded_at in (
                row for row in rows if row[0] == kind
            ):
                line = WISHES[kind](**said[entry_id])
                found[kind][person_id].append(Told(entry_id, identity_id, item, recorded_at, line))
    return found


def _choices(spoken: Spoken, lives: OfEach) -> Iterator[Said]:
    for person_id, told in spoken["sharing_choice"].items():
        for turn in rules.in_turn(told, lives[person_id], on=clock.today()):
            said = turn.told.said
            chosen = Chosen(
                organisation_id=said.towards,
                topic=said.topic,
                purpose=said.purpose,
                answer=Answer(said.answer),
                from_on=turn.from_on,
                expires_on=turn.until,
            )
            yield Said(person_id=person_id, chosen=chosen)


def _must_not_know(spoken: Spoken, lives: OfEach) -> Iterator[Named]:
    """Who is named by name alone works nowhere here: nothing of a record is open to them anyway."""
    for person_id, told in spoken["must_not_know"].items():
        found = {
            (each.said.worker, each.said.organisation)
            for each in rules.newest(told, lives[person_id])
            if each.said.holds and not each.said.name
        }
        for worker_id, organisation_id in found:
            yield Named(person_id=person_id, worker_id=worker_id, organisation_id=organisation_id)


def _alone_may(spoken: Spoken, lives: OfEach) -> Iterator[Named]:
    """A row that names nobody where two who turned out to be one named nobody in common."""
    for person_id, told in spoken["limited_record"].items():
        workers = {worker for each in told for worker in each.said.workers}
        alone = rules.limit(told, lives[person_id])
        if alone is None:
            continue
        for named in alone or {""}:
            is_worker = named in workers
            yield Named(
                person_id=person_id,
                worker_id=UUID(named) if is_worker else None,
                organisation_id=UUID(named) if named and not is_worker else None,
            )


def _kept_names(person_id: UUID, spoken: Spoken, lives: OfEach) -> set[str]:
    told = spoken["kept_name"].get(person_id, ())
    return {each.item for each in rules.newest(told, lives[person_id]) if each.said.holds} if told else set()
