"""Jobs: one that fails neither stops the others nor says what it was about."""

import logging

import pytest

from throughgate.wiring import messages
from throughgate.wiring.commands import jobs
from throughgate.wiring.readiness import problems
from throughgate.wiring.schedule import JOBS, Job


def fail() -> None:
    raise ValueError("Dee Jones, A1234BC")


@pytest.mark.django_db
def test_a_job_that_fails_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert not jobs._do(Job(name="seal", every_seconds=60, run=fail))
    assert "seal failed: ValueError at test_jobs.py" in caplog.text
    assert "Dee" not in caplog.text


@pytest.mark.django_db
def test_a_job_that_works_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    assert jobs._do(Job(name="seal", every_seconds=60, run=lambda: None))
    assert caplog.text == ""


def test_each_job_has_a_name_of_its_own() -> None:
    names = [job.name for job in JOBS]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_the_web_role_can_see_that_the_tables_are_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_WORKER_DATABASE_URL", "postgresql://tg_worker@/record")
    assert [problem for problem in problems() if "migrations" in problem] == []


@pytest.mark.django_db
def test_serving_without_a_worker_role_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TG_WORKER_DATABASE_URL", raising=False)
    assert any("TG_WORKER_DATABASE_URL" in problem for problem in problems())


def test_a_string_of_the_code_is_in_what_translators_get() -> None:
    found = messages._ids(messages._extracted())
    assert any("%(" in text for text in found)
