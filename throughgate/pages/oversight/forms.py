"""What the pages of those who check how records are used send, and what has to be put right of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from throughgate.foundation.errors import Refused
from throughgate.foundation.wrong import ToPutRight
from throughgate.oversight.rules import Said
from throughgate.pages import wording
from throughgate.pages.components.shapes import Problem
from throughgate.pages.typed import PARTS, day_in

LONGEST_KEY = 120  # characters: what the table holds of it


@dataclass(frozen=True, kw_only=True)
class Typed:
    """An outcome as it was typed; its key is the same however often it is sent."""

    said: Said
    key: str
    day: Mapping[str, str]  # day, month, year


@dataclass(frozen=True, kw_only=True)
class Asking:
    """That a look is not to be shown, and why."""

    ground: str = ""
    words: str = ""


def outcome(given: Mapping[str, str]) -> Typed:
    asked = day_in(given, "ask_again_on")
    said = Said(
        finding=given.get("finding", ""),
        words=given.get("words", "").strip(),
        telling=given.get("telling", ""),
        why_unsafe=given.get("why_unsafe", "").strip(),
        ask_again_on=asked.on,
    )
    return Typed(said=said, key=given.get("form_key", "")[:LONGEST_KEY], day=asked.parts)


def no_outcome(key: str) -> Typed:
    """The form before it is sent."""
    return Typed(said=Said(), key=key, day=dict.fromkeys(PARTS, ""))


def wrong_with(refusal: Refused) -> dict[str, str]:
    """What has to be put right, by control; by none where it is of the whole."""
    found = refusal.sentences if isinstance(refusal, ToPutRight) else {"": str(refusal)}
    return {control: wording.sentence(why) for control, why in found.items()}


def problems(wrong: Mapping[str, str]) -> list[Problem]:
    return [Problem(why, control) for control, why in wrong.items()]


def asking(given: Mapping[str, str]) -> Asking:
    return Asking(ground=given.get("ground", ""), words=given.get("words", "").strip())
