"""Writing many rows at once."""

from collections.abc import Iterable, Sequence
from typing import Any


def copy_in(cursor: Any, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows by one COPY; `columns` are names and types as a table is defined: "id uuid, on_day date".

    In the database's own binary form, which takes a fifth of the time of text and asks that each value be
    of its column's type.
    """
    names, types = zip(*(column.split(maxsplit=1) for column in columns.split(",")), strict=True)
    with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT binary)") as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)
