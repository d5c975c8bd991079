"""A file from a page: kept, tried out, looked at, and brought in when somebody confirms it."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from pytest_django import Settings

from tests import story
from throughgate.access import actions as access
from throughgate.exchange import queries, uploads
from throughgate.exchange.inbound import run as runs
from throughgate.exchange.models import ImportRun
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import ReviewPermit
from throughgate.staff.queries import Hat

FIRST = story.document(story.DEE)
SECOND = story.document(story.GETHIN, bookingId="1200002")
NOBODY = story.document("UNKNOWN")


@pytest.fixture(autouse=True)
def folder(db: None, settings: Settings, tmp_path: Path) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def clerk() -> Hat:
    return story.worker("data_quality", "MDI")


def send(hat: Hat, *documents: Any, text: str | None = None, **rest: Any) -> UUID:
    content = json.dumps(documents) if text is None else text
    given = {"organisation_code": "MDI", "format_name": "prisoner-search", "as_at": story.NOON, **rest}
    return uploads.receive_upload(
        hat, file=io.BytesIO(content.encode()), name="../../etc/Extract of today.json", **given
    )


def permit(hat: Hat) -> ReviewPermit:
    return access.issue_review_permit(hat, organisation_id=hat.organisation_id, at=clock.now())


def identities() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_identity")
        return int(cursor.fetchone()[0])


def test_a_file_is_tried_out_before_anything_of_it_is_in(clerk: Hat, folder: Path) -> None:
    run_id = send(clerk, FIRST, SECOND, NOBODY)
    assert uploads.preview(permit(clerk), run_id) is None
    uploads.carry_out_waiting()
    found = queries.run(permit(clerk), run_id)
    assert (found.state, found.counts["read"], identities()) == ("previewed", 0, 0)
    assert found.preview is not None
    assert (found.preview.counts["new"], found.preview.counts["rejected"]) == (2, 1)
    assert found.preview.rejects[0].field == "prisonerNumber"
    assert [path.name for path in folder.iterdir()] == [f"{run_id}.upload"]


def test_a_confirmed_file_goes_in_and_is_removed(clerk: Hat, folder: Path) -> None:
    run_id = send(clerk, FIRST, NOBODY)
    uploads.carry_out_waiting()
    uploads.confirm(permit(clerk), run_id)
    uploads.carry_out_waiting()
    found = queries.run(permit(clerk), run_id)
    assert (found.state, found.counts["new"], found.counts["rejected"]) == ("finished", 1, 1)
    assert [row.line for row in queries.rejects(permit(clerk), run_id)] == [2]
    assert identities() == 1
    assert list(folder.iterdir()) == []


def test_what_the_sender_calls_a_file_is_shown_and_never_a_path(clerk: Hat) -> None:
    run_id = send(clerk, FIRST)
    assert queries.run(permit(clerk), run_id).file_name == "Extract of today.json"


def test_a_file_that_cannot_be_read_is_refused_and_removed(clerk: Hat, folder: Path) -> None:
    run_id = send(clerk, text="<html>")
    uploads.carry_out_waiting()
    found = queries.run(permit(clerk), run_id)
    assert found.state == "refused"
    assert "not JSON" in found.stopped_because
    assert list(folder.iterdir()) == []
    with pytest.raises(Refused, match="does not wait"):
        uploads.confirm(permit(clerk), run_id)


def test_a_file_that_is_given_up_is_removed(clerk: Hat, folder: Path) -> None:
    run_id = send(clerk, FIRST)
    uploads.carry_out_waiting()
    uploads.give_up(permit(clerk), run_id)
    uploads.carry_out_waiting()
    assert queries.run(permit(clerk), run_id).state == "refused"
    assert (list(folder.iterdir()), identities()) == ([], 0)


def test_a_file_that_nobody_confirms_is_removed_after_a_week(
    clerk: Hat, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = send(clerk, FIRST)
    uploads.carry_out_waiting()
    monkeypatch.setenv("TG_CLOCK", (clock.now() + timedelta(days=8)).isoformat())
    uploads.carry_out_waiting()
    assert queries.run(permit(clerk), run_id).state == "refused"
    assert list(folder.iterdir()) == []


def test_a_trial_that_a_dead_job_left_is_made_again(clerk: Hat) -> None:
    run_id = send(clerk, FIRST)
    ImportRun.objects.update(state="previewing")
    uploads.carry_out_waiting()
    assert queries.run(permit(clerk), run_id).state == "previewed"


def test_a_run_that_a_dead_job_left_says_so(clerk: Hat, folder: Path) -> None:
    run_id = send(clerk, FIRST)
    ImportRun.objects.update(state="running")
    uploads.carry_out_waiting()
    found = queries.run(permit(clerk), run_id)
    assert found.state == "stopped"
    assert "bring the file in again" in found.stopped_because
    assert list(folder.iterdir()) == []


def test_a_file_left_behind_by_a_job_that_died_at_the_very_end_is_removed(clerk: Hat, folder: Path) -> None:
    send(clerk, FIRST)
    ImportRun.objects.update(state="finished")
    uploads.carry_out_waiting()
    assert list(folder.iterdir()) == []


def test_a_file_without_a_run_is_swept_away_after_a_day(
    clerk: Hat, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = send(clerk, FIRST)
    (folder / "left.upload").write_text("by a program that died")
    uploads.carry_out_waiting()
    assert len(list(folder.iterdir())) == 2
    monkeypatch.setenv("TG_CLOCK", (clock.now() + timedelta(days=2)).isoformat())
    uploads.carry_out_waiting()
    assert [path.name for path in folder.iterdir()] == [f"{run_id}.upload"]


def test_a_file_that_trips_us_up_is_not_tried_for_ever(clerk: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id, after = send(clerk, FIRST), send(clerk, SECOND)

    def trip(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(runs, "try_out", trip)
        with pytest.raises(ZeroDivisionError):
            uploads.carry_out_waiting()
    uploads.carry_out_waiting()
    assert queries.run(permit(clerk), run_id).state == "stopped"
    assert queries.run(permit(clerk), after).state == "previewed"


def test_two_jobs_do_not_do_the_same_file(clerk: Hat) -> None:
    run_id = send(clerk, FIRST)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(uploads.IS_FREE)
        uploads.carry_out_waiting()
        assert queries.run(permit(clerk), run_id).state == "waiting"
    finally:
        other.close()


@pytest.mark.parametrize(
    ("role", "given", "why"),
    [
        ("prison_recovery_worker", {}, "belongs to the data quality role"),
        ("data_quality", {"organisation_code": "LEI"}, "not among them"),
        ("data_quality", {"organisation_code": "NOWHERE"}, "no organisation with the code"),
        ("data_quality", {"format_name": "spreadsheet"}, "no format called spreadsheet"),
        ("data_quality", {"as_at": clock.now() + timedelta(days=1)}, "in the future"),
    ],
)
def test_a_file_is_refused_for_a_reason(role: str, given: dict[str, Any], why: str, folder: Path) -> None:
    with pytest.raises(Refused, match=why):
        send(story.worker(role, "MDI"), FIRST, **given)
    assert not folder.exists()


def test_a_file_that_is_too_large_leaves_nothing(
    clerk: Hat, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 10)
    with pytest.raises(Refused, match="larger than"):
        send(clerk, FIRST)
    assert list(folder.iterdir()) == []
    assert not ImportRun.objects.exists()


def test_a_run_of_another_organisation_is_not_there(clerk: Hat) -> None:
    run_id = send(clerk, FIRST)
    stranger = permit(story.worker("data_quality", "LEI"))
    assert queries.runs(stranger) == []
    for look in (uploads.preview, uploads.confirm, uploads.give_up):
        with pytest.raises(NotFound):
            look(stranger, run_id)
    with pytest.raises(NotFound):
        list(queries.rejects(stranger, run_id))


def test_a_colleague_who_works_there_sees_it_too(clerk: Hat) -> None:
    run_id = send(clerk, FIRST)
    colleague = story.worker("data_quality", "LEI", works_in=["MDI"])
    assert [each.id for each in queries.runs(permit(colleague))] == [run_id]
    assert send(colleague, SECOND) != run_id


def test_runs_of_ones_own_organisation_are_listed_newest_first(clerk: Hat) -> None:
    first, second = send(clerk, FIRST), send(clerk, SECOND)
    story.bring_in(SECOND)
    listed = queries.runs(permit(clerk))
    assert [each.id for each in listed][1:] == [second, first]
    console = access.issue_review_permit(None, organisation_id=clerk.organisation_id, at=clock.now())
    assert len(queries.runs(console)) == 3
    uploads.carry_out_waiting()
    uploads.confirm(console, first)
