"""Everybody of a population, one at a time: asked for the same person twice, it tells the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughgate.wiring.population import list_rows, sources
from throughgate.wiring.population.draws import Draw, Rates
from throughgate.wiring.population.journeys import Life, State
from throughgate.wiring.population.people import People, Who
from throughgate.wiring.population.places import Places
from throughgate.wiring.population.sources import Client, Groups
from throughgate.wiring.population.stays import told
from throughgate.wiring.population.treatment_rows import Treatment, Word

A_WEEK = timedelta(days=7)
LONGEST_BEFORE = 900  # days before the first extract at which somebody may have come


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is true of somebody, and what anybody can know of it."""

    who: Who
    states: Sequence[State]
    told: Sequence[State]  # from the first extract on
    words: Sequence[Word]  # of treatment and of a charity, up to the last extract
    clients: Sequence[Client]  # as each provider has them
    treated_in_time: frozenset[date]  # days of release

    @property
    def groups(self) -> Groups:
        """Their sources, as an import must put them together."""
        found = Groups(self.who.serial)
        prisons = (sources.of_prison(self.who, each.prison, each.number) for each in self.told)
        for source in dict.fromkeys([*prisons, *(client.source for client in self.clients)]):
            found.add(source)
        return found


@dataclass(frozen=True, kw_only=True)
class World:
    """Where they live, and from when to when it is told."""

    seed: int
    rates: Rates
    places: Places
    first: date  # of the first extract
    last: date

    def person(self, serial: int) -> Person:
        draw = Draw(self.seed, "life", serial, rates=self.rates)
        who = self._everybody.who(serial)
        prisons = [each.code for each in self.places.prisons_for(who.sex)]
        states = Life(draw, serial=serial, prisons=prisons).live(self._comes_on(draw), until=self.last)
        treatment = Treatment(draw, who, states, provider=self.places.community_of(serial))
        met = list_rows.words(draw, states, charity=self.places.charity_of(serial), reference=str(serial))
        words = [word for word in (*treatment.words(), *met) if word.on <= self.last]
        return Person(
            who=who,
            states=states,
            told=told(states, first=self.first),
            words=words,
            clients=self._clients(who, words, draw),
            treated_in_time=frozenset(treatment.treated_in_time),
        )

    def sent_on(self, day: date) -> date:
        """When a provider tells what it knew on a day: with its first extract, or at the end of that week."""
        weeks = (self.last - day) // A_WEEK
        return max(self.first, self.last - weeks * A_WEEK)

    @property
    def _everybody(self) -> People:
        return People(self.seed, self.rates, self.first)

    def _comes_on(self, draw: Draw) -> date:
        """The day of their first reception."""
        if draw.happens("arrives_later"):
            return self.first + timedelta(days=draw.whole(1, (self.last - self.first).days))
        return self.first - timedelta(days=draw.whole(0, LONGEST_BEFORE))

    def _clients(self, who: Who, words: Sequence[Word], draw: Draw) -> list[Client]:
        """One for each reference of a provider, in the order in which they are first told of."""
        knows_nhs = draw.happens("health_knows_nhs")
        elsewhere = [
            self._outside(who, draw),
            sources.of_charity(
                who, self.places.charity_of(who.serial), knows_nhs=draw.happens("charity_knows_nhs")
            ),
        ]
        known = {client.source.organisation: client for client in elsewhere}
        return [
            known.get(provider) or sources.of_health(who, provider, reference, knows_nhs=knows_nhs)
            for provider, reference in dict.fromkeys((word.provider, word.client) for word in words)
        ]

    def _outside(self, who: Who, draw: Draw) -> Client:
        """A pair of kin has one slip at most, so that what follows from it is plain: the second of them."""
        partner = self._everybody.who(who.serial ^ 1)
        provider = self.places.community_of(who.serial)
        if partner.kin == who.serial:
            return sources.rightly(who, provider)
        return sources.of_outside(who, provider, draw, kin=partner if who.kin is not None else None)
