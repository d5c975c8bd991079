"""Several write on one record, and some are killed: nothing acknowledged is lost, nothing is there twice."""

import os
import random
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import Barrier, Event
from uuid import UUID

import pytest
from django.db import connections, transaction

from tests import processes, sharing, story
from tests.content import rows
from throughgate.access import actions as access
from throughgate.contacts import actions as contacts
from throughgate.exchange import actions as exchange
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.pathway import actions as pathway
from throughgate.pathway import queries as plans
from throughgate.pathway.rules import Progress
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Form

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6
TRIALS = int(os.environ.get("TG_TRIALS", "3"))  # of each number of writers; 334 make the thousand of H01
WRITERS, NOTES, KILLS = 3, 40, 12
PATIENCE_SECONDS = 60


@pytest.fixture
def permit() -> Permit:
    story.bring_in(story.document())
    opened = story.opens(story.worker(), story.person())
    contacts.write_note(opened, kind="note_plan", text="First", at=story.NOON, form=Form("first"))
    return opened


def all_at_once(deed: Callable[[], UUID], writers: int = AT_ONCE) -> list[UUID | str]:
    """What each of several gets who do the same at one moment; a refusal by its words."""
    start = Barrier(writers)

    def one(_number: int) -> UUID | str:
        try:
            start.wait(PATIENCE_SECONDS)
            return deed()
        except Refused as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(writers) as together:
        return list(together.map(one, range(writers)))


def in_a_connection_of_its_own(deed: Callable[[], object]) -> object:
    try:
        return deed()
    finally:
        connections.close_all()


def test_a_form_sent_several_times_at_one_moment_makes_one_entry(permit: Permit) -> None:
    got = all_at_once(
        lambda: contacts.write_note(permit, kind="note_plan", text="Met her", at=story.NOON, form=Form("k"))
    )
    assert len(set(got)) == 1
    assert rows("SELECT count(*) FROM contacts_note WHERE text = 'Met her'") == [(1,)]


def test_choices_made_at_one_moment_all_hold(permit: Permit) -> None:
    """A worker's, and those of the person's own book: none overlooks another, or writes one twice (H02)."""
    book = access.issue_own_permit(permit.person_id, level="word", at=clock.now())
    topics = ["housing", "family", "equality", "mental_health"]

    def says(number: int, start: Barrier, answer: str) -> object:
        start.wait(PATIENCE_SECONDS)
        return sharing.says((permit, book)[number % 2], answer, topic=topics[number])

    for trial in range(TRIALS):
        sharing.says(permit, "share", topic="story")
        start, answer = Barrier(4), ("keep_back", "take_back")[trial % 2]
        with ThreadPoolExecutor(4) as together:
            deeds = (partial(says, number, start, answer) for number in range(4))
            assert all(together.map(in_a_connection_of_its_own, deeds))
        standing = [(topic, answer) for topic in topics if answer == "keep_back"]
        found = rows("SELECT topic, answer FROM access_choice ORDER BY topic")
        assert found == sorted([("story", "share"), *standing])


def test_several_first_words_of_one_organisation_at_one_moment_hang_on_one_identity() -> None:
    story.bring_in(story.document())
    story.organisation("PATH")
    permit = story.opens(story.worker(at="PATH", works_in=["MDI"]), story.person())

    def deed() -> UUID:
        with pathway.in_step(permit):
            form = Form(str(new_id()))
            return contacts.write_note(permit, kind="note_plan", text="Met", at=story.NOON, form=form)

    assert len(set(all_at_once(deed))) == AT_ONCE
    assert rows("SELECT count(*) FROM people_identity WHERE key LIKE %s", "by hand%") == [(1,)]


@pytest.mark.parametrize("writers", [2, 6, 16])
def test_of_several_who_correct_one_entry_one_wins_and_the_others_are_told(
    permit: Permit, writers: int
) -> None:
    draft = Draft(
        identity_id=own.identity(permit),
        kind="note_plan",
        happened_at=story.NOON,
        dated_by="time",
        as_at=story.NOON,
        body={"text": "Corrected"},
    )
    standing = rows("SELECT entry_id FROM contacts_note")[0][0]
    for trial in range(1, TRIALS + 1):
        got = all_at_once(partial(record.supersede, permit, standing, draft, reason="A slip"), writers)
        assert {each for each in got if isinstance(each, str)} == {
            "This has been corrected since you opened it. Read the newer version, then correct that."
        }
        (standing,) = (each for each in got if isinstance(each, UUID))
        assert rows("SELECT count(*) FROM record_entry WHERE supersedes_id IS NOT NULL") == [(trial,)]


def test_the_nightly_refresh_counts_in_what_is_written_while_it_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(story.document())
    story.bring_in(story.released(), as_at=story.noon(4))
    permit = story.opens(story.worker(), story.person(), at=story.noon(9))
    is_written, may_end = Event(), Event()

    def a_worker_writes() -> None:
        with transaction.atomic():
            with pathway.in_step(permit):
                contacts.record_contact(
                    permit, mode="telephone", outcome="reached", text="", at=story.noon(4), form=Form("met")
                )
            is_written.set()
            may_end.wait(PATIENCE_SECONDS)

    def everybody_is_refreshed() -> int:
        is_written.wait(PATIENCE_SECONDS)
        return exchange.refresh_everybody(access.issue_timer_permit("nightly refresh", at=clock.now()))

    with ThreadPoolExecutor(2) as together:
        writing = together.submit(in_a_connection_of_its_own, a_worker_writes)
        refreshing = together.submit(in_a_connection_of_its_own, everybody_is_refreshed)
        with pytest.raises(TimeoutError):
            refreshing.result(timeout=1)
        may_end.set()
        writing.result(PATIENCE_SECONDS)
        assert refreshing.result(PATIENCE_SECONDS) == 1
    plan = plans.plan(permit)
    assert plan is not None
    assert [step.progress for step in plan.steps if step.code == "contact_0"] == [Progress.CONFIRMED]


def write_notes(permit: Permit, writer: int, ledger: Path) -> None:
    """Writes what the ledger does not have yet, and enters each note there once it is acknowledged."""
    with ledger.open("a+", encoding="utf-8") as lines:
        lines.seek(0)
        done = {line.strip() for line in lines if line.endswith("\n")}
        for number in range(NOTES):
            key = f"{writer}/{number}"
            if key not in done:
                contacts.write_note(permit, kind="note_plan", text=key, at=story.NOON, form=Form(key))
                lines.write(f"{key}\n")
                lines.flush()


def test_of_writers_that_are_killed_everything_acknowledged_is_there_once(
    permit: Permit, tmp_path: Path
) -> None:
    connections.close_all()
    ledgers = [tmp_path / str(writer) for writer in range(WRITERS)]
    chance = random.Random()  # noqa: S311 - every run of the suite kills elsewhere

    def start(writer: int) -> ForkServerProcess:
        return processes.start(write_notes, permit, writer, ledgers[writer])

    at_work, killed = [start(writer) for writer in range(WRITERS)], 0
    for _ in range(KILLS):
        time.sleep(chance.random() * 0.1)
        writer = chance.randrange(WRITERS)
        at_work[writer].kill()
        at_work[writer].join(PATIENCE_SECONDS)
        killed += at_work[writer].exitcode == -signal.SIGKILL
        what_is_acknowledged_is_there(ledgers)
        connections.close_all()
        at_work[writer] = start(writer)
    for process in at_work:
        process.join(PATIENCE_SECONDS)
        assert process.exitcode == 0
    assert killed
    keys = sorted(f"{writer}/{number}" for writer in range(WRITERS) for number in range(NOTES))
    assert sorted(row[0] for row in rows("SELECT text FROM contacts_note WHERE text <> 'First'")) == keys
    written = "SELECT count(*) FROM record_entry WHERE permit_id = %s"
    audited = "SELECT sum(rows) FROM audit_event WHERE action = 'add entries' AND permit_id = %s"
    assert rows(written, permit.id) == rows(audited, permit.id) == [(len(keys) + 1,)]


def what_is_acknowledged_is_there(ledgers: list[Path]) -> None:
    told = {line for ledger in ledgers if ledger.exists() for line in ledger.read_text("utf-8").split()}
    there = [row[0] for row in rows("SELECT text FROM contacts_note")]
    assert len(there) == len(set(there))
    assert told <= {*there}
