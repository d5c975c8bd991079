"""A population goes in by the import that everybody uses, and the record then says what is true of it."""

import csv
import io
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import story
from throughgate.foundation.errors import Refused
from throughgate.wiring.console import backlog
from throughgate.wiring.population import draws, making

pytestmark = pytest.mark.django_db

# What is rare happens, so that a few people are enough.
CROWDED = {
    **draws.rates(),
    "kin": 0.3,
    "died_in_custody": 0.05,
    "absconds": 0.05,
    "in_treatment": 0.7,
    "known_outside_before": 0.6,
    "new_prison_number": 0.3,
    "transferred_back": 0.3,
    "row_without_number": 0.02,
    "extract_late": 0.1,
    "extract_twice": 0.05,
}
Facts = set[tuple[str, ...]]

IDENTITIES = """
SELECT organisation.code, identity.key, identity.person_id FROM people_identity identity
JOIN directory_organisation organisation ON organisation.id = identity.organisation_id
"""
ASKED = """
SELECT one.person_id, other.person_id FROM linkage_held held
JOIN people_identity one ON one.id = held.identity_id JOIN people_identity other ON other.id = held.other_id
"""
READ = "SELECT DISTINCT file_name, read, rejected FROM exchange_importrun WHERE state = 'finished'"
STAYS = "SELECT person_id, prison, starts_on, ends_on FROM custody_stay"
HELD_NOW = """
SELECT person_id, coalesce(nullif(out_now, ''), 'inside'), prison, release_on
FROM custody_standing WHERE prison <> ''
"""
RELEASES = """
SELECT identity.person_id, said.happened_on, said.movement_reason, said.starts_clock
FROM custody_movement said JOIN record_entry entry ON entry.id = said.entry_id
JOIN people_identity identity ON identity.id = entry.identity_id
WHERE said.true_release AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
"""
EPISODES = """
SELECT organisation.code, identity.key, said.episode_key, said.referred_on, said.triaged_on, said.ended_on
FROM treatment_episodereport said JOIN record_entry entry ON entry.id = said.entry_id
JOIN people_identity identity ON identity.id = entry.identity_id
JOIN directory_organisation organisation ON organisation.id = identity.organisation_id
WHERE NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
  AND organisation.kind <> 'peer_support'
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    wanted = making.Wanted(people=300, seed=7, out=tmp_path, as_at=date(2026, 11, 20), days=30)
    making.make(wanted, rates=CROWDED)
    return tmp_path


def test_what_goes_in_is_what_is_true(folder: Path, as_worker_role: None) -> None:
    assert backlog.run(folder, is_agreed=True) == 0
    group_of = _groups_of_persons(folder)
    read = {(Path(row["file"]).name, row["read"], row["rejected"]) for row in _truth(folder, "extracts")}
    assert set(_rows(READ)) == read
    asked = {frozenset((group_of[one], group_of[other])) for one, other in _rows(ASKED)}
    assert asked == {frozenset((row["group"], row["other"])) for row in _truth(folder, "asked")}
    groups = {row["reference"]: row["group"] for row in _truth(folder, "sources")}
    assert _told(STAYS, group_of) == _true(folder, "stays_told", groups)
    assert _told(RELEASES, group_of) == _true(folder, "releases_told", groups)
    now = _true(folder, "now", groups)
    assert _told(HELD_NOW, group_of) == {facts for facts in now if facts[2]}
    assert set(_rows(EPISODES)) == {tuple(row.values()) for row in _truth(folder, "episodes")}


def test_a_folder_without_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="lists what to bring in"):
        backlog.run(tmp_path)


@pytest.mark.parametrize(
    ("file", "text", "why"),
    [
        ("extracts.csv", "file,organisation\n", "must name as_at, file, format, organisation"),
        ("organisations.csv", "code,name\n", "must name code, kind, name, name_cy, nation"),
        ("organisations.csv", "code,name,name_cy,kind,nation\nx,X,,prison,\n", "x cannot be a code"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(file: str, text: str, why: str, tmp_path: Path) -> None:
    (tmp_path / file).write_text(text)
    with pytest.raises(Refused, match=why):
        backlog.run(tmp_path)


def test_a_plain_list_in_a_backlog_goes_in_when_somebody_agrees_to_its_columns(
    tmp_path: Path, as_worker_role: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.organisation("STEP", "peer_support")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    (tmp_path / "ours.csv").write_text("Name,D.O.B.\nDee Lantern,04/05/1989\n")
    listed = "file,format,organisation,as_at\nours.csv,people,STEP,2026-11-02T12:00\n"
    (tmp_path / "extracts.csv").write_text(listed)
    with pytest.raises(Refused, match="agree with --yes"):
        backlog.run(tmp_path)
    assert _rows(READ) == []
    assert backlog.run(tmp_path, is_agreed=True) == 0
    assert _rows(READ) == [("ours.csv", "1", "0")]


def test_a_backlog_stops_at_a_file_that_cannot_be_read(
    folder: Path, as_worker_role: None, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = _table(folder / "extracts.csv")
    first = next(row["file"] for row in listed if row["format"] == "prisoner-search")
    (folder / first).write_text("<html>")
    assert backlog.run(folder, is_agreed=True) == 1
    assert f"{first}: The file is not JSON" in capsys.readouterr().err


def _groups_of_persons(folder: Path) -> dict[str, str]:
    """By person; every source is there, and each group of them is one person."""
    group_of = {(row["organisation"], row["reference"]): row["group"] for row in _truth(folder, "sources")}
    found: dict[str, set[str]] = defaultdict(set)
    for organisation, key, person_id in _rows(IDENTITIES):
        found[person_id].add(group_of.pop((organisation, key)))
    assert group_of == {}
    groups = [group for each in found.values() for group in each]
    assert len(groups) == len(set(groups)) == len(found)
    return dict(zip(found, groups, strict=True))


def _told(sql: str, group_of: dict[str, str]) -> Facts:
    return {(group_of[person_id], *facts) for person_id, *facts in _rows(sql)}


def _true(folder: Path, name: str, groups: dict[str, str]) -> Facts:
    return {(groups[number], *facts) for number, *facts in map(dict.values, _truth(folder, name))}


def _truth(folder: Path, name: str) -> list[dict[str, str]]:
    return _table(folder / "truth" / f"{name}.csv")


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows(sql: str) -> list[tuple[str, ...]]:
    """As the truth writes them."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [tuple(_text(cell) for cell in row) for row in cursor.fetchall()]


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)
