"""Whether the words that people are given to take with them are easy to read."""

import re

import pytest
from babel.messages.extract import extract_from_file

from tests.architecture.source import ROOT
from throughgate.foundation import reading
from throughgate.foundation.codesets import code_set
from throughgate.foundation.reading import grade
from throughgate.packs.words.harm_reduction import names

WORDS = (
    "throughgate/packs/words/__init__.py",
    "throughgate/packs/words/person.py",
    "throughgate/packs/words/wording.py",
    "throughgate/packs/rendering/layout.py",
    "throughgate/packs/rendering/pictures.py",
    "throughgate/pages/sharing/paper.py",
)
EASY = 4.0  # about an age of nine
FEWEST = 4  # words: of fewer the measure says nothing
# Long words that people know from every day inside and after, and that no short one replaces.
KNOWN = frozenset(
    {"medicine", "medicines", "appointment", "probation", "pharmacy", "prescription", "alcohol"}
)


def said() -> list[str]:
    """Every English string of the person's own sheet; what is put into one counts as a short word."""
    fixed = [str(found[1]) for path in WORDS for found in extract_from_file("python", ROOT / path)]
    tables = ("harm_reduction", "sharing_answers", "sharing_limits", "sharing_topics")
    advice = [row["english"] for table in tables for row in code_set(table).rows]
    return [re.sub(r"%\((\w+)\)s", "it", text) for text in (*fixed, *advice)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The cat sat on the mat.", -1.4, id="six words of one syllable"),
        pytest.param("Go. Stop. Run.", -3.4, id="three sentences"),
        pytest.param("The prescription was transferred electronically yesterday.", 18.2, id="long words"),
        pytest.param("Ring 999 now.", -2.6, id="a number is one syllable"),
        pytest.param("", 0.0, id="nothing"),
    ],
)
def test_grade(text: str, expected: float) -> None:
    assert grade(text) == expected


def test_what_is_easier_than_any_grade_is_told_so() -> None:
    assert [reading.shown(text) for text in ("Go slow.", "Rest.")] == ["below 1", "below 1"]
    assert float(reading.shown("Talk to a nurse or a doctor before you change what you take.")) >= 1


def test_a_name_counts_as_a_short_word() -> None:
    assert (
        grade("Take your buprenorphine home.", names=frozenset({"buprenorphine"}))
        < 0
        < grade("Take your buprenorphine home.")
    )


def test_every_line_of_their_own_sheet_is_easy_to_read() -> None:
    masked = names() | KNOWN
    hard = [text for text in said() if len(text.split()) >= FEWEST and grade(text, names=masked) > EASY]
    assert hard == []


def test_their_own_sheet_is_easy_to_read_as_a_whole() -> None:
    whole = " ".join(text if text.endswith((".", "?")) else f"{text}." for text in said())
    assert grade(whole, names=names()) <= EASY
