"""Facts as items of a coded list, such as NDTMS; what no table maps says so, and is never guessed. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from throughgate.foundation.codesets import Row, code_set
from throughgate.packs.rules import Fact
from throughgate.summaries.rules.texts import tells

YES = "yes"


class ItemState(StrEnum):
    CODED = "coded"
    AS_TOLD = "as_told"  # a day, or a letter of a name: it needs no code
    NOT_MAPPED = "not_mapped"  # told, and no table has a code for it; or nothing of ours tells it
    NOT_TOLD = "not_told"


class Item(NamedTuple):
    code: str  # "DRUG1"
    label: str
    group: str
    state: ItemState
    value: str = ""  # the code; what is told where it needs none, or none is known
    meaning: str = ""  # of the code
    why_not: str = ""  # why nothing of ours tells it


def items(facts: Iterable[Fact]) -> list[Item]:
    """Every item of the list, by the first fact that tells it."""
    known = list(facts)
    return [_item(row, known) for row in code_set("ndtms_items").rows]


def _item(row: Row, facts: list[Fact]) -> Item:
    named = (row["item"], row["label"], row["group"])
    if not row["tells"]:
        return Item(*named, ItemState.NOT_MAPPED, why_not=row["why_not"])
    told = [_value(about, row["field"], facts) for about in _tells(row, facts).split()]
    value = _of_all(told)
    if not value:
        return Item(*named, ItemState.NOT_TOLD)
    if not row["codes"]:
        return Item(*named, ItemState.AS_TOLD, value)
    mapped = code_set("ndtms_values").get(row["item"], value)
    code = mapped["code"] if mapped else value
    known = code_set("ndtms_codes").get(row["codes"], code)
    if not (mapped or known):
        return Item(*named, ItemState.NOT_MAPPED, value)
    return Item(*named, ItemState.CODED, code, known["label"] if known else "")


def _value(about: str, path: str, facts: list[Fact]) -> str:
    """What the first fact about it tells."""
    fact = next((fact for fact in facts if tells(about, fact.key)), None)
    return _field(fact.said, path) if fact else ""


def _of_all(told: list[str]) -> str:
    """Of several questions one yes is a yes, and no is said of all of them, or nothing."""
    return YES if YES in told else told[0] if len({*told}) == 1 else ""


def _tells(row: Row, facts: list[Fact]) -> str:
    """With what another item tells put in its place, in our word for it: "answer:{DRUG1}_route:*"."""
    before, brace, rest = row["tells"].partition("{")
    if not brace:
        return before
    other, _, after = rest.partition("}")
    asked = next(each for each in code_set("ndtms_items").rows if each["item"] == other)
    return f"{before}{_ours().get((other, _item(asked, facts).value), '')}{after}"


@cache
def _ours() -> Mapping[tuple[str, str], str]:
    """By item and code the word of ours that it stands for."""
    return {(row["item"], row["code"]): row["ours"] for row in code_set("ndtms_values").rows}


def _field(said: Any, path: str) -> str:
    """ "drugs.0" is the first of several; "" where it is not told. Of several no code stands for all."""
    for name in path.split("."):
        if isinstance(said, list):
            said = said[int(name)] if int(name) < len(said) else ""
        else:
            said = said.get(name, "")
    return ", ".join(said) if isinstance(said, list) else str(said)
