"""Workers and organisations to choose from, as the sheets of sharing ask for them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from throughgate.pages.components.shapes import Option
from throughgate.sharing.queries import Named


def options(named: Iterable[Named]) -> list[Option]:
    return [
        Option(str(each.id), f"{each.name}, {each.works_for}" if each.works_for else each.name)
        for each in named
    ]


def chosen(typed: str, named: Sequence[Named]) -> list[Named]:
    """Those of them whose id, or whose code, stands in what was typed."""
    words = set(typed.split())
    return [each for each in named if {str(each.id), each.code} & words]


def workers(found: Iterable[Named]) -> list[UUID]:
    return [each.id for each in found if each.works_for]


def organisations(found: Iterable[Named]) -> list[UUID]:
    return [each.id for each in found if each.code]
