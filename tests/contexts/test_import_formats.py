"""What holds for every format: killed anywhere, started twice or sent again, it ends the same."""

import json
import random
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.db import connections

from tests import content, processes, story
from tests.content import rows
from tests.contexts.test_import_kill import the_report_is_exactly_what_is_in
from throughgate.access import actions as access
from throughgate.exchange import formats
from throughgate.exchange.queries import quiet_feeds
from throughgate.foundation import clock

PEOPLE = 12
KILLS = 8  # of each file: with the twenty of a prison's extracts (test_import_kill) more than fifty
PATIENCE_SECONDS = 60


def documents(count: int) -> str:
    told = (story.document(f"A{place:04}AA", bookingId=str(place)) for place in range(count))
    return "\n".join(map(json.dumps, told))


def events(count: int) -> str:
    told = (
        {
            "eventType": "prison-offender-events.prisoner.received",
            "occurredAt": "2026-11-01T10:00:00Z",
            "additionalInformation": {
                "nomsNumber": f"A{place:04}AA",
                "reason": "ADMISSION",
                "prisonId": "MDI",
            },
        }
        for place in range(count)
    )
    return "\n".join(map(json.dumps, told))


def episodes(count: int) -> str:
    told = (f"C{place},Dee,Lantern {place},04/05/1989,E{place},01/09/2026" for place in range(count))
    return "\n".join(["CLIENTID,first_name,last_name,DOB,EPISODID,CPLANDT", *told])


def names(count: int) -> str:
    told = (f"Dee Lantern {'x' * place},04/05/1989,01/09/2026" for place in range(count))
    return "\n".join(["Name,DOB,Started", *told])


FILES: Mapping[str, Callable[[int], str]] = {
    "prisoner-search": documents,
    "prison-events": events,
    "treatment": episodes,
    "people": names,
}


def test_every_format_is_held_to_this() -> None:
    assert FILES.keys() == formats.FORMATS.keys()


def a_file(format_name: str, folder: Path, count: int = PEOPLE) -> Path:
    story.prison()
    path = folder / f"{count}.extract"
    path.write_text(FILES[format_name](count), encoding="utf-8")
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("format_name", FILES)
def test_the_same_file_again_changes_nothing_and_more_of_it_adds_what_is_more(
    format_name: str, tmp_path: Path
) -> None:
    path = a_file(format_name, tmp_path)
    assert story.bring_in_file(path, format_name=format_name).counts["new"] == PEOPLE
    before = content.everything()
    again = story.bring_in_file(path, format_name=format_name, as_at=story.noon(3))
    assert (again.counts["unchanged"], again.counts["entries"]) == (PEOPLE, 0)
    assert content.everything() == before
    more = a_file(format_name, tmp_path, PEOPLE + 2)
    counts = story.bring_in_file(more, format_name=format_name, as_at=story.noon(4)).counts
    assert (counts["unchanged"], counts["new"]) == (PEOPLE, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("format_name", "is_missed"),
    [("prisoner-search", True), ("prison-events", False), ("treatment", True), ("people", False)],
)
def test_what_comes_every_night_is_missed_after_two_and_nothing_else_is(
    format_name: str, is_missed: bool, tmp_path: Path
) -> None:
    story.bring_in_file(a_file(format_name, tmp_path), format_name=format_name)
    permit = access.issue_list_permit(story.worker(), purpose="direct_care", at=clock.now())
    assert bool(quiet_feeds(permit, permit.organisation_ids, at=clock.now())) == is_missed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("format_name", FILES)
def test_the_same_file_started_twice_at_once_goes_in_once(format_name: str, tmp_path: Path) -> None:
    path = a_file(format_name, tmp_path)
    connections.close_all()
    both = [
        processes.start(processes.import_file, path, "MDI", story.NOON, None, format_name) for _ in range(2)
    ]
    for process in both:
        process.join(PATIENCE_SECONDS)
        assert process.exitcode == 0
    assert sorted(rows("SELECT new, unchanged, state FROM exchange_importrun")) == [
        (0, PEOPLE, "finished"),
        (PEOPLE, 0, "finished"),
    ]
    the_report_is_exactly_what_is_in()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("format_name", FILES)
def test_killed_anywhere_and_run_again_it_ends_as_one_clean_run(format_name: str, tmp_path: Path) -> None:
    path = a_file(format_name, tmp_path)
    chance = random.Random()  # noqa: S311 - every run of the suite kills elsewhere
    for _ in range(KILLS):
        chunks = processes.counter()
        connections.close_all()
        process = processes.start(processes.import_file, path, "MDI", story.NOON, chunks, format_name)
        deadline = time.monotonic() + PATIENCE_SECONDS
        wanted = chance.randrange(4)
        while chunks.value < wanted and process.is_alive() and time.monotonic() < deadline:
            time.sleep(0.002)
        process.kill()
        process.join(PATIENCE_SECONDS)
        assert process.exitcode in {0, -signal.SIGKILL}
    story.bring_in_file(path, format_name=format_name)
    the_report_is_exactly_what_is_in()
    assert rows("SELECT count(*) FROM people_identity") == [(PEOPLE,)]
    assert rows("SELECT count(DISTINCT (identity_id, kind, item)) = count(*) FROM record_entry") == [(True,)]
