"""What contacts and notes say, and where else something was entered."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.contacts.models import Contact, EnteredElsewhere, Note
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit, Refresher
from throughgate.record import lines as record_lines
from throughgate.record import queries as record
from throughgate.record import seen
from throughgate.record.queries import Spine


class ContactLine(NamedTuple):
    mode: str
    outcome: str
    text: str


class NoteLine(NamedTuple):
    text: str


class EnteredLine(NamedTuple):
    system: str


Line = ContactLine | NoteLine | EnteredLine
SHAPES: dict[str, type[Line]] = {
    **dict.fromkeys(Contact.kinds, ContactLine),
    **dict.fromkeys(Note.kinds, NoteLine),
    **dict.fromkeys(EnteredElsewhere.kinds, EnteredLine),
}
DAYS = f"""
SELECT identity.person_id, entry.happened_at, said.outcome
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'contact'
JOIN contacts_contact said ON said.entry_id = entry.id
WHERE identity.person_id = ANY(%s) AND entry.happened_at >= %s AND entry.redacted_at IS NULL
  AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
"""


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def note_kinds(permit: Permit) -> dict[str, str]:
    """The kinds of note this worker may write, with the category of each."""
    return {kind: category for kind, category in Note.kinds.items() if category in permit.write}


def records_contacts(permit: Permit) -> bool:
    """Whether this worker may record that they reached the person, or tried to."""
    return Contact.kinds["contact"] in permit.write


def entered_elsewhere(
    permit: Permit, identity_ids: Sequence[UUID], entry_ids: Collection[UUID]
) -> list[Spine]:
    """The entries that say where else these ones were entered, the newest first."""
    kinds = frozenset(EnteredElsewhere.kinds)
    about = {str(entry_id) for entry_id in entry_ids}
    return [
        entry
        for entry in record.current(permit, identity_ids=identity_ids, kinds=kinds)
        if entry.item in about
    ]


def days(permit: Refresher, person_ids: Sequence[UUID], *, since: date) -> list[tuple[UUID, date, bool]]:
    """(person, day, whether they were reached) for each contact with these people since that day."""
    outcomes = code_set("contact_outcomes")
    with connection.cursor() as cursor:
        cursor.execute(DAYS, [list(person_ids), clock.start_of(since)])
        return [
            (person_id, clock.day_of(at), row["was_reached"] == "yes")
            for person_id, at, outcome in cursor.fetchall()
            if (row := outcomes.get(outcome))
        ]
