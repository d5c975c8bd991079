"""Every address there is, found by itself, and for each what it may show: an address not named here fails."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import product
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.sweep.world import Whose, World
from throughgate.foundation.ids import new_id
from throughgate.pages.recording.sheets import SHEETS


class Shows(Enum):
    NOTHING = "nothing of anybody"
    LIST = "what the role may see on a list, of those the organisation is concerned with now"
    RECORD = "what the role reads of the person in the address, while the organisation is concerned with them"
    PAIR = "who the two are, to a role that settles it, where one of them is its organisation's"


SHOWS: Mapping[str, Shows] = {
    **dict.fromkeys(
        ("home", "health", "sign_in", "account_login", "sign_in_as", "sign_out", "hats", "start"),
        Shows.NOTHING,
    ),
    **dict.fromkeys(("components", "imports", "upload", "run", "rejected"), Shows.NOTHING),
    **dict.fromkeys(("today", "everyone", "attendance", "lounge", "batch", "batch_file"), Shows.LIST),
    **dict.fromkeys(("person", "steps", "death", "history"), Shows.RECORD),
    **dict.fromkeys(("recording", "sheet", "correct", "undo", "plain_text"), Shows.RECORD),
    **dict.fromkeys(
        ("packs", "pack", "agree_pack", "give_pack", "take_back_pack", "pack_file"), Shows.RECORD
    ),
    **dict.fromkeys(("held", "links", "link", "pair"), Shows.PAIR),
}
# Parts of an address that are words: what is tried in each.
WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("sheet", "what"): tuple(sheet.what for sheet in SHEETS),
    ("agree_pack", "sheet"): ("sheet-1", "sheet-2"),
    ("pack_file", "sheet"): ("sheet-1", "sheet-2"),
    ("pack_file", "ending"): ("pdf", "html"),
    ("batch_file", "sheet"): ("sheet-1", "sheet-2"),
}


class Route(NamedTuple):
    name: str
    pattern: str
    door: str
    parts: tuple[str, ...]

    @property
    def is_of_a_person(self) -> bool:
        return "person_id" in self.parts


class Address(NamedTuple):
    """One address to go to. `whose` is the person in it; "" where it names none, "absent" for nobody."""

    route: Route
    role: str
    whose: str
    url: str


def routes() -> list[Route]:
    return list(_routes(get_resolver().url_patterns))


def _routes(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[Route]:
    for each in found:
        pattern = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, pattern)
        else:
            parts = tuple(re.findall(r"<(?:\w+:)?(\w+)>", pattern))
            yield Route(str(each.name), pattern, getattr(each.callback, "door", ""), parts)


def addresses(world: World, route: Route, role: str, whose: str) -> list[Address]:
    """Each way to fill the parts of an address, about that person ("absent": nobody there is)."""
    choices = [_choices(world, route, part, role, world.people.get(whose)) for part in route.parts]
    filled = (dict(zip(route.parts, values, strict=True)) for values in product(*choices))
    return [Address(route, role, whose, reverse(route.name, kwargs=values)) for values in filled]


def _choices(world: World, route: Route, part: str, role: str, whose: Whose | None) -> tuple[Any, ...]:
    if (route.name, part) in WORDS:
        return WORDS[route.name, part]
    if part == "post_id":
        return (world.hats[role].post_id,)
    if part == "person_id":
        return (whose.id if whose else new_id(),)
    if part == "entry_id":
        return tuple(whose.entries) if whose else (new_id(),)
    if part == "pack_id":
        return (whose.pack if whose else new_id(),)
    return tuple(world.things.get(part, {}).values()) or (new_id(),)
