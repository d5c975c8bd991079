"""Whether the pages of a person's own book are easy to read."""

import re

from babel.messages.extract import extract_from_file

from tests.architecture.source import ROOT
from tests.rules.test_rendering_reading import EASY, FEWEST, KNOWN
from throughgate.foundation.reading import grade
from throughgate.packs.words.harm_reduction import names

PAGES = ROOT / "throughgate" / "pages" / "mine"
WORDS = [PAGES / "presenters.py", *sorted(PAGES.glob("*_words.py"))]
# Long words of every day that no short one replaces here.
EVERYDAY = frozenset({"computer", "internet", "emergency", "probation", "england", "nobody"})


def said() -> list[str]:
    """Every English string of these pages; what is put into one counts as a short word."""
    fixed = [str(found[1]) for path in WORDS for found in extract_from_file("python", path)]
    return [re.sub(r"%\((\w+)\)s", "it", text) for text in fixed]


def test_every_line_of_these_pages_is_easy_to_read() -> None:
    masked = names() | KNOWN | EVERYDAY
    hard = [text for text in said() if len(text.split()) >= FEWEST and grade(text, names=masked) > EASY]
    assert hard == []


def test_these_pages_are_easy_to_read_as_a_whole() -> None:
    whole = " ".join(text if text.endswith((".", "?")) else f"{text}." for text in said())
    assert grade(whole, names=names()) <= EASY
