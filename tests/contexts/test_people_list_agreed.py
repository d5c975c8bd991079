"""A plain list of people, from the console and from a page: shown how it is read, and agreed to."""

import io
import re
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.exchange import uploads
from throughgate.foundation.errors import Refused
from throughgate.wiring import cli, connected

pytestmark = pytest.mark.django_db

LIST = "Who,D.O.B.,When\nDee Marlowe,04/05/1989,01/09/2026\n"


@pytest.fixture(autouse=True)
def stepping_stone(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    settings.UPLOADS = tmp_path / "uploads"
    story.organisation("STEP", "peer_support")


@pytest.fixture
def tg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., int]:
    """`tg("--yes")` brings the list in by ./tg import with that option, in this process."""
    monkeypatch.setattr(connected, "as_role", lambda _: nullcontext())
    path = tmp_path / "ours.csv"
    path.write_text(LIST, encoding="utf-8")
    command = next(each for each in cli.COMMANDS if each.name == "import")
    return lambda *options: cli._run(command, ["people", str(path), "--from", "STEP", *options])


def known() -> int:
    ((count,),) = rows("SELECT count(*) FROM people_identity")
    return int(count)


def test_nothing_is_written_before_somebody_agrees(
    tg: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Refused, match="Nothing was brought in"):
        tg("--map", "Who=name")
    said = capsys.readouterr().err
    for words_ in ("WHO: read as full name", "D.O.B.: read as birth date", "WHEN: kept as text"):
        assert words_ in said
    assert known() == 0
    assert tg("--map", "Who=name", "--map", "WHEN=started", "--yes") == 0
    assert known() == 1
    assert rows("SELECT started_on::text FROM treatment_episodereport") == [("2026-09-01",)]


def test_somebody_at_a_terminal_is_asked(tg: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("n\nYes\n"))
    with pytest.raises(Refused, match="Nothing was brought in"):
        tg("--map", "Who=name")
    assert known() == 0
    assert [tg("--map", "Who=name"), known()] == [0, 1]


def test_a_trial_asks_nobody(tg: Callable[..., int]) -> None:
    assert [tg("--map", "Who=name", "--dry-run"), known()] == [0, 0]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ((), "No column tells who anybody is"),
        (("--map", "Name=name"), "There is no column Name in the file. There are: WHO, D.O.B., WHEN."),
        (("--map", "Who=hat"), "A column cannot hold hat"),
        (("--map", "Who=birth_date"), "Two columns are taken for the birth date"),
    ],
)
def test_columns_that_cannot_be_are_refused(
    tg: Callable[..., int], options: tuple[str, ...], why: str
) -> None:
    with pytest.raises(Refused, match=re.escape(why)):
        tg(*options, "--yes")
    assert known() == 0


def test_a_page_shows_how_the_columns_were_read_with_choices_to_put_them_right() -> None:
    clerk = story.worker("data_quality", "STEP")
    client = signed_in(clerk)
    typed: dict[str, Any] = {"organisation": "STEP", "format": "people"}
    file = SimpleUploadedFile("ours.csv", LIST.replace("Who", "Name").encode())
    at = client.post(address("upload", clerk), {**typed, "extract": file}).headers["Location"]
    uploads.carry_out_waiting()
    page = client.get(at)
    assert "How the columns were read" in words(page)
    assert "What does “WHEN” hold?" in words(page)
    assert '<option value="birth_date" selected' in page.content.decode()
    sent = {"decision": "place_columns", "column_0": "name", "column_1": "birth_date", "column_2": "started"}
    assert client.post(at, sent).status_code == 302
    assert known() == 0
    uploads.carry_out_waiting()
    assert '<option value="started" selected' in client.get(at).content.decode()
    client.post(at, {"decision": "bring_in"})
    uploads.carry_out_waiting()
    assert rows("SELECT started_on::text FROM treatment_episodereport") == [("2026-09-01",)]


def test_columns_that_cannot_be_are_said_on_the_page() -> None:
    clerk = story.worker("data_quality", "STEP")
    client = signed_in(clerk)
    file = SimpleUploadedFile("ours.csv", LIST.replace("Who", "Name").encode())
    sent = {"organisation": "STEP", "format": "people", "extract": file}
    at = client.post(address("upload", clerk), sent).headers["Location"]
    uploads.carry_out_waiting()
    answer = client.post(at, {"decision": "place_columns", "column_1": "name"})
    assert "Two columns are taken for the full name" in words(answer)


def test_a_list_whose_columns_nobody_knows_waits_to_be_told_what_they_hold() -> None:
    clerk = story.worker("data_quality", "STEP")
    client = signed_in(clerk)
    sent = {"organisation": "STEP", "format": "people", "extract": SimpleUploadedFile("x.csv", LIST.encode())}
    at = client.post(address("upload", clerk), sent).headers["Location"]
    uploads.carry_out_waiting()
    page = client.get(at)
    assert "No column tells who anybody is" in words(page)
    assert "How the columns were read" in words(page)
    assert 'value="bring_in"' not in page.content.decode()
    assert "Give it up" in words(page)
    client.post(at, {"decision": "place_columns", "column_0": "name"})
    uploads.carry_out_waiting()
    page = client.get(at)
    assert "No column tells" not in words(page)
    assert "1 read = 1 new" in words(page)
