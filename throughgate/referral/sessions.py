"""Sessions: who is booked on one, and of whom it is said already whether they came."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import visible
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.record import seen
from throughgate.referral.models import Appointment
from throughgate.referral.queries import STANDS, WORDS


@dataclass(frozen=True, kw_only=True)
class Session:
    """One meeting that several people come to."""

    what: str  # code set appointment_kinds
    at: datetime
    dated_by: str  # time, day
    with_whom: str = ""  # the name of a group
    place: str = ""

    @property
    def key(self) -> str:
        """Which one an outcome is about, where nobody booked them: at one moment somebody is in one place."""
        return f"session {self.what} {self.at.astimezone(UTC):%Y-%m-%dT%H:%M}"


class Attending(NamedTuple):
    """Somebody booked on a session, of whom it is said what came of it, or who is asked for beside these."""

    person_id: UUID
    name: str
    birth_date: date | None
    key: str  # the appointment, or the session
    outcome: str  # code set attendance_outcomes; "" nothing said yet
    is_booked: bool


IT = "said.what = %(what)s AND (%(with_whom)s = '' OR lower(said.with_whom) = lower(%(with_whom)s))"
# Each person by the timeline of their identities, since a session is one moment of it.
ATTENDING = f"""
SELECT DISTINCT ON (person.sort_name, person.id)
       person.id, person.display_name, person.birth_date, booked.item, coalesce(last.outcome, ''),
       booked.item <> %(session)s
FROM (
    SELECT identity.person_id, entry.item FROM people_identity identity
    JOIN record_entry entry ON entry.identity_id = identity.id AND entry.happened_at = %(at)s
         AND entry.kind = 'appointment'
    JOIN referral_appointment said ON said.entry_id = entry.id AND {IT}
    WHERE identity.person_id IN ({{people}}) AND {STANDS}
    UNION
    SELECT identity.person_id, entry.item FROM people_identity identity
    JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'appointment_outcome'
         AND entry.item = %(session)s
    JOIN referral_appointmentoutcome said ON said.entry_id = entry.id AND {IT}
    WHERE identity.person_id IN ({{people}}) AND {STANDS}
    UNION
    SELECT person_id, %(session)s FROM unnest(%(also)s::uuid[]) AS marked (person_id)
    WHERE person_id IN ({{people}})) booked
JOIN people_person person ON person.id = booked.person_id
LEFT JOIN LATERAL ({WORDS}) last ON true
ORDER BY person.sort_name, person.id, booked.item = %(session)s
"""
CONCERNED = f"""
SELECT person_id FROM ({visible.CONCERNED}) concerned
WHERE NOT 'plan_appointments' = ANY ({visible.kept_back("concerned.person_id")})
"""
SESSIONS = f"""
SELECT said.what, entry.happened_at, entry.dated_by, said.with_whom, min(said.place)
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'appointment'
     AND entry.happened_at >= %(from)s AND entry.happened_at < %(until)s
JOIN referral_appointment said ON said.entry_id = entry.id
WHERE identity.person_id IN ({CONCERNED}) AND {STANDS}
GROUP BY said.what, entry.happened_at, entry.dated_by, said.with_whom
HAVING count(DISTINCT identity.person_id) > 1 OR said.what = 'group'
ORDER BY entry.happened_at, said.what, said.with_whom LIMIT 50
"""


def sessions(permit: ListPermit, *, on: date) -> list[Session]:
    """Those of that day that people of this hat are booked on: groups, and what several are booked on."""
    asked = _concerned(permit)
    asked |= {"from": clock.start_of(on), "until": clock.start_of(on + timedelta(days=1))}
    with connection.cursor() as cursor:
        cursor.execute(SESSIONS, asked)
        return [
            Session(what=what, at=at, dated_by=dated_by, with_whom=with_whom, place=place)
            for what, at, dated_by, with_whom, place in cursor.fetchall()
        ]


def attending(permit: ListPermit, session: Session, *, also: Collection[UUID]) -> list[Attending]:
    """Those of this hat's people who are booked on it, or of whom it is said whether they came, by name.

    `also` are people to list beside them, as far as this hat may be shown them.
    """
    return _attending(session, CONCERNED, {**_concerned(permit), "also": list(also)})


def attending_of(permits: Sequence[Permit], session: Session) -> dict[UUID, Attending]:
    """By person, what is known of the session for the people of these permits alone."""
    people = {"people": [permit.person_id for permit in permits], "also": [], **seen.NO_MORE_THAN_ALL}
    found = _attending(session, "SELECT unnest(%(people)s::uuid[])", people)
    return {each.person_id: each for each in found}


def takes_attendance(permit: ListPermit) -> bool:
    """Whether this role may be shown on a list who was to come where."""
    return Appointment.kinds["appointment"] in permit.categories


def _concerned(permit: ListPermit) -> dict[str, Any]:
    """Whom this hat may be shown; what is restricted is not for lists."""
    return {**visible.by(permit), **seen.NO_MORE_THAN_ALL}


def _attending(session: Session, people: str, asked: Mapping[str, Any]) -> list[Attending]:
    about: Mapping[str, Any] = {
        "what": session.what,
        "with_whom": session.with_whom,
        "at": session.at,
        "session": session.key,
    }
    with connection.cursor() as cursor:
        cursor.execute(ATTENDING.format(people=people), {**asked, **about})
        return [Attending._make(row) for row in cursor.fetchall()]
