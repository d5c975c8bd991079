"""A row of the treatment file taken apart by what its cells are about, and rows about one thing put together.

A file is one statement, however many rows it takes: an episode may be told on one row and only named on the
others. So all rows about one thing are put together before any of them goes in. Where they clash, the last
value stands and the others are kept as text.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from throughgate.exchange.inbound.days import DayOrder
from throughgate.exchange.inbound.treatment_columns import (
    REFERENCES,
    Cell,
    column,
    columns,
    is_missing,
    read_cell,
    reference_problem,
)
from throughgate.treatment.intake import item_of

BEYOND = "cells beyond the header"
LAST_DOSE = ("last_dose_at", "last_dose", "last_dose_unit")
# Columns of another thing that a thing needs to be understood.
BESIDE = {
    "episode": ("AGNCY", "NATION"),
    "intervention": ("EPISODID",),
    "prescription": ("EPISODID",),
    "last dose": ("EPISODID", "prescription_id", "medicine", "dose_unit"),
    "attendance": ("EPISODID",),
}
# Half of one dose and half of another is a dose that nobody told: where rows about one of these clash, the
# last row stands by itself.
NEVER_MIXED = ("prescription:", "dose:", "attendance:")
BETWEEN = " | "  # texts of one column from several rows

Cells = dict[str, str]  # documented column -> text as written


@dataclass(slots=True)
class Part:
    """The cells that are about one thing, and those that came with them and fit nowhere."""

    cells: Cells = field(default_factory=dict)
    stray: dict[str, tuple[str, str]] = field(default_factory=dict)  # column -> text, why it is not used


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a row can be about: which column names it, and what it makes no sense without."""

    name: str
    reference: str = ""
    needs: tuple[str, ...] = ()
    names_it: frozenset[str] = frozenset()  # columns that say no more than which one is meant
    dated_by: tuple[str, ...] = ()  # columns without any of which it is not told beside another thing


THINGS = (
    Thing(
        "episode",
        "EPISODID",
        names_it=frozenset({"EPISODID", "AGNCY", "NATION"}),
        dated_by=("REFLD", "TRIAGED", "CPLANDT", "DISD"),
    ),
    Thing("intervention", "MODID", names_it=frozenset({"EPISODID", "MODID"})),
    Thing(
        "prescription",
        "prescription_id",
        ("medicine",),
        frozenset({"EPISODID", "prescription_id", "medicine", "dose_unit"}),
    ),
    Thing("last dose", needs=("medicine", "last_dose_at")),
    Thing("attendance", "attendance_id", ("attendance_at",)),
)


def split(row: Mapping[str, str], *, order: DayOrder) -> dict[str, Part]:
    """What a row says, by item, the person first. Cells that fit nowhere go with the last thing that does."""
    given, unknown = _by_thing(row)
    last = Part(given.get("client", {}))
    parts = {"person": last}
    for place, thing in enumerate(THINGS):
        cells = given.get(thing.name)
        if not cells:
            continue
        why = _bad_references(thing, cells)
        if not why and any(after.name in given for after in THINGS[place + 1 :]):
            if _only_names(thing, cells):
                continue
            why = _undated(thing, cells)
        if why := why or _lacking(thing, cells, order):
            last.stray |= _stray(cells, why, besides=last.cells)
        else:
            last = parts[_item(thing, cells)] = Part(cells)
    last.stray |= unknown
    return parts


def _by_thing(row: Mapping[str, str]) -> tuple[dict[str, Cells], dict[str, tuple[str, str]]]:
    """Cells that say something, by what they are about; and those of columns that nobody documented."""
    given: dict[str, Cells] = {}
    unknown = {}
    for header, written in row.items():
        text = written.strip()
        if not text:
            continue
        about = columns().get(header)
        if about is None:
            unknown[header or BEYOND] = (text, "unknown_column" if header else "beyond_header")
        elif about.name != "CLIENTID" and not is_missing(about, text):
            thing = "last dose" if about.name in LAST_DOSE else about.group
            given.setdefault(thing, {})[about.name] = text
    everything = {name: text for cells in given.values() for name, text in cells.items()}
    for thing, names in BESIDE.items():
        if thing in given:
            given[thing] |= {name: everything[name] for name in names if _is_usable(name, everything)}
    return given, unknown


def _is_usable(name: str, cells: Cells) -> bool:
    return name in cells and not (name in REFERENCES and reference_problem(cells[name]))


def _bad_references(thing: Thing, cells: Cells) -> dict[str, str]:
    """Why the provider's reference cannot be used, if it is there."""
    problem = reference_problem(cells.get(thing.reference, ""))
    return {thing.reference: problem} if problem else {}


def _only_names(thing: Thing, cells: Cells) -> bool:
    """Do the cells say no more than which one is meant?"""
    return cells.keys() <= thing.names_it


def _undated(thing: Thing, cells: Cells) -> dict[str, str]:
    """The first of its days, where none is given: the row is about the other thing, and would take them back.

    An episode that lost its last day would open the record to its provider again.
    """
    is_dated = not thing.dated_by or any(name in cells for name in thing.dated_by)
    return {} if is_dated else {thing.dated_by[0]: "not_given"}


def _lacking(thing: Thing, cells: Cells, order: DayOrder) -> dict[str, str]:
    """Why the thing makes no sense, by the column that is missing or cannot be read."""
    needs = (thing.reference, *thing.needs) if thing.reference else thing.needs
    why = {}
    for name in needs:
        cell = read_cell(column(name), cells[name], order=order) if name in cells else Cell()
        if cell.value is None:
            why[name] = cell.problem or "not_given"
    return why


def _stray(cells: Cells, why: Mapping[str, str], *, besides: Cells) -> dict[str, tuple[str, str]]:
    """Cells without a thing to be about, each with the reason; a column that is missing has no text."""
    told = {**dict.fromkeys(why, ""), **cells}
    return {name: (text, why.get(name, "not_placed")) for name, text in told.items() if name not in besides}


def _item(thing: Thing, cells: Cells) -> str:
    if thing.name == "intervention":  # a slash within the first reference must not move the border
        episode = cells.get("EPISODID", "").replace("%", "%25").replace("/", "%2F")
        return item_of("intervention:", episode, "/", cells["MODID"])
    if thing.name == "last dose":
        return item_of(
            "dose:", cells.get("prescription_id") or " ".join(cells["medicine"].casefold().split())
        )
    return item_of(thing.name, ":", cells[thing.reference])


def together(item: str, parts: Sequence[Part], *, order: DayOrder) -> Part:
    """What several rows say of one thing, in the order of the file."""
    if item.startswith("dose:"):  # the last dose is the one taken last, wherever it stands
        parts = sorted(parts, key=lambda part: _taken(part, order))
    told = {name: list(dict.fromkeys(texts)) for name, texts in _texts(parts).items()}
    clashes = any(len(texts) > 1 for texts in told.values())
    if clashes and item.startswith(NEVER_MIXED):
        cells = parts[-1].cells
    else:
        cells = {name: texts[-1] for name, texts in told.items()}
    whole = Part(cells)
    for name, texts in told.items():
        others = [text for text in texts if text != cells.get(name)]
        if others:
            whole.stray[name] = (BETWEEN.join(others), "said_otherwise")
    for name in dict.fromkeys(name for part in parts for name in part.stray):
        strays = [part.stray[name] for part in parts if name in part.stray]
        written = dict.fromkeys(text for text, _ in strays if text)
        whole.stray.setdefault(name, (BETWEEN.join(written), strays[0][1]))
    return whole


def _taken(part: Part, order: DayOrder) -> tuple[str, str]:
    when = read_cell(column("last_dose_at"), part.cells["last_dose_at"], order=order).value
    return when["on"], when["at"] or ""


def _texts(parts: Sequence[Part]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in parts:
        for name, text in part.cells.items():
            found.setdefault(name, []).append(text)
    return found


Told = Iterable[tuple[str, dict[str, Part]]]  # whose row, and its parts


class Together:
    """What a file says of each thing. Only things that rows tell differently are held in memory."""

    def __init__(self, rows: Callable[[], Told], *, order: DayOrder) -> None:
        seen: dict[tuple[str, str], int] = {}
        differing = set()
        for key, parts in rows():
            for item, part in parts.items():
                if seen.setdefault((key, item), _mark(part)) != _mark(part):
                    differing.add((key, item))
        self._whole = {
            (key, item): together(item, parts, order=order)
            for (key, item), parts in (_gathered(rows(), differing) if differing else {}).items()
        }

    def part(self, key: str, item: str, part: Part) -> Part:
        """What the file says of this thing, where one of its rows says `part`."""
        return self._whole.get((key, item), part)


def _gathered(rows: Told, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[Part]]:
    found: dict[tuple[str, str], list[Part]] = {}
    for key, parts in rows:
        for item, part in parts.items():
            if (key, item) in wanted:
                found.setdefault((key, item), []).append(part)
    return found


def _mark(part: Part) -> int:
    return hash((tuple(part.cells.items()), tuple(part.stray.items())))
