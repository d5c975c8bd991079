"""A population, written person by person: what organisations send night by night, and beside it the truth."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from throughgate.foundation.errors import Refused
from throughgate.wiring.population import (
    draws,
    event_rows,
    list_rows,
    numbers,
    places,
    prison_rows,
    treatment_rows,
    truth,
)
from throughgate.wiring.population.draws import Draw, Rates
from throughgate.wiring.population.files import (
    EVENTS,
    PEOPLE,
    PRISON,
    TREATMENT,
    Extract,
    Extracts,
    Table,
    json_line,
)
from throughgate.wiring.population.sources import Groups
from throughgate.wiring.population.world import Person, World

ONE_DAY = timedelta(days=1)
LINES = {
    PRISON: json_line,
    EVENTS: json_line,
    TREATMENT: treatment_rows.line,
    PEOPLE: list_rows.line,
}
COLUMNS = {TREATMENT: treatment_rows.COLUMNS, PEOPLE: list_rows.COLUMNS}
WHO = {PRISON: "prisonerNumber", TREATMENT: "CLIENTID"}
NOBODY = ("", "unknown")  # what stands there where nobody can be told


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was asked for."""

    people: int
    seed: int
    out: Path
    as_at: date  # of the last extracts
    days: int  # from the first extracts to the last


def make(wanted: Wanted, *, rates: Rates | None = None) -> int:
    """Write the population; returns how many extracts are to be brought in.

    Raises: Refused for a folder with something in it, or for more people than there are numbers.
    """
    _refuse(wanted)
    (wanted.out / "truth").mkdir(parents=True)
    world = World(
        seed=wanted.seed,
        rates=rates or draws.rates(),
        places=places.places(wanted.people),
        first=wanted.as_at - timedelta(days=wanted.days),
        last=wanted.as_at,
    )
    extracts = Extracts(wanted.out, columns=COLUMNS)
    with ExitStack() as files:
        tables = {name: _table(files, wanted, f"truth/{name}", head) for name, head in truth.COLUMNS.items()}
        for serial in range(wanted.people):
            _write(world.person(serial), world, extracts, tables)
        extracts.flush()
        deliveries = _deliveries(extracts, world)
        _table(files, wanted, "organisations", places.Organisation._fields).add_all(world.places.everybody)
        _table(files, wanted, "extracts", ("file", "format", "organisation", "as_at")).add_all(deliveries)
        _table(files, wanted, "truth/extracts", ("file", "read", "rejected")).add_all(_counts(extracts))
    return len(deliveries)


def _refuse(wanted: Wanted) -> None:
    if not 1 <= wanted.people <= numbers.MOST_PEOPLE:
        raise Refused(
            f"A population has from 1 to {numbers.MOST_PEOPLE:,} people. Give --people another number."
        )
    if wanted.days < 1:
        raise Refused("The last extracts come at least a day after the first. Give --days another number.")
    if wanted.out.exists() and (not wanted.out.is_dir() or any(wanted.out.iterdir())):
        raise Refused(f"{wanted.out} has something in it. Name a folder that is new or empty.")


def _table(files: ExitStack, wanted: Wanted, name: str, columns: Sequence[str]) -> Table:
    path = wanted.out / f"{name}.csv"
    return Table(files.enter_context(path.open("w", encoding="utf-8", newline="")), columns)


def _write(person: Person, world: World, extracts: Extracts, tables: Mapping[str, Table]) -> None:
    draw = Draw(world.seed, "rows", person.who.serial, rates=world.rates)
    for extract, cells in _rows(person, world):
        as_line = LINES[extract.format]
        extracts.add(extract, as_line(cells))
        if extract.format in WHO and draw.happens("row_without_number"):
            nobody = {**cells, WHO[extract.format]: draw.one_of(NOBODY)}
            extracts.add_unreadable(extract, as_line(nobody))
    kin = person.who.kin
    kins_groups = Groups(-1) if kin is None else world.person(kin).groups
    for name, rows in truth.answers(person, kin=kins_groups).items():
        tables[name].add_all(rows)


def _rows(person: Person, world: World) -> Iterator[tuple[Extract, Mapping[str, Any]]]:
    """What is told of them, with the extract it stands in."""
    for state in person.told:
        yield Extract(state.on, PRISON, state.prison), prison_rows.document(person.who, state)
    lots = Draw(world.seed, "events", person.who.serial, rates=world.rates)
    for state, message in event_rows.rows(person.told, lots):
        if world.places.sends_events(state.prison):
            yield Extract(state.on, EVENTS, state.prison), message
    for provider, night, cells in treatment_rows.rows(person.words, person.clients, sent=world.sent_on):
        is_charity = provider == world.places.charity_of(person.who.serial)
        yield Extract(night, PEOPLE if is_charity else TREATMENT, provider), cells


def _deliveries(extracts: Extracts, world: World) -> list[tuple[str, ...]]:
    """In the order in which they come: most on their own night, a few late, a few twice."""
    found = []
    for extract in extracts.read:
        draw = Draw(world.seed, extract.file, rates=world.rates)
        late = draw.days("nights_late") if draw.happens("extract_late") else timedelta(0)
        found.append((extract.night + late, extract))
        if draw.happens("extract_twice"):
            found.append((extract.night + late + ONE_DAY, extract))
    return [(each.file, each.format, each.organisation, each.as_at) for _, each in sorted(found)]


def _counts(extracts: Extracts) -> Iterator[tuple[str, int, int]]:
    """What an import must have read of each, and must have rejected."""
    return ((each.file, extracts.read[each], extracts.rejected[each]) for each in sorted(extracts.read))
