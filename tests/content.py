"""What the database says, by content: without ids and without when it was written.

Two databases that compare equal here tell every reader the same, whatever happened on the way to them.
"""

from typing import Any

from django.db import connection

from throughgate.foundation import leave
from throughgate.record import bodies

Rows = list[tuple[Any, ...]]

ORGANISATION = "JOIN directory_organisation organisation ON organisation.id ="
# An identity by its organisation's code and key, which is how a reader tells one from another.
WHO = f"""(
    SELECT organisation.code || ' ' || one.key
    FROM people_identity one {ORGANISATION} one.organisation_id WHERE one.id = {{identity}})"""
# A person by all of their identities.
WHOM = f"""(
    SELECT string_agg(organisation.code || ' ' || one.key, ', ' ORDER BY organisation.code, one.key)
    FROM people_identity one {ORGANISATION} one.organisation_id WHERE one.person_id = {{person}})"""


def everything() -> dict[str, Rows]:
    """Everybody's record as it stands, and everything derived from it."""
    return {
        "people": _people(),
        "identifiers": _identifiers(),
        "names": _names(),
        "searched by": _searched_by(),
        "entries": entries(),
        "stays": _stays(),
        "standing": _standing(),
        "relationships": _relationships(),
        "plans": _plans(),
        "asked": _asked(),
    }


def entries() -> Rows:
    """Entries that have not been superseded, with what they say."""
    found: Rows = []
    for body, kinds in _kinds_by_body().items():
        columns = ", ".join(f"body.{column.name}" for column in bodies.columns(body))
        found += _rows(f"""
            SELECT {WHO.format(identity="entry.identity_id")}, entry.kind, entry.category, entry.item,
                   entry.happened_at, entry.dated_by, entry.as_at, entry.source, entry.restricted,
                   episode.kind, episode.key, {columns}
            FROM record_entry entry JOIN {body._meta.db_table} body ON body.entry_id = entry.id
            LEFT JOIN record_episode episode ON episode.id = entry.episode_id
            WHERE entry.kind IN ({kinds})
              AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)""")
    return sorted(found, key=repr)


def _kinds_by_body() -> dict[type[bodies.Body], str]:
    kinds: dict[type[bodies.Body], list[str]] = {}
    for kind in bodies.kinds():
        kinds.setdefault(bodies.body_of(kind), []).append(f"'{kind}'")
    return {body: ", ".join(names) for body, names in kinds.items()}


def _people() -> Rows:
    return _rows(f"""
        SELECT {WHOM.format(person="person.id")}, display_name, sort_name, birth_date, language, death
        FROM people_person person
        WHERE EXISTS (SELECT FROM people_identity identity WHERE identity.person_id = person.id)""")


def _identifiers() -> Rows:
    return _rows(f"""
        SELECT {WHO.format(identity="number.identity_id")}, system, value, as_written, state
        FROM people_identifier number""")


def _names() -> Rows:
    """The newest word of each identity on who somebody is; a word said twice may be kept twice."""
    return _rows(f"""
        SELECT DISTINCT ON (details.identity_id)
               {WHO.format(identity="details.identity_id")}, title, first_name, middle_names, last_name,
               birth_date, sex, ethnicity, language, interpreter, aliases, initials_only
        FROM people_details details ORDER BY details.identity_id, as_at DESC, details.id DESC""")


def _searched_by() -> Rows:
    return _rows(f"""
        SELECT {WHOM.format(person="person.id")}, name
        FROM people_person person CROSS JOIN LATERAL unnest(person.search_names) AS name
        WHERE EXISTS (SELECT FROM people_identity identity WHERE identity.person_id = person.id)""")


def _stays() -> Rows:
    return _rows(f"""
        SELECT {WHOM.format(person="stay.person_id")}, prison, starts_on, ends_on, out_now, started_by,
               ended_by, booking
        FROM custody_stay stay""")


def _standing() -> Rows:
    return _rows(f"""
        SELECT {WHOM.format(person="standing.person_id")}, prison, cell, standing, out_now, release_on,
               release_type, release_certainty, flags, as_at
        FROM custody_standing standing
        WHERE EXISTS (SELECT FROM people_identity identity WHERE identity.person_id = standing.person_id)""")


def _relationships() -> Rows:
    return _rows(f"""
        SELECT {WHOM.format(person="held.person_id")}, organisation.code, held.kind, opened_on, closed_on
        FROM access_relationship held {ORGANISATION} held.organisation_id""")


def _plans() -> Rows:
    return _rows(f"""
        SELECT {WHOM.format(person="plan.person_id")}, shape, custody_from, leaves_on, leaves_certainty,
               was_leaving_on, hearing_on, left_on, cover, cover_until, seen_on, steps::text, missing,
               urgency, reasons::text
        FROM pathway_plan plan""")


def _asked() -> Rows:
    """Pairs of identities that somebody is asked about, whichever came first."""
    one, other = WHO.format(identity="held.identity_id"), WHO.format(identity="held.other_id")
    return _rows(f"SELECT least({one}, {other}), greatest({one}, {other}) FROM linkage_held held")


def _rows(query: str) -> Rows:
    return sorted(rows(query), key=repr)


def rows(query: str, *values: Any) -> Rows:
    """What a query finds, for a test that asks the tables themselves."""
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
