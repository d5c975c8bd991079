"""Who may see what: one decision from facts, with its reasons. Pure; the tables are in `data/access/`."""

from collections.abc import Iterable, Mapping
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
    purpose_not_of_role = "purpose_not_of_role"
    role_unknown = "role_unknown"
    role_reads_nothing = "role_reads_nothing"
    no_relationship = "no_relationship"
    relationship_ended = "relationship_ended"
    relationship_holds = "relationship_holds"
    emergency_holds = "emergency_holds"
    barred = "barred"
    limited = "limited"
    category_open = "category_open"
    category_closed = "category_closed"
    category_shared = "category_shared"
    category_kept_back = "category_kept_back"
    category_not_asked = "category_not_asked"


class Choice(StrEnum):
    """What the person's own choice does with a category in one role."""

    NONE = "none"  # nothing: the matrix decides
    OBJECTION = "objection"  # open, unless they keep it back
    PERMISSION = "permission"  # closed, unless they share it


class Answer(StrEnum):
    """What the person said; to say nothing, or to take an answer back, is to have no answer."""

    SHARE = "share"
    KEEP_BACK = "keep_back"


OPEN = frozenset({ReasonKey.category_open, ReasonKey.category_shared})


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
    """What one role may do with one category, and on what basis (or why it may not).

    What is read by permission alone is written by it alone.
    """

    read: bool
    list_: bool
    write: bool
    basis: str
    choice: Choice = Choice.NONE


NOTHING = Grant(read=False, list_=False, write=False, basis="")


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The tables of one day. A purpose maps to an empty text if it is allowed, else to why it is refused."""

    matrix: Mapping[str, Mapping[str, Grant]]  # role, then category
    purposes: Mapping[str, str]
    reads_restricted: frozenset[str]  # roles
    states: Mapping[str, tuple[str, ...]]  # role: what it opens a record for, the usual purpose first


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One answer of the person: to whom, about what and for what. An empty one stands for all.

    Of one organisation, topic and purpose one answer counts on a day: the one that began last.
    """

    organisation_id: UUID | None
    topic: str  # a category
    purpose: str
    answer: Answer
    expires_on: date | None = None  # the first day it no longer holds
    from_on: date | None = None  # the first day it holds

    @property
    def closeness(self) -> tuple[bool, bool, bool, date]:
        """The greater, the more closely it speaks of a case; of two that match, no two are alike."""
        about = (self.organisation_id is not None, bool(self.topic), bool(self.purpose))
        return (*about, self.from_on or date.min)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Somebody for whom the record does not exist: it is their own, or they must not know of the person."""

    worker_id: UUID | None
    organisation_id: UUID | None
    why: str  # own_record, family, must_not_know


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Who may know of a limited-access record. Where there is any, nobody else may."""

    worker_id: UUID | None
    organisation_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Emergency:
    """An emergency opening of this record by this post that is in force."""

    id: UUID
    opens_sealed: bool  # what is kept for some, and what the person keeps back, with a lawful reason


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All a decision rests on. `works_in` are the prisons a team works in, beside its own organisation;
    `partners` those that organisation shares with under one umbrella, each with what for.
    """

    worker_id: UUID
    role: str
    organisation_id: UUID
    works_in: frozenset[UUID]
    relationships: tuple[Relationship, ...]  # of this person, with any organisation
    is_active: bool
    purpose: str
    on: date
    policy: Policy
    chosen: tuple[Chosen, ...] = ()
    bars: tuple[Bar, ...] = ()
    limits: tuple[Limit, ...] = ()
    emergency: Emergency | None = None
    partners: frozenset[tuple[str, UUID]] = frozenset()
    readers: frozenset[UUID] = frozenset()  # of a program: the workers who may read what it fetches


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`read`, `list_` and `write` are category ids, all empty when refused."""

    allowed: bool
    read: frozenset[str] = frozenset()
    list_: frozenset[str] = frozenset()
    write: frozenset[str] = frozenset()
    read_restricted: bool = False
    opens_sealed: bool = False
    reasons: tuple[Reason, ...]


def decide(facts: Facts) -> Decision:
    """May this worker open this person's record, for this purpose, on this day, and which categories of it?

    A refusal carries one reason. Leave carries what it rests on, then a reason for each category.
    """
    refusal = _refusal(facts)
    if refusal:
        return Decision(allowed=False, reasons=(refusal,))
    grants = facts.policy.matrix[facts.role]
    about = {category: _about(facts, category, grant) for category, grant in grants.items()}
    read = frozenset(category for category, reason in about.items() if reason.key in OPEN)
    return Decision(
        allowed=True,
        read=read,
        list_=frozenset(category for category in read if grants[category].list_),
        write=frozenset(category for category in read if grants[category].write),
        read_restricted=facts.role in facts.policy.reads_restricted,
        opens_sealed=_opens_sealed(facts),
        reasons=(_standing(facts), *about.values()),
    )


def answer(
    chosen: Iterable[Chosen], *, organisation_id: UUID, topic: str, purpose: str, on: date
) -> Answer | None:
    """What the person says to this case: of the answers that match, the closest."""
    matching = [
        one
        for one in chosen
        if one.organisation_id in {None, organisation_id}
        and one.topic in {"", topic}
        and one.purpose in {"", purpose}
        and (one.from_on is None or one.from_on <= on)
        and (one.expires_on is None or on < one.expires_on)
    ]
    return max(matching, key=lambda one: one.closeness).answer if matching else None


def holds(relationship: Relationship, *, on: date) -> bool:
    """Is the organisation concerned with the person that day? The day of closing is the first that is not."""
    return relationship.opened_on <= on and (relationship.closed_on is None or on < relationship.closed_on)


def _refusal(facts: Facts) -> Reason | None:
    if not facts.is_active:
        return Reason(key=ReasonKey.worker_left)
    return (
        _purpose_refusal(facts)
        or _role_refusal(facts)
        or _restriction_refusal(facts)
        or _relationship_refusal(facts)
    )


def _purpose_refusal(facts: Facts) -> Reason | None:
    why = facts.policy.purposes.get(facts.purpose)
    if why is None:
        return _reason(ReasonKey.purpose_unknown, purpose=facts.purpose)
    return _reason(ReasonKey.purpose_refused, purpose=facts.purpose, why=why) if why else None


def _role_refusal(facts: Facts) -> Reason | None:
    grants = facts.policy.matrix.get(facts.role)
    if grants is None:
        return _reason(ReasonKey.role_unknown, role=facts.role)
    if not any(grant.read for grant in grants.values()):
        return _reason(ReasonKey.role_reads_nothing, role=facts.role)
    if facts.purpose not in facts.policy.states[facts.role]:
        return _reason(ReasonKey.purpose_not_of_role, role=facts.role, purpose=facts.purpose)
    return None


def _restriction_refusal(facts: Facts) -> Reason | None:
    """Nothing lifts a bar; an emergency lifts a limit. A program is barred with each of its readers."""
    bar = next((bar for bar in facts.bars if _names(facts, bar) or bar.worker_id in facts.readers), None)
    if bar:
        return _reason(ReasonKey.barred, bar=bar.why)
    if not facts.limits or facts.emergency or any(_names(facts, limit) for limit in facts.limits):
        return None
    return _reason(ReasonKey.limited)


def _names(facts: Facts, rule: Bar | Limit) -> bool:
    """A prison that the team only works in is not named by it: its own organisation is."""
    return facts.worker_id == rule.worker_id or facts.organisation_id == rule.organisation_id


def _relationship_refusal(facts: Facts) -> Reason | None:
    if facts.emergency or _current(facts):
        return None
    ended = [one.closed_on for one in _concerned(facts) if one.closed_on and one.closed_on <= facts.on]
    if not ended:
        return _reason(ReasonKey.no_relationship)
    return _reason(ReasonKey.relationship_ended, ended_on=max(ended).isoformat())


def _concerned(facts: Facts) -> list[Relationship]:
    """Relationships of any day: of the worker's own organisation, of the places the team works in, and of
    those their organisation shares with for this purpose.
    """
    sharing = {partner for purpose, partner in facts.partners if purpose == facts.purpose}
    places = facts.works_in | sharing | {facts.organisation_id}
    return [one for one in facts.relationships if one.organisation_id in places]


def _current(facts: Facts) -> list[Relationship]:
    return [one for one in _concerned(facts) if holds(one, on=facts.on)]


def _standing(facts: Facts) -> Reason:
    """The relationship to name: the oldest that holds, so that the reason does not change from day to day."""
    current = _current(facts)
    if not current:
        return _reason(ReasonKey.emergency_holds)
    oldest = min(current, key=lambda one: (one.opened_on, one.organisation_id, one.kind))
    return _reason(
        ReasonKey.relationship_holds,
        organisation=str(oldest.organisation_id),
        kind=oldest.kind,
        since=oldest.opened_on.isoformat(),
    )


def _about(facts: Facts, category: str, grant: Grant) -> Reason:
    return _reason(_how(facts, category, grant), category=category, basis=grant.basis)


def _how(facts: Facts, category: str, grant: Grant) -> ReasonKey:
    """Why a category is open or closed to this role, for this organisation and purpose, today."""
    matrix = ReasonKey.category_open if grant.read else ReasonKey.category_closed
    if grant.choice == Choice.NONE:
        return matrix
    said = answer(
        facts.chosen,
        organisation_id=facts.organisation_id,
        topic=category,
        purpose=facts.purpose,
        on=facts.on,
    )
    if grant.choice == Choice.PERMISSION:
        return ReasonKey.category_shared if said == Answer.SHARE else ReasonKey.category_not_asked
    if said == Answer.KEEP_BACK and not _opens_sealed(facts):
        return ReasonKey.category_kept_back
    return matrix


def _opens_sealed(facts: Facts) -> bool:
    return facts.emergency is not None and facts.emergency.opens_sealed


def _reason(key: ReasonKey, **params: str) -> Reason:
    return Reason(key=key, params=MappingProxyType(params))
