"""Dee Lantern as organisations know her, for tables of who is who."""

from datetime import date
from typing import Any
from uuid import UUID

from throughgate.linkage import rules
from throughgate.linkage.rules import Decision, Evidence

EXAMPLETON, PATHLIGHT = UUID(int=100), UUID(int=200)
NHS, OTHER_NHS = ("nhs", "9990000018"), ("nhs", "9990000190")
PRISON, OTHER_PRISON = ("prison", "A1111AA"), ("prison", "A2222AA")
PNC, OTHER_PNC = ("pnc", "2006/0842979X"), ("pnc", "1994/0125256C")
CRO, CRN, OTHER_CRN = ("cro", "472465/06M"), ("crn", "X320741"), ("crn", "X320742")
LOCAL = ("local", "PL0017")
NOBODY: frozenset[frozenset[UUID]] = frozenset()


def known(
    number: int, *identifiers: rules.Pair, name: str = "Dee Lantern", person: int = 1, **rest: Any
) -> Evidence:
    """Dee as an organisation knows her, unless told otherwise."""
    first, _, last = name.partition(" ")
    facts: dict[str, Any] = {"birth_date": date(1989, 5, 4), "organisation": EXAMPLETON, **rest}
    return Evidence(
        identity_id=UUID(int=number),
        person_id=UUID(int=person) if person else None,
        identifiers=frozenset(identifiers),
        first_name=first,
        last_name=last,
        **facts,
    )


def new(*identifiers: rules.Pair, **rest: Any) -> Evidence:
    return known(99, *identifiers, person=0, organisation=PATHLIGHT, **rest)


def decide(one: Evidence, *others: Evidence, never: frozenset[frozenset[UUID]] = NOBODY) -> Decision:
    return rules.decide(one, others, never)


def pairs(*numbers: tuple[int, int]) -> frozenset[frozenset[UUID]]:
    return frozenset(frozenset({UUID(int=one), UUID(int=other)}) for one, other in numbers)
