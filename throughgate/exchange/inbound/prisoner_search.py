"""HMPPS Prisoner Search documents: one flat object for each prison number, without a version.

Fields: docs/reference/prisoner-search.md, from the published shape. Not taken in, by choice: offences,
photographs, physical description, security alerts.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import IO, Any
from uuid import UUID

from throughgate.custody import actions as custody
from throughgate.custody import intake
from throughgate.custody.rules import Document, contradictions
from throughgate.exchange.inbound import sequence
from throughgate.exchange.inbound.fields import Fields, as_written, name_marks, placeholders, shown
from throughgate.exchange.inbound.reading import json_documents
from throughgate.exchange.inbound.rows import Flag, Reject, Row
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import FeedPermit, Refresher
from throughgate.people import rules
from throughgate.people.actions import Details
from throughgate.people.rules import Identifier, State, System
from throughgate.record.rules import Change

name = "prisoner-search"
NO_NUMBER = "The row has no prison number that can be read, so nobody can tell whose it is."
SEND_AGAIN = "Look the person up at the source, put the number right there, and send the row again."
INTERPRETER = {"True": "yes", "False": "no"}
NOT_A_RECORD = "The row is not a record of a person."
LONGEST_NUMBER = 80  # characters; a longer text is no number of anybody
ASK_FOR_RECORDS = "Ask the source for an extract of prisoner records."


def read(file: IO[bytes], *, as_at: datetime) -> Iterator[Row | Reject]:
    """Rows of an array, a paged answer or JSON lines."""
    for number, document in json_documents(file):
        yield _row(number, document, as_at)


def hear(permit: FeedPermit, identity_ids: Collection[UUID]) -> Collection[UUID]:
    """What an event told of them before counts no more: the prison's own record says what happened."""
    return custody.hear(permit, identity_ids)


def take_in(permit: FeedPermit, changes: Sequence[Change]) -> int:
    """Movements, legal status, dates, places, alerts and needs become entries.

    A movement may correct the one before it, so that a late document can change what follows from any later
    one: then everything ever told of the person is compared again.
    """
    return custody.take_in(permit, sequence.all_ever(changes))


def refresh(permit: Refresher, person_ids: Sequence[UUID]) -> None:
    """Stays, standing and relationships follow."""
    custody.refresh(permit, person_ids)


def _row(line: int, document: Mapping[str, Any] | str, as_at: datetime) -> Row | Reject:
    if isinstance(document, str):
        return Reject(line, "", NOT_A_RECORD, ASK_FOR_RECORDS, shown(document)[:200])
    on = clock.day_of(as_at)
    fields = Fields(document, on=on)
    numbers = tuple(_identifiers(fields, on.year))
    own = next((number for number in numbers if number.system is System.prison), None)
    if own is None or own.state is not State.checked:
        return Reject(
            line, "prisonerNumber", NO_NUMBER, SEND_AGAIN, as_written(document, "prisonerNumber")[:200]
        )
    said = {
        "details": _details(fields),
        "custody": _custody(fields),
        "dates": _dates(fields),
        "cell": fields.text("cellLocation")[:60],
        "alerts": _alerts(fields),
        "needs": _needs(fields),
    }
    said["unread"] = fields.unread
    said["identifiers"] = sorted(f"{number.system}:{number.value}" for number in numbers)
    flags = (*fields.flags(), *_odd(said, as_at))
    return Row(line=line, key=own.value, identifiers=numbers, said={"": said}, flags=flags)


def _odd(said: Mapping[str, Any], as_at: datetime) -> Iterator[Flag]:
    """What does not fit together in the document; it goes in all the same, and the record shows it."""
    born = said["details"]["birth_date"]
    document = Document(
        state=intake.state(said, as_at),
        dates={code: date.fromisoformat(day) for code, day in said["dates"].items()},
        born_on=date.fromisoformat(born) if born else None,
    )
    for flag in contradictions(document, codes=intake.codes()):
        yield Flag(" ".join(flag.fields), flag.key)


def details(said: Mapping[str, Any]) -> Details:
    """What a statement of this format says the person is called."""
    born = said["birth_date"]
    aliases = tuple((first, middle, last, day) for first, middle, last, day in said["aliases"])
    return Details(**{**said, "birth_date": date.fromisoformat(born) if born else None, "aliases": aliases})


def _identifiers(fields: Fields, year: int) -> Iterator[Identifier]:
    """Every number of the document, the prison number first; those we do not need are left out."""
    found = [("prisonerNumber", fields.text("prisonerNumber", "identifier"))]
    found += [
        (field, fields.text(field, "identifier"))
        for field in ("pncNumber", "pncNumberCanonicalLong", "croNumber")
    ]
    found += [(as_written(row, "type"), as_written(row, "value")) for row in fields.rows("identifiers")]
    seen = set()
    for kind, written in found:
        system = _system("pncNumber" if kind.startswith("pnc") else kind)
        if system is None:
            continue
        if len(written) > LONGEST_NUMBER:
            fields.flag(kind, "too_long", written)
            continue
        number = rules.read_identifier(
            system, written, placeholders=placeholders("identifier"), pivot_year=year
        )
        if number is None or (number.system, number.value) in seen:
            continue
        seen.add((number.system, number.value))
        if number.state is State.unusable:
            fields.flag(kind, f"identifier_{number.flaw}", written)
        yield number


@cache
def _system(kind: str) -> System | None:
    row = code_set("identifier_types").get(kind)
    return System(row["system"]) if row and row["system"] else None


def _details(fields: Fields) -> dict[str, Any]:
    born = fields.birth_date("dateOfBirth")
    spoken = next(iter(_languages(fields)), {})
    return {
        "title": fields.text("title")[:20],
        "first_name": _name(fields, "firstName", 100),
        "middle_names": _name(fields, "middleNames", 150),
        "last_name": _name(fields, "lastName", 100),
        "birth_date": born.isoformat() if born else None,
        "sex": _sex(fields.text("gender")),
        "ethnicity": fields.text("ethnicity")[:120],
        "language": _language(as_written(spoken, "code")),
        "interpreter": INTERPRETER.get(str(spoken.get("interpreterRequested")), ""),
        "aliases": [_alias(Fields(row, on=date.max)) for row in fields.rows("aliases")],
    }


def _languages(fields: Fields) -> list[Mapping[str, Any]]:
    """Languages, the preferred one first."""
    return sorted(fields.rows("languages"), key=lambda row: not as_written(row, "type").startswith("PREF"))


@cache
def _sex(label: str) -> str:
    found = code_set("sex_labels").get(name, label)
    return found["code"] if found else label[:20]


@cache
def _language(code: str) -> str:
    """The language's ISO code, or what the source wrote."""
    found = code_set("language_codes").get(name, code.upper())
    return found["code"] if found else code[:10]


def _alias(fields: Fields) -> list[str]:
    return [
        _name(fields, "firstName", 100),
        _name(fields, "middleNames", 150),
        _name(fields, "lastName", 100),
        fields.day("dateOfBirth") or "",
    ]


def _name(fields: Fields, field: str, longest: int) -> str:
    written = fields.text(field, "name")
    cleaned = rules.clean_name(written, placeholders=placeholders("name"), marks=name_marks())
    if len(cleaned) > longest:
        fields.flag(field, "too_long", written)
    return cleaned[:longest]


def _custody(fields: Fields) -> dict[str, Any]:
    return {
        "status": fields.code("status", longest=20),
        "in_out": fields.code("inOutStatus", longest=10),
        "movement_type": fields.code("lastMovementTypeCode", longest=10),
        "movement_reason": fields.code("lastMovementReasonCode", longest=12),
        "movement_on": fields.day("lastMovementDate"),
        "prison": fields.code("prisonId", longest=10),
        "last_prison": fields.code("lastPrisonId", longest=10),
        "booking": fields.code("bookingId", longest=20),
        "reception_on": fields.day("receptionDate"),
        "legal_status": fields.code("legalStatus"),
        "status_code": fields.code("imprisonmentStatus", longest=30),
        "recall": fields.claim("recall"),
        "restricted_patient": fields.claim("restrictedPatient") or False,
        "hospital": fields.text("dischargedHospitalDescription")[:120],
    }


@cache
def _date_fields() -> tuple[tuple[str, str], ...]:
    return tuple((row["field"], row["code"]) for row in code_set("release_date_types").rows)


def _dates(fields: Fields) -> dict[str, str]:
    read = ((code, fields.day(field)) for field, code in _date_fields())
    return {code: day for code, day in read if day}


def _alerts(fields: Fields) -> list[list[str]]:
    """Active alerts of the groups we bring in; an unknown code is kept, restricted, to be looked at."""
    raised = set()
    for row in fields.rows("alerts"):
        code = as_written(row, "alertCode")[:12]
        if code and row.get("active") is True and row.get("expired") is not True and _is_brought_in(code):
            raised.add((as_written(row, "alertType")[:12], code))
    return [list(alert) for alert in sorted(raised)]


@cache
def _is_brought_in(code: str) -> bool:
    row = code_set("alert_codes").get(code)
    return row is None or row["import"] == "yes"


def _needs(fields: Fields) -> list[dict[str, Any]]:
    return [_need(Fields(row, on=date.max)) for row in fields.rows("personalCareNeeds")]


def _need(fields: Fields) -> dict[str, Any]:
    return {
        "need_type": fields.code("problemType", longest=20),
        "need_code": fields.code("problemCode", longest=20),
        "status": fields.code("problemStatus", longest=20),
        "description": fields.text("problemDescription")[:250],
        "started_on": fields.day("startDate"),
        "ended_on": fields.day("endDate"),
    }
