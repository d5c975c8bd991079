"""What a person's own sheet says to stay safe, with its sources, for whoever reviews it."""

from itertools import groupby

from throughgate.foundation import reading
from throughgate.foundation.codesets import Row, code_set
from throughgate.packs.words import harm_reduction
from throughgate.wiring.reference.markdown import paragraphs, table

HEAD = """\
# What a sheet says to stay safe

The lines of a person's own sheet by substance, as the rows of
[`harm_reduction`](../../data/code_sets/harm_reduction.csv). Which of them somebody is given goes by
[`substances`](../../data/code_sets/substances.csv). A discreet sheet has none of them.

Nothing here advises a dose. The grade is how hard the English is to read, names of drugs not counted
([Flesch-Kincaid](../../throughgate/foundation/reading.py)): 4 is about an age of nine.
`derived`: said by us in plain words of what the source found. `no`: not checked against any source."""
NOT_REVIEWED = "**No clinician has reviewed these yet**, nor a Welsh speaker the Welsh."
COLUMNS = ("English", "Welsh", "Grade", "Reviewed", "Verified", "Source")


def page() -> str:
    rows = code_set("harm_reduction").rows
    parts = groupby(rows, key=lambda row: row["substance"])
    note = "" if all(row["reviewed_by"] for row in rows) else NOT_REVIEWED
    return paragraphs(
        HEAD, note, *(text for substance, found in parts for text in _substance(substance, list(found)))
    )


def _substance(substance: str, rows: list[Row]) -> tuple[str, str]:
    return f"## {substance.capitalize()}", table(COLUMNS, [_line(row) for row in rows])


def _line(row: Row) -> tuple[str, ...]:
    reviewed = f"{row['reviewed_by']}, {row['reviewed_on']}" if row["reviewed_by"] else "not yet"
    level = reading.shown(row["english"], names=harm_reduction.names())
    return row["english"], row["welsh"], level, reviewed, row["verified"], row["source"]
