"""The door: a permit is decided and logged before any data is touched.

Each permit is logged in a short transaction of its own, so that a refusal or a later error stays logged;
when the log cannot be written the caller gets no permit and so no data.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from throughgate.access import policy, rules
from throughgate.access.rules import Decision, Facts, Relationship
from throughgate.audit import actions as audit
from throughgate.audit.actions import Logged
from throughgate.foundation import clock
from throughgate.foundation.copying import copy_in
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import (
    FeedPermit,
    ListPermit,
    Permit,
    Refresher,
    ReviewPermit,
    TimerPermit,
)
from throughgate.staff.queries import Hat

RELATIONSHIPS = """
SELECT person_id, organisation_id, kind, opened_on, closed_on FROM access_relationship
WHERE person_id = ANY(%s) AND organisation_id = ANY(%s)
"""
RELATIONSHIP = "id uuid, organisation_id uuid, person_id uuid, kind text, opened_on date, closed_on date"


def issue_permit(hat: Hat, person_id: UUID, *, purpose: str, at: datetime) -> Permit:
    """Leave for a worker in one hat to open one person's record.

    Raises: NotFound when the person is hidden from this hat, or absent: nobody can tell which.
    """
    (relationships,) = _relationships(hat, [person_id]).values()
    permit, decision = _decided(hat, person_id, relationships, purpose=purpose, at=at)
    audit.log(_logged(hat, permit, decision))
    if not decision.allowed:
        raise NotFound
    return permit


def log_not_found(permit: Permit, *, asked: Mapping[str, str]) -> None:
    """That a part of an open record was asked for which it has not, such as an entry of somebody else's."""
    audit.log(replace(audit.by_worker(permit, "open part", detail=dict(asked)), outcome="refused"))


def issue_permits(
    hat: Hat, person_ids: Collection[UUID], *, purpose: str, at: datetime
) -> dict[UUID, Permit]:
    """Leave for each of these records, as if each were opened by itself: an audit row for each of them.

    Whoever is hidden from this hat, or absent, is left out.
    """
    decided = [
        _decided(hat, person_id, relationships, purpose=purpose, at=at)
        for person_id, relationships in _relationships(hat, person_ids).items()
    ]
    audit.log_many([_logged(hat, permit, decision) for permit, decision in decided])
    return {permit.person_id: permit for permit, decision in decided if decision.allowed}


def to_hand_on(permit: Permit) -> Permit:
    """The same leave without what is never put on paper, whoever holds it: nothing restricted, no protected
    contact.
    """
    return replace(permit, read=permit.read - {policy.PROTECTED}, read_restricted=False)


def _decided(
    hat: Hat, person_id: UUID, relationships: tuple[Relationship, ...], *, purpose: str, at: datetime
) -> tuple[Permit, Decision]:
    """The permit that the decision makes, which nobody is given before it is logged and allowed."""
    decision = rules.decide(_facts(hat, relationships, purpose, on=clock.day_of(at)))
    permit = Permit(
        id=new_id(),
        person_id=person_id,
        worker_id=hat.worker_id,
        post_id=hat.post_id,
        organisation_id=hat.organisation_id,
        role=hat.role,
        purpose=purpose,
        read=decision.read,
        write=decision.write,
        read_restricted=decision.read_restricted,
        at=at,
        organisation_ids=hat.organisation_ids,
    )
    return permit, decision


def issue_list_permit(
    hat: Hat, *, purpose: str, at: datetime, detail: dict[str, str] | None = None
) -> ListPermit:
    """Leave for a worker to see a list of the people their hat is concerned with: one audit row a look.

    Raises: Refused when the role sees nobody by name.
    """
    categories = policy.listed(hat.role)
    permit = ListPermit(
        id=new_id(),
        worker_id=hat.worker_id,
        post_id=hat.post_id,
        organisation_id=hat.organisation_id,
        organisation_ids=hat.organisation_ids,
        role=hat.role,
        purpose=purpose,
        categories=categories,
        at=at,
    )
    allowed = "identity_contact" in categories
    audit.log(
        Logged(
            at=at,
            action="list people",
            outcome="allowed" if allowed else "refused",
            actor_kind="worker",
            actor_id=hat.worker_id,
            post_id=hat.post_id,
            organisation_id=hat.organisation_id,
            role=hat.role,
            purpose=purpose,
            permit_id=permit.id,
            detail=dict(detail or {}),
        )
    )
    if not allowed:
        raise Refused("This role does not see people by name. Change hat if you have another.")
    return permit


def issue_feed_permit(
    *, organisation_id: UUID, source: str, run_id: UUID, as_at: datetime, at: datetime
) -> FeedPermit:
    """Leave for one run of an organisation's feed: one permit row a run."""
    permit = FeedPermit(
        id=new_id(), organisation_id=organisation_id, source=source, run_id=run_id, as_at=as_at, at=at
    )
    audit.log(
        Logged(
            at=at,
            action="import",
            outcome="allowed",
            actor_kind="feed",
            organisation_id=organisation_id,
            purpose="import",
            permit_id=permit.id,
            detail={"run": str(run_id), "source": source},
        )
    )
    return permit


def issue_script_permit(person_id: UUID, *, organisation_id: UUID, at: datetime) -> Permit:
    """Leave for somebody at the server's own console to print one record for a script."""
    permit = Permit(
        id=new_id(),
        person_id=person_id,
        worker_id=None,
        post_id=None,
        organisation_id=organisation_id,
        role="script",
        purpose="script",
        read=policy.categories(),
        write=frozenset(),
        read_restricted=True,
        at=at,
    )
    audit.log(
        Logged(
            at=at,
            action="open record",
            outcome="allowed",
            actor_kind="script",
            purpose="script",
            person_id=person_id,
            permit_id=permit.id,
        )
    )
    return permit


def issue_review_permit(hat: Hat | None, *, organisation_id: UUID, at: datetime) -> ReviewPermit:
    """Leave to compare identities that may be one person; `hat` is None at the server's console.

    Raises: Refused for a role that does not settle who is who.
    """
    role = hat.role if hat else "script"
    permit = ReviewPermit(
        id=new_id(),
        worker_id=hat.worker_id if hat else None,
        organisation_id=organisation_id,
        role=role,
        at=at,
        organisation_ids=hat.organisation_ids if hat else frozenset({organisation_id}),
    )
    allowed = hat is None or policy.may_review_links(role)
    audit.log(
        Logged(
            at=at,
            action="review links",
            outcome="allowed" if allowed else "refused",
            actor_kind="worker" if hat else "script",
            actor_id=permit.worker_id,
            post_id=hat.post_id if hat else None,
            organisation_id=organisation_id,
            role=role,
            purpose="data_quality",
            permit_id=permit.id,
        )
    )
    if not allowed:
        raise Refused("Settling who is who belongs to the data quality role. Ask a colleague who has it.")
    return permit


def issue_timer_permit(job: str, *, at: datetime) -> TimerPermit:
    """Leave for a job of the program itself."""
    permit = TimerPermit(id=new_id(), job=job, at=at)
    audit.log(
        Logged(
            at=at,
            action="job",
            outcome="allowed",
            actor_kind="timer",
            permit_id=permit.id,
            detail={"job": job},
        )
    )
    return permit


def _relationships(hat: Hat, person_ids: Collection[UUID]) -> dict[UUID, tuple[Relationship, ...]]:
    """Those of each person with the organisations of this hat."""
    found: dict[UUID, list[Relationship]] = {person_id: [] for person_id in person_ids}
    with connection.cursor() as cursor:
        cursor.execute(RELATIONSHIPS, [list(found), list(hat.organisation_ids)])
        for person_id, organisation_id, kind, opened_on, closed_on in cursor.fetchall():
            found[person_id].append(
                Relationship(
                    organisation_id=organisation_id, kind=kind, opened_on=opened_on, closed_on=closed_on
                )
            )
    return {person_id: tuple(relationships) for person_id, relationships in found.items()}


def _facts(hat: Hat, relationships: tuple[Relationship, ...], purpose: str, *, on: date) -> Facts:
    return Facts(
        worker_id=hat.worker_id,
        role=hat.role,
        organisation_id=hat.organisation_id,
        works_in=frozenset(hat.works_in),
        relationships=relationships,
        is_active=hat.is_active,
        purpose=purpose,
        on=on,
        policy=policy.policy(),
    )


def _logged(hat: Hat, permit: Permit, decision: Decision) -> Logged:
    return Logged(
        at=permit.at,
        action="open record",
        outcome="allowed" if decision.allowed else "refused",
        actor_kind="worker",
        actor_id=hat.worker_id,
        post_id=hat.post_id,
        organisation_id=hat.organisation_id,
        role=hat.role,
        purpose=permit.purpose,
        person_id=permit.person_id,
        permit_id=permit.id,
        detail={**decision.reasons[0].params, "why": decision.reasons[0].key},  # a key, not a sentence
    )


@dataclass(frozen=True, slots=True)
class Concern:
    """That an organisation is concerned with a person, from a day until the first day it no longer is."""

    organisation_id: UUID
    person_id: UUID
    kind: str
    opened_on: date
    closed_on: date | None


def rebuild_relationships(
    permit: Refresher,
    *,
    person_ids: Iterable[UUID],
    kind: str,
    concerns: Sequence[Concern],
) -> None:
    """Make the relationships of one kind of these people what their stays or episodes say they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM access_relationship WHERE kind = %s AND person_id = ANY(%s)",
            [kind, list(person_ids)],
        )
        rows = (
            (new_id(), each.organisation_id, each.person_id, each.kind, each.opened_on, each.closed_on)
            for each in concerns
        )
        copy_in(cursor, "access_relationship", RELATIONSHIP, rows)
