"""What the import pages send."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughgate.foundation import clock
from throughgate.pages.typed import id_in


@dataclass(frozen=True, kw_only=True)
class Typed:
    """An upload as it was typed, without the file."""

    organisation: str = ""
    format: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""

    @property
    def has_as_at(self) -> bool:
        return any((self.day, self.month, self.year, self.time))

    @property
    def as_at(self) -> datetime | None:
        """The moment typed, by the clock in London, from the first minute of the day; None if it is none."""
        hour, _, minute = (self.time or "0:0").replace(".", ":").partition(":")
        try:
            return datetime(
                int(self.year),
                int(self.month),
                int(self.day),
                int(hour),
                int(minute or 0),
                tzinfo=clock.LONDON,
            )
        except ValueError:
            return None


def typed(given: Mapping[str, str]) -> Typed:
    return Typed(
        organisation=given.get("organisation", ""),
        format=given.get("format", ""),
        day=given.get("as_at_day", "").strip(),
        month=given.get("as_at_month", "").strip(),
        year=given.get("as_at_year", "").strip(),
        time=given.get("as_at_time", "").strip(),
    )


def columns(given: Mapping[str, str], header: Iterable[str]) -> dict[str, str]:
    """What each column of a plain list is said to hold; a control is named by its place among them."""
    return {
        name: given[f"column_{number}"] for number, name in enumerate(header) if f"column_{number}" in given
    }


def place(given: Mapping[str, str]) -> UUID | None:
    """The last run of the page above; None for the first page."""
    return id_in(given, "before")
