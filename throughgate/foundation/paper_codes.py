"""Codes that people copy from paper: none of their letters looks like another, and one more checks the rest.

Without vowels, so that no word comes out. There are 23 of them, a prime: one letter mistaken is always seen,
and so are two that changed places.
"""

from collections.abc import Sequence

LETTERS = "2346789CDFHJKMNPQRTVWXY"
LENGTH = 12  # the last of them checks the others
GROUP = 4


def code_of(drawn: Sequence[int]) -> str:
    """The code of these numbers, each below the number of letters; one fewer than a code has letters."""
    letters = "".join(LETTERS[number] for number in drawn)
    return letters + _check(letters)


def written(code: str) -> str:
    """ "CD23-FHJK-789X", as it stands on paper."""
    return "-".join(code[first : first + GROUP] for first in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """The code that somebody typed, in whichever way they set it out; "" where it is none."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    is_whole = len(code) == LENGTH and set(code) <= set(LETTERS)
    return code if is_whole and code[-1] == _check(code[:-1]) else ""


def _check(letters: str) -> str:
    weighed = sum(place * LETTERS.index(letter) for place, letter in enumerate(letters, start=1))
    return LETTERS[weighed % len(LETTERS)]
