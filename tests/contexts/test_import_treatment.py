"""A treatment provider's file going in: what becomes of each row, and what the record says afterwards."""

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import content, story
from throughgate.exchange.inbound.run import Report
from throughgate.record import bodies

PROVIDER, OTHER = "PATH", "WELL"
NHS = {"C1": "9990000018", "C2": "9990000026"}
DEE: Mapping[str, str] = {
    "CLIENTID": "C1",
    "first_name": "Dee",
    "last_name": "Lantern",
    "DOB": "04/05/1989",
    "nhs_number": NHS["C1"],
}
METHADONE: Mapping[str, str] = {
    "prescription_id": "P1",
    "medicine": "Methadone 1mg/ml oral solution",
    "dose": "40",
    "dose_unit": "mg",
}
Row = Mapping[str, str]

pytestmark = pytest.mark.django_db


def text_of(rows: Sequence[Row]) -> str:
    """A file with every column that some row fills."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(names)]
    for row in rows:
        cells = (row.get(name, "") for name in names)
        lines.append(",".join('"' + cell.replace('"', '""') + '"' for cell in cells))
    return "\n".join(lines) + "\n"


def bring_in(*rows: Row, as_at: datetime = story.NOON, source: str = PROVIDER) -> Report:
    return bring_in_bytes(text_of(rows).encode(), as_at=as_at, source=source)


def bring_in_bytes(written: bytes, *, as_at: datetime = story.NOON, source: str = PROVIDER) -> Report:
    story.organisation(source)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        path.write_bytes(written)
        return story.bring_in_file(path, source=source, as_at=as_at, format_name="treatment")


def standing(kind: str) -> list[dict[str, Any]]:
    """What entries of one kind say that nobody has superseded."""
    return [said for said, is_current in _told(kind) if is_current]


def superseded(kind: str) -> list[dict[str, Any]]:
    return [said for said, is_current in _told(kind) if not is_current]


def _told(kind: str) -> list[tuple[dict[str, Any], bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, item, dated_by, happened_at, as_at, reason,"
            " NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)"
            " FROM record_entry entry WHERE kind = %s ORDER BY as_at, id",
            [kind],
        )
        rows = cursor.fetchall()
        said = bodies.read(cursor, bodies.body_of(kind), [row[0] for row in rows])
        return [
            ({**said[row[0]], "item": row[1], "dated_by": row[2], "at": row[3], "as_at": row[4]}, row[6])
            for row in rows
        ]


def relationships(source: str = PROVIDER) -> list[tuple[date, date | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT opened_on, closed_on FROM access_relationship held"
            " JOIN directory_organisation organisation ON organisation.id = held.organisation_id"
            " WHERE code = %s AND held.kind = 'treatment' ORDER BY opened_on",
            [source],
        )
        return cursor.fetchall()


# What becomes of the rows


def test_every_row_is_accounted_for_and_the_same_file_again_changes_nothing() -> None:
    rows = (
        {**DEE, "EPISODID": "E1", "REFLD": "2026-10-01", **METHADONE, "last_dose_at": "2026-11-02T09:15", "last_dose": "40"},
        {"CLIENTID": "C2", "FINITIAL": "J", "SINITIAL": "T", "attendance_id": "A1", "attendance_at": "2026-11-01 10:00"},
        {"CLIENTID": "", "first_name": "Nobody"},
    )
    first = bring_in(*rows).counts
    assert (first["read"], first["new"], first["rejected"]) == (3, 2, 1)
    again = bring_in(*rows, as_at=story.noon(9)).counts
    assert (again["read"], again["unchanged"], again["rejected"], again["entries"]) == (3, 2, 1, 0)
    changed = bring_in({**rows[0], "dose": "50"}, rows[1], as_at=story.noon(10)).counts
    assert (changed["changed"], changed["unchanged"], changed["entries"]) == (1, 1, 1)
