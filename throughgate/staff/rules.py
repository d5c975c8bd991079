"""What signing in goes by: how long a session lasts, when to show again who you are, who may be let go."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

ADMINISTRATOR = "administrator"  # the role that invites, and ends, the workers of its own organisation
USUAL_IDLE = timedelta(minutes=30)  # where an organisation has said nothing
LONGEST_SESSION = timedelta(hours=12)
WAITS_FOR = timedelta(days=1)  # so long it is known after a session whose it was
FRESH = timedelta(minutes=10)
INVITED_FOR = timedelta(days=7)
CODES_ON_A_CARD = 10
PROGRAM_FOR = timedelta(days=365)  # at most: then somebody says anew that it is wanted
TOKEN_FOR = timedelta(minutes=5)
ASSERTION_FOR = timedelta(minutes=5)  # at most
ASTRAY = timedelta(seconds=30)  # clocks of two servers
LONGEST_JTI = 200


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


def wrong_end(until: date | None, *, on: date) -> bool:
    """Is that no day on which a program added today may end?"""
    return until is None or not on <= until <= on + PROGRAM_FOR


def wrong_with(claims: Mapping[str, Any], *, program: UUID, audience: str, at: datetime) -> str:
    """Why what a program signed gets no token; "" where it does. Source: RFC 7523, section 3."""
    if claims.get("iss") != str(program) or claims.get("sub") != str(program):
        return "iss and sub must both be the id of the program."
    if claims.get("aud") not in (audience, [audience]):
        return f"aud must be {audience} and nothing else."
    jti = claims.get("jti")
    if not isinstance(jti, str) or not 1 <= len(jti) <= LONGEST_JTI:
        return f"jti must be a text of at most {LONGEST_JTI} letters, another each time."
    if not _within(claims.get("exp"), at - ASTRAY, at + ASSERTION_FOR + ASTRAY):
        return "exp must be a time that is not over, and at most five minutes away."
    started = [claims[name] for name in ("iat", "nbf") if name in claims]
    if not all(_within(each, None, at + ASTRAY) for each in started):
        return "iat and nbf must be times that are not still to come."
    return ""


def _within(moment: object, earliest: datetime | None, latest: datetime) -> bool:
    """Seconds since 1970 after the one and up to the other; whatever is no number is not."""
    if isinstance(moment, bool) or not isinstance(moment, int | float):
        return False
    return (earliest is None or moment > earliest.timestamp()) and moment <= latest.timestamp()
