"""The shape of what an entry says, and how its parts become sentences."""

from collections.abc import Iterable
from typing import NamedTuple

from throughgate.pages.components.shapes import Mark


class Words(NamedTuple):
    """An entry in words: what kind of thing, what it says, and what to notice about it."""

    kind: str
    text: str
    marks: tuple[Mark, ...] = ()


def sentences(parts: Iterable[str]) -> str:
    """Parts that say something, each as a short sentence."""
    said = [part.strip().rstrip(".") for part in parts if part and part.strip()]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in said)
