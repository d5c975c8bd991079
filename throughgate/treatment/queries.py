"""What providers say about somebody's treatment: medicines side by side, and what each entry says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeVar, cast
from uuid import UUID

from django.db import connection

from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit, Refresher
from throughgate.record import lines as record_lines
from throughgate.record import seen
from throughgate.treatment import rules
from throughgate.treatment.rules import DoseFact, MedicineLine, PrescriptionFact, Told

# A prescription is reviewed and sent again within four weeks; what was told longer ago may have changed since
# without our hearing of it.
OLD_AFTER_DAYS = 28
F = TypeVar("F", PrescriptionFact, DoseFact)


class EpisodeLine(NamedTuple):
    referred_on: date | None
    triaged_on: date | None
    started_on: date | None
    ended_on: date | None
    end_reason: str
    drugs: list[str]
    consent: str  # yes, no; "" not recorded. To NDTMS only
    more: dict[str, str]  # other columns of the episode, as written


class InterventionLine(NamedTuple):
    modality: str
    setting: str
    started_on: date | None
    ended_on: date | None
    exit_status: str


class PrescriptionLine(NamedTuple):
    medicine: str
    dose_as_written: str
    unit: str
    form: str
    frequency: str
    supervised: str  # code set `supervision`; "" not recorded
    started_on: date | None
    until_on: date | None
    stopped_on: date | None
    next_dose_on: date | None
    prescriber: str
    pharmacy: str


class DoseLine(NamedTuple):
    medicine: str
    taken_on: date
    taken_at: datetime | None  # None: the time was not recorded
    amount_as_written: str
    unit: str


class NaloxoneLine(NamedTuple):
    state: str  # code set `naloxone_states`
    text: str


class AttendanceLine(NamedTuple):
    due_at: datetime
    what: str
    outcome: str  # code set `attendance_outcomes`; "" not known yet
    mode: str
    place: str


class UnreadLine(NamedTuple):
    field: str
    as_written: str
    problem: str


Line = (
    EpisodeLine | InterventionLine | PrescriptionLine | DoseLine | NaloxoneLine | AttendanceLine | UnreadLine
)
SHAPES: dict[str, type[Line]] = {
    "treatment_episode": EpisodeLine,
    "intervention": InterventionLine,
    "prescription": PrescriptionLine,
    "dose": DoseLine,
    "naloxone": NaloxoneLine,
    "attendance": AttendanceLine,
    "treatment_unread": UnreadLine,
}


@dataclass(frozen=True, slots=True)
class Medicines:
    """Medicines as each source says; `is_treated`: some source tells of treatment at all."""

    medicines: tuple[MedicineLine, ...]
    is_treated: bool


class Attended(NamedTuple):
    """An appointment that is over. One that was only moved is neither kept nor missed."""

    person_id: UUID
    on: date
    was_seen: bool
    is_pick_up: bool  # medicine was to be collected, or taken under supervision


class Supplied(NamedTuple):
    """A prescription as far as its clock goes; the medicine by its known name."""

    medicine: str
    starts_on: date | None
    until: date | None  # the last day covered; of what a nurse gives, the day the next is due
    stopped_on: date | None
    supervised: str  # of the code set supervision; "" not said
    pharmacy: str  # as written; "" not said


CURRENT = f"""
JOIN record_entry entry ON entry.id = said.entry_id
WHERE entry.identity_id = ANY(%(identities)s)
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id
                  AND (%(known_on)s::timestamptz IS NULL OR newer.recorded_at <= %(known_on)s))
  AND (%(known_on)s::timestamptz IS NULL OR entry.recorded_at <= %(known_on)s)
  AND {seen.FOR_WHOM} AND entry.redacted_at IS NULL
"""
# One read for all: the newest word on each prescription, the last dose of each medicine, and whether there is
# a treatment at all. Columns that one of them lacks are empty.
MEDICINES = (
    """
(SELECT DISTINCT ON (entry.identity_id, said.prescription_key)
        entry.kind, entry.identity_id, entry.item, entry.organisation_id::text, entry.source,
        entry.recorded_by::text, entry.as_at, said.prescription_key, said.medicine, said.dose,
        said.dose_as_written, said.unit, said.form, said.frequency, said.supervised, said.started_on,
        said.until_on, said.stopped_on, said.next_dose_on, said.prescriber, said.pharmacy,
        NULL::date AS taken_on, NULL::timestamptz AS taken_at
 FROM treatment_prescription said"""
    + CURRENT
    + """AND entry.kind = 'prescription'
 ORDER BY entry.identity_id, said.prescription_key, entry.as_at DESC, entry.id DESC)
UNION ALL
(SELECT DISTINCT ON (entry.identity_id, lower(said.medicine))
        entry.kind, entry.identity_id, entry.item, entry.organisation_id::text, entry.source,
        entry.recorded_by::text, entry.as_at, '', said.medicine, said.amount,
        said.amount_as_written, said.unit, '', '', '', NULL, NULL, NULL, NULL, '', '',
        said.taken_on, said.taken_at
 FROM treatment_dose said"""
    + CURRENT
    + """AND entry.kind = 'dose'
 ORDER BY entry.identity_id, lower(said.medicine), said.taken_on DESC, said.taken_at DESC NULLS LAST,
          entry.as_at DESC, entry.id DESC)
UNION ALL
(SELECT entry.kind, NULL, '', '', '', NULL, entry.as_at, '', '', NULL,
        '', '', '', '', '', NULL, NULL, NULL, NULL, '', '', NULL, NULL
 FROM treatment_episodereport said"""
    + CURRENT
    + """AND entry.kind = 'treatment_episode' LIMIT 1)
"""
)
SUPPLIES = f"""
SELECT DISTINCT ON (entry.identity_id, said.prescription_key)
       identity.person_id, said.medicine, said.started_on,
       CASE WHEN said.supervised = 'administered' THEN coalesce(said.next_dose_on, said.until_on)
            ELSE said.until_on END, said.stopped_on, said.supervised, said.pharmacy
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'prescription'
JOIN treatment_prescription said ON said.entry_id = entry.id
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
ORDER BY entry.identity_id, said.prescription_key, entry.as_at DESC, entry.id DESC
"""
NALOXONE = f"""
SELECT identity.person_id, said.state, entry.happened_at
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'naloxone'
JOIN treatment_naloxone said ON said.entry_id = entry.id
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
ORDER BY entry.happened_at, entry.id
"""
DAYS = f"""
SELECT identity.person_id, said.due_at, said.what, said.outcome
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'attendance'
JOIN treatment_attendance said ON said.entry_id = entry.id
WHERE identity.person_id = ANY(%s) AND said.due_at >= %s AND entry.redacted_at IS NULL
  AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
"""


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def medicines(
    permit: Permit,
    identity_ids: Sequence[UUID],
    *,
    on: date,
    known_on: datetime | None = None,
    last_said: Mapping[tuple[UUID, str], datetime] = MappingProxyType({}),
) -> Medicines | None:
    """Medicines as each source says on that day; None where this is not shared with the worker.

    An entry tells when something was said first; `last_said`, by identity and item, when it was last said
    again unchanged, so that a word repeated every night does not grow old.
    """
    if "treatment_medicines" not in permit.read:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            MEDICINES,
            {
                "identities": list(identity_ids),
                "known_on": known_on,
                **seen.by(permit),
            },
        )
        rows = [_said_last(_Row._make(row), last_said) for row in cursor.fetchall()]
    told = rules.medicines_by_source(
        [_prescription(row) for row in rows if row.kind == "prescription"],
        [_dose(row) for row in rows if row.kind == "dose"],
        on=on,
        old_after_days=OLD_AFTER_DAYS,
        known=code_set("medicine_names").labels().values(),
    )
    return Medicines(told, is_treated=bool(rows))


def supplies(permit: Refresher, person_ids: Sequence[UUID]) -> dict[UUID, list[Supplied]]:
    """The newest word on each prescription of these people, in one query."""
    found: dict[UUID, list[Supplied]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(SUPPLIES, [list(person_ids)])
        for person_id, medicine, *rest in cursor.fetchall():
            found[person_id].append(Supplied(_known_name(medicine), *rest))
    return found


def days(permit: Refresher, person_ids: Sequence[UUID], *, since: date) -> list[Attended]:
    """Each appointment since that day of which it is told that they were seen, or that it was missed."""
    outcomes, pick_ups = code_set("attendance_outcomes"), code_set("pick_up_words")
    with connection.cursor() as cursor:
        cursor.execute(DAYS, [list(person_ids), clock.start_of(since)])
        return [
            Attended(
                person_id=person_id,
                on=clock.day_of(due_at),
                was_seen=row["was_seen"] == "yes",
                is_pick_up=what.strip().lower() in pick_ups,
            )
            for person_id, due_at, what, outcome in cursor.fetchall()
            if (row := outcomes.get(outcome)) and (row["was_seen"] == "yes" or row["missed_by"])
        ]


def naloxone(permit: Refresher, person_ids: Sequence[UUID]) -> list[tuple[UUID, str, date]]:
    """How far each was with naloxone, oldest word first: who, which of `naloxone_states`, and when."""
    with connection.cursor() as cursor:
        cursor.execute(NALOXONE, [list(person_ids)])
        return [(person_id, state, clock.day_of(at)) for person_id, state, at in cursor.fetchall()]


def records_medicines(permit: Permit) -> bool:
    """Whether this worker may record a medicine, a dose or naloxone."""
    return "treatment_medicines" in permit.write


class _Row(NamedTuple):
    """A prescription, a last dose, or the bare fact of a treatment."""

    kind: str
    identity_id: UUID | None
    item: str
    organisation: str
    source: str
    recorded_by: str | None  # None: a feed
    as_at: datetime
    key: str
    medicine: str
    number: Decimal | None
    as_written: str
    unit: str
    form: str
    frequency: str
    supervised: str
    started_on: date | None
    until_on: date | None
    stopped_on: date | None
    next_dose_on: date | None
    prescriber: str
    pharmacy: str
    taken_on: date | None
    taken_at: datetime | None


def _said_last(row: _Row, last_said: Mapping[tuple[UUID, str], datetime]) -> _Row:
    again = last_said.get((row.identity_id, row.item)) if row.identity_id else None
    return row._replace(as_at=max(row.as_at, again)) if again else row


def _prescription(row: _Row) -> Told[PrescriptionFact]:
    fact = PrescriptionFact(
        key=row.key,
        medicine=row.medicine,
        dose=row.number,
        dose_as_written=row.as_written,
        unit=row.unit,
        form=row.form,
        frequency=row.frequency,
        supervised=row.supervised,
        started_on=row.started_on,
        until_on=row.until_on,
        stopped_on=row.stopped_on,
        next_dose_on=row.next_dose_on,
        prescriber=row.prescriber,
        pharmacy=row.pharmacy,
    )
    return _told(fact, row)


def _dose(row: _Row) -> Told[DoseFact]:
    fact = DoseFact(
        medicine=row.medicine,
        taken_on=cast("date", row.taken_on),
        taken_at=row.taken_at,
        amount=row.number,
        amount_as_written=row.as_written,
        unit=row.unit,
    )
    return _told(fact, row)


def _told(fact: F, row: _Row) -> Told[F]:
    return Told(
        fact=fact,
        organisation=row.organisation,
        source=row.source,
        known_at=row.as_at,
        reference=row.key,
        worker=row.recorded_by or "",
    )


@lru_cache(maxsize=1000)
def _known_name(written: str) -> str:
    return rules.medicine_name(written, known=code_set("medicine_names").labels().values())
