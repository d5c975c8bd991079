"""What is known of Dee, for the tests of the words of both sheets."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from throughgate.foundation.codesets import code_set
from throughgate.packs import words
from throughgate.packs.content import Edition, Language, Reader, Section, Sheet, Where
from throughgate.packs.rules import Fact, Json, PackState, Snapshot, Topic
from throughgate.packs.words import Written

AT = datetime(2026, 12, 3, 14, 5, tzinfo=UTC)
PATH, WELL = "path", "well"
ALL = frozenset(code_set("categories").labels())
HERS, THEIRS = Edition(Reader.PERSON), Edition(Reader.NEXT_WORKER)
WELSH = Edition(Reader.PERSON, Language.WELSH)
DISCREET = Edition(Reader.PERSON, is_discreet=True)
NAMES = {
    PATH: {"name": "Pathlight Recovery", "name_cy": "Golau Llwybr", "kind": "community_treatment"},
    WELL: {"name": "Wellway Prison Health", "name_cy": "", "kind": "prison_healthcare"},
}
WHERE = {
    "name": "Pathlight Recovery",
    "name_cy": "",
    "kind": "community_treatment",
    "address": ["12 Mill Lane", "ZZ99 3VZ"],
    "phone": "01632 960001",
    "opening": {"state": "open", "spans": [["09:00", "17:00"]]},
    "landmarks": [["the bus station", "n", 6]],
}


def fact(key: str, topic: Topic, category: str, **said: Any) -> Fact:
    return Fact(key=key, topic=topic, category=category, said=said, by=WELL, at="2026-12-02T09:00:00+00:00")


def appointment(**more: Any) -> Fact:
    said = {
        "on": "2026-12-17",
        "at": "2026-12-17T10:00:00+00:00",
        "what": "prescriber",
        "own_word": "",
        "with_whom": "Dr Stamp",
        "place": "Pathlight",
        "mode": "in_person",
        "where": None,
    }
    return fact("appointment:1", Topic.APPOINTMENT, "plan_appointments", **{**said, **more})


def source(**more: Any) -> dict[str, Any]:
    return {
        "by": WELL,
        "at": "2026-12-02T09:00:00+00:00",
        "state": "current",
        "dose": "40",
        "unit": "mg",
        "frequency": "once a day",
        "supervised": "supervised",
        "until": "2026-12-17",
        "stopped_on": "",
        "last_on": "2026-12-02",
        "last_at": "2026-12-02T08:40:00+00:00",
        "last_dose": "40",
        "last_unit": "mg",
        **more,
    }


def medicine(*sources: Mapping[str, Any], disagreements: tuple[Any, ...] = ()) -> Fact:
    said = {"medicine": "methadone", "sources": list(sources), "disagreements": list(disagreements)}
    return fact("medicine:methadone", Topic.MEDICINE, "treatment_medicines", **said)


def release(**more: Any) -> Fact:
    said = {"left_on": "", "on": "2026-12-10", "type": "CRD", "certainty": "calculated", "others": []}
    return fact("release", Topic.RELEASE, "custody_legal", **{**said, **more})


def cover(state: str = "ends", *, until: str = "2026-12-17", seen_on: str = "", **more: Any) -> Fact:
    said = {"state": state, "until": until, "seen_on": seen_on, **more}
    return fact("cover", Topic.COVER, "treatment_medicines", **said)


def shut(first: str = "2026-12-18", last: str = "2026-12-20", **more: Any) -> Json:
    """Days on which medicine is due and the pharmacy is shut, by default from the day after it ends."""
    said = {"first": first, "last": last, "is_told": True, "weekdays": [], "is_injection": False}
    return {**said, **more}


def naloxone(state: str) -> Fact:
    return fact("naloxone", Topic.NALOXONE, "treatment_medicines", state=state, on="2026-12-01")


def meeting(state: str = "confirmed", text: str = "Kofi, in a green coat.") -> Fact:
    return fact("meeting", Topic.MEETING, "plan_appointments", state=state, on="2026-12-10", text=text)


def home(state: str = "confirmed", text: str = "Openhand, from four o'clock.") -> Fact:
    return fact("home", Topic.HOME, "housing", state=state, on="", text=text)


def need(domain: str, category: str, **said: Any) -> Fact:
    topic = Topic.COMMUNICATION if domain == "communication" else Topic.NEED
    return fact(
        f"need:{domain}", topic, category, **{"domain": domain, "how_far": "words", "words": "", **said}
    )


def written(*facts: Fact, categories: frozenset[str] = ALL, **more: Any) -> Written:
    who = {
        "name": "Dee Lantern",
        "birth_date": "1989-05-04",
        "numbers": [["prison", "A1001ZZ"], ["nhs", "9990000018"]],
    }
    snapshot = Snapshot(who=who, facts=facts, categories=categories, names=NAMES)
    usual: dict[str, Any] = {
        "made_by": WELL,
        "version": 2,
        "as_at": AT,
        "state": PackState.AGREED,
        "is_agreed": True,
        "left_out": frozenset(),
    }
    return Written(snapshot=snapshot, **{**usual, **more})


def section(sheet: Sheet, key: str) -> Section:
    return next(each for each in sheet.sections if each.key == key)


def said(sheet: Sheet) -> list[str]:
    return [part for each in sheet.sections for part in said_in(each)]


def said_in(each: Section) -> list[str]:
    return [
        part
        for item in each.items
        for part in (item.title, *item.lines, *(_directions(item.where) if item.where else ()))
    ]


def _directions(where: Where) -> tuple[str, ...]:
    return where.name, *where.address, *(each.name for each in where.landmarks)


def hers(*facts: Fact, edition: Edition = HERS, **more: Any) -> Sheet:
    return words.sheet(written(*facts, **more), edition)


def theirs(*facts: Fact, **more: Any) -> Sheet:
    return words.sheet(written(*facts, **more), THEIRS)
