"""What the teams and plans of several people ask of one worker, for their own page."""

import json
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import policy, visible
from throughgate.access.rules import Choice
from throughgate.foundation import figures, leave
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import CohortPermit, ListPermit
from throughgate.record import seen
from throughgate.team.domains import DOMAINS
from throughgate.team.models import Message, Task, TaskWord, Unmet
from throughgate.team.rules import WHOLE


class Asked(NamedTuple):
    """A task of this worker's, or a message to them that they have not opened."""

    person_id: UUID
    name: str
    birth_date: date | None
    text: str  # "" for a message, whose words stand in the record alone
    by_on: date | None
    asked_at: datetime
    is_message: bool


class Changed(NamedTuple):
    """A need of somebody's whom this worker leads, that another said anew, and that they have not seen."""

    person_id: UUID
    name: str
    birth_date: date | None
    domain: str  # "" where a list does not show what it is about
    how_far: str  # of need_levels; "" as well
    before: str  # "" the first word on it, or as well
    at: datetime


class Missing(NamedTuple):
    """What this organisation found does not exist, for somebody's need."""

    person_id: UUID
    name: str
    birth_date: date | None
    domain: str
    place: str
    text: str
    at: datetime


class Gap(NamedTuple):
    """What services found does not exist for one kind of need, of whoever they found it for."""

    domain: str
    times: int
    people: int
    organisations: int
    places: dict[str, int]  # by place, as most wrote it, the number of people


class Near(NamedTuple):
    """Somebody on whose team this worker is."""

    person_id: UUID
    name: str
    birth_date: date | None
    since: datetime


class Waiting(NamedTuple):
    """What waits for one worker."""

    changed: list[Changed]
    asked: list[Asked]


# Restricted entries, like what only some may know of, are not for lists.
STANDS = f"""{seen.BY_ALL} AND entry.redacted_at IS NULL
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)"""
LAST_WORD = f"""
SELECT word.state FROM people_identity theirs
JOIN record_entry entry ON entry.identity_id = theirs.id AND entry.kind = ANY(%(words)s)
JOIN team_taskword word ON word.entry_id = entry.id
WHERE theirs.person_id = asked.person_id AND entry.item = asked.item AND {STANDS}
ORDER BY entry.happened_at DESC, entry.id DESC LIMIT 1
"""
# One row at least, which says whether the post leads anything: Today asks no more where it does not.
ASKED = f"""
SELECT EXISTS (SELECT FROM team_lead WHERE team_lead.post = %(post)s), found.*
FROM (SELECT) one LEFT JOIN (
SELECT person.id, person.display_name, person.birth_date, asked.text, asked.by_on, asked.at, asked.is_message,
       asked.item
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
ORDER BY asked.by_on NULLS LAST, asked.at, asked.item LIMIT 200) found ON true
ORDER BY found.by_on NULLS LAST, found.at, found.item
"""
# Of whom this post leads all or a need of, by the last word on who does, while it is on the team: the last
# word on each need, if it says something else than the word before it, and came after the lead did.
CHANGED = f"""
WITH near AS (
    SELECT DISTINCT identity.person_id FROM team_lead said
    JOIN record_entry entry ON entry.id = said.entry_id
    JOIN people_identity identity ON identity.id = entry.identity_id WHERE said.post = %(post)s),
words AS (
    SELECT identity.person_id, entry.id, entry.kind, entry.category, entry.item, entry.happened_at,
           entry.recorded_at, entry.recorded_by, lead.post, need.how_far,
           lag(need.how_far) OVER thing AS before,
           row_number() OVER (PARTITION BY identity.person_id, entry.kind,
               CASE WHEN entry.kind LIKE 'team%%' THEN entry.item END
               ORDER BY entry.happened_at DESC, entry.id DESC) AS age
    FROM near JOIN people_identity identity ON identity.person_id = near.person_id
    JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = ANY(%(told)s)
    LEFT JOIN team_lead lead ON lead.entry_id = entry.id
    LEFT JOIN assessment_need need ON need.entry_id = entry.id
    WHERE {STANDS}
    WINDOW thing AS (PARTITION BY identity.person_id, entry.kind ORDER BY entry.happened_at, entry.id)),
member AS (
    SELECT DISTINCT ON (person_id) person_id, kind FROM words
    WHERE kind LIKE 'team%%' AND item = %(post)s::text
    ORDER BY person_id, happened_at DESC, id DESC),
led AS (
    SELECT words.person_id, words.kind, words.id FROM words
    JOIN member ON member.person_id = words.person_id AND member.kind = 'team_joined'
    WHERE words.post = %(post)s AND words.age = 1)
SELECT DISTINCT person.id, person.display_name, person.birth_date, need.kind, need.how_far,
       coalesce(need.before, ''), need.recorded_at, need.category
FROM words need JOIN led ON led.person_id = need.person_id
     AND led.kind IN ('lead_whole', replace(need.kind, 'need_', 'lead_'))
     AND need.id > led.id
JOIN people_person person ON person.id = need.person_id
WHERE need.kind = ANY(%(needs)s) AND need.age = 1 AND need.how_far IS DISTINCT FROM need.before
  AND need.recorded_by IS DISTINCT FROM %(worker)s
  AND NOT EXISTS (SELECT FROM team_opened WHERE message_id = need.id AND post_id = %(post)s)
  AND {visible.is_concerned("need.person_id")} AND person.death <> 'confirmed'
  AND NOT need.category = ANY ({visible.kept_back("need.person_id")})
ORDER BY need.recorded_at, person.id LIMIT 200
"""
# By the last word on whether this post is on the team.
NEAR = f"""
WITH word AS (
    SELECT DISTINCT ON (identity.person_id) identity.person_id, entry.kind, entry.category, entry.happened_at
    FROM team_membership said JOIN record_entry entry ON entry.id = said.entry_id
    JOIN people_identity identity ON identity.id = entry.identity_id
    WHERE said.post = %(post)s AND {STANDS}
    ORDER BY identity.person_id, entry.happened_at DESC, entry.id DESC)
SELECT person.id, person.display_name, person.birth_date, word.happened_at
FROM word JOIN people_person person ON person.id = word.person_id
WHERE word.kind = 'team_joined' AND word.category = ANY(%(categories)s)
  AND {visible.is_concerned("word.person_id")} AND person.death <> 'confirmed'
  AND NOT word.category = ANY ({visible.kept_back("word.person_id")})
ORDER BY person.sort_name, person.id LIMIT 200
"""
UNMET = f"""
SELECT person.id, person.display_name, person.birth_date, replace(entry.kind, 'unmet_', ''), said.place,
       said.text, entry.happened_at
FROM team_unmet said JOIN record_entry entry ON entry.id = said.entry_id
JOIN people_identity identity ON identity.id = entry.identity_id
JOIN people_person person ON person.id = identity.person_id
WHERE entry.organisation_id = %(organisation)s AND entry.kind = ANY(%(kinds)s) AND {STANDS}
  AND {visible.is_concerned("identity.person_id")}
  AND NOT entry.category = ANY ({visible.kept_back("identity.person_id")})
ORDER BY entry.happened_at DESC, entry.id DESC LIMIT 500
"""
# A place is free text: what differs in capitals and blanks alone is one.
GAPS = f"""
WITH found AS (
    SELECT replace(entry.kind, 'unmet_', '') AS domain, identity.person_id, entry.organisation_id,
           lower(regexp_replace(btrim(said.place), '\\s+', ' ', 'g')) AS somewhere, btrim(said.place) AS place
    FROM team_unmet said JOIN record_entry entry ON entry.id = said.entry_id
    JOIN people_identity identity ON identity.id = entry.identity_id
    WHERE entry.happened_at >= %(since)s AND entry.kind = ANY(%(kinds)s) AND {STANDS}),
placed AS (
    SELECT domain, mode() WITHIN GROUP (ORDER BY place) AS place, count(DISTINCT person_id) AS people
    FROM found GROUP BY domain, somewhere)
SELECT domain, count(*), count(DISTINCT person_id), count(DISTINCT organisation_id),
       (SELECT jsonb_object_agg(place, people) FROM placed WHERE placed.domain = found.domain)
FROM found GROUP BY domain ORDER BY count(DISTINCT person_id) DESC, domain
"""


def waiting(permit: ListPermit) -> Waiting:
    """What is still open, what has a day first, and what changed; of people of this hat today."""
    leads, found = _asked(permit)
    return Waiting(_changes(permit) if leads else [], found)


def near(permit: ListPermit) -> list[Near]:
    """Those on whose team this worker is today, in the order of their names."""
    asked = {"post": permit.post_id, "categories": list(permit.categories), **visible.by(permit)}
    with connection.cursor() as cursor:
        cursor.execute(NEAR, asked)
        return [Near._make(row) for row in cursor.fetchall()]


def unmet(permit: ListPermit) -> list[Missing]:
    """What the worker's organisation found missing, of people this hat is concerned with, newest first."""
    kinds = [kind for kind, category in Unmet.kinds.items() if category in permit.categories]
    with connection.cursor() as cursor:
        cursor.execute(UNMET, {"kinds": kinds, **visible.by(permit)})
        return [Missing._make(row) for row in cursor.fetchall()]


def gaps(permit: CohortPermit) -> list[Gap]:
    """What was found missing in the last year, by need, for most people first; nobody is named."""
    since = permit.at - timedelta(days=figures.limit("missing_lately"))
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(GAPS, {"since": since, "kinds": list(Unmet.kinds)})
        return [Gap._make((*said, json.loads(places))) for *said, places in cursor.fetchall()]


def _asked(permit: ListPermit) -> tuple[bool, list[Asked]]:
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
                "words": list(TaskWord.kinds),
            },
        )
        rows = cursor.fetchall()
    return rows[0][0], [Asked._make(row[1:8]) for row in rows if row[1]]


def _changes(permit: ListPermit) -> list[Changed]:
    """The needs that others said anew of those whom this worker leads, the oldest first.

    That a need changed is told of whatever this role reads of somebody, or no worker would hear of a crisis;
    what it is about stands on the list only where the list shows it.
    """
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(CHANGED, {"post": permit.post_id, **visible.by(permit), **_needs(permit)})
        return [_changed(permit, *row) for row in cursor.fetchall()]


def _needs(permit: ListPermit) -> dict[str, Any]:
    """The needs this role reads on a record, unless the person has to be asked first."""
    grants = policy.policy().matrix[permit.role]
    read = {name for name, grant in grants.items() if grant.read and grant.choice != Choice.PERMISSION}
    needs = [f"need_{domain}" for domain, category in DOMAINS.items() if category in read]
    leads = [f"lead_{domain}" for domain in (*DOMAINS, WHOLE)]
    return {
        "needs": needs,
        "told": [*needs, *leads, "team_joined", "team_left"],
        "unless": [name for name in read if grants[name].choice == Choice.OBJECTION],
    }


def _changed(permit: ListPermit, *row: Any) -> Changed:
    person_id, name, birth_date, kind, how_far, before, at, category = row
    if category not in permit.categories:
        return Changed(person_id, name, birth_date, "", "", "", at)
    return Changed(person_id, name, birth_date, kind.removeprefix("need_"), how_far, before, at)
