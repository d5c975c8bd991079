"""Short forms of first names, as the code set `short_names` has them: Bill is William alone. Pure."""

from functools import cache

from throughgate.foundation.codesets import code_set
from throughgate.people.rules import fold


def is_short_form(a: str, b: str) -> bool:
    """Whether one of two folded names is a short form of the other, whichever comes first.

    Two short forms of one name are not: neither tells which name it is.
    """
    return frozenset({a, b}) in _pairs()


@cache
def _pairs() -> frozenset[frozenset[str]]:
    rows = (row for row in code_set("short_names").rows if not row["valid_to"])
    return frozenset(frozenset({fold(row["short"]), fold(row["name"])}) for row in rows)
