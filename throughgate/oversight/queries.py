"""Alerts about how records are used, and what was decided of each, for those who check it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import policy
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import ListPermit
from throughgate.oversight import rules
from throughgate.oversight.rules import State
from throughgate.staff.queries import HELD

# An alert is for the checkers of its worker's organisation; where there are none, for all of them.
ALERTS = f"""
SELECT alert.id, alert.raised_at, alert.matter, alert.organisation_id, alert.worker_id, alert.role,
       alert.person_id, coalesce(person.display_name, ''), alert.count, alert.why, alert.words,
       newest.decided_at, newest.decided_by_id, coalesce(newest.finding, ''), coalesce(newest.words, ''),
       coalesce(newest.telling, ''), coalesce(newest.why_unsafe, ''), newest.ask_again_on
FROM audit_alert alert
LEFT JOIN people_person person ON person.id = alert.person_id
LEFT JOIN LATERAL (
    SELECT * FROM oversight_outcome outcome WHERE outcome.alert_id = alert.id
    ORDER BY outcome.id DESC LIMIT 1) newest ON true
WHERE (alert.organisation_id = ANY(%(organisations)s) OR NOT EXISTS (
    SELECT FROM staff_post post
    JOIN staff_team team ON team.id = post.team_id
    JOIN staff_worker worker ON worker.id = post.worker_id
    WHERE team.organisation_id = alert.organisation_id AND post.role = ANY(%(checkers)s) AND {HELD}))
"""
OPEN = """
AND (newest.id IS NULL OR (newest.telling = 'unsafe' AND newest.ask_again_on <= %(on)s))
AND (%(place)s::uuid IS NULL OR alert.id > %(place)s) ORDER BY alert.id LIMIT %(limit)s
"""
DECIDED = """
AND newest.id IS NOT NULL AND NOT (newest.telling = 'unsafe' AND newest.ask_again_on <= %(on)s)
AND (%(place)s::uuid IS NULL OR alert.id < %(place)s) ORDER BY alert.id DESC LIMIT %(limit)s
"""


class Alert(NamedTuple):
    """One alert, and the newest outcome of it; nothing of an outcome where there is none."""

    id: UUID
    raised_at: datetime
    matter: str
    organisation_id: UUID
    worker_id: UUID
    role: str
    person_id: UUID | None
    person_name: str
    records: int
    why: str
    words: str
    decided_at: datetime | None
    decided_by: UUID | None
    finding: str
    found: str  # what was found, in words
    telling: str
    why_unsafe: str
    ask_again_on: date | None

    def state(self, *, on: date) -> State:
        return rules.state_of(self.telling, self.ask_again_on, on=on)


def waiting(permit: ListPermit, *, after: UUID | None = None, limit: int) -> list[Alert]:
    """Alerts that want an outcome, or of which to ask again whether telling is safe; the oldest first."""
    return _alerts(permit, OPEN, place=after, limit=limit)


def decided(permit: ListPermit, *, before: UUID | None = None, limit: int) -> list[Alert]:
    """Alerts with an outcome, the newest first."""
    return _alerts(permit, DECIDED, place=before, limit=limit)


def alert(permit: ListPermit, alert_id: UUID) -> Alert:
    """Raises: NotFound for one that is not for this checker, or not there."""
    found = _alerts(permit, "AND alert.id = %(place)s", place=alert_id, limit=1)
    if not found:
        raise NotFound
    return found[0]


def checks(role: str) -> bool:
    """Does this role check how records are used?"""
    return role in _checkers()


def _checkers() -> Sequence[str]:
    """The roles whose usual purpose that is."""
    return [role.id for role in policy.roles().values() if role.purpose == "audit"]


def _alerts(permit: ListPermit, which: str, *, place: UUID | None, limit: int) -> list[Alert]:
    asked: dict[str, Any] = {
        "organisations": list(permit.organisation_ids),
        "checkers": _checkers(),
        "on": clock.day_of(permit.at),
        "place": place,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(ALERTS + which, asked)
        return [Alert._make(row) for row in cursor.fetchall()]
