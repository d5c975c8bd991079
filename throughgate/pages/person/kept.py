"""What was recorded a moment ago, said back on the record it was added to."""

from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.pages.names import Names
from throughgate.pages.person import reading, words
from throughgate.pages.recording import sheets
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
    if entry is None or entry.recorded_by != permit.worker_id or entry.kind not in sheets.BY_KIND:
        return None
    line = reading.lines(permit, [entry])[entry.id]._replace(text="")  # the worker knows what they wrote
    return Kept(
        title=sheets.BY_KIND[entry.kind].words().kept,
        text=words.of_entry(entry.kind, line, names).text or _("It stands in the timeline now."),
        plain_url=reverse("plain_text", args=[hat.post_id, permit.person_id, entry.id]),
    )
