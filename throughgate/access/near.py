"""Bars that workers asked for themselves: their own record, and those of their family."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.foundation.copying import copy_in
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import TimerPermit

BAR = "id uuid, person_id uuid, worker_id uuid, why text"


class Near(NamedTuple):
    """That a record is a worker's own, or of their family."""

    person_id: UUID
    worker_id: UUID
    why: str  # own_record, family


def rebuild_near(permit: TimerPermit, near: Sequence[Near]) -> None:
    """Make these bars, and no others of their kind, hold. What the person said stays."""
    rows = ((new_id(), *each) for each in dict.fromkeys(near))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_bar WHERE why IN ('own_record', 'family')")
        copy_in(cursor, "access_bar", BAR, rows)
