"""What custody entries say, where somebody is held, and who is here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import visible
from throughgate.custody import custodies as held
from throughgate.custody import derived, panels
from throughgate.custody.custodies import Custody
from throughgate.custody.models import Alert, CareNeed
from throughgate.custody.panels import Panel
from throughgate.foundation.permits import ListPermit, Permit, Refresher, ReviewPermit
from throughgate.record import lines as record_lines
from throughgate.record import seen


class MovementLine(NamedTuple):
    what: str
    happened_on: date
    from_prison: str
    to_prison: str
    movement_type: str
    movement_reason: str
    true_release: bool
    check_by_hand: bool
    missed: bool


class LegalLine(NamedTuple):
    legal_status: str
    status_code: str
    recall: bool | None


class DateLine(NamedTuple):
    date_type: str
    expected_on: date | None  # None: the source took it away
    as_written: str
    certainty: str  # code set `date_certainties`; "" as its type
    told_by: str  # who told a worker; "" the source's own record


class LocationLine(NamedTuple):
    prison: str
    cell: str


class AlertLine(NamedTuple):
    alert_type: str
    alert_code: str
    is_active: bool


class NeedLine(NamedTuple):
    need_type: str
    need_code: str
    status: str
    description: str
    started_on: date | None
    ended_on: date | None


class UnreadLine(NamedTuple):
    field: str
    as_written: str
    problem: str


class DeathLine(NamedTuple):
    state: str  # reported, confirmed, mistaken
    died_on: date | None


Line = MovementLine | LegalLine | DateLine | LocationLine | AlertLine | NeedLine | UnreadLine | DeathLine
OF_RECORDS = "RELEASE"  # whichever date its source goes by
SHAPES: dict[str, type[Line]] = {
    "movement": MovementLine,
    "legal_status": LegalLine,
    "recall_issued": LegalLine,
    "expected_date": DateLine,
    "location": LocationLine,
    **dict.fromkeys(Alert.kinds, AlertLine),
    **dict.fromkeys(CareNeed.kinds, NeedLine),
    "unread": UnreadLine,
    "death": DeathLine,
}


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def told_types(permit: Permit) -> list[str]:
    """The types of date that this worker may record they were told; a record gives one more of its own."""
    if "custody_legal" not in permit.write:
        return []
    return [code for code, kind in derived.types().items() if kind.rank is not None and code != OF_RECORDS]


# Who is here ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whom to list. What is empty or None asks nothing; the rest must all be so."""

    words: tuple[str, ...] = ()  # folded; each must begin a word of one name or alias
    number: tuple[str, str] | None = None  # system and value, as compared
    birth_date: date | None = None
    leaving_by: date | None = None
    standing: str = ""
    cell: str = ""  # the beginning of it
    arrived_since: date | None = None
    language: str = ""
    after: UUID | None = None  # the person the page above ended with
    before: UUID | None = None  # the person the page below begins with
    limit: int = 50


class Here(NamedTuple):
    """One person on a list. What the role does not see on lists is None."""

    person_id: UUID
    name: str
    birth_date: date | None
    language: str
    death: str
    arrived_on: date  # the first day of the concern that makes them stand here
    prison_number: str | None
    prison: str | None
    cell: str | None
    standing: str | None
    out_now: str | None
    release_on: date | None
    release_certainty: str | None
    left_on: date | None  # of somebody who is held nowhere now


@dataclass(frozen=True)
class Everyone:
    """People in order of their names, and whom the pages around stand before and after; None: no page."""

    people: list[Here]
    previous: UUID | None
    next: UUID | None


def _standing(person: str) -> str:
    """Where that person, a column with its table, stands, as far as they share it: `standing`."""
    return f"""custody_standing standing
    ON standing.person_id = {person} AND %(custody)s
       AND NOT 'custody_legal' = ANY ({visible.kept_back(person)})"""


def _stands(condition: str) -> str:
    return f"EXISTS (SELECT FROM (SELECT) one JOIN {_standing('person.id')} WHERE {condition})"


# The concern is read first and whole, a few thousand rows at most: led by the names, the database would walk
# through everybody in the country whose name comes before those who are here.
CONCERNED = f"""
WITH concerned AS MATERIALIZED ({visible.CONCERNED}),
page AS (
    SELECT person.id, person.display_name, person.birth_date, person.language, person.death, person.sort_name,
           concerned.since
    FROM concerned JOIN people_person person ON person.id = concerned.person_id
"""
FORWARDS = "ORDER BY person.sort_name, person.id"
BACKWARDS = "ORDER BY person.sort_name DESC, person.id DESC"
PAGE = f"""
    LIMIT %(limit)s)
SELECT page.id, display_name, birth_date, language, death, since,
       (SELECT number.value FROM people_identifier number
        JOIN people_identity identity ON identity.id = number.identity_id
        WHERE identity.person_id = page.id AND number.system = 'prison'
        ORDER BY number.recorded_at DESC, number.id DESC LIMIT 1),
       prison, cell, standing, out_now, release_on, release_certainty,
       CASE WHEN prison = '' THEN (SELECT max(stay.ends_on) FROM custody_stay stay
                                   WHERE stay.person_id = page.id) END
FROM page LEFT JOIN {_standing("page.id")}
ORDER BY sort_name, page.id
"""
# A person who is not concerned gives no place in the order, so that nobody hidden can be felt for.
PLACE = """(
    SELECT sort_name, id FROM people_person JOIN concerned ON concerned.person_id = id
    WHERE id = %(place)s)"""
AFTER = "(person.sort_name, person.id) > " + PLACE
BEFORE = "(person.sort_name, person.id) < " + PLACE
NAMED = """EXISTS (
    SELECT FROM unnest(person.search_names) AS known (name) WHERE (' ' || known.name) LIKE ALL(%(words)s))"""
NUMBERED = """person.id IN (
    SELECT identity.person_id FROM people_identifier number
    JOIN people_identity identity ON identity.id = number.identity_id
    WHERE number.system = %(system)s AND number.value = %(value)s)"""
BORN = """(person.birth_date = %(birth_date)s OR EXISTS (
    SELECT FROM people_identity identity JOIN people_details details ON details.identity_id = identity.id
    WHERE identity.person_id = person.id AND details.birth_date = %(birth_date)s))"""
LEAVING = _stands("standing.release_on BETWEEN %(on)s AND %(leaving_by)s")
STANDING = _stands("standing.standing = %(standing)s")
IN_CELL = _stands("standing.cell LIKE %(cell)s")


def everyone(permit: ListPermit, wanted: Wanted) -> Everyone:
    """A page of the people this hat is concerned with today; nobody else is ever found or counted."""
    asked = " AND ".join(_asked(wanted)) or "true"
    order = BACKWARDS if wanted.before else FORWARDS
    with connection.cursor() as cursor:
        cursor.execute(
            f"{CONCERNED} WHERE {asked} {order} {PAGE}",
            {
                **visible.by(permit),
                "custody": "custody_legal" in permit.categories,
                "limit": wanted.limit + 1,
                **_asking(wanted),
            },
        )
        return _turned([Here._make(row) for row in cursor.fetchall()], wanted)


def _turned(people: list[Here], wanted: Wanted) -> Everyone:
    """The page without the one person more that was read to see whether there is another page."""
    more = len(people) > wanted.limit
    page = (people[-wanted.limit :] if wanted.before else people[: wanted.limit]) if more else people
    if not page:
        return Everyone([], None, None)
    has_previous = more if wanted.before else wanted.after is not None
    has_next = more if not wanted.before else True
    return Everyone(
        page, page[0].person_id if has_previous else None, page[-1].person_id if has_next else None
    )


def _asked(wanted: Wanted) -> list[str]:
    conditions = {
        AFTER: wanted.after if not wanted.before else None,
        BEFORE: wanted.before,
        NAMED: wanted.words,
        NUMBERED: wanted.number,
        BORN: wanted.birth_date,
        LEAVING: wanted.leaving_by,
        STANDING: wanted.standing,
        IN_CELL: wanted.cell,
        "concerned.since >= %(arrived_since)s": wanted.arrived_since,
        "person.language = %(language)s": wanted.language,
    }
    return [condition for condition, asked in conditions.items() if asked]


def _asking(wanted: Wanted) -> dict[str, Any]:
    system, value = wanted.number or (None, None)
    return {
        "place": wanted.before or wanted.after,
        "words": [f"% {_literal(word)}%" for word in wanted.words],
        "system": system,
        "value": value,
        "birth_date": wanted.birth_date,
        "leaving_by": wanted.leaving_by,
        "standing": wanted.standing,
        "cell": f"{_literal(wanted.cell)}%",
        "arrived_since": wanted.arrived_since,
        "language": wanted.language,
    }


def _literal(text: str) -> str:
    """With the signs that LIKE would read as wildcards taken literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def panel(permit: Permit, identity_ids: Sequence[UUID], *, known_on: datetime | None = None) -> Panel | None:
    """Where the permit's person is held and until when, now or as it was known at a moment.

    None where custody is not shared with the worker.
    """
    if "custody_legal" not in permit.read:
        return None
    if known_on is None:
        return panels.now(permit, identity_ids)
    return panels.as_known(permit, identity_ids, known_on=known_on)


def custodies(permit: Refresher, person_ids: Sequence[UUID]) -> dict[UUID, Custody]:
    """The custody each of these people is in, or was in last; nobody of whom no prison ever told."""
    return held.custodies(permit, person_ids)


class LastMovement(NamedTuple):
    """The last movement an identity's own source told."""

    what: str
    happened_on: date
    from_prison: str
    to_prison: str


LAST_MOVEMENTS = f"""
SELECT DISTINCT ON (entry.identity_id)
       entry.identity_id, said.what, said.happened_on, said.from_prison, said.to_prison
FROM record_entry entry JOIN custody_movement said ON said.entry_id = entry.id
WHERE entry.identity_id = ANY(%s) AND entry.kind = 'movement' AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
ORDER BY entry.identity_id, entry.as_at DESC, entry.id DESC
"""


def last_movements(permit: ReviewPermit, identity_ids: frozenset[UUID]) -> dict[UUID, LastMovement]:
    """Where each identity was last seen to go, to help tell two people apart."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_MOVEMENTS, [list(identity_ids)])
        return {row[0]: LastMovement._make(row[1:]) for row in cursor.fetchall()}
