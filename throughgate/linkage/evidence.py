"""What is known of everybody who shares a number with somebody who arrives: two queries, however many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from throughgate.foundation.permits import FeedPermit
from throughgate.foundation.values import value
from throughgate.linkage.rules import Evidence
from throughgate.people.actions import Details
from throughgate.people.rules import Identifier, State

# Who shares a number with an arrival, everybody joined to one of those, and the arrivals themselves.
NEARBY = """
WITH arriving AS (SELECT unnest(%(identities)s::uuid[]) AS id),
numbers AS (
    SELECT * FROM unnest(%(systems)s::text[], %(values)s::text[]) AS number (system, value)
    UNION SELECT system, value FROM people_identifier JOIN arriving ON arriving.id = identity_id
    WHERE state = 'checked'),
sharing AS (
    SELECT DISTINCT identity.person_id FROM people_identifier found
    JOIN numbers USING (system, value) JOIN people_identity identity ON identity.id = found.identity_id
    WHERE found.state = 'checked'
    UNION SELECT person_id FROM people_identity JOIN arriving USING (id))
SELECT identity.id, identity.person_id, identity.organisation_id,
       array(SELECT ARRAY[number.system, number.value]::text[] FROM people_identifier number
             WHERE number.identity_id = identity.id AND number.state = 'checked'),
       coalesce(newest.first_name, ''), coalesce(newest.last_name, ''),
       coalesce(newest.aliases, '[]')::json, newest.birth_date, coalesce(newest.initials_only, false)
FROM sharing JOIN people_identity identity USING (person_id)
LEFT JOIN LATERAL (
    SELECT * FROM people_details details WHERE details.identity_id = identity.id
    ORDER BY details.as_at DESC, details.id DESC LIMIT 1) newest ON true
"""
NEVER = """
SELECT DISTINCT ON (held.id) held.identity_id, held.other_id, answer.answer
FROM linkage_held held JOIN linkage_answer answer ON answer.held_id = held.id
WHERE held.identity_id = ANY(%(nearby)s) OR held.other_id = ANY(%(nearby)s)
ORDER BY held.id, answer.recorded_at DESC, answer.id DESC
"""


@value(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody in a feed: already known by this organisation (`identity_id`), or new to it."""

    key: str
    identity_id: UUID | None
    person_id: UUID | None
    identifiers: tuple[Identifier, ...]
    details: Details


@dataclass(frozen=True, slots=True)
class Known:
    """Evidence of every identity near the arrivals, and the pairs somebody said are different people."""

    organisation: UUID
    evidence: Mapping[UUID, Evidence]
    never: frozenset[frozenset[UUID]]


def gather(permit: FeedPermit, arrivals: Sequence[Arrival]) -> Known:
    """Everything a decision about these arrivals can rest on."""
    numbers = sorted(
        {
            (number.system.value, number.value)
            for arrival in arrivals
            for number in arrival.identifiers
            if number.state == State.checked
        }
    )
    with connection.cursor() as cursor:
        cursor.execute(
            NEARBY,
            {
                "identities": [arrival.identity_id for arrival in arrivals if arrival.identity_id],
                "systems": [system for system, _ in numbers],
                "values": [value for _, value in numbers],
            },
        )
        evidence = {row[0]: _evidence(row) for row in cursor.fetchall()}
        cursor.execute(NEVER, {"nearby": list(evidence)})
        never = frozenset(frozenset(row[:2]) for row in cursor.fetchall() if row[2] == "different")
    return Known(permit.organisation_id, evidence, never)


def _evidence(row: tuple[Any, ...]) -> Evidence:
    return Evidence(
        identity_id=row[0],
        person_id=row[1],
        organisation=row[2],
        identifiers=frozenset((system, value) for system, value in row[3]),
        first_name=row[4],
        last_name=row[5],
        aliases=tuple((alias[0], alias[2]) for alias in row[6]),
        birth_date=row[7],
        initials_only=row[8],
    )
