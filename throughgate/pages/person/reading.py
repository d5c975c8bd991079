"""Everything a record page shows, read once: a bounded number of queries, whatever is on the record."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughgate.contacts import queries as contacts
from throughgate.custody import queries as custody
from throughgate.directory import queries as directory
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages.names import Names
from throughgate.pages.person.forms import Asked
from throughgate.pages.person.timeline import topic_of
from throughgate.people import queries as people
from throughgate.record import queries as record
from throughgate.record.queries import Page, Spine, Window
from throughgate.staff import queries as staff
from throughgate.treatment import queries as treatment


@dataclass(frozen=True, kw_only=True)
class Record:
    """The facts of the page, before any of it is in words."""

    who: people.Banner
    lookalikes: int
    panel: custody.Panel | None
    medicines: treatment.Medicines | None
    page: Page
    lines: Mapping[UUID, Any]
    names: Names


def read(permit: Permit, asked: Asked) -> Record:
    """What the permit lets this worker read of the person, of the part asked for."""
    known_on = asked.known_at
    identity_ids = linkage.identity_ids(permit, known_on=known_on)
    page = record.page(permit, identity_ids=identity_ids, window=_window(asked))
    return Record(
        who=people.banner(permit),
        lookalikes=linkage.lookalikes(permit),
        panel=custody.panel(permit, identity_ids, known_on=known_on),
        medicines=treatment.medicines(
            permit, identity_ids, on=asked.known_on or clock.day_of(permit.at), known_on=known_on
        ),
        page=page,
        lines=lines(permit, page.entries),
        names=Names(directory.by_id(), staff.names(_workers(page.entries))),
    )


def _window(asked: Asked) -> Window:
    kinds = frozenset(kind for kind in record.kinds() if topic_of(kind) == asked.topic)
    return Window(kinds=kinds or None, before=asked.before, known_on=asked.known_at)


def lines(permit: Permit, entries: list[Spine]) -> dict[UUID, Any]:
    """What the entries of a page say: one read for each kind of body present."""
    ids: dict[str, list[UUID]] = defaultdict(list)
    for entry in entries:
        if not entry.is_redacted:
            ids[entry.kind].append(entry.id)
    return {
        **custody.lines(permit, ids),
        **treatment.lines(permit, ids),
        **contacts.lines(permit, ids),
    }


def _workers(entries: list[Spine]) -> set[UUID]:
    return {entry.recorded_by for entry in entries if entry.recorded_by}
