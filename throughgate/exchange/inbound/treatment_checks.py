"""The rules of treatment, asked about a row: what it breaks becomes flags, and it goes in all the same."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from throughgate.exchange.inbound.rows import Flag
from throughgate.exchange.inbound.treatment_statements import Reading
from throughgate.treatment import intake
from throughgate.treatment.rules import TreatmentRow, row_flags


def broken_rules(readings: Mapping[str, Reading], *, on: date) -> Iterator[Flag]:
    """What does not fit together, or is missing where something is needed, by the columns it is about."""
    flagged = {flag.field for reading in readings.values() for flag in reading.flags}
    for broken in row_flags(_row(readings), on=on):
        if not flagged.issuperset(broken.fields):  # a cell that cannot be read is not missing too
            yield Flag(" ".join(broken.fields), broken.key)
    if _lacks_outcome(readings, on) and "attendance_outcome" not in flagged:
        yield Flag("attendance_outcome", "not_given")


def _row(readings: Mapping[str, Reading]) -> TreatmentRow:
    said = {item.partition(":")[0]: (item, reading.said) for item, reading in readings.items()}
    details: Mapping[str, Any] = next(
        (reading.said["details"] for reading in readings.values() if "details" in reading.said), {}
    )
    more = said["episode"][1].get("more", {}) if "episode" in said else {}
    facts: dict[str, Any] = {
        thing: intake.fact(item, each) for thing, (item, each) in said.items() if thing in intake.SHAPES
    }
    return TreatmentRow(
        first_initial=details.get("first_name", "")[:1],
        last_initial=details.get("last_name", "")[:1],
        born_on=date.fromisoformat(details["birth_date"]) if "birth_date" in details else None,
        sex=details.get("sex", ""),
        area=more.get("DAT", ""),
        local_authority=more.get("LA", ""),
        **facts,
    )


def _lacks_outcome(readings: Mapping[str, Reading], on: date) -> bool:
    """Is there an appointment whose day is past and of which nobody says what became of it?"""
    attendances = (reading.said for item, reading in readings.items() if item.startswith("attendance:"))
    return any("outcome" not in said and date.fromisoformat(said["due_on"]) < on for said in attendances)
