"""What a provider says of one thing, and the drafts of the entries it makes.

A statement is plain JSON that holds only what was told. Its item says what it is about: "episode:E1",
"intervention:E1/M1", "prescription:12", "dose:12", "attendance:7"; "person" and "mention" say who.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.record.rules import Draft
from throughgate.treatment.rules import (
    AttendanceFact,
    DoseFact,
    EpisodeFact,
    Fact,
    InterventionFact,
    Prescribed,
    PrescriptionFact,
    Taken,
    exact,
    medicine_name,
)

Said = Mapping[str, Any]
Key = tuple[str, str]  # kind and item of an entry: what it is about, among one identity's
Drafts = Mapping[Key, Draft]

LONGEST_ITEM = 120
LONGEST_FIELD = 80
WHOLE_DIGITS, DECIMALS = 8, 4  # of a dose, as the record can hold it
UNREAD = "treatment_unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How statements about one kind of thing become entries."""

    kind: str
    fact: type[Fact]
    days: tuple[str, ...]  # that tell when it was, the best first
    key: str = ""  # the column of the body that holds the source's own reference
    besides: tuple[str, ...] = ()  # columns of the body that no rule asks about


SHAPES = {
    "episode": Shape(
        kind="treatment_episode",
        fact=EpisodeFact,
        days=("started_on", "triaged_on", "referred_on", "ended_on"),
        key="episode_key",
        besides=("more",),
    ),
    "intervention": Shape(
        kind="intervention",
        fact=InterventionFact,
        days=("started_on", "ended_on"),
        key="intervention_key",
        besides=("more",),
    ),
    "prescription": Shape(
        kind="prescription",
        fact=PrescriptionFact,
        days=("started_on",),
        key="prescription_key",
        besides=("medicine_code",),
    ),
    "dose": Shape(kind="dose", fact=DoseFact, days=("taken_on",)),
    "attendance": Shape(
        kind="attendance", fact=AttendanceFact, days=("due_on",), key="attendance_key", besides=("place",)
    ),
}
# A writing, and the number that the rules compare.
NUMBERS = {"dose_as_written": "dose", "amount_as_written": "amount"}
WRITINGS = {"prescription": "dose_as_written", "dose": "amount_as_written"}


def item_of(*parts: str) -> str:
    """An item's name, never longer than its column; a long one ends in a digest of the whole."""
    name = "".join(parts)
    if len(name) <= LONGEST_ITEM:
        return name
    mark = blake2b(name.encode(), digest_size=8).hexdigest()
    return f"{name[: LONGEST_ITEM - len(mark) - 1]}~{mark}"


def amount(written: str) -> Decimal | None:
    """The number somebody wrote, if the record can hold it to the last digit."""
    number = exact(written)
    if number is None or number >= 10**WHOLE_DIGITS:
        return None
    return number if number == round(number, DECIMALS) else None


def fact(item: str, said: Said) -> Fact | None:
    """What a statement tells, as the rules take it; None for one that only says who."""
    thing = _thing(item)
    if thing not in SHAPES:
        return None
    told = {name: _value(name, value) for name, value in said.items() if name in _names(thing)}
    told |= {number: amount(said[writing]) for writing, number in NUMBERS.items() if writing in said}
    if "due_on" in said:
        told.setdefault("due_at", clock.start_of(date.fromisoformat(said["due_on"])))
    return SHAPES[thing].fact(**told)


def by_hand(kind: str, told: Prescribed | Taken) -> tuple[str, dict[str, Any]]:
    """What a worker tells, as a feed's statement: the item, and what is said of it."""
    known = code_set("medicine_names").labels().values()
    key = f"by hand {medicine_name(told.medicine, known=known)}"
    said = {
        WRITINGS[kind] if each.name == "dose" else each.name: _plain(getattr(told, each.name))
        for each in fields(told)
        if getattr(told, each.name)
    }
    return item_of(kind, ":", key), ({"key": key, **said} if SHAPES[kind].key else said)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def episode(item: str, said: Said) -> str:
    """The source's reference of the episode a statement belongs to; "" where none is told."""
    return str(said["key"] if item.startswith("episode:") else said.get("episode", ""))


def drafts(item: str, said: Said, *, identity_id: UUID, as_at: datetime, episode_id: UUID | None) -> Drafts:
    """The entries a statement makes: one of the thing itself, and one of each field that cannot be read."""
    placed = (
        Draft(
            identity_id=identity_id,
            kind=made.kind,
            item=made.item,
            happened_at=made.happened_at or as_at,
            dated_by=made.dated_by,
            as_at=as_at,
            episode_id=episode_id,
            body=made.body,
        )
        for made in (*_main(item, said), *_unread(item, said))
    )
    return {(draft.kind, draft.item): draft for draft in placed}


@dataclass(frozen=True, slots=True)
class _Made:
    """An entry that has no place yet. Without a moment of its own it was so by the day of the extract."""

    kind: str
    item: str
    body: Mapping[str, Any]
    happened_at: datetime | None = None
    dated_by: str = "by"


def _main(item: str, said: Said) -> Iterator[_Made]:
    told = fact(item, said)
    if told is None:
        return
    shape = SHAPES[_thing(item)]
    body = {name: getattr(told, name) for name in _names(_thing(item)) - {"key", "episode"}}
    body |= {name: _value(name, said[name]) for name in shape.besides if name in said}
    if shape.key:
        body[shape.key] = said["key"]
    if isinstance(told, EpisodeFact):
        body["drugs"] = [drug for drug in told.drugs if drug]
    yield _Made(shape.kind, item, body, *_when(shape, said))


def _unread(item: str, said: Said) -> Iterator[_Made]:
    for field, (as_written, problem) in said.get("unread", {}).items():
        body = {"field": field[:LONGEST_FIELD], "as_written": as_written, "problem": problem}
        yield _Made(UNREAD, item_of(item, " ", field), body)


def _when(shape: Shape, said: Said) -> tuple[datetime | None, str]:
    moment = said.get("taken_at") or said.get("due_at")
    if moment:
        return datetime.fromisoformat(moment), "time"
    day = next((said[name] for name in shape.days if name in said), None)
    return (clock.start_of(date.fromisoformat(day)), "day") if day else (None, "by")


def _thing(item: str) -> str:
    return item.partition(":")[0]


@cache
def _names(thing: str) -> frozenset[str]:
    return frozenset(each.name for each in fields(SHAPES[thing].fact))


def _value(name: str, plain: Any) -> Any:
    """What stands in plain JSON, as the record holds it."""
    if name.endswith("_on"):
        return date.fromisoformat(plain)
    if name.endswith("_at"):
        return datetime.fromisoformat(plain)
    return tuple(plain) if isinstance(plain, list) else plain
