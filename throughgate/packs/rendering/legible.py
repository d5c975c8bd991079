"""Text as it may be laid out: what shows nothing is made to show, and nothing is endless."""

import re
import unicodedata
from collections.abc import Callable, Container
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from django.utils.translation import gettext

from throughgate.foundation.errors import Refused
from throughgate.packs.content import Sheet
from throughgate.packs.words.wording import wording

MARK = "◊"  # stands for a character that shows nothing, or that the print font does not have
HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs"}  # control, direction and zero width, unassigned, private, half a pair
MOST_IN_A_TEXT = 2_000  # letters: half a page
MOST_IN_A_SHEET = 40_000  # some fifteen pages, which takes a second to lay out


def legible(sheet: Sheet, *, letters: Container[str] | None = None) -> Sheet:
    """The sheet with every text safe to lay out; of those letters only, where they are told.

    Raises: Refused for a sheet that nobody would print.
    """
    sizes: list[int] = []
    cut = wording(sheet.edition.language)("… (too long to print: ask to see the rest)")

    def change(text: str) -> str:
        shown = _shown(text, letters, cut)
        sizes.append(len(shown))
        return shown

    laid: Sheet = _with_texts(sheet, change)
    if sum(sizes) > MOST_IN_A_SHEET:
        raise Refused(
            gettext("This sheet is too long to print. Leave some of it out, or shorten what was written.")
        )
    return laid


def texts(fact: Any) -> list[str]:
    """Every text in a sheet or a part of it, in order."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    _with_texts(fact, keep)
    return found


def has_marks(sheet: Sheet) -> bool:
    return any(MARK in text for text in texts(sheet))


def _shown(text: str, letters: Container[str] | None, cut: str) -> str:
    """One text: composed, without hidden characters, in these letters, and cut where it is endless."""
    plain = unicodedata.normalize("NFC", re.sub(r"[^\S\n]", " ", text[: 2 * MOST_IN_A_TEXT]))
    shown = "".join(each if _can_be_shown(each, letters) else MARK for each in plain)
    if len(shown) <= MOST_IN_A_TEXT:
        return shown
    return f"{shown[:MOST_IN_A_TEXT]} {cut}"


def _can_be_shown(letter: str, letters: Container[str] | None) -> bool:
    if letter == "\n":
        return True
    return unicodedata.category(letter) not in HIDDEN and (letters is None or letter in letters)


def _with_texts(fact: Any, change: Callable[[str], str]) -> Any:
    """The same shape with each text changed. A member of an enumeration is no text."""
    if isinstance(fact, Enum):
        return fact
    if isinstance(fact, str):
        return change(fact)
    if isinstance(fact, tuple):
        parts = [_with_texts(part, change) for part in fact]
        return type(fact)(*parts) if hasattr(fact, "_fields") else tuple(parts)
    if is_dataclass(fact) and not isinstance(fact, type):
        return replace(fact, **{f.name: _with_texts(getattr(fact, f.name), change) for f in fields(fact)})
    return fact
