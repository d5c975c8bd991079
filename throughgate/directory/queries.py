"""Organisations by code and by id. Nothing here is about a person, so no permit is asked."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from throughgate.directory import models
from throughgate.foundation.errors import Refused


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as the rest of the house sees it."""

    id: UUID
    code: str
    name: str
    name_cy: str
    kind: str
    nation: str
    is_checked: bool


THE_PERSON = UUID("00000000-0000-7000-8000-000000000001")  # in whose name people write in their own record
FIELDS = ("id", "code", "name", "name_cy", "kind", "nation", "is_checked")
MENTIONED = f"""
SELECT {", ".join(FIELDS)} FROM directory_organisation WHERE id = ANY(%s) OR code = ANY(%s)
"""


def organisation(code: str) -> Organisation:
    """The organisation with that code.

    Raises: Refused when there is none, naming the command that adds one.
    """
    row = models.Organisation.objects.filter(code=code).values_list(*FIELDS).first()
    if row is None:
        raise Refused(
            f"There is no organisation with the code {code}. Check the spelling, or add it with"
            f' "./tg organisation add {code} NAME KIND".'
        )
    return Organisation(*row)


def mentioned(*, ids: Collection[UUID], codes: Collection[str]) -> list[Organisation]:
    """The organisations with these ids or codes, for a page that names a few."""
    with connection.cursor() as cursor:
        cursor.execute(MENTIONED, [list(ids), list(codes)])
        return [Organisation(*row) for row in cursor.fetchall()]


def by_id() -> dict[UUID, Organisation]:
    """Every organisation by id: a few hundred rows, so pages read them once."""
    return {row[0]: Organisation(*row) for row in models.Organisation.objects.values_list(*FIELDS)}


def by_code() -> dict[str, Organisation]:
    """Every organisation by code."""
    return {row[1]: Organisation(*row) for row in models.Organisation.objects.values_list(*FIELDS)}
