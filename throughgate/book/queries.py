"""What a worker may know of somebody's book: whether a code of theirs holds, and how it went."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.book.limits import limits, roles_that
from throughgate.book.models import Opening
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.record import lines as record_lines


class OpeningLine(NamedTuple):
    last_on: date | None


Line = OpeningLine
SHAPES: dict[str, type[Line]] = {**dict.fromkeys(Opening.kinds, OpeningLine)}


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


class CodeLine(NamedTuple):
    """A code on paper that holds."""

    given_at: datetime
    given_by: UUID | None
    last_on: date
    used_at: datetime | None  # when it last opened the book
    is_locked: bool  # too many wrong birth dates went with it


CODE = """
SELECT code.given_at, code.given_by, code.last_on,
       max(tried.at) FILTER (WHERE tried.was_right),
       count(*) FILTER (WHERE NOT tried.was_right) >= %(most)s
FROM book_code code JOIN people_identity identity ON identity.id = code.identity_id
LEFT JOIN book_try tried ON tried.key = code.key
WHERE identity.person_id = %(person)s AND code.last_on >= %(on)s
  AND NOT EXISTS (SELECT FROM book_codestopped stopped WHERE stopped.code_id = code.id)
GROUP BY code.id ORDER BY code.given_at DESC LIMIT 1
"""


def code(permit: Permit) -> CodeLine | None:
    """The code that holds for the permit's person; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            CODE,
            {
                "person": permit.person_id,
                "on": clock.day_of(permit.at),
                "most": limits()["wrong_tries"],
            },
        )
        row = cursor.fetchone()
    return CodeLine._make(row) if row else None


def gives_codes(permit: Permit) -> bool:
    """Whether this worker gives out codes."""
    return permit.role in roles_that("gives")


def sits_beside(permit: Permit) -> bool:
    """Whether this worker may open the book beside the person."""
    return permit.role in roles_that("sits")
