"""What became of the files an organisation brought in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from throughgate.exchange.models import ImportRun, Rejected
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import ReviewPermit


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row that could not be taken, in a data clerk's words."""

    line: int
    field: str
    why: str
    what_to_do: str
    as_written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What bringing a file in would do: counts by name, and the first rows that would be rejected."""

    counts: dict[str, int]
    rejects: tuple[RejectedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAccount:
    """One file of one organisation: how far it is, and what is in so far."""

    id: UUID
    organisation_id: UUID
    format: str
    as_at: datetime
    as_at_given: bool
    file_name: str
    state: str
    stopped_because: str
    started_at: datetime
    finished_at: datetime | None
    started_by: UUID | None  # None: from the console
    counts: dict[str, int]  # read, new, changed, unchanged, held, rejected, flags, entries
    preview: Preview | None


COUNTS = ("read", "new", "changed", "unchanged", "held", "rejected", "flags", "entries")


def runs(permit: ReviewPermit, *, limit: int = 50) -> list[RunAccount]:
    """The newest files of the reviewer's own organisation, and those they brought in themselves."""
    rows = ImportRun.objects.filter(_theirs(permit)).order_by("-started_at", "-id")[:limit]
    return [_account(row) for row in rows]


def run(permit: ReviewPermit, run_id: UUID) -> RunAccount:
    """One file.

    Raises: NotFound for one of somebody else's.
    """
    row = ImportRun.objects.filter(_theirs(permit), id=run_id).first()
    if row is None:
        raise NotFound
    return _account(row)


def rejects(permit: ReviewPermit, run_id: UUID) -> Iterator[RejectedRow]:
    """The rejected rows of a run, in the order of its file, a few at a time in memory.

    Raises: NotFound for a run of somebody else's.
    """
    run(permit, run_id)
    fields = ("line", "field", "why", "what_to_do", "as_written")
    rows = Rejected.objects.filter(run_id=run_id).order_by("line", "id").values_list(*fields)
    for row in rows.iterator(chunk_size=2000):
        yield RejectedRow(**dict(zip(fields, row, strict=True)))


def _theirs(permit: ReviewPermit) -> Q:
    own = Q(organisation_id=permit.organisation_id)
    return own | Q(started_by=permit.worker_id) if permit.worker_id else own


def _account(row: ImportRun) -> RunAccount:
    return RunAccount(
        id=row.id,
        organisation_id=row.organisation_id,
        format=row.format,
        as_at=row.as_at,
        as_at_given=row.as_at_given,
        file_name=row.file_name,
        state=row.state,
        stopped_because=row.stopped_because,
        started_at=row.started_at,
        finished_at=row.finished_at,
        started_by=row.started_by,
        counts={name: getattr(row, name) for name in COUNTS},
        preview=_preview(row.preview) if row.preview else None,
    )


def _preview(kept: dict[str, Any]) -> Preview:
    return Preview(counts=kept["counts"], rejects=tuple(RejectedRow(**reject) for reject in kept["rejects"]))
