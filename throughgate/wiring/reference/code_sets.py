"""The code sets: what each is, where it comes from and how far it was checked; the small ones in full."""

from collections import Counter

from throughgate.foundation.codesets import PROVENANCE, CodeSet, code_set, names
from throughgate.wiring.reference.markdown import code, link, paragraphs, table

SMALL = 25  # rows; a longer table is read in its file
ORDER = ("yes", "derived", "no")
HEAD = f"""\
# Code sets

Versioned tables of codes. Those of up to {SMALL} rows stand below, the others in their files. [What their
columns mean, and how a table is changed](../../data/code_sets/README.md). *Checked* counts rows: *yes*,
seen in the source; *derived*, worked out by us from it; *no*, from memory or by analogy, to be checked
before anybody relies on it."""


def page() -> str:
    sets = [code_set(name) for name in names()]
    return paragraphs(
        HEAD,
        table(("table", "what it is", "version", "rows", "checked", "source"), map(_entry, sets)),
        *(_in_full(each) for each in sets if _is_small(each)),
    )


def _entry(each: CodeSet) -> tuple[str, ...]:
    meta = each.meta
    place = f"#{meta.name}" if _is_small(each) else f"../../data/code_sets/{meta.name}.csv"
    name = link(code(meta.name), place)
    return name, meta.title, meta.version, str(len(each.rows)), _checked(each), meta.source


def _is_small(each: CodeSet) -> bool:
    return len(each.rows) <= SMALL


def _checked(each: CodeSet) -> str:
    counts = Counter(row["verified"] for row in each.rows)
    return ", ".join(f"{counts[value]} {value}" for value in ORDER if counts[value])


def _in_full(each: CodeSet) -> str:
    """With the dates of its rows, and where they were checked differently, that too."""
    columns = [name for name in each.rows[0] if name not in PROVENANCE] if each.rows else []
    columns += ["valid_from", "valid_to", *(["verified"] if each.meta.verified == "mixed" else [])]
    rows = (
        [code(row[name]) if name in each.meta.key else row[name] for name in columns] for row in each.rows
    )
    return paragraphs(f"## {each.meta.name}", f"{each.meta.title}.", table(columns, rows))
