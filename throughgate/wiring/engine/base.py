"""PostgreSQL as Django has it, but that a statement asked again is asked by the same cursor.

A new cursor has to learn of each parameter and column how it is written and read, which takes the program
longer than to ask. Whether a connection still stands is seen without asking.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper

KEPT = 100  # statements, as many as psycopg keeps prepared
FEW_ROWS = 500  # a cursor holds what it read last; one that read more is let go


class DatabaseWrapper(base.DatabaseWrapper):
    """Keeps the cursors of its connection, each with the statement it knows."""

    def connect(self) -> None:
        self._kept: dict[str, tuple[str, Any]] = {}
        super().connect()

    def is_usable(self) -> bool:
        """Asked before each request. Nothing comes unasked over a connection that stands but a notice, and
        something does once the server has ended it.
        """
        if self.connection is None or self.connection.closed:
            return False
        watched = select.poll()
        watched.register(self.connection.fileno(), select.POLLIN)
        return not watched.poll(0) or super().is_usable()

    def take(self, statement: str) -> tuple[str, Any]:
        """The cursor that knows a statement, for one alone, after the words it knows it by."""
        return self._kept.pop(statement, None) or (statement, self.plain_cursor())

    def keep(self, statement: str, cursor: Any) -> None:
        """For whoever asks the same next. Where there are too many, the one not asked for longest goes."""
        if cursor.connection is self.connection and cursor.rowcount <= FEW_ROWS:
            self._kept[statement] = (statement, cursor)
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]

    def plain_cursor(self) -> Any:
        return super().create_cursor()

    def create_cursor(self, name: str | None = None) -> Any:
        """None, for which `make_cursor` finds one later; Django's own where it asks by name or logs."""
        return super().create_cursor(name) if name or self.queries_logged else None

    def make_cursor(self, cursor: Any) -> CursorWrapper:
        return super().make_cursor(cursor) if cursor else KnowingCursor(self)


class KnowingCursor(CursorWrapper):
    """Asks each statement by the cursor that knows it, and gives that back."""

    def __init__(self, db: DatabaseWrapper) -> None:
        self.db = db
        self._statement, self._asking = "", None

    @property
    def cursor(self) -> Any:
        """Whichever asked last; a plain one to copy, or to send much at once."""
        if self._asking is None:
            self._asking = self.db.plain_cursor()
        return self._asking

    def execute(self, sql: Any, params: Any = None) -> Any:
        self.close()
        if isinstance(sql, str):  # what psycopg composes is asked once
            self._statement, self._asking = self.db.take(sql)
        return super().execute(self._statement or sql, params)

    def close(self) -> None:
        if self._statement:
            self.db.keep(self._statement, self._asking)
        self._statement, self._asking = "", None
