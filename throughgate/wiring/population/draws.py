"""Drawing lots that come out the same on every machine, and the tables they are drawn by."""

import csv
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import TypeVar

from throughgate.foundation.codesets import DATA, code_set

POPULATION = DATA / "population"
Thing = TypeVar("Thing")
Rates = Mapping[str, float]


def rows(name: str) -> list[dict[str, str]]:
    """A list of words of the population."""
    with (POPULATION / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _sourced(name: str) -> Sequence[Mapping[str, str]]:
    """A table of which each row says where it comes from."""
    return code_set(name, folder=POPULATION).rows


@cache
def rates() -> Rates:
    """How likely each thing is, by its name."""
    return {row["name"]: float(row["value"]) for row in _sourced("rates")}


@cache
def _shares() -> Mapping[str, tuple[Sequence[str], Sequence[int]]]:
    """By choice: what there is, and where the share of each ends."""
    by_choice: dict[str, list[tuple[str, int]]] = {}
    for row in _sourced("shares"):
        by_choice.setdefault(row["choice"], []).append((row["what"], int(row["share"])))
    return {
        choice: ([what for what, _ in found], list(accumulate(share for _, share in found)))
        for choice, found in by_choice.items()
    }


class Draw:
    """Lots from a seed. Only `random()` is used, the one method that Python promises never to change."""

    def __init__(self, *seed: object, rates: Rates) -> None:
        self._random = Random(":".join(map(str, seed))).random  # noqa: S311 - the same again is what is wanted
        self._rates = rates

    def happens(self, rate: str) -> bool:
        return self._random() < self._rates[rate]

    def whole(self, lowest: int, highest: int) -> int:
        """A whole number, both ends included."""
        return lowest + int(self._random() * (highest - lowest + 1))

    def one_of(self, things: Sequence[Thing]) -> Thing:
        return things[int(self._random() * len(things))]

    def choice(self, name: str) -> str:
        """One of what the table of shares holds under that name."""
        found, ends = _shares()[name]
        lot = self._random() * ends[-1]
        return next(what for what, end in zip(found, ends, strict=True) if lot < end)

    def number(self, name: str) -> int:
        """A whole number from one of the spans of that name, such as 7-27."""
        lowest, _, highest = self.choice(name).partition("-")
        return self.whole(int(lowest), int(highest))

    def days(self, name: str) -> timedelta:
        return timedelta(days=self.number(name))
