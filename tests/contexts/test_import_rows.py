"""Bad rows of a prison's extract: each goes in or is rejected with a reason; nothing is guessed silently."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import content, story
from tests.content import rows
from tests.story import DEE, GETHIN, NOON
from throughgate.exchange.inbound.ahead import read_ahead
from throughgate.exchange.inbound.run import Chunk, Report

pytestmark = pytest.mark.django_db

# What is written in which field, and why it is kept to be looked at. "" where it is simply taken.
ODD: dict[str, tuple[dict[str, Any], str]] = {
    "an NHS number with a wrong check digit": (
        {"identifiers": [{"type": "NHS", "value": "9434765918"}]},
        "identifier_check_character",
    ),
    "an NHS number of one digit repeated": (
        {"identifiers": [{"type": "NHS", "value": "4444444444"}]},
        "identifier_repeated_digit",
    ),
    "a police number with a wrong letter": ({"pncNumber": "2015/0000001A"}, "identifier_check_character"),
    "a number that is a number": ({"identifiers": [{"type": "NHS", "value": 9434765919}]}, ""),
    "a number far too long": ({"identifiers": [{"type": "NHS", "value": "9" * 500}]}, "too_long"),
    "a kind of number nobody knows": ({"identifiers": [{"type": "X" * 500, "value": "9"}]}, ""),
    "a 29 February that was not": ({"receptionDate": "2023-02-29"}, "not_a_day"),
    "day and month the other way round": ({"receptionDate": "2026-25-10"}, "not_a_day"),
    "a year of two digits": ({"receptionDate": "26-10-20"}, "not_a_day"),
    "a day after the last": ({"confirmedReleaseDate": "2026-11-31"}, "not_a_day"),
    "a template nobody filled in": ({"confirmedReleaseDate": "{{DATE}}"}, "unfilled_template"),
    "the last day there is": ({"confirmedReleaseDate": "9999-12-31", "receptionDate": "9999-12-31"}, ""),
    "the first day there is": ({"lastMovementDate": "0001-01-01", "receptionDate": "0001-01-01"}, ""),
    "a movement on the last day there is": ({"lastMovementDate": "9999-12-31"}, ""),
    "a birth still to come": ({"dateOfBirth": "2031-01-01"}, "birth_date_future"),
    "a birth too long ago": ({"dateOfBirth": "1802-01-01"}, "birth_date_too_long_ago"),
    "a birth date as it is spoken": ({"dateOfBirth": "04/05/1989"}, ""),
    "a name that is a number": ({"firstName": 7}, ""),
    "a name that is a list": ({"firstName": ["DEE"]}, "not_text"),
    "a name far too long": ({"lastName": "M" * 5000}, "too_long"),
    "a code far too long": ({"bookingId": "1" * 50}, "too_long"),
    "a claim that is neither yes nor no": ({"recall": "perhaps"}, "not_yes_or_no"),
    "alerts that are no list": ({"alerts": "none"}, "not_a_list"),
    "an alert that is no object": ({"alerts": ["H"]}, "not_an_object"),
    "needs with fields of other kinds": (
        {"personalCareNeeds": [{"problemType": ["x"], "problemCode": 7, "startDate": {"on": "today"}}]},
        "",
    ),
    "languages with fields of other kinds": ({"languages": [{"type": 7, "code": 7}]}, ""),
    "aliases with fields of other kinds": (
        {"aliases": [{"firstName": 7, "dateOfBirth": True}, "x"]},
        "not_an_object",
    ),
    "a cell far too long": ({"cellLocation": "A" * 500}, ""),
}
# Characters that no database keeps, that turn text around, or that cannot be seen.
HOSTILE = {
    "nothing at all": "\x00",
    "half a character": "\ud800",
    "text turned around": "\u202e",
    "a space of no width": "\u200b",
    "an end of line": "\r\n",
    "a script": "<script>alert(1)</script>",
}
EVERYWHERE = (
    "prisonId",
    "lastPrisonId",
    "bookingId",
    "firstName",
    "lastName",
    "title",
    "gender",
    "ethnicity",
    "cellLocation",
    "status",
    "inOutStatus",
    "legalStatus",
    "imprisonmentStatus",
    "lastMovementTypeCode",
    "lastMovementReasonCode",
    "lastMovementDate",
    "dischargedHospitalDescription",
    "pncNumber",
    "croNumber",
    "dateOfBirth",
)


def flags() -> list[str]:
    return [row[0] for row in rows("SELECT jsonb_array_elements(flags) ->> 1 FROM exchange_importrow")]


def accounted_for(report: Report, *, read: int) -> None:
    counts = report.counts
    outcomes = ("new", "changed", "unchanged", "held", "rejected")
    assert counts["read"] == read == sum(counts[each] for each in outcomes)
    assert not report.stopped_because


@pytest.mark.parametrize(("fields", "why"), ODD.values(), ids=ODD)
def test_a_field_that_cannot_be_read_is_kept_and_flagged_and_the_row_goes_in(
    fields: dict[str, Any], why: str
) -> None:
    accounted_for(story.bring_in(story.document(**fields)), read=1)
    assert flags() == ([why] if why else [])
    kept = rows("SELECT problem, as_written FROM custody_unread")
    assert [row[0] for row in kept] == ([why] if why else [])
    assert all(written for _, written in kept)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_goes_in_as_text_whatever_field_it_stands_in(text: str) -> None:
    """And the characters nobody sees are shown."""
    hostile = f"A{text}B"
    need = dict.fromkeys(("problemType", "problemCode", "problemStatus", "problemDescription"), hostile)
    document = story.document(
        **dict.fromkeys(EVERYWHERE, hostile),
        identifiers=[{"type": hostile, "value": hostile}, {"type": "NHS", "value": hostile}],
        alerts=[{"alertType": hostile, "alertCode": hostile, "active": True}],
        personalCareNeeds=[need],
        languages=[{"type": "PREF", "code": hostile, "interpreterRequested": hostile}],
        aliases=[{"firstName": hostile, "lastName": hostile, "dateOfBirth": hostile}],
    )
    accounted_for(story.bring_in(document), read=1)
    said = json.dumps(content.everything(), default=str, ensure_ascii=False)
    assert "A" in said
    if not text.isprintable():
        assert text not in said
    again = story.bring_in(document)
    assert (again.counts["unchanged"], again.counts["entries"]) == (1, 0)


REJECTED: dict[str, Any] = {
    "no number": {"firstName": "DEE"},
    "a number that is empty": story.document(""),
    "a number that stands for none": story.document("string"),
    "a number of another shape": story.document("12345"),
    "a number that is a list": {**story.document(), "prisonerNumber": [DEE]},
    "a number with nothing in it": story.document("A12\x0034BC"),
    "a number with half a character": story.document("A12\ud80034BC"),
    "a text": "somebody",
    "a text with nothing in it": "some\x00body\ud800",
    "a figure": 7,
    "nothing": None,
    "a list": [],
}


@pytest.mark.parametrize("document", REJECTED.values(), ids=REJECTED)
def test_a_row_whose_person_cannot_be_told_is_rejected_with_line_reason_and_what_to_do(document: Any) -> None:
    report = story.bring_in(story.document(), document, story.document(GETHIN, bookingId="2"))
    accounted_for(report, read=3)
    assert (report.counts["new"], report.counts["rejected"]) == (2, 1)
    (reject,) = report.rejects
    assert reject.line == 2
    assert reject.why
    assert reject.what_to_do
    assert rows("SELECT line, why FROM exchange_rejected") == [(2, reject.why)]


def test_a_number_in_small_letters_with_spaces_is_that_number() -> None:
    story.bring_in(story.document(" a1234bc "))
    assert rows("SELECT key FROM people_identity") == [(DEE,)]


# Whole files

GOOD = json.dumps(story.document())
OTHER = json.dumps(story.document(GETHIN, bookingId="2"))
DEEP = "[" * 100_000 + "]" * 100_000
RATHER_DEEP = "[" * 2_000 + "]" * 2_000


def with_field(written: str) -> bytes:
    """An array of one document, whose title is that."""
    return f'[{GOOD[:-1]}, "title": {written}}}]'.encode()


FILES: dict[str, tuple[bytes, int, str]] = {
    "an array": (f"[{GOOD}, {OTHER}]".encode(), 2, ""),
    "lines": (f"{GOOD}\n\n{OTHER}\n".encode(), 2, ""),
    "a paged answer": (f'{{"content": [{GOOD}], "last": true}}'.encode(), 1, ""),
    "an array after a mark of its encoding": (b"\xef\xbb\xbf" + f" [{GOOD}]".encode(), 1, ""),
    "a line that is no JSON": (f"{GOOD}\n{{oops\n{OTHER}\n".encode(), 3, ""),
    "a line that is no text": (f"{GOOD}\n".encode() + b"\xff\xfe\n" + OTHER.encode(), 3, ""),
    "an array that stops": (f"[{GOOD}, {OTHER}, {{".encode(), 2, "stops being JSON"),
    "an array with bytes that are no text": (f"[{GOOD}, ".encode() + b'"\xff"]', 1, "stops being JSON"),
    "an array with one list far too deep": (f"[{GOOD}, {DEEP}]".encode(), 0, "nested far too deep"),
    "an array with one field rather deep": (with_field(RATHER_DEEP), 1, ""),
    "an array with a number without end": (with_field("9" * 10_000), 0, "stops being JSON"),
    "a line far too deep": (f'{GOOD[:-1]}, "title": {DEEP}}}\n{GOOD}'.encode(), 2, ""),
    "a line with a number without end": (f'{GOOD[:-1]}, "title": {"9" * 10_000}}}\n{GOOD}'.encode(), 2, ""),
    "nothing": (b"", 0, "empty"),
    "a web page": (b"<html>", 0, "not JSON"),
}


@pytest.mark.parametrize(("written", "read", "why"), FILES.values(), ids=FILES)
def test_a_file_is_read_as_far_as_it_can_be(written: bytes, read: int, why: str, tmp_path: Path) -> None:
    story.prison()
    path = tmp_path / "extract.json"
    path.write_bytes(written)
    report = story.bring_in_file(path)
    assert report.counts["read"] == read
    assert why in report.stopped_because
    assert bool(why) == bool(report.stopped_because)


# One person twice in a file


def test_a_file_that_says_two_things_of_one_person_changes_nothing_when_sent_again() -> None:
    both: tuple[Mapping[str, Any], ...] = (story.document(), story.document(cellLocation="B-2-002"))
    first = story.bring_in(*both)
    assert (first.counts["new"], first.counts["changed"]) == (1, 1)
    before = content.everything()
    again = story.bring_in(*both)
    assert (again.counts["unchanged"], again.counts["entries"]) == (2, 0)
    assert content.everything() == before
    assert [row[2] for row in before["standing"]] == ["B-2-002"]


def test_a_file_that_repeats_itself_takes_each_person_once() -> None:
    report = story.bring_in(story.document(), story.document(), story.document(GETHIN, bookingId="2"))
    assert (report.counts["new"], report.counts["unchanged"]) == (2, 1)


def test_more_of_the_same_file_adds_what_is_more() -> None:
    story.bring_in(story.document())
    more = story.bring_in(story.document(), story.document(GETHIN, bookingId="2"))
    assert (more.counts["unchanged"], more.counts["new"]) == (1, 1)


@pytest.mark.parametrize("most", [0, 10_000_000], ids=["in a process of its own", "in this one"])
def test_two_words_of_one_person_are_kept_apart_wherever_the_file_is_read(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chunk ends before a row that says something else of the same person."""
    monkeypatch.setattr("throughgate.exchange.inbound.run.READ_HERE", most)
    started: list[str] = []
    monkeypatch.setattr("throughgate.exchange.inbound.run.read_ahead", lambda chunks: _noted(chunks, started))
    cells = [f"A-{number}" for number in range(4)]
    story.bring_in(*(story.document(cellLocation=cell) for cell in cells), as_at=NOON)
    told = rows("SELECT cell FROM custody_location JOIN record_entry ON id = entry_id ORDER BY id")
    assert [cell for (cell,) in told] == cells
    assert bool(started) == (most == 0)


def _noted(chunks: Iterator[Chunk], started: list[str]) -> Iterator[Chunk]:
    started.append("a process")
    return read_ahead(chunks)
