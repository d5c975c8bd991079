"""Writing the audit. Only the doors (access, record, linkage, packs, exchange) call this."""

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from throughgate.foundation.copying import copy_in
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


def log(logged: Logged) -> None:
    """Write one row in the transaction that is open, or in one of its own when none is."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, _values(logged))


def log_many(rows: Sequence[Logged]) -> None:
    """Write many rows in the transaction that is open."""
    if not rows:
        return
    with connection.cursor() as cursor:
        copy_in(cursor, "audit_event", EVENT, map(_values, rows))


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
