"""Who a person is, as each identity has it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit, ReviewPermit, TimerPermit
from throughgate.people import rules


class Alias(NamedTuple):
    first: str
    middle: str
    last: str
    birth_date: str  # in ISO form; "" where none is given


class Number(NamedTuple):
    """An identifier, as compared and as its source wrote it."""

    system: str
    value: str
    as_written: str
    state: str  # checked, unchecked, unusable


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAs:
    """The newest word of one identity on who somebody is."""

    identity_id: UUID
    person_id: UUID
    organisation_id: UUID
    key: str
    as_at: datetime | None  # None: this organisation has numbers or entries, and no name
    title: str
    first_name: str
    middle_names: str
    last_name: str
    birth_date: date | None
    sex: str
    ethnicity: str
    language: str
    interpreter: str  # yes, no, "" not recorded
    initials_only: bool
    aliases: tuple[Alias, ...]
    numbers: tuple[Number, ...]

    def names(self) -> list[tuple[str, str, str]]:
        """First, middle and last, of each name that stands here."""
        own = (self.first_name, self.middle_names, self.last_name)
        return [own, *((alias.first, alias.middle, alias.last) for alias in self.aliases)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """Whose record this is. What lists derive stands beside what each identity says, newest first."""

    name: str
    birth_date: date | None
    language: str
    death: str  # "", reported, confirmed
    known_as: tuple[KnownAs, ...]

    def other_names(self) -> dict[str, str]:
        """Names besides the one on lists: by the key of `rules.name_key`, as each is shown."""
        names = [name for known in self.known_as for name in known.names()]
        shown = [
            (
                rules.name_key(first=first, last=last),
                rules.display_name(first=first, middle=middle, last=last),
            )
            for first, middle, last in names
        ]
        in_use = {key for key, name in shown if name == self.name}
        return {key: name for key, name in shown if key and key not in in_use}


KNOWN_AS = """
SELECT identity.id, identity.person_id, identity.organisation_id, identity.key,
       newest.as_at, newest.title, newest.first_name, newest.middle_names, newest.last_name,
       newest.birth_date, newest.sex, newest.ethnicity, newest.language, newest.interpreter,
       newest.initials_only, newest.aliases::json,
       (SELECT json_agg(json_build_array(number.system, number.value, number.as_written, number.state)
                        ORDER BY number.recorded_at DESC, number.id DESC)
        FROM people_identifier number WHERE number.identity_id = identity.id),
       person.display_name, person.birth_date, person.language, person.death, person.kept_names
FROM people_identity identity
JOIN people_person person ON person.id = identity.person_id
LEFT JOIN LATERAL (
    SELECT * FROM people_details details WHERE details.identity_id = identity.id
    ORDER BY details.as_at DESC, details.id DESC LIMIT 1) newest ON true
"""
NEWEST_FIRST = "ORDER BY newest.as_at DESC NULLS LAST, identity.id"
OF_PERSON = KNOWN_AS + "WHERE identity.person_id = %s " + NEWEST_FIRST
OF_IDENTITIES = KNOWN_AS + "WHERE identity.id = ANY(%s) " + NEWEST_FIRST


def banner(permit: Permit) -> Banner:
    """Who the permit's person is. Names that they keep back stand there for themself alone.

    Raises: NotFound when no identity belongs to that person any more.
    """
    with connection.cursor() as cursor:
        cursor.execute(OF_PERSON, [permit.person_id])
        rows = cursor.fetchall()
    if not rows:
        raise NotFound
    name, birth_date, language, death, kept = rows[0][-5:]
    known_as = (_known_as(row) for row in rows)
    return Banner(
        name=name,
        birth_date=birth_date,
        language=language,
        death=death,
        known_as=tuple(known_as if permit.own else (_without(each, kept) for each in known_as)),
    )


def _without(known: KnownAs, kept: Collection[str]) -> KnownAs:
    """What a source says, but for the names that are kept back; a title would tell of one."""
    aliases = tuple(
        each for each in known.aliases if rules.name_key(first=each.first, last=each.last) not in kept
    )
    if rules.name_key(first=known.first_name, last=known.last_name) not in kept:
        return replace(known, aliases=aliases)
    return replace(known, aliases=aliases, title="", first_name="", middle_names="", last_name="")


def known_as(permit: ReviewPermit, identity_ids: frozenset[UUID]) -> dict[UUID, KnownAs]:
    """What the sources of these identities say of them, for comparing two that may be one person."""
    with connection.cursor() as cursor:
        cursor.execute(OF_IDENTITIES, [list(identity_ids)])
        return {row[0]: _known_as(row) for row in cursor.fetchall()}


BY_NUMBER = """
SELECT DISTINCT identity.person_id FROM people_identifier number
JOIN unnest(%s::text[], %s::text[]) AS wanted (system, value) USING (system, value)
JOIN people_identity identity ON identity.id = number.identity_id
ORDER BY identity.person_id
"""
AFTER = (
    "SELECT id FROM people_person WHERE %(after)s::uuid IS NULL OR id > %(after)s ORDER BY id LIMIT %(limit)s"
)


def by_number(permit: ReviewPermit, numbers: Sequence[tuple[str, str]]) -> list[UUID]:
    """Everybody who has one of these (system, value): more than one where records share a number."""
    with connection.cursor() as cursor:
        cursor.execute(BY_NUMBER, [[system for system, _ in numbers], [value for _, value in numbers]])
        return [person_id for (person_id,) in cursor.fetchall()]


def ids_after(permit: TimerPermit, after: UUID | None, *, limit: int) -> list[UUID]:
    """Some more of everybody, in the order of their ids; empty after the last."""
    with connection.cursor() as cursor:
        cursor.execute(AFTER, {"after": after, "limit": limit})
        return [person_id for (person_id,) in cursor.fetchall()]


def _known_as(row: tuple[Any, ...]) -> KnownAs:
    return KnownAs(
        identity_id=row[0],
        person_id=row[1],
        organisation_id=row[2],
        key=row[3],
        as_at=row[4],
        title=row[5] or "",
        first_name=row[6] or "",
        middle_names=row[7] or "",
        last_name=row[8] or "",
        birth_date=row[9],
        sex=row[10] or "",
        ethnicity=row[11] or "",
        language=row[12] or "",
        interpreter=row[13] or "",
        initials_only=bool(row[14]),
        aliases=tuple(Alias(*alias) for alias in row[15] or ()),
        numbers=tuple(Number(*number) for number in row[16] or ()),
    )
