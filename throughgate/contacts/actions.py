"""Writing down what workers saw, did and heard."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughgate.contacts.models import Note
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.record import actions as record
from throughgate.record.rules import Draft

LONGEST = 10_000  # characters: a page of close writing is 4,000


def write_note(
    permit: Permit, *, kind: str, text: str, at: datetime, form_key: str, reason: str = ""
) -> UUID:
    """Write a note of what is so at that moment; the same form sent twice makes one note.

    `reason` says why a late entry is needed on the record of somebody who has died.
    Raises: Refused for a note without words, too long, or of a kind this role does not write.
    """
    said = text.strip()
    if kind not in Note.kinds:
        raise Refused("Choose what the note is about.")
    if not said:
        raise Refused("Write something in the note first.")
    if len(said) > LONGEST:
        raise Refused(f"A note holds up to {LONGEST:,} characters. Split this one.")
    with transaction.atomic():
        return record.add(
            permit,
            Draft(
                identity_id=own.identity(permit),
                kind=kind,
                happened_at=at,
                dated_by="time",
                as_at=at,
                body={"text": said},
                source_reference=form_key,
                reason=reason,
            ),
        )
