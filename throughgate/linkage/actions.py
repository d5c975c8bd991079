"""Deciding which identities are one person: by identifiers when they arrive, by a worker when they clash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from throughgate.audit import actions as audit
from throughgate.audit.actions import Logged
from throughgate.foundation import clock
from throughgate.foundation.copying import copy_in
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import FeedPermit, ReviewPermit
from throughgate.linkage import queries
from throughgate.linkage.evidence import Arrival, gather
from throughgate.linkage.table import Table
from throughgate.people import actions as people

LINK = (
    "id uuid, identity_id uuid, person_id uuid, recorded_at timestamptz, why text, evidence jsonb,"
    " worker_id uuid, permit_id uuid"
)
# Two feeds that bring the same new person at once must not make two, and nobody joins a person whom a worker
# gives up at that moment: held to the end of the transaction.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7480203)"
HOLD = """
INSERT INTO linkage_held (id, identity_id, other_id, reasons, evidence, recorded_at, permit_id)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
PEOPLE = """
SELECT one.person_id, two.person_id FROM people_identity one, people_identity two
WHERE one.id = %s AND two.id = %s
"""
OF_PERSON = "SELECT id FROM people_identity WHERE person_id = %s"
ADD_ANSWER = """
INSERT INTO linkage_answer (id, held_id, answer, reason, recorded_at, worker_id, permit_id)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
OF_PAIR = "SELECT id FROM linkage_held WHERE identity_id = %s AND other_id = %s"
# The newest link of an identity, with the other identities of the person it leads to.
UNDOABLE = """
SELECT link.identity_id, link.person_id,
       array(SELECT id FROM people_identity other
             WHERE other.person_id = link.person_id AND other.id <> link.identity_id ORDER BY id)
FROM linkage_link link
WHERE link.id = %s AND NOT EXISTS (
    SELECT FROM linkage_link newer WHERE newer.identity_id = link.identity_id
       AND (newer.recorded_at, newer.id) > (link.recorded_at, link.id))
"""


@dataclass(frozen=True, slots=True)
class Settled:
    """Where arrivals ended up, and who was moved on the way."""

    identities: Mapping[str, UUID]  # by the organisation's key
    moved_from: frozenset[UUID]  # people who lost an identity


def settle(permit: FeedPermit, arrivals: Sequence[Arrival]) -> Settled:
    """Give every arrival an identity and a person, joining on agreeing identifiers only.

    Who is who then stays as it is to the end of the transaction, also where nobody arrives. What clashes gets
    a person of its own and a question for somebody to answer. Within one call earlier arrivals count as known
    to later ones, so that the order of a file decides nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    if not arrivals:
        return Settled({}, frozenset())
    table = Table(gather(permit, arrivals))
    for arrival in arrivals:
        table.place(arrival)
    _write(permit, table, arrivals)
    return Settled(table.identities, frozenset(table.moved_from))


def _write(permit: FeedPermit, table: Table, arrivals: Sequence[Arrival]) -> None:
    people.add_people(permit, table.new_people)
    people.add_identities(permit, table.new_identities)
    made = {identity.id for identity in table.new_identities}
    moves = [move for move in table.moves.items() if move[0] not in made]
    if moves:
        people.bring_deaths_along(permit, moves)
        people.move_identities(permit, moves)
    people.add_identifiers(
        permit,
        [(table.identities[arrival.key], number) for arrival in arrivals for number in arrival.identifiers],
    )
    at = clock.now()
    with connection.cursor() as cursor:
        links = (
            (new_id(), identity_id, person_id, at, why, Jsonb(evidence), None, permit.id)
            for identity_id, person_id, why, evidence in table.links
        )
        copy_in(cursor, "linkage_link", LINK, links)
        for first, second, reasons in table.holds:
            _hold(cursor, permit, (first, second), reasons, at)


def _hold(
    cursor: Any,
    permit: FeedPermit | ReviewPermit,
    pair: tuple[UUID, UUID],
    reasons: Sequence[str],
    at: datetime,
) -> None:
    cursor.execute(HOLD, [new_id(), *pair, Jsonb(list(reasons)), Jsonb({}), at, permit.id])


def answer(permit: ReviewPermit, held_id: UUID, *, answer: str, reason: str) -> frozenset[UUID]:
    """Settle a held pair: "same" brings their people together, "different" keeps them apart for good.

    Returns the people whose records changed. Raises: NotFound; Refused without a reason.
    """
    if not reason.strip():
        raise Refused("Say why, in a few words, so that the next person to look understands.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        asked = queries.pair(permit, held_id)
        cursor.execute(PEOPLE, [asked.identity_id, asked.other_id])
        one, two = cursor.fetchone()
        at = clock.now()
        cursor.execute(ADD_ANSWER, [new_id(), held_id, answer, reason, at, permit.worker_id, permit.id])
        if answer == "same" and one != two:
            keep, give = min(one, two), max(one, two)
            cursor.execute(OF_PERSON, [give])
            moving = [identity_id for (identity_id,) in cursor.fetchall()]
            people.bring_deaths_along(permit, [(identity_id, keep) for identity_id in moving])
            _link_by_hand(permit, moving, keep, why="worker_joined", reason=reason)
        _log(permit, action=f"answer {answer}", people=(one, two), held=held_id)
        return frozenset({one, two})


def undo(permit: ReviewPermit, link_id: UUID, *, reason: str) -> frozenset[UUID]:
    """Undo a link: its identity gets a person of its own again, and nothing else moves.

    Returns the people whose records changed. Raises: NotFound when no such link holds.
    """
    if not reason.strip():
        raise Refused("Say why, in a few words, so that the next person to look understands.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        cursor.execute(UNDOABLE, [link_id])
        row = cursor.fetchone()
        if row is None:
            raise NotFound
        identity_id, person_id, others = row
        if not queries.sees_to(permit, [identity_id, *others]):
            raise NotFound
        if not others:
            raise Refused("This is the only identity of the person, so there is nothing to separate it from.")
        apart = new_id()
        people.add_people(permit, [apart])
        _link_by_hand(permit, [identity_id], apart, why="worker_undid", reason=reason)
        _keep_apart(permit, identity_id, others, reason=reason)
        _log(permit, action="undo link", people=(person_id, apart), link=link_id)
        return frozenset({person_id, apart})


def _keep_apart(permit: ReviewPermit, identity_id: UUID, others: Sequence[UUID], *, reason: str) -> None:
    """Record that these were said to be different, so that the next import does not join them again."""
    at = clock.now()
    with connection.cursor() as cursor:
        for other in others:
            first, second = sorted((identity_id, other))
            _hold(cursor, permit, (first, second), ["worker_undid"], at)
            cursor.execute(OF_PAIR, [first, second])
            (held_id,) = cursor.fetchone()
            cursor.execute(
                ADD_ANSWER, [new_id(), held_id, "different", reason, at, permit.worker_id, permit.id]
            )


def _link_by_hand(
    permit: ReviewPermit, identity_ids: Sequence[UUID], person_id: UUID, *, why: str, reason: str
) -> None:
    people.move_identities(permit, [(identity_id, person_id) for identity_id in identity_ids])
    at = clock.now()
    evidence = Jsonb({"reason": reason})
    links = (
        (new_id(), identity_id, person_id, at, why, evidence, permit.worker_id, permit.id)
        for identity_id in identity_ids
    )
    with connection.cursor() as cursor:
        copy_in(cursor, "linkage_link", LINK, links)


def _log(permit: ReviewPermit, *, action: str, people: tuple[UUID, UUID], **detail: UUID) -> None:
    audit.log_many(
        [
            Logged(
                at=clock.now(),
                action=action,
                actor_kind="worker" if permit.worker_id else "script",
                actor_id=permit.worker_id,
                organisation_id=permit.organisation_id,
                role=permit.role,
                purpose="data_quality",
                person_id=person_id,
                permit_id=permit.id,
                detail={name: str(value) for name, value in detail.items()},
            )
            for person_id in people
        ]
    )
