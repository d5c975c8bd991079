"""The job that makes packs may be killed at any moment, or started twice: everybody has one whole pack."""

import random
import signal
import time

import pytest
from django.db import connections

from tests import processes, story
from tests.content import rows
from throughgate.access import actions as access
from throughgate.foundation import clock
from throughgate.packs import batches, queries
from throughgate.packs.content import Edition, Reader

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 150
KILLS = 50
PATIENCE_SECONDS = 60
NUMBERS = [f"A{place:04}AA" for place in range(PEOPLE)]
OUTCOMES = "SELECT pack_id FROM packs_batchoutcome WHERE refused = '' ORDER BY pack_id"
PACKS = "SELECT id FROM record_entry WHERE kind = 'pack' ORDER BY id"
WHOLE = "SELECT entry_id FROM packs_pack WHERE snapshot IS NOT NULL ORDER BY entry_id"


def test_killed_fifty_times_and_begun_twice_the_job_makes_one_whole_pack_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(*(story.document(number, bookingId=number, lastName=number) for number in NUMBERS))
    hat = story.worker()
    permit = access.issue_list_permit(hat, purpose="direct_care", at=clock.now())
    people = [story.person(number) for number in NUMBERS]
    batch_id = batches.ask(permit, people, key="the form")
    chance = random.Random()  # noqa: S311 - every run of the suite kills elsewhere
    killed = 0
    for _ in range(KILLS):
        killed += kill_on_the_way(after_seconds=chance.random() * 0.03)
    assert killed > KILLS / 2, "too few were still at work when they were killed"
    assert 0 < len(rows(PACKS)) < PEOPLE, "the kills came before the work, or after it"
    work_in_two_processes()
    assert batches.ask(permit, people, key="the form") == batch_id
    made = batches.batch(permit, batch_id).people
    assert all(each.pack_id for each in made)
    assert len({each.pack_id for each in made}) == len(rows(PACKS)) == PEOPLE
    printed = batches.print_sheets(permit, batch_id, Edition(Reader.PERSON))
    assert len(printed) == PEOPLE
    assert [sheet.version for sheet in printed] == [1] * PEOPLE
    assert queries.packs(story.opens(hat, people[-1]))


def kill_on_the_way(*, after_seconds: float) -> bool:
    """Kills the job that long after its first pack; False if it was done before. What is made is whole."""
    before = len(rows(PACKS))
    connections.close_all()
    process = processes.start(batches.carry_out_waiting)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(rows(PACKS)) == before and process.is_alive() and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(after_seconds)
    process.kill()
    process.join(PATIENCE_SECONDS)
    assert process.exitcode in {0, -signal.SIGKILL}
    assert rows(OUTCOMES) == rows(PACKS) == rows(WHOLE)
    return process.exitcode != 0


def work_in_two_processes() -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(rows(OUTCOMES)) < PEOPLE and time.monotonic() < deadline:
        connections.close_all()
        both = [processes.start(batches.carry_out_waiting) for _ in range(2)]
        for process in both:
            process.join(PATIENCE_SECONDS)
            assert process.exitcode == 0
