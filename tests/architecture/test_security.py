"""The walls around the security table: each requirement names tests that are there."""

import csv
import re

from tests.architecture.source import ROOT
from tests.architecture.test_safety import absent_tests

TABLE = ROOT / "docs" / "security" / "asvs.csv"
TRIED = ROOT / "docs" / "security" / "what-was-tried.md"
NAMED = re.compile(r"`(tests/[^`]+)`")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_test_of_the_security_table_is_there() -> None:
    assert absent_tests([{"shown_by": row["test"]} for row in rows()]) == []


def test_every_requirement_stands_once_and_says_all_there_is_to_say() -> None:
    found = rows()
    assert [row for row in found if not all(cell.strip() for cell in row.values())] == []
    assert len({row["requirement"] for row in found}) == len(found)


def test_the_chapters_it_was_begun_for_are_gone_through() -> None:
    """Of browsers, signing in, sessions, leave, what a program signs, what is private, and logs."""
    assert {"3", "6", "7", "8", "9", "14", "16"} <= {row["requirement"].partition(".")[0] for row in rows()}


def test_every_attack_that_worked_names_the_test_that_holds_it_now() -> None:
    lines = [line for line in TRIED.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert [line for line in lines if "*found*" in line and not NAMED.search(line)] == []
    assert absent_tests([{"shown_by": name} for line in lines for name in NAMED.findall(line)]) == []
