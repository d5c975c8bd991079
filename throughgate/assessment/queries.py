"""What is known of somebody's needs, and of what they had before custody."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.assessment.models import BeforeCustody, Need
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit, Refresher
from throughgate.record import lines as record_lines
from throughgate.record import seen


class NeedLine(NamedTuple):
    how_far: str
    said: str
    text: str
    matters: str = ""


class BeforeLine(NamedTuple):
    had: bool
    who: str
    reach: str
    since_on: date | None
    last_on: date | None
    text: str


Line = NeedLine | BeforeLine
SHAPES: dict[str, type[Line]] = {
    **dict.fromkeys(Need.kinds, NeedLine),
    **dict.fromkeys(BeforeCustody.kinds, BeforeLine),
}


class Told(NamedTuple):
    """The last word of one organisation on something they had before custody."""

    topic: str
    line: BeforeLine
    organisation_id: UUID
    recorded_by: UUID | None
    as_at: datetime


BEFORE = f"""
SELECT DISTINCT ON (entry.kind, entry.organisation_id)
       entry.kind, entry.organisation_id, entry.recorded_by, entry.as_at,
       {", ".join(f"said.{name}" for name in BeforeLine._fields)}
FROM record_entry entry JOIN assessment_beforecustody said ON said.entry_id = entry.id
WHERE entry.identity_id = ANY(%(identities)s) AND entry.kind = ANY(%(kinds)s)
  AND {seen.FOR_WHOM} AND entry.redacted_at IS NULL
  AND (%(known_on)s::timestamptz IS NULL OR entry.recorded_at <= %(known_on)s)
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id
                  AND (%(known_on)s::timestamptz IS NULL OR newer.recorded_at <= %(known_on)s))
ORDER BY entry.kind, entry.organisation_id, entry.as_at DESC, entry.id DESC
"""
TOLD = f"""
SELECT identity.person_id, entry.kind, max(entry.happened_at)
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = ANY(%s)
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
GROUP BY identity.person_id, entry.kind
"""


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def domains(permit: Permit) -> list[str]:
    """The domains of need this worker may record."""
    return _written(permit, "need_domains")


def before_topics(permit: Permit) -> list[str]:
    """Of what they had before custody, what this worker may record."""
    return _written(permit, "before_custody")


def before(permit: Permit, identity_ids: Sequence[UUID], *, known_on: datetime | None = None) -> list[Told]:
    """What each organisation says they had before custody, newest word first, as far as it is shared."""
    kinds = [kind for kind, category in BeforeCustody.kinds.items() if category in permit.read]
    with connection.cursor() as cursor:
        cursor.execute(
            BEFORE,
            {
                "identities": list(identity_ids),
                "kinds": kinds,
                **seen.by(permit),
                "known_on": known_on,
            },
        )
        told = [_told(*row) for row in cursor.fetchall()]
    return sorted(told, key=lambda each: each.as_at, reverse=True)


def last_told(permit: Refresher, person_ids: Sequence[UUID]) -> list[tuple[UUID, str, date]]:
    """For each need, and each thing they had before custody, that is told: whose, its kind, when last."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [list(SHAPES), list(person_ids)])
        return [(person_id, kind, clock.day_of(at)) for person_id, kind, at in cursor.fetchall()]


def _written(permit: Permit, table: str) -> list[str]:
    return [row["code"] for row in code_set(table).rows if row["category"] in permit.write]


def _told(kind: str, organisation_id: UUID, recorded_by: UUID | None, as_at: datetime, *said: object) -> Told:
    return Told(
        topic=kind.removeprefix("before_"),
        line=BeforeLine._make(said),
        organisation_id=organisation_id,
        recorded_by=recorded_by,
        as_at=as_at,
    )
