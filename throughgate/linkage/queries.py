"""Which identities are a person, now or as known on a day, and who could be taken for whom."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import visible
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit, Refresher, ReviewPermit
from throughgate.linkage import rules
from throughgate.linkage.rules import Comparison, Evidence
from throughgate.people.queries import KnownAs

NOW = "SELECT id FROM people_identity WHERE person_id = %(person)s ORDER BY id"
# The newest link of an identity by then, which may have led elsewhere than its newest link of all.
AS_KNOWN = """
SELECT identity_id FROM (
    SELECT DISTINCT ON (identity_id) identity_id, person_id FROM linkage_link
    WHERE recorded_at <= %(known_on)s
      AND identity_id IN (SELECT identity_id FROM linkage_link WHERE person_id = %(person)s)
    ORDER BY identity_id, recorded_at DESC, id DESC) newest
WHERE person_id = %(person)s ORDER BY identity_id
"""
# Two index reads rather than one filter that no index serves. A folded name begins with the surname.
LOOKALIKES = f"""
WITH me AS (SELECT sort_name, birth_date FROM people_person WHERE id = %(person)s)
SELECT count(*) FROM (
    SELECT id FROM people_person WHERE sort_name = (SELECT sort_name FROM me) AND sort_name <> ''
    UNION
    SELECT id FROM people_person WHERE birth_date = (SELECT birth_date FROM me)
       AND split_part(sort_name, ' ', 1) = (SELECT split_part(sort_name, ' ', 1) FROM me)) other
WHERE other.id <> %(person)s AND {visible.is_concerned("other.id")}
"""


def identity_ids(permit: Permit, *, known_on: datetime | None = None) -> list[UUID]:
    """The identities of the permit's person, as linked now or by the links known at a moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            NOW if known_on is None else AS_KNOWN, {"person": permit.person_id, "known_on": known_on}
        )
        return [identity_id for (identity_id,) in cursor.fetchall()]


def lookalikes(permit: Permit) -> int:
    """How many others have this person's name, or their surname and birth date.

    Only people this worker may be shown are counted, so that the warning tells of nobody hidden.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            LOOKALIKES,
            {"person": permit.person_id} | visible.by(permit),
        )
        (count,) = cursor.fetchone()
        return int(count)


class HeldPair(NamedTuple):
    """Two identities that may be one person, and why somebody must say."""

    id: UUID
    identity_id: UUID
    other_id: UUID
    reasons: list[str]  # of linkage.rules.HoldReason
    recorded_at: datetime


class LinkLine(NamedTuple):
    """That an identity belongs to a person: the link that holds."""

    id: UUID
    identity_id: UUID
    why: str  # first_seen, identifiers_agree, worker_joined, worker_undid
    evidence: dict[str, Any]
    recorded_at: datetime
    worker_id: UUID | None


class AnswerLine(NamedTuple):
    """What somebody said about a pair."""

    answer: str  # same, different
    reason: str
    recorded_at: datetime
    worker_id: UUID | None


class JoinLine(NamedTuple):
    """A link that brought an identity to a person who has others, and those others."""

    id: UUID
    identity_id: UUID
    other_ids: list[UUID]
    why: str  # identifiers_agree, worker_joined
    evidence: dict[str, Any]
    recorded_at: datetime
    worker_id: UUID | None


# A reviewer sees what concerns an organisation they see to; the server's own console sees everything.
THEIRS = """(%(everywhere)s OR EXISTS (
    SELECT FROM people_identity side
    WHERE side.id = ANY({sides}) AND side.organisation_id = ANY(%(organisations)s)))"""
PAIR = f"""
SELECT held.id, held.identity_id, held.other_id, held.reasons::json, held.recorded_at FROM linkage_held held
WHERE held.id = %(held)s AND {THEIRS.format(sides="ARRAY[held.identity_id, held.other_id]")}
"""
ANSWERS = """
SELECT answer, reason, recorded_at, worker_id FROM linkage_answer
WHERE held_id = %s ORDER BY recorded_at DESC, id DESC
"""
JOINED = f"""
SELECT link.id, link.identity_id, others.ids, link.why, link.evidence::json, link.recorded_at, link.worker_id
FROM linkage_link link
CROSS JOIN LATERAL (
    SELECT array_agg(other.id ORDER BY other.id) AS ids FROM people_identity other
    WHERE other.person_id = link.person_id AND other.id <> link.identity_id) others
WHERE link.why IN ('identifiers_agree', 'worker_joined') AND others.ids IS NOT NULL
  AND NOT EXISTS (SELECT FROM linkage_link newer WHERE newer.identity_id = link.identity_id
                  AND (newer.recorded_at, newer.id) > (link.recorded_at, link.id))
  AND {THEIRS.format(sides="others.ids || link.identity_id")}
  AND (%(link)s::uuid IS NULL OR link.id = %(link)s)
  AND (%(before)s::uuid IS NULL OR link.id < %(before)s)
ORDER BY link.id DESC LIMIT %(limit)s
"""
OPEN = f"""
SELECT held.id, held.identity_id, held.other_id, held.reasons::json, held.recorded_at FROM linkage_held held
WHERE NOT EXISTS (SELECT FROM linkage_answer answer WHERE answer.held_id = held.id)
  AND {THEIRS.format(sides="ARRAY[held.identity_id, held.other_id]")}
  AND (%(after)s::uuid IS NULL OR held.id > %(after)s)
ORDER BY held.id LIMIT %(limit)s
"""
LINKS = """
SELECT DISTINCT ON (identity.id)
       link.id, identity.id, link.why, link.evidence::json, link.recorded_at, link.worker_id
FROM people_identity identity JOIN linkage_link link ON link.identity_id = identity.id
WHERE identity.person_id = %s
ORDER BY identity.id, link.recorded_at DESC, link.id DESC
"""
LIVES = """
SELECT link.identity_id, link.recorded_at, link.person_id
FROM people_identity identity JOIN linkage_link link ON link.identity_id = identity.id
WHERE identity.person_id = ANY(%s) ORDER BY link.identity_id, link.recorded_at, link.id
"""


def held(permit: ReviewPermit, *, after: UUID | None = None, limit: int) -> list[HeldPair]:
    """Pairs nobody has answered yet, those that have waited longest first; `after` is the last of a page."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"after": after, "limit": limit, **_whose(permit)})
        return [HeldPair._make(row) for row in cursor.fetchall()]


def _whose(permit: ReviewPermit) -> dict[str, Any]:
    return {"everywhere": permit.worker_id is None, "organisations": list(permit.organisation_ids)}


def sees_to(permit: ReviewPermit, identity_ids: Sequence[UUID]) -> bool:
    """Whether any of these identities is of an organisation the reviewer sees to."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {THEIRS.format(sides='%(identities)s')}",
            {"identities": list(identity_ids), **_whose(permit)},
        )
        return bool(cursor.fetchone()[0])


def pair(permit: ReviewPermit, held_id: UUID) -> HeldPair:
    """One pair, answered or not.

    Raises: NotFound when there is none that concerns this reviewer.
    """
    with connection.cursor() as cursor:
        cursor.execute(PAIR, {"held": held_id, **_whose(permit)})
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return HeldPair._make(row)


def answers(permit: ReviewPermit, held_id: UUID) -> list[AnswerLine]:
    """What was said about a pair, the newest answer, which holds, first."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [held_id])
        return [AnswerLine._make(row) for row in cursor.fetchall()]


def joined(
    permit: ReviewPermit, *, before: UUID | None = None, limit: int, link_id: UUID | None = None
) -> list[JoinLine]:
    """Links that brought an identity together with others and still hold, newest first.

    `before` is the last of the page above; `link_id` asks for that one alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(JOINED, {"before": before, "limit": limit, "link": link_id, **_whose(permit)})
        return [JoinLine._make(row) for row in cursor.fetchall()]


def comparison(one: KnownAs, two: KnownAs) -> Comparison:
    """What agrees and what clashes between two identities, by the rule that decides about them."""
    return rules.compare(_evidence(one), _evidence(two))


def _evidence(known: KnownAs) -> Evidence:
    return Evidence(
        identity_id=known.identity_id,
        person_id=known.person_id,
        organisation=known.organisation_id,
        identifiers=frozenset(
            (number.system, number.value) for number in known.numbers if number.state == "checked"
        ),
        first_name=known.first_name,
        last_name=known.last_name,
        aliases=tuple((alias.first, alias.last) for alias in known.aliases),
        birth_date=known.birth_date,
        initials_only=known.initials_only,
    )


def lives(permit: Refresher, person_ids: Sequence[UUID]) -> dict[UUID, list[tuple[datetime, UUID]]]:
    """For each identity of these people, oldest first: (from when, to which person it belonged)."""
    found: dict[UUID, list[tuple[datetime, UUID]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(LIVES, [list(person_ids)])
        for identity_id, since, person_id in cursor.fetchall():
            found[identity_id].append((since, person_id))
    return found


def links(permit: Permit) -> list[LinkLine]:
    """Why each identity of the permit's person is theirs."""
    with connection.cursor() as cursor:
        cursor.execute(LINKS, [permit.person_id])
        return [LinkLine._make(row) for row in cursor.fetchall()]
