"""What may stand on a sheet that names no drug service and no medicine."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from throughgate.packs.content import Item, Sheet


def discreet(sheet: Sheet, forbidden: Iterable[str]) -> Sheet:
    """The sheet without any line that says one of these words, whoever wrote it; who it is for stays."""
    words = frozenset(word.casefold() for word in forbidden if word)
    kept = (replace(section, items=tuple(_kept(section.items, words))) for section in sheet.sections)
    return replace(sheet, sections=tuple(section for section in kept if section.items))


def says(text: str, words: frozenset[str]) -> bool:
    """Whether one of these words, in small letters, begins a word of the text."""
    return bool(_pattern(words).search(" ".join(text.casefold().split()))) if words else False


@lru_cache(maxsize=64)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in sorted(words))})")


def _kept(items: Iterable[Item], words: frozenset[str]) -> Iterable[Item]:
    for item in items:
        if says(item.title, words):
            continue
        where = item.where
        if where and any(says(text, words) for text in (where.name, *where.address, where.opening)):
            where = None
        lines = tuple(line for line in item.lines if not says(line, words))
        yield replace(item, lines=lines, where=where)
