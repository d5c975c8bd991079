"""What local practice may set about books, each with its source: numbers, and which roles do what."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from throughgate.foundation.codesets import code_set


@cache
def limits() -> Mapping[str, int]:
    """The numbers of the code set `book_limits`."""
    return MappingProxyType({row["code"]: int(row["number"]) for row in code_set("book_limits").rows})


@cache
def roles_that(what: str) -> frozenset[str]:
    """Roles that may do it: gives (a code on paper), sits (beside the person), hears (how they are)."""
    return frozenset(row["role"] for row in code_set("book_roles").rows if row[what] == "yes")
