"""Reading the spine: a page of a timeline, as it stands or as it was known on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.foundation.permits import Permit
from throughgate.record import bodies, seen


class Spine(NamedTuple):
    """One entry without its body, as the permit lets it be read."""

    id: UUID
    identity_id: UUID
    kind: str
    category: str
    item: str
    happened_at: datetime
    dated_by: str
    as_at: datetime
    recorded_at: datetime
    recorded_by: UUID | None
    organisation_id: UUID
    source: str
    supersedes_id: UUID | None
    reason: str
    restricted: bool
    is_redacted: bool
    only_for: Sequence[UUID] = ()  # who alone reads it, besides the person; none: all who may read its kind


@dataclass(frozen=True, kw_only=True)
class Window:
    """Which part of a timeline to read. `before` is the place of the last entry of the page above."""

    categories: frozenset[str] | None = None  # None: every category the permit reads
    kinds: frozenset[str] | None = None
    before: tuple[datetime, UUID] | None = None
    known_on: datetime | None = None  # None: as it stands now
    limit: int = 50


@dataclass(frozen=True)
class Page:
    """Entries newest first, and where the next page starts; None when there is no more."""

    entries: list[Spine]
    next: tuple[datetime, UUID] | None


# Each identity by itself, in the order of an index, so that a page costs the same however long the record.
WANTED = "SELECT entry.* FROM unnest(%(identities)s::uuid[]) AS wanted (identity_id)"
EACH_KIND = " CROSS JOIN unnest(%(kinds)s::text[]) AS sought (kind)"
READ = (
    """ CROSS JOIN LATERAL (
SELECT entry.id, entry.identity_id, entry.kind, entry.category, entry.item, entry.happened_at, entry.dated_by,
       entry.as_at, entry.recorded_at, entry.recorded_by, entry.organisation_id, entry.source,
       entry.supersedes_id, entry.reason, entry.restricted, entry.redacted_at IS NOT NULL,
       coalesce(entry.only_for, '{}')
FROM record_entry entry
WHERE entry.identity_id = wanted.identity_id
  AND entry.kind <> 'withdrawn' AND """
    + seen.ENTRY
    + """
"""
)
AS_IT_STANDS = "AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)\n"
AS_KNOWN = """
  AND entry.recorded_at <= %(known_on)s
  AND NOT EXISTS (
      SELECT FROM record_entry newer
      WHERE newer.supersedes_id = entry.id AND newer.recorded_at <= %(known_on)s)
"""
OF_KINDS = "  AND entry.kind = ANY(%(kinds)s)\n"
BEFORE = "  AND (entry.happened_at, entry.id) < (%(before_at)s, %(before_id)s)\n"
NEWEST = """
ORDER BY entry.happened_at DESC, entry.id DESC LIMIT %(limit)s) entry
ORDER BY entry.happened_at DESC, entry.id DESC LIMIT %(limit)s
"""
# Kind by kind and without a limit, else the database may walk down the whole timeline to find a few.
ALL = """
  AND entry.kind = sought.kind) entry
ORDER BY entry.happened_at DESC, entry.id DESC
"""


def page(permit: Permit, *, identity_ids: Sequence[UUID], window: Window) -> Page:
    """One page of the timeline of these identities (which must be the permit's person's)."""
    query = WANTED + READ + _stands(window) + _part(window) + NEWEST
    rows = _read(permit, query, identity_ids, window)
    more = len(rows) > window.limit
    entries = rows[: window.limit]
    return Page(entries, (entries[-1].happened_at, entries[-1].id) if more else None)


def current(
    permit: Permit, *, identity_ids: Sequence[UUID], kinds: frozenset[str], known_on: datetime | None = None
) -> list[Spine]:
    """Every entry of these kinds that has not been superseded, newest first."""
    window = Window(kinds=kinds, known_on=known_on)
    return _read(permit, WANTED + EACH_KIND + READ + _stands(window) + ALL, identity_ids, window)


def _stands(window: Window) -> str:
    return AS_IT_STANDS if window.known_on is None else AS_KNOWN


def _part(window: Window) -> str:
    """Which kinds, and from where on."""
    kinds = OF_KINDS if window.kinds is not None else ""
    return kinds + (BEFORE if window.before is not None else "")


def _read(permit: Permit, query: str, identity_ids: Sequence[UUID], window: Window) -> list[Spine]:
    """One more than the window holds, where the query has a limit: then there is another page."""
    categories = permit.read if window.categories is None else permit.read & window.categories
    before_at, before_id = window.before or (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            {
                "identities": list(dict.fromkeys(identity_ids)),
                **seen.by(permit),
                "categories": list(categories),
                "known_on": window.known_on,
                "kinds": list(window.kinds or ()),
                "before_at": before_at,
                "before_id": before_id,
                "limit": window.limit + 1,
            },
        )
        return [Spine._make(row) for row in cursor.fetchall()]


def kinds() -> dict[str, str]:
    """Every kind of entry with its category."""
    return bodies.kinds()
