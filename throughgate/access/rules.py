"""Who may see what: one decision from facts, with its reasons. Pure; the tables are in `data/access/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID


class ReasonKey(StrEnum):
    """Why a decision, or one category of it, fell as it did. Presenters hold the sentences."""

    worker_left = "worker_left"
    purpose_refused = "purpose_refused"
    purpose_unknown = "purpose_unknown"
    role_unknown = "role_unknown"
    role_reads_nothing = "role_reads_nothing"
    no_relationship = "no_relationship"
    relationship_ended = "relationship_ended"
    relationship_holds = "relationship_holds"
    category_open = "category_open"
    category_closed = "category_closed"


@dataclass(frozen=True, kw_only=True)
class Reason:
    key: ReasonKey
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Relationship:
    """An organisation's concern with the person: from a day, up to the first day it no longer holds."""

    organisation_id: UUID
    kind: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What one role may do with one category, and on what basis (or why it may not)."""

    read: bool
    list_: bool
    write: bool
    basis: str


NOTHING = Grant(read=False, list_=False, write=False, basis="")


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The tables of one day. A purpose maps to an empty text if it is allowed, else to why it is refused."""

    matrix: Mapping[str, Mapping[str, Grant]]  # role, then category
    purposes: Mapping[str, str]
    reads_restricted: frozenset[str]  # roles


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All a decision rests on. `works_in` are the prisons a team works in, beside its own organisation."""

    worker_id: UUID
    role: str
    organisation_id: UUID
    works_in: frozenset[UUID]
    relationships: tuple[Relationship, ...]  # of this person, with any organisation
    is_active: bool
    purpose: str
    on: date
    policy: Policy


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`read`, `list_` and `write` are category ids, all empty when refused."""

    allowed: bool
    read: frozenset[str] = frozenset()
    list_: frozenset[str] = frozenset()
    write: frozenset[str] = frozenset()
    read_restricted: bool = False
    reasons: tuple[Reason, ...]


def decide(facts: Facts) -> Decision:
    """May this worker open this person's record, for this purpose, on this day, and which categories of it?

    A refusal carries one reason. Leave carries the relationship it rests on, then a reason for each category.
    """
    refusal = _refusal(facts)
    if refusal:
        return Decision(allowed=False, reasons=(refusal,))
    grants = facts.policy.matrix[facts.role]
    return Decision(
        allowed=True,
        read=frozenset(category for category, grant in grants.items() if grant.read),
        list_=frozenset(category for category, grant in grants.items() if grant.list_),
        write=frozenset(category for category, grant in grants.items() if grant.write),
        read_restricted=facts.role in facts.policy.reads_restricted,
        reasons=(_standing(facts), *(_about(category, grant) for category, grant in grants.items())),
    )


def holds(relationship: Relationship, *, on: date) -> bool:
    """Is the organisation concerned with the person that day? The day of closing is the first that is not."""
    return relationship.opened_on <= on and (relationship.closed_on is None or on < relationship.closed_on)


def _refusal(facts: Facts) -> Reason | None:
    if not facts.is_active:
        return Reason(key=ReasonKey.worker_left)
    return _purpose_refusal(facts) or _role_refusal(facts) or _relationship_refusal(facts)


def _purpose_refusal(facts: Facts) -> Reason | None:
    why = facts.policy.purposes.get(facts.purpose)
    if why is None:
        return _reason(ReasonKey.purpose_unknown, purpose=facts.purpose)
    return _reason(ReasonKey.purpose_refused, purpose=facts.purpose, why=why) if why else None


def _role_refusal(facts: Facts) -> Reason | None:
    grants = facts.policy.matrix.get(facts.role)
    if grants is None:
        return _reason(ReasonKey.role_unknown, role=facts.role)
    if any(grant.read for grant in grants.values()):
        return None
    return _reason(ReasonKey.role_reads_nothing, role=facts.role)


def _relationship_refusal(facts: Facts) -> Reason | None:
    if _current(facts):
        return None
    ended = [one.closed_on for one in _concerned(facts) if one.closed_on and one.closed_on <= facts.on]
    if not ended:
        return _reason(ReasonKey.no_relationship)
    return _reason(ReasonKey.relationship_ended, ended_on=max(ended).isoformat())


def _concerned(facts: Facts) -> list[Relationship]:
    """Relationships of the worker's own organisation and of the places the team works in, of any day."""
    places = facts.works_in | {facts.organisation_id}
    return [one for one in facts.relationships if one.organisation_id in places]


def _current(facts: Facts) -> list[Relationship]:
    return [one for one in _concerned(facts) if holds(one, on=facts.on)]


def _standing(facts: Facts) -> Reason:
    """The relationship to name: the oldest that holds, so that the reason does not change from day to day."""
    oldest = min(_current(facts), key=lambda one: (one.opened_on, one.organisation_id, one.kind))
    return _reason(
        ReasonKey.relationship_holds,
        organisation=str(oldest.organisation_id),
        kind=oldest.kind,
        since=oldest.opened_on.isoformat(),
    )


def _about(category: str, grant: Grant) -> Reason:
    key = ReasonKey.category_open if grant.read else ReasonKey.category_closed
    return _reason(key, category=category, basis=grant.basis)


def _reason(key: ReasonKey, **params: str) -> Reason:
    return Reason(key=key, params=MappingProxyType(params))
