"""The domains of need that goals, tasks and leads are about, each with its sharing category."""

from throughgate.foundation.codesets import code_set

DOMAINS = {row["code"]: row["category"] for row in code_set("need_domains").rows}
