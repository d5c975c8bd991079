"""Words found nowhere else: one for each field of each record, so that a page tells whose words it shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count, cycle, islice, product
from string import ascii_lowercase
from uuid import UUID

# What somebody could type to have it run, tried in each field in turn.
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><iframe srcdoc=x>",
    "</script><script src=//x></script>",
    "javascript:alert(1)",
    "{{7*7}}{%raw%}${7*7}",
    "\u202e<b style=x onmouseover=alert(1)>",
)
TOKEN = re.compile(
    r"qzk[a-z]{4}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[a-z][0-9]{4}[a-z]{2}\b", re.IGNORECASE
)


class Kept(StrEnum):
    """From whom something is kept beside those whose role does not read its category."""

    NOBODY = "from nobody"
    RESTRICTED = "from every role but a few"
    SOME = "for somebody else alone"
    PERSON = "from the person"


@dataclass(frozen=True)
class Canary:
    """Something of somebody's record: a word of it, a number of theirs, or the id of an entry."""

    word: str
    whose: str  # how whoever sweeps stands to them: a key of the world's people
    category: str
    where: str  # kind and column, to find the leak by
    kept: Kept = Kept.NOBODY

    @property
    def is_word(self) -> bool:
        return self.word.startswith("qzk")

    @property
    def is_id(self) -> bool:
        return "-" in self.word


@dataclass
class Canaries:
    """Every one that was let out, by its word."""

    known: dict[str, Canary] = field(default_factory=dict)
    _words: Iterator[str] = field(default_factory=lambda: map("".join, product(ascii_lowercase, repeat=4)))
    _attacks: Iterator[str] = field(default_factory=lambda: cycle(ATTACKS))
    _numbers: Iterator[int] = field(default_factory=lambda: count(1001))

    def word(self, whose: str, category: str, where: str, *, kept: Kept = Kept.NOBODY) -> str:
        return self.watch("qzk" + next(self._words), whose, category, where, kept=kept)

    def hostile(
        self, whose: str, category: str, where: str, *, most: int | None, kept: Kept = Kept.NOBODY
    ) -> str:
        """A word with something after it that must never run, where the field has room for both."""
        word = self.word(whose, category, where, kept=kept)
        attacks = (attack for attack in islice(self._attacks, len(ATTACKS)) if room(word + attack, most))
        return word + next(attacks, "")

    def number(self, whose: str) -> str:
        """A prison number."""
        return self.watch(f"Z{next(self._numbers)}QZ", whose, "identity_contact", "prison number")

    def watch(
        self, word: str | UUID, whose: str, category: str, where: str, *, kept: Kept = Kept.NOBODY
    ) -> str:
        canary = Canary(str(word).lower(), whose, category, where, kept)
        self.known[canary.word] = canary
        return str(word)

    def found(self, text: str) -> set[Canary]:
        """Those that a text holds, in whatever case."""
        words = {match.group().lower() for match in TOKEN.finditer(text)}
        return {self.known[word] for word in words & self.known.keys()}


def room(text: str, most: int | None) -> bool:
    return most is None or len(text) <= most
