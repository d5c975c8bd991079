"""Lists of ids as they are sent to the database."""

from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.abc import Buffer
from psycopg.types.array import ListDumper


class Ids(ListDumper):
    """Writes a list of ids at once: an import names thirty thousand for each thousand documents."""

    def dump(self, obj: list[Any]) -> Buffer | None:
        if obj and all(type(each) is UUID for each in obj):
            return f"{{{','.join([each.hex for each in obj])}}}".encode()
        return super().dump(obj)


def write_at_once(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Told of each connection that is made."""
    connection.connection.adapters.register_dumper(list, Ids)
