"""How each source knows somebody, and what an import must make of it: who is joined, who is asked about.

A source that knows them rightly is joined to the others by any number they share. One with a slip in it is
never joined by itself: whoever shares a number with it is asked about.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from throughgate.linkage.rules import is_short_form
from throughgate.people.rules import fold
from throughgate.wiring.population import numbers
from throughgate.wiring.population.draws import Draw
from throughgate.wiring.population.people import Who

SEXES = {"Male": "1", "Female": "2"}
LAST_MONTH = 12
Cells = dict[str, str]
Numbers = frozenset[tuple[str, str]]  # system and value


class Source(NamedTuple):
    """One organisation's record of somebody, and the numbers in it that can join."""

    organisation: str
    reference: str
    numbers: Numbers
    doubt: str = ""  # why a look is needed before it is joined; "" for none


class Asked(NamedTuple):
    """Two groups of sources of which somebody must say whether they are one person."""

    group: str
    other: str
    why: str
    is_same: bool


@dataclass
class Groups:
    """Sources of one person as an import must put them together, by the name of the group."""

    serial: int
    by_name: dict[str, list[Source]] = field(default_factory=dict)
    _count: int = 0

    def add(self, source: Source) -> None:
        """Joined to every group that shares a number with it, unless a look is needed."""
        joining = [] if source.doubt else [name for name in self.sharing(source) if self._is_sure(name)]
        joined = [each for name in joining for each in self.by_name.pop(name)]
        self._count += not joining
        self.by_name[joining[0] if joining else f"{self.serial}.{self._count}"] = [*joined, source]

    def sharing(self, source: Source) -> list[str]:
        """Groups in which a number of this source stands."""
        return [
            name
            for name, group in self.by_name.items()
            if any(each.numbers & source.numbers for each in group)
        ]

    def asked(self, kin: "Groups") -> Iterator[Asked]:
        """For each source with a slip, every other group that shares a number with it."""
        for name, group in self.by_name.items():
            for source in group:
                if source.doubt:
                    own = [other for other in self.sharing(source) if other != name]
                    yield from (Asked(name, other, source.doubt, is_same=True) for other in own)
                    others = kin.sharing(source)
                    yield from (Asked(name, other, source.doubt, is_same=False) for other in others)

    def _is_sure(self, name: str) -> bool:
        return not any(each.doubt for each in self.by_name[name])


def of_prison(who: Who, prison: str, number: str) -> Source:
    found = {("prison", number), *({("pnc", who.pnc)} if who.pnc else ())}
    return Source(prison, number, frozenset(found))


@dataclass(frozen=True)
class Client:
    """Somebody as a provider has them: the source, and the cells that say who they are."""

    source: Source
    cells: Cells


def of_health(who: Who, provider: str, number: str, *, knows_nhs: bool) -> Client:
    """A prison's health service knows the prison number, and what the prison calls them."""
    nhs = who.nhs if knows_nhs else ""
    found = {("prison", number), *({("nhs", nhs)} if nhs else ())}
    cells = {**_right(who, number, nhs), "prison_number": number}
    if who.alias:
        cells["other_names"] = f"{who.called.also} {who.alias}"
    return Client(Source(provider, number, frozenset(found)), cells)


def rightly(who: Who, provider: str) -> Client:
    """Somebody as a community provider has them that has everything right."""
    found = frozenset({("nhs", who.nhs)} if who.nhs else ())
    return Client(Source(provider, str(who.serial), found), _right(who, str(who.serial), who.nhs))


def of_outside(who: Who, provider: str, draw: Draw, *, kin: Who | None) -> Client:
    """A community provider has the NHS number at most, and wrote down what it was told."""
    kind = draw.choice("record_outside")
    knows_nhs = draw.happens("outside_knows_nhs") and kind != "nhs_missing"
    nhs = who.nhs if knows_nhs else ""
    cells = {**_right(who, str(who.serial), nhs), "first_name": who.called.plain}
    doubt = ""
    if kind == "kins_nhs" and kin:
        nhs, doubt = kin.nhs, "perhaps_twins" if kin.born == who.born else "generation_apart"
        cells["nhs_number"] = nhs
    elif kind == "nhs_mistyped" and nhs:
        cells["nhs_number"], nhs = numbers.mistyped(nhs), ""
    elif kind in SLIPS:
        doubt = SLIPS[kind](who, cells)
    found = frozenset({("nhs", nhs)} if nhs else ())
    return Client(Source(provider, str(who.serial), found, doubt), cells)


def of_charity(who: Who, charity: str, *, knows_nhs: bool) -> Client:
    """A charity gets it right, in one column, where nobody can tell at which word a surname begins."""
    nhs = who.nhs if knows_nhs else ""
    cells = {
        "Ref": str(who.serial),
        "Name": f"{who.called.plain} {who.last}",
        "D.O.B.": f"{who.born:%d/%m/%Y}",
        "NHS no": nhs,
    }
    doubt = "first_names_differ" if " " in who.last else ""
    return Client(Source(charity, str(who.serial), frozenset({("nhs", nhs)} if nhs else ()), doubt), cells)


def _right(who: Who, reference: str, nhs: str) -> Cells:
    return {
        "CLIENTID": reference,
        "first_name": who.called.name,
        "last_name": who.last,
        "DOB": who.born.isoformat(),
        "SEX": SEXES[who.sex],
        "nhs_number": nhs,
        "language": who.language,
    }


def _short_name(who: Who, cells: Cells) -> str:
    """No slip where the prison knows that name, too, or everybody does."""
    called = who.called
    cells["first_name"] = called.also
    is_known = who.alias or is_short_form(fold(called.also), fold(called.name))
    return "" if is_known else "first_names_differ"


def _swapped_birth(who: Who, cells: Cells) -> str:
    born = who.born
    if born.day > LAST_MONTH or born.day == born.month:
        return ""
    cells["DOB"] = born.replace(month=born.day, day=born.month).isoformat()
    return "day_and_month_swapped"


def _birth_year_off(who: Who, cells: Cells) -> str:
    cells["DOB"] = who.born.replace(year=who.born.year - 1, day=min(who.born.day, 28)).isoformat()
    return "birth_dates_differ"


def _birth_placeholder(_who: Who, cells: Cells) -> str:
    cells["DOB"] = "01/01/1900"
    return "birth_date_missing"


def _initials(who: Who, cells: Cells) -> str:
    cells |= {"first_name": "", "last_name": "", "FINITIAL": who.called.plain[0], "SINITIAL": who.last[0]}
    return "initials_only"


SLIPS: dict[str, Callable[[Who, Cells], str]] = {
    "short_name": _short_name,
    "swapped_birth": _swapped_birth,
    "birth_year_off": _birth_year_off,
    "birth_placeholder": _birth_placeholder,
    "initials": _initials,
}
