"""The door: a permit is decided and logged before any data is touched.

Each permit is logged in a short transaction of its own, so that a refusal or a later error stays logged;
when the log cannot be written the caller gets no permit, the database no leave to read, and so no data.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from throughgate.access import gathering, leaves, policy, rules
from throughgate.access.rules import Chosen, Decision, Facts
from throughgate.audit import actions as audit
from throughgate.audit.actions import Logged
from throughgate.directory.queries import THE_PERSON
from throughgate.foundation.copying import copy_in
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.leave import EVERYTHING
from throughgate.foundation.permits import (
    CohortPermit,
    FeedPermit,
    ListPermit,
    Permit,
    Refresher,
    ReviewPermit,
    TimerPermit,
)
from throughgate.staff.queries import Hat

MUST_NOT_KNOW = "must_not_know"
CHOICE = (
    "id uuid, person_id uuid, organisation_id uuid, topic text, purpose text, answer text, from_on date,"
    " expires_on date"
)
LIMIT = "id uuid, person_id uuid, worker_id uuid, organisation_id uuid"
BAR = f"{LIMIT}, why text"
RELATIONSHIP = "id uuid, organisation_id uuid, person_id uuid, kind text, opened_on date, closed_on date"


def issue_permit(hat: Hat, person_id: UUID, *, purpose: str, at: datetime, page: str = "") -> Permit:
    """Leave for a worker in one hat to open one person's record; `page` is the name of the address that asks.

    Raises: NotFound when the person is hidden from this hat, or absent: nobody can tell which.
    """
    ((_, facts),) = gathering.facts(hat, [person_id], purpose=purpose, at=at)
    permit, decision = _decided(hat, person_id, facts, at=at)
    logged = _logged(hat, permit, decision, page=page)
    audit.log(logged, giving=leaves.of_record(permit) if decision.allowed else None)
    if not decision.allowed:
        raise NotFound
    return permit


def log_not_found(permit: Permit, *, asked: Mapping[str, str]) -> None:
    """Log that an open record was asked for a part it does not have, such as an entry of somebody else's."""
    audit.log(replace(audit.by_worker(permit, "open part", detail=dict(asked)), outcome="refused"))


def issue_permits(
    hat: Hat, person_ids: Collection[UUID], *, purpose: str, at: datetime, page: str = ""
) -> dict[UUID, Permit]:
    """Leave for each of these records, as if each were opened by itself: an audit row for each of them.

    Whoever is hidden from this hat, or absent, is left out.
    """
    decided = [
        _decided(hat, person_id, facts, at=at)
        for person_id, facts in gathering.facts(hat, person_ids, purpose=purpose, at=at)
    ]
    permits = {permit.person_id: permit for permit, decision in decided if decision.allowed}
    audit.log_many(
        [_logged(hat, permit, decision, page=page) for permit, decision in decided],
        giving=leaves.of_hat(hat, purpose=purpose, at=at) if permits else None,
    )
    return permits


def to_hand_on(permit: Permit) -> Permit:
    """The permit, less what is never put on paper, whoever holds it: nothing restricted, no protected
    contact, and nothing that was told to some alone.
    """
    return replace(
        permit,
        read=permit.read - {policy.PROTECTED},
        read_restricted=False,
        opens_sealed=False,
        hands_on=True,
    )


def _fetching(permit: Permit) -> Permit:
    """What a program fetches leaves our hands, and it changes nothing."""
    return replace(to_hand_on(permit), write=frozenset())


def _decided(hat: Hat, person_id: UUID, facts: Facts, *, at: datetime) -> tuple[Permit, Decision]:
    """The permit that the decision makes, which nobody is given before it is logged and allowed."""
    decision = rules.decide(facts)
    permit = Permit(
        id=new_id(),
        person_id=person_id,
        worker_id=hat.worker_id,
        post_id=hat.post_id,
        organisation_id=hat.organisation_id,
        role=hat.role,
        purpose=facts.purpose,
        read=decision.read,
        write=decision.write,
        read_restricted=decision.read_restricted,
        at=at,
        organisation_ids=hat.concerned(facts.purpose),
        opens_sealed=decision.opens_sealed,
        emergency_id=facts.emergency.id if facts.emergency else None,
    )
    return _fetching(permit) if hat.is_program else permit, decision


def issue_list_permit(
    hat: Hat, *, purpose: str, at: datetime, page: str = "", detail: dict[str, str] | None = None
) -> ListPermit:
    """Leave for a worker to see a list of the people their hat is concerned with: one audit row a look.

    Raises: Refused when the role sees nobody by name.
    """
    permit = _of_list(hat, purpose=purpose, at=at)
    allowed = "identity_contact" in policy.listed(hat.role)
    audit.log(
        Logged(
            at=at,
            action="list people",
            outcome="allowed" if allowed else "refused",
            actor_kind=hat.actor_kind,
            actor_id=hat.worker_id,
            post_id=hat.post_id,
            organisation_id=hat.organisation_id,
            role=hat.role,
            purpose=purpose,
            permit_id=permit.id,
            detail={**(detail or {}), **_asked_at(page)},
        ),
        giving=leaves.of_list(hat, permit) if allowed else None,
    )
    if not allowed:
        raise Refused("This role does not see people by name. Change hat if you have another.")
    return permit


def _of_list(hat: Hat, *, purpose: str, at: datetime) -> ListPermit:
    shown = policy.fetched(hat.role) if hat.is_program else policy.shown(hat.role)
    return ListPermit(
        id=new_id(),
        worker_id=hat.worker_id,
        post_id=hat.post_id,
        organisation_id=hat.organisation_id,
        organisation_ids=hat.concerned(purpose),
        role=hat.role,
        purpose=purpose,
        categories=shown.categories,
        at=at,
        unless=shown.unless,
        asked=shown.asked,
        readers=frozenset(hat.readers),
    )


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
        ),
        giving=EVERYTHING,
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
        ),
        giving=leaves.of_record(permit),
    )
    return permit


def issue_own_permit(
    person_id: UUID, *, level: str, beside: UUID | None = None, at: datetime, page: str = ""
) -> Permit:
    """Leave for the person to their own record, as far as the way they came in lets them.

    `level` is one of `data/access/own.csv`; `beside` is the worker who sits with them.
    """
    own = policy.own(level)
    permit = Permit(
        id=new_id(),
        person_id=person_id,
        worker_id=None,
        post_id=None,
        organisation_id=THE_PERSON,
        role="person",
        purpose="own_record",
        read=own.read,
        write=own.write,
        read_restricted=False,
        at=at,
        source="person",
        own=True,
    )
    audit.log(
        Logged(
            at=at,
            action="open own record",
            outcome="allowed",
            actor_kind="person",
            role="person",
            purpose="own_record",
            person_id=person_id,
            permit_id=permit.id,
            detail={"level": level, **({"beside": str(beside)} if beside else {}), **_asked_at(page)},
        ),
        giving=leaves.of_record(permit),
    )
    return permit


def issue_review_permit(
    hat: Hat | None, *, organisation_id: UUID, at: datetime, page: str = ""
) -> ReviewPermit:
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
            detail=_asked_at(page),
        )
    )
    if not allowed:
        raise Refused("Settling who is who belongs to the data quality role. Ask a colleague who has it.")
    return permit


def issue_cohort_permit(hat: Hat, *, page: str, at: datetime) -> CohortPermit:
    """Leave to read a page without names to which the home of the role leads: one audit row a look.

    Raises: Refused for any other role.
    """
    permit = CohortPermit(
        id=new_id(), worker_id=hat.worker_id, organisation_id=hat.organisation_id, role=hat.role, at=at
    )
    allowed = policy.leads_to(hat.role, page)
    audit.log(
        Logged(
            at=at,
            action="read without names",
            outcome="allowed" if allowed else "refused",
            actor_kind="worker",
            actor_id=hat.worker_id,
            post_id=hat.post_id,
            organisation_id=hat.organisation_id,
            role=hat.role,
            purpose="planning_services",
            permit_id=permit.id,
        )
    )
    if not allowed:
        raise Refused("This is for roles that plan or manage services. Change hat if you have another.")
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
        ),
        giving=EVERYTHING,
    )
    return permit


def _logged(hat: Hat, permit: Permit, decision: Decision, *, page: str) -> Logged:
    return Logged(
        at=permit.at,
        action="open record",
        outcome="allowed" if decision.allowed else "refused",
        actor_kind=hat.actor_kind,
        actor_id=hat.worker_id,
        post_id=hat.post_id,
        organisation_id=hat.organisation_id,
        role=hat.role,
        purpose=permit.purpose,
        person_id=permit.person_id,
        permit_id=permit.id,
        detail={**_why(permit, decision), **_asked_at(page)},
    )


def _why(permit: Permit, decision: Decision) -> dict[str, str]:
    """What it rests on: a key, not a sentence, and the emergency opening where there is one."""
    opening = {"emergency": str(permit.emergency_id)} if permit.emergency_id else {}
    return {**decision.reasons[0].params, "why": decision.reasons[0].key, **opening}


def _asked_at(page: str) -> dict[str, str]:
    """The name of an address, which holds nothing of anybody; jobs and the console have none."""
    return {"page": page} if page else {}


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


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer of a person, as `rules.Chosen` has it."""

    person_id: UUID
    chosen: Chosen


@dataclass(frozen=True, kw_only=True)
class Named:
    """A worker or an organisation that must not know of a person, or that alone may."""

    person_id: UUID
    worker_id: UUID | None
    organisation_id: UUID | None


def rebuild_choices(permit: Refresher, *, person_ids: Collection[UUID], said: Sequence[Said]) -> None:
    """Make the answers of these people what their entries say: one for each case and day."""
    rows = [
        (
            new_id(),
            each.person_id,
            each.chosen.organisation_id,
            each.chosen.topic,
            each.chosen.purpose,
            each.chosen.answer,
            each.chosen.from_on,
            each.chosen.expires_on,
        )
        for each in said
    ]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_choice WHERE person_id = ANY(%s)", [list(person_ids)])
        copy_in(cursor, "access_choice", CHOICE, rows)


def rebuild_bars(
    permit: Refresher, *, why: str, named: Sequence[Named], person_ids: Collection[UUID] | None = None
) -> None:
    """Make these bars, and no others for that reason, hold: of these people, or of everybody.

    What the person says and what workers declare are made each by itself.
    """
    rows = [
        (new_id(), one.person_id, one.worker_id, one.organisation_id, why) for one in dict.fromkeys(named)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM access_bar WHERE why = %(why)s"
            " AND (%(people)s::uuid[] IS NULL OR person_id = ANY(%(people)s))",
            {"why": why, "people": None if person_ids is None else list(person_ids)},
        )
        copy_in(cursor, "access_bar", BAR, rows)


def rebuild_limits(permit: Refresher, *, person_ids: Collection[UUID], named: Sequence[Named]) -> None:
    """Make who alone may know of these people what their entries say; nobody named: no limit."""
    rows = [(new_id(), one.person_id, one.worker_id, one.organisation_id) for one in named]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_limit WHERE person_id = ANY(%s)", [list(person_ids)])
        copy_in(cursor, "access_limit", LIMIT, rows)
