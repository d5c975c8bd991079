"""Where somebody is held and until when: from what is derived for now, from the entries for a day gone by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.custody import derived, intake
from throughgate.custody.derived import Told
from throughgate.custody.rules import (
    BestDate,
    DatedBy,
    ExpectedDate,
    Movement,
    MovementKind,
    PlacedMovement,
    StandingKind,
    Stay,
    best_release_date,
    standing,
    stays,
    told_lately,
    without_echoes,
)
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.record import seen


class StayLine(NamedTuple):
    prison: str
    starts_on: date
    ends_on: date | None  # the first day not there
    out_now: str
    started_by: str
    ended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    standing: str  # one of StandingKind; "" where custody has told nothing of it
    cell: str
    stays: tuple[StayLine, ...]  # newest first
    dates: BestDate | None  # with those told lately that were not chosen
    other_dates: tuple[ExpectedDate, ...]  # told where none can stand for the release
    flags: tuple[str, ...]
    as_at: datetime | None

    @property
    def now(self) -> StayLine | None:
        """The stay that goes on."""
        return self.stays[0] if self.stays and self.stays[0].ends_on is None else None

    @property
    def told_by(self) -> set[str]:
        """The codes of the organisations that told the dates."""
        if self.dates is None:
            return set()
        return {self.dates.chosen.organisation, *(loser.told.organisation for loser in self.dates.losers)}


STANDING = """
SELECT standing.standing, standing.cell, standing.flags::json, standing.dates::json, standing.as_at,
       (SELECT json_agg(json_build_array(stay.prison, stay.starts_on, stay.ends_on, stay.out_now,
                                         stay.started_by, stay.ended_by) ORDER BY stay.starts_on DESC)
        FROM custody_stay stay WHERE stay.person_id = standing.person_id)
FROM custody_standing standing WHERE standing.person_id = %s
"""
# The current entries of one body, oldest word first; with a moment, those that were current and known then.
CURRENT = (
    """
FROM record_entry entry
JOIN {body} said ON said.entry_id = entry.id
JOIN people_identity identity ON identity.id = entry.identity_id
JOIN directory_organisation organisation ON organisation.id = entry.organisation_id
WHERE entry.identity_id = ANY(%(identities)s) AND entry.kind = ANY(%(kinds)s)
  AND entry.redacted_at IS NULL AND """
    + seen.FOR_WHOM
    + """
  AND (%(known_on)s::timestamptz IS NULL OR entry.recorded_at <= %(known_on)s)
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id
                  AND (%(known_on)s::timestamptz IS NULL OR newer.recorded_at <= %(known_on)s))
{unless}ORDER BY entry.as_at, organisation.code || ' ' || identity.key, entry.item, entry.id
"""
)
MOVEMENT = (
    "what",
    "happened_on",
    "dated_by",
    "from_prison",
    "to_prison",
    "movement_type",
    "movement_reason",
    "booking",
    "true_release",
    "starts_clock",
    "notice",
    "check_by_hand",
    "missed",
)
BODIES = {
    "movement": ("custody_movement", MOVEMENT),
    "expected_date": ("custody_expecteddate", ("date_type", "expected_on", "certainty", "told_by")),
    "legal_status": ("custody_legalstatus", ("legal_status", "status_code", "recall")),
    "recall_issued": ("custody_legalstatus", ("legal_status",)),
    "location": ("custody_location", ("prison", "cell")),
}
UNLESS = {"movement": derived.UNLESS_HEARD.format(by="coalesce(%(known_on)s, 'infinity'::timestamptz)")}
CONTESTED = "told_another_day"  # a worker, than the prison's record has
Row = tuple[Any, ...]  # identity, organisation code, as-at, then what the body says


def now(permit: Permit, identity_ids: Sequence[UUID]) -> Panel:
    """The panel as it stands today, from what is derived. Two queries more for who may know of a recall."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [permit.person_id])
        kind, cell, flags, dates, as_at, rows = cursor.fetchone() or ("", "", (), (), None, ())
    told = tuple(_stay(row) for row in rows or ())
    return _panel(
        permit,
        kind=_with_recall(permit, kind, identity_ids, known_on=None),
        cell=cell,
        told=told,
        dates=[derived.read_date(each) for each in dates],
        on=clock.day_of(permit.at),
        flags=tuple(flags),
        as_at=as_at,
    )


def as_known(permit: Permit, identity_ids: Sequence[UUID], *, known_on: datetime) -> Panel:
    """The panel worked out anew, by the same rules, from the entries known at that moment."""
    told = Told(
        movements=without_echoes(
            [
                _placed(row, order)
                for order, row in enumerate(_read(permit, "movement", identity_ids, known_on=known_on))
            ]
        ),
        dates=[
            ExpectedDate(
                type=kind,
                on=on,
                organisation=organisation,
                known_at=as_at,
                certainty=certainty,
                told_by=told_by,
            )
            for _identity, organisation, as_at, kind, on, certainty, told_by in _read(
                permit, "expected_date", identity_ids, known_on=known_on
            )
        ],
        legal=[
            (identity, *said, as_at)
            for identity, _organisation, as_at, *said in _read(
                permit, "legal_status", identity_ids, known_on=known_on
            )
        ],
        places=[
            (*said, as_at)
            for _identity, _organisation, as_at, *said in _read(
                permit, "location", identity_ids, known_on=known_on
            )
        ],
    )
    on = clock.day_of(known_on)
    result = stays(told.movements, as_at=known_on)
    stands = standing(
        told.states(),
        told.movements,
        on=on,
        codes=intake.codes(),
        legal_statuses=derived.legal_statuses(),
    )
    kind = stands.kind.value if stands else ""
    return _panel(
        permit,
        kind=_with_recall(permit, kind, identity_ids, known_on=known_on),
        cell=told.places[-1][1] if told.places else "",
        told=tuple(_stay_line(stay) for stay in reversed(result.stays)),
        dates=told_lately(told.dates_since(result.came_on)),
        on=on,
        flags=tuple(sorted({flag.key for flag in (*result.flags, *told.contradictions())})),
        as_at=told.as_at if told.movements or told.dates or told.legal or told.places else None,
    )


def _panel(
    permit: Permit,
    *,
    kind: str,
    cell: str,
    told: tuple[StayLine, ...],
    dates: list[ExpectedDate],
    on: date,
    flags: tuple[str, ...],
    as_at: datetime | None,
) -> Panel:
    best = best_release_date(
        dates,
        on=on,
        types=derived.types(),
        on_recall=kind == StandingKind.BACK_ON_RECALL,
        prison=told[0].prison if told and told[0].ends_on is None else "",
    )
    return Panel(
        standing=kind,
        cell=cell,
        stays=told,
        dates=best,
        other_dates=tuple(dates) if best is None else (),
        flags=(*flags, CONTESTED) if best and best.is_contested else flags,
        as_at=as_at,
    )


def _read(permit: Permit, kind: str, identity_ids: Sequence[UUID], *, known_on: datetime | None) -> list[Row]:
    body, fields = BODIES[kind]
    columns = ", ".join(f"said.{name}" for name in fields)
    head = f"SELECT {derived.IDENTITY}, organisation.code, entry.as_at, {columns}"
    with connection.cursor() as cursor:
        cursor.execute(
            head + CURRENT.format(body=body, unless=UNLESS.get(kind, "")),
            {
                "identities": list(identity_ids),
                "kinds": [kind],
                **seen.by(permit),
                "known_on": known_on,
            },
        )
        rows: list[Row] = cursor.fetchall()
        return rows


def _with_recall(
    permit: Permit, kind: str, identity_ids: Sequence[UUID], *, known_on: datetime | None
) -> str:
    """The standing, with a recall issued where the worker may know of it: it may tip somebody off."""
    if kind != StandingKind.NOT_IN_CUSTODY or not permit.read_restricted:
        return kind
    if "licence_supervision" not in permit.read:
        return kind
    recalls = _read(permit, "recall_issued", identity_ids, known_on=known_on)
    legal = _read(permit, "legal_status", identity_ids, known_on=known_on)
    is_newer = recalls and (not legal or recalls[-1][2] > legal[-1][2])
    return StandingKind.RECALL_ISSUED.value if is_newer else kind


def _placed(row: Row, order: int) -> PlacedMovement:
    identity, organisation, known_at, *said = row
    given = dict(zip(MOVEMENT, said, strict=True))
    given |= {"what": MovementKind(given["what"]), "dated_by": DatedBy(given["dated_by"])}
    given["reason"] = given.pop("movement_reason")
    movement = Movement(**given)
    return PlacedMovement(
        movement=movement, identity=identity, organisation=organisation, known_at=known_at, order=order
    )


def _stay(row: Sequence[Any]) -> StayLine:
    prison, starts_on, ends_on, *rest = row
    ends = date.fromisoformat(ends_on) if ends_on else None
    return StayLine(prison, date.fromisoformat(starts_on), ends, *rest)


def _stay_line(stay: Stay) -> StayLine:
    return StayLine(
        stay.prison,
        stay.start,
        stay.end,
        stay.out_now.value,
        stay.started_by.value,
        stay.ended_by.value if stay.ended_by else "",
    )
