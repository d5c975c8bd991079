"""What the person agrees to, line by line. Pure."""

import json
from collections.abc import Collection, Iterable
from hashlib import sha256

from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused
from throughgate.packs.rules import Fact


def token(fact: Fact) -> str:
    """Stands for a fact as it was read out: another once it says something else, or another says it."""
    said = json.dumps([fact.key, fact.said, fact.by], sort_keys=True)
    return sha256(said.encode()).hexdigest()[:32]


def agreed(tokens: Collection[str], offered: Iterable[Fact]) -> tuple[Fact, ...]:
    """Those of the facts to which they agreed, word for word.

    Raises: Refused for nothing, and for what is not said any more as they heard it.
    """
    known = {token(fact): fact for fact in offered}
    if not tokens:
        raise Refused("Tick what they agree to. A text that says nothing is not made.")
    if not known.keys() >= set(tokens):
        raise Refused("What this says has changed since you opened it. Go through it with them again.")
    return tuple(fact for name, fact in known.items() if name in tokens)


def check_way(way: str) -> None:
    """Refuse an agreement of which nobody says how it was given."""
    if way not in code_set("sharing_ways"):
        raise Refused("Choose how they agreed.")
