"""The reference page of the treatment file, made from its code sets, for whoever writes such a file."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from throughgate.exchange.inbound import treatment_columns as known
from throughgate.exchange.inbound.treatment_columns import LONGEST_REFERENCE, REFERENCES
from throughgate.foundation.codesets import Row, code_set

TITLES = {
    "client": "Who it is about",
    "episode": "The episode",
    "intervention": "An intervention within it",
    "prescription": "A prescription, and the last dose seen taken",
    "attendance": "An appointment, and what became of it",
}
# How a cell of each format is written; HEAD says more.
WRITTEN = {
    "text": "text",
    "initial": "one letter",
    "date": "day",
    "moment": "day and time",
    "decimal": "number",
    "whole": "whole number",
    "yes_no": "Y or N",
}
NEEDED = {"yes": "in every row", "with_group": "with any of this group", "no": ""}
NAMED = {"ndtms": "NDTMS", "ours": "ours"}
HEAD = f"""\
# Columns of the treatment file

Made from `data/code_sets/treatment_columns.csv` and the code sets it names; do not edit by hand. How to send
such a file: [Send a treatment extract](../how-to/send-a-treatment-extract.md).

A CSV file in UTF-8, with a first line that names the columns. They stand in any order, and only those that a
provider has need be there; capital and small letters are the same in a name. A row says who it is about, and
fills any of the groups below.

- **day**: 2026-08-21, 20260821 or 21/08/2026.
- **day and time**: 2026-08-21T09:30 by the clock on the wall, or the day alone where no time was kept.
- **number**: digits with a point, 0.5. A comma is not guessed at.
- **code**: one of the list the link leads to. Another one is kept as written, and shown "check by hand".
- **reference** ({", ".join(REFERENCES)}): up to {LONGEST_REFERENCE} characters, the same in every file.

Names in capitals are items of the NDTMS core data set, those in small letters are ours. *Not checked* stands
beside what is from memory: look it up before relying on it.
"""


def treatment_columns_page() -> str:
    """The page, in Markdown."""
    rows = code_set("treatment_columns").rows
    groups = (_group(group, list(each)) for group, each in groupby(rows, key=lambda row: row["group"]))
    return "\n".join((HEAD, *groups, "## Codes\n", *_codes(rows)))


def _group(group: str, rows: Iterable[Row]) -> str:
    lines = [
        _line(row["name"], row["meaning"], _written(row), NEEDED[row["required"]], _checked(row))
        for row in rows
    ]
    head = [_line("column", "what it says", "written as", "needed", ""), "|---|---|---|---|---|"]
    return "\n".join((f"## {TITLES[group]}\n", *head, *lines, ""))


def _written(row: Row) -> str:
    if not row["code_set"]:
        return WRITTEN[row["format"]]
    about = known.column(row["name"])
    return f"[code](#{_anchor(about.code_set, about.code_field)})"


def _checked(row: Row) -> str:
    return NAMED[row["status"]] + (", not checked" if row["verified"] == "no" else "")


def _codes(columns: Iterable[Row]) -> Iterator[str]:
    """A table of each list of codes that some column uses, in the order in which they are first used."""
    used = dict.fromkeys((row["code_set"], row["code_field"]) for row in columns if row["code_set"])
    for name, field in used:
        table = code_set(name)
        rows = (row for row in table.rows if not field or row["field"] == field)
        lines = (_line(row["code"], row[table.meta.label]) for row in rows)
        users = ", ".join(
            row["name"] for row in columns if (row["code_set"], row["code_field"]) == (name, field)
        )
        yield "\n".join(
            (
                f"### {_title(name, field)}\n",
                f"For {users}.\n",
                _line("code", "means"),
                "|---|---|",
                *lines,
                "",
            )
        )


def _title(name: str, field: str) -> str:
    return f"{name} {field}".strip()


def _anchor(name: str, field: str) -> str:
    return _title(name, field).lower().replace(" ", "-")


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
