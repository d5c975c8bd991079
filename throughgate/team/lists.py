"""What the teams of several people ask of one worker, for their own page."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import visible
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import ListPermit
from throughgate.record import seen
from throughgate.team.models import Message, Task


class Asked(NamedTuple):
    """A task of this worker's, or a message to them that they have not opened."""

    person_id: UUID
    name: str
    birth_date: date | None
    text: str  # "" for a message, whose words stand in the record alone
    by_on: date | None
    asked_at: datetime
    is_message: bool


# Restricted entries, like what only some may know of, are not for lists.
STANDS = f"""{seen.BY_ALL} AND entry.redacted_at IS NULL
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)"""
LAST_WORD = f"""
SELECT word.state FROM people_identity theirs
JOIN record_entry entry ON entry.identity_id = theirs.id AND entry.kind = 'task_word'
JOIN team_taskword word ON word.entry_id = entry.id
WHERE theirs.person_id = asked.person_id AND entry.item = asked.item AND {STANDS}
ORDER BY entry.happened_at DESC, entry.id DESC LIMIT 1
"""
ASKED = f"""
SELECT person.id, person.display_name, person.birth_date, asked.text, asked.by_on, asked.at, asked.is_message
FROM (
    SELECT identity.person_id, entry.item, entry.category, said.text, said.by_on, entry.happened_at AS at,
           false AS is_message
    FROM team_task said JOIN record_entry entry ON entry.id = said.entry_id
    JOIN people_identity identity ON identity.id = entry.identity_id
    WHERE said.post = %(post)s AND entry.kind = ANY(%(kinds)s) AND {STANDS}
    UNION ALL
    SELECT identity.person_id, entry.item, entry.category, '', NULL, entry.happened_at, true
    FROM team_message said JOIN record_entry entry ON entry.id = said.entry_id
    JOIN people_identity identity ON identity.id = entry.identity_id
    WHERE said.post = %(post)s AND entry.kind = ANY(%(kinds)s) AND {STANDS}
      AND NOT EXISTS (
          SELECT FROM team_opened WHERE team_opened.message_id = entry.id AND post_id = %(post)s)) asked
JOIN people_person person ON person.id = asked.person_id
WHERE {visible.is_concerned("asked.person_id")} AND person.death <> 'confirmed'
  AND NOT asked.category = ANY ({visible.kept_back("asked.person_id")})
  AND (asked.is_message OR coalesce(({LAST_WORD}), '') <> ALL(%(over)s))
ORDER BY asked.by_on NULLS LAST, asked.at, asked.item LIMIT 200
"""


def asked(permit: ListPermit) -> Sequence[Asked]:
    """What is still open, what has a day first; of people this hat is concerned with today."""
    categories = {**Task.kinds, **Message.kinds}
    over = [row["code"] for row in code_set("task_states").rows if row["is_open"] == "no"]
    with connection.cursor() as cursor:
        cursor.execute(
            ASKED,
            {
                "post": permit.post_id,
                "kinds": [kind for kind, category in categories.items() if category in permit.categories],
                **visible.by(permit),
                "over": over,
            },
        )
        return [Asked._make(row) for row in cursor.fetchall()]
