"""A cast in domain words: a test arranges with these, acts once, and asserts what a reader would look for.

Everything goes in by the doors the product has: extracts through the letterbox, workers through staff,
permits through access. Nothing here writes a table.
"""

import csv
import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from throughgate.access import actions as access
from throughgate.access import policy
from throughgate.directory import actions as directory
from throughgate.directory import queries as places
from throughgate.directory.queries import Organisation
from throughgate.exchange import actions as exchange
from throughgate.exchange.inbound.run import Progress, Report
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import FeedPermit, Permit, ReviewPermit
from throughgate.record import actions as record
from throughgate.record.rules import Draft
from throughgate.staff import actions as staff
from throughgate.staff import queries as hats
from throughgate.staff.queries import Hat

DEE = "A1234BC"
GETHIN = "A2345CD"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

# Somebody held on remand, as HMPPS Prisoner Search tells it.
INSIDE: Mapping[str, Any] = {
    "prisonerNumber": DEE,
    "bookingId": "1200001",
    "firstName": "DEE",
    "lastName": "MARLOWE",
    "dateOfBirth": "1989-05-04",
    "gender": "Female",
    "status": "ACTIVE IN",
    "inOutStatus": "IN",
    "lastMovementTypeCode": "ADM",
    "lastMovementReasonCode": "N",
    "lastMovementDate": "2026-10-20",
    "receptionDate": "2026-10-20",
    "prisonId": "MDI",
    "cellLocation": "A-1-001",
    "legalStatus": "REMAND",
    "imprisonmentStatus": "TRL",
    "recall": False,
}
DEE_IN_TREATMENT: Mapping[str, str] = {"first_name": "Dee", "last_name": "Marlowe", "DOB": "1989-05-04"}
RELEASED: Mapping[str, Any] = {
    "status": "INACTIVE OUT",
    "inOutStatus": "OUT",
    "lastMovementTypeCode": "REL",
    "lastMovementReasonCode": "CR",
    "lastMovementDate": "2026-11-03",
    "prisonId": "OUT",
    "lastPrisonId": "MDI",
    "cellLocation": None,
    "legalStatus": "SENTENCED",
}


def noon(day: int) -> datetime:
    """Noon of a day of November 2026."""
    return NOON.replace(day=day)


def document(number: str = DEE, **fields: Any) -> dict[str, Any]:
    """What a prison says of somebody it holds; a field given here takes the place of the usual one."""
    return {**INSIDE, "prisonerNumber": number, **fields}


def released(number: str = DEE, **fields: Any) -> dict[str, Any]:
    """What a prison says of somebody it has let go."""
    return document(number, **{**RELEASED, **fields})


def prison(code: str = "MDI") -> Organisation:
    """One of the prisons of the code set."""
    if code not in places.by_code():
        directory.load_prisons()
    return places.organisation(code)


def organisation(code: str, kind: str = "community_treatment") -> Organisation:
    directory.add(code=code, name=f"Organisation {code}", kind=kind)
    return places.organisation(code)


def file_of(documents: Sequence[Mapping[str, Any]], folder: Path) -> Path:
    """An extract as a file."""
    path = folder / "extract.json"
    path.write_text(json.dumps(list(documents)), encoding="utf-8")
    return path


def bring_in(*documents: Mapping[str, Any], source: str = "MDI", as_at: datetime = NOON) -> Report:
    """An extract of a prison goes in."""
    prison(source)
    with tempfile.TemporaryDirectory() as folder:
        return bring_in_file(file_of(documents, Path(folder)), source=source, as_at=as_at)


def bring_in_file(
    path: Path,
    *,
    source: str = "MDI",
    as_at: datetime = NOON,
    format_name: str = "prisoner-search",
    progress: Progress = lambda _: None,
) -> Report:
    return exchange.import_file(
        format_name=format_name, path=path, organisation_code=source, as_at=as_at, progress=progress
    )


def treated(*rows: Mapping[str, str], source: str = "PATH", as_at: datetime = NOON) -> Report:
    """A file of a treatment provider goes in; its rows are about Dee, as the prison numbers her."""
    if source not in places.by_code():
        organisation(source)
    told = [{"CLIENTID": DEE, "prison_number": DEE, **DEE_IN_TREATMENT, **row} for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file, list(dict.fromkeys(name for row in told for name in row)), restval=""
            )
            writer.writeheader()
            writer.writerows(told)
        return bring_in_file(path, source=source, as_at=as_at, format_name="treatment")


def identity(key: str = DEE, *, source: str = "MDI") -> UUID:
    """By which an organisation knows somebody under its own reference."""
    return _one(
        "SELECT identity.id FROM people_identity identity"
        " JOIN directory_organisation organisation ON organisation.id = identity.organisation_id"
        " WHERE organisation.code = %s AND identity.key = %s",
        source,
        key,
    )


def person(key: str = DEE, *, source: str = "MDI") -> UUID:
    """Whom that identity belongs to now."""
    return _one("SELECT person_id FROM people_identity WHERE id = %s", identity(key, source=source))


def link(key: str = DEE, *, source: str = "MDI") -> UUID:
    """The newest link of that identity."""
    return _one(
        "SELECT id FROM linkage_link WHERE identity_id = %s ORDER BY recorded_at DESC, id DESC LIMIT 1",
        identity(key, source=source),
    )


def told_of_with(word: str) -> UUID:
    """Somebody Moorland holds; each thing told of her has this word, found nowhere else."""
    need = {"problemType": "PHY", "problemCode": "ASTH", "problemStatus": "ON", "problemDescription": word}
    bring_in(document(lastName=word, cellLocation=word, personalCareNeeds=[need], dateOfBirth=word))
    return person()


def an_entry(key: str = DEE, *, source: str = "MDI", kind: str = "movement") -> UUID:
    """An entry about them of that kind."""
    return _one(
        "SELECT id FROM record_entry WHERE identity_id = %s AND kind = %s ORDER BY id LIMIT 1",
        identity(key, source=source),
        kind,
    )


def worker(role: str = "prison_recovery_worker", at: str = "MDI", *, works_in: Sequence[str] = ()) -> Hat:
    """Somebody who signs in, in their only hat."""
    for code in (at, *works_in):
        if code not in places.by_code():
            prison(code)
    added = staff.add_worker(
        email=f"{new_id()}@example.org",
        name=f"A {role.replace('_', ' ')}",
        role=role,
        organisation=at,
        team=f"{role} of {at}",
        works_in=works_in,
        password=None,
        on=date(2026, 1, 1),
    )
    (hat,) = hats.hats_of(added.id, on=clock.today())
    return hat


def opens(hat: Hat, person_id: UUID, *, purpose: str = "", at: datetime | None = None) -> Permit:
    """The worker opens a record, for what their role usually does; the day is the first extract's, unless
    another is given.
    """
    known = policy.roles().get(hat.role)
    usual = known.purpose if known else "direct_care"
    return access.issue_permit(hat, person_id, purpose=purpose or usual, at=at or NOON)


def corrects(permit: Permit, entry_id: UUID, draft: Draft) -> UUID:
    """A worker replaces an entry of their own organisation."""
    return record.supersede(permit, entry_id, draft, reason="Typed wrongly")


def reviewer(at: str = "MDI") -> ReviewPermit:
    """Leave to settle who is who, as the data quality role has it."""
    hat = worker("data_quality", at)
    return access.issue_review_permit(hat, organisation_id=hat.organisation_id, at=NOON)


def feed(source: str = "MDI", *, as_at: datetime = NOON) -> FeedPermit:
    """Leave for one run of an organisation's feed."""
    return access.issue_feed_permit(
        organisation_id=prison(source).id,
        source="prisoner-search",
        run_id=new_id(),
        as_at=as_at,
        at=as_at,
    )


def told_cell(identity_id: UUID, cell: str, *, as_at: datetime = NOON, **rest: Any) -> Draft:
    """An entry that somebody lives in a cell of Moorland."""
    return Draft(
        identity_id=identity_id,
        kind="location",
        happened_at=as_at,
        dated_by="by",
        as_at=as_at,
        body={"prison": "MDI", "cell": cell},
        **rest,
    )


def days_after(moment: datetime, days: int) -> datetime:
    return moment + timedelta(days=days)


def _one(query: str, *values: Any) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        (found,) = cursor.fetchone()
        return UUID(str(found))
