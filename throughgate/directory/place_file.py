"""A file of places: a line of a spreadsheet becomes a `PlaceRow`, or a sentence that says why not."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from throughgate.directory import rules
from throughgate.foundation.errors import Refused

COLUMNS = (
    "organisation",  # its code
    "code",  # of the place
    "name",
    "name_cy",
    "address",  # lines divided by |
    "postcode",
    "phone",
    "always_answered",  # yes or no
    "protected",  # yes or no
    "opening",  # see rules.week
    "landmarks",  # see rules.landmarks
)
LONGEST = {"code": 20, "name": 120, "name_cy": 120, "phone": 30}
CLAIMS = {"yes": True, "no": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceRow:
    line: int  # of the file
    organisation: str
    code: str
    name: str
    name_cy: str
    address: tuple[str, ...]
    phone: str
    is_always_answered: bool
    is_protected: bool
    week: rules.Week
    landmarks: tuple[rules.Landmark, ...]


def read(lines: Iterable[str]) -> list[PlaceRow]:
    """Raises: Refused, naming the line, for a file that cannot be read whole."""
    reader = csv.DictReader(lines)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise Refused(f"The file has no column {', '.join(missing)}. Its columns are {', '.join(COLUMNS)}.")
    rows: dict[str, PlaceRow] = {}
    for line, cells in enumerate(reader, start=2):
        try:
            row = _row(line, {column: (cells[column] or "").strip() for column in COLUMNS})
        except Refused as refusal:
            raise Refused(f"Line {line}: {refusal}") from refusal
        if row.code in rows:
            raise Refused(f"Line {line}: the code {row.code} stands in line {rows[row.code].line}, too.")
        rows[row.code] = row
    return list(rows.values())


def _row(line: int, cells: Mapping[str, str]) -> PlaceRow:
    _check_texts(cells)
    return PlaceRow(
        line=line,
        organisation=cells["organisation"],
        code=cells["code"],
        name=cells["name"],
        name_cy=cells["name_cy"],
        address=tuple(filter(None, map(str.strip, (*cells["address"].split("|"), cells["postcode"])))),
        phone=cells["phone"],
        is_always_answered=_claim(cells, "always_answered"),
        is_protected=_claim(cells, "protected"),
        week=rules.week(cells["opening"]),
        landmarks=rules.landmarks(cells["landmarks"]),
    )


def _check_texts(cells: Mapping[str, str]) -> None:
    for column in ("organisation", "code", "name"):
        if not cells[column]:
            raise Refused(f"the column {column} is empty.")
    for column, longest in LONGEST.items():
        if len(cells[column]) > longest:
            raise Refused(f"the column {column} has more than {longest} letters.")
    if cells["always_answered"] == "yes" and not cells["phone"]:
        raise Refused("somebody always answers, and there is no phone number.")


def _claim(cells: Mapping[str, str], column: str) -> bool:
    if cells[column] not in CLAIMS:
        raise Refused(f'the column {column} says "{cells[column]}". Write yes or no.')
    return CLAIMS[cells[column]]
