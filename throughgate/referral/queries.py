"""What appointments are booked and what came of them, told by hand or by a treatment provider."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit, Refresher
from throughgate.record import lines as record_lines
from throughgate.record import seen
from throughgate.referral.models import Appointment, AppointmentOutcome
from throughgate.referral.rules import FIRST_YEAR


class AppointmentLine(NamedTuple):
    what: str  # code set appointment_kinds
    with_whom: str
    place: str
    text: str
    mode: str  # code set contact_modes; "" not told


class OutcomeLine(NamedTuple):
    what: str
    with_whom: str
    place: str
    text: str
    due_on: date
    outcome: str  # code set attendance_outcomes


Line = AppointmentLine | OutcomeLine
SHAPES: dict[str, type[Line]] = {
    **dict.fromkeys(Appointment.kinds, AppointmentLine),
    **dict.fromkeys(AppointmentOutcome.kinds, OutcomeLine),
}


class Booked(NamedTuple):
    """An appointment as it stands, or a session, and the last that was said of what came of it."""

    entry_id: UUID
    key: str  # which one it is, for an outcome to name; "" where a provider's own system tells of it
    at: datetime
    dated_by: str  # time, day
    what: str  # code set appointment_kinds; a provider's own word, where its system tells of it
    with_whom: str
    place: str
    text: str
    mode: str
    organisation_id: UUID  # who told of it
    recorded_at: datetime
    outcome: str  # code set attendance_outcomes; "" nothing said yet


class Told(NamedTuple):
    """What one appointment of one person comes to, as far as a pathway asks."""

    person_id: UUID
    on: date
    what: str  # code set appointment_kinds; treatment, where a provider's own system tells of it
    is_treatment: bool  # a prescriber or a treatment service expects them
    was_seen: bool | None  # None: booked, and nothing is said of it yet
    missed_by: str  # person, service, prison, not_known; "" nobody, as where it was moved


COURT = "court"  # of the code set appointment_kinds
STANDS = f"""entry.redacted_at IS NULL AND {seen.FOR_WHOM}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)"""
# Of what came of one appointment the last word counts, whoever said it; the timeline holds every one.
WORDS = f"""
SELECT said.outcome
FROM people_identity theirs
JOIN record_entry entry ON entry.identity_id = theirs.id AND entry.kind = 'appointment_outcome'
JOIN referral_appointmentoutcome said ON said.entry_id = entry.id
WHERE theirs.person_id = booked.person_id AND entry.item = booked.item AND {STANDS}
ORDER BY entry.as_at DESC, entry.id DESC LIMIT 1
"""
BOOKED = f"""
SELECT identity.person_id, entry.id, entry.item, entry.happened_at, entry.dated_by, said.what, said.with_whom,
       said.place, said.text, said.mode, entry.organisation_id, entry.recorded_at
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'appointment'
JOIN referral_appointment said ON said.entry_id = entry.id
WHERE identity.person_id = ANY(%(people)s) AND entry.happened_at >= %(since)s AND {STANDS}
"""
# What a provider's own system tells of is shown beside it, and never taken to be the same appointment.
FED = f"""
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'attendance'
JOIN treatment_attendance said ON said.entry_id = entry.id
WHERE identity.person_id = ANY(%(people)s) AND said.due_at >= %(since)s AND {STANDS}
"""
# What came of a session that nobody booked them on; said beforehand, it is due some time on its day.
UNBOOKED = f"""
SELECT DISTINCT ON (entry.item)
       entry.id, entry.item,
       CASE WHEN is_then THEN entry.happened_at ELSE said.due_on::timestamp AT TIME ZONE 'Europe/London' END,
       CASE WHEN is_then THEN entry.dated_by ELSE 'day' END, said.what, said.with_whom, said.place, '', '',
       entry.organisation_id, entry.recorded_at, said.outcome
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'appointment_outcome'
JOIN referral_appointmentoutcome said ON said.entry_id = entry.id
CROSS JOIN LATERAL (
    SELECT (entry.happened_at AT TIME ZONE 'Europe/London')::date = said.due_on AS is_then) day
WHERE identity.person_id = ANY(%(people)s) AND entry.happened_at >= %(since)s AND {STANDS}
  AND NOT EXISTS (SELECT FROM ({BOOKED}) booked WHERE booked.item = entry.item)
ORDER BY entry.item, entry.as_at DESC, entry.id DESC
"""
APPOINTMENTS = f"""
SELECT booked.id, booked.item, booked.happened_at, booked.dated_by, booked.what, booked.with_whom,
       booked.place, booked.text, booked.mode, booked.organisation_id, booked.recorded_at,
       coalesce(last.outcome, '')
FROM ({BOOKED}) booked LEFT JOIN LATERAL ({WORDS}) last ON true
UNION ALL
SELECT * FROM ({UNBOOKED}) unbooked
UNION ALL
SELECT entry.id, '', said.due_at, entry.dated_by, said.what, '', said.place, '', said.mode,
       entry.organisation_id, entry.recorded_at, said.outcome
{FED}
ORDER BY 3, 1
"""
TOLD = f"""
SELECT * FROM (
    SELECT DISTINCT ON (identity.person_id, entry.item)
           identity.person_id, said.due_on, NULL::timestamptz, said.what, said.outcome
    FROM people_identity identity
    JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'appointment_outcome'
    JOIN referral_appointmentoutcome said ON said.entry_id = entry.id
    WHERE identity.person_id = ANY(%(people)s) AND entry.happened_at >= %(since)s AND {STANDS}
    ORDER BY identity.person_id, entry.item, entry.as_at DESC, entry.id DESC) outcomes
UNION ALL
SELECT booked.person_id, NULL, booked.happened_at, booked.what, ''
FROM ({BOOKED}) booked WHERE NOT EXISTS ({WORDS})
UNION ALL
SELECT identity.person_id, NULL, said.due_at, 'treatment', ''
{FED} AND said.outcome = ''
"""


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def records_appointments(permit: Permit) -> bool:
    """Whether this worker may book appointments and say what came of them."""
    return Appointment.kinds["appointment"] in permit.write


def appointments(permit: Permit, *, since: date) -> list[Booked] | None:
    """Those due on that day or later, the soonest first; None where they are not shared with the worker."""
    if Appointment.kinds["appointment"] not in permit.read:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            APPOINTMENTS,
            {
                "people": [permit.person_id],
                "since": clock.start_of(since),
                **seen.by(permit),
            },
        )
        return [Booked._make(row) for row in cursor.fetchall()]


def appointment(permit: Permit, key: str) -> Booked:
    """One that a worker told of. Raises: NotFound where none of that key stands that this worker may read."""
    found = appointments(permit, since=date(FIRST_YEAR, 1, 1)) or []
    one = next((each for each in found if key and each.key == key), None)
    if one is None:
        raise NotFound
    return one


def next_in_court(permit: Permit) -> date | None:
    """The next day in court that is booked, wherever they are now; None, too, where none is shared."""
    on = clock.day_of(permit.at)
    found = appointments(permit, since=on) or []
    return next((clock.day_of(each.at) for each in found if each.what == COURT and not each.outcome), None)


def told(permit: Refresher, person_ids: Sequence[UUID], *, since: date) -> list[Told]:
    """What came of these people's appointments since that day, and which are still booked, in one query.

    What came of those that a provider's own system tells of is for `treatment.days` to say.
    """
    kinds, outcomes = code_set("appointment_kinds"), code_set("attendance_outcomes")
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            TOLD, {"people": list(person_ids), "since": clock.start_of(since), **seen.NO_MORE_THAN_ALL}
        )
        for person_id, due_on, due_at, what, outcome in cursor.fetchall():
            row = outcomes.get(outcome)
            found.append(
                Told(
                    person_id=person_id,
                    on=due_on or clock.day_of(due_at),
                    what=what,
                    is_treatment=(kinds.get(what) or {}).get("is_treatment") == "yes",
                    was_seen=row["was_seen"] == "yes" if row else None,
                    missed_by=row["missed_by"] if row else "",
                )
            )
    return found
