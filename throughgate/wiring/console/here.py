"""The console itself: who asks when a command is run, and how moments and answers are written there."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from throughgate.access import actions as access
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import ReviewPermit

NO_ORGANISATION = UUID(int=0)  # whoever runs the server acts for none of those that use it
PLAIN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def review_permit(*, organisation_id: UUID = NO_ORGANISATION) -> ReviewPermit:
    """Leave for whoever runs this command to look at both sides of a pair, logged as a script's."""
    return access.issue_review_permit(None, organisation_id=organisation_id, at=clock.now())


def moment(written: str | None) -> datetime | None:
    """A moment as written on the command line; without a zone by London's clock, a day alone from its start.

    Raises: Refused for what is neither.
    """
    if written is None:
        return None
    try:
        if PLAIN_DAY.fullmatch(written):
            return clock.start_of(date.fromisoformat(written))
        read = datetime.fromisoformat(written)
    except ValueError as error:
        raise Refused(
            f"{written} is not a time. Write 2026-11-20, or 2026-11-20T22:00 by the clock in London."
        ) from error
    return read if read.tzinfo else read.replace(tzinfo=clock.LONDON)


def uuid(written: str, *, what: str) -> UUID:
    """An id as written on the command line.

    Raises: Refused for what is none.
    """
    try:
        return UUID(written)
    except ValueError as error:
        raise Refused(f"{written} is not the id of a {what}. Copy it from where it was printed.") from error


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns under their heads, as wide as what is in them."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    written = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )
    return "\n".join(line.rstrip() for line in written)
