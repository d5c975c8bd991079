"""The commands that touch the record, as somebody types them; only the database is the suite's own."""

import csv
import io
import json
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests import story
from tests.contexts.conftest import Tg
from throughgate.exchange.inbound import run as runs
from throughgate.exchange.models import ImportRun
from throughgate.foundation.errors import Refused
from throughgate.whole.plain import plain
from throughgate.wiring.console import here, importing, rejects

NUMBERLESS = story.document("=cmd|' /C calc'!A0", bookingId="1200009")
JSON_KEYS = ["read", "new", "changed", "unchanged", "held", "rejected", "flags", "rejects_file"]


@pytest.fixture
def extract(tmp_path: Path) -> Callable[..., Path]:
    story_folder = tmp_path / "extracts"
    story_folder.mkdir()
    return lambda *documents: story.file_of(documents, story_folder)


def bring_in(tg: Tg, path: Path, *more: str) -> int:
    return tg("import", "prisoner-search", path, "--from", "MDI", *more)


# import


def test_the_report_accounts_for_every_row(
    tg: Tg,
    as_worker_role: None,
    extract: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = extract(story.document(), story.document(story.GETHIN, bookingId="1200002"), NUMBERLESS)
    assert bring_in(tg, path, "--as-at", "2026-11-02T12:00") == 0
    said = capsys.readouterr().out
    assert "prisoner-search of Moorland (HMP & YOI), as at Mon 2 Nov 2026, 12:00\n" in said
    assert "3 read = 2 new + 0 changed + 0 unchanged + 0 held + 1 rejected" in said
    assert f"stands in {path}.rejected.csv" in said


def test_a_moment_nobody_gave_is_now_and_the_report_says_so(
    tg: Tg, extract: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bring_in(tg, extract(story.document()))
    assert "(not given, so now)" in capsys.readouterr().out
    assert not ImportRun.objects.get().as_at_given


def test_a_script_reads_the_last_line(
    tg: Tg, extract: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = extract(story.document(), NUMBERLESS)
    assert bring_in(tg, path, "--json", "--as-at", "2026-11-02") == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert list(report) == JSON_KEYS
    assert (report["read"], report["new"], report["rejected"]) == (2, 1, 1)
    assert report["rejects_file"] == f"{path}.rejected.csv"
    assert bring_in(tg, extract(story.document()), "--json", "--as-at", "2026-11-02") == 0
    again = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (again["read"], again["unchanged"], again["rejects_file"]) == (1, 1, None)


def test_a_rejected_row_is_told_in_words_and_runs_nothing_in_a_spreadsheet(
    tg: Tg, extract: Callable[..., Path]
) -> None:
    path = extract(NUMBERLESS)
    bring_in(tg, path)
    written = path.with_name(f"{path.name}.rejected.csv")
    (row,) = csv.DictReader(io.StringIO(written.read_text(encoding="utf-8-sig")))
    assert list(row) == ["line", "field", "why", "what to do", "as written"]
    assert (row["line"], row["field"]) == ("1", "prisonerNumber")
    assert "put the number right there" in row["what to do"]
    assert row["as written"].startswith("'=cmd")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_rejects_go_elsewhere_where_the_extract_lies_out_of_reach(
    tg: Tg,
    extract: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(rejects, "VAR", tmp_path / "var")
    path = extract(NUMBERLESS)
    path.with_name(f"{path.name}.rejected.csv").mkdir()
    bring_in(tg, path, "--json")
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["rejects_file"] == str(tmp_path / "var" / "rejects" / f"{path.name}.rejected.csv")


def test_a_trial_says_what_would_happen_and_leaves_nothing(
    tg: Tg, extract: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = extract(story.document(), NUMBERLESS)
    assert bring_in(tg, path, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "2 read = 1 new + 0 changed + 0 unchanged + 0 held + 1 rejected" in said
    assert "On trial: nothing of this is in." in said
    assert not ImportRun.objects.exists()


def test_a_trial_in_parts_counts_apart_what_they_have_in_common(
    tg: Tg, extract: Callable[..., Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part is undone before the next, so that nobody waits: only what is in can be compared."""
    monkeypatch.setattr(runs, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", 2)
    both = story.document("A3456DE", bookingId="3", lastName="PUGH", dateOfBirth="1980-01-02")
    other = {"bookingId": "2", "firstName": "GETHIN", "lastName": "PRICE", "dateOfBirth": "1970-01-02"}
    path = extract(
        *(story.document(pncNumber="2007/0000101Q"), both),
        *(both, story.document(story.GETHIN, **other, pncNumber="2007/0000101Q")),
    )
    assert bring_in(tg, path, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "4 read = 4 new + 0 changed + 0 unchanged + 0 held + 0 rejected" in said
    assert "Tried out a thousand rows at a time" in said
    assert bring_in(tg, path) == 0
    said = capsys.readouterr().out
    assert "4 read = 2 new + 0 changed + 1 unchanged + 1 held + 0 rejected" in said
    assert "a thousand rows" not in said


def test_a_file_that_stops_half_way_keeps_what_came_before_and_fails(
    tg: Tg, extract: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = extract(story.document(), story.document(story.GETHIN, bookingId="1200002"))
    path.write_text(path.read_text()[:-40])
    assert bring_in(tg, path, "--json") == 1
    said = capsys.readouterr()
    assert json.loads(said.out.splitlines()[-1])["new"] == 1
    assert "stops being JSON" in said.err


def test_a_trial_of_a_file_that_stops_half_way_does_not_say_that_some_of_it_is_in(
    tg: Tg, extract: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = extract(story.document(), story.document(story.GETHIN, bookingId="1200002"))
    path.write_text(path.read_text()[:-40])
    assert bring_in(tg, path, "--dry-run") == 1
    said = capsys.readouterr().err
    assert "Ask the source to send the whole extract again." in said
    assert " is in" not in said


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("spreadsheet", "x.json", "--from", "MDI"), "no format called spreadsheet"),
        (("prisoner-search", "x.json", "--from", "MDI"), "no file x.json"),
        (("prisoner-search", "README.md", "--from", "XYZ"), "no organisation with the code XYZ"),
        (("prisoner-search", "README.md", "--from", "MDI", "--as-at", "tomorrow"), "tomorrow is not a time"),
        (("prisoner-search", "README.md", "--from", "MDI", "--as-at", "2999-01-01"), "in the future"),
    ],
)
def test_an_import_is_refused_for_a_reason(
    tg: Tg,
    arguments: tuple[str, ...],
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_text("[]")
    with pytest.raises(Refused, match=why):
        tg("import", *arguments)


def test_a_second_import_of_an_organisation_waits_and_says_so(
    tg: Tg,
    extract: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    say = importing._say_it_waits
    with _going_on() as end:

        def say_and_let_go(organisation: str) -> None:
            say(organisation)
            end()

        monkeypatch.setattr(importing, "_say_it_waits", say_and_let_go)
        assert bring_in(tg, extract(story.document())) == 0
    assert "Another import of MDI is going on" in capsys.readouterr().err


@contextmanager
def _going_on() -> Iterator[Callable[[], None]]:
    """Another process imports for Moorland, until told to end."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute(runs.ONE_AT_A_TIME, [story.prison().id])
    try:
        yield other.close
    finally:
        other.close()


def test_a_terminal_sees_how_far_it_is_and_what_is_in_when_it_is_stopped(
    tg: Tg,
    extract: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop_after_some(**given: Any) -> None:
        given["progress"]({"read": 3000})
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("throughgate.exchange.actions.import_file", stop_after_some)
    with pytest.raises(KeyboardInterrupt):
        bring_in(tg, extract(story.document()))
    said = capsys.readouterr().err
    assert "\r3,000 rows" in said
    assert "The same command again does the rest." in said


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-07-01", datetime(2026, 6, 30, 23, tzinfo=UTC)),
        ("2026-07-01T22:00", datetime(2026, 7, 1, 21, tzinfo=UTC)),
        ("2026-01-01 22:00", datetime(2026, 1, 1, 22, tzinfo=UTC)),
        ("2026-07-01T22:00Z", datetime(2026, 7, 1, 22, tzinfo=UTC)),
        (None, None),
    ],
)
def test_a_moment_without_a_zone_is_londons(written: str | None, read: datetime | None) -> None:
    assert here.moment(written) == read


# held


@pytest.fixture
def twins(db: None) -> None:
    """Two prisons each hold somebody of one prison number, and nothing else agrees."""
    story.bring_in(story.document())
    story.bring_in(
        story.document(firstName="NIA", lastName="PRICE", dateOfBirth="1979-01-02", prisonId="LEI"),
        source="LEI",
    )


def held_id(said: str) -> str:
    """The id of the first pair that was listed."""
    return said.split(maxsplit=1)[0]


def test_pairs_are_listed_with_both_sides_and_the_reason(
    tg: Tg, twins: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tg("held") == 0
    said = capsys.readouterr().out
    assert UUID(held_id(said)).version == 7
    assert "They share a number, and nothing else agrees." in said
    for part in (
        "Moorland (HMP & YOI)",
        "DEE MARLOWE",
        "4 May 1989",
        "NIA PRICE",
        "2 January 1979",
        story.DEE,
    ):
        assert part in said


@pytest.mark.parametrize(("answer", "people"), [("same", 1), ("different", 2)])
def test_an_answer_settles_a_pair(
    tg: Tg, twins: None, capsys: pytest.CaptureFixture[str], answer: str, people: int
) -> None:
    tg("held")
    pair = held_id(capsys.readouterr().out)
    assert tg("held", "--answer", pair, answer, "--because", "the wing knows") == 0
    assert len({story.person(), story.person(source="LEI")}) == people
    capsys.readouterr()
    tg("held")
    assert "Nothing waits" in capsys.readouterr().out


def test_a_link_is_undone_with_all_that_follows(
    tg: Tg, twins: None, capsys: pytest.CaptureFixture[str]
) -> None:
    tg("held")
    tg("held", "--answer", held_id(capsys.readouterr().out), "same", "--because", "the wing knows")
    links = {source: story.link(source=source) for source in ("MDI", "LEI")}
    joined = next(source for source, link in links.items() if _why(link) == "worker_joined")
    assert tg("held", "--undo", links[joined], "--because", "they are not") == 0
    assert story.person() != story.person(source="LEI")
    with connection.cursor() as cursor:
        cursor.execute("SELECT display_name FROM people_person WHERE id = %s", [story.person(source=joined)])
        assert cursor.fetchone() == ({"MDI": "Dee Marlowe", "LEI": "Nia Price"}[joined],)


def _why(link_id: UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT why FROM linkage_link WHERE id = %s", [link_id])
        return str(cursor.fetchone()[0])


NIL = str(UUID(int=0))


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--answer", NIL, "same"), "Say why"),
        (("--undo", NIL), "Say why"),
        (("--answer", NIL, "perhaps", "--because", "x"), "perhaps is no answer"),
        (("--answer", "7", "same", "--because", "x"), "not the id of a pair"),
        (("--answer", NIL, "same", "--because", "x"), "No pair with the id"),
        (("--undo", NIL, "--because", "x"), "No link with the id"),
    ],
)
def test_an_answer_is_refused_for_a_reason(tg: Tg, arguments: tuple[str, ...], why: str) -> None:
    with pytest.raises(Refused, match=why):
        tg("held", *arguments)


# show


def shown(tg: Tg, capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    capsys.readouterr()
    assert tg("show", *arguments, "--json") == 0
    return dict(json.loads(capsys.readouterr().out))


def test_a_record_is_found_by_id_and_by_number(tg: Tg, capsys: pytest.CaptureFixture[str]) -> None:
    story.bring_in(story.document(pncNumber="2007/0000101Q"))
    person_id = str(story.person())
    for given in (person_id, story.DEE, story.DEE.lower(), "07/101Q"):
        assert shown(tg, capsys, given)["person"] == person_id


def test_a_record_is_printed_with_both_clocks_source_and_category(
    tg: Tg, capsys: pytest.CaptureFixture[str]
) -> None:
    story.bring_in(story.document())
    record = shown(tg, capsys, story.DEE)
    assert (record["name"], record["birth_date"], record["death"]) == ("Dee Marlowe", "1989-05-04", "")
    assert record["custody"]["standing"] == "remand"
    (identity,) = record["identities"]
    assert (identity["organisation"], identity["link"]["why"]) == ("MDI", "first_seen")
    received = next(entry for entry in record["entries"] if entry["kind"] == "movement")
    assert received["says"]["what"] == "received"
    assert (received["organisation"], received["source"]) == ("MDI", "prisoner-search")
    assert received["category"] == "custody_legal"
    assert received["happened_at"] < received["as_at"] < received["recorded_at"]


def test_a_record_is_printed_in_words(tg: Tg, capsys: pytest.CaptureFixture[str]) -> None:
    story.bring_in(story.document())
    assert tg("show", story.DEE) == 0
    said = capsys.readouterr().out
    assert said.startswith("Dee Marlowe, born 4 May 1989\n")
    assert "Custody: Moorland (HMP & YOI) since Tue 20 Oct 2026, remand" in said
    assert "Received." in said
    assert "[Custody and court; Moorland (HMP & YOI), prison record; as at Mon 2 Nov 2026" in said


def test_a_record_is_printed_as_it_was_known(
    tg: Tg, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for as_at, document in ((story.noon(2), story.document()), (story.noon(4), story.released())):
        monkeypatch.setenv("TG_CLOCK", (as_at + timedelta(hours=1)).isoformat())
        story.bring_in(document, as_at=as_at)
    now = shown(tg, capsys, story.DEE)
    then = shown(tg, capsys, story.DEE, "--known-on", "2026-11-03")
    assert len(then["entries"]) < len(now["entries"])
    assert then["custody"]["standing"] == "remand"
    assert tg("show", story.DEE, "--known-on", "2026-11-03") == 0
    assert "As it was known on Tue 3 Nov 2026, 00:00" in capsys.readouterr().out


def test_a_look_from_the_console_is_logged(tg: Tg) -> None:
    story.bring_in(story.document())
    tg("show", story.DEE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_kind, person_id FROM audit_event WHERE action = 'open record' ORDER BY id DESC"
        )
        assert cursor.fetchone() == ("script", story.person())


def test_a_record_that_says_little_is_printed_too(tg: Tg, capsys: pytest.CaptureFixture[str]) -> None:
    story.bring_in(story.document(dateOfBirth=None, legalStatus="DEAD", receptionDate=None))
    assert tg("show", story.DEE) == 0
    said = capsys.readouterr().out
    assert "birth date not recorded" in said
    assert "A DEATH IS REPORTED" in said


@pytest.mark.parametrize(
    ("given", "why"),
    [("A9999XX", "Nobody here has the number"), (NIL, "Nobody has the id")],
)
def test_nobody_is_said_plainly(tg: Tg, given: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        tg("show", given)


def test_a_number_of_two_people_shows_neither(tg: Tg, twins: None) -> None:
    with pytest.raises(Refused, match="2 people have the number"):
        tg("show", story.DEE)


def test_facts_become_plain_json() -> None:
    assert plain({"a": frozenset({1}), "b": (1.5, None, True)}) == {"a": [1], "b": [1.5, None, True]}
