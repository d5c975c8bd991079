"""Prisons that do not exist, their health services, and the treatment providers around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from throughgate.wiring.population.draws import rows

PEOPLE_OF_A_PRISON = 2500  # ever known to it; England and Wales have some 120 prisons
FEWEST_PRISONS, MOST_PRISONS = 4, 120
WOMEN_EVERY, WALES_EVERY = 10, 20  # the second prison is for women, the third in Wales
PRISONS_OF_A_PROVIDER = 2
PRISONS_OF_A_CHARITY = 4
EVENTS_EVERY = 2  # so many prisons, one sends events


class Organisation(NamedTuple):
    """As `./tg organisation add` takes one."""

    code: str
    name: str
    name_cy: str
    kind: str
    nation: str


@dataclass(frozen=True)
class Places:
    """Whoever sends extracts."""

    prisons: Sequence[Organisation]
    health: Sequence[Organisation]  # of the prison at the same place
    community: Sequence[Organisation]
    charities: Sequence[Organisation]

    @property
    def everybody(self) -> list[Organisation]:
        return [*self.prisons, *self.health, *self.community, *self.charities]

    def community_of(self, serial: int) -> str:
        """The provider where somebody lives."""
        return self.community[serial % len(self.community)].code

    def charity_of(self, serial: int) -> str:
        return self.charities[serial % len(self.charities)].code

    def sends_events(self, prison: str) -> bool:
        """Whether its system tells on the day itself, too."""
        return any(each.code == prison for each in self.prisons[::EVENTS_EVERY])

    def prisons_for(self, sex: str) -> Sequence[Organisation]:
        for_women = [each for place, each in enumerate(self.prisons) if place % WOMEN_EVERY == 1]
        return for_women if sex == "Female" else [each for each in self.prisons if each not in for_women]


def places(people: int) -> Places:
    """As many as so many people need."""
    count = max(FEWEST_PRISONS, min(MOST_PRISONS, people // PEOPLE_OF_A_PRISON))
    prisons = [_prison(place) for place in range(count)]
    return Places(
        prisons=prisons,
        health=[_health(prison) for prison in prisons],
        community=[_provider(place) for place in range(count // PRISONS_OF_A_PROVIDER)],
        charities=[_charity(place) for place in range(count // PRISONS_OF_A_CHARITY)],
    )


def _prison(place: int) -> Organisation:
    """A code that ends in X, as no real prison's does."""
    name = _name(place)
    is_welsh = place % WALES_EVERY == 2
    return Organisation(
        code=f"{chr(65 + place // 26)}{chr(65 + place % 26)}X",
        name=f"HMP {name}",
        name_cy=f"Carchar {name}" if is_welsh else "",
        kind="prison",
        nation="wales" if is_welsh else "england",
    )


def _health(prison: Organisation) -> Organisation:
    return Organisation(f"{prison.code}H", f"{prison.name} health", "", "prison_healthcare", prison.nation)


def _provider(place: int) -> Organisation:
    return Organisation(f"ZP{place:03}", f"{_name(place)} Recovery", "", "community_treatment", "england")


def _charity(place: int) -> Organisation:
    return Organisation(f"ZS{place:03}", f"{_name(place)} Footpath", "", "peer_support", "england")


def _name(place: int) -> str:
    """Each its own: no two places share both halves."""
    heads = [row["text"] for row in rows("surnames") if (row["part"], row["language"]) == ("head", "en")]
    tails = ("ton", "field", "stead", "marsh", "bridge")
    return heads[place % len(heads)] + tails[place // len(heads) % len(tails)]
