"""What an entry of each kind says: the base of every body table, and the register of kinds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, models
from psycopg.types.json import Jsonb

from throughgate.access import policy
from throughgate.record.models import Entry

WITHDRAWN = "withdrawn"  # supersedes an entry with nothing: what its source said turned out not to be so


class Body(models.Model):
    """Base of the body tables. Names the kinds it serves and the one sharing category of each.

    A kind without a category, or with one the access matrix does not know, stops the program at import.
    """

    kinds: ClassVar[dict[str, str]]  # kind -> category
    # Without a constraint of the database: the door writes both at once, and an entry never goes (ADR 0012).
    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "kinds" in cls.__dict__:
            register(cls)


_bodies: dict[str, type[Body]] = {}
_categories: dict[str, str] = {}


def register(body: type[Body]) -> None:
    """Enter the kinds a body serves in the register."""
    for kind, category in body.kinds.items():
        if category not in policy.categories():
            raise TypeError(f"The kind {kind!r} needs a sharing category of the matrix, not {category!r}")
        if kind in _bodies and _bodies[kind].__name__ != body.__name__:
            raise TypeError(f"The kind {kind!r} has two bodies")
        _bodies[kind] = body
        _categories[kind] = category


def body_of(kind: str) -> type[Body]:
    """The body table of a kind."""
    return _bodies[kind]


def category_of(kind: str) -> str:
    """The sharing category of a kind."""
    return _categories[kind]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a body table, and what it holds when a draft leaves it out."""

    name: str
    type: str  # as the database calls it
    default: Any
    is_json: bool


@cache
def columns(body: type[Body]) -> tuple[Column, ...]:
    """The columns of a body table, without the entry's id."""
    return tuple(
        Column(
            field.attname,
            (field.db_type(connection) or "").partition("(")[0],
            field.get_default(),
            isinstance(field, models.JSONField),
        )
        for field in body._meta.local_concrete_fields
        if field.name != "entry"
    )


def complete(kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What a draft says in every column of its kind."""
    return {column.name: said.get(column.name, column.default) for column in columns(body_of(kind))}


def values(body: type[Body], said: Mapping[str, Any]) -> Iterator[Any]:
    """What a draft says, in the order of the columns, as the database driver wants it."""
    for column in columns(body):
        value = said.get(column.name, column.default)
        yield Jsonb(value) if column.is_json else value


def read(cursor: Any, body: type[Body], ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """What the entries with these ids say, as column -> value."""
    names = [column.name for column in columns(body)]
    # Django leaves jsonb from a bare cursor as text; json it parses.
    read_as = [f"{column.name}::json" if column.is_json else column.name for column in columns(body)]
    cursor.execute(
        f"SELECT entry_id, {', '.join(read_as)} FROM {body._meta.db_table} WHERE entry_id = ANY(%s)", [ids]
    )
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in cursor.fetchall()}


def kinds() -> dict[str, str]:
    """Every kind with its category, for the reference pages."""
    return dict(sorted(_categories.items()))
