"""Where a statement stands among all that its source said of the same thing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import connection

# For each (identity, item): what was said last up to that moment, and first after it.
NEIGHBOURS = """
SELECT wanted.identity_id, wanted.item,
       before.as_at, before.state_id, earlier.digest, after.as_at, after.state_id, later.digest
FROM unnest(%s::uuid[], %s::text[]) AS wanted (identity_id, item)
LEFT JOIN LATERAL (
    SELECT as_at, state_id FROM exchange_importrow
    WHERE identity_id = wanted.identity_id AND item = wanted.item AND as_at <= %s AND state_id IS NOT NULL
    ORDER BY as_at DESC, id DESC LIMIT 1) before ON true
LEFT JOIN exchange_sourcestate earlier ON earlier.id = before.state_id
LEFT JOIN LATERAL (
    SELECT as_at, state_id FROM exchange_importrow
    WHERE identity_id = wanted.identity_id AND item = wanted.item AND as_at > %s AND state_id IS NOT NULL
    ORDER BY as_at, id LIMIT 1) after ON true
LEFT JOIN exchange_sourcestate later ON later.id = after.state_id
"""
SAID = "SELECT id, said FROM exchange_sourcestate WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement in its place."""

    as_at: datetime
    state_id: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the source said of the same thing just before and just after, if anything."""

    before: Spoken | None
    after: Spoken | None


NONE = Neighbours(None, None)


def text(said: Mapping[str, Any]) -> str:
    """The statement as JSON, the same however its fields were ordered."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> bytes:
    """What stands for a statement where only sameness matters."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def neighbours(wanted: Sequence[tuple[UUID, str]], *, as_at: datetime) -> dict[tuple[UUID, str], Neighbours]:
    """The statements around `as_at` about each (identity, item): one query."""
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOURS, [[one[0] for one in wanted], [one[1] for one in wanted], as_at, as_at])
        return {
            (row[0], row[1]): Neighbours(_spoken(row[2:5]), _spoken(row[5:8])) for row in cursor.fetchall()
        }


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
