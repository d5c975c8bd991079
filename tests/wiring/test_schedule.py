"""What is done by itself: each job bears being run twice, and the night's work is done once a day."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from tests import story
from throughgate.audit import sealing
from throughgate.foundation.clock import LONDON
from throughgate.wiring.schedule import JOBS, OnceADay, refresh_everybody

LATE = datetime(2026, 11, 2, 23, 59, tzinfo=LONDON)


def test_the_nights_work_is_done_once_a_day_and_first_after_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    job = OnceADay(lambda: done.append("done"))
    for moment in (LATE, LATE, LATE + timedelta(minutes=2), LATE + timedelta(hours=20)):
        monkeypatch.setenv("TG_CLOCK", moment.isoformat())
        job()
    assert len(done) == 2


def test_the_nights_work_is_tried_again_when_it_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def fail_once() -> None:
        tries.append("tried")
        if len(tries) == 1:
            raise ZeroDivisionError

    monkeypatch.setenv("TG_CLOCK", LATE.isoformat())
    job = OnceADay(fail_once)
    with pytest.raises(ZeroDivisionError):
        job()
    job()
    job()
    assert len(tries) == 2


@pytest.mark.django_db
def test_every_job_bears_being_run_twice(as_worker_role: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SAFE_UP_TO", "SELECT pg_current_xact_id()::text::bigint + 1")
    story.bring_in(story.document())
    for job in (*JOBS, *JOBS):
        job.run()
    assert sealing.verify().seals == 1


@pytest.mark.django_db
def test_a_date_that_is_past_is_past_the_next_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    story.bring_in(
        story.document(confirmedReleaseDate="2026-11-03", conditionalReleaseDate="2026-11-20"),
        as_at=story.noon(2),
    )
    chosen = []
    for morning in (story.noon(3), story.noon(4)):
        monkeypatch.setenv("TG_CLOCK", morning.isoformat())
        refresh_everybody()
        with connection.cursor() as cursor:
            cursor.execute("SELECT release_on FROM custody_standing")
            chosen.append(str(cursor.fetchone()[0]))
    assert chosen == ["2026-11-03", "2026-11-20"]
