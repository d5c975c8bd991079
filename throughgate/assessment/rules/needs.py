"""What a need, or a word on what they had before custody, has to be before it is kept. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set

LONGEST = 4_000  # characters: what needs more is a note
LONGEST_LINE = 200
IN_WORDS = "words"  # of the code set need_levels
GREATEST_FIRST = ("crisis", "high", IN_WORDS, "some", "none")
SCALE = tuple(level for level in reversed(GREATEST_FIRST) if level != IN_WORDS)


@dataclass(frozen=True, kw_only=True)
class Need:
    """How great a need is, as a worker learnt it."""

    domain: str  # of the code set need_domains
    how_far: str  # of need_levels
    said: str = ""  # what the person says
    text: str = ""
    matters: str = ""  # how much it does to the person; of need_importance


@dataclass(frozen=True, kw_only=True)
class Before:
    """What they had before custody, as a worker learnt it."""

    topic: str  # of the code set before_custody
    had: bool | None  # None: not said
    who: str = ""
    reach: str = ""
    since_on: date | None = None
    last_on: date | None = None
    text: str = ""


def wrong_with_need(need: Need, *, offered: Collection[str]) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when it can be kept.

    `offered` are the domains this role records. Of some there is no more or less: that somebody is in danger
    is told in words, lest "none" be read as safe.
    """
    sentences = {
        "domain": "" if need.domain in offered else "Choose what it is about.",
        "how_far": _wrong_with_level(need),
        "said": wrong.too_long(need.said, LONGEST) or _wordless(need),
        "text": wrong.too_long(need.text, LONGEST),
        "matters": _wrong_with_importance(need),
    }
    return wrong.parts(sentences)


def wrong_with_before(before: Before, *, offered: Collection[str], on: date) -> dict[str, str]:
    """As with a need."""
    sentences = {
        "topic": "" if before.topic in offered else "Choose what they had.",
        "had": _wrong_with_having(before),
        "who": wrong.too_long(before.who, LONGEST_LINE),
        "reach": wrong.too_long(before.reach, LONGEST_LINE),
        "since_on": _to_come(before.since_on, on),
        "last_on": _to_come(before.last_on, on) or _turned(before),
        "text": wrong.too_long(before.text, LONGEST),
    }
    return wrong.parts(sentences)


def place(matters: str, how_far: str) -> tuple[int, int]:
    """Where a need stands in a plan, least first: by how much it matters to them, then by how great it is.

    What nobody asked them about comes after all they chose, and before what they do not want now.
    """
    chosen = list(code_set("need_importance").labels())
    return [*chosen[:-1], "", chosen[-1]].index(matters), GREATEST_FIRST.index(how_far)


def is_stale(domain: str, said_on: date, *, on: date) -> bool:
    """Whether a need was told so long ago that it is asked again."""
    row = code_set("need_domains").get(domain)
    return row is not None and on > said_on + timedelta(days=int(row["stale_after_days"]))


def stands_in_the_way(how_far: str) -> bool:
    """Whether there is a need: told in words only, there is one until somebody reads them."""
    return how_far != "none"


def _wrong_with_level(need: Need) -> str:
    if need.how_far not in code_set("need_levels"):
        return "Choose how great the need is."
    row = code_set("need_domains").get(need.domain)
    if row and row["has_levels"] == "no" and need.how_far != IN_WORDS:
        return "This one has no more or less. Choose “Told in words only”, and tell it."
    return ""


def _wrong_with_importance(need: Need) -> str:
    is_known = not need.matters or need.matters in code_set("need_importance")
    return "" if is_known else "Choose how much it matters to them."


def _wordless(need: Need) -> str:
    is_wordless = need.how_far == IN_WORDS and not (need.said or need.text)
    return "Write what they say, or what you see." if is_wordless else ""


def _wrong_with_having(before: Before) -> str:
    if before.had is None:
        return "Choose whether they had it."
    if not before.had and (before.who or before.reach):
        return "You choose that they had none, and name somebody. Put one of the two right."
    return ""


def _to_come(day: date | None, on: date) -> str:
    return "This day is still to come." if day and day > on else ""


def _turned(before: Before) -> str:
    is_turned = before.since_on and before.last_on and before.last_on < before.since_on
    return "The last day is before the first." if is_turned else ""
