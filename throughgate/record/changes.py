"""Whether a record has changed, as a program that fetches it would read it, for many people at once.

Of what it would not read nothing shows, neither that it is there nor that it came: a version is worked out
from the entries and names that it reads, and is another when one of them comes, goes, is redacted or is kept
back.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import visible
from throughgate.foundation.permits import ListPermit
from throughgate.record import seen


class Version(NamedTuple):
    """One record as it stands."""

    person_id: UUID
    version: str  # another after each change; says nothing by itself
    changed_at: datetime | None  # when the newest of its entries was recorded or redacted; None: it has none


READ = f"""entry.identity_id = identity.id AND {seen.BY_ALL} AND NOT entry.withheld
    AND {visible.reads("identity.person_id", "entry.category")}"""
VERSIONS = f"""
WITH wanted AS (
    SELECT DISTINCT concern.person_id FROM access_relationship concern
    WHERE {visible.HOLDS} AND (%(after)s::uuid IS NULL OR concern.person_id > %(after)s)
    ORDER BY concern.person_id LIMIT %(limit)s)
SELECT person.id,
       md5(concat_ws('|', person.display_name, person.birth_date, person.language, person.death,
                     person.kept_names::text,
                     string_agg(concat_ws(' ', identity.id, said.entries, said.newest, told.names,
                                          told.numbers), '|' ORDER BY identity.id))),
       max(said.newest)
FROM wanted
JOIN people_person person ON person.id = wanted.person_id
JOIN people_identity identity ON identity.person_id = person.id
CROSS JOIN LATERAL (
    SELECT sum(hashtextextended(concat(entry.id, entry.redacted_at), 0)) AS entries,
           max(greatest(entry.recorded_at, entry.redacted_at)) AS newest
    FROM record_entry entry WHERE {READ}) said
CROSS JOIN LATERAL (
    SELECT (SELECT max(recorded_at) FROM people_details WHERE identity_id = identity.id) AS names,
           (SELECT max(recorded_at) FROM people_identifier WHERE identity_id = identity.id) AS numbers) told
GROUP BY person.id ORDER BY person.id
"""


def versions(permit: ListPermit, *, after: UUID | None, limit: int) -> Sequence[Version]:
    """So many of those whom the permit lists, in the order of their ids, from behind `after` on."""
    asked = {**visible.by(permit), "after": after, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, asked)
        return [Version._make(row) for row in cursor.fetchall()]
