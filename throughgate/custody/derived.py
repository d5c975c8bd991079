"""What follows from custody entries: stays, where somebody stands now, and who is concerned with them.

All of it can be made again from the entries at any time; nothing here is a source of truth.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from throughgate.access import actions as access
from throughgate.access import policy
from throughgate.access.actions import Concern
from throughgate.custody import intake
from throughgate.custody.rules import (
    CustodyState,
    DatedBy,
    DateTypes,
    Document,
    ExpectedDate,
    Flag,
    Movement,
    MovementKind,
    PlacedMovement,
    PlacedState,
    StandingKind,
    Stay,
    StayResult,
    best_release_date,
    contradictions,
    date_types,
    standing,
    stays,
    told_lately,
    without_echoes,
)
from throughgate.directory import actions as directory
from throughgate.foundation import clock, leave
from throughgate.foundation.codesets import code_set
from throughgate.foundation.copying import copy_in
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Refresher
from throughgate.record import seen

# Who told of two things of one moment is told apart by names, not by ids: those depend on who came in first.
IDENTITY = "organisation.code || ' ' || identity.key"
# What is derived is read by people who may not know of what is restricted, such as a recall issued.
CURRENT = f"""
FROM people_identity identity
CROSS JOIN LATERAL (
    SELECT * FROM record_entry entry
    WHERE entry.identity_id = identity.id AND entry.kind = ANY(%s) AND entry.redacted_at IS NULL
      AND {seen.BY_ALL}
      AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
{{unless}}    OFFSET 0) entry
CROSS JOIN LATERAL (SELECT * FROM {{body}} body WHERE body.entry_id = entry.id OFFSET 0) body
JOIN directory_organisation organisation ON organisation.id = entry.organisation_id
WHERE identity.person_id = ANY(%s)
ORDER BY entry.as_at, {IDENTITY}, entry.item, entry.id
"""
# What an event told counts until its prison's record is heard of a later moment.
UNLESS_HEARD = """  AND NOT EXISTS (SELECT FROM custody_bridging event
                  WHERE event.entry_id = entry.id AND event.heard_at <= {by})
"""
MOVEMENTS = (
    f"SELECT identity.person_id, {IDENTITY}, organisation.code, entry.as_at, body.what,"
    " body.happened_on, body.dated_by, body.from_prison, body.to_prison, body.movement_type,"
    " body.movement_reason, body.booking, body.true_release, body.starts_clock, body.notice,"
    " body.check_by_hand, body.missed"
    + CURRENT.format(body="custody_movement", unless=UNLESS_HEARD.format(by="'infinity'"))
)
DATES = (
    "SELECT identity.person_id, body.date_type, body.expected_on, organisation.code, entry.as_at,"
    " body.certainty, body.told_by" + CURRENT.format(body="custody_expecteddate", unless="")
)
LEGAL = (
    f"SELECT identity.person_id, {IDENTITY}, body.legal_status, body.status_code, body.recall,"
    " entry.as_at" + CURRENT.format(body="custody_legalstatus", unless="")
)
PLACES = "SELECT identity.person_id, body.prison, body.cell, entry.as_at" + CURRENT.format(
    body="custody_location", unless=""
)
STAY = (
    "id uuid, person_id uuid, prison text, starts_on date, ends_on date, out_now text, started_by text,"
    " ended_by text, booking text"
)
STANDING = (
    "person_id uuid, prison text, cell text, standing text, out_now text, release_on date, release_type text,"
    " release_certainty text, flags jsonb, dates jsonb, as_at timestamptz"
)
# What a source would say of somebody whose last movement this was; any other has left.
STATUS = {
    **dict.fromkeys(
        (
            MovementKind.RECEIVED,
            MovementKind.TRANSFERRED,
            MovementKind.BACK_IN_CUSTODY,
            MovementKind.BACK_FROM_COURT,
            MovementKind.BACK_FROM_LEAVE,
            MovementKind.BACK_FROM_HOSPITAL,
        ),
        "ACTIVE IN",
    ),
    MovementKind.TO_COURT: "ACTIVE OUT",
    MovementKind.ON_LEAVE: "ACTIVE OUT",
    MovementKind.ESCAPED_OR_ABSENT: "ACTIVE OUT",
    MovementKind.IN_TRANSIT: "INACTIVE TRN",
}
# What changes nothing about where somebody is: a hearing by video, a record joined to another, a riddle.
ON_PAPER = frozenset({MovementKind.ADMINISTRATIVE, MovementKind.UNCLEAR})
DEAD = "DEAD"  # as a source codes it for a legal status
# When a worker last found that a reported death was a mistake.
MISTAKEN = """
SELECT identity.person_id, max(entry.as_at) FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id
JOIN custody_death death ON death.entry_id = entry.id
WHERE identity.person_id = ANY(%s) AND entry.kind = 'death' AND death.state = 'mistaken'
GROUP BY identity.person_id
"""
# How a stay ended, as the table of relationships calls it.
ENDINGS = {
    MovementKind.RELEASED: "released",
    MovementKind.TRANSFERRED: "transferred",
    MovementKind.IN_TRANSIT: "transferred",
    MovementKind.DIED: "died",
}


@dataclass(slots=True)
class Told:
    """What all sources told of one person's custody, oldest first."""

    movements: list[PlacedMovement] = field(default_factory=list)
    dates: list[ExpectedDate] = field(default_factory=list)
    legal: list[tuple[Any, ...]] = field(default_factory=list)  # identity, legal status, code, recall, as-at
    places: list[tuple[Any, ...]] = field(default_factory=list)  # prison, cell, as-at

    def states(self) -> list[PlacedState]:
        """The newest state of each identity, as its last movement and legal status tell it."""
        last = {placed.identity: placed for placed in self.movements if placed.movement.what not in ON_PAPER}
        legal = {row[0]: row[1:] for row in self.legal}
        return [
            PlacedState(
                state=_state(placed, legal.get(identity)), identity=identity, organisation=placed.organisation
            )
            for identity, placed in last.items()
        ]

    def dates_since(self, came_on: date | None) -> list[ExpectedDate]:
        """The expected dates told since they came in: none of an earlier custody counts in this one."""
        return [each for each in self.dates if came_on is None or clock.day_of(each.known_at) >= came_on]

    def contradictions(self) -> Iterator[Flag]:
        """What does not fit together in the newest word of each source."""
        for placed in self.states():
            newest = {each.type: each.on for each in self.dates if each.organisation == placed.organisation}
            dates = {kind: on for kind, on in newest.items() if on is not None}  # not one that was taken away
            yield from contradictions(Document(state=placed.state, dates=dates), codes=intake.codes())

    @property
    def as_at(self) -> datetime:
        """The newest moment any of it was true."""
        told = [placed.known_at for placed in self.movements] + [each.known_at for each in self.dates]
        told += [row[-1] for row in (*self.legal, *self.places)]
        return max(told)


@cache
def types() -> DateTypes:
    """The types of date, read once."""
    return date_types(code_set("release_date_types").rows)


@cache
def legal_statuses() -> Mapping[str, str]:
    """The legal status each status code stands for."""
    return {row["code"]: row["legal_status"] for row in code_set("legal_status").rows}


def refresh(permit: Refresher, person_ids: Sequence[UUID]) -> None:
    """Make stays, standing and relationships of these people what their entries say: eight queries in all."""
    with leave.everything():
        told = _told(person_ids)
    today = clock.today()
    results = {person_id: stays(each.movements, as_at=clock.now()) for person_id, each in told.items()}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM custody_stay WHERE person_id = ANY(%s)", [list(person_ids)])
        found = (_stay_row(person_id, stay) for person_id, result in results.items() for stay in result.stays)
        copy_in(cursor, "custody_stay", STAY, found)
        cursor.execute("DELETE FROM custody_standing WHERE person_id = ANY(%s)", [list(person_ids)])
        rows = (_standing_row(person_id, each, results[person_id], today) for person_id, each in told.items())
        copy_in(cursor, "custody_standing", STANDING, rows)
    access.rebuild_relationships(
        permit, person_ids=person_ids, kind="custody", concerns=list(_concerns(results))
    )


def _told(person_ids: Sequence[UUID]) -> Mapping[UUID, Told]:
    told: dict[UUID, Told] = defaultdict(Told)
    with connection.cursor() as cursor:
        cursor.execute(MISTAKEN, [list(person_ids)])
        mistaken = dict(cursor.fetchall())
        cursor.execute(MOVEMENTS, [["movement"], list(person_ids)])
        for order, row in enumerate(cursor.fetchall()):
            placed = _placed(row, order)
            if not _is_mistaken(placed, mistaken.get(row[0])):
                told[row[0]].movements.append(placed)
        for each in told.values():
            each.movements = without_echoes(each.movements)
        cursor.execute(DATES, [["expected_date"], list(person_ids)])
        for row in cursor.fetchall():
            expected = ExpectedDate(
                type=row[1],
                on=row[2],
                organisation=row[3],
                known_at=row[4],
                certainty=row[5],
                told_by=row[6],
            )
            told[row[0]].dates.append(expected)
        cursor.execute(LEGAL, [["legal_status"], list(person_ids)])
        for row in cursor.fetchall():
            found_at = mistaken.get(row[0])
            if row[2] != DEAD or found_at is None or row[-1] > found_at:
                told[row[0]].legal.append(row[1:])
        cursor.execute(PLACES, [["location"], list(person_ids)])
        for row in cursor.fetchall():
            told[row[0]].places.append(row[1:])
    return told


def _state(placed: PlacedMovement, legal: tuple[Any, ...] | None) -> CustodyState:
    movement = placed.movement
    status, code, recall, as_at = legal or ("", "", None, placed.known_at)
    return CustodyState(
        as_at=max(placed.known_at, as_at),
        status=STATUS.get(movement.what, "INACTIVE OUT"),
        movement_type=movement.movement_type,
        movement_reason=movement.reason,
        movement_on=movement.happened_on,
        prison=movement.to_prison or movement.from_prison,
        booking=movement.booking,
        legal_status=status,
        status_code=code,
        recall=recall,
    )


def _is_mistaken(placed: PlacedMovement, found_at: datetime | None) -> bool:
    """A death that a worker found to be a mistake happened to nobody; one told after that counts again."""
    is_death = placed.movement.what is MovementKind.DIED
    return is_death and found_at is not None and placed.known_at <= found_at


def _placed(row: tuple[Any, ...], order: int) -> PlacedMovement:
    movement = Movement(
        what=MovementKind(row[4]),
        happened_on=row[5],
        dated_by=DatedBy(row[6]),
        from_prison=row[7],
        to_prison=row[8],
        movement_type=row[9],
        reason=row[10],
        booking=row[11],
        true_release=row[12],
        starts_clock=row[13],
        notice=row[14],
        check_by_hand=row[15],
        missed=row[16],
    )
    return PlacedMovement(
        movement=movement, identity=row[1], organisation=row[2], known_at=row[3], order=order
    )


def _stay_row(person_id: UUID, stay: Stay) -> tuple[Any, ...]:
    return (
        new_id(),
        person_id,
        stay.prison,
        stay.start,
        stay.end,
        stay.out_now.value,
        stay.started_by.value,
        stay.ended_by.value if stay.ended_by else "",
        stay.booking,
    )


def _standing_row(person_id: UUID, told: Told, result: StayResult, today: date) -> tuple[Any, ...]:
    now = result.stays[-1] if result.stays and result.stays[-1].end is None else None
    prison, cell, _ = told.places[-1] if told.places else ("", "", None)
    stands = standing(
        told.states(), told.movements, on=today, codes=intake.codes(), legal_statuses=legal_statuses()
    )
    dates = told.dates_since(result.came_on)
    best = best_release_date(
        dates,
        on=today,
        types=types(),
        on_recall=stands is not None and stands.kind is StandingKind.BACK_ON_RECALL,
        prison=now.prison if now else "",
    )
    return (
        person_id,
        now.prison if now else "",
        cell if now and prison == now.prison else "",
        stands.kind.value if stands else "",
        now.out_now.value if now else "",
        best.on if best else None,
        best.chosen.type if best else "",
        best.certainty if best else "",
        Jsonb(sorted({flag.key for flag in (*result.flags, *told.contradictions())})),
        Jsonb([_written(each) for each in told_lately(dates)]),
        told.as_at,
    )


def _written(told: ExpectedDate) -> list[str | None]:
    """Four columns of what a record says, and two more of what a worker was told."""
    on = told.on.isoformat() if told.on else None
    by_hand = (told.certainty, told.told_by) if told.told_by else ()
    return [told.type, on, told.organisation, told.known_at.isoformat(), *by_hand]


def read_date(written: list[Any]) -> ExpectedDate:
    """An expected date as it is kept with a standing, a list in JSON, made into its shape again."""
    kind, on, organisation, known_at, *by_hand = written
    certainty, told_by = by_hand or ("", "")
    return ExpectedDate(
        type=kind,
        on=date.fromisoformat(on) if on else None,
        organisation=organisation,
        known_at=datetime.fromisoformat(known_at),
        certainty=certainty,
        told_by=told_by,
    )


def _concerns(results: Mapping[UUID, StayResult]) -> Iterable[Concern]:
    """The prisons concerned with each person: for the stay, and the days after it that the table gives."""
    organisations = _prison_ids({stay.prison for result in results.values() for stay in result.stays})
    for person_id, result in results.items():
        spans: dict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
        for stay in result.stays:
            if stay.prison in organisations:
                spans[organisations[stay.prison]].append((stay.start, _closes_on(stay)))
        for organisation_id, each in spans.items():
            for opened_on, closed_on in _in_turn(each):
                yield Concern(organisation_id, person_id, "custody", opened_on, closed_on)


def _closes_on(stay: Stay) -> date | None:
    if stay.end is None:
        return None
    event = ENDINGS.get(stay.ended_by, "ended") if stay.ended_by else "ended"
    return policy.closes_on(stay.end, kind="custody", event=event)


def _in_turn(spans: list[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
    """One span at a time: a new one ends the one before, and lasts as long as either would have.

    So an organisation is concerned with a person once on any day, and who is back while it still was is known
    to have come anew.
    """
    found: list[tuple[date, date | None]] = []
    for opened_on, closed_on in sorted(spans, key=lambda span: span[0]):
        ends = closed_on
        if found and _lasts_until(found[-1], opened_on):
            first_on, until = found.pop()
            ends = None if until is None or closed_on is None else max(until, closed_on)
            if first_on < opened_on:
                found.append((first_on, opened_on))
        found.append((opened_on, ends))
    return found


def _lasts_until(span: tuple[date, date | None], day: date) -> bool:
    return span[1] is None or day <= span[1]


def _prison_ids(codes: set[str]) -> dict[str, UUID]:
    """The organisation of each prison code. One the directory does not know is added, to be looked at."""
    wanted = sorted(codes - {""})
    known = _known(wanted)
    if len(known) < len(wanted):
        directory.note_unknown_prisons(set(wanted) - known.keys())
        known = _known(wanted)
    return known


def _known(codes: list[str]) -> dict[str, UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, id FROM directory_organisation WHERE code = ANY(%s)", [codes])
        return dict(cursor.fetchall())
