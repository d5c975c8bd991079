"""What a sheet is made of: each field with its words, its controls, and what it makes of what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.typed import PARTS, day_in
from throughgate.record.queries import Spine


@dataclass(frozen=True, kw_only=True)
class Field:
    """Base of the fields; `macro` of components/forms.html draws it."""

    macro: ClassVar[str]
    name: str
    label: str
    hint: str = ""

    @property
    def controls(self) -> tuple[str, ...]:
        """What a browser sends of it; the first is where a problem leads to."""
        return (self.name,)

    def filled(self, given: Mapping[str, str]) -> dict[str, Any]:
        """What the macro is given beside name, label, hint and error."""
        return {"value": given.get(self.name, "")}


@dataclass(frozen=True, kw_only=True)
class Line(Field):
    """A few words, or a number as it is said."""

    macro = "input"
    width: str = "20"
    suggestions: Sequence[str] = ()  # what a browser offers; anything else may be typed

    def filled(self, given: Mapping[str, str]) -> dict[str, Any]:
        return {
            "value": given.get(self.name, ""),
            "width": self.width,
            "suggestions": self.suggestions,
        }


@dataclass(frozen=True, kw_only=True)
class Words(Field):
    macro = "textarea"
    rows: int = 4

    def filled(self, given: Mapping[str, str]) -> dict[str, Any]:
        return {"value": given.get(self.name, ""), "rows": self.rows}


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    macro = "radios"
    options: Sequence[Option]

    def filled(self, given: Mapping[str, str]) -> dict[str, Any]:
        chosen = given.get(self.name, "")
        return {"options": [replace(each, is_chosen=each.value == chosen) for each in self.options]}


@dataclass(frozen=True, kw_only=True)
class Found(Field):
    """A choice of what has to be looked up first: that is done once, when it is drawn."""

    macro = "radios"
    look_up: Callable[[], Sequence[Option]]
    none: str = ""  # what is said where there is nothing to choose

    def filled(self, given: Mapping[str, str]) -> dict[str, Any]:
        options, chosen = self.look_up(), self.chosen(given)
        return {
            "hint": self.hint if options else self.none,
            "options": [replace(each, is_chosen=each.value in chosen) for each in options],
        }

    def chosen(self, given: Mapping[str, str]) -> Sequence[str]:
        return [given.get(self.name, "")]


@dataclass(frozen=True, kw_only=True)
class Listed(Found):
    """One of many, in a list that opens."""

    macro = "select"


@dataclass(frozen=True, kw_only=True)
class Several(Found):
    """Any number of them; what is ticked stands in one text, apart by spaces."""

    macro = "checkboxes"

    def chosen(self, given: Mapping[str, str]) -> Sequence[str]:
        return given.get(self.name, "").split()


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    macro = "date_input"

    @property
    def controls(self) -> tuple[str, ...]:
        return tuple(f"{self.name}_{part}" for part in PARTS)

    def filled(self, given: Mapping[str, str]) -> dict[str, Any]:
        return dict(day_in(given, self.name).parts)


@dataclass(frozen=True, kw_only=True)
class Moment(Day):
    """A day and a time of it, folded away where most often it is now."""

    macro = "moment"

    @property
    def controls(self) -> tuple[str, ...]:
        return (*super().controls, f"{self.name}_time")

    def filled(self, given: Mapping[str, str]) -> dict[str, Any]:
        return {**super().filled(given), "time": given.get(f"{self.name}_time", "")}


def options(table: str, codes: Sequence[str]) -> list[Option]:
    """Some codes of a code set to choose from, in the words of the page."""
    return [Option(code, wording.label(table, code)) for code in codes]


def all_of(table: str) -> list[Option]:
    """Every code of a code set to choose from."""
    return options(table, list(code_set(table).labels()))


def day_typed(name: str, on: date | None) -> dict[str, str]:
    """A day as it would be typed into the controls of that name."""
    return {f"{name}_{part}": str(getattr(on, part)) for part in PARTS} if on else {}


def moment_typed(name: str, entry: Spine) -> dict[str, str]:
    """The moment of an entry as it would be typed; nothing, which leaves it, where its hour comes twice."""
    day = day_typed(name, clock.day_of(entry.happened_at))
    if entry.dated_by != "time":
        return day
    if clock.comes_twice(entry.happened_at):
        return {}
    return {**day, f"{name}_time": wording.time(entry.happened_at)}
