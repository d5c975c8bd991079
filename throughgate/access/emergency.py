"""Opening a record in an emergency: for named roles, one person, some hours, a reason, and somebody who asks.

The opening, its audit row and its alert are one transaction; `rules.decide` then finds the opening.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from throughgate.access import gathering, policy, rules
from throughgate.access.rules import Emergency
from throughgate.access.searching import issue_search_permit
from throughgate.audit import actions as audit
from throughgate.audit.actions import Alert, Logged
from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.people import exact
from throughgate.people.exact import Sought
from throughgate.staff.queries import Hat

OPEN = """
INSERT INTO access_emergency (id, person_id, worker_id, post_id, reason, words, opened_at, until,
                              opens_sealed, lawful_reason)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
OPENED = """
SELECT opening.id, opening.person_id, person.display_name, opening.until, opening.opens_sealed
FROM access_emergency opening JOIN people_person person ON person.id = opening.person_id
WHERE opening.post_id = %s AND opening.until > %s
"""
END = "UPDATE access_emergency SET until = %s WHERE person_id = %s AND post_id = %s AND until > %s"


class Opening(NamedTuple):
    """One that is in force."""

    id: UUID
    person_id: UUID
    name: str
    until: datetime
    opens_sealed: bool


class Reasons(NamedTuple):
    """Why a record is opened; with a lawful reason also what is sealed in it."""

    reason: str = ""  # of the code set emergency_reasons
    words: str = ""
    lawful_reason: str = ""  # of lawful_grounds; empty leaves sealed parts shut


def may_open(role: str) -> bool:
    """Is this one of the roles that open records in an emergency?"""
    known = policy.roles().get(role)
    return known is not None and known.opens_in_emergency


def may_open_sealed(role: str) -> bool:
    """Is it one of those that may then also read what is kept for others, or kept back?"""
    return may_open(role) and policy.roles()[role].opens_sealed


def find(hat: Hat, sought: Sought, *, at: datetime) -> UUID | None:
    """The one person who has exactly these; None for nobody, and for somebody who is not to be known of.

    Raises: NotFound for any other role; Refused for less than finds one person, or for too many searches.
    """
    permit = _searching(hat, at=at)
    if not sought.is_enough:
        raise Refused("Enter a number, or else first name, last name and birth date, all three.")
    known = [one for one in exact.found(permit, sought) if _may_be_opened(hat, one, at=at)]
    if len(known) > 1:
        raise Refused("More than one record has these. Enter a number of theirs.")
    return known[0] if known else None


def open_emergency(hat: Hat, person_id: UUID, reasons: Reasons, *, at: datetime) -> UUID:
    """Open that record to this hat for some hours; asked again while it is open, it is the same opening.

    Raises: NotFound for any other role, and for a record that does not exist for this worker; Refused without
    a reason, or where the record is open anyway.
    """
    if not may_open(hat.role):
        raise NotFound
    wrong.refuse(_wrong_with(reasons, role=hat.role))
    if not _may_be_opened(hat, person_id, at=at):
        raise NotFound
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALONE, [f"emergency {hat.post_id} {person_id}"])
        if before := _opened(hat, person_id, reasons, at=at):
            return before
        _check_needed(hat, person_id, reasons, at=at)
        opening_id = new_id()
        until = at + timedelta(hours=policy.limit("emergency_hours"))
        who = (opening_id, person_id, hat.worker_id, hat.post_id)
        why = (reasons.reason, reasons.words, at, until, bool(reasons.lawful_reason), reasons.lawful_reason)
        cursor.execute(OPEN, [*who, *why])
        audit.log(_logged(hat, person_id, opening_id, reasons, at=at))
        audit.alert(_alert(hat, person_id, opening_id, reasons, at=at))
    return opening_id


def end(permit: Permit, *, at: datetime) -> None:
    """End this hat's openings of the record before their time; nothing happens where there is none."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(END, [at, permit.person_id, permit.post_id, at])
        if cursor.rowcount:
            detail = {"emergency": str(permit.emergency_id)}
            audit.log(audit.by_worker(permit, "end emergency", detail=detail, at=at))


def opening(permit: Permit) -> Opening | None:
    """The emergency opening on which this permit rests, if it rests on one."""
    if permit.emergency_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"{OPENED} AND opening.id = %s", [permit.post_id, permit.at, permit.emergency_id])
        return Opening._make(cursor.fetchone())


def in_force(hat: Hat, *, at: datetime) -> list[Opening]:
    """This hat's openings that have not ended, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(f"{OPENED} ORDER BY opening.id DESC", [hat.post_id, at])
        return [Opening._make(row) for row in cursor.fetchall()]


def _searching(hat: Hat, *, at: datetime) -> ListPermit:
    """Leave to look for one person, which is logged, and given so many times an hour."""
    if not may_open(hat.role):
        raise NotFound
    return issue_search_permit(hat, among="emergency", at=at)


def _may_be_opened(hat: Hat, person_id: UUID, *, at: datetime) -> bool:
    """Would an opening open anything? Not where the record does not exist for this worker."""
    purpose = policy.roles()[hat.role].purpose
    ((_, facts),) = gathering.facts(hat, [person_id], purpose=purpose, at=at)
    opened = Emergency(id=person_id, opens_sealed=False)
    return rules.decide(replace(facts, emergency=opened)).allowed


def _opened(hat: Hat, person_id: UUID, reasons: Reasons, *, at: datetime) -> UUID | None:
    """An opening in force that does what is asked."""
    return next(
        (
            each.id
            for each in in_force(hat, at=at)
            if each.person_id == person_id and (each.opens_sealed or not reasons.lawful_reason)
        ),
        None,
    )


def _check_needed(hat: Hat, person_id: UUID, reasons: Reasons, *, at: datetime) -> None:
    purpose = policy.roles()[hat.role].purpose
    ((_, facts),) = gathering.facts(hat, [person_id], purpose=purpose, at=at)
    if not reasons.lawful_reason and rules.decide(facts).allowed:
        raise Refused("Your organisation is concerned with this person: find them under Everyone here.")


def _wrong_with(reasons: Reasons, *, role: str) -> dict[str, str]:
    """A sentence for each part that has to be put right."""
    sealed = reasons.lawful_reason
    known = sealed in code_set("lawful_grounds") and may_open_sealed(role)
    return wrong.parts(
        {
            "reason": "" if reasons.reason in code_set("emergency_reasons") else "Choose the reason.",
            "words": wrong.too_long(reasons.words)
            if reasons.words
            else "Say in your own words what has happened.",
            "lawful_reason": "Your role does not open sealed parts. Ask a doctor or a nurse who may."
            if sealed and not known
            else "",
        }
    )


def _logged(hat: Hat, person_id: UUID, opening_id: UUID, reasons: Reasons, *, at: datetime) -> Logged:
    return Logged(
        at=at,
        action="open in an emergency",
        outcome="allowed",
        actor_kind="worker",
        actor_id=hat.worker_id,
        post_id=hat.post_id,
        organisation_id=hat.organisation_id,
        role=hat.role,
        purpose=policy.roles()[hat.role].purpose,
        person_id=person_id,
        detail={
            "emergency": str(opening_id),
            "reason": reasons.reason,
            "lawful_reason": reasons.lawful_reason,
        },
    )


def _alert(hat: Hat, person_id: UUID, opening_id: UUID, reasons: Reasons, *, at: datetime) -> Alert:
    return Alert(
        raised_at=at,
        matter="sealed" if reasons.lawful_reason else "opening",
        key=str(opening_id),
        organisation_id=hat.organisation_id,
        worker_id=hat.worker_id,
        role=hat.role,
        person_id=person_id,
        why=reasons.lawful_reason or reasons.reason,
        words=reasons.words,
    )
