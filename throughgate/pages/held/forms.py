"""What the pages about who is who send."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from throughgate.pages.typed import id_in


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer as it was typed."""

    answer: str = ""  # same, different; "" not chosen
    reason: str = ""


def said(given: Mapping[str, str]) -> Said:
    return Said(answer=given.get("answer", ""), reason=given.get("reason", "").strip())


def place(given: Mapping[str, str], name: str) -> UUID | None:
    """Where a page of a list begins; None for the first."""
    return id_in(given, name)
