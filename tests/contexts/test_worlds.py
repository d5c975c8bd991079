"""The same rule three times: the pure decision, the SQL of lists, and the database's own row-level security.

Random worlds hold them equal: what `rules.decide` says of a person and an entry is what a query finds. By
night (`./tg night`) there are 20,000; a world that differs is named by its number, and made again by it.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from tests import story
from throughgate.access import actions as access
from throughgate.access import gathering, leaves, policy, rules, visible
from throughgate.access.rules import Decision
from throughgate.foundation import leave
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.leave import Leave
from throughgate.record import changes
from throughgate.staff import queries as staff
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
WORLDS, SHARES = (20_000, 20) if os.environ.get("TG_NIGHT") else (200, 1)
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
PURPOSES = ["direct_care", "supervision", "resettlement"]
DAYS = [TODAY + timedelta(days=days) for days in (-40, -1, 0, 1, 40)]
ENTRY = """
INSERT INTO record_entry (id, identity_id, kind, category, item, happened_at, dated_by, as_at, recorded_at,
                          organisation_id, source, source_reference, reason, restricted, only_for, withheld,
                          permit_id)
VALUES (%s, %s, 'note', %s, '', %s, 'time', %s, %s, %s, 'hand', '', '', %s, %s, %s, %s)
"""


@dataclass(frozen=True)
class Entry:
    """What decides who reads one entry."""

    id: UUID
    person_id: UUID
    category: str
    restricted: bool
    only_for: frozenset[UUID]
    withheld: bool


@dataclass(frozen=True)
class Town:
    """Who is there in every world: two people with an entry of each sort, organisations, and workers."""

    people: list[UUID]
    organisations: list[UUID]
    hats: list[Hat]
    entries: list[Entry]


@pytest.fixture
def town() -> Town:
    story.bring_in(story.document(), story.document(story.GETHIN, bookingId="2", lastName="GETHIN"))
    people = [story.person(), story.person(story.GETHIN)]
    organisations = [story.prison().id, *(story.organisation(code).id for code in ("PATH", "HOUSE"))]
    roles = sorted(role for role, known in policy.roles().items() if known.purpose)
    places = ["MDI", "PATH", "HOUSE"]
    hats = [
        story.worker(role, places[number % 3], works_in=["MDI"] if number % 2 else [])
        for number, role in enumerate(roles)
    ]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_relationship")
    entries = [
        entry
        for person_id, key in zip(people, (story.DEE, story.GETHIN), strict=True)
        for entry in _entries(person_id, story.identity(key), organisations, hats)
    ]
    return Town(people, organisations, hats, entries)


def _entries(
    person_id: UUID, identity_id: UUID, organisations: list[UUID], hats: list[Hat]
) -> Iterator[Entry]:
    for number, category in enumerate(sorted(policy.categories())):
        for restricted, only_for, withheld in (
            (False, (), False),
            (True, (), False),
            (False, (organisations[number % 3],), False),
            (False, (hats[number % len(hats)].worker_id, new_id()), True),
        ):
            entry = Entry(new_id(), person_id, category, restricted, frozenset(only_for), withheld)
            with connection.cursor() as cursor:
                cursor.execute(
                    ENTRY,
                    [
                        entry.id,
                        identity_id,
                        category,
                        NOW,
                        NOW,
                        NOW,
                        organisations[0],
                        restricted,
                        list(only_for) or None,
                        withheld,
                        new_id(),
                    ],
                )
            yield entry


def of_chance(town: Town, chance: Random) -> None:
    """What is so in this world: who is concerned, what people say, who may not know, and emergencies."""
    tables = (
        ("access_relationship", [3], a_concern),
        ("access_choice", [6], an_answer),
        ("access_bar", [0, 0, 2], a_bar),
        ("access_limit", [0, 0, 3], somebody),
        ("access_emergency", [0, 2], an_opening),
    )
    put(
        "staff_membership",
        [a_membership(town, chance) for _ in range(chance.randint(0, chance.choice([0, 0, 4])))],
    )
    for table, at_most, row in tables:
        put(
            table,
            [
                {"id": new_id(), "person_id": person_id, **row(town, chance)}
                for person_id in town.people
                for _ in range(chance.randint(0, chance.choice(at_most)))
            ],
        )


def put(table: str, rows: list[dict[str, Any]]) -> None:
    """In one statement, whose columns are those of the first row."""
    if rows:
        each = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES {', '.join([each] * len(rows))}"
                " ON CONFLICT DO NOTHING",
                [row[column] for row in rows for column in rows[0]],
            )


def a_membership(town: Town, chance: Random) -> dict[str, Any]:
    parent, member = chance.sample(town.organisations, 2)
    return {"parent_id": parent, "member_id": member, "purpose": chance.choice(PURPOSES)}


def a_concern(town: Town, chance: Random) -> dict[str, Any]:
    opened = chance.choice(DAYS)
    return {
        "organisation_id": chance.choice(town.organisations),
        "kind": "custody",
        "opened_on": opened,
        "closed_on": chance.choice([None, *(day for day in DAYS if day >= opened)]),
    }


def an_answer(town: Town, chance: Random) -> dict[str, Any]:
    began, ends = sorted(chance.sample(DAYS, 2))
    return {
        "organisation_id": chance.choice([None, *town.organisations]),
        "topic": chance.choice(["", *sorted(policy.categories())]),
        "purpose": chance.choice(["", *PURPOSES]),
        "answer": chance.choice(list(rules.Answer)),
        "from_on": chance.choice([None, began]),
        "expires_on": chance.choice([None, ends]),
    }


def a_bar(town: Town, chance: Random) -> dict[str, Any]:
    return {"why": "must_not_know", **somebody(town, chance)}


def somebody(town: Town, chance: Random) -> dict[str, Any]:
    """A worker, or an organisation."""
    return chance.choice(
        [
            {"worker_id": chance.choice(town.hats).worker_id, "organisation_id": None},
            {"worker_id": None, "organisation_id": chance.choice(town.organisations)},
        ]
    )


def an_opening(town: Town, chance: Random) -> dict[str, Any]:
    hat, opens_sealed = chance.choice(town.hats), chance.random() < 0.5
    return {
        "worker_id": hat.worker_id,
        "post_id": hat.post_id,
        "reason": "life",
        "words": "",
        "opened_at": NOW - timedelta(hours=9),
        "until": NOW + timedelta(hours=chance.choice([-1, 0, 1])),
        "opens_sealed": opens_sealed,
        "lawful_reason": "legal_duty" if opens_sealed else "",
    }


def decided(hat: Hat, town: Town, purpose: str) -> dict[UUID, Decision]:
    found = gathering.facts(hat, town.people, purpose=purpose, at=NOW)
    return {person_id: rules.decide(facts) for person_id, facts in found}


def readable(entry: Entry, decision: Decision, hat: Hat, *, on_a_list: bool = False) -> bool:
    """Whether a decision about the person lets this hat read the entry."""
    return (
        entry.category in (decision.list_ if on_a_list else decision.read)
        and (not entry.restricted or (decision.read_restricted and not on_a_list))
        and (
            not entry.only_for
            or decision.opens_sealed
            or not entry.only_for.isdisjoint({hat.worker_id, hat.organisation_id})
        )
    )


def found_by_leave(given: Leave) -> set[UUID]:
    """What the web role finds under that leave with a query that asks for everything."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {leave.GIVE}", leave.values(given))
        cursor.execute("SELECT id FROM record_entry WHERE kind = 'note'")
        found = {entry_id for (entry_id,) in cursor.fetchall()}
        cursor.execute("RESET tg.reach")
    return found


def planned_by_leave(given: Leave) -> set[UUID]:
    """Of whom the web role finds the plan under that leave."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {leave.GIVE}", leave.values(given))
        cursor.execute("SELECT person_id FROM pathway_plan")
        found = {person_id for (person_id,) in cursor.fetchall()}
        cursor.execute("RESET tg.reach")
    return found


def check_hat(hat: Hat, town: Town, chance: Random) -> None:
    purpose = chance.choice(policy.policy().states[hat.role])
    decisions = decided(hat, town, purpose)
    expected = {entry.id for entry in town.entries if readable(entry, decisions[entry.person_id], hat)}
    assert found_by_leave(leaves.of_hat(hat, purpose=purpose, at=NOW)) == expected
    permits = access.issue_permits(hat, town.people, purpose=purpose, at=NOW)
    assert set(permits) == {person_id for person_id, decision in decisions.items() if decision.allowed}
    of_each = [found_by_leave(leaves.of_record(permit)) for permit in permits.values()]
    assert set().union(*of_each) == expected
    assert planned_by_leave(leaves.of_hat(hat, purpose=purpose, at=NOW)) == set(permits)
    for person_id, permit in permits.items():
        assert planned_by_leave(leaves.of_record(permit)) == {person_id}
    check_list(hat, town, purpose)


def check_list(hat: Hat, town: Town, purpose: str) -> None:
    """An emergency opens a record and adds nobody to a list."""
    try:
        permit = access.issue_list_permit(hat, purpose=purpose, at=NOW)
    except Refused:
        return
    decisions = decided(hat, town, purpose)
    asked = visible.by(permit) | {"people": town.people}
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT wanted.id, {visible.kept_back('wanted.id')}, {visible.is_concerned('wanted.id')}"
            " FROM unnest(%(people)s::uuid[]) AS wanted (id)",
            asked,
        )
        rows = {person_id: (set(kept), listed) for person_id, kept, listed in cursor.fetchall()}
        cursor.execute(f"SELECT person_id FROM ({visible.CONCERNED}) concerned", asked)
        concerned = {person_id for (person_id,) in cursor.fetchall()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE access_emergency SET until = opened_at")
        calm = decided(hat, town, purpose)
        transaction.set_rollback(True)
    assert concerned == {person_id for person_id, decision in calm.items() if decision.allowed}
    for person_id, (kept, listed) in rows.items():
        assert listed == calm[person_id].allowed
        if listed:
            assert permit.categories - kept == calm[person_id].list_
    expected = {
        entry.id for entry in town.entries if readable(entry, decisions[entry.person_id], hat, on_a_list=True)
    }
    assert found_by_leave(leaves.of_list(hat, permit)) == expected
    colleagues = (one.worker_id for one in town.hats if one.organisation_id == hat.organisation_id)
    check_program(replace(hat, is_program=True, readers=tuple(colleagues)), town, purpose)


def check_program(hat: Hat, town: Town, purpose: str) -> None:
    """What it is told has changed, and what it fetches, is what its role reads and may be handed on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE access_emergency SET until = opened_at")  # there is none for a program
        calm = {one: found for one, found in decided(hat, town, purpose).items() if found.allowed}
        permit = access.issue_list_permit(hat, purpose=purpose, at=NOW)
        told = f"""
SELECT entry.id FROM ({visible.CONCERNED}) wanted JOIN people_identity identity USING (person_id)
JOIN record_entry entry ON {changes.READ} WHERE entry.kind = 'note'"""
        found = {}
        for how, given in (("the query", leave.EVERYTHING), ("by leave", leaves.of_list(hat, permit))):
            cursor.execute(f"SELECT {leave.GIVE}", leave.values(given))
            cursor.execute(told, visible.by(permit))
            found[how] = {entry_id for (entry_id,) in cursor.fetchall()}
        cursor.execute("RESET tg.reach")
        fetches = {one: access.issue_permit(hat, one, purpose=purpose, at=NOW).read for one in calm}
        transaction.set_rollback(True)
    assert fetches == {one: decision.read - {policy.PROTECTED} for one, decision in calm.items()}
    expected = {
        entry.id
        for entry in town.entries
        if entry.category in fetches.get(entry.person_id, ())
        and not (entry.restricted or entry.only_for or entry.withheld)
    }
    assert found == {"the query": expected, "by leave": expected}


@pytest.mark.parametrize("share", range(SHARES))
def test_the_rule_the_lists_and_the_database_say_the_same_of_everybody(town: Town, share: int) -> None:
    for world in range(share, WORLDS, SHARES):
        chance = Random(world)  # noqa: S311 - to be made again by its number
        with transaction.atomic():
            of_chance(town, chance)
            met = chance.choice(town.hats)
            hat = staff.hat(met.worker_id, met.post_id, on=TODAY)
            try:
                check_hat(hat, town, chance)
            except AssertionError as differing:
                raise AssertionError(f"World {world}, as {hat.role}: {differing}") from differing
            transaction.set_rollback(True)


def test_without_leave_the_database_shows_nothing(town: Town) -> None:
    assert found_by_leave({}) == set()
    assert planned_by_leave({}) == set()
    assert found_by_leave({"reach": "record"}) == set()


def test_the_person_reads_what_is_kept_for_some_and_nothing_withheld_or_restricted(town: Town) -> None:
    dee = town.people[0]
    permit = access.issue_own_permit(dee, level="word", at=NOW)
    assert found_by_leave(leaves.of_record(permit)) == {
        entry.id
        for entry in town.entries
        if entry.person_id == dee and not entry.restricted and not entry.withheld
    }


def test_paper_alone_opens_only_what_comes_next(town: Town) -> None:
    permit = access.issue_own_permit(town.people[0], level="paper", at=NOW)
    found = found_by_leave(leaves.of_record(permit))
    assert {entry.category for entry in town.entries if entry.id in found} == {"plan_appointments"}
