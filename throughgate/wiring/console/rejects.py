"""The rows that could not be taken, as a file for whoever puts them right."""

import os
from collections.abc import Iterable
from pathlib import Path

from throughgate.exchange.inbound.rows import Reject
from throughgate.pages.imports import csv_file
from throughgate.wiring.places import VAR

COLUMNS = ("line", "field", "why", "what to do", "as written")


def write(extract: Path, rows: Iterable[Reject]) -> Path:
    """Beside the extract, or where that cannot be written to, under var. Only this user reads it."""
    path = extract.with_name(f"{extract.name}.rejected.csv")
    try:
        _write(path, rows)
    except OSError:
        path = VAR / "rejects" / path.name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, rows)
    return path


def _write(path: Path, rows: Iterable[Reject]) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8", newline="") as file:
        file.writelines(
            csv_file.lines(
                COLUMNS, ((row.line, row.field, row.why, row.what_to_do, row.as_written) for row in rows)
            )
        )
