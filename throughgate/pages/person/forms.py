"""What the pages of a record ask for and send: shapes only; what may be done is decided elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughgate.foundation import clock
from throughgate.pages.typed import TypedDay, day, day_in, id_in

SHORT, LONG = 50, 300  # entries on one page
FIRST_YEAR = 1990  # before it, a year was typed short or wrongly


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which part of a record to show. What cannot be read as a day or a place asks for nothing."""

    topic: str = ""
    known_on: date | None = None
    before: tuple[datetime, UUID] | None = None  # the last entry of the page above
    unread_day: bool = False  # a day was asked for that is none, or not over
    length: int = SHORT
    kept: UUID | None = None  # back from recording this entry

    @property
    def known_at(self) -> datetime | None:
        """The last moment of the day."""
        if self.known_on is None:
            return None
        return clock.start_of(self.known_on + timedelta(days=1)) - timedelta(microseconds=1)


def read(given: Mapping[str, str], *, today: date) -> Asked:
    """What the address asks for. What was known is asked of a day up to today, its year in full."""
    typed = day_in(given, "known_on")
    meant = day(given.get("known_on", "")) or typed.on
    known_on = meant if meant and meant.year >= FIRST_YEAR and meant <= today else None
    return Asked(
        topic=given.get("topic", ""),
        known_on=known_on,
        before=_place(given.get("before", "")),
        unread_day=known_on is None and (typed.is_given or bool(given.get("known_on"))),
        length=LONG if given.get("entries") == str(LONG) else SHORT,
        kept=id_in(given, "kept"),
    )


@dataclass(frozen=True, kw_only=True)
class TypedDeath:
    """What was found out about a reported death."""

    finding: str  # confirmed, mistaken
    died: TypedDay
    reason: str


def death(given: Mapping[str, str]) -> TypedDeath:
    return TypedDeath(
        finding=given.get("finding", ""),
        died=day_in(given, "died_on"),
        reason=given.get("reason", "").strip(),
    )


def _place(text: str) -> tuple[datetime, UUID] | None:
    moment, _, entry_id = text.rpartition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at, UUID(entry_id)) if at.tzinfo else None
    except ValueError:
        return None


def place(before: tuple[datetime, UUID]) -> str:
    """A place in a timeline as it stands in an address."""
    return f"{before[0].isoformat()}_{before[1]}"
