"""What was recorded a moment ago, said back on the record it was added to."""

from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.pages.names import Names
from throughgate.pages.person import reading, words
from throughgate.pages.wording import words as _
from throughgate.record import history
from throughgate.staff.queries import Hat


class Kept(NamedTuple):
    title: str
    text: str
    plain_url: str


def notice(hat: Hat, permit: Permit, entry_id: UUID | None, names: Names) -> Kept | None:
    """None where the address names no entry that this worker wrote here with a form."""
    try:
        entry = history.versions(permit, entry_id)[0] if entry_id else None
    except NotFound:
        return None
    title = _title(entry.kind) if entry and entry.recorded_by == permit.worker_id else ""
    if not (entry and title):
        return None
    line = reading.lines(permit, [entry])[entry.id]._replace(text="")  # the worker knows what they wrote
    return Kept(
        title=title,
        text=words.of_entry(entry.kind, line, names).text or _("It stands in the timeline now."),
        plain_url=reverse("plain_text", args=[hat.post_id, permit.person_id, entry.id]),
    )


def _title(kind: str) -> str:
    """ "" for a kind that no form makes."""
    return {
        "contact": _("The contact is on the record"),
        "note": _("Your note is on the record"),
        "ready": _("How far it is, is on the record"),
    }.get(kind.partition("_")[0], "")
