"""A population as it is written: the same from the same seed, and nobody's."""

import argparse
import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused
from throughgate.people import rules
from throughgate.people.rules import State, System
from throughgate.wiring.commands import population
from throughgate.wiring.population import draws, making, numbers

LAST = date(2026, 11, 20)
# Of a population of 50. Another digest on another machine would be another population there.
BYTES_OF_FIFTY = "b0cea54115dacae9875d33063900d2fb64b1c513b2ce6d8baf7c5e625fcaf111"


def made(out: Path, *, people: int = 50, seed: int = 1, days: int = 60) -> Path:
    making.make(making.Wanted(people=people, seed=seed, out=out, as_at=LAST, days=days))
    return out


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def documents(folder: Path) -> Iterator[dict[str, Any]]:
    for path in (folder / "extracts").glob("*X.json"):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def clients(folder: Path) -> Iterator[dict[str, str]]:
    for path in (folder / "extracts").glob("*.csv"):
        yield from rows(path)


def test_the_same_seed_gives_the_same_bytes_and_another_others(tmp_path: Path) -> None:
    one, again, other = (made(tmp_path / str(place), seed=seed) for place, seed in enumerate((1, 1, 2)))
    assert digest(one) == digest(again) == BYTES_OF_FIFTY
    assert digest(one) != digest(other)


def test_what_is_written_in_between_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = digest(made(tmp_path / "whole"))
    monkeypatch.setattr("throughgate.wiring.population.files.MOST_HELD", 5000)
    assert digest(made(tmp_path / "in pieces")) == whole


def test_every_row_and_every_source_of_them_is_counted(tmp_path: Path) -> None:
    folder = made(tmp_path, people=200)
    counted = {row["file"]: int(row["read"]) for row in rows(folder / "truth" / "extracts.csv")}
    lines = {
        str(path.relative_to(folder)): len(path.read_text().splitlines()) - (path.suffix == ".csv")
        for path in (folder / "extracts").iterdir()
    }
    assert counted == lines
    listed = Counter(row["file"] for row in rows(folder / "extracts.csv"))
    assert set(listed) == set(counted)
    assert max(listed.values()) <= 2
    asked = rows(folder / "truth" / "asked.csv")
    groups = {row["group"] for row in rows(folder / "truth" / "sources.csv")}
    assert {row[side] for row in asked for side in ("group", "other")} <= groups
    told = {tuple(row.values()) for row in rows(folder / "truth" / "releases_told.csv")}
    assert told <= {tuple(row.values())[:4] for row in rows(folder / "truth" / "releases.csv")}


def test_nobody_is_anybody(tmp_path: Path) -> None:
    folder = made(tmp_path, people=200)
    for document in documents(folder):
        assert document["prisonerNumber"].startswith("Z") or not _checked(
            System.prison, document["prisonerNumber"]
        )
        assert _checked(System.pnc, document.get("pncNumber", "")) in {document.get("pncNumber"), ""}
    for client in clients(folder):
        assert re.fullmatch(r"(999[0-9]{7})?", client.get("nhs_number", client.get("NHS no", "none")))
        assert client.get("PC", "ZZ")[:2] in {"", "ZZ"}
    real = {row["code"] for row in code_set("prisons").rows}
    places = rows(folder / "organisations.csv")
    assert not real & {row["code"] for row in places}
    assert {row["code"][-1] for row in places if row["kind"] == "prison"} == {"X"}


def _checked(system: System, written: str) -> str:
    read = rules.read_identifier(system, written, placeholders=frozenset(), pivot_year=LAST.year)
    return read.value if read and read.state is State.checked else ""


@pytest.mark.parametrize("serial", [0, 1, 10, 1234, 399_999])
def test_numbers_pass_the_checks_of_their_systems(serial: int) -> None:
    assert _checked(System.prison, numbers.prison(serial))
    assert _checked(System.pnc, numbers.police(serial))
    nhs = numbers.nhs(serial)
    assert _checked(System.nhs, nhs) == nhs
    assert not nhs or not _checked(System.nhs, numbers.mistyped(nhs))


def test_nobody_has_the_number_of_another() -> None:
    everybody = range(0, 400_000, 7)
    for give in (numbers.prison, numbers.police):
        assert len({give(serial) for serial in everybody}) == len(everybody)
    second = {numbers.prison(serial + numbers.SECOND) for serial in everybody}
    assert second.isdisjoint(numbers.prison(serial) for serial in everybody)


def test_every_movement_and_status_it_tells_is_one_we_know() -> None:
    told = {row["what"] for row in draws.rows("shares") if re.match(r"(REL|CRT|TAP|TRN) ", row["what"])}
    assert all(code_set("movement_reasons").get(*move.split()) for move in told)
    legal = [row["what"].split() for row in draws.rows("shares") if row["choice"] == "recall_kind"]
    assert {code_set("legal_status").labels().get(code) is None for _, code in legal} == {False}


def test_planned_releases_fall_on_a_friday_as_often_as_the_table_says(tmp_path: Path) -> None:
    folder = made(tmp_path, people=1500, days=182)
    planned = [
        date.fromisoformat(row["released_on"]).weekday()
        for row in rows(folder / "truth" / "releases.csv")
        if row["reason"] == "HD"
    ]
    fridays = planned.count(4) / len(planned)
    assert not {5, 6} & set(planned)
    assert fridays == pytest.approx(draws.rates()["released_on_friday"], abs=0.1)


@pytest.mark.parametrize("table", ["rates", "shares"])
def test_every_row_of_the_tables_is_asked_for(table: str) -> None:
    package = Path(draws.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    named = {row[{"rates": "name", "shares": "choice"}[table]] for row in draws.rows(table)}
    assert {name for name in named if f'"{name}"' not in source} == set()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("--people 0 --seed 1 --out {}", "from 1 to 400,000 people"),
        ("--people 400001 --seed 1 --out {}", "from 1 to 400,000 people"),
        ("--people 1 --seed 1 --out {} --days 0", "at least a day after"),
        ("--people 1 --seed 1 --out {} --as-at yesterday", "is not a day. Write it like 2026-11-20"),
        ("--people 1 --seed 1 --out {}/..", "has something in it"),
    ],
)
def test_what_cannot_be_made_is_refused(line: str, why: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(Refused, match=why):
        ask(line.format(out))


def test_the_command_says_what_it_has_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(f"--people 3 --seed 1 --out {tmp_path / 'out'} --as-at 2026-11-20 --days 30") == 0
    assert re.match(r"3 people in \d+ extracts, the last of 2026-11-20\.", capsys.readouterr().out)


def ask(line: str) -> int:
    parser = argparse.ArgumentParser()
    population.add_arguments(parser)
    return population.run(parser.parse_args(line.split()))
