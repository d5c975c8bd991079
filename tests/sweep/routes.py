"""Every address there is, found by itself, and for each what it may show: an address not named here fails."""

import csv
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.sweep.world import Whose, World
from throughgate.foundation.ids import new_id
from throughgate.pages.recording.sheets import SHEETS


class Shows(Enum):
    """What an address may show of anybody; `routes.csv` says which of these each does."""

    nothing = "nothing of anybody"
    list = "what the role may see on a list, of those the organisation is concerned with now"
    printed = "what the role reads of each of those, on sheets that hold nothing restricted"
    fetched = "of that, to a program that shows its token, what may be handed on"
    record = "what the role reads of the person in the address, while the organisation is concerned with them"
    pair = "who the two are, to a role that settles it, where one of them is its organisation's"
    run = "what an extract of its organisation said that could not be taken, to the same role"
    alert = "whom an alert of its organisation is about, and its words, to a role that checks"
    planned = "what people let those who plan services read, without a name, to a role that does"
    own = "the person's own record, to themself alone"


@cache
def shows() -> Mapping[str, Shows]:
    """By the name of a route. One that is not there fails the sweep: say what it may show, a line a route."""
    with (Path(__file__).parent / "routes.csv").open(encoding="utf-8", newline="") as file:
        return {row["route"]: Shows[row["shows"]] for row in csv.DictReader(file)}


# Parts of an address that are words: what is tried in each.
WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("sheet", "what"): tuple(sheet.what for sheet in SHEETS),
    ("agree_pack", "sheet"): ("sheet-1", "sheet-2"),
    ("pack_file", "sheet"): ("sheet-1", "sheet-2"),
    ("pack_file", "ending"): ("pdf", "html"),
    ("offer_text", "code"): ("court", "note", "ndtms"),
    ("text_file", "ending"): ("pdf", "html"),
    ("seen_by", "role"): ("probation_practitioner", "prison_officer"),
    ("mine_plan_file", "ending"): ("pdf", "html"),
    ("batch_file", "sheet"): ("sheet-1", "sheet-2"),
    ("words_of", "slug"): ("opioids", "cy", "nutmeg"),
    ("ask_paper", "what"): ("standard-comprehensive",),
    ("ask_paper_file", "what"): ("standard-first_night",),
    ("topic", "topic"): ("tonight",),
    ("mine_words", "topic"): ("about",),
    ("mine_topic", "topic"): ("tonight",),
}


class Route(NamedTuple):
    name: str
    pattern: str
    door: str
    parts: tuple[str, ...]

    @property
    def is_of_the_api(self) -> bool:
        return self.pattern.startswith("api/")

    @property
    def is_for_programs(self) -> bool:
        return self.door.startswith("program")

    @property
    def is_of_a_person(self) -> bool:
        return "person_id" in self.parts


class Address(NamedTuple):
    """One address to go to. `whose` is the person in it; "" where it names none, "absent" for nobody."""

    route: Route
    role: str
    whose: str
    values: tuple[Any, ...]  # of the parts of the address, in their order
    query: str = ""

    @property
    def url(self) -> str:
        filled = dict(zip(self.route.parts, self.values, strict=True))
        return reverse(self.route.name, kwargs=filled) + self.query


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


def named(name: str) -> Route:
    (found,) = (route for route in routes() if route.name == name)
    return found


def addresses(world: World, route: Route, role: str, whose: str) -> list[Address]:
    """Each way to fill the parts of an address, about that person ("absent": nobody there is)."""
    choices = [_choices(world, route, part, role, world.people.get(whose)) for part in route.parts]
    return [Address(route, role, whose, values) for values in product(*choices)]


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
    if part == "made_id":
        return (whose.text if whose else new_id(),)
    return tuple(world.things.get(part, {}).values()) or (new_id(),)
