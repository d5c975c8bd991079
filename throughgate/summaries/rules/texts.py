"""Which facts go into which text, under which heading: rows of the code sets, read. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from throughgate.foundation.codesets import Row, code_set
from throughgate.foundation.errors import NotFound
from throughgate.packs.rules import Fact, Snapshot

ANY = "*"  # ends what is told of several things: "appointment:*"


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """Something that is written once, from what every form has said, for somebody else."""

    code: str
    label: str
    is_each_agreed: bool  # nothing stands on it unless they agree to that very answer
    is_justice: bool  # it goes to a court, or to a system of justice
    numbers: frozenset[str]  # which of their numbers it names
    says_gaps: bool  # what is not recorded, not shared or left out is said; a court would read it as a hint
    is_items: bool  # a list of coded items, and no sentences
    notice: str


class Part(NamedTuple):
    """A heading of a text, with what stands under it."""

    heading: str
    facts: tuple[Fact, ...]
    categories: frozenset[str]  # without which nobody knows whether there is any


def texts() -> list[Text]:
    return [_text(row) for row in code_set("summary_texts").rows]


def text(code: str) -> Text:
    """Raises: NotFound where there is none of that code."""
    row = code_set("summary_texts").get(code)
    if row is None:
        raise NotFound
    return _text(row)


def told(of: Text, snapshot: Snapshot) -> Snapshot:
    """As much of what is known as this text may say, in its order; one thing is never said twice."""
    facts = {fact.key: fact for part in parts(of, snapshot) for fact in part.facts}
    return replace(snapshot, facts=tuple(facts.values()))


def parts(of: Text, snapshot: Snapshot) -> Iterator[Part]:
    """Every heading of a text, also one of which there is nothing to say."""
    rows = [row for row in code_set("summary_lines").rows if row["text"] == of.code]
    for heading, lines in groupby(rows, key=lambda row: row["heading"]):
        together = list(lines)
        yield Part(
            heading,
            tuple(fact for line in together for fact in snapshot.facts if _says(line, fact)),
            frozenset(line["category"] for line in together),
        )


def _says(line: Row, fact: Fact) -> bool:
    """Whether a line says that fact: "what=court" under `unless` leaves days in court out."""
    name, _is, value = line["unless"].partition("=")
    return tells(line["tells"], fact.key) and not (name and fact.said.get(name) == value)


def tells(which: str, key: str) -> bool:
    """Whether a line of a text is about that fact."""
    return key.startswith(which.removesuffix(ANY)) if which.endswith(ANY) else key == which


def _text(row: Row) -> Text:
    return Text(
        code=row["code"],
        label=row["label"],
        is_each_agreed=row["agreed"] == "each",
        is_justice=row["is_justice"] == "yes",
        numbers=frozenset(row["numbers"].split()),
        says_gaps=row["says_gaps"] == "yes",
        is_items=row["form"] == "items",
        notice=row["notice"],
    )
