"""The facts of a pack as they were at one moment, and how they stand in their row. Without language."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

Json = Mapping[str, Any]


class Topic(StrEnum):
    """What a fact is about."""

    RELEASE = "release"
    APPOINTMENT = "appointment"
    HOME = "home"
    MEETING = "meeting"
    HELPER = "helper"
    MEDICINE = "medicine"
    COVER = "cover"
    NALOXONE = "naloxone"
    SUBSTANCE = "substance"
    TREATMENT = "treatment"
    AREA = "area"
    CONSENT = "consent"
    NEED = "need"
    ALERT = "alert"
    COMMUNICATION = "communication"
    REACH = "reach"
    NUMBER = "number"
    DETAIL = "detail"
    ANSWER = "answer"
    GOAL = "goal"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing that is known. Days and moments in ISO form, codes as their code sets have them."""

    key: str  # the same in every version, such as "appointment:..."
    topic: Topic
    category: str  # of sharing
    said: Json
    by: str = ""  # the id of the organisation that said so; "" worked out from what several said
    at: str = ""  # since when it is told
    entry: UUID | None = field(
        default=None, compare=False
    )  # that tells it, as it is chosen; no pack keeps it


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """What was known, as far as whoever made it could see."""

    who: Json
    facts: tuple[Fact, ...]
    categories: frozenset[
        str
    ]  # those its maker could read: of any other, nothing is known to be or not to be
    names: Mapping[str, Json]  # the organisations mentioned, by id: name, name_cy, kind

    def about(self, topic: Topic) -> Iterator[Fact]:
        return (fact for fact in self.facts if fact.topic is topic)

    def fact(self, key: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.key == key), None)


def shared(snapshot: Snapshot, categories: frozenset[str]) -> Snapshot:
    """As much of it as these categories cover: what somebody reads is never more than they may read."""
    return replace(
        snapshot,
        facts=tuple(fact for fact in snapshot.facts if fact.category in categories),
        categories=snapshot.categories & categories,
    )


def without(snapshot: Snapshot, keys: Container[str]) -> Snapshot:
    """The rest, where the person asked that these be left out."""
    return replace(snapshot, facts=tuple(fact for fact in snapshot.facts if fact.key not in keys))


NO_NEWS = frozenset({"others", "first_on", "said_on", "since"})  # days told beside, and when it was said
DAILY = frozenset({"at", "last_on", "last_at", "last_dose", "last_unit"})  # of a source of a medicine


class Change(StrEnum):
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """A fact that is not as it was. One of both is None where it is new, or gone."""

    key: str
    then: Fact | None
    now: Fact | None

    @property
    def change(self) -> Change:
        if self.then is None:
            return Change.NEW
        return Change.CHANGED if self.now else Change.GONE


def changes(then: Snapshot, now: Snapshot) -> list[Changed]:
    """What is not as it was, as far as both could be seen: what holds now first, then what is gone."""
    seen = then.categories & now.categories
    was = {fact.key: fact for fact in shared(then, seen).facts}
    holds = {fact.key: fact for fact in shared(now, seen).facts}
    found = [Changed(key=key, then=was.get(key), now=holds.get(key)) for key in {**holds, **was}]
    return [each for each in found if _says(each.then) != _says(each.now)]


def _says(fact: Fact | None) -> Json | None:
    """What would have to be told anew. A word said again is no other word, and a dose follows each day.

    Nor do days that are told beside the one they leave on: they change with every sum that a prison does.
    """
    if fact is None:
        return None
    said = {name: told for name, told in fact.said.items() if name not in NO_NEWS}
    if fact.topic is Topic.MEDICINE and said.get("where"):  # opening hours are of the day it was made
        said["where"] = {**said["where"], "opening": None}
    if fact.topic is Topic.MEDICINE and "sources" in said:
        said["sources"] = [
            {name: told for name, told in source.items() if name not in DAILY} for source in said["sources"]
        ]
    return said


def as_json(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "who": snapshot.who,
        "facts": [
            {
                "key": fact.key,
                "topic": fact.topic.value,
                "category": fact.category,
                "said": fact.said,
                "by": fact.by,
                "at": fact.at,
            }
            for fact in snapshot.facts
        ],
        "categories": sorted(snapshot.categories),
        "names": snapshot.names,
    }


def from_json(held: Json) -> Snapshot:
    return Snapshot(
        who=held["who"],
        facts=tuple(Fact(**{**fact, "topic": Topic(fact["topic"])}) for fact in held["facts"]),
        categories=frozenset(held["categories"]),
        names=held["names"],
    )
