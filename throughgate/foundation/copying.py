"""Writing many rows at once."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

FEW = 100  # rows that one INSERT writes sooner than three statements do


def copy_in(cursor: Any, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows by one COPY; `columns` are names and types as a table is defined: "id uuid, on_day date".

    In the database's own binary form, which takes a fifth of the time of text and asks that each value be
    of its column's type. Of no rows nothing is said to the database.
    """
    left = iter(rows)
    first = next(left, None)
    if first is None:
        return
    names, types = zip(*(column.split(maxsplit=1) for column in columns.split(",")), strict=True)
    with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT binary)") as copy:
        copy.set_types(types)
        for row in chain([first], left):
            copy.write_row(row)


def put_in(cursor: Any, table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows into a table under row-level security, which takes no COPY; else as `copy_in`.

    Many rows go by way of a table of this session, which costs the database a tenth more than COPY would.
    """
    names = ", ".join(column.split()[0] for column in columns.split(","))
    if len(rows) <= FEW:
        places = ", ".join(["%s"] * len(columns.split(",")))
        one_row = ", ".join([f"({places})"] * len(rows))
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES {one_row}", [each for row in rows for each in row]
        )
        return
    through = f"on_the_way_to_{table}"
    cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {through} (LIKE {table}) ON COMMIT DELETE ROWS")
    copy_in(cursor, through, columns, rows)
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {through}")
    cursor.execute(f"TRUNCATE {through}")
