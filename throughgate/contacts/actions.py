"""Writing down what workers saw, did and heard."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughgate.contacts import rules
from throughgate.contacts.models import Note
from throughgate.foundation import wrong
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.record import actions as record
from throughgate.record import history
from throughgate.record.queries import Spine
from throughgate.record.rules import Draft, Form


def write_note(
    permit: Permit, *, kind: str, text: str, at: datetime, form: Form, only_for: Collection[UUID] = ()
) -> UUID:
    """Write a note of what is so at that moment; the same form sent twice makes one note.

    `only_for` are the workers and organisations who alone read it, besides the person; nobody named: all who
    may read its kind.

    Raises: Refused for a note without words, too long, or of a kind this role does not write, and for a
    correction that tells it to more than could read it.
    """
    said = text.strip()
    wrong.refuse(rules.wrong_with_note(kind=kind, text=said, kinds=Note.kinds))
    before = history.readers_before(permit, form)
    wrong.refuse(rules.wrong_with_readers(only_for, before=before, by=permit.worker_id))
    with transaction.atomic(savepoint=False):
        draft = Draft(
            identity_id=own.identity(permit),
            kind=kind,
            happened_at=at,
            dated_by="time",
            as_at=at,
            body={"text": said},
            only_for=tuple(only_for),
        )
        return record.keep(permit, draft, form)


def record_contact(
    permit: Permit,
    *,
    mode: str,
    outcome: str,
    text: str,
    at: datetime,
    form: Form,
    dated_by: str = "time",
) -> UUID:
    """Write down that somebody was reached, or was not; the same form sent twice makes one contact.

    `dated_by` is "day" where only the day is known.
    Raises: Refused for a contact that says too little or too much, or is still to come.
    """
    said = text.strip()
    wrong.refuse(rules.wrong_with_contact(mode=mode, outcome=outcome, text=said, at=at, now=permit.at))
    with transaction.atomic(savepoint=False):
        draft = Draft(
            identity_id=own.identity(permit),
            kind="contact",
            happened_at=at,
            dated_by=dated_by,
            as_at=permit.at,
            body={"mode": mode, "outcome": outcome, "text": said},
        )
        return record.keep(permit, draft, form)


def enter_elsewhere(permit: Permit, entry: Spine, *, system: str, form: Form) -> UUID:
    """Write down that this worker has entered what an entry says into another system.

    Raises: Refused for a system that is none, or an entry of a kind that this role does not record.
    """
    if why := rules.wrong_with_system(system):
        raise Refused(why)
    with transaction.atomic(savepoint=False):
        draft = Draft(
            identity_id=own.identity(permit),
            kind=f"entered_{entry.category}",
            item=str(entry.id),
            happened_at=permit.at,
            dated_by="time",
            as_at=permit.at,
            body={"system": system},
            restricted=entry.restricted,
        )
        return record.keep(permit, draft, form)
