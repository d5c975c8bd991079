"""Extracts of treatment, and what the record has of them."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from tests import story
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
    """From when to when a provider is concerned with anybody."""
    return _rows(
        "SELECT opened_on, closed_on FROM access_relationship held"
        " JOIN directory_organisation organisation ON organisation.id = held.organisation_id"
        " WHERE code = %s AND held.kind = 'treatment' ORDER BY opened_on",
        source,
    )


def reasons() -> set[str]:
    """Why entries were superseded."""
    return {
        row[0] for row in _rows("SELECT DISTINCT reason FROM record_entry WHERE supersedes_id IS NOT NULL")
    }


def entries(kind: str) -> list[UUID]:
    return [row[0] for row in _rows("SELECT id FROM record_entry WHERE kind = %s ORDER BY id", kind)]


def concerned_with(person_id: UUID) -> set[str]:
    """Codes of the organisations that are."""
    query = (
        "SELECT code FROM access_relationship held"
        " JOIN directory_organisation organisation ON organisation.id = held.organisation_id"
        " WHERE person_id = %s"
    )
    return {row[0] for row in _rows(query, person_id)}


def death_of(key: str, *, source: str = PROVIDER) -> str:
    ((death,),) = _rows("SELECT death FROM people_person WHERE id = %s", story.person(key, source=source))
    return str(death)


def _rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
