"""Whom somebody looks for exactly, as typed: a number, or else a full name and a birth date."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.pages.typed import day_in
from throughgate.pages.wording import words as _
from throughgate.people import exact
from throughgate.people.exact import Sought

NAMES = ("number", "first_name", "last_name")


@dataclass(frozen=True, kw_only=True)
class TypedSought:
    """What was typed, and whom it means."""

    text: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, ""))
    day: Mapping[str, str] = field(default_factory=dict)  # day, month, year
    sought: Sought = field(default_factory=Sought)
    is_day_unread: bool = False

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
    return TypedSought(text=text, day=born.parts, sought=sought, is_day_unread=born.is_unread)


def checked(typed: TypedSought) -> Sought:
    """Whom it means. Raises: Refused for what was typed and cannot be read, where nothing else is enough."""
    if not typed.sought.is_enough and typed.text["number"]:
        raise Refused(_("That is no such number. Look at each figure again, or leave it empty."))
    if not typed.sought.is_enough and typed.is_day_unread:
        raise Refused(_("That is no day. Enter the day, month and year they were born, such as 4 5 1989."))
    return typed.sought
