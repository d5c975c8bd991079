"""Permits: leave to read or write, decided and logged before any data is touched.

The types stand at the bottom of the house so that every floor can ask for one. Only `access` makes them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Permit:
    """Leave for a worker in one hat, or the person themself, to see or change one record for one purpose."""

    id: UUID
    person_id: UUID
    worker_id: UUID | None  # None: a script at the console, or the person
    post_id: UUID | None
    organisation_id: UUID
    role: str
    purpose: str
    read: frozenset[str]  # category ids
    write: frozenset[str]
    read_restricted: bool
    at: datetime
    source: str = "hand"
    organisation_ids: frozenset[UUID] = frozenset()  # whose people this worker may be shown, for look-alikes
    own: bool = False  # the person themself, whose role is `person`
    opens_sealed: bool = False  # in an emergency, for a lawful reason: what is kept for some as well
    emergency_id: UUID | None = None  # the opening that this leave rests on
    hands_on: bool = False  # for what leaves their hands: others will read it

    @property
    def as_who(self) -> frozenset[UUID]:
        """As whom it reads what is kept for some; what is handed on is read by others, so as nobody."""
        if self.hands_on:
            return frozenset()
        return frozenset({self.organisation_id, *([self.worker_id] if self.worker_id else [])})

    @property
    def leaves_out_withheld(self) -> bool:
        """What is withheld from the person is not for them, nor for what is handed on and may reach them."""
        return self.own or self.hands_on


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPermit:
    """Leave to see a list of the people an organisation (and the places it works in) is concerned with."""

    id: UUID
    worker_id: UUID
    post_id: UUID
    organisation_id: UUID
    organisation_ids: frozenset[UUID]  # own, the prisons the team works in, and partners
    role: str
    purpose: str
    categories: frozenset[str]  # what may show on a list
    at: datetime
    unless: frozenset[str] = frozenset()  # of those, what does not show of a person who keeps it back
    asked: frozenset[str] = frozenset()  # beside those, what shows of a person who shares it
    readers: frozenset[UUID] = frozenset()  # of a program: the workers who may read what it fetches


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedPermit:
    """Leave for one run of one organisation's feed to write what that organisation knows."""

    id: UUID
    organisation_id: UUID
    source: str
    run_id: UUID
    as_at: datetime  # when the source says its extract was true
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewPermit:
    """Leave to look at both sides of identities that may be one person, and to decide."""

    id: UUID
    worker_id: UUID | None
    organisation_id: UUID
    role: str
    at: datetime
    organisation_ids: frozenset[UUID] = field(default_factory=frozenset)  # whose extracts they see to
    person_ids: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True, slots=True)
class CohortPermit:
    """Leave to read what stands without a name, for a role that plans services."""

    id: UUID
    worker_id: UUID
    organisation_id: UUID
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerPermit:
    """Leave for a job of the program itself, such as the nightly refresh."""

    id: UUID
    job: str
    at: datetime


Writer = Permit | FeedPermit
Refresher = FeedPermit | ReviewPermit | TimerPermit | Permit  # may ask for what is derived to be made again
