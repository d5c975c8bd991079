"""Whom somebody looks for exactly, as typed: a number, or else a full name and a birth date."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from throughgate.foundation import clock
from throughgate.pages.typed import day_in
from throughgate.people import exact
from throughgate.people.exact import Sought

NAMES = ("number", "first_name", "last_name")


@dataclass(frozen=True, kw_only=True)
class TypedSought:
    """What was typed, and whom it means."""

    text: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, ""))
    day: Mapping[str, str] = field(default_factory=dict)  # day, month, year
    sought: Sought = field(default_factory=Sought)

    @property
    def controls(self) -> list[tuple[str, str]]:
        """To send it again as it stands."""
        return [*self.text.items(), *((f"birth_date_{part}", value) for part, value in self.day.items())]


def read(given: Mapping[str, str]) -> TypedSought:
    born = day_in(given, "birth_date")
    text = {name: given.get(name, "").strip() for name in NAMES}
    sought = Sought(
        number=exact.number_in(text["number"], on=clock.today()) if text["number"] else None,
        first_name=text["first_name"],
        last_name=text["last_name"],
        birth_date=born.on,
    )
    return TypedSought(text=text, day=born.parts, sought=sought)
