"""The home of each role: where its day begins and where it leads, as `data/access/homes.csv` says."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from throughgate.access import policy
from throughgate.foundation.codesets import Row, code_set
from throughgate.pages import addresses
from throughgate.pathway.queries import Tab
from throughgate.staff.queries import Hat


class Place(NamedTuple):
    """A page that a home leads to."""

    name: str  # of its address
    label: str
    tabs: tuple[Tab, ...]  # of Today, in the order they are offered
    now: str  # what a role that opens no record reads there

    def url(self, hat: Hat) -> str:
        return addresses.to(self.name, hat.post_id)


def places(hat: Hat) -> tuple[Place, ...]:
    """Where this hat's home leads; its day begins at the first."""
    return _homes()[policy.roles()[hat.role].home]


def tabs(hat: Hat) -> tuple[Tab, ...]:
    """Those of Today; all of them for a role whose home does not lead there."""
    return next((place.tabs for place in places(hat) if place.name == "today"), tuple(Tab))


@cache
def _homes() -> Mapping[str, tuple[Place, ...]]:
    rows = code_set("homes", folder=policy.ACCESS).rows
    found = {row["home"]: tuple(_place(each) for each in rows if each["home"] == row["home"]) for row in rows}
    return MappingProxyType(found)


def _place(row: Row) -> Place:
    tabs = tuple(Tab(tab) for tab in row["tabs"].split("|") if tab)
    return Place(row["place"], row["label"], tabs, row["now"])
