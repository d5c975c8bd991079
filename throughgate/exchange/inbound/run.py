"""A run: one file of one organisation, taken in chunk by chunk, each chunk safely in before the next."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from throughgate.access import actions as access
from throughgate.exchange.inbound import chunk
from throughgate.exchange.inbound.ahead import read_ahead
from throughgate.exchange.inbound.chunk import Account
from throughgate.exchange.inbound.reading import Unreadable
from throughgate.exchange.inbound.rows import Format, Reject, Told, told
from throughgate.exchange.models import ImportRun
from throughgate.foundation import clock
from throughgate.foundation.permits import FeedPermit

ROWS_AT_ONCE = 1000
MOST_REJECTS_SHOWN = 200  # all of them are kept with the run
COUNTS = ("read", "new", "changed", "unchanged", "held", "rejected", "flags", "entries")
COUNT = f"""
UPDATE exchange_importrun SET {", ".join(f"{name} = {name} + %({name})s" for name in COUNTS)}
WHERE id = %(run)s
"""
# One import of an organisation at a time: a second one waits, and then finds nothing to do.
IS_FREE = "SELECT pg_try_advisory_lock(hashtextextended('import ' || %s::text, 0))"
ONE_AT_A_TIME = "SELECT pg_advisory_lock(hashtextextended('import ' || %s::text, 0))"
LET_GO = "SELECT pg_advisory_unlock(hashtextextended('import ' || %s::text, 0))"
READ_HERE = 256 * 1024  # bytes of a file that is not worth a process of its own
Chunk = Sequence[Told | Reject]
Progress = Callable[[Counter[str]], None]
Waiting = Callable[[], None]  # told once, when another import of the organisation must end first


@dataclass(slots=True)
class Report:
    """What became of a file. `stopped_because` is "" when all of it was read."""

    run_id: UUID
    counts: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    stopped_because: str = ""


def carry_out(run: ImportRun, feed: Format, path: Path, *, progress: Progress, waiting: Waiting) -> Report:
    """Take the file in. Killed at any row, what its report says is what is in; run again, it finishes."""
    with _alone(run, waiting):
        permit = _permit(run)
        _begin(run, permit)
        report = Report(run.id)
        try:
            for rows in _chunks(feed, path, run):
                with transaction.atomic():
                    account = chunk.take(permit, feed, rows)
                    _count(run, account)
                _add(report, account)
                progress(report.counts)
        except Unreadable as error:
            report.stopped_because = str(error)
        _finish(run, report.stopped_because)
        return report


def try_out(run: ImportRun, feed: Format, path: Path, *, progress: Progress, waiting: Waiting) -> Report:
    """What taking the file in would do; nothing of it stays but its permit in the audit."""
    report = Report(run.id)
    with _alone(run, waiting):
        permit = _permit(run)
        try:
            for rows in _chunks(feed, path, run):
                _add(report, _tried(run, permit, feed, rows))
                progress(report.counts)
        except Unreadable as error:
            report.stopped_because = str(error)
    return report


def _tried(run: ImportRun, permit: FeedPermit, feed: Format, rows: Chunk) -> Account:
    """What a chunk would do. Each is undone by itself: until then whoever records of these people waits."""
    with transaction.atomic():
        _begin(run, permit)
        account = chunk.take(permit, feed, rows)
        transaction.set_rollback(True)
    return account


@contextmanager
def _alone(run: ImportRun, waiting: Waiting) -> Iterator[None]:
    """Holds the organisation's import lock for the length of a run."""
    with connection.cursor() as cursor:
        cursor.execute(IS_FREE, [run.organisation_id])
        (is_ours,) = cursor.fetchone()
        if not is_ours:
            waiting()
            cursor.execute(ONE_AT_A_TIME, [run.organisation_id])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(LET_GO, [run.organisation_id])


def _permit(run: ImportRun) -> FeedPermit:
    return access.issue_feed_permit(
        organisation_id=run.organisation_id, source=run.format, run_id=run.id, as_at=run.as_at, at=clock.now()
    )


def _begin(run: ImportRun, permit: FeedPermit) -> None:
    """Mark the run as going on, and runs of the same feed that were killed as stopped."""
    ImportRun.objects.filter(organisation_id=run.organisation_id, state="running").exclude(id=run.id).update(
        state="stopped", stopped_because="The program stopped before the end of the file. Bring it in again."
    )
    run.state, run.permit_id = "running", permit.id
    run.save()


def _chunks(feed: Format, path: Path, run: ImportRun) -> Iterator[Chunk]:
    """The file in chunks, each at hand before it is wanted where there are several.

    Those of a small file are made here: to start a process takes longer than to read it.
    """
    chunks = _cut(feed, path, run)
    return chunks if path.stat().st_size <= READ_HERE else read_ahead(chunks)


def _cut(feed: Format, path: Path, run: ImportRun) -> Iterator[Chunk]:
    """Rows, at most so many at once; a chunk ends before a row that says something else of the same thing."""
    with path.open("rb") as file:
        rows: list[Told | Reject] = []
        seen: dict[tuple[str, str], bytes] = {}
        try:
            for each in feed.read(file, as_at=run.as_at):
                row = each if isinstance(each, Reject) else told(each)
                if len(rows) >= ROWS_AT_ONCE or _contradicts(row, seen):
                    yield rows
                    rows, seen = [], {}
                rows.append(row)
                if isinstance(row, Told):
                    seen.update({(row.key, item): digest for item, digest in row.digests.items()})
        except Unreadable:  # what came before it was read, and goes in
            yield rows
            raise
        if rows:
            yield rows


def _contradicts(row: Told | Reject, seen: dict[tuple[str, str], bytes]) -> bool:
    if isinstance(row, Reject):
        return False
    return any(seen.get((row.key, item), digest) != digest for item, digest in row.digests.items())


def _count(run: ImportRun, account: Account) -> None:
    """In the chunk's own transaction, so that the report is exactly what is in."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"run": run.id} | {name: account.counts[name] for name in COUNTS})


def _add(report: Report, account: Account) -> None:
    report.counts += account.counts
    report.rejects += account.rejects[: MOST_REJECTS_SHOWN - len(report.rejects)]


def _finish(run: ImportRun, stopped_because: str) -> None:
    ImportRun.objects.filter(id=run.id).update(
        state="stopped" if stopped_because else "finished",
        stopped_because=stopped_because,
        finished_at=clock.now(),
    )
