"""The numbers that local practice may set, each with its source in the code set `pathway_limits`."""

from functools import cache

from throughgate.foundation.codesets import code_set


@cache
def limit(code: str) -> int:
    """Raises: KeyError for a number the table does not hold, a fault in the delivery."""
    return {row["code"]: int(row["number"]) for row in code_set("pathway_limits").rows}[code]
