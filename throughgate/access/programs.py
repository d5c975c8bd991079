"""How often a program may ask: counted in the audit, in which each time is a row."""

from datetime import datetime, timedelta

from throughgate.access import policy
from throughgate.access.searching import TooOften
from throughgate.audit import queries as looks
from throughgate.staff import audited
from throughgate.staff.queries import Hat

WINDOW = timedelta(minutes=1)


def count_request(hat: Hat, *, at: datetime) -> None:
    """Raises: TooOften, which is logged, above the number that is set for it."""
    if looks.asked(hat.worker_id, since=at - WINDOW) >= policy.limit("program_requests_in_a_minute"):
        audited.held_back(at=at, account=hat.worker_id)
        raise TooOften("This program has asked very often within a minute. Wait a minute, then go on.")
