"""What a small charity has: a spreadsheet of the people it meets after they leave prison."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from throughgate.wiring.population.draws import Draw
from throughgate.wiring.population.files import csv_line
from throughgate.wiring.population.journeys import State
from throughgate.wiring.population.stays import releases
from throughgate.wiring.population.treatment_rows import Word

COLUMNS = ("Ref", "Name", "D.O.B.", "NHS no", "Started", "Left", "Where from")
MET_AFTER = timedelta(days=2)
HELPED_FOR = timedelta(days=60)


def words(draw: Draw, states: Sequence[State], *, charity: str, reference: str) -> Iterator[Word]:
    """Each time they were met at the gate: since when, and, once it is over, until when."""
    for release in releases(states):
        if release.is_counted and draw.happens("known_to_charity"):
            began, ended = release.on + MET_AFTER, release.on + HELPED_FOR
            cells = {"Started": f"{began:%d/%m/%Y}", "Where from": "met at the gate"}
            met = Word(on=began, provider=charity, client=reference, thing=f"{began}", cells=cells)
            yield met
            yield replace(met, on=ended, cells={**cells, "Left": f"{ended:%d/%m/%Y}"})


def line(cells: Mapping[str, str]) -> str:
    return csv_line(cells.get(column, "") for column in COLUMNS)
