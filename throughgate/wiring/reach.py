"""What a page can come to say: the strings of every function that its view leads to, read from the source.

Whom a view calls is worked out by name: functions and classes of the same module, those imported, and those
of a module that is imported. What is called through a variable is not followed, so tables name functions.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

# Calls whose first words somebody reads: those of a catalogue, of a rule, and of a refusal.
SAID_BY = frozenset({"_", "words", "gettext", "sentence"})
REFUSED = ("Refused", "Locked", "OutsideThePermit", "NotYours", "Overtaken")


class Place(NamedTuple):
    """Something that a module defines."""

    module: str  # "throughgate.pages.mine.views"
    name: str


@dataclass(frozen=True)
class Source:
    """Every module below a folder, by its name in full."""

    trees: Mapping[str, ast.Module]

    @classmethod
    def below(cls, root: Path, package: str) -> "Source":
        paths = (each for each in (root / package).rglob("*.py") if "migrations" not in each.parts)
        return cls({_name(path, root): ast.parse(path.read_text(encoding="utf-8")) for path in paths})

    @cached_property
    def defined(self) -> dict[Place, ast.stmt]:
        return {
            Place(module, name): node
            for module, tree in self.trees.items()
            for node in tree.body
            for name in _names(node)
        }

    @cached_property
    def imported(self) -> dict[str, dict[str, tuple[str, str]]]:
        """By module, and by the name it goes by there: from where it is, and what it is there."""
        return {
            module: {
                alias.asname or alias.name: (node.module or "", alias.name)
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom)
                for alias in node.names
            }
            for module, tree in self.trees.items()
        }

    def views(self, within: str, doors: frozenset[str]) -> list[Place]:
        """The functions of a package that one of these doors leads to."""
        return [
            place
            for place, node in self.defined.items()
            if place.module.startswith(within) and isinstance(node, ast.FunctionDef)
            if doors & {ast.unparse(each) for each in node.decorator_list}
        ]

    def reached(self, places: Iterable[Place]) -> set[Place]:
        """These, and all that they lead to."""
        found: set[Place] = set()
        todo = list(places)
        while todo:
            if (place := todo.pop()) not in found:
                found.add(place)
                todo += self._named_in(place)
        return found

    def said(self, places: Iterable[Place]) -> set[str]:
        """Every string that these say to somebody."""
        return {text for place in places for text in _said(self.defined[place])}

    def _named_in(self, place: Place) -> Iterator[Place]:
        for node in ast.walk(self.defined[place]):
            found = None
            if isinstance(node, ast.Name):
                found = self._find(place.module, node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                module = ".".join(self.imported[place.module].get(node.value.id, ()))
                found = self._find(module, node.attr) if module in self.trees else None
            if found:
                yield found

    def _find(self, module: str, name: str) -> Place | None:
        """What goes by that name there, wherever it is defined; None for what is none of ours."""
        place = Place(module, name)
        if place in self.defined:
            return place
        there = self.imported.get(module, {}).get(name)
        is_elsewhere = there is not None and there != place and there[0] in self.trees
        return self._find(*there) if there and is_elsewhere else None


def _name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    return [each.id for each in targets if isinstance(each, ast.Name)]


def _said(node: ast.stmt) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and each.args and _is_said(each.func):
            first = each.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _is_said(func: ast.expr) -> bool:
    name = ast.unparse(func).rpartition(".")[2]
    return name in SAID_BY or name in REFUSED
