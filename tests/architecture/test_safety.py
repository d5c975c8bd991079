"""Walls around the hazard log: each control names tests that are there, and nothing is left empty."""

import ast
import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

LOG = ROOT / "docs" / "safety" / "hazard-log.csv"
OF_THE_HAZARD = ("hazard", "harm", "severity", "likelihood")
# What the log was begun for: the pathway, what workers record, what comes in, and whose record it is.
HAZARDS = {
    "HZ-01",
    "HZ-02",
    "HZ-03",
    "HZ-04",
    "HZ-05",
    "HZ-06",
    "HZ-07",
    "HZ-09",
    "HZ-10",
    "HZ-11",
    "HZ-13",
    "HZ-15",
    "HZ-17",
    "HZ-18",
    "HZ-20",
    "HZ-22",
    "HZ-23",
    "HZ-24",
}
ASSURANCE = {
    "A01",
    "A02",
    "A03",
    "A04",
    "A05",
    "A06",
    "A07",
    "A08",
    "A09",
    "A10",
    "A11",
    "A12",
    "B01",
    "B02",
    "B03",
    "B04",
    "B05",
    "B06",
    "B07",
    "C02",
    "C06",
    "F01",
    "F03",
    "L01",
    "L02",
    "L03",
    "L04",
    "L05",
    "M01",
    "N01",
    "N04",
    "H04",
    "C07",
    "D01",
    "D02",
    "D03",
    "D04",
    "D05",
    "D06",
    "D07",
    "D08",
    "G07",
    "H01",
    "H03",
    "J01",
    "J03",
    "M02",
    "N02",
    "N03",
}
Row = Mapping[str, str]


def logged() -> list[Row]:
    with LOG.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def absent_tests(rows: Iterable[Row]) -> list[str]:
    """Tests that a row names and no file has."""
    named = [name for row in rows for name in row["shown_by"].split()]
    return [name for name in named if name.rpartition("::")[2] not in _tests(name.partition("::")[0])]


@cache
def _tests(path: str) -> frozenset[str]:
    if not (ROOT / path).is_file():
        return frozenset()
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def empty_cells(rows: Iterable[Row]) -> list[str]:
    return [f"{row['id']}: {name}" for row in rows for name, cell in row.items() if not cell.strip()]


def told_differently(rows: Iterable[Row]) -> set[str]:
    """Hazards that two rows describe in different words."""
    first: dict[str, list[str]] = {}
    return {
        row["id"]
        for row in rows
        if first.setdefault(row["id"], [row[name] for name in OF_THE_HAZARD])
        != [row[name] for name in OF_THE_HAZARD]
    }


def test_every_test_of_the_hazard_log_is_there() -> None:
    assert absent_tests(logged()) == []


def test_every_control_says_all_there_is_to_say() -> None:
    assert empty_cells(logged()) == []
    assert told_differently(logged()) == set()


def test_each_hazard_and_each_assurance_test_has_its_rows() -> None:
    assert {row["id"] for row in logged()} >= HAZARDS
    assert {each for row in logged() for each in row["assurance"].split()} >= ASSURANCE


@pytest.mark.parametrize(
    "named",
    ["tests/attic.py::test_gone", f"tests/architecture/{Path(__file__).name}::test_gone", "no name at all"],
)
def test_a_test_that_is_not_there_is_caught(named: str) -> None:
    assert absent_tests([{"shown_by": named}])


def test_an_empty_cell_and_a_hazard_told_twice_are_caught() -> None:
    one = dict.fromkeys((*OF_THE_HAZARD, "control"), "words") | {"id": "HZ-99"}
    assert empty_cells([{**one, "control": " "}]) == ["HZ-99: control"]
    assert told_differently([one, {**one, "harm": "other words"}]) == {"HZ-99"}
