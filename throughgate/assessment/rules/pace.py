"""How long asking takes, by a model of voices, eyes and hands: no stopwatch, and no real people. Pure.

The keystroke-level model of Card, Moran and Newell, with what is said aloud and what the person answers. It
knows no errors, no second thoughts, no interpreter and nobody ill. Its numbers: code set `asking_paces`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from throughgate.foundation.codesets import code_set

Pace = Literal["number", "slow"]  # columns of the table
A_MINUTE = 60


@dataclass(frozen=True, kw_only=True)
class Effort:
    """What asking takes of who asks and of who answers."""

    said: int = 0  # words read aloud
    read: int = 0  # words read silently
    answers: int = 0  # said by the person
    decisions: int = 0  # which box, link or button; several boxes of one answer are one
    presses: int = 0  # pointed at with the mouse, and pressed
    scrolls: int = 0
    fields: int = 0  # typed into
    keys: int = 0
    pages: int = 0  # that are waited for


def seconds(effort: Effort, *, pace: Pace = "number") -> float:
    """One after another, as if nobody pressed while the other still talks."""
    of = _paces(pace)
    voices = effort.said / of["said"] * A_MINUTE + effort.answers * (of["thought"] + of["answer"])
    eyes = effort.read / of["read"] * A_MINUTE + effort.pages * of["page"]
    mouse = effort.presses * (of["point"] + of["press"]) + effort.scrolls * of["point"]
    typing = effort.fields * 2 * of["home"] + effort.keys * of["key"]
    return voices + eyes + effort.decisions * of["mind"] + mouse + typing


def keys_of_a_line() -> int:
    return round(_paces("number")["line"])


@cache
def _paces(pace: Pace) -> Mapping[str, float]:
    return {row["code"]: float(row[pace]) for row in code_set("asking_paces").rows}
