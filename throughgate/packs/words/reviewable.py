"""The words on sheets that somebody has to review before they are trusted, by subject.

What is said to stay safe is a clinician's to review, a substance at a time; the Welsh of a whole sheet is a
Welsh speaker's.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract_from_file

from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Language
from throughgate.packs.rules import reviews
from throughgate.packs.rules.reviews import HARM_REDUCTION, TRANSLATIONS
from throughgate.packs.words import harm_reduction
from throughgate.packs.words.wording import wording

PACKS = Path(__file__).resolve().parents[1]
GAP = re.compile(r"%\((\w+)\)s")
# Where the strings stand that the person's own sheet is made of; the next worker's is in English alone.
OWN_SHEET = (
    "words/__init__.py",
    "words/person.py",
    "words/shut.py",
    "words/wording.py",
    "rendering/layout.py",
    "rendering/legible.py",
    "rendering/pictures.py",
    "rendering/spoken.py",
)


class Line(NamedTuple):
    """One thing a sheet can say."""

    english: str
    welsh: str
    source: str = ""
    verified: str = ""  # as in a code set; "" where there is nothing to verify


@dataclass(frozen=True, slots=True)
class Subject:
    """Words that are reviewed as one."""

    what: str  # of the table of reviewers
    slug: str  # a substance, or the code of a language
    lines: tuple[Line, ...]
    upstream: str  # who has reviewed it before it was shipped, and when; "" nobody

    @property
    def id(self) -> str:
        return f"{self.what}:{self.slug}"

    @property
    def fingerprint(self) -> str:
        """Of what its reviewer answers for: a clinician for the English, a Welsh speaker for both."""
        if self.what == TRANSLATIONS:
            return reviews.fingerprint([[each.english, each.welsh] for each in self.lines])
        return reviews.fingerprint([[each.english] for each in self.lines])


@cache
def subjects() -> Mapping[str, Subject]:
    """By slug, in the order they are read: what is said to stay safe first."""
    found = [*_substances(), _welsh()]
    return {each.slug: each for each in found}


@cache
def fingerprints() -> Mapping[str, str]:
    """Of the words as they are now, by the id of their subject."""
    return {each.id: each.fingerprint for each in subjects().values()}


def _substances() -> Iterator[Subject]:
    for substance in harm_reduction.every():
        rows = harm_reduction.rows(substance)
        yield Subject(
            HARM_REDUCTION,
            substance,
            tuple(Line(row["english"], row["welsh"], row["source"], row["verified"]) for row in rows),
            harm_reduction.reviewed_upstream(substance),
        )


def _welsh() -> Subject:
    """With its Welsh of what is said to stay safe, which no clinician reads."""
    _ = wording(Language.WELSH)
    fixed = [Line(_with_gaps(text), _with_gaps(_(text))) for text in sorted(_strings())]
    safe = [Line(*each[:2]) for subject in _substances() for each in subject.lines]
    return Subject(TRANSLATIONS, Language.WELSH.value, (*fixed, *safe), _.reviewed_upstream())


def _with_gaps(text: str) -> str:
    """What is put into it as a reader sees it, such as "[day]"."""
    return GAP.sub(r"[\1]", text)


def _strings() -> set[str]:
    jobs = {row["label"] for row in code_set("review_jobs").rows if row["what"] == HARM_REDUCTION}
    return jobs | {str(found[1]) for path in OWN_SHEET for found in extract_from_file("python", PACKS / path)}
