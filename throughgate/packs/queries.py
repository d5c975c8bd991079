"""Packs as far as a worker may read them, what has changed since, and who needs one next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import actions as access
from throughgate.access import visible
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.packs import choosing, reviewing, words
from throughgate.packs.content import Edition, Reader, Sheet
from throughgate.packs.models import Agreed, Given, Pack, Revoked
from throughgate.packs.rules import HOLDING, Json, PackState, Snapshot, changes, from_json, shared, state_of
from throughgate.packs.rules.reviews import NOTHING_CHECKED
from throughgate.packs.words import Difference, Written
from throughgate.record import lines as record_lines
from throughgate.record import queries as record
from throughgate.record.queries import Spine

# What entries say ----------------------------------------------------------------------------------------


class PackEntry(NamedTuple):
    version: int


class AgreedEntry(NamedTuple):
    pack: UUID
    reader: str
    left_out: list[str]  # keys of facts


class GivenEntry(NamedTuple):
    pack: UUID
    readers: list[str]
    language: str
    layout: str
    is_discreet: bool
    text: str


class RevokedEntry(NamedTuple):
    pack: UUID
    text: str  # why


class _Whole(NamedTuple):
    """A pack with all that it tells."""

    snapshot: Json


Line = PackEntry | AgreedEntry | GivenEntry | RevokedEntry
SHAPES: dict[str, type[Line]] = {
    **dict.fromkeys(Pack.kinds, PackEntry),
    **dict.fromkeys(Agreed.kinds, AgreedEntry),
    **dict.fromkeys(Given.kinds, GivenEntry),
    **dict.fromkeys(Revoked.kinds, RevokedEntry),
}


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def makes_packs(permit: Permit) -> bool:
    """Whether this worker may make a pack and hand it over."""
    return Pack.kinds["pack"] in permit.write


# Somebody's packs ----------------------------------------------------------------------------------------


class AgreedLine(NamedTuple):
    at: datetime
    by: UUID | None
    left_out: tuple[str, ...]  # keys of facts


class GivenLine(NamedTuple):
    at: datetime
    by: UUID | None
    readers: tuple[Reader, ...]
    language: str
    layout: str
    is_discreet: bool
    text: str


class RevokedLine(NamedTuple):
    at: datetime
    by: UUID | None
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PackLine:
    """One version, and what became of it."""

    id: UUID
    version: int
    made_at: datetime
    made_by: UUID | None
    organisation_id: UUID
    agreed: Mapping[Reader, AgreedLine]  # of this version
    given: tuple[GivenLine, ...]  # newest first
    revoked: RevokedLine | None
    is_newest: bool
    newer_holds: bool  # a later version of it does
    is_over: bool  # they have been in custody anew since

    @property
    def state(self) -> PackState:
        return state_of(
            is_newest=self.is_newest,
            newer_holds=self.newer_holds,
            is_over=self.is_over,
            is_agreed=self.agreed.keys() == set(Reader),
            is_given=any(Reader.PERSON in each.readers for each in self.given),
            is_revoked=self.revoked is not None,
        )


# By which identities they are known, and since when they are in custody, or were last.
WHOSE = """
SELECT array(SELECT identity.id FROM people_identity identity WHERE identity.person_id = person.id),
       coalesce(plan.custody_from, '0001-01-01')
FROM people_person person LEFT JOIN pathway_plan plan ON plan.person_id = person.id WHERE person.id = %s
"""


@dataclass(frozen=True, slots=True)
class _Told:
    """Every entry about somebody's packs that stands, newest first, with what it says."""

    entries: list[Spine]
    lines: Mapping[UUID, Line]
    custody_from: date

    def of(self, shape: type[Any]) -> list[tuple[Spine, Any]]:
        said = ((entry, self.lines.get(entry.id)) for entry in self.entries)
        return [(entry, line) for entry, line in said if isinstance(line, shape)]

    def left_out(self, reader: Reader) -> tuple[str, ...]:
        """By the last word on that sheet, of whichever version it was: a wish outlasts a version."""
        found = (line.left_out for _, line in self.of(AgreedEntry) if line.reader == reader)
        return tuple(next(found, ()))


def packs(permit: Permit) -> list[PackLine] | None:
    """Every pack of the permit's person, newest first; None where packs are not shared with the worker."""
    return _packs(_told(permit)) if Pack.kinds["pack"] in permit.read else None


def pack(permit: Permit, pack_id: UUID) -> PackLine:
    """One of them. Raises: NotFound where this record holds none of that id that the worker may read."""
    return _one(_told(permit), pack_id)


def left_out(permit: Permit, reader: Reader) -> tuple[str, ...]:
    """What the person has asked to leave out of that sheet, by the keys of facts."""
    return _told(permit).left_out(reader)


def sheet(permit: Permit, pack_id: UUID, edition: Edition) -> Sheet:
    """One sheet of a pack, without what the person asked to leave out. Raises: NotFound as `pack`."""
    told = _told(permit)
    return _sheet(permit, _one(told, pack_id), edition, left_out=told.left_out(edition.reader))


def sheet_to_print(permit: Permit, pack_id: UUID, edition: Edition) -> Sheet:
    """The same, which says itself where something on it is not so any more. Raises: NotFound as `pack`."""
    told = _told(permit)
    line, left_out = _one(told, pack_id), told.left_out(edition.reader)
    has_changed = line.state in HOLDING and _has_changed(permit, line, edition, left_out)
    return _sheet(permit, line, edition, left_out=left_out, has_changed=has_changed)


def sheet_to_agree(permit: Permit, pack_id: UUID, reader: Reader) -> Sheet:
    """A sheet with everything on it, so that the person can say of each item whether it may stay."""
    return _sheet(permit, pack(permit, pack_id), Edition(reader), left_out=())


def sheet_now(permit: Permit, edition: Edition) -> Sheet:
    """What a sheet would say if a pack were made at this moment; nothing of it is kept."""
    written = Written(
        snapshot=choosing.choose(permit),
        made_by="",
        version=0,
        as_at=permit.at,
        state=PackState.AGREED,
        is_agreed=True,
        left_out=frozenset(),
    )
    return words.sheet(written, edition)


def differences(permit: Permit, pack_id: UUID) -> list[Difference]:
    """What is not as the pack tells it, as far as this worker may see both. Raises: NotFound as `pack`."""
    return words.differences(_snapshot(permit, pack(permit, pack_id)), choosing.choose(permit))


def _told(permit: Permit) -> _Told:
    with connection.cursor() as cursor:
        cursor.execute(WHOSE, [permit.person_id])
        identity_ids, custody_from = cursor.fetchone()
    entries = record.current(permit, identity_ids=identity_ids, kinds=frozenset(SHAPES))
    standing = [entry for entry in entries if not entry.is_redacted]
    ids: dict[str, list[UUID]] = {}
    for entry in standing:
        ids.setdefault(entry.kind, []).append(entry.id)
    return _Told(standing, lines(permit, ids), custody_from)


def _packs(told: _Told) -> list[PackLine]:
    made = told.of(PackEntry)
    found = [
        PackLine(
            id=entry.id,
            version=line.version,
            made_at=entry.happened_at,
            made_by=entry.recorded_by,
            organisation_id=entry.organisation_id,
            agreed=_agreed(told, entry.id),
            given=_given(told, entry.id),
            revoked=_revoked(told, entry.id),
            is_newest=entry.id == made[0][0].id,
            newer_holds=False,
            is_over=clock.day_of(entry.happened_at) < told.custody_from,
        )
        for entry, line in made
    ]
    newer_holds = bool(found) and found[0].state in HOLDING
    return [*found[:1], *(replace(each, newer_holds=newer_holds) for each in found[1:])]


def _one(told: _Told, pack_id: UUID) -> PackLine:
    for each in _packs(told):
        if each.id == pack_id:
            return each
    raise NotFound


def _agreed(told: _Told, pack_id: UUID) -> dict[Reader, AgreedLine]:
    """The last word on each sheet, where it was about this version."""
    found: dict[Reader, AgreedLine] = {}
    for entry, line in reversed(told.of(AgreedEntry)):
        if line.pack == pack_id:
            said = AgreedLine(entry.happened_at, entry.recorded_by, tuple(line.left_out))
            found[Reader(line.reader)] = said
    return found


def _given(told: _Told, pack_id: UUID) -> tuple[GivenLine, ...]:
    return tuple(
        GivenLine(
            entry.happened_at,
            entry.recorded_by,
            tuple(map(Reader, line.readers)),
            line.language,
            line.layout,
            line.is_discreet,
            line.text,
        )
        for entry, line in told.of(GivenEntry)
        if line.pack == pack_id
    )


def _revoked(told: _Told, pack_id: UUID) -> RevokedLine | None:
    found = ((entry, line) for entry, line in told.of(RevokedEntry) if line.pack == pack_id)
    return next((RevokedLine(entry.happened_at, entry.recorded_by, line.text) for entry, line in found), None)


def _snapshot(permit: Permit, line: PackLine) -> Snapshot:
    """What a pack tells, as far as this worker may read it."""
    held = record_lines.read(permit, {"pack": [line.id]}, shapes={"pack": _Whole})
    return shared(from_json(held[line.id].snapshot), access.to_hand_on(permit).read)


def _has_changed(permit: Permit, line: PackLine, edition: Edition, left_out: Sequence[str]) -> bool:
    """Whether anything that this very sheet tells, or would tell now, is told otherwise by now."""
    then, now = _snapshot(permit, line), choosing.choose(permit)
    changed = {each.key for each in changes(then, now)}
    sheets = (words.sheet(_written(line, edition, each, left_out), edition) for each in (then, now))
    return any(item.key in changed for sheet in sheets for part in sheet.sections for item in part.items)


def _sheet(
    permit: Permit, line: PackLine, edition: Edition, *, left_out: Sequence[str], has_changed: bool = False
) -> Sheet:
    snapshot = choosing.kept_safe(permit, _snapshot(permit, line))
    is_own = edition.reader is Reader.PERSON  # what is said to stay safe, and the Welsh
    checked = reviewing.checked(permit, line.organisation_id) if is_own else NOTHING_CHECKED
    written = _written(line, edition, snapshot, left_out)
    return words.sheet(replace(written, has_changed=has_changed, checked=checked), edition)


def _written(line: PackLine, edition: Edition, snapshot: Snapshot, left_out: Sequence[str]) -> Written:
    agreed = line.agreed.get(edition.reader)
    return Written(
        snapshot=snapshot,
        made_by=str(line.organisation_id),
        version=line.version,
        as_at=line.made_at,
        state=line.state,
        is_agreed=agreed is not None,
        agreed_at=agreed.at if agreed else None,
        left_out=frozenset(left_out),
    )


# Who needs one -------------------------------------------------------------------------------------------


class DueRow(NamedTuple):
    """Somebody who leaves within a week, or may from court, and how far their pack is."""

    person_id: UUID
    name: str
    birth_date: date | None
    prison_number: str | None
    leaves_on: date | None
    hearing_on: date | None
    pack_id: UUID | None
    version: int | None
    state: str  # of PackState; "none" where there is no pack of this custody
    is_out_of_date: bool  # as their plan has it, which knows of more than may be shown here


# Also those whose day has passed and who are still inside, as on Today. The concern is read first and whole.
DUE = f"""
WITH concerned AS MATERIALIZED ({visible.CONCERNED}),
due AS (
    SELECT person.id, person.display_name, person.birth_date, person.sort_name, plan.leaves_on,
           plan.hearing_on, plan.custody_from, least(plan.leaves_on, plan.hearing_on) AS place,
           strpos(plan.steps, 'pack_outdated ') > 0 AS is_out_of_date
    FROM concerned JOIN pathway_plan plan ON plan.person_id = concerned.person_id
    JOIN people_person person ON person.id = concerned.person_id
    WHERE NOT {visible.kept_back("person.id")} && '{{custody_legal,plan_appointments}}'
      AND plan.left_on IS NULL AND (plan.leaves_on BETWEEN %(on)s - 7 AND %(on)s + 7
                                    OR plan.hearing_on BETWEEN %(on)s AND %(on)s + 1)),
page AS (
    SELECT due.* FROM due
    WHERE %(after)s::uuid IS NULL OR (place, sort_name, id) > (
        SELECT place, sort_name, id FROM due WHERE id = %(after)s)
    ORDER BY place, sort_name, id LIMIT %(limit)s)
SELECT page.id, page.display_name, page.birth_date,
       (SELECT number.value FROM people_identity identity
        JOIN people_identifier number ON number.identity_id = identity.id AND number.system = 'prison'
        WHERE identity.person_id = page.id ORDER BY number.recorded_at DESC, number.id DESC LIMIT 1),
       page.leaves_on, page.hearing_on, pack.id, pack.version,
       (SELECT coalesce(array_agg(DISTINCT status.kind || ' ' || status.item), '{{}}')
        FROM people_identity identity JOIN record_entry status ON status.identity_id = identity.id
             AND status.kind = ANY(%(statuses)s) AND status.id > pack.id
        WHERE identity.person_id = page.id
          AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = status.id)),
       pack.id IS NOT NULL AND page.is_out_of_date
FROM page LEFT JOIN LATERAL (
    SELECT entry.id, said.version
    FROM people_identity identity
    JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'pack'
    JOIN packs_pack said ON said.entry_id = entry.id
    WHERE identity.person_id = page.id
      AND (entry.happened_at AT TIME ZONE 'Europe/London')::date >= coalesce(page.custody_from, '-infinity')
      AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
    ORDER BY entry.happened_at DESC, entry.id DESC LIMIT 1) pack ON true
ORDER BY page.place, page.sort_name, page.id
"""
STATUSES = [*Agreed.kinds, *Given.kinds, *Revoked.kinds]


def due(permit: ListPermit, *, after: UUID | None = None, limit: int = 50) -> list[DueRow]:
    """Those of this hat's people who leave within 7 days or are in court by tomorrow, the soonest first.

    Who may not see custody or appointments on lists sees nobody: to stand here tells when somebody leaves.
    """
    if not {"custody_legal", "plan_appointments"} <= permit.categories:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            DUE,
            {
                **visible.by(permit),
                "statuses": STATUSES,
                "after": after,
                "limit": limit,
            },
        )
        return [_due(row) for row in cursor.fetchall()]


def _due(row: Sequence[Any]) -> DueRow:
    *told, statuses, is_out_of_date = row
    pack_id, _version = told[-2:]
    return DueRow._make([*told, _state_of_newest(pack_id, statuses), is_out_of_date])


def _state_of_newest(pack_id: UUID | None, statuses: Sequence[str]) -> str:
    if pack_id is None:
        return "none"
    said = [status.split() for status in statuses]  # a kind, and its item in words
    return state_of(
        is_newest=True,
        is_over=False,
        is_agreed={item for kind, item, *_ in said if kind in Agreed.kinds} == set(Reader),
        is_given=any(Reader.PERSON in items for kind, *items in said if kind in Given.kinds),
        is_revoked=any(kind in Revoked.kinds for kind, *_ in said),
    )
