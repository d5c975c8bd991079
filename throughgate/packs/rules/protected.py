"""What a pack keeps to itself of doors that must not be found: a refuge's, or their own."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from throughgate.directory.rules import names
from throughgate.packs.rules.snapshot import Fact, Topic

ADDRESSES = frozenset({"letter", "in_person"})  # ways to reach somebody that tell where they are
WHERE = frozenset({Topic.HOME, Topic.MEETING, Topic.APPOINTMENT})  # words typed there may tell where they are
# Who helps, how they are reached, what was answered or is wanted: nothing is left without the words.
ALL_WORDS = frozenset({Topic.HELPER, Topic.REACH, Topic.ANSWER, Topic.GOAL})


def without_address(fact: Fact) -> Iterator[Fact]:
    """Where their own address must not be known: the fact without words that may tell it, or none."""
    if fact.topic is Topic.REACH and fact.said["way"] in ADDRESSES:
        return
    typed = {"text", "place"} & fact.said.keys()
    is_of_directory = bool(fact.said.get("where"))
    if fact.topic in WHERE and not is_of_directory:
        fact = replace(fact, said={**fact.said, **dict.fromkeys(typed, "")})
    yield fact


def without_places(fact: Fact, phrases: frozenset[str]) -> Iterator[Fact]:
    """The fact without any words that name a place which must not be known, whoever wrote them."""
    said = unnamed(fact.said, phrases)
    if (where := fact.said.get("where")) and said["where"] != where:
        said["where"] = None  # when it opens, and which bus goes there, would tell it, too
    texts = [name for name, told in fact.said.items() if told and isinstance(told, str)]
    if fact.topic not in ALL_WORDS or all(said[name] for name in texts):
        yield replace(fact, said=said)


def unnamed(said: Any, phrases: frozenset[str]) -> Any:
    """The same with nothing in place of each text that names one; a list goes without it."""
    if isinstance(said, str):
        return "" if names(said, phrases) else said
    if isinstance(said, dict):
        return {name: unnamed(told, phrases) for name, told in said.items()}
    if isinstance(said, list | tuple):
        return type(said)(kept for told in said if (kept := unnamed(told, phrases)) or not told)
    return said
