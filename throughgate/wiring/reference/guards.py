"""What the roles of the database may do with a table, as its migrations granted it."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from django.db.migrations import Migration, RunSQL
from django.db.migrations.loader import MigrationLoader

from throughgate.foundation.append_only import append_only, mutable

GRANTED_COLUMNS = re.compile(r"GRANT UPDATE \(([\w, ]+)\) ON (\w+) TO")
RENAMED = re.compile(r"ALTER TABLE (\w+) RENAME TO (\w+)")
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
    """Every statement that a migration of ours runs as it stands, each table by the name it has now."""
    migrations = sorted(MigrationLoader(None).disk_migrations.items())
    said = [
        sql
        for _, migration in migrations
        if type(migration).__module__.startswith("throughgate.")
        for sql in _sql(migration)
    ]
    for before, after in RENAMED.findall("\n".join(said)):
        said = [re.sub(rf"\b{before}(?=_rows_stay|_is_never_emptied|\b)", after, sql) for sql in said]
    return tuple(said)


def _sql(migration: Migration) -> Iterator[str]:
    for operation in migration.operations:
        # What stands apart from the models' state is run all the same.
        for each in getattr(operation, "database_operations", [operation]):
            if isinstance(each, RunSQL) and isinstance(each.sql, str):
                yield each.sql
