"""Packs of several people at once: asked for on a page, made by a job under the permit of whoever asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from throughgate.access import actions as access
from throughgate.access import visible
from throughgate.audit import actions as audit
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit
from throughgate.packs import actions
from throughgate.packs.content import Edition, Sheet
from throughgate.packs.models import Batch, BatchOutcome, BatchPerson
from throughgate.pathway import actions as pathway
from throughgate.record.rules import Form
from throughgate.staff import queries as staff

MOST = 200  # people at once: more than leave any prison in a week
# One process makes what is waiting; where another is at it, there is nothing to do.
IS_FREE = "SELECT pg_try_advisory_lock(7480206)"
LET_GO = "SELECT pg_advisory_unlock(7480206)"
NOT_OPEN = "This record is not open to you any more. Ask a colleague, or leave this person out."
NOTHING_TO_PRINT = "None of these packs is made yet. Go back, and look again in a minute."
OURS = "Something went wrong that is ours to mend, and has been noted. Make this pack by itself."
ASK = """
INSERT INTO packs_batch (id, post_id, key, worker_id, purpose, asked_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (post_id, key) DO NOTHING
"""
NEXT = """
SELECT asked.id, asked.person_id, batch.id, batch.post_id, batch.worker_id, batch.purpose
FROM packs_batchperson asked JOIN packs_batch batch ON batch.id = asked.batch_id
WHERE NOT EXISTS (SELECT FROM packs_batchoutcome outcome WHERE outcome.asked_id = asked.id)
ORDER BY batch.asked_at, asked.id LIMIT 1
"""
PEOPLE = f"""
SELECT asked.person_id, person.display_name, outcome.pack_id, coalesce(outcome.refused, ''),
       outcome.asked_id IS NOT NULL
FROM packs_batchperson asked JOIN people_person person ON person.id = asked.person_id
LEFT JOIN packs_batchoutcome outcome ON outcome.asked_id = asked.id
WHERE asked.batch_id = %(batch)s AND {visible.is_concerned("asked.person_id")}
ORDER BY asked.id
"""


class BatchPersonLine(NamedTuple):
    person_id: UUID
    name: str
    pack_id: UUID | None
    refused: str  # why there is none
    is_done: bool


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch as far as it is."""

    id: UUID
    asked_at: datetime
    people: tuple[BatchPersonLine, ...]


class _Asked(NamedTuple):
    """The next person in turn, and for whom their pack is made."""

    id: UUID
    person_id: UUID
    batch_id: UUID
    post_id: UUID
    worker_id: UUID
    purpose: str


def ask(permit: ListPermit, person_ids: Sequence[UUID], *, key: str) -> UUID:
    """Ask for the packs of these people; the same form sent twice asks once. The job begins within seconds.

    Raises: Refused for nobody, or for too many.
    """
    wanted = list(dict.fromkeys(person_ids))
    if not wanted:
        raise Refused("Tick somebody first.")
    if len(wanted) > MOST:
        raise Refused(f"Up to {MOST} packs are made at once. Tick fewer people.")
    with transaction.atomic(), connection.cursor() as cursor:
        row: list[Any] = [new_id(), permit.post_id, key, permit.worker_id, permit.purpose, permit.at]
        cursor.execute(ASK, row)
        asked_for = Batch.objects.get(post_id=permit.post_id, key=key)
        if cursor.rowcount:
            BatchPerson.objects.bulk_create(BatchPerson(batch=asked_for, person_id=each) for each in wanted)
            _log(permit, asked_for.id, rows=len(wanted))
    return asked_for.id


def batch(permit: ListPermit, batch_id: UUID) -> BatchLine:
    """How far a batch is, of those whom this hat may still be shown.

    Raises: NotFound for one that this hat did not ask for.
    """
    found = Batch.objects.filter(id=batch_id, post_id=permit.post_id).first()
    if found is None:
        raise NotFound
    with connection.cursor() as cursor:
        cursor.execute(
            PEOPLE,
            {"batch": batch_id, **visible.by(permit)},
        )
        return BatchLine(found.id, found.asked_at, tuple(map(BatchPersonLine._make, cursor.fetchall())))


def print_sheets(permit: ListPermit, batch_id: UUID, edition: Edition) -> list[Sheet]:
    """That sheet of everybody whose pack is made, each opened and logged as if it were printed by itself.

    Raises: NotFound as `batch`; Refused where none is made, or none is open to this hat any more.
    """
    made = {each.person_id: each.pack_id for each in batch(permit, batch_id).people if each.pack_id}
    hat = staff.hat(permit.worker_id, permit.post_id, on=clock.day_of(permit.at))
    permits = access.issue_permits(hat, list(made), purpose=permit.purpose, at=permit.at)
    if not permits:
        raise Refused(NOTHING_TO_PRINT)
    return [
        actions.print_sheet(permits[person_id], pack_id, edition)
        for person_id, pack_id in made.items()
        if person_id in permits
    ]


def carry_out_waiting() -> None:
    """Make what is waiting, a person at a time, the oldest batch first. Killed, it goes on from there."""
    with connection.cursor() as cursor:
        cursor.execute(IS_FREE)
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        return
    try:
        while asked := _next():
            _do(asked)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(LET_GO)


def _next() -> _Asked | None:
    with connection.cursor() as cursor:
        cursor.execute(NEXT)
        row = cursor.fetchone()
    return _Asked._make(row) if row else None


def _do(asked: _Asked) -> None:
    """A person who trips us up must not be tried for ever, nor keep the next one from their turn."""
    try:
        _make(asked)
    except NotFound:
        _refuse(asked, NOT_OPEN)
    except Refused as refusal:
        _refuse(asked, str(refusal))
    except Exception:
        _refuse(asked, OURS)
        raise


def _make(asked: _Asked) -> None:
    """The pack, and that it is made, as one."""
    at = clock.now()
    hat = staff.hat(asked.worker_id, asked.post_id, on=clock.day_of(at))
    permit = access.issue_permit(hat, asked.person_id, purpose=asked.purpose, at=at)
    with pathway.in_step(permit):
        pack_id = actions.make(permit, form=Form(str(asked.id)))
        BatchOutcome.objects.create(asked_id=asked.id, pack_id=pack_id, at=at)


def _refuse(asked: _Asked, why: str) -> None:
    BatchOutcome.objects.create(asked_id=asked.id, refused=why[:250], at=clock.now())


def _log(permit: ListPermit, batch_id: UUID, *, rows: int) -> None:
    detail = {"batch": str(batch_id)}
    audit.log(audit.by_worker(permit, "ask for packs", rows=rows, detail=detail))
