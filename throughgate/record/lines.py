"""What entries say: the bodies of a page of them, one read for each table that is present."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection

from throughgate.foundation.permits import Permit
from throughgate.record import bodies

Line = TypeVar("Line", bound=NamedTuple)


def read(
    permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]], *, shapes: Mapping[str, type[Line]]
) -> dict[UUID, Line]:
    """What the entries with these ids say, as named tuples that hold the columns of the same names.

    A kind without a shape is left to another context; one the permit does not read is left out.
    """
    wanted: dict[tuple[type[bodies.Body], type[Line]], list[UUID]] = defaultdict(list)
    for kind, ids in ids_by_kind.items():
        if kind in shapes and bodies.category_of(kind) in permit.read:
            wanted[bodies.body_of(kind), shapes[kind]] += ids
    found: dict[UUID, Line] = {}
    with connection.cursor() as cursor:
        for (body, shape), ids in wanted.items():
            cursor.execute(_select(body, shape), [ids])
            found.update((row[0], _line(shape, row)) for row in cursor.fetchall())
    return found


def _line(shape: type[Line], row: Sequence[Any]) -> Line:
    return shape(*row[1:])


@cache
def _select(body: type[bodies.Body], shape: type[NamedTuple]) -> str:
    is_json = {column.name: column.is_json for column in bodies.columns(body)}
    # Django leaves jsonb from a bare cursor as text; json it parses.
    columns = ", ".join(f"{name}::json" if is_json[name] else name for name in shape._fields)
    return f"SELECT entry_id, {columns} FROM {body._meta.db_table} WHERE entry_id = ANY(%s)"
