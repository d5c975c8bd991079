"""Figures that name nobody: about how few people they are left out, over how long they count. Pure."""

from throughgate.foundation.codesets import code_set


def limit(code: str) -> int:
    """Of the code set `figure_limits`, in its unit."""
    return {row["code"]: int(row["number"]) for row in code_set("figure_limits").rows}[code]


def shown(figure: int, *, of: int) -> int | None:
    """A figure about so many people; None where they are so few that it could tell of one of them."""
    return None if of < limit("smallest_number") else figure
