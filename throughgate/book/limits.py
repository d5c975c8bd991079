"""What local practice may set about books, each with its source: numbers, and which roles do what."""

from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from throughgate.foundation.codesets import code_set


@cache
def limits() -> Mapping[str, int]:
    """The numbers of the code set `book_limits`."""
    return MappingProxyType({row["code"]: int(row["number"]) for row in code_set("book_limits").rows})


def stages(awaited: Collection[str]) -> tuple[str, ...]:
    """What of the standard assessment people may answer themselves, in the order in which it is offered.

    At any time, or once the pathway asks for it: `awaited` are those it asks for now.
    """
    rows = code_set("book_stages").rows
    return tuple(row["stage"] for row in rows if row["is_awaited"] == "no" or row["stage"] in awaited)


@cache
def roles_that(what: str) -> frozenset[str]:
    """Roles that may do it: gives (a code on paper), sits (beside the person), hears (how they are)."""
    return frozenset(row["role"] for row in code_set("book_roles").rows if row[what] == "yes")
