"""What the pages of a record ask for and send: shapes only; what may be done is decided elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughgate.foundation import clock
from throughgate.pages.typed import TypedDay, day, day_in, id_in

SHORT, LONG = 50, 300  # entries on one page


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which part of a record to show. What cannot be read as a day or a place asks for nothing."""

    topic: str = ""
    known_on: date | None = None
    before: tuple[datetime, UUID] | None = None  # the last entry of the page above
    unread_day: bool = False  # a day was typed that is none
    length: int = SHORT
    kept: UUID | None = None  # back from recording this entry

    @property
    def known_at(self) -> datetime | None:
        """The last moment of the day."""
        if self.known_on is None:
            return None
        return clock.start_of(self.known_on + timedelta(days=1)) - timedelta(microseconds=1)


def read(given: Mapping[str, str]) -> Asked:
    """What the address asks for."""
    typed = day_in(given, "known_on")
    known_on = day(given.get("known_on", "")) or typed.on
    return Asked(
        topic=given.get("topic", ""),
        known_on=known_on,
        before=_place(given.get("before", "")),
        unread_day=typed.is_given and known_on is None,
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
