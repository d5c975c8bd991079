"""What is taken in of a prisoner search document, as what, and what is left at the source."""

from throughgate.foundation.codesets import code_set
from throughgate.wiring.reference.markdown import code, paragraphs, table

HEAD = """\
# Prisoner search

An extract in the format `prisoner-search`: documents of HMPPS Prisoner Search, one for each prison number,
as a JSON array, a paged answer or JSON lines. [How to bring one in](../how-to/bring-in-an-extract.md).
Names are those of the source; `[]` stands for each of a list.

What cannot be read is kept as written, flagged, and shown *check by hand*. A placeholder such as "string"
is missing ([code sets](code-sets.md#placeholders)). A field that stands in none of the lists below is not
read."""
DATES = """\
Each is kept as its own type, with when it was told. Those with a place may stand for the release; the
first goes before the second where [nothing else decides](states.md#choosing-a-release-date)."""
NUMBERS = "`identifiers[].type` says which number it is. A kind that is not needed is not taken in."


def page() -> str:
    return paragraphs(
        HEAD,
        "## Taken in",
        _fields("yes", becomes="becomes"),
        "## Dates",
        DATES,
        _dates(),
        "## Numbers",
        NUMBERS,
        _numbers(),
        "## Left at the source",
        _fields("no", becomes="why it is left"),
    )


def _fields(taken: str, *, becomes: str) -> str:
    rows = (row for row in code_set("prisoner_search_fields").rows if row["taken"] == taken)
    return table(
        ("field", "says", becomes), ((code(row["field"]), row["meaning"], row["note"]) for row in rows)
    )


def _dates() -> str:
    rows = (
        (code(row["field"]), row["label"], code(row["code"]), row["rank"], row["certainty"], row["note"])
        for row in code_set("release_date_types").rows
    )
    return table(("field", "says", "type", "place", "certainty", ""), rows)


def _numbers() -> str:
    rows = (
        (code(row["code"]), row["label"], code(row["system"]), row["note"])
        for row in code_set("identifier_types").rows
    )
    return table(("type", "is", "taken in as", ""), rows)
