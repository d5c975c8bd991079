"""Versioned tables of codes: read once from data files, never changed while the program runs.

A folder holds one `<name>.csv` for each table and an `index.toml` with its title, version, source, how far it
was verified, its key columns and, where it has one, its label column. Every file carries the columns of
`PROVENANCE`. A period runs from `valid_from` (included) to `valid_to` (excluded); blank is unknown, so open.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"
CODE_SETS = DATA / "code_sets"
PROVENANCE = ("valid_from", "valid_to", "source", "verified")
VERIFIED = frozenset({"yes", "no", "derived"})  # derived: worked out by us from a sourced fact

Row = Mapping[str, str]
Key = tuple[str, ...]


class CodeSetError(Exception):
    """A table is missing or malformed: a fault in the delivery, never something a worker did."""


@dataclass(frozen=True, kw_only=True)
class Meta:
    name: str
    title: str
    version: str
    source: str
    verified: str  # yes, no, or mixed where the rows differ
    key: Key
    label: str  # the column with the wording; empty when the table has none


@dataclass(frozen=True)
class _Dated:
    """A row with its period, so that a look-up parses no dates."""

    row: Row
    starts: date
    ends: date

    def covers(self, day: date) -> bool:
        return self.starts <= day < self.ends


class CodeSet:
    """One table. Rows are read-only mappings of text to text, in the order of the file."""

    def __init__(self, meta: Meta, dated: tuple[_Dated, ...]) -> None:
        self.meta = meta
        self.rows: tuple[Row, ...] = tuple(each.row for each in dated)
        self._by_key = _newest_first(meta, dated)

    def __contains__(self, code: object) -> bool:
        return (code if isinstance(code, tuple) else (code,)) in self._by_key

    def get(self, *code: str, on: date | None = None) -> Row | None:
        """The row of a code, one argument for each key column; None if unknown.

        With a day, the row valid on it. Without one, the newest row even if withdrawn: a record made while a
        code was in use keeps that code's meaning.
        """
        versions = self._by_key.get(code, ())
        return next((each.row for each in versions if on is None or each.covers(on)), None)

    def by(self, column: str) -> Mapping[str, Row]:
        """Rows by another column (blank cells left out); the first row wins where a value repeats."""
        if self.rows and column not in self.rows[0]:
            raise CodeSetError(f"Code set {self.meta.name} has no column {column}.")
        found: dict[str, Row] = {}
        for row in self.rows:
            if row[column]:
                found.setdefault(row[column], row)
        return MappingProxyType(found)

    def labels(self) -> Mapping[str, str]:
        """Wording by code, newest first; composite keys are joined by a space."""
        if not self.meta.label:
            raise CodeSetError(f"Code set {self.meta.name} has no label column.")
        wording = {" ".join(key): versions[0].row[self.meta.label] for key, versions in self._by_key.items()}
        return MappingProxyType(wording)


@cache
def code_set(name: str, *, folder: Path = CODE_SETS) -> CodeSet:
    """The named table, checked on first use and then kept.

    Raises:
        CodeSetError: the name is not in the folder's index, or its file breaks a rule above.
    """
    meta = _meta(name, folder)
    return CodeSet(meta, tuple(_read(meta, folder / f"{name}.csv")))


def names(*, folder: Path = CODE_SETS) -> tuple[str, ...]:
    """Every table the folder's index promises."""
    return tuple(_index(folder))


@cache
def _index(folder: Path) -> dict[str, Any]:
    path = folder / "index.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CodeSetError(f"The index {path.name} of {folder.name} cannot be read: {error}") from error


def _meta(name: str, folder: Path) -> Meta:
    entry = _index(folder).get(name)
    if entry is None:
        raise CodeSetError(f"There is no code set called {name} in {folder.name}.")
    try:
        return Meta(name=name, **{"label": "", **entry, "key": tuple(entry["key"])})
    except (KeyError, TypeError) as error:
        raise CodeSetError(f"The index entry of code set {name} is incomplete: {error}") from error


def _read(meta: Meta, path: Path) -> Iterator[_Dated]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            _check_header(meta, reader.fieldnames or ())
            for cells in reader:
                yield _dated(cells, f"{path.name} line {reader.line_num}", meta)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodeSetError(f"Code set {meta.name} cannot be read: {error}") from error


def _check_header(meta: Meta, columns: Sequence[str]) -> None:
    wanted = {*PROVENANCE, *meta.key, *filter(None, [meta.label])}
    missing = sorted(wanted - set(columns))
    if missing or len(columns) != len(set(columns)):
        raise CodeSetError(f"Code set {meta.name} lacks the columns {missing}, or names a column twice.")


def _dated(cells: dict[str, str], where: str, meta: Meta) -> _Dated:
    if None in cells or None in cells.values():  # what the csv module puts for too many, too few
        raise CodeSetError(f"{where}: the number of cells differs from the header.")
    if not all(cells[column] for column in meta.key):
        raise CodeSetError(f"{where}: a key cell is empty.")
    if not cells["source"] or cells["verified"] not in VERIFIED:
        raise CodeSetError(f"{where}: needs a source, and verified as one of {sorted(VERIFIED)}.")
    starts = _day(cells["valid_from"], date.min, where)
    ends = _day(cells["valid_to"], date.max, where)
    if starts >= ends:
        raise CodeSetError(f"{where}: valid_to is not after valid_from.")
    return _Dated(MappingProxyType(cells), starts, ends)


def _day(text: str, blank: date, where: str) -> date:
    if not text:
        return blank
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CodeSetError(f"{where}: {text} is not a date written as 2026-08-21.") from error


def _newest_first(meta: Meta, dated: tuple[_Dated, ...]) -> Mapping[Key, tuple[_Dated, ...]]:
    """Rows by key; periods of one key may not overlap, so any day has one answer."""
    found: dict[Key, list[_Dated]] = {}
    for each in dated:
        found.setdefault(tuple(each.row[column] for column in meta.key), []).append(each)
    for key, versions in found.items():
        versions.sort(key=lambda each: each.starts, reverse=True)
        for newer, older in pairwise(versions):
            if older.ends > newer.starts:
                raise CodeSetError(f"Code set {meta.name}: {' '.join(key)} stands twice for the same day.")
    return MappingProxyType({key: tuple(versions) for key, versions in found.items()})
