"""The generated reference is in step and the same everywhere, and falling out of step is noticed."""

import argparse
import csv
import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from throughgate.custody.rules import Where
from throughgate.exchange.inbound import prisoner_search
from throughgate.foundation import codesets
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused
from throughgate.wiring import reference
from throughgate.wiring.cli import COMMANDS
from throughgate.wiring.commands import reference as command
from throughgate.wiring.places import ROOT
from throughgate.wiring.reference import (
    code_sets,
    commands,
    constraints,
    guards,
    markdown,
    personal,
    places,
    sources,
    states,
    tables,
)
from throughgate.wiring.reference.personal import Declaration

BY_ITS_FORMAT = "treatment-columns.md"  # says itself what it is made from
MACHINE_PATH = re.compile(r"(?<![\w.])(/(work|home|tmp|root|usr|opt|var|mnt|Users)/|[A-Z]:\\)")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of reference of the test's own, in step."""
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    reference.write()
    return tmp_path


def test_the_reference_is_in_step() -> None:
    assert reference.check() == []


def test_each_page_begins_by_saying_how_it_is_made() -> None:
    made = {name: text for name, text in reference.pages().items() if name != BY_ITS_FORMAT}
    assert [name for name, text in made.items() if not text.startswith(reference.MADE)] == []
    assert all(f"./tg {each.name}" in reference.MADE for each in COMMANDS if each.name == "reference")


def test_no_page_names_a_folder_of_somebodys_machine() -> None:
    for text in reference.pages().values():
        assert not MACHINE_PATH.search(text)
        assert str(ROOT) not in text


def test_pages_are_the_same_in_another_process_without_a_database() -> None:
    """Another seed: what is kept in sets comes in another order."""
    script = (
        "import hashlib; from throughgate.wiring.reference import pages;"
        " print(hashlib.sha256(repr(pages()).encode()).hexdigest())"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TG_", "DJANGO_"))}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**clean, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)},
    )
    assert run.stdout.strip() == hashlib.sha256(repr(reference.pages()).encode()).hexdigest()


# Falling out of step


def test_a_page_changed_by_hand_and_one_that_is_gone_are_noticed(folder: Path) -> None:
    (folder / "access.md").write_text("Anybody may see anything.\n")
    (folder / "tables.md").unlink()
    assert reference.check() == [
        "docs/reference/access.md is out of step.",
        "docs/reference/tables.md is out of step.",
    ]


def test_a_changed_code_set_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    copied = copytree(codesets.CODE_SETS, tmp_path / "code_sets")
    units = copied / "dose_units.csv"
    units.write_text(units.read_text().replace("milligrams", "grams"))
    monkeypatch.setattr(code_sets, "code_set", lambda name: code_set(name, folder=copied))
    assert reference.check() == ["docs/reference/code-sets.md is out of step."]


def test_a_new_column_is_noticed_until_it_is_said_whether_it_is_personal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = personal.columns()
    monkeypatch.setattr(personal, "columns", lambda: there | {("people_person", "shoe_size")})
    complaint = "data/personal_columns.csv does not say whether people_person.shoe_size is personal."
    assert reference.check() == [complaint]
    with pytest.raises(Refused, match=re.escape(complaint)):
        reference.write()


def test_a_new_column_that_is_declared_makes_the_page_of_tables_stale(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = ("people_person", "shoe_size")
    said = {**personal.declared(), column: Declaration("yes", "blanked")}
    monkeypatch.setattr(guards, "columns_beside_models", lambda: {column: "smallint", **TXID})
    monkeypatch.setattr(personal, "declared", lambda: said)
    assert reference.check() == ["docs/reference/tables.md is out of step."]


# Writing


def test_writing_twice_changes_nothing_the_second_time(folder: Path) -> None:
    assert reference.check() == []
    assert reference.write() == []


def test_only_what_is_out_of_step_is_written(folder: Path) -> None:
    (folder / "states.md").write_text("")
    assert reference.write() == [folder / "states.md"]
    assert reference.check() == []


def test_a_page_that_nothing_makes_any_more_goes_and_one_by_hand_stays(folder: Path) -> None:
    (folder / "measures.md").write_text(f"{reference.MADE}# Measures\n")
    (folder / "show.md").write_text("# By hand\n")
    assert reference.check() == ["docs/reference/measures.md is made by nothing any more."]
    assert reference.write() == [folder / "measures.md"]
    assert not (folder / "measures.md").exists()
    assert (folder / "show.md").read_text() == "# By hand\n"


def test_the_command_says_what_it_did(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(argparse.Namespace()) == 0
    (folder / "states.md").write_text("")
    (folder / "measures.md").write_text(reference.MADE)
    assert command.run(argparse.Namespace()) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == ["Every page is in step.", "Wrote states.md.", "Removed measures.md."]


# Personal columns


def test_every_column_of_every_table_is_declared_once() -> None:
    with personal.FILE.open(encoding="utf-8", newline="") as lines:
        rows = [(row["table"], row["column"]) for row in csv.DictReader(lines)]
    assert len(rows) == len(set(rows))
    assert set(rows) == personal.columns()


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({}, "does not say whether people_person.hat is personal."),
        (
            {"hat": ("perhaps", "kept")},
            "says perhaps and kept of people_person.hat, which do not go together.",
        ),
        ({"hat": ("yes", "burnt")}, "says yes and burnt of people_person.hat, which do not go together."),
        ({"hat": ("key", "kept")}, "says key and kept of people_person.hat, which do not go together."),
        ({"hat": ("no", "invented")}, "says no and invented of people_person.hat, which do not go together."),
        ({"hat": ("no", "kept"), "cap": ("no", "kept")}, "speaks of people_person.cap, which is no more."),
    ],
)
def test_a_wrong_declaration_is_named(said: dict[str, tuple[str, str]], complaint: str) -> None:
    declared = {("people_person", column): Declaration(*each) for column, each in said.items()}
    found = personal.problems(declared, [("people_person", "hat")])
    assert found == [f"data/personal_columns.csv {complaint}"]


def test_no_personal_text_or_day_is_copied_as_it_is() -> None:
    """What is kept of a person is a yes or no, a figure, or which organisation."""
    harmless = (models.BooleanField, models.DecimalField, models.ForeignKey)
    kept = {column for column, said in personal.declared().items() if said == ("yes", "kept")}
    fields = {
        (model._meta.db_table, field.attname): field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
    }
    assert [column for column in kept if not isinstance(fields[column], harmless)] == []
    places_kept = {
        field.related_model._meta.label
        for column in kept
        if isinstance(field := fields[column], models.ForeignKey) and isinstance(field.related_model, type)
    }
    assert places_kept == {"directory.Organisation"}


# What the pages are drawn from

TXID = {("audit_event", "txid"): "bigint"}


def test_a_column_added_by_a_migration_is_found() -> None:
    assert guards.columns_beside_models() == TXID


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("record_entry", "never changed or removed"),
        ("custody_stay", "added, read, changed and removed"),
        ("people_identity", "only `person_id` may change"),
        ("attic", "No role but the owner"),
    ],
)
def test_rights_are_read_from_the_migrations(table: str, said: str) -> None:
    assert said in guards.rights(table)


def test_every_table_of_ours_has_rights_and_a_purpose() -> None:
    page = tables.page()
    assert "No role but the owner" not in page
    assert "Which rows of `staff_team` go with which of `directory_organisation`." in page
    assert "- `stays_of_a_person_do_not_overlap`: no two rows overlap" in page
    assert "`an_identifier_is_held_once`: no two rows the same in `identity`, `system`, `value`" in page
    assert "one of `waiting`, `previewing`" in page


def test_the_comment_behind_a_member_is_its_remark() -> None:
    remarks = sources.remarks(apps.get_model("linkage", "Link"))
    assert remarks["why"] == ", ".join(states.LINKED)
    assert remarks["id"] == ""


def test_every_state_of_a_run_is_drawn_and_leads_to_an_end() -> None:
    starts = {start for start, _, _ in states.RUN_MOVES}
    ends = {end for _, end, _ in states.RUN_MOVES}
    assert ends == set(states.run_states())
    assert ends - starts == {"finished", "stopped", "refused"}


def test_the_answers_are_those_the_database_takes() -> None:
    taken = constraints.allowed_values(apps.get_model("linkage", "Answer"))
    assert taken == {"answer": list(states.ANSWERS)}


def test_a_document_that_the_rules_put_elsewhere_is_refused() -> None:
    told = places.TYPICAL[Where.COURT]
    with pytest.raises(ValueError, match="gone is read as court"):
        places.document(Where.GONE, told, days=0)


def test_each_command_has_its_part_with_what_may_follow_it() -> None:
    page = commands.page()
    assert [each.name for each in COMMANDS if f"## tg {each.name}\n" not in page] == []
    for line in (
        "| `--from ORGANISATION`, needed | its code |",
        "| `--answer ID same\\|different` | settle one of the pairs |",
        "- Only one of `--answer`, `--undo` at a time.",
        "`./tg worker list`: everybody, and their hats",
        "| `--works-in CODE ...` | prisons the team works in |",
    ):
        assert f"\n{line}\n" in page


def test_a_table_leaves_out_what_says_nothing_and_keeps_its_lines() -> None:
    assert markdown.table(("a", "b", "c"), [("1|2", "", "x\ny"), ("3", "", "")]) == (
        "| a | c |\n| --- | --- |\n| 1\\|2 | x y |\n| 3 |  |"
    )


# Which fields of a prisoner search document are read


class Listening(Mapping[str, Any]):
    """A document that remembers what it is asked for, its lists' parts too."""

    def __init__(self, holds: Mapping[str, Any], asked: set[str], *, within: str = "") -> None:
        self._holds, self._asked, self._within = holds, asked, within

    def __getitem__(self, name: str) -> Any:
        parts = self._holds.get(name)
        if isinstance(parts, list):
            return [Listening(part, self._asked, within=f"{name}[].") for part in parts]
        self._asked.add(f"{self._within}{name}")
        return self._holds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._holds)

    def __len__(self) -> int:
        return len(self._holds)


FULL = {
    "prisonerNumber": "A1234BC",
    "identifiers": [{"type": "PNC", "value": "2012/394773H"}],
    "languages": [{"type": "PREF"}],
    "aliases": [{"firstName": "DEE"}],
    "alerts": [{"alertType": "H", "alertCode": "HA", "active": True}],
    "personalCareNeeds": [{"problemType": "PSYCH"}],
}


def asked_of(document: Mapping[str, Any], patch: Callable[..., None]) -> set[str]:
    asked: set[str] = set()
    patch(prisoner_search, "json_documents", lambda _file: iter([(1, Listening(document, asked))]))
    list(prisoner_search.read(io.BytesIO(), as_at=datetime(2026, 11, 20, tzinfo=UTC)))
    return asked


def test_the_page_names_every_field_that_is_read_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = code_set("prisoner_search_fields").rows
    taken = {row["field"] for row in fields if row["taken"] == "yes"}
    dates = {row["field"] for row in code_set("release_date_types").rows}
    assert asked_of(FULL, monkeypatch.setattr) == taken | dates
    assert not dates & {row["field"] for row in fields}
