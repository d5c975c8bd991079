"""Where a statement stands among all that its source said of the same thing."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from throughgate.foundation.permits import FeedPermit
from throughgate.foundation.values import value
from throughgate.record.rules import Change

Thing = tuple[UUID, str]  # an identity and an item
Telling = tuple[datetime, Mapping[str, Any]]  # an as-at, and what was said as at then

# For each (identity, item): what was said last up to that moment, and first after it.
NEIGHBOURS = """
SELECT wanted.identity_id, wanted.item,
       before.as_at, before.state_id, earlier.digest, after.as_at, after.state_id, later.digest,
       before.as_at = wanted.as_at AND EXISTS (
           SELECT FROM exchange_importrow same JOIN exchange_sourcestate state ON state.id = same.state_id
           WHERE same.identity_id = wanted.identity_id AND same.item = wanted.item
             AND same.as_at = wanted.as_at AND state.digest = decode(wanted.digest, 'hex'))
FROM unnest(%(identities)s::uuid[], %(items)s::text[], %(digests)s::text[], %(as_ats)s::timestamptz[])
     AS wanted (identity_id, item, digest, as_at)
LEFT JOIN LATERAL (
    SELECT as_at, state_id FROM exchange_importrow
    WHERE identity_id = wanted.identity_id AND item = wanted.item
      AND as_at <= wanted.as_at AND state_id IS NOT NULL
    ORDER BY as_at DESC, id DESC LIMIT 1) before ON true
LEFT JOIN exchange_sourcestate earlier ON earlier.id = before.state_id
LEFT JOIN LATERAL (
    SELECT as_at, state_id FROM exchange_importrow
    WHERE identity_id = wanted.identity_id AND item = wanted.item
      AND as_at > wanted.as_at AND state_id IS NOT NULL
    ORDER BY as_at, id LIMIT 1) after ON true
LEFT JOIN exchange_sourcestate later ON later.id = after.state_id
"""
EVER = """
SELECT identity_id, item, told.as_at, told.state_id
FROM exchange_importrow told
JOIN unnest(%s::uuid[], %s::text[]) AS wanted (identity_id, item) USING (identity_id, item)
WHERE told.state_id IS NOT NULL ORDER BY told.as_at, told.id
"""
NEWEST = """
SELECT identity_id, max(as_at) FROM exchange_importrow
WHERE identity_id = ANY(%s) AND item = %s AND state_id IS NOT NULL GROUP BY identity_id
"""
SAID = "SELECT id, said FROM exchange_sourcestate WHERE id = ANY(%s)"


@value(frozen=True, slots=True)
class Spoken:
    """One statement in its place."""

    as_at: datetime
    state_id: UUID
    digest: bytes


@value(frozen=True, slots=True)
class Neighbours:
    """What the source said of the same thing just before and just after, if anything."""

    before: Spoken | None
    after: Spoken | None
    is_repeated: bool = False  # this very statement was made already as at this very moment


NONE = Neighbours(None, None)


def neighbours(wanted: Mapping[Thing, tuple[datetime, bytes]]) -> dict[Thing, Neighbours]:
    """The statements about each thing around the moment as at which that digest is now said: one query."""
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            NEIGHBOURS,
            {
                "identities": [identity_id for identity_id, _ in wanted],
                "items": [item for _, item in wanted],
                "digests": [digest.hex() for _, digest in wanted.values()],
                "as_ats": [as_at for as_at, _ in wanted.values()],
            },
        )
        return {
            (row[0], row[1]): Neighbours(_spoken(row[2:5]), _spoken(row[5:8]), is_repeated=bool(row[8]))
            for row in cursor.fetchall()
        }


def newest(permit: FeedPermit, identity_ids: Collection[UUID], *, item: str) -> dict[UUID, datetime]:
    """The newest moment as at which anything was said of that item, by identity."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [list(identity_ids), item])
        return dict(cursor.fetchall())


def all_ever(changes: Sequence[Change]) -> list[Change]:
    """These changes; where one of a thing restates, every change there ever was of that thing instead."""
    late = {(change.identity_id, change.item) for change in changes if change.is_restating}
    if not late:
        return list(changes)
    told = _told(late)
    for change in changes:
        thing = (change.identity_id, change.item)
        if thing in late and not change.is_restating:
            told[thing].append((change.as_at, change.after))
    kept = [change for change in changes if (change.identity_id, change.item) not in late]
    return kept + [change for thing in sorted(late) for change in _pairs(thing, told[thing])]


def _told(things: Collection[Thing]) -> dict[Thing, list[Telling]]:
    with connection.cursor() as cursor:
        cursor.execute(EVER, [list(column) for column in zip(*things, strict=True)])
        rows = cursor.fetchall()
    words = said(list({row[3] for row in rows}))
    told: dict[Thing, list[Telling]] = defaultdict(list)
    for identity_id, item, as_at, state_id in rows:
        told[identity_id, item].append((as_at, words[state_id]))
    return told


def _pairs(thing: Thing, told: Sequence[Telling]) -> Iterator[Change]:
    before: Mapping[str, Any] | None = None
    before_as_at: datetime | None = None
    for as_at, words in sorted(told, key=lambda each: each[0]):
        if words != before:
            yield Change(
                identity_id=thing[0],
                item=thing[1],
                as_at=as_at,
                before=before,
                before_as_at=before_as_at,
                after=words,
                is_restating=True,
            )
        before, before_as_at = words, as_at


def said(state_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The statements themselves."""
    if not state_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SAID, [list(state_ids)])
        return {
            row[0]: row[1] if isinstance(row[1], dict) else json.loads(row[1]) for row in cursor.fetchall()
        }


def _spoken(row: Sequence[Any]) -> Spoken | None:
    return Spoken(row[0], row[1], bytes(row[2])) if row[1] is not None else None
