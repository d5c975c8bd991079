"""What people told from their books, and what a worker may know of one: whether a code of theirs holds."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import queries as access
from throughgate.access import visible
from throughgate.book.limits import limits, roles_that
from throughgate.book.models import Answer, Opening, Told
from throughgate.directory import queries as directory
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.linkage import queries as linkage
from throughgate.record import lines as record_lines
from throughgate.record import queries as record
from throughgate.record.queries import Spine
from throughgate.staff.queries import HELD


class OpeningLine(NamedTuple):
    last_on: date | None


class ToldLine(NamedTuple):
    what: str
    text: str
    with_helper: bool


class AnswerLine(NamedTuple):
    text: str


Line = OpeningLine | ToldLine | AnswerLine
SHAPES: dict[str, type[Line]] = {
    **dict.fromkeys(Opening.kinds, OpeningLine),
    **dict.fromkeys(Told.kinds, ToldLine),
    **dict.fromkeys(Answer.kinds, AnswerLine),
}


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


class Said(NamedTuple):
    """An entry with what it says."""

    entry: Spine
    line: Any  # of Line


# Telling somebody -----------------------------------------------------------------------------------------


class Listener(NamedTuple):
    """A worker, or everybody of a service, whom the person may tell how they are."""

    id: UUID
    name: str  # of the worker; "" for everybody of the service
    organisation_id: UUID


# Workers alone who wrote something about them, so that the list is of people they know.
KNOWN_WORKERS = f"""
SELECT DISTINCT worker.id, worker.name, team.organisation_id
FROM unnest(%(organisations)s::uuid[], %(roles)s::text[]) AS seen (organisation_id, role)
JOIN staff_team team ON team.organisation_id = seen.organisation_id
JOIN staff_post post ON post.team_id = team.id AND post.role = seen.role
JOIN staff_worker worker ON worker.id = post.worker_id AND {HELD}
WHERE worker.id IN (
    SELECT entry.recorded_by FROM people_identity identity
    JOIN record_entry entry ON entry.identity_id = identity.id WHERE identity.person_id = %(person)s)
ORDER BY worker.name, worker.id
"""


def listeners(permit: Permit) -> list[Listener]:
    """Whom the permit's person may tell: services of care concerned with them, and workers of theirs.

    Of a prison only single workers: others who work there would read what is kept for all of it.
    """
    hear = [
        seen
        for seen in access.who_sees(permit)
        if seen.role in roles_that("hears") and Told.kinds["told"] in seen.decision.read
    ]
    kinds = {each.id: each.kind for each in directory.by_id().values()}
    services = dict.fromkeys(seen.organisation_id for seen in hear)
    whole = [Listener(each, "", each) for each in services if kinds[each] in code_set("told_to")]
    with connection.cursor() as cursor:
        cursor.execute(
            KNOWN_WORKERS,
            {
                "organisations": [seen.organisation_id for seen in hear],
                "roles": [seen.role for seen in hear],
                "on": clock.day_of(permit.at),
                "person": permit.person_id,
            },
        )
        return whole + [Listener._make(row) for row in cursor.fetchall()]


class Telling(NamedTuple):
    """What was told, to whom, and what was answered, if anything was."""

    entry: Spine
    line: Any  # ToldLine
    answers: list[Said]


def tellings(permit: Permit) -> list[Telling]:
    """What the permit's person told and whoever reads may know of, newest first."""
    found = record.current(
        permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset({*Told.kinds, *Answer.kinds})
    )
    ids: dict[str, list[UUID]] = {}
    for entry in found:
        ids.setdefault(entry.kind, []).append(entry.id)
    told = lines(permit, ids)
    said = [Said(entry, told[entry.id]) for entry in found if entry.id in told]
    return [
        Telling(each.entry, each.line, [one for one in said if one.entry.item == str(each.entry.id)])
        for each in said
        if each.entry.kind in Told.kinds
    ]


class ToldRow(NamedTuple):
    """What somebody told this worker or their service, and nobody has answered."""

    entry_id: UUID
    person_id: UUID
    name: str
    what: str
    told_at: datetime


UNANSWERED = f"""
SELECT entry.id, person.id, person.display_name, said.what, entry.happened_at
FROM book_told said
JOIN record_entry entry ON entry.id = said.entry_id AND entry.only_for && %(as_who)s::uuid[]
JOIN people_identity identity ON identity.id = entry.identity_id
JOIN people_person person ON person.id = identity.person_id
WHERE {visible.is_concerned("person.id")}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
  AND NOT EXISTS (SELECT FROM record_entry answer
                  WHERE answer.identity_id IN (
                      SELECT one.id FROM people_identity one WHERE one.person_id = person.id)
                    AND answer.kind = 'told_answered' AND answer.item = entry.id::text)
ORDER BY entry.happened_at, entry.id LIMIT 100
"""


def unanswered(permit: ListPermit) -> list[ToldRow]:
    """What waits for this worker's answer, the oldest first."""
    if Told.kinds["told"] not in permit.categories:
        return []
    as_who = [permit.worker_id, permit.organisation_id]
    with connection.cursor() as cursor:
        cursor.execute(UNANSWERED, {**visible.by(permit), "as_who": as_who})
        return [ToldRow._make(row) for row in cursor.fetchall()]


# Codes ----------------------------------------------------------------------------------------------------


class CodeLine(NamedTuple):
    """A code on paper that holds."""

    given_at: datetime
    given_by: UUID | None
    last_on: date
    used_at: datetime | None  # when it last opened the book
    is_locked: bool  # too many wrong birth dates went with it


CODE = """
SELECT code.given_at, code.given_by, code.last_on,
       max(tried.at) FILTER (WHERE tried.was_right),
       count(*) FILTER (WHERE NOT tried.was_right) >= %(most)s
FROM book_code code JOIN people_identity identity ON identity.id = code.identity_id
LEFT JOIN book_try tried ON tried.key = code.key
WHERE identity.person_id = %(person)s AND code.last_on >= %(on)s
  AND NOT EXISTS (SELECT FROM book_codestopped stopped WHERE stopped.code_id = code.id)
GROUP BY code.id ORDER BY code.given_at DESC LIMIT 1
"""


def code(permit: Permit) -> CodeLine | None:
    """The code that holds for the permit's person; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            CODE,
            {
                "person": permit.person_id,
                "on": clock.day_of(permit.at),
                "most": limits()["wrong_tries"],
            },
        )
        row = cursor.fetchone()
    return CodeLine._make(row) if row else None


# Passkeys -------------------------------------------------------------------------------------------------


class PasskeyLine(NamedTuple):
    """A telephone or a computer that opens the book."""

    id: UUID
    device: str
    public: bytes
    added_at: datetime
    used_at: datetime | None


PASSKEYS = """
SELECT passkey.id, passkey.device, passkey.public, passkey.added_at,
       max(tried.at) FILTER (WHERE tried.was_right)
FROM book_passkey passkey JOIN people_identity identity ON identity.id = passkey.identity_id
LEFT JOIN book_try tried ON tried.key = passkey.key
WHERE identity.person_id = %s
  AND NOT EXISTS (SELECT FROM book_passkeystopped stopped WHERE stopped.passkey_id = passkey.id)
GROUP BY passkey.id ORDER BY passkey.added_at, passkey.id
"""


def passkeys(permit: Permit) -> list[PasskeyLine]:
    """Those of the permit's person, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(PASSKEYS, [permit.person_id])
        return [
            PasskeyLine(each, device, bytes(public), *at) for each, device, public, *at in cursor.fetchall()
        ]


def gives_codes(permit: Permit) -> bool:
    """Whether this worker gives out codes."""
    return permit.role in roles_that("gives")


def sits_beside(permit: Permit) -> bool:
    """Whether this worker may open the book beside the person."""
    return permit.role in roles_that("sits")
