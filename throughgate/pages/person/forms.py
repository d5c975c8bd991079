"""What the pages of a record ask for and send: shapes only; what may be done is decided elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughgate.foundation import clock
from throughgate.pages.typed import id_in

DAY = re.compile(r"(\d{1,4})-(\d{1,2})-(\d{1,2})")
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
    typed = typed_day(given, "known_on")
    known_on = day(given.get("known_on", "")) or day(typed)
    return Asked(
        topic=given.get("topic", ""),
        known_on=known_on,
        before=_place(given.get("before", "")),
        unread_day=bool(typed.strip("-")) and known_on is None,
        length=LONG if given.get("entries") == str(LONG) else SHORT,
        kept=id_in(given, "kept"),
    )


@dataclass(frozen=True, kw_only=True)
class TypedNote:
    """A note as it was typed; `form_key` is the same however often the form is sent."""

    kind: str
    text: str
    reason: str
    form_key: str


def note(given: Mapping[str, str]) -> TypedNote:
    return TypedNote(
        kind=given.get("kind", ""),
        text=given.get("text", ""),
        reason=given.get("reason", "").strip(),
        form_key=given.get("form_key", "")[:120],
    )


@dataclass(frozen=True, kw_only=True)
class TypedDeath:
    """What was found out about a reported death."""

    finding: str  # confirmed, mistaken
    died_on: date | None
    reason: str
    parts: tuple[str, str, str]  # the day as it was typed


def death(given: Mapping[str, str]) -> TypedDeath:
    return TypedDeath(
        finding=given.get("finding", ""),
        died_on=day(typed_day(given, "died_on")),
        reason=given.get("reason", "").strip(),
        parts=(
            given.get("died_on_day", ""),
            given.get("died_on_month", ""),
            given.get("died_on_year", ""),
        ),
    )


def typed_day(given: Mapping[str, str], name: str) -> str:
    """Three fields as "year-month-day"."""
    return "-".join(given.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day"))


def day(text: str) -> date | None:
    """The day that stands there as "year-month-day"; None where there is none."""
    found = DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
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
