"""Writing down what workers saw, did and heard."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughgate.contacts import rules
from throughgate.contacts.models import Note
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.record import actions as record
from throughgate.record.rules import Draft


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
    if why := rules.too_long(said, what="note"):
        raise Refused(why)
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


def record_contact(
    permit: Permit,
    *,
    mode: str,
    outcome: str,
    text: str,
    at: datetime,
    form_key: str,
    dated_by: str = "time",
    reason: str = "",
) -> UUID:
    """Write down that somebody was reached, or was not; the same form sent twice makes one contact.

    `dated_by` is "day" where only the day is known; `reason` is for a late entry, as with a note.
    Raises: Refused for a contact that says too little or too much, or is still to come.
    """
    said = text.strip()
    wrong = rules.wrong_with_contact(mode=mode, outcome=outcome, text=said, at=at, now=permit.at)
    if wrong:
        raise Refused(" ".join(wrong.values()))
    with transaction.atomic():
        return record.add(
            permit,
            Draft(
                identity_id=own.identity(permit),
                kind="contact",
                happened_at=at,
                dated_by=dated_by,
                as_at=permit.at,
                body={"mode": mode, "outcome": outcome, "text": said},
                source_reference=form_key,
                reason=reason,
            ),
        )
