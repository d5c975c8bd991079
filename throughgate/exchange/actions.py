"""Bringing extracts in, and bringing what follows from them in step."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from throughgate.directory import queries as directory
from throughgate.exchange import formats
from throughgate.exchange.inbound import run as runs
from throughgate.exchange.inbound.people import Columns
from throughgate.exchange.inbound.run import Progress, Report, Waiting
from throughgate.exchange.models import ImportRun
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Refresher, ReviewPermit, TimerPermit
from throughgate.linkage import actions as linkage
from throughgate.pathway import actions as pathway
from throughgate.people import actions as people
from throughgate.people import queries as everybody

PEOPLE_AT_ONCE = 1000


def _nobody_is_told() -> None:
    """The default of `waiting`: nobody is told that an import waits for another."""


def import_file(
    *,
    format_name: str,
    path: Path,
    organisation_code: str,
    as_at: datetime | None,
    progress: Progress,
    waiting: Waiting = _nobody_is_told,
    columns: Columns | None = None,
) -> Report:
    """Take a file in. Without `as_at` the extract counts as true now, and the run says that nobody gave it.

    Raises: Refused for an unknown format or organisation, or a file that is not there.
    """
    run = _run(format_name, path, organisation_code, as_at, columns)
    run.save(force_insert=True)
    return runs.carry_out(run, formats.of(run), path, progress=progress, waiting=waiting)


def try_file(
    *,
    format_name: str,
    path: Path,
    organisation_code: str,
    as_at: datetime | None,
    progress: Progress,
    waiting: Waiting = _nobody_is_told,
    columns: Columns | None = None,
) -> Report:
    """What taking a file in would do; nothing of it stays, the run included."""
    run = _run(format_name, path, organisation_code, as_at, columns)
    return runs.try_out(run, formats.of(run), path, progress=progress, waiting=waiting)


def checked_as_at(as_at: datetime | None, *, at: datetime) -> datetime:
    """When an extract was true; `at`, which is now, where nobody said.

    Raises: Refused for a moment still to come.
    """
    if as_at is not None and as_at > at:
        raise Refused("An extract cannot have been true in the future. Check the day and the time given.")
    return as_at or at


def settle(permit: ReviewPermit, held_id: UUID, *, answer: str, reason: str) -> None:
    """Say of a held pair that they are the "same" person or "different" people, with all that follows.

    Here and not in `linkage`, because names, stays and treatment follow, and this floor knows them all.
    Raises: NotFound for no such pair; Refused without a reason.
    """
    with transaction.atomic():
        _follow(permit, linkage.answer(permit, held_id, answer=answer, reason=reason))


def separate(permit: ReviewPermit, link_id: UUID, *, reason: str) -> None:
    """Undo a link, with all that follows: its identity has a person of its own again.

    Raises: NotFound for no such link, or one that no longer holds; Refused without a reason.
    """
    with transaction.atomic():
        _follow(permit, linkage.undo(permit, link_id, reason=reason))


def refresh_everybody(permit: TimerPermit) -> int:
    """Make all that is derived again, some people at a time; returns how many people there are."""
    done, last = 0, None
    while people_ids := everybody.ids_after(permit, last, limit=PEOPLE_AT_ONCE):
        with transaction.atomic():
            people.hold(permit, people_ids)  # as who writes of them does: neither overlooks the other
            _refresh(permit, people_ids)
        done, last = done + len(people_ids), people_ids[-1]
    return done


def _follow(permit: ReviewPermit, person_ids: Iterable[UUID]) -> None:
    touched = sorted(person_ids)
    people.refresh_names(permit, touched)
    _refresh(permit, touched)


def _refresh(permit: Refresher, person_ids: list[UUID]) -> None:
    for refresh in formats.refreshes():
        refresh(permit, person_ids)
    pathway.refresh(permit, person_ids)


def _run(
    format_name: str,
    path: Path,
    organisation_code: str,
    as_at: datetime | None,
    columns: Columns | None,
) -> ImportRun:
    formats.named(format_name)
    if not path.is_file():
        raise Refused(f"There is no file {path}. Check the name.")
    now = clock.now()
    return ImportRun(
        organisation_id=directory.organisation(organisation_code).id,
        format=format_name,
        as_at=checked_as_at(as_at, at=now),
        as_at_given=as_at is not None,
        file_name=path.name[-200:],
        file_sha256=_sha256(path),
        started_at=now,
        state="waiting",
        columns=list(columns.items()) if columns else None,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
