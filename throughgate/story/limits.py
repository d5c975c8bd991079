"""How much people may attach to their story, as local practice sets it."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from throughgate.foundation.codesets import code_set


@cache
def limits() -> Mapping[str, int]:
    """The numbers of the code set `story_limits`."""
    return MappingProxyType({row["code"]: int(row["number"]) for row in code_set("story_limits").rows})
