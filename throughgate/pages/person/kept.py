"""What was recorded a moment ago, said back on the record it was added to."""

from uuid import UUID

from django.urls import reverse

from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Kept
from throughgate.pages.names import Names
from throughgate.pages.person import words
from throughgate.pages.recording import sheets
from throughgate.pages.wording import words as _
from throughgate.record import history, rules
from throughgate.record.bodies import WITHDRAWN
from throughgate.record.queries import Spine
from throughgate.staff.queries import Hat
from throughgate.whole import queries as whole


def notice(hat: Hat, permit: Permit, entry_id: UUID | None, names: Names) -> Kept | None:
    """None where the address names no entry that this worker wrote here with a sheet."""
    try:
        entry = history.versions(permit, entry_id)[0] if entry_id else None
    except NotFound:
        return None
    if entry is None or entry.recorded_by != permit.worker_id:
        return None
    if entry.kind == WITHDRAWN:
        return Kept(_("It has been taken back"), _("It stands no more. That it was said stays readable."))
    if entry.kind not in sheets.BY_KIND:
        return None
    here = [hat.post_id, permit.person_id, entry.id]
    is_fresh = entry.supersedes_id is None and rules.is_fresh(entry.recorded_at, at=permit.at)
    is_private = rules.is_told_to_workers(entry.only_for, organisation_id=permit.organisation_id)
    return Kept(
        title=sheets.BY_KIND[entry.kind].words().kept,
        text=_shortly(permit, entry, names) or _("It stands in the timeline now."),
        plain_url="" if is_private else reverse("plain_text", args=here),
        undo_url=reverse("undo", args=here) if is_fresh else "",
    )


def _shortly(permit: Permit, entry: Spine, names: Names) -> str:
    """What it says, without the words that the worker has just written."""
    line = whole.lines(permit, [entry])[entry.id]
    if "text" in line._fields:
        line = line._replace(text="")
    return words.of_entry(entry.kind, line, names).text
