"""Bringing in an extract from a page: sent, tried out, looked at, confirmed, reported."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from pytest_django import Settings

from tests import story
from tests.contexts.clients import address, signed_in, words
from throughgate.exchange import uploads
from throughgate.exchange.models import ImportRun
from throughgate.pages.imports import views
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
ODD = story.document(story.DEE, croNumber="nonsense")
REJECTED = story.document("=HYPERLINK(1)", bookingId="3")


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    settings.UPLOADS = tmp_path


@pytest.fixture
def clerk() -> Hat:
    return story.worker("data_quality")


def send(hat: Hat, *documents: Any, **given: str) -> HttpResponseBase:
    file = SimpleUploadedFile("today.json", json.dumps(documents).encode())
    typed = {"organisation": "MDI", "format": "prisoner-search", **given}
    return signed_in(hat).post(address("upload", hat), {**typed, "extract": file})


def sent(hat: Hat, *documents: Any, **given: str) -> str:
    """The address of the run that sending made."""
    answer = send(hat, *documents, **given)
    assert answer.status_code == 302, words(answer)
    return str(answer.headers["Location"])


def read(hat: Hat, at: str) -> str:
    return words(signed_in(hat).get(at))


def test_a_file_goes_from_sending_to_report(clerk: Hat) -> None:
    at = sent(clerk, ODD, REJECTED)
    waiting = signed_in(clerk).get(at)
    assert waiting.headers["Refresh"] == "3"
    assert "You can leave it" in words(waiting)
    uploads.carry_out_waiting()
    preview = read(clerk, at)
    for said in (
        "What bringing it in would do",
        "2 read = 1 new",
        "1 rejected",
        "Bring it in",
        "=HYPERLINK(1)",
    ):
        assert said in preview
    assert signed_in(clerk).post(at, {"decision": "bring_in"}).status_code == 302
    assert "Waits to be brought in" in read(clerk, at)
    uploads.carry_out_waiting()
    report = read(clerk, at)
    for said in ("What became of it", "2 read = 1 new", "To look at", "CSV"):
        assert said in report
    assert "Refresh" not in signed_in(clerk).get(at).headers
    ravi = story.worker()
    assert signed_in(ravi).get(address("person", ravi, story.person())).status_code == 200


def test_a_file_can_be_given_up(clerk: Hat) -> None:
    at = sent(clerk, ODD)
    uploads.carry_out_waiting()
    signed_in(clerk).post(at, {"decision": "give_up"})
    assert "It was given up before it was brought in" in read(clerk, at)
    again = signed_in(clerk).post(at, {"decision": "bring_in"})
    assert "does not wait to be confirmed any more" in words(again)
    assert signed_in(clerk).post(at, {"decision": "nonsense"}).status_code == 302


def test_how_far_a_run_has_come_can_be_seen(clerk: Hat) -> None:
    at = sent(clerk, ODD)
    ImportRun.objects.update(state="running", rows_expected=96, read=61, new=61)
    assert "61 of 96" in read(clerk, at)


@pytest.mark.parametrize(
    ("given", "true_at"),
    [
        ({}, "Mon 9 Nov 2026, 12:00, because nobody said"),
        ({"as_at_day": "3", "as_at_month": "11", "as_at_year": "2026"}, "Tue 3 Nov 2026, 00:00"),
        (
            {"as_at_day": "3", "as_at_month": "11", "as_at_year": "2026", "as_at_time": "6.10"},
            "Tue 3 Nov 2026, 06:10",
        ),
        (
            {"as_at_day": "1", "as_at_month": "7", "as_at_year": "2026", "as_at_time": "7"},
            "Wed 1 Jul 2026, 07:00",
        ),
    ],
)
def test_a_file_says_when_it_was_true(clerk: Hat, given: dict[str, str], true_at: str) -> None:
    assert true_at in read(clerk, sent(clerk, ODD, **given))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (
            {"as_at_day": "35", "as_at_month": "11", "as_at_year": "2026"},
            "Enter the day the extract was true",
        ),
        ({"as_at_time": "25:00"}, "Enter the day the extract was true"),
        ({"as_at_day": "1", "as_at_month": "1", "as_at_year": "2030"}, "in the future"),
        ({"organisation": "LEI"}, "not among them"),
    ],
)
def test_a_form_that_cannot_be_used_comes_back_with_why(clerk: Hat, given: dict[str, str], why: str) -> None:
    story.prison("LEI")
    answer = send(clerk, ODD, **given)
    assert (answer.status_code, why in words(answer)) == (400, True)


def test_a_form_without_a_file_comes_back_with_why(clerk: Hat) -> None:
    answer = signed_in(clerk).post(
        address("upload", clerk), {"organisation": "MDI", "format": "prisoner-search"}
    )
    assert "Choose the file to bring in" in words(answer)


def test_the_form_offers_the_organisations_the_team_works_for(clerk: Hat) -> None:
    both = story.worker("data_quality", at="LEI", works_in=["MDI"])
    options = re.findall(r'<option value="([A-Z]+)"', read(both, address("upload", both)))
    assert options == ["LEI", "MDI"]


def test_runs_are_listed_newest_first_and_page_by_page(
    clerk: Hat, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Callable[[int], Any]
) -> None:
    assert "Nothing has come in yet" in read(clerk, address("imports", clerk))
    monkeypatch.setattr(views, "PAGE", 1)
    for day in (3, 4):
        story.bring_in(story.document(), as_at=story.noon(day))
    client = signed_in(clerk)
    client.get(address("imports", clerk))
    with django_assert_num_queries(5):
        first = words(client.get(address("imports", clerk)))
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    assert "Wed 4 Nov 2026" in first
    assert "Tue 3 Nov 2026" in words(client.get(following[1]))


def test_rejected_rows_come_as_a_file_in_which_nothing_runs(clerk: Hat) -> None:
    report = story.bring_in(ODD, REJECTED)
    answer = signed_in(clerk).get(address("rejected", clerk, report.run_id))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="rejected-{report.run_id}.csv"'
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a stream of lines
    assert text.startswith("\ufeffLine,Field,Why,What to do,As written")
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text


def test_a_run_of_another_organisation_is_not_there(clerk: Hat) -> None:
    report = story.bring_in(ODD)
    stranger = story.worker("data_quality", at="LEI")
    for name in ("run", "rejected"):
        assert signed_in(stranger).get(address(name, stranger, report.run_id)).status_code == 404
    assert signed_in(clerk).get(address("run", clerk, UUID(int=0))).status_code == 404


def test_a_file_that_cannot_be_read_is_refused_with_why(clerk: Hat) -> None:
    file = io.BytesIO(b"<html>")
    file.name = "today.json"
    typed = {"organisation": "MDI", "format": "prisoner-search", "extract": file}
    answer = signed_in(clerk).post(address("upload", clerk), typed)
    uploads.carry_out_waiting()
    assert "Not brought in" in read(clerk, str(answer.headers["Location"]))
