"""Files by organisation and night, written some lines at a time: any number of people needs little memory."""

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TextIO

MOST_HELD = 32 * 1024 * 1024  # characters waiting to be written
PRISON, EVENTS, TREATMENT, PEOPLE = "prisoner-search", "prison-events", "treatment", "people"
SENT_AT = {PEOPLE: "17:00", EVENTS: "18:00", TREATMENT: "20:30", PRISON: "22:00"}
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
ENDINGS = {PEOPLE: "csv", EVENTS: "events.json", TREATMENT: "csv", PRISON: "json"}


class Extract(NamedTuple):
    """One organisation's file of one night."""

    night: date
    format: str
    organisation: str

    @property
    def as_at(self) -> str:
        return f"{self.night}T{SENT_AT[self.format]}"

    @property
    def file(self) -> str:
        return f"extracts/{self.night}_{self.organisation}.{ENDINGS[self.format]}"


class Extracts:
    """Lines are kept until there are many, then put at the end of their files in the order they came."""

    def __init__(self, folder: Path, *, columns: Mapping[str, Sequence[str]]) -> None:
        """`columns` stand in the first line of a file, by its format."""
        self._folder = folder
        self._first_line = {name: csv_line(header) for name, header in columns.items()}
        self._waiting: defaultdict[Extract, list[str]] = defaultdict(list)
        self._size = 0
        self.read: Counter[Extract] = Counter()
        self.rejected: Counter[Extract] = Counter()
        (folder / "extracts").mkdir()

    def add(self, extract: Extract, line: str) -> None:
        """A row as it stands in the file."""
        if extract not in self.read:
            line = self._first_line.get(extract.format, "") + line
        self.read[extract] += 1
        self._waiting[extract].append(line)
        self._size += len(line)
        if self._size > MOST_HELD:
            self.flush()

    def add_unreadable(self, extract: Extract, line: str) -> None:
        """A row of nobody that can be told."""
        self.add(extract, line)
        self.rejected[extract] += 1

    def flush(self) -> None:
        for extract, lines in self._waiting.items():
            with (self._folder / extract.file).open("a", encoding="utf-8", newline="") as file:
                file.writelines(lines)
        self._waiting.clear()
        self._size = 0


class Table:
    """A CSV file with a header."""

    def __init__(self, file: TextIO, columns: Sequence[str]) -> None:
        self._file = file
        file.write(csv_line(columns))

    def add_all(self, rows: Iterable[Sequence[object]]) -> None:
        self._file.writelines(csv_line(cells) for cells in rows)


def csv_line(cells: Iterable[object]) -> str:
    """Ended the same way everywhere; None is an empty cell."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def json_line(document: Mapping[str, Any]) -> str:
    """One line of JSON lines."""
    return ENCODER.encode(document) + "\n"
