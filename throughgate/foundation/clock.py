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
