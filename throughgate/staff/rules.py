"""What signing in goes by: how long a session lasts, when to show again who you are, who may be let go."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

ADMINISTRATOR = "administrator"  # the role that invites, and ends, the workers of its own organisation
USUAL_IDLE = timedelta(minutes=30)  # where an organisation has said nothing
LONGEST_SESSION = timedelta(hours=12)
WAITS_FOR = timedelta(days=1)  # so long it is known after a session whose it was
FRESH = timedelta(minutes=10)
INVITED_FOR = timedelta(days=7)
CODES_ON_A_CARD = 10


def idle_limit(limits: Collection[timedelta]) -> timedelta:
    """Of all the organisations somebody works for, the shortest."""
    return min(limits, default=USUAL_IDLE)


def session_ends_at(*, began_at: datetime, seen_at: datetime, idle: timedelta) -> datetime:
    """When nobody has clicked for so long; twelve hours after signing in, however busy it was."""
    return min(seen_at + idle, began_at + LONGEST_SESSION)


def is_fresh(shown_at: datetime | None, *, at: datetime) -> bool:
    """Was a second factor shown within the last minutes?"""
    return shown_at is not None and at - shown_at <= FRESH


def leaves_nobody(ended: Collection[UUID], administrators: Collection[UUID]) -> bool:
    """Would an organisation that has administrators have none, once those posts are ended?"""
    return bool(administrators) and not set(administrators) - set(ended)


def may_let_back_in(works_for: Collection[UUID], organisation_id: UUID) -> bool:
    """Only who works for this organisation alone: else its administrator could come in as one of another."""
    return set(works_for) == {organisation_id}
