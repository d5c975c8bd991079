"""Rows as a file that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

# A spreadsheet takes a cell that begins so for a formula, and what stands here was written by others.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Line:
    """Where the csv module writes one line, for us to hand on."""

    def write(self, text: str) -> str:
        return text


def lines(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The head, then a line for each row."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(columns)  # the mark tells older spreadsheets that this is UTF-8
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: Any) -> str:
    """The text of a cell, with a quote in front where a spreadsheet would run it."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_BEGINS) else text
