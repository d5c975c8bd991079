"""How hard a text is to read: the Flesch-Kincaid grade, for words that people in custody are given.

Grade 4 is about an age of nine. The measure was made for long American texts, so of a short line it says only
that it is not hard; whether the line is clear is judged by eye.
Source: Kincaid and others 1975, Research Branch Report 8-75:
0.39 words a sentence + 11.8 syllables a word - 15.59.
"""

import re

EASIEST = 1  # what comes out lower says no more than that a text is easy
MASK = "it"  # what a name or a medicine counts as: nobody can choose a shorter one
WORD = re.compile(r"[a-z0-9']+")
NUMBER = re.compile(r"\d")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouyl]l)e$|(?<=[^dt])ed$|(?<=[^aeiouysxz])es$")


def grade(text: str, *, names: frozenset[str] = frozenset()) -> float:
    """The reading grade (Flesch-Kincaid) of a text. `names`, in small letters, count as short words."""
    sentences = max(1, len(re.findall(r"[.!?:;]+(?:\s|$)", text)))
    words = [MASK if word in names else word for word in WORD.findall(text.lower())]
    if not words:
        return 0.0
    syllables = sum(map(_syllables, words))
    return round(0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59, 1)


def shown(text: str, *, names: frozenset[str] = frozenset()) -> str:
    """The grade as it is told; of what is easier than any grade, no more than that."""
    level = grade(text, names=names)
    return str(level) if level >= EASIEST else f"below {EASIEST}"


def _syllables(word: str) -> int:
    """Groups of vowels, less those that are not spoken; a number is one."""
    if NUMBER.search(word):
        return 1
    return max(1, len(VOWELS.findall(SILENT.sub("", word))))
