"""Keeping what sources say people are called, and what lists derive from it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from throughgate.foundation import clock
from throughgate.foundation.copying import copy_in
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import FeedPermit, Permit, Refresher, ReviewPermit
from throughgate.foundation.values import value
from throughgate.people import rules
from throughgate.people.rules import Identifier

Keeper = FeedPermit | ReviewPermit | Permit


@value(frozen=True, slots=True, kw_only=True)
class Details:
    """What one source says a person is called. Missing text is "", a missing day None."""

    title: str = ""
    first_name: str = ""
    middle_names: str = ""
    last_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    ethnicity: str = ""
    language: str = ""
    interpreter: str = ""  # yes, no
    aliases: tuple[tuple[str, str, str, str], ...] = ()  # first, middle, last, birth date in ISO form
    initials_only: bool = False


@value(frozen=True, slots=True)
class NewIdentity:
    """An identity about to be made, and the person it is to belong to."""

    id: UUID
    key: str
    person_id: UUID


PERSON = (
    "id uuid, display_name text, sort_name text, language text, death text, search_names text[],"
    " kept_names text[]"
)
IDENTITY = "id uuid, organisation_id uuid, key text, person_id uuid"
DETAILS = (
    "id uuid, identity_id uuid, as_at timestamptz, recorded_at timestamptz, permit_id uuid, title text,"
    " first_name text, middle_names text, last_name text, birth_date date, sex text, ethnicity text,"
    " language text, interpreter text, aliases jsonb, initials_only bool"
)
EVER_CALLED = """
SELECT identity.person_id, identity.id, person.kept_names, details.as_at, details.first_name,
       details.middle_names, details.last_name, details.birth_date, details.language, details.initials_only,
       details.aliases
FROM people_identity identity JOIN people_details details ON details.identity_id = identity.id
JOIN people_person person ON person.id = identity.person_id
WHERE identity.person_id = ANY(%s)
ORDER BY details.as_at, details.id
"""
LONGEST_NAME = 250  # that lists and searches hold; the names themselves are kept whole
UPDATE_NAMES = """
UPDATE people_person SET display_name = fresh.display_name, sort_name = fresh.sort_name,
       birth_date = fresh.birth_date, language = fresh.language,
       search_names = string_to_array(fresh.search_names, E'\\n')
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::date[], %s::text[], %s::text[])
     AS fresh (id, display_name, sort_name, birth_date, language, search_names)
WHERE people_person.id = fresh.id
"""
KEEP_NAMES = """
UPDATE people_person SET kept_names = fresh.names
FROM (SELECT said.id, string_to_array(said.names, E'\\n') AS names
      FROM unnest(%s::uuid[], %s::text[]) AS said (id, names)) fresh
WHERE people_person.id = fresh.id AND people_person.kept_names <> fresh.names
RETURNING people_person.id
"""
OWN = """
SELECT DISTINCT ON (person_id) person_id, id FROM people_identity
WHERE organisation_id = %s AND person_id = ANY(%s) ORDER BY person_id, id
"""
HOLD = "SELECT FROM people_person WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
ADD_IDENTIFIERS = """
INSERT INTO people_identifier (id, identity_id, system, value, as_written, state, recorded_at, permit_id)
SELECT found.*, %s, %s
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[]) found
ON CONFLICT DO NOTHING
"""
DEATHS_ALONG = """
UPDATE people_person joined SET death = left_behind.death
FROM (SELECT fresh.person_id, min(person.death) AS death  -- confirmed before reported
      FROM unnest(%s::uuid[], %s::uuid[]) AS fresh (identity_id, person_id)
      JOIN people_identity identity ON identity.id = fresh.identity_id
      JOIN people_person person ON person.id = identity.person_id
      WHERE person.death <> '' GROUP BY fresh.person_id) left_behind
WHERE joined.id = left_behind.person_id AND joined.death = ''
"""


def add_people(permit: Keeper, person_ids: Iterable[UUID]) -> None:
    """Make thin people; their names come when their identities are known."""
    rows = ((person_id, "", "", "", "", list[str](), list[str]()) for person_id in person_ids)
    with connection.cursor() as cursor:
        copy_in(cursor, "people_person", PERSON, rows)


def add_identities(permit: Keeper, identities: Sequence[NewIdentity]) -> None:
    """Make the identities by which the permit's organisation knows these people."""
    rows = (
        (identity.id, permit.organisation_id, identity.key, identity.person_id) for identity in identities
    )
    with connection.cursor() as cursor:
        copy_in(cursor, "people_identity", IDENTITY, rows)


def move_identities(permit: Keeper, moves: Sequence[tuple[UUID, UUID]]) -> None:
    """Set which person each identity belongs to: derived from link rows, so only `linkage` calls this."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_identity SET person_id = fresh.person_id"
            " FROM unnest(%s::uuid[], %s::uuid[]) AS fresh (id, person_id)"
            " WHERE people_identity.id = fresh.id",
            [[identity_id for identity_id, _ in moves], [person_id for _, person_id in moves]],
        )


def bring_deaths_along(permit: Keeper, moves: Sequence[tuple[UUID, UUID]]) -> None:
    """Tell people of the deaths of those whose identities are about to join them.

    Not where an identity is taken apart from others: a named worker settles whose death it was.
    """
    with connection.cursor() as cursor:
        cursor.execute(DEATHS_ALONG, [list(column) for column in zip(*moves, strict=True)])


def note_details(permit: FeedPermit, said: Sequence[tuple[UUID, datetime, Details]]) -> None:
    """Keep what a source now says: identity, as-at, details."""
    recorded_at = clock.now()
    with connection.cursor() as cursor:
        rows = (
            (new_id(), identity_id, as_at, recorded_at, permit.id, *_columns(details))
            for identity_id, as_at, details in said
        )
        copy_in(cursor, "people_details", DETAILS, rows)


def add_identifiers(permit: FeedPermit, found: Sequence[tuple[UUID, Identifier]]) -> None:
    """Keep every number a source gives, once for each identity; none is ever taken away."""
    if not found:
        return
    rows = [
        (new_id(), identity_id, number.system, number.value, number.as_written, number.state)
        for identity_id, number in found
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(ADD_IDENTIFIERS, [clock.now(), permit.id, *columns])


def refresh_names(permit: Refresher, person_ids: Iterable[UUID]) -> None:
    """Derive what lists show of these people from the newest details of their identities."""
    newest: dict[UUID, dict[UUID, list[Any]]] = {}
    last: dict[UUID, dict[UUID, list[Any]]] = {}
    kept: dict[UUID, Collection[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(EVER_CALLED, [list(person_ids)])
        for person_id, identity_id, kept_names, *row, aliases in cursor.fetchall():
            kept[person_id] = kept_names
            words = newest.setdefault(person_id, {})
            # A word said again is as old as when it was said first.
            if identity_id not in words or words[identity_id][1:] != row[1:]:
                words[identity_id] = row
            last.setdefault(person_id, {})[identity_id] = [*row[1:4], aliases]
        chosen = [
            _listed(person_id, words.values(), last[person_id].values(), kept[person_id])
            for person_id, words in newest.items()
        ]
        if chosen:
            cursor.execute(UPDATE_NAMES, [list(column) for column in zip(*chosen, strict=True)])


def keep_names_back(permit: Refresher, kept: Mapping[UUID, Collection[str]]) -> None:
    """From now on no list and no search has these names, as `rules.name_key` has them, of these people."""
    names = ["\n".join(sorted(each)) for each in kept.values()]
    with connection.cursor() as cursor:
        cursor.execute(KEEP_NAMES, [list(kept), names])
        changed = [person_id for (person_id,) in cursor.fetchall()]
    if changed:
        refresh_names(permit, changed)


def note_death(permit: Keeper, person_ids: Iterable[UUID], *, state: str) -> None:
    """Mark that these people are reported or confirmed to have died, or (state "") that it was a mistake.

    From "reported" on, every timer and message asks and stops.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET death = %s WHERE id = ANY(%s)", [state, list(person_ids)])


def note_death_of_identities(permit: FeedPermit, identity_ids: Sequence[UUID]) -> None:
    """Mark the people of these identities as reported to have died, unless a worker settled it already."""
    if not identity_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM people_identity WHERE id = ANY(%s)", [list(identity_ids)])
        person_ids = [person_id for (person_id,) in cursor.fetchall()]
        hold(permit, person_ids)
        cursor.execute(
            "UPDATE people_person SET death = 'reported' WHERE death = '' AND id = ANY(%s)", [person_ids]
        )


def death_of(permit: Permit) -> str:
    """Reported, confirmed or "". The row is held until the transaction ends: two cannot settle it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT death FROM people_person WHERE id = %s FOR UPDATE", [permit.person_id])
        return str(cursor.fetchone()[0])


def hold(permit: Refresher, person_ids: Sequence[UUID]) -> None:
    """Holds these people's rows until the transaction ends, so that who writes at the same moment waits.

    In one order, whoever asks: two who write on the same people never wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [list(person_ids)])


def own_identities(permits: Sequence[Permit]) -> tuple[dict[UUID, UUID], dict[UUID, UUID]]:
    """For each person the identity by which the permits' one organisation knows them: those that were there,
    and those made now, on first use.

    What a worker records by hand hangs on it, so that undoing a link takes along what was written about
    whom, and nothing else.
    """
    with connection.cursor() as cursor:
        cursor.execute(OWN, [permits[0].organisation_id, [permit.person_id for permit in permits]])
        found: dict[UUID, UUID] = dict(cursor.fetchall())
    fresh = {permit.person_id: new_id() for permit in permits if permit.person_id not in found}
    if fresh:
        add_identities(
            permits[0],
            [NewIdentity(made, f"by hand {made}", person_id) for person_id, made in fresh.items()],
        )
    return found, fresh


def _columns(details: Details) -> tuple[Any, ...]:
    return (
        details.title,
        details.first_name,
        details.middle_names,
        details.last_name,
        details.birth_date,
        details.sex,
        details.ethnicity,
        details.language,
        details.interpreter,
        Jsonb(details.aliases),
        details.initials_only,
    )


def _listed(
    person_id: UUID, words: Iterable[Sequence[Any]], last: Iterable[Sequence[str]], kept: Collection[str]
) -> tuple[Any, ...]:
    """The row of one person: what they are called, and every name by which a search finds them."""
    shown, sort_name, *rest = _chosen(words, kept)
    names = _search_names(last, kept) or [sort_name]
    return person_id, shown, sort_name, *rest, "\n".join(names)


def _search_names(said: Iterable[Sequence[str]], kept: Collection[str]) -> list[str]:
    """Every name that these words give, and every alias, each once and folded; none that is kept back."""
    names = chain.from_iterable((called, *json.loads(aliases)) for *called, aliases in said)
    folded = {
        rules.sort_name(first=first, middle=middle, last=last)
        for first, middle, last, *_ in names
        if rules.name_key(first=first, last=last) not in kept
    }
    return sorted(name[:LONGEST_NAME] for name in folded if name)


def _chosen(rows: Iterable[Sequence[Any]], kept: Collection[str]) -> tuple[str, str, date | None, str]:
    """The newest full name; initials only where nobody gives more. Birth date and language: newest given.

    One that is kept back, only where no source has another any more.
    """
    # Two sources may speak of one moment: then what they say decides, and not which came in first.
    by_age = sorted(rows, key=lambda row: (not row[6], row[0], *map(str, row[1:6])), reverse=True)
    shown = (row for row in by_age if rules.name_key(first=row[1], last=row[3]) not in kept)
    first, middle, last = next(shown, by_age[0])[1:4]
    birth_date = next((row[4] for row in by_age if row[4]), None)
    language = next((row[5] for row in by_age if row[5]), "")
    return (
        rules.display_name(first=first, middle=middle, last=last)[:LONGEST_NAME],
        rules.sort_name(first=first, middle=middle, last=last)[:LONGEST_NAME],
        birth_date,
        language,
    )
