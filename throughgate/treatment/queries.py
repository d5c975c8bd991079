"""What providers say about somebody's treatment: medicines side by side, and what each entry says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.record import lines as record_lines
from throughgate.treatment import rules
from throughgate.treatment.rules import DoseFact, MedicineLine, PrescriptionFact, Told

# A prescription is reviewed and sent again within four weeks; what was told longer ago may have changed since
# without our hearing of it.
OLD_AFTER_DAYS = 28


class EpisodeLine(NamedTuple):
    referred_on: date | None
    triaged_on: date | None
    started_on: date | None
    ended_on: date | None
    end_reason: str
    drugs: list[str]


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
    prescriber: str


class DoseLine(NamedTuple):
    medicine: str
    taken_on: date
    taken_at: datetime | None  # None: the time was not recorded
    amount_as_written: str
    unit: str


class AttendanceLine(NamedTuple):
    due_at: datetime
    what: str
    outcome: str  # code set `attendance_outcomes`
    mode: str


class UnreadLine(NamedTuple):
    field: str
    as_written: str
    problem: str


Line = EpisodeLine | InterventionLine | PrescriptionLine | DoseLine | AttendanceLine | UnreadLine
SHAPES: dict[str, type[Line]] = {
    "treatment_episode": EpisodeLine,
    "intervention": InterventionLine,
    "prescription": PrescriptionLine,
    "dose": DoseLine,
    "attendance": AttendanceLine,
    "treatment_unread": UnreadLine,
}


@dataclass(frozen=True, slots=True)
class Medicines:
    """Medicines as each source says; `is_treated`: some source tells of treatment at all."""

    medicines: tuple[MedicineLine, ...]
    is_treated: bool


CURRENT = """
JOIN record_entry entry ON entry.id = said.entry_id
WHERE entry.identity_id = ANY(%(identities)s)
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id
                  AND (%(known_on)s::timestamptz IS NULL OR newer.recorded_at <= %(known_on)s))
  AND (%(known_on)s::timestamptz IS NULL OR entry.recorded_at <= %(known_on)s)
  AND (%(restricted)s OR NOT entry.restricted) AND entry.redacted_at IS NULL
"""
# The newest word on each prescription, and the last dose of each medicine, however often they were told.
PRESCRIPTIONS = (
    """
SELECT DISTINCT ON (entry.identity_id, said.prescription_key)
       entry.organisation_id::text, entry.source, entry.as_at,
       said.prescription_key, said.medicine, said.dose, said.dose_as_written, said.unit, said.form,
       said.frequency, said.supervised, said.started_on, said.until_on, said.stopped_on, said.prescriber
FROM treatment_prescription said"""
    + CURRENT
    + """AND entry.kind = 'prescription'
ORDER BY entry.identity_id, said.prescription_key, entry.as_at DESC, entry.id DESC
"""
)
DOSES = (
    """
SELECT DISTINCT ON (entry.identity_id, lower(said.medicine))
       entry.organisation_id::text, entry.source, entry.as_at,
       said.medicine, said.taken_on, said.taken_at, said.amount, said.amount_as_written, said.unit
FROM treatment_dose said"""
    + CURRENT
    + """AND entry.kind = 'dose'
ORDER BY entry.identity_id, lower(said.medicine), said.taken_on DESC, said.taken_at DESC NULLS LAST,
         entry.as_at DESC, entry.id DESC
"""
)
EPISODES = (
    "SELECT 1 FROM treatment_episodereport said" + CURRENT + "AND entry.kind = 'treatment_episode' LIMIT 1"
)


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def medicines(
    permit: Permit, identity_ids: Sequence[UUID], *, on: date, known_on: datetime | None = None
) -> Medicines | None:
    """Medicines as each source says on that day; None where this is not shared with the worker."""
    if "treatment_medicines" not in permit.read:
        return None
    about = {"identities": list(identity_ids), "known_on": known_on, "restricted": permit.read_restricted}
    prescriptions = [_prescription(row) for row in _rows(PRESCRIPTIONS, about)]
    doses = [_dose(row) for row in _rows(DOSES, about)]
    known = code_set("medicine_names").labels().values()
    told = rules.medicines_by_source(prescriptions, doses, on=on, old_after_days=OLD_AFTER_DAYS, known=known)
    return Medicines(told, is_treated=bool(told or _rows(EPISODES, about)))


def _rows(query: str, about: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, about)
        return cursor.fetchall()


def _prescription(row: tuple[Any, ...]) -> Told[PrescriptionFact]:
    organisation, source, known_at, key, medicine, *rest = row
    dose, dose_as_written, unit, form, frequency, supervised, started_on, until_on, stopped_on, prescriber = (
        rest
    )
    fact = PrescriptionFact(
        key=key,
        medicine=medicine,
        dose=dose,
        dose_as_written=dose_as_written,
        unit=unit,
        form=form,
        frequency=frequency,
        supervised=supervised,
        started_on=started_on,
        until_on=until_on,
        stopped_on=stopped_on,
        prescriber=prescriber,
    )
    return Told(fact=fact, organisation=organisation, source=source, known_at=known_at, reference=key)


def _dose(row: tuple[Any, ...]) -> Told[DoseFact]:
    organisation, source, known_at, medicine, taken_on, taken_at, amount, as_written, unit = row
    fact = DoseFact(
        medicine=medicine,
        taken_on=taken_on,
        taken_at=taken_at,
        amount=amount,
        amount_as_written=as_written,
        unit=unit,
    )
    return Told(fact=fact, organisation=organisation, source=source, known_at=known_at)
