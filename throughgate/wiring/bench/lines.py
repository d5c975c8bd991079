"""What is measured, and what is good enough: each goal is a ratio to a probe taken in the same round.

Floors and aims come from docs/reference/performance.md, where each is set beside the limit of the machine it
was worked out on.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that is to be fast."""

    name: str  # as `--only` takes it
    what: str
    unit: str
    probe: str
    floor: float  # of what the probe manages; where less is better, times what the probe takes
    aim: float
    less_is_better: bool = False

    def is_met(self, ratio: float) -> bool:
        return ratio <= self.floor if self.less_is_better else ratio >= self.floor


PROBES = {
    "upsert": "COPY to a staging table and upsert of 8 columns, durable",
    "one_row": "the same of one row, in ms",
    "jinja": "300 entries from the database on a bare Jinja2 page, dates formatted in Python",
    "list": "the first 60 people of one prison on a bare Jinja2 page",
    "point": "a page of one row, found by its key",
    "tables": "a new database with 60 tables of 8 columns and 2 indexes",
    "bare_start": "a server with two bare pages, from start to first page",
}
LINES = (
    Line(
        name="import_first",
        what="Import of people not seen before, with links, provenance and audit",
        unit="entries/s",
        probe="upsert",
        floor=0.09,  # 3,000 a second where the probe managed 34,000
        aim=0.18,
    ),
    Line(
        name="import_changed",
        what="Import of the same people, 2 % of them changed",
        unit="documents/s",
        probe="upsert",
        floor=0.0625,  # 85,000 documents in 40 s, of the same 34,000
        aim=0.125,
    ),
    Line(
        name="import_same",
        what="Import of the same file again, in entries that it stands for",
        unit="entries/s",
        probe="upsert",
        floor=0.29,  # 10,000 a second, of the same 34,000
        aim=0.58,
    ),
    Line(
        name="refresh",
        what="Plans worked out again a day later, differences written",
        unit="plans/s",
        probe="upsert",
        floor=0.028,  # 85,000 plans in 90 s, of the same 34,000
        aim=0.056,
    ),
    Line(
        name="date_moved",
        what="One day that moved, from its extract to the plan",
        unit="ms",
        probe="one_row",
        floor=14,  # 50 ms where the probe took 3.5
        aim=7,
        less_is_better=True,
    ),
    Line(
        name="pack",
        what="One release pack, from the button to the file of one sheet: 95 of 100 take no longer",
        unit="ms",
        probe="one_row",
        floor=43,  # 150 ms where the probe took 3.5
        aim=17,
        less_is_better=True,
    ),
    Line(
        name="packs_100",
        what="A hundred release packs asked for at once, to one file",
        unit="s",
        probe="one_row",
        floor=4.3,  # 15 s where the probe took 3.5
        aim=1.7,
        less_is_better=True,
    ),
    Line(
        name="record_50",
        what="Record page, the newest 50 entries",
        unit="pages/s",
        probe="point",
        floor=0.08,
        aim=0.14,
    ),
    Line(
        name="record_300",
        what="Record page, 300 entries",
        unit="pages/s",
        probe="jinja",
        floor=0.42,
        aim=0.69,
    ),
    Line(
        name="today",
        what="Today, who leaves in the next twelve weeks",
        unit="pages/s",
        probe="list",
        floor=0.45,  # 120 a second where the probe managed 263
        aim=0.72,
    ),
    Line(
        name="everyone",
        what="Everyone here, first page",
        unit="pages/s",
        probe="list",
        floor=0.45,  # 120 a second where the probe managed 263
        aim=0.72,
    ),
    Line(
        name="search",
        what="Everyone here, searched by the beginning of a name",
        unit="pages/s",
        probe="list",
        floor=0.45,
        aim=0.76,
    ),
    Line(
        name="save_note",
        what="Saving a note, with its audit row and the plan brought in step",
        unit="forms/s",
        probe="point",
        floor=0.12,  # 150 a second where the probe managed 1,277
        aim=0.24,
    ),
    Line(
        name="sign_in",
        what="Sign-in page",
        unit="pages/s",
        probe="point",
        floor=0.25,
        aim=0.4,
    ),
    Line(
        name="migrate",
        what="Migrations on an empty database",
        unit="s",
        probe="tables",
        floor=60,
        aim=20,
        less_is_better=True,
    ),
    Line(
        name="start",
        what="Server, from start to first page",
        unit="s",
        probe="bare_start",
        floor=8,
        aim=4,
        less_is_better=True,
    ),
)


def chosen(names: list[str]) -> tuple[Line, ...]:
    """The lines of these names, in the order of the table; all of them where none is named."""
    return tuple(line for line in LINES if not names or line.name in names)
