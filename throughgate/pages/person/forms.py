"""What the address of a record asks for: which entries, as known when, from where on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughgate.foundation import clock


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which part of a record to show. What cannot be read as a day or a place asks for nothing."""

    topic: str = ""
    known_on: date | None = None
    before: tuple[datetime, UUID] | None = None  # the last entry of the page above
    unread_day: tuple[str, str, str] | None = None  # what was typed where no day can be read from it

    @property
    def known_at(self) -> datetime | None:
        """The last moment of the day."""
        if self.known_on is None:
            return None
        return clock.start_of(self.known_on + timedelta(days=1)) - timedelta(microseconds=1)


def read(given: Mapping[str, str]) -> Asked:
    """What the address asks for."""
    typed = tuple(given.get(f"known_on_{part}", "").strip() for part in ("day", "month", "year"))
    known_on = _day(given.get("known_on", "")) or _day("-".join(reversed(typed)))
    return Asked(
        topic=given.get("topic", ""),
        known_on=known_on,
        before=_place(given.get("before", "")),
        unread_day=typed if any(typed) and known_on is None else None,  # type: ignore[arg-type]
    )


def _day(text: str) -> date | None:
    try:
        year, month, day = (int(part) for part in text.split("-"))
        return date(year, month, day)
    except ValueError:
        return None


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
