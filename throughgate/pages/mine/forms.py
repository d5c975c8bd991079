"""What the pages of a person's own book send: shapes only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from throughgate.pages import typed
from throughgate.pages.typed import TypedDay
from throughgate.staff import factors

LONGEST = 200  # letters of a code or a word: what is longer is neither


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A code and a birth date as they were typed."""

    code: str
    born: TypedDay


def opening(given: Mapping[str, str]) -> Opening:
    return Opening(code=given.get("code", "")[:LONGEST].strip(), born=typed.day_in(given, "born"))


def word(given: Mapping[str, str], name: str = "word") -> str:
    return given.get(name, "")[:LONGEST]


def passkey(given: Mapping[str, str]) -> Any:
    """What a browser says that a passkey answered; None for what no browser says."""
    return factors.passkeys_answer(given.get("credential", ""))
