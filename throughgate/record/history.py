"""What an entry said before it was corrected."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.record import seen
from throughgate.record.queries import Spine
from throughgate.record.rules import Form

# Down the chain to the first version, then up to the newest, so that any of them leads to all. What the
# permit does not read is not shown, wherever in the chain it stands; nor is what only parts old words from
# those in their place.
VERSIONS = (
    """
WITH RECURSIVE older AS (
    SELECT id, supersedes_id FROM record_entry WHERE id = %(entry)s
    UNION SELECT entry.id, entry.supersedes_id
    FROM record_entry entry JOIN older ON older.supersedes_id = entry.id),
versions AS (
    SELECT id FROM older
    UNION SELECT entry.id FROM record_entry entry JOIN versions ON entry.supersedes_id = versions.id)
SELECT entry.id, entry.identity_id, entry.kind, entry.category, entry.item, entry.happened_at, entry.dated_by,
       entry.as_at, entry.recorded_at, entry.recorded_by, entry.organisation_id, entry.source,
       entry.supersedes_id, entry.reason, entry.restricted, entry.redacted_at IS NOT NULL,
       coalesce(entry.only_for, '{}')
FROM versions JOIN record_entry entry ON entry.id = versions.id
JOIN people_identity identity ON identity.id = entry.identity_id
WHERE identity.person_id = %(person)s AND """
    + seen.ENTRY
    + """
  AND NOT (entry.kind = 'withdrawn'
           AND EXISTS (SELECT FROM record_entry said WHERE said.supersedes_id = entry.id))
ORDER BY entry.recorded_at DESC, entry.id DESC
"""
)


def versions(permit: Permit, entry_id: UUID) -> list[Spine]:
    """Every version of an entry of the permit's person, the newest first.

    Raises: NotFound for an entry of another record, one the worker may not read, or none.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            VERSIONS,
            {"entry": entry_id, "person": permit.person_id} | seen.by(permit),
        )
        found = [Spine._make(row) for row in cursor.fetchall()]
    if entry_id not in {version.id for version in found}:
        raise NotFound
    return found


def readers_before(permit: Permit, form: Form) -> Sequence[UUID]:
    """Who alone reads what the form corrects; none where all do who may read its kind, and for something new.

    Raises: NotFound as `versions`.
    """
    return versions(permit, form.corrects)[0].only_for if form.corrects else ()
