"""What a sentence about an entry is made of."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from throughgate.pages.components.shapes import Mark
from throughgate.pages.wording import Wording

ENDS = ("?", "!", ".”", "?”", "!”")


class Words(NamedTuple):
    """An entry in words: what kind of thing, what it says, and what to notice about it."""

    kind: str
    text: str
    marks: tuple[Mark, ...] = ()


def dated(days: Iterable[tuple[str, date | None]], _: Wording) -> str:
    """The days that are told, each in its words."""
    return ", ".join(words % {"day": _.day(on)} for words, on in days if on)


def joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def sentences(parts: Iterable[str]) -> str:
    """Parts that say something, each as a short sentence; what ends one already gets no second stop."""
    said = [part.strip() for part in parts if part and part.strip()]
    ended = (part if part.endswith(ENDS) else f"{part.rstrip('.')}." for part in said)
    return " ".join(f"{part[0].upper()}{part[1:]}" for part in ended)
