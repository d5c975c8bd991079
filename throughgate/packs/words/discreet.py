"""What may stand on a sheet that names no drug service and no medicine."""

from collections.abc import Iterable
from dataclasses import replace

from throughgate.directory.rules import names
from throughgate.packs.content import Item, Sheet


def discreet(sheet: Sheet, forbidden: Iterable[str]) -> Sheet:
    """The sheet without any line that says one of these words, whoever wrote it; who it is for stays."""
    words = frozenset(word for word in forbidden if word)
    kept = (replace(section, items=tuple(_kept(section.items, words))) for section in sheet.sections)
    return replace(sheet, sections=tuple(section for section in kept if section.items))


def _kept(items: Iterable[Item], words: frozenset[str]) -> Iterable[Item]:
    for item in items:
        if names(item.title, words):
            continue
        where = item.where
        if where and any(names(text, words) for text in (where.name, *where.address, where.opening)):
            where = None
        elif where:
            seen = tuple(each for each in where.landmarks if not names(each.name, words))
            where = where._replace(landmarks=seen)
        lines = tuple(line for line in item.lines if not names(line, words))
        yield replace(item, lines=lines, where=where)
