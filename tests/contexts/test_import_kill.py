"""An import may be killed at any row, or started twice: the record ends as if nothing had happened."""

import random
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests import content, processes, story
from tests.content import rows
from tests.database import SuiteDatabase
from throughgate.record.bodies import WITHDRAWN, body_of, kinds

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 20
DAYS = 20  # an extract of each, and a kill in each
CHUNKS = PEOPLE // processes.ROWS_AT_ONCE
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Extract:
    path: Path
    as_at: datetime


@pytest.fixture
def extracts(tmp_path: Path) -> list[Extract]:
    """A prison's extracts of some days, in each of which something has changed for half of its people."""
    chance = random.Random(20261121)  # noqa: S311 - a sample that can be drawn again
    told = {number: story.document(number, bookingId=str(place)) for place, number in enumerate(_numbers())}
    made = []
    for day in range(1, DAYS + 1):
        for number in chance.sample(sorted(told), PEOPLE // 2):
            told[number] = {**told[number], **chance.choice(CHANGES)}
        folder = tmp_path / str(day)
        folder.mkdir()
        made.append(Extract(story.file_of(list(told.values()), folder), story.noon(day)))
    return made


def _numbers() -> Iterator[str]:
    return (f"A{place:04}AA" for place in range(PEOPLE))


CHANGES: tuple[dict[str, Any], ...] = (
    {"cellLocation": "B-2-002"},
    {"cellLocation": "C-3-003", "lastName": "FINCH"},
    {"legalStatus": "SENTENCED", "confirmedReleaseDate": "2026-12-24"},
    {"lastMovementReasonCode": "24"},
    {
        "status": "ACTIVE OUT",
        "inOutStatus": "OUT",
        "lastMovementTypeCode": "CRT",
        "lastMovementReasonCode": "CRT",
    },
    dict(story.RELEASED),
)


def bring_in_all(extracts: list[Extract]) -> None:
    for extract in extracts:
        story.bring_in_file(extract.path, as_at=extract.as_at)


def entries_ever() -> int:
    return int(rows("SELECT count(*) FROM record_entry")[0][0])


def test_killed_at_twenty_rows_and_run_again_it_ends_as_one_clean_run(
    extracts: list[Extract], suite_database: SuiteDatabase
) -> None:
    story.prison()
    began = time.monotonic()
    bring_in_all(extracts)
    of_a_chunk = (time.monotonic() - began) / DAYS / CHUNKS  # so that whoever is killed is mostly at work
    expected, written = content.everything(), entries_ever()
    suite_database.restore()
    story.prison()
    chance = random.Random()  # noqa: S311 - every run of the suite kills elsewhere
    killed = 0
    for extract in extracts:
        killed += kill_on_the_way(
            extract, chunk=chance.randrange(CHUNKS), then_seconds=chance.random() * of_a_chunk
        )
        the_report_is_exactly_what_is_in()
        story.bring_in_file(extract.path, as_at=extract.as_at)
        the_report_is_exactly_what_is_in()
    found = content.everything()
    for what, facts in expected.items():
        assert found[what] == facts, what
    assert entries_ever() == written
    assert killed > DAYS / 2, "too few were still at work when they were killed"


def kill_on_the_way(extract: Extract, *, chunk: int, then_seconds: float) -> bool:
    """Kills an import some time after that many chunks are in; False if it was done before."""
    chunks = processes.counter()
    connections.close_all()
    process = processes.start(processes.import_file, extract.path, "MDI", extract.as_at, chunks)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while chunks.value < chunk and process.is_alive() and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(then_seconds)
    process.kill()
    process.join(PATIENCE_SECONDS)
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


OUTCOMES = """
SELECT outcome, count(DISTINCT line) FROM exchange_importrow WHERE run_id = %s GROUP BY outcome
"""
COUNTED = """
SELECT id, permit_id, state, read, new, changed, unchanged, held, rejected, entries FROM exchange_importrun
"""


def the_report_is_exactly_what_is_in() -> None:
    """Of every run: its counts are those of its rows, and its entries and their audit rows are there."""
    for run_id, permit_id, state, read, *outcomes, entries in rows(COUNTED):
        if permit_id is None:
            assert (state, read, entries) == ("waiting", 0, 0)
            continue
        kept: Counter[str] = Counter(dict(rows(OUTCOMES, run_id)))
        assert sum(kept.values()) == read == sum(outcomes)
        assert [kept[name] for name in ("new", "changed", "unchanged", "held", "rejected")] == outcomes
        assert rows("SELECT count(*) FROM record_entry WHERE permit_id = %s", permit_id) == [(entries,)]
        audited = (
            "SELECT coalesce(sum(rows), 0) FROM audit_event WHERE action = 'add entries' AND permit_id = %s"
        )
        assert rows(audited, permit_id) == [(entries,)]
    every_entry_has_its_body_and_every_body_its_entry()


def every_entry_has_its_body_and_every_body_its_entry() -> None:
    """What the database does not check by itself (docs: ADR 0012)."""
    bodies: dict[str, list[str]] = defaultdict(list)
    for kind in kinds():
        if kind != WITHDRAWN:
            bodies[body_of(kind)._meta.db_table].append(kind)
    for table, of_kinds in bodies.items():
        told = rows("SELECT id FROM record_entry WHERE kind = ANY(%s)", of_kinds)
        assert set(told) == set(rows(f"SELECT entry_id FROM {table}"))
    assert not rows(
        "SELECT id FROM record_entry WHERE episode_id IS NOT NULL"
        " AND episode_id NOT IN (SELECT id FROM record_episode)"
    )


def test_a_run_that_was_killed_is_told_as_stopped_by_the_next(extracts: list[Extract]) -> None:
    story.prison()
    kill_on_the_way(extracts[0], chunk=2, then_seconds=0)
    story.bring_in_file(extracts[0].path, as_at=extracts[0].as_at)
    assert rows("SELECT state FROM exchange_importrun ORDER BY started_at") == [("stopped",), ("finished",)]
    ((why,),) = rows("SELECT stopped_because FROM exchange_importrun WHERE state = 'stopped'")
    assert "Bring it in again" in why


def test_the_same_file_started_twice_at_once_goes_in_once(extracts: list[Extract]) -> None:
    story.prison()
    extract = extracts[0]
    connections.close_all()
    both = [processes.start(processes.import_file, extract.path, "MDI", extract.as_at) for _ in range(2)]
    for process in both:
        process.join(PATIENCE_SECONDS)
        assert process.exitcode == 0
    assert sorted(rows("SELECT new, unchanged, state FROM exchange_importrun")) == [
        (0, PEOPLE, "finished"),
        (PEOPLE, 0, "finished"),
    ]
    the_report_is_exactly_what_is_in()
    assert rows("SELECT count(*) FROM people_person") == [(PEOPLE,)]


def test_two_feeds_that_bring_the_same_people_at_once_make_each_of_them_once(extracts: list[Extract]) -> None:
    story.prison()
    connections.close_all()
    both = [
        processes.start(processes.import_file, extracts[0].path, source, extracts[0].as_at)
        for source in ("MDI", "LEI")
    ]
    for process in both:
        process.join(PATIENCE_SECONDS)
        assert process.exitcode == 0
    joined = rows("SELECT count(*) FROM people_identity GROUP BY person_id")
    assert joined == [(2,)] * PEOPLE
