"""The numbers of the code set `assessment_limits`. Pure."""

from throughgate.foundation.codesets import code_set


def limit(code: str) -> int:
    """As the table has it, in its unit."""
    return {row["code"]: int(row["number"]) for row in code_set("assessment_limits").rows}[code]
