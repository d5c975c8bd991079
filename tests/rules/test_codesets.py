"""Code sets: the loader says no to anything unclear, and every table we ship keeps its promises."""

import re
from datetime import date
from pathlib import Path

import pytest

from throughgate.foundation import codesets
from throughgate.foundation.codesets import CODE_SETS, CodeSetError, code_set

INDEX = """
[colours]
title = "Colours"
version = "1"
source = "a painter"
verified = "yes"
key = ["code"]
label = "label"

[pairs]
title = "Pairs"
version = "1"
source = "a painter"
verified = "yes"
key = ["left", "right"]
"""
HEADER = "code,label,valid_from,valid_to,source,verified\n"
MACHINE_PATH = re.compile(r"(?<![\w.])(/(work|home|tmp|root|usr|opt|var|mnt|Users)/|[A-Z]:\\)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.toml").write_text(INDEX, encoding="utf-8")
    (tmp_path / "pairs.csv").write_text(
        "left,right,meaning,valid_from,valid_to,source,verified\n"
        "A,1,first,,,a painter,yes\n"
        "A,2,second,,,a painter,yes\n"
    )
    return tmp_path


def write_colours(folder: Path, *lines: str, header: str = HEADER) -> None:
    (folder / "colours.csv").write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def colours(folder: Path, *lines: str, header: str = HEADER) -> codesets.CodeSet:
    write_colours(folder, *lines, header=header)
    return code_set("colours", folder=folder)


def test_a_code_has_its_row_and_an_unknown_code_has_none(folder: Path) -> None:
    found = colours(folder, "R,red,,,a painter,yes")
    assert found.get("R") == {
        "code": "R",
        "label": "red",
        "valid_from": "",
        "valid_to": "",
        "source": "a painter",
        "verified": "yes",
    }
    assert found.get("B") is None
    assert "R" in found
    assert "B" not in found
    assert found.meta.title == "Colours"


def test_a_row_cannot_be_changed(folder: Path) -> None:
    row = colours(folder, "R,red,,,a painter,yes").rows[0]
    with pytest.raises(TypeError):
        row["label"] = "blue"  # type: ignore[index]


def test_a_table_is_read_once(folder: Path) -> None:
    first = colours(folder, "R,red,,,a painter,yes")
    write_colours(folder, "B,blue,,,a painter,yes")
    assert code_set("colours", folder=folder) is first


VERSIONS = (
    "R,old red,2000-01-01,2010-01-01,a painter,yes",
    "R,new red,2010-01-01,,a painter,yes",
    "G,green,,2005-01-01,a painter,yes",
)


@pytest.mark.parametrize(
    ("code", "on", "label"),
    [
        pytest.param("R", date(2009, 12, 31), "old red", id="the last day of the old row"),
        pytest.param("R", date(2010, 1, 1), "new red", id="the first day of the new row"),
        pytest.param("R", date(1999, 12, 31), None, id="before the code began it has no meaning"),
        pytest.param("R", None, "new red", id="without a day the newest row answers"),
        pytest.param("G", None, "green", id="without a day a withdrawn code keeps its meaning"),
        pytest.param("G", date(2005, 1, 1), None, id="with a day a withdrawn code has none"),
        pytest.param("G", date(1950, 1, 1), "green", id="an unknown beginning is open"),
    ],
)
def test_a_code_means_what_it_meant_that_day(
    folder: Path, code: str, on: date | None, label: str | None
) -> None:
    row = colours(folder, *VERSIONS).get(code, on=on)
    assert (row and row["label"]) == label


def test_labels_are_the_newest_wording_of_each_code(folder: Path) -> None:
    assert dict(colours(folder, *VERSIONS).labels()) == {"R": "new red", "G": "green"}


def test_a_key_of_two_columns_takes_two_arguments(folder: Path) -> None:
    pairs = code_set("pairs", folder=folder)
    row = pairs.get("A", "2")
    assert row is not None
    assert row["meaning"] == "second"
    assert ("A", "1") in pairs
    assert pairs.get("A") is None


def test_a_table_without_a_label_column_has_no_labels(folder: Path) -> None:
    with pytest.raises(CodeSetError, match="no label column"):
        code_set("pairs", folder=folder).labels()


def test_rows_can_be_found_by_another_column(folder: Path) -> None:
    found = colours(folder, "R,red,,,a painter,yes", "C,red,,,a painter,yes", "N,,,,a painter,yes")
    assert {label: row["code"] for label, row in found.by("label").items()} == {"red": "R"}
    with pytest.raises(CodeSetError, match="no column shade"):
        found.by("shade")


def test_an_empty_table_answers_nothing(folder: Path) -> None:
    assert dict(colours(folder).by("label")) == {}


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        pytest.param(["R,red,,,a painter"], "number of cells", id="a cell too few"),
        pytest.param(["R,red,,,a painter,yes,extra"], "number of cells", id="a cell too many"),
        pytest.param([",red,,,a painter,yes"], "key cell", id="no code"),
        pytest.param(["R,red,,,,yes"], "needs a source", id="no source"),
        pytest.param(["R,red,,,a painter,maybe"], "verified", id="verified is neither yes, no nor derived"),
        pytest.param(["R,red,1 May,,a painter,yes"], "not a date", id="a period that is not a date"),
        pytest.param(["R,red,2020-01-01,2020-01-01,a painter,yes"], "not after", id="a period of no days"),
        pytest.param(
            ["R,red,,,a painter,yes", "R,pink,,,a painter,yes"], "twice", id="a code twice for one day"
        ),
        pytest.param(
            ["R,red,,2020-01-02,a painter,yes", "R,pink,2020-01-01,,a painter,yes"],
            "twice",
            id="periods that overlap",
        ),
        pytest.param(['R,"red,,,a painter,yes'], "cannot be read", id="a quote that never closes"),
    ],
)
def test_a_malformed_table_is_refused(folder: Path, lines: list[str], complaint: str) -> None:
    with pytest.raises(CodeSetError, match=complaint):
        colours(folder, *lines)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("code,label,valid_from,valid_to,source\n", id="a column of provenance is missing"),
        pytest.param("code,valid_from,valid_to,source,verified\n", id="the label column is missing"),
        pytest.param("code,label,label,valid_from,valid_to,source,verified\n", id="a column stands twice"),
        pytest.param("", id="the file is empty"),
    ],
)
def test_a_malformed_header_is_refused(folder: Path, header: str) -> None:
    with pytest.raises(CodeSetError, match="lacks the columns"):
        colours(folder, header=header)


def test_a_table_nobody_promised_is_refused(folder: Path) -> None:
    with pytest.raises(CodeSetError, match="no code set called shapes"):
        code_set("shapes", folder=folder)


def test_a_promised_file_that_is_missing_is_refused(folder: Path) -> None:
    with pytest.raises(CodeSetError, match="cannot be read"):
        code_set("colours", folder=folder)


@pytest.mark.parametrize(
    ("index", "complaint"),
    [
        pytest.param(None, "cannot be read", id="no index at all"),
        pytest.param("[colours", "cannot be read", id="an index that is not TOML"),
        pytest.param('[colours]\ntitle = "Colours"\n', "incomplete", id="an entry without a key"),
        pytest.param('[colours]\nkey = ["code"]\n', "incomplete", id="an entry without a source"),
    ],
)
def test_a_malformed_index_is_refused(tmp_path: Path, index: str | None, complaint: str) -> None:
    if index is not None:
        (tmp_path / "index.toml").write_text(index, encoding="utf-8")
    with pytest.raises(CodeSetError, match=complaint):
        code_set("colours", folder=tmp_path)


# What we ship


@pytest.mark.parametrize("name", codesets.names())
def test_every_shipped_table_loads_and_says_where_it_comes_from(name: str) -> None:
    table = code_set(name)
    assert table.rows
    assert all([table.meta.title, table.meta.version, table.meta.source])
    found = {row["verified"] for row in table.rows}
    assert table.meta.verified == (found.pop() if len(found) == 1 else "mixed")


def test_every_file_is_in_the_index_and_every_entry_has_its_file() -> None:
    assert {path.stem for path in CODE_SETS.glob("*.csv")} == set(codesets.names())


def test_no_table_names_a_folder_of_somebodys_machine() -> None:
    for path in CODE_SETS.iterdir():
        assert not MACHINE_PATH.search(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize(
    ("name", "column", "target"),
    [
        ("movement_reasons", "movement_type", "movement_types"),
        ("movement_reasons", "throughgate_category", "movement_categories"),
        ("legal_status", "legal_status", "legal_status_groups"),
        ("alert_codes", "handling", "alert_handling"),
        ("alert_codes", "category", "categories"),
        ("identifier_types", "system", "identifier_systems"),
        ("sex_labels", "code", "sexes"),
        ("ethnicity_labels", "code", "ethnicities"),
        ("pathway_steps", "category", "categories"),
        ("readiness_items", "category", "categories"),
    ],
)
def test_a_column_that_points_at_another_table_finds_its_row(name: str, column: str, target: str) -> None:
    known = set(code_set(target).labels())
    assert {row[column] for row in code_set(name).rows} - {""} <= known


def test_a_treatment_column_of_codes_names_a_table_and_field_that_exist() -> None:
    for row in code_set("treatment_columns").rows:
        assert (row["format"] == "code") == bool(row["code_set"]), row["name"]
        if row["code_field"]:
            fields = {code["field"] for code in code_set(row["code_set"]).rows}
            assert row["code_field"] in fields, row["name"]
        elif row["code_set"]:
            assert row["code_set"] in codesets.names()


def test_only_a_move_of_type_release_that_leaves_custody_starts_the_clock() -> None:
    rows = code_set("movement_reasons").rows
    true_releases = [row for row in rows if row["true_release"] == "yes"]
    clocked = [row for row in rows if row["starts_continuity_clock"] == "yes"]
    assert {row["movement_type"] for row in true_releases} == {"REL"}
    assert (len(rows), len(true_releases), len(clocked)) == (243, 42, 35)
    assert all(row["true_release"] == "yes" for row in clocked)
    assert all(row["throughgate_category"].startswith(("release", "removal_")) for row in true_releases)


def test_only_release_dates_are_ranked_and_each_rank_is_one_date() -> None:
    ranks = [row["rank"] for row in code_set("release_date_types").rows if row["what"] == "release"]
    assert sorted(ranks, key=int) == [str(rank) for rank in range(1, len(ranks) + 1)]
    assert all(not row["rank"] for row in code_set("release_date_types").rows if row["what"] != "release")


def test_a_security_alert_is_never_brought_in_and_public_protection_is_restricted() -> None:
    for row in code_set("alert_codes").rows:
        handling = code_set("alert_handling").get(row["handling"])
        assert handling is not None
        assert (row["import"], row["restricted"]) == (handling["import"], handling["restricted"])
