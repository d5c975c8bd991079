"""Reading the audit: who looked at a record, and who has lately been looking at many."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit, Permit, TimerPermit

OWN = "own_record"  # the purpose under which the person themself looks
SHOWN = 100  # groups of looks on one page
# A look is leave to open the record, or a sheet of it printed. The person's own are none.
LOOKS = """
SELECT on_day, organisation_id, role, purpose, action, actor_kind, why, count(*), max(at), bool_or(is_exempt)
FROM (
    SELECT (event.at AT TIME ZONE 'Europe/London')::date AS on_day, event.organisation_id, event.role,
           event.purpose, event.action, event.actor_kind, event.at,
           coalesce(event.detail ->> 'emergency', '') AS why,
           coalesce((SELECT exemption.until > %(on)s FROM audit_exemption exemption
                     WHERE exemption.person_id = event.person_id AND exemption.worker_id = event.actor_id
                     ORDER BY exemption.id DESC LIMIT 1), false) AS is_exempt
    FROM audit_event event
    WHERE event.person_id = %(person)s AND event.at < %(before)s
      AND event.action IN ('open record', 'print sheet') AND event.outcome IN ('allowed', 'done')
      AND event.actor_kind IN ('worker', 'program', 'script')
      AND (%(worker)s::uuid IS NULL OR event.actor_id = %(worker)s) AND event.at >= %(since)s
) look
WHERE NOT (is_exempt AND %(is_own)s)
GROUP BY on_day, organisation_id, role, purpose, action, actor_kind, why
ORDER BY on_day DESC, max(at) DESC LIMIT %(limit)s
"""
LOOKING = """
SELECT actor_id, mode() WITHIN GROUP (ORDER BY organisation_id), mode() WITHIN GROUP (ORDER BY role),
       count(DISTINCT person_id) FILTER (WHERE outcome = 'allowed'),
       count(DISTINCT person_id) FILTER (WHERE outcome = 'refused'), bool_or(actor_kind = 'program')
FROM audit_event
WHERE at > %s AND at <= %s AND action = 'open record' AND actor_kind IN ('worker', 'program')
GROUP BY actor_id ORDER BY actor_id
"""
AT_OWN = """
SELECT DISTINCT actor_id, organisation_id, role, person_id, detail ->> 'bar' FROM audit_event
WHERE at > %s AND at <= %s AND action = 'open record' AND actor_kind = 'worker'
  AND detail ->> 'bar' IN ('own_record', 'family')
ORDER BY actor_id, person_id
"""
SEARCHES = """
SELECT count(*) FROM audit_event
WHERE actor_id = %s AND at > %s AND action = 'list people' AND detail ->> 'search' = %s
"""
ASKED = "SELECT count(*) FROM audit_event WHERE actor_id = %s AND at > %s"
ALWAYS = datetime.min.replace(tzinfo=clock.LONDON)

KEPT_BACK = """
SELECT written_at, until, written_by = worker_id FROM audit_exemption
WHERE person_id = %s AND worker_id = %s ORDER BY id DESC LIMIT 1
"""


class Look(NamedTuple):
    """All looks of one day by one role of one organisation for one purpose."""

    on: date
    organisation_id: UUID | None  # None: the server's own console
    role: str
    purpose: str
    action: str  # open record, print sheet
    actor_kind: str  # worker, program, script
    emergency: str  # the opening it rested on, "" for none
    times: int
    last_at: datetime
    is_exempt: bool  # not shown to the person, for now


class Looks(NamedTuple):
    """Whole days, the newest first, and before which day there are more; None where there are not."""

    shown: list[Look]
    older: date | None


class Looking(NamedTuple):
    """How many records one worker opened in a while, and how many stayed shut."""

    worker_id: UUID
    organisation_id: UUID
    role: str
    opened: int
    refused: int
    is_program: bool


class KeptBack(NamedTuple):
    """That one worker's looks at a record are not shown to the person, or were not."""

    written_at: datetime
    until: date  # the first day on which they are shown
    is_asked: bool  # by that worker, and not answered


class AtOwn(NamedTuple):
    """A worker who asked for a record that they had said is theirs, or of their family."""

    worker_id: UUID
    organisation_id: UUID
    role: str
    person_id: UUID
    why: str  # own_record, family


def looks(permit: Permit, *, before: date | None = None) -> Looks:
    """Who looked at the permit's record; the person is not shown exempt looks."""
    end = clock.start_of(before) if before else permit.at
    found = _looks(permit.person_id, permit, before=end, since=ALWAYS, is_own=permit.purpose == OWN)
    if len(found) <= SHOWN:
        return Looks(found, None)
    whole = [each for each in found if each.on > found[SHOWN].on] or found[:SHOWN]
    return Looks(whole, whole[-1].on)


def looks_by(permit: ListPermit, person_id: UUID, *, worker_id: UUID, since: datetime) -> list[Look]:
    """One worker's looks at this record since then, for whoever reviews them."""
    return _looks(person_id, permit, before=permit.at, since=since, is_own=False, worker_id=worker_id)


def kept_back(permit: Permit) -> KeptBack | None:
    """Whether this worker's looks at the permit's record are kept from the person; None if never."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT_BACK, [permit.person_id, permit.worker_id])
        row = cursor.fetchone()
    return KeptBack._make(row) if row else None


def looking(permit: TimerPermit, *, since: datetime) -> list[Looking]:
    """What each worker opened since then."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKING, [since, permit.at])
        return [Looking._make(row) for row in cursor.fetchall()]


def searches(permit: ListPermit, *, among: str, since: datetime) -> int:
    """How often this worker has looked for somebody `among` these since then, this time included."""
    with connection.cursor() as cursor:
        cursor.execute(SEARCHES, [permit.worker_id, since, among])
        return int(cursor.fetchone()[0])


def asked(worker_id: UUID, *, since: datetime) -> int:
    """How often a program, or whoever it is, has asked for anything that is logged since then."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [worker_id, since])
        return int(cursor.fetchone()[0])


def at_own(permit: TimerPermit, *, since: datetime) -> list[AtOwn]:
    """Who asked since then for a record of their own or of their family."""
    with connection.cursor() as cursor:
        cursor.execute(AT_OWN, [since, permit.at])
        return [AtOwn._make(row) for row in cursor.fetchall()]


def _looks(
    person_id: UUID,
    permit: Permit | ListPermit,
    *,
    before: datetime,
    since: datetime,
    is_own: bool,
    worker_id: UUID | None = None,
) -> list[Look]:
    asked: dict[str, Any] = {
        "person": person_id,
        "on": clock.day_of(permit.at),
        "before": before,
        "since": since,
        "worker": worker_id,
        "is_own": is_own,
        "limit": SHOWN + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOOKS, asked)
        return [Look._make(row) for row in cursor.fetchall()]
