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
from throughgate.exchange.inbound import letters
from throughgate.foundation.errors import Refused
from throughgate.pages.imports import presenters
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


def odd(text: str) -> bytes:
    return text.encode("cp1252")


def sent_as(content: bytes, kind: str = "people") -> tuple[Any, str]:
    """A browser, and the page of a file that was sent and tried out."""
    clerk = story.worker("data_quality", "STEP")
    client = signed_in(clerk)
    sent = {"organisation": "STEP", "format": kind, "extract": SimpleUploadedFile("x.csv", content)}
    at = client.post(address("upload", clerk), sent).headers["Location"]
    uploads.carry_out_waiting()
    return client, at


def test_letters_of_an_older_spreadsheet_are_shown_and_read_so_once_somebody_says() -> None:
    content = odd("Name,Née le\nSiân Gruffydd-Ôl,04/05/1989\n") + "Zoë Tŷ,05/05/1989\n".encode()
    client, at = sent_as(content)
    page = words(client.get(at))
    assert "Née, Siân, Gruffydd-Ôl" in page
    assert "Tŷ" not in page
    client.post(at, {"decision": "place_columns", "column_0": "name", "column_1": "birth_date"})
    uploads.carry_out_waiting()
    assert client.post(at, {"decision": "older_letters"}).status_code == 302
    assert known() == 0
    uploads.carry_out_waiting()
    page = words(client.get(at))
    assert "Letters in an older form" not in page
    assert "What does “NÉE LE” hold?" in page
    client.post(at, {"decision": "bring_in"})
    uploads.carry_out_waiting()
    assert rows("SELECT first_name, last_name, birth_date::text FROM people_details ORDER BY id") == [
        ("Siân", "Gruffydd-Ôl", "1989-05-04"),
        ("Zoë", "Tŷ", "1989-05-05"),
    ]


def test_a_treatment_extract_of_an_older_spreadsheet_is_read_so_too() -> None:
    client, at = sent_as(odd("CLIENTID,last_name\nS1,Siân\n"), "treatment")
    client.post(at, {"decision": "older_letters"})
    uploads.carry_out_waiting()
    client.post(at, {"decision": "bring_in"})
    uploads.carry_out_waiting()
    assert rows("SELECT last_name FROM people_details") == [("Siân",)]


def test_the_command_tells_letters_of_an_older_spreadsheet_and_reads_them_so(
    tg: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ours.csv").write_bytes(odd("Name,Born\nSiân Gruffydd-Ôl,04/05/1989\n"))
    assert tg("--dry-run") == 0
    said = capsys.readouterr().err
    assert "words in it are: Siân, Gruffydd-Ôl" in said
    assert "say --older-letters" in said
    assert tg("--yes", "--older-letters") == 0
    assert "Letters in an older form are read so: Siân, Gruffydd-Ôl" in capsys.readouterr().err
    assert rows("SELECT first_name, last_name FROM people_details") == [("Siân", "Gruffydd-Ôl")]
    assert rows("SELECT file_name FROM exchange_importrun") == [("ours.csv",)]


def test_a_file_that_is_not_there_is_refused_as_before(tg: Callable[..., int], tmp_path: Path) -> None:
    (tmp_path / "ours.csv").unlink()
    with pytest.raises(Refused, match="There is no file"):
        tg("--yes", "--older-letters")


@pytest.mark.parametrize("content", [b"Name\nDee\n", "Name\nSiân\n".encode()])
def test_nothing_is_asked_about_letters_that_can_be_read(content: bytes) -> None:
    client, at = sent_as(content)
    assert "Letters in an older form" not in words(client.get(at))


def test_letters_are_read_anew_only_while_the_file_waits() -> None:
    client, at = sent_as(odd("Name\nSiân Umbrella\n"))
    client.post(at, {"decision": "bring_in"})
    answer = client.post(at, {"decision": "older_letters"})
    assert "does not wait to be confirmed any more" in words(answer)


def test_a_byte_that_stands_for_nothing_in_the_older_form_stays_a_mark() -> None:
    assert letters.odd_words(io.BytesIO(b"Si\x81n,\xe9\n")) == ["é"]
    assert list(letters.in_utf_8(io.BytesIO(b"a\nSi\x81n\n"))) == [b"a\n", b"Si\\x81n\n"]
    assert (
        len(letters.odd_words(io.BytesIO("\n".join(f"é{number}" for number in range(9)).encode("cp1252"))))
        == 5
    )


def test_what_is_tried_out_in_parts_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    client, at = sent_as(b"Name,Born\nDee Marlowe,04/05/1989\nGethin Pugh,09/03/1988\n")
    said = "It is tried out a thousand rows at a time, so that nobody waits for it: what one"
    assert said not in words(client.get(at))
    monkeypatch.setattr(presenters, "ROWS_AT_ONCE", 1)
    assert said in words(client.get(at))
