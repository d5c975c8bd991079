"""What the list is asked for, read from the address: whom to look for, and from where on.

The words of a search are a name or a number of somebody, and stand there sealed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from throughgate.custody.queries import Wanted
from throughgate.custody.rules import StandingKind
from throughgate.foundation import sealed
from throughgate.pages import addresses
from throughgate.pages.typed import id_in
from throughgate.people import exact
from throughgate.people import rules as people
from throughgate.people.placeholders import placeholders

LEAVING_DAYS = (7, 28, 84)  # this week, four weeks, and the 12 weeks before the gate
ARRIVED_DAYS = 7
LONGEST = 200  # characters that are looked for: more is no name, and would not fit into an address
SOUGHT = "q"  # the control, which is never sent in an address
OPEN = ("leaving", "standing", "cell", "arrived", "language")  # filters that stand there as they are
NAMES = (SOUGHT, *OPEN)
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The filters as they were typed, which survive from page to page, and the place in the list."""

    typed: Mapping[str, str] = field(default_factory=dict)
    after: UUID | None = None
    before: UUID | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(self.typed)


def read(given: Mapping[str, str], *, post_id: UUID) -> Asked:
    """What the address asks for; what is empty asks nothing."""
    opened = {**given, SOUGHT: sealed.opened(given.get(addresses.SEALED, ""), owner=post_id)}
    return Asked(typed=_typed(opened), after=id_in(given, "after"), before=id_in(given, "before"))


def in_address(given: Mapping[str, str], *, post_id: UUID) -> dict[str, str]:
    """The filters as an address holds them."""
    typed = _typed(given)
    open_ones = {name: typed[name] for name in OPEN if name in typed}
    sought = sealed.seal(typed.get(SOUGHT, ""), owner=post_id)
    return {**open_ones, **({addresses.SEALED: sought} if sought else {})}


def wanted(asked: Asked, *, on: date) -> Wanted:
    """Whom to list. A filter nobody offers is left out rather than refused."""
    typed = asked.typed
    leaving = typed.get("leaving", "")
    return Wanted(
        **_searched(typed.get("q", ""), on=on),
        leaving_by=on + timedelta(days=int(leaving)) if leaving in map(str, LEAVING_DAYS) else None,
        standing=typed["standing"] if typed.get("standing") in offered_standings() else "",
        cell=typed.get("cell", ""),
        arrived_since=on - timedelta(days=ARRIVED_DAYS) if typed.get("arrived") else None,
        language=typed.get("language", ""),
        after=asked.after,
        before=asked.before,
    )


def offered_standings() -> tuple[str, ...]:
    """Standings a list can be asked for. A recall issued is not one: it may tip somebody off."""
    return tuple(kind.value for kind in StandingKind if kind is not StandingKind.RECALL_ISSUED)


def _typed(given: Mapping[str, str]) -> dict[str, str]:
    told = {name: given.get(name, "").strip()[:LONGEST] for name in NAMES}
    return {name: text for name, text in told.items() if text}


def _searched(text: str, *, on: date) -> dict[str, Any]:
    """A number if it reads as one, else a birth date, else the words of a name."""
    if number := exact.number_in(text, on=on):
        return {"number": number}
    born = people.read_birth_date(_in_digits(text), placeholders=placeholders("date"), on=on).value
    if born:
        return {"birth_date": born}
    return {"words": tuple(people.fold(text).split())}


def _in_digits(text: str) -> str:
    """A day written as these pages write it, "4 May 1989", in digits; anything else as it stands."""
    day, _, rest = text.partition(" ")
    month, _, year = rest.strip().partition(" ")
    number = MONTHS.get(month[:3].casefold())
    return f"{day}/{number}/{year.strip()}" if number else text
