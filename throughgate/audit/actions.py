"""Writing the audit. Only the doors (access, record, linkage, packs, oversight, exchange) call this."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from throughgate.foundation import leave
from throughgate.foundation.copying import copy_in
from throughgate.foundation.ids import new_id
from throughgate.foundation.leave import Leave
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.foundation.values import value


@value(frozen=True, kw_only=True, slots=True)
class Logged:
    """One thing to log. `detail` holds ids and keys only, never a name or a word of a record."""

    at: datetime
    action: str
    outcome: str = "done"
    actor_kind: str
    actor_id: UUID | None = None
    post_id: UUID | None = None
    organisation_id: UUID | None = None
    role: str = ""
    purpose: str = ""
    person_id: UUID | None = None
    permit_id: UUID | None = None
    rows: int = 0
    detail: dict[str, Any] = field(default_factory=dict)


def by_worker(
    permit: Permit | ListPermit,
    action: str,
    *,
    detail: dict[str, Any],
    rows: int = 0,
    at: datetime | None = None,
) -> Logged:
    """What a worker did under a permit, as they held it, then or at a later moment."""
    return Logged(
        at=at or permit.at,
        action=action,
        actor_kind="worker",
        actor_id=permit.worker_id,
        post_id=permit.post_id,
        organisation_id=permit.organisation_id,
        role=permit.role,
        purpose=permit.purpose,
        person_id=permit.person_id if isinstance(permit, Permit) else None,
        permit_id=permit.id,
        rows=rows,
        detail=detail,
    )


EVENT = (
    "at timestamptz, action text, outcome text, actor_kind text, actor_id uuid, post_id uuid,"
    " organisation_id uuid, role text, purpose text, person_id uuid, permit_id uuid, rows int4, detail jsonb"
)
INSERT = """
INSERT INTO audit_event (at, action, outcome, actor_kind, actor_id, post_id, organisation_id, role, purpose,
                         person_id, permit_id, rows, detail)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def log(logged: Logged, *, giving: Leave | None = None) -> None:
    """Write one row in the transaction that is open, or in one of its own when none is.

    The leave it tells of is given in the same statement: without the row there is none.
    """
    with connection.cursor() as cursor:
        if giving is None:
            cursor.execute(INSERT, _values(logged))
        else:
            cursor.execute(f"{INSERT} RETURNING {leave.GIVE}", [*_values(logged), *leave.values(giving)])


def log_many(rows: Sequence[Logged], *, giving: Leave | None = None) -> None:
    """Write many rows in the transaction that is open; leave, as `log` gives it."""
    if not rows:
        return
    *most, last = rows
    if most:
        with connection.cursor() as cursor:
            copy_in(cursor, "audit_event", EVENT, map(_values, most))
    log(last, giving=giving)


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """Something for a privacy officer to look into. `key` is the same however often it is noticed."""

    raised_at: datetime
    matter: str
    key: str
    organisation_id: UUID
    worker_id: UUID
    role: str = ""
    person_id: UUID | None = None
    count: int = 0
    why: str = ""
    words: str = ""


RAISE = """
INSERT INTO audit_alert (raised_at, matter, key, organisation_id, worker_id, role, person_id, count, why,
                         words, id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (matter, key) DO NOTHING
"""


def alert(raised: Alert) -> UUID | None:
    """Raise it in the transaction that is open; None where it was raised before."""
    alert_id = new_id()
    with connection.cursor() as cursor:
        cursor.execute(RAISE, [*astuple(raised), alert_id])
        return alert_id if cursor.rowcount else None


EXEMPT = """
INSERT INTO audit_exemption (written_at, person_id, worker_id, ground, until, written_by, alert_id, id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Exemption:
    """One worker's looks at one record are not shown to the person before that day."""

    written_at: datetime
    person_id: UUID
    worker_id: UUID
    ground: str
    until: date
    written_by: UUID
    alert_id: UUID


def exempt(said: Exemption) -> None:
    """Write it in the transaction that is open; the newest of a worker and a person holds."""
    with connection.cursor() as cursor:
        cursor.execute(EXEMPT, [*astuple(said), new_id()])


def _values(logged: Logged) -> tuple[Any, ...]:
    return (
        logged.at,
        logged.action,
        logged.outcome,
        logged.actor_kind,
        logged.actor_id,
        logged.post_id,
        logged.organisation_id,
        logged.role,
        logged.purpose,
        logged.person_id,
        logged.permit_id,
        logged.rows,
        Jsonb(logged.detail),
    )
