"""Bringing extracts in: from the console, and from a page in three steps (receive, preview, confirm)."""

import hashlib
from datetime import datetime
from pathlib import Path

from throughgate.directory import queries as directory
from throughgate.exchange import formats
from throughgate.exchange.inbound import run as runs
from throughgate.exchange.inbound.run import Progress, Report
from throughgate.exchange.models import ImportRun
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused


def import_file(
    *, format_name: str, path: Path, organisation_code: str, as_at: datetime | None, progress: Progress
) -> Report:
    """Take a file in. Without `as_at` the extract counts as true now, and the run says that nobody gave it.

    Raises: Refused for an unknown format or organisation, or a file that is not there.
    """
    run = _run(format_name, path, organisation_code, as_at)
    run.save(force_insert=True)
    return runs.carry_out(run, formats.named(format_name), path, progress=progress)


def try_file(
    *, format_name: str, path: Path, organisation_code: str, as_at: datetime | None, progress: Progress
) -> Report:
    """What taking a file in would do; nothing of it stays, the run included."""
    run = _run(format_name, path, organisation_code, as_at)
    return runs.try_out(run, formats.named(format_name), path, progress=progress)


def _run(format_name: str, path: Path, organisation_code: str, as_at: datetime | None) -> ImportRun:
    formats.named(format_name)
    if not path.is_file():
        raise Refused(f"There is no file {path}. Check the name.")
    now = clock.now()
    if as_at is not None and as_at > now:
        raise Refused(
            "The extract cannot have been true in the future. Check the date and time given with --as-at."
        )
    return ImportRun(
        organisation_id=directory.organisation(organisation_code).id,
        format=format_name,
        as_at=as_at or now,
        as_at_given=as_at is not None,
        file_name=path.name[-200:],
        file_sha256=_sha256(path),
        started_at=now,
        state="waiting",
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
