"""What contacts and notes say."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from throughgate.contacts.models import Contact, Note
from throughgate.foundation.permits import Permit
from throughgate.record import lines as record_lines


class ContactLine(NamedTuple):
    mode: str
    outcome: str
    text: str


class NoteLine(NamedTuple):
    text: str


Line = ContactLine | NoteLine
SHAPES: dict[str, type[Line]] = {
    **dict.fromkeys(Contact.kinds, ContactLine),
    **dict.fromkeys(Note.kinds, NoteLine),
}


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def note_kinds(permit: Permit) -> dict[str, str]:
    """The kinds of note this worker may write, with the category of each."""
    return {kind: category for kind, category in Note.kinds.items() if category in permit.write}


def records_contacts(permit: Permit) -> bool:
    """Whether this worker may record that they reached the person, or tried to."""
    return Contact.kinds["contact"] in permit.write
