"""What a page of figures says of them: as of when, over how long, and what is left out."""

from datetime import datetime

from throughgate.foundation import clock, figures
from throughgate.pages import wording
from throughgate.pages.wording import words as _


def over(days: int, *, at: datetime) -> str:
    """Of the last so many days."""
    said = _(
        "As at %(day)s, of the last %(count)s days. Figures about fewer than %(few)s people are left out."
    )
    return said % {
        "day": wording.day(clock.day_of(at)),
        "count": days,
        "few": figures.limit("smallest_number"),
    }
