"""What counts as "nothing was recorded", from the code set, ready for the rules."""

from functools import cache

from throughgate.foundation.codesets import code_set
from throughgate.people.rules import missing


@cache
def placeholders(kind: str) -> frozenset[str]:
    """Values that mean "nothing" in a field of this kind (`date`, `name`, `identifier`...) or in any."""
    rows = code_set("placeholders").rows
    return missing(row["value"] for row in rows if row["kind"] in {kind, "any"})


@cache
def name_marks() -> tuple[str, ...]:
    """What systems put in front of a name."""
    return tuple(row["value"] for row in code_set("placeholders").rows if row["kind"] == "name_prefix")
