"""What entries say: the bodies of a page of them, a few tables in each read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection

from throughgate.foundation.permits import Permit
from throughgate.record import bodies
from throughgate.record.queries import Spine

Line = TypeVar("Line", bound=NamedTuple)
Shape = tuple[type[bodies.Body], type[NamedTuple]]
# The database takes 0.5 ms to plan four joins and 3 ms to plan eight, more than another query costs.
TABLES_AT_ONCE = 4


def by_kind(entries: Iterable[Spine]) -> dict[str, list[UUID]]:
    """The ids that `read` takes: of entries that say something, each once."""
    ids: dict[str, list[UUID]] = defaultdict(list)
    for entry_id, kind in {each.id: each.kind for each in entries if not each.is_redacted}.items():
        ids[kind].append(entry_id)
    return ids


def read(
    permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]], *, shapes: Mapping[str, type[Line]]
) -> dict[UUID, Line]:
    """What the entries with these ids say, as named tuples that hold the columns of the same names.

    Only tables that are present are read. A kind without a shape is left to another context; one the permit
    does not read is left out.
    """
    wanted: dict[Shape, list[UUID]] = defaultdict(list)
    for kind, ids in ids_by_kind.items():
        if kind in shapes and bodies.category_of(kind) in permit.read:
            wanted[bodies.body_of(kind), shapes[kind]] += ids
    present = list(wanted)
    found: dict[UUID, Line] = {}
    for first in range(0, len(present), TABLES_AT_ONCE):
        together = tuple(present[first : first + TABLES_AT_ONCE])
        found.update(_read({shape: wanted[shape] for shape in together}))
    return found


def _read(wanted: Mapping[Shape, Sequence[UUID]]) -> dict[UUID, Any]:
    """One row for each entry, holding the columns of every table; its own stand at the place of its shape."""
    places: dict[UUID, tuple[type[NamedTuple], int]] = {}
    start = 1
    for (_body, shape), ids in wanted.items():
        places.update(dict.fromkeys(ids, (shape, start)))
        start += len(shape._fields)
    with connection.cursor() as cursor:
        cursor.execute(_select(tuple(wanted)), [list(chain.from_iterable(wanted.values()))])
        return {row[0]: _line(row, *places[row[0]]) for row in cursor.fetchall()}


def _line(row: Sequence[Any], shape: type[NamedTuple], start: int) -> NamedTuple:
    return shape(*row[start : start + len(shape._fields)])


@cache
def _select(together: tuple[Shape, ...]) -> str:
    columns = ", ".join(chain.from_iterable(_columns(body, shape) for body, shape in together))
    joins = " ".join(
        f"LEFT JOIN {body._meta.db_table} ON {body._meta.db_table}.entry_id = wanted.id"
        for body, _shape in together
    )
    return " ".join(["SELECT wanted.id,", columns, "FROM unnest(%s::uuid[]) AS wanted (id)", joins])


def _columns(body: type[bodies.Body], shape: type[NamedTuple]) -> list[str]:
    is_json = {column.name: column.is_json for column in bodies.columns(body)}
    table = body._meta.db_table
    # Django leaves jsonb from a bare cursor as text; json it parses.
    return [f"{table}.{name}::json" if is_json[name] else f"{table}.{name}" for name in shape._fields]
