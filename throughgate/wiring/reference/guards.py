"""What the roles of the database may do with a table, as its migrations granted it."""

import re
from collections.abc import Iterable
from functools import cache

from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader

from throughgate.foundation.append_only import append_only, mutable

GRANTED_COLUMNS = re.compile(r"GRANT UPDATE \(([\w, ]+)\) ON (\w+) TO")
ADDED_COLUMN = re.compile(r"ALTER TABLE (\w+) ADD COLUMN (\w+) (\w+)")


def rights(table: str) -> str:
    """A sentence for the page of tables."""
    if _is_granted_by(append_only(table)):
        return "Rows are added and read, and never changed or removed: the database refuses, whoever asks."
    if _is_granted_by(mutable(table)):
        return "Rows are added, read, changed and removed."
    if changing := _changing_columns().get(table):
        return f"Rows are added and read; only {', '.join(changing)} may change; none is removed."
    return "No role but the owner of the tables reads or writes it."


def columns_beside_models() -> dict[tuple[str, str], str]:
    """Type by table and column, of columns that a migration adds by hand: no model has them."""
    return {
        (table, column): type_
        for statement in _statements()
        for table, column, type_ in ADDED_COLUMN.findall(statement)
    }


def _is_granted_by(operations: Iterable[RunSQL]) -> bool:
    return all(operation.sql in _statements() for operation in operations)


def _changing_columns() -> dict[str, tuple[str, ...]]:
    return {
        table: tuple(f"`{column}`" for column in columns.split(", "))
        for statement in _statements()
        for columns, table in GRANTED_COLUMNS.findall(statement)
    }


@cache
def _statements() -> tuple[str, ...]:
    """Every statement that a migration of ours runs as it stands, in the order of their names."""
    migrations = sorted(MigrationLoader(None).disk_migrations.items())
    return tuple(
        operation.sql
        for _, migration in migrations
        if type(migration).__module__.startswith("throughgate.")
        for operation in migration.operations
        if isinstance(operation, RunSQL) and isinstance(operation.sql, str)
    )
