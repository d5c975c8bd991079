"""What Today is asked for, read from the address: which tab, which cells, from whom on, and how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from throughgate.pages.typed import id_in
from throughgate.pathway.queries import Tab

SHORT, LONG = 50, 300  # people on one page; the long one is for paper


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which part of Today to show. What cannot be read asks for nothing."""

    tabs: tuple[Tab, ...] = tuple(Tab)  # in the order they are offered
    tab: Tab = Tab.THIS_WEEK
    cell: str = ""  # the beginning of one, such as a wing's
    after: UUID | None = None  # the person the page above ended with
    length: int = SHORT


def read(given: Mapping[str, str], tabs: tuple[Tab, ...] = tuple(Tab)) -> Asked:
    """The first tab, where the address names none."""
    tab = given.get("tab", "")
    return Asked(
        tabs=tabs,
        tab=Tab(tab) if tab in tabs else tabs[0],
        cell=given.get("cell", "").strip(),
        after=id_in(given, "after"),
        length=LONG if given.get("people") == str(LONG) else SHORT,
    )
