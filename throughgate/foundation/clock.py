"""The only place that asks what time it is; everything else takes `on=` or `at=`."""

import os
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The moment, in UTC. `TG_CLOCK` (an ISO moment) holds it still for journeys and pictures."""
    fixed = os.environ.get("TG_CLOCK")
    return datetime.fromisoformat(fixed).astimezone(UTC) if fixed else datetime.now(UTC)


def today() -> date:
    """The day in England and Wales, which just after midnight in summer is not the day in UTC."""
    return now().astimezone(LONDON).date()


def day_of(moment: datetime) -> date:
    """The London day on which a moment fell."""
    return moment.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The first moment of a London day."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def wall(day: date, at_time: time) -> datetime | None:
    """When the clocks of London show that; None where they go forward and never do.

    Of an hour that comes twice, the first.
    """
    at = datetime.combine(day, at_time, tzinfo=LONDON).astimezone(UTC)
    shown = at.astimezone(LONDON)
    return at if (shown.date(), shown.time()) == (day, at_time) else None


def comes_twice(at: datetime) -> bool:
    """Do the clocks of London show the time of this moment twice that night?"""
    local = at.astimezone(LONDON)
    if local.hour != 1:  # the only hour it happens to since 1972; a record page asks hundreds of times
        return False
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


def is_second(at: datetime) -> bool:
    """Of a time that comes twice: is this the one after the clocks went back?"""
    return at.astimezone(LONDON).fold == 1
