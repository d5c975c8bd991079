"""A file from a page, in three steps: received and tried out, looked at, and brought in when confirmed.

A page never waits for any of it: it receives and confirms, and a job does the rest.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from throughgate.access import policy
from throughgate.audit import actions as audit
from throughgate.audit.actions import Logged
from throughgate.directory import queries as directory
from throughgate.exchange import formats, queries
from throughgate.exchange.actions import checked_as_at
from throughgate.exchange.inbound import letters, people, treatment
from throughgate.exchange.inbound import run as runs
from throughgate.exchange.inbound.people import Columns, PlainList
from throughgate.exchange.inbound.reading import Unreadable
from throughgate.exchange.inbound.run import Report
from throughgate.exchange.models import ImportRun
from throughgate.exchange.queries import Preview
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ReviewPermit
from throughgate.staff.queries import Hat

LARGEST = 1024 * 1024 * 1024  # bytes; three times the extract of every prison in England and Wales
READ_AT_ONCE = 1024 * 1024
ENDING = ".upload"
ONLY_OURS = os.O_WRONLY | os.O_CREAT | os.O_EXCL
IN_CELLS = frozenset({PlainList.name, treatment.name})  # formats that a spreadsheet saves
KEPT_DAYS = 7  # a file that nobody confirms is about people, so it does not lie about
# One process does what is waiting, so that what it finds half done was left by one that died.
IS_FREE = "SELECT pg_try_advisory_lock(7480205)"
LET_GO = "SELECT pg_advisory_unlock(7480205)"
DIED = "The program stopped before the end of the file. What the report says is in; bring the file in again."
OURS = "Something went wrong that is ours to mend, and has been noted. Bring the file in again later."
NOT_CONFIRMED = f"Nobody confirmed it within {KEPT_DAYS} days, so the file was removed."
SAID = {"confirmed": "confirm extract", "refused": "give up extract", "waiting": "place columns"}
WITHDRAWN = "It was given up before it was brought in, and the file was removed."


def receive_upload(
    hat: Hat, *, organisation_code: str, format_name: str, as_at: datetime | None, file: IO[bytes], name: str
) -> UUID:
    """Keep a file under a name of ours and let the job try it out; returns the run to look at.

    `name` is what the sender calls it, shown and never used as a path.
    Raises: Refused for a role or an organisation that is not theirs, an unknown format, or a file too large.
    """
    organisation = directory.organisation(organisation_code)
    if not policy.may_review_links(hat.role):
        raise Refused("Bringing in extracts belongs to the data quality role. Ask a colleague who has it.")
    if organisation.id not in hat.organisation_ids:
        raise Refused(
            "You bring in extracts of your own organisation and of those your team works in."
            f" {organisation.name} is not among them."
        )
    formats.named(format_name)
    now = clock.now()
    true_at = checked_as_at(as_at, at=now)
    run_id = new_id()
    kept_as, sha256 = _keep(file, f"{run_id}{ENDING}")
    columns = _recognised(kept_as) if format_name == PlainList.name else None
    with transaction.atomic():
        ImportRun.objects.create(
            id=run_id,
            organisation_id=organisation.id,
            format=format_name,
            as_at=true_at,
            as_at_given=as_at is not None,
            file_name=Path(name).name[-200:],
            file_sha256=sha256,
            started_at=now,
            started_by=hat.worker_id,
            kept_as=kept_as,
            columns=columns,
            state="waiting",
        )
        _log(hat, action="receive extract", organisation_id=organisation.id, run_id=run_id, at=now)
    return run_id


def preview(permit: ReviewPermit, run_id: UUID) -> Preview | None:
    """What bringing the file in would do; None until the job has tried it out.

    Raises: NotFound for a run of somebody else's.
    """
    return queries.run(permit, run_id).preview


def confirm(permit: ReviewPermit, run_id: UUID) -> None:
    """Bring a file in that was tried out; the job begins within seconds.

    Raises: NotFound for a run of somebody else's; Refused where it does not wait to be confirmed.
    """
    _move_on(permit, run_id, state="confirmed", why="")


def give_up(permit: ReviewPermit, run_id: UUID) -> None:
    """Do not bring the file in, and remove it.

    Raises: NotFound for a run of somebody else's; Refused where it does not wait to be confirmed.
    """
    _move_on(permit, run_id, state="refused", why=WITHDRAWN)
    _forget(ImportRun.objects.get(id=run_id))


def place_columns(permit: ReviewPermit, run_id: UUID, columns: Columns) -> None:
    """Say what the columns of a plain list hold, and let the job try it out again.

    Raises: NotFound for a run of somebody else's; Refused where it does not wait to be confirmed, or for what
    columns cannot hold.
    """
    found = queries.run(permit, run_id)
    placed = {name: columns.get(name, meaning) for name, meaning in found.columns.items()}
    people.check(placed)
    _move_on(permit, run_id, state="waiting", why="", columns=list(placed.items()), preview=None)


def odd_words(permit: ReviewPermit, run_id: UUID) -> list[str]:
    """Words of a file that waits to be confirmed and is no UTF-8, as an older spreadsheet means them.

    Raises: NotFound for a run of somebody else's.
    """
    found = queries.run(permit, run_id)
    if found.state != "previewed" or found.format not in IN_CELLS:
        return []
    with _path(ImportRun.objects.get(id=run_id)).open("rb") as file:
        return letters.odd_words(file)


def read_older_letters(permit: ReviewPermit, run_id: UUID) -> None:
    """Take its letters for those of an older spreadsheet, and let the job try it out again.

    Raises: NotFound for a run of somebody else's; Refused where it does not wait to be confirmed.
    """
    found = queries.run(permit, run_id)
    run = ImportRun.objects.get(id=run_id)
    if found.state == "previewed":
        _rewrite(_path(run))
    meanings = zip(_recognised(run.kept_as) if found.columns else [], found.columns.values(), strict=False)
    placed = [(name, meaning) for (name, _), meaning in meanings]
    _move_on(permit, run_id, state="waiting", why="", columns=placed or None, preview=None)


def _rewrite(path: Path) -> None:
    """In a file beside it first, so that none is ever half rewritten; one that is left over is swept up."""
    beside = path.with_name(f"{new_id()}{ENDING}")
    with path.open("rb") as file, os.fdopen(os.open(beside, ONLY_OURS, 0o600), "wb") as kept:
        kept.writelines(letters.in_utf_8(file))
    beside.replace(path)


def carry_out_waiting() -> None:
    """Do what files from pages wait for, oldest first. Where another process is at it, do nothing."""
    with connection.cursor() as cursor:
        cursor.execute(IS_FREE)
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        return
    try:
        _pick_up_the_pieces()
        while run := _next():
            _do(run, _try_out if run.state == "waiting" else _carry_out)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(LET_GO)


def _next() -> ImportRun | None:
    waiting = ImportRun.objects.filter(state__in=["waiting", "confirmed"]).exclude(kept_as="")
    return waiting.order_by("started_at", "id").first()


def _pick_up_the_pieces() -> None:
    """Runs of a job that died, and files that nobody confirmed."""
    ours = ImportRun.objects.exclude(kept_as="")
    ours.filter(state="previewing").update(state="waiting")
    for run in ours.filter(state="running"):
        _end(run, state="stopped", why=DIED)
    for run in ours.filter(state__in=["finished", "stopped", "refused"]):
        _forget(run)
    for run in ours.filter(state="previewed", started_at__lt=clock.now() - timedelta(days=KEPT_DAYS)):
        _end(run, state="refused", why=NOT_CONFIRMED)
    _sweep()


def _sweep() -> None:
    """Files whose run was never written down: the program died between the two."""
    long_ago = (clock.now() - timedelta(days=1)).timestamp()
    old = {path for path in Path(settings.UPLOADS).glob(f"*{ENDING}") if path.stat().st_mtime < long_ago}
    if old:
        kept = set(ImportRun.objects.exclude(kept_as="").values_list("kept_as", flat=True))
        for path in old:
            if path.name not in kept:
                path.unlink(missing_ok=True)


def _do(run: ImportRun, do: Callable[[ImportRun], None]) -> None:
    """A file that trips us up must not be tried for ever, nor keep the next one from its turn."""
    try:
        do(run)
    except Exception:
        _end(run, state="stopped", why=OURS)
        raise


def _try_out(run: ImportRun) -> None:
    if why := _not_placed(run):
        ImportRun.objects.filter(id=run.id).update(state="previewed", stopped_because=why)
        return
    ImportRun.objects.filter(id=run.id).update(state="previewing")
    report = runs.try_out(run, formats.of(run), _path(run), progress=_not_shown, waiting=_not_minded)
    if report.stopped_because:
        _end(run, state="refused", why=report.stopped_because)
        return
    ImportRun.objects.filter(id=run.id).update(
        state="previewed", preview=_summary(report), rows_expected=report.counts["read"]
    )


def _not_placed(run: ImportRun) -> str:
    """Why the columns of a plain list cannot stand as they are; somebody can put that right. Else ""."""
    if not run.columns:
        return ""
    try:
        people.check(dict(run.columns))
    except Refused as refusal:
        return str(refusal)
    return ""


def _carry_out(run: ImportRun) -> None:
    runs.carry_out(run, formats.of(run), _path(run), progress=_not_shown, waiting=_not_minded)
    _forget(run)


def _summary(report: Report) -> dict[str, object]:
    counts = {name: report.counts[name] for name in queries.COUNTS}
    return {"counts": counts, "rejects": [asdict(reject) for reject in report.rejects]}


def _move_on(permit: ReviewPermit, run_id: UUID, *, state: str, why: str, **more: Any) -> None:
    queries.run(permit, run_id)
    at = clock.now()
    with transaction.atomic():
        waiting = ImportRun.objects.filter(id=run_id, state="previewed")
        if not waiting.update(state=state, stopped_because=why, **more):
            raise Refused("This file does not wait to be confirmed any more. Load the page again.")
        audit.log(
            Logged(
                at=at,
                action=SAID[state],
                actor_kind="worker" if permit.worker_id else "script",
                actor_id=permit.worker_id,
                organisation_id=permit.organisation_id,
                role=permit.role,
                purpose="import",
                permit_id=permit.id,
                detail={"run": str(run_id)},
            )
        )


def _log(hat: Hat, *, action: str, organisation_id: UUID, run_id: UUID, at: datetime) -> None:
    audit.log(
        Logged(
            at=at,
            action=action,
            actor_kind="worker",
            actor_id=hat.worker_id,
            post_id=hat.post_id,
            organisation_id=organisation_id,
            role=hat.role,
            purpose="import",
            detail={"run": str(run_id)},
        )
    )


def _keep(file: IO[bytes], kept_as: str) -> tuple[str, str]:
    """Write the file where only this program's user reads it; returns its name there and its digest."""
    folder = Path(settings.UPLOADS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, digest, size = folder / kept_as, hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(path, ONLY_OURS, 0o600), "wb") as kept:
            while part := file.read(READ_AT_ONCE):
                size += len(part)
                if size > LARGEST:
                    raise Refused("The file is larger than 1 GB. Ask for it in parts, or use ./tg import.")
                digest.update(part)
                kept.write(part)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return kept_as, digest.hexdigest()


def _recognised(kept_as: str) -> list[tuple[str, str]]:
    """What the columns of a plain list are taken for; a file without any is refused when it is tried out."""
    with (Path(settings.UPLOADS) / kept_as).open("rb") as file:
        try:
            return list(people.recognised(people.header(file)).items())
        except Unreadable:
            return []


def _path(run: ImportRun) -> Path:
    return Path(settings.UPLOADS) / run.kept_as


def _end(run: ImportRun, *, state: str, why: str) -> None:
    ImportRun.objects.filter(id=run.id).update(
        state=state, stopped_because=why[:250], finished_at=clock.now()
    )
    _forget(run)


def _forget(run: ImportRun) -> None:
    """Remove the file: it is in, or will not be."""
    if run.kept_as:
        _path(run).unlink(missing_ok=True)
    ImportRun.objects.filter(id=run.id).update(kept_as="")


def _not_shown(counts: Counter[str]) -> None:
    """A page reads how far a run is from its row, which counts with each chunk."""


def _not_minded() -> None:
    """A job may wait for another import as long as it takes."""
