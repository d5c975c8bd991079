"""The stories of `data/demo`, read into plain shapes. What the fields mean is told in its README."""

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from throughgate.foundation.codesets import DATA

DEMO = DATA / "demo"
FRIDAY = 4
BEFORE_TRANSFER_DAYS = 30  # one of the others who came from another prison was received there so long before


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one organisation's system says from a day on, until it says otherwise; or one worker, once."""

    day: int  # relative to the day of the demo
    by: str  # organisation code; or the worker, as their address begins
    says: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One invented person."""

    key: str
    number: int  # makes booking and client references
    who: Mapping[str, Any]  # names, birth date, sex, language
    numbers: Mapping[str, str]  # identifier system -> as written
    client: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by provider: what it has instead
    prison: Sequence[Word] = ()
    treatment: Sequence[Word] = ()
    event: Sequence[Word] = ()
    listed: Sequence[Word] = ()
    hand: Sequence[Word] = ()


def everybody() -> tuple[Story, ...]:
    """In an order that does not change."""
    return (*told(), *_others())


def day_of(today: date, when: int | str) -> date:
    """The day a whole number stands for, or `Fri 6`: the first Friday from that day on."""
    if isinstance(when, int):
        return today + timedelta(days=when)
    day = today + timedelta(days=int(when.removeprefix("Fri ")))
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def born(who: Mapping[str, Any], today: date) -> date:
    """The birth date that makes them as old today as their story says."""
    if "born" in who:
        return date.fromisoformat(str(who["born"]))
    month, day = map(int, who["birthday"].split("-"))
    has_had_it = (today.month, today.day) >= (month, day)
    return date(today.year - who["age"] - (0 if has_had_it else 1), month, day)


def rows(name: str) -> list[dict[str, str]]:
    """A table of the demo."""
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@cache
def told() -> tuple[Story, ...]:
    """Those with a story of their own."""
    return tuple(_told())


@cache
def _others() -> tuple[Story, ...]:
    return tuple(_other(number, row) for number, row in enumerate(rows("others"), start=2001))


def _told() -> Iterator[Story]:
    for number, path in enumerate(sorted((DEMO / "people").glob("*.toml")), start=1001):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        yield Story(
            key=path.stem,
            number=number,
            numbers=told.pop("numbers", {}),
            client=told.pop("client", {}),
            prison=[_word(each, by="at") for each in told.pop("prison", ())],
            treatment=[_word(each, by="by") for each in told.pop("treatment", ())],
            event=[_word(each, by="at") for each in told.pop("event", ())],
            listed=[_word(each, by="by") for each in told.pop("listed", ())],
            hand=[_word(each, by="by") for each in told.pop("hand", ())],
            who=told,
        )


def _word(told: dict[str, Any], *, by: str) -> Word:
    return Word(day=told.pop("day"), by=told.pop(by), says=told)


def _other(number: int, row: Mapping[str, str]) -> Story:
    return Story(
        key=row["prison_number"],
        number=number,
        who={**row, "age": int(row["age"])},
        numbers={"prison": row["prison_number"]},
        prison=[_arrival(row)],
    )


def _arrival(row: Mapping[str, str]) -> Word:
    arrived = int(row["arrived"])
    came_from_another = row["move"] == "ADM INT"
    says = {
        "booking": 1,
        "received": arrived - BEFORE_TRANSFER_DAYS if came_from_another else arrived,
        "move": row["move"],
        "legal": row["standing"],
        "recall": row["standing"].startswith("RECALL"),
        "cell": row["cell"],
        "dates": _dates(row),
    }
    return Word(day=arrived, by=row["at"], says=says)


def _dates(row: Mapping[str, str]) -> dict[str, int]:
    if not row["release"]:
        return {}
    kind = "PRRD" if row["standing"].startswith("RECALL") else "CRD"
    return {kind: int(row["release"]), "SED": int(row["release"]) + 90}
