"""The true answers beside the extracts: who is who, where they were, and what an import must make of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from throughgate.wiring.population.journeys import HELD, State
from throughgate.wiring.population.sources import Groups
from throughgate.wiring.population.stays import releases, stays
from throughgate.wiring.population.world import Person

Cells = Sequence[object]

COLUMNS = {
    # Every source row, the true person, and the group an import must join it to.
    "sources": ("person", "organisation", "reference", "group"),
    # Groups of which somebody must be asked whether they are one person, and the true answer.
    "asked": ("group", "other", "why", "is_same"),
    # All there was, and what can be known from the first extract on.
    "stays": ("prison_number", "prison", "starts_on", "ends_on"),
    "stays_told": ("prison_number", "prison", "starts_on", "ends_on"),
    "releases": ("prison_number", "released_on", "reason", "is_counted", "is_treated_in_time"),
    "releases_told": ("prison_number", "released_on", "reason", "is_counted"),
    # On the night of the last extracts: where they are, who holds them, the day they leave on if it is known.
    "now": ("prison_number", "where", "prison", "leaves_on"),
    "episodes": ("organisation", "reference", "episode", "referred_on", "assessed_on", "ended_on"),
}


def answers(person: Person, *, kin: Groups) -> Mapping[str, Iterable[Cells]]:
    """Rows for each of the tables."""
    groups = person.groups
    return {
        "sources": _sources(person, groups),
        "asked": groups.asked(kin),
        "stays": stays(person.states),
        "stays_told": stays(person.told),
        "releases": ((*each, each.on in person.treated_in_time) for each in releases(person.states)),
        "releases_told": releases(person.told),
        "now": [_now(person.states[-1])],
        "episodes": _episodes(person),
    }


def _sources(person: Person, groups: Groups) -> Iterator[Cells]:
    for name, group in groups.by_name.items():
        for source in group:
            yield person.who.serial, source.organisation, source.reference, name


def _now(state: State) -> Cells:
    if state.where not in HELD:
        return state.number, state.where, "", ""
    return state.number, state.where, state.prison, dict(state.dates).get("RELEASE", "")


def _episodes(person: Person) -> Iterator[Cells]:
    """Each episode as last told."""
    last = {(word.provider, word.thing): word for word in person.words if "REFLD" in word.cells}
    for word in last.values():
        days = (word.cells.get(name, "") for name in ("REFLD", "TRIAGED", "DISD"))
        yield word.provider, word.client, word.thing, *days
