"""The day and the time of day that something is due, as sheets ask for them: a time is not always known."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from throughgate.foundation import clock
from throughgate.pages.recording.fields import Day, Field, Line, day_typed
from throughgate.pages.recording.sheet import Typed
from throughgate.pages.typed import time_of
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine

ON, AT_TIME = "on", "at_time"


class Due(NamedTuple):
    on: date | None  # None: not typed, or no day
    at_time: time | None  # None: not typed, or no time of day

    @property
    def at(self) -> datetime | None:
        """None, too, for a time that the clocks of London leave out that night."""
        return clock.wall(self.on, self.at_time or time.min) if self.on else None


def fields(day: str, hint: str) -> Sequence[Field]:
    return [
        Day(name=ON, label=day, hint=hint),
        Line(
            name=AT_TIME,
            label=_("At what time?"),
            hint=_("Such as 14:05, by the clock. Leave it empty if you do not know."),
            width="5",
        ),
    ]


def due(typed: Typed) -> Due:
    return Due(typed.day(ON).on, time_of(typed.text(AT_TIME)))


def wrong_with_time(typed: Typed) -> dict[str, str]:
    """A sentence where what stands there is no time of day."""
    is_unread = typed.text(AT_TIME) and time_of(typed.text(AT_TIME)) is None
    return {AT_TIME: _("Enter a time such as 14:05, or leave it empty.")} if is_unread else {}


def as_typed(entry: Spine) -> dict[str, str]:
    """When an entry says it is due, as it would be typed."""
    at = entry.happened_at.astimezone(clock.LONDON)
    at_time = {AT_TIME: f"{at:%H:%M}"} if entry.dated_by == "time" else {}
    return {**day_typed(ON, at.date()), **at_time}
