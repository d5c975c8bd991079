"""Records that are too near to a worker: their own, or of their family. Said by them, and closed to them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from throughgate.access import actions as access
from throughgate.access.actions import Named
from throughgate.audit import actions as audit
from throughgate.audit.actions import Alert, Logged
from throughgate.foundation import leave
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit, TimerPermit
from throughgate.people import exact
from throughgate.people.exact import Sought
from throughgate.staff.queries import Hat

WHYS = ("own_record", "family")
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7480207)"
DECLARE = """
INSERT INTO oversight_declaration (id, worker_id, said_at, why, person_id, number_system, number, first_name,
                                   last_name, birth_date)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
# Those that no checker has found not to be so.
DECLARED = """
SELECT said.id, said.worker_id, said.said_at, said.why, said.person_id, said.number_system, said.number,
       said.first_name, said.last_name, said.birth_date
FROM oversight_declaration said
WHERE (%(worker)s::uuid IS NULL OR said.worker_id = %(worker)s)
  AND coalesce((SELECT outcome.finding FROM audit_alert alert
                JOIN oversight_outcome outcome ON outcome.alert_id = alert.id
                WHERE alert.matter = 'declared' AND alert.key = said.id::text
                ORDER BY outcome.id DESC LIMIT 1), '') <> 'lifted'
ORDER BY said.id
"""


class Declared(NamedTuple):
    """What a worker said: by a record they had open, or by what finds one."""

    id: UUID
    worker_id: UUID
    said_at: datetime
    why: str
    person_id: UUID | None
    number_system: str
    number: str
    first_name: str
    last_name: str
    birth_date: date | None

    @property
    def sought(self) -> Sought:
        return Sought(
            number=(self.number_system, self.number) if self.number else None,
            first_name=self.first_name,
            last_name=self.last_name,
            birth_date=self.birth_date,
        )


def declare(hat: Hat, sought: Sought, *, why: str, at: datetime) -> None:
    """Keep that whoever has these details is the worker, or of their family. Whether anybody has is not told.

    Raises: Refused where nobody could be found by it.
    """
    _check(why)
    if not sought.is_enough:
        raise Refused("Enter a number, such as an NHS number, or else first name, last name and birth date.")
    _keep(hat.worker_id, hat.organisation_id, hat.role, why=why, at=at, sought=sought)


def declare_open(permit: Permit, *, why: str) -> None:
    """Keep that the record that is open is the worker's own, or of their family: it closes."""
    _check(why)
    assert permit.worker_id  # noqa: S101 - a script has no family
    _keep(
        permit.worker_id,
        permit.organisation_id,
        permit.role,
        why=why,
        at=permit.at,
        sought=Sought(),
        person_id=permit.person_id,
    )


def declared_by(hat: Hat) -> Sequence[Declared]:
    """What this worker has said, as they said it."""
    return _declared(hat.worker_id)


@transaction.atomic
def close(permit: TimerPermit) -> None:
    """Close to each worker the records that they said are too near: those there are by now.

    In one transaction: at no moment do they stand open. Whoever says something at the same moment waits, so
    that no two make it each without what the other said.
    """
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    declared = _declared(None)
    for why in WHYS:
        near = [
            Named(person_id=person_id, worker_id=each.worker_id, organisation_id=None)
            for each in declared
            if each.why == why
            for person_id in _whose(permit, each)
        ]
        access.rebuild_bars(permit, why=why, named=near)


def close_now(*, at: datetime) -> None:
    """Close such records at once, under the program's own leave: whoever declared one gains none by it."""
    with leave.ends():
        close(access.issue_timer_permit("close near records", at=at))


def _check(why: str) -> None:
    if why not in WHYS:
        raise Refused("Choose whether it is your own record, or of your family.")


def _keep(
    worker_id: UUID,
    organisation_id: UUID,
    role: str,
    *,
    why: str,
    at: datetime,
    sought: Sought,
    person_id: UUID | None = None,
) -> None:
    """The declaration, the alert by which it can be lifted, and what it closes, as one."""
    declaration_id = new_id()
    system, number = sought.number or ("", "")
    found_by = [system, number, sought.first_name, sought.last_name, sought.birth_date]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(DECLARE, [declaration_id, worker_id, at, why, person_id, *found_by])
        audit.log(
            Logged(
                at=at,
                action="declare near record",
                actor_kind="worker",
                actor_id=worker_id,
                organisation_id=organisation_id,
                role=role,
                person_id=person_id,
                detail={"declaration": str(declaration_id)},
            )
        )
        audit.alert(
            Alert(
                raised_at=at,
                matter="declared",
                key=str(declaration_id),
                organisation_id=organisation_id,
                worker_id=worker_id,
                role=role,
                person_id=person_id,
                why=why,
            )
        )
        close_now(at=at)


def _declared(worker_id: UUID | None) -> list[Declared]:
    with connection.cursor() as cursor:
        cursor.execute(DECLARED, {"worker": worker_id})
        return [Declared._make(row) for row in cursor.fetchall()]


def _whose(permit: TimerPermit, said: Declared) -> list[UUID]:
    return [said.person_id] if said.person_id else exact.found(permit, said.sought)
