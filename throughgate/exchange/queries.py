"""What came in: runs and what became of their rows, and which feeds have gone quiet."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.directory import queries as directory
from throughgate.directory.queries import Organisation
from throughgate.exchange.inbound.rows import Reject
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import ListPermit, Permit, ReviewPermit

# Extracts come once a night, events and lists when there is something to tell. One night missed happens;
# after two nobody knows that anything has changed.
NIGHTLY = ["prisoner-search", "treatment"]
QUIET_AFTER = timedelta(hours=48)
COUNTS = ("read", "new", "changed", "unchanged", "held", "rejected", "flags", "entries")
MOST_RUNS = 50  # on a page
ROWS_AT_ONCE = 2000


class QuietFeed(NamedTuple):
    """A feed that has stopped: the last extract that came in whole was true then."""

    place: Organisation
    format: str
    since: datetime


class Preview(NamedTuple):
    """What bringing a file in would do."""

    counts: Mapping[str, int]
    rejects: tuple[Reject, ...]  # the first of them


class Run(NamedTuple):
    """One file of one organisation. The counts are of what is in, and grow while it runs."""

    id: UUID
    organisation_id: UUID
    format: str
    as_at: datetime
    as_at_given: bool
    file_name: str
    started_at: datetime
    finished_at: datetime | None
    state: str
    stopped_because: str
    started_by: UUID | None
    rows_expected: int | None
    preview: Preview | None
    columns: Mapping[str, str]  # of a plain list: what each column is taken for
    counts: Mapping[str, int]


class FlagCount(NamedTuple):
    """How often one thing was odd in one field of a run."""

    field: str
    key: str
    rows: int


HEALTH = f"""
SELECT run.format, max(run.as_at), {", ".join(f"place.{name}" for name in directory.FIELDS)}
FROM exchange_importrun run JOIN directory_organisation place ON place.id = run.organisation_id
WHERE run.state = 'finished' AND run.format = ANY(%s) AND place.id = ANY(%s) AND run.finished_at <= %s
GROUP BY run.format, place.id HAVING max(run.as_at) < %s ORDER BY max(run.as_at)
"""
# Runs of one's own organisation and of those the team works in, and what one sent oneself.
RUNS = """
SELECT id, organisation_id, format, as_at, as_at_given, file_name, started_at, finished_at, state,
       stopped_because, started_by, rows_expected, preview::json, columns::json,
       read, new, changed, unchanged, held, rejected, flags, entries
FROM exchange_importrun
WHERE (organisation_id = ANY(%(organisations)s) OR started_by = %(worker)s)
"""
ONE = RUNS + "AND id = %(run)s"
NEWEST_FIRST = RUNS + "AND (%(before)s::uuid IS NULL OR id < %(before)s) ORDER BY id DESC LIMIT %(limit)s"
REJECTED = """
SELECT line, field, why, what_to_do, as_written FROM exchange_rejected
WHERE run_id = %s AND line > %s ORDER BY line LIMIT %s
"""
# A prison says everything in one statement (item ""), every night: its newest is one step into the index.
LAST_SAID = """
SELECT identity_id, item, max(as_at) FROM exchange_importrow
WHERE identity_id = ANY(%(identities)s) AND item > '' AND as_at <= %(at)s AND state_id IS NOT NULL
GROUP BY identity_id, item
UNION ALL
SELECT identity.id, '', newest.as_at FROM unnest(%(identities)s::uuid[]) AS identity (id)
CROSS JOIN LATERAL (
    SELECT as_at FROM exchange_importrow
    WHERE identity_id = identity.id AND item = '' AND as_at <= %(at)s AND state_id IS NOT NULL
    ORDER BY as_at DESC LIMIT 1) newest
"""
FLAGGED = """
SELECT flag ->> 0, flag ->> 1, count(*)
FROM exchange_importrow row CROSS JOIN jsonb_array_elements(row.flags) flag
WHERE row.run_id = %s AND row.flags IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT %s
"""


def quiet_feeds(
    permit: Permit | ListPermit, organisation_ids: Collection[UUID], *, at: datetime
) -> list[QuietFeed]:
    """Feeds of these organisations that had sent nothing for so long at that moment, the quietest first."""
    with connection.cursor() as cursor:
        cursor.execute(HEALTH, [NIGHTLY, list(organisation_ids), at, at - QUIET_AFTER])
        return [
            QuietFeed(Organisation(*place), format_name, since)
            for format_name, since, *place in cursor.fetchall()
        ]


def last_said(
    permit: Permit, identity_ids: Collection[UUID], *, at: datetime
) -> dict[tuple[UUID, str], datetime]:
    """By identity and item, the newest as-at up to that moment at which its source said something of it.

    The item of a prison's document, which is one statement for all it says, is "".
    """
    with connection.cursor() as cursor:
        cursor.execute(LAST_SAID, {"identities": list(identity_ids), "at": at})
        return {(identity_id, item): as_at for identity_id, item, as_at in cursor.fetchall()}


def runs(permit: ReviewPermit, *, before: UUID | None = None, limit: int = MOST_RUNS) -> list[Run]:
    """Runs, newest first; `before` is the last of the page above."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_FIRST, {**_whose(permit), "before": before, "limit": limit})
        return [_run(row) for row in cursor.fetchall()]


def run(permit: ReviewPermit, run_id: UUID) -> Run:
    """One run.

    Raises: NotFound for a run of somebody else's, or none.
    """
    with connection.cursor() as cursor:
        cursor.execute(ONE, {**_whose(permit), "run": run_id})
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return _run(row)


def rejects(permit: ReviewPermit, run_id: UUID) -> Iterator[Reject]:
    """Rows of a run that could not be taken, in the order of the file, some at a time in memory.

    Raises: NotFound for a run of somebody else's, or none.
    """
    run(permit, run_id)
    return _rejects(run_id)


def flagged(permit: ReviewPermit, run_id: UUID, *, limit: int) -> list[FlagCount]:
    """What was odd in rows that went in all the same, the commonest first.

    Raises: NotFound for a run of somebody else's, or none.
    """
    run(permit, run_id)
    with connection.cursor() as cursor:
        cursor.execute(FLAGGED, [run_id, limit])
        return [FlagCount._make(row) for row in cursor.fetchall()]


def _whose(permit: ReviewPermit) -> dict[str, Any]:
    return {"organisations": list(permit.organisation_ids), "worker": permit.worker_id}


def _rejects(run_id: UUID) -> Iterator[Reject]:
    last = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(REJECTED, [run_id, last, ROWS_AT_ONCE])
            rows = cursor.fetchall()
        yield from (Reject(*row) for row in rows)
        if len(rows) < ROWS_AT_ONCE:
            return
        last = rows[-1][0]


def _run(row: tuple[Any, ...]) -> Run:
    *head, said, columns = row[:14]
    preview = Preview(said["counts"], tuple(Reject(**each) for each in said["rejects"])) if said else None
    return Run._make([*head, preview, dict(columns or ()), dict(zip(COUNTS, row[14:], strict=True))])
