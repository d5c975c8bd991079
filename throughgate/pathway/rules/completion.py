"""What shows that a step is done: the names its column `completed_by` may hold, such as "ready:home".

A number counts days from the step's anchor: "contact:2" is a contact on the second day after it, or later.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, partial
from typing import Any, NamedTuple

from throughgate.pathway.rules.facts import CoverState, Item, Progress
from throughgate.pathway.rules.readiness import is_confirmed
from throughgate.pathway.rules.situation import Situation

Completion = Callable[[Situation, date], Progress]  # the date: that of the anchor
CONFIRMED, IN_HAND, NOT_STARTED = Progress.CONFIRMED, Progress.IN_HAND, Progress.NOT_STARTED


def nothing(_situation: Situation, _anchor: date) -> Progress:
    """nothing that is told yet; from its day on nobody knows, and it is shown for two weeks"""
    return NOT_STARTED


def over(_situation: Situation, _anchor: date) -> Progress:
    """it applies no more; until then it is open"""
    return NOT_STARTED


def ready(item: Item, situation: Situation, _anchor: date) -> Progress:
    """the item is confirmed, for the day that now holds"""
    word = situation.heard.get(item)
    return word.progress if word else Progress.NOT_KNOWN


def naloxone(state: str, situation: Situation, _anchor: date) -> Progress:
    """they were that far in this custody, or naloxone is confirmed; any word shows that it was offered"""
    if is_confirmed(situation.heard, Item.NALOXONE):
        return CONFIRMED
    since = situation.facts.custody_from or date.min
    seen = {each for each, day in situation.facts.naloxone.items() if day >= since}
    return CONFIRMED if state in seen or (seen and state == "offered") else NOT_STARTED


def entry(kind: str, situation: Situation, _anchor: date) -> Progress:
    """an entry of that kind is told in this custody"""
    day = situation.facts.entries.get(kind)
    is_told = day is not None and day >= (situation.facts.custody_from or date.min)
    return CONFIRMED if is_told else NOT_STARTED


def answered(stage: str, situation: Situation, _anchor: date) -> Progress:
    """in this custody something was answered of each open topic of that stage; in hand once anything was"""
    return _answered(stage, situation, since=situation.facts.custody_from or date.min)


def answered_since(stage: str, days: timedelta, situation: Situation, anchor: date) -> Progress:
    """the same, that day or later"""
    return _answered(stage, situation, since=anchor + days)


def pack(how_far: str, situation: Situation, _anchor: date) -> Progress:
    """their release pack of this custody is made, agreed with them, or given"""
    found = situation.pack
    is_so = found is not None and {"made": True, "agreed": found.is_agreed, "given": found.is_given}[how_far]
    return CONFIRMED if is_so else NOT_STARTED


def told(item: Item, days: timedelta, situation: Situation, anchor: date) -> Progress:
    """that day or later it was told that the item is in hand or confirmed"""
    word = situation.heard.get(item)
    if word is None:
        return Progress.NOT_KNOWN
    is_done = word.progress in {IN_HAND, CONFIRMED} and word.told_on >= anchor + days
    return CONFIRMED if is_done else NOT_STARTED


def contact(days: timedelta, situation: Situation, anchor: date) -> Progress:
    """that day or later somebody reached them"""
    since = anchor + days
    reached = any(since <= day <= situation.on for day in situation.facts.contacts)
    return CONFIRMED if reached else NOT_STARTED


def booked(situation: Situation, _anchor: date) -> Progress:
    """they are booked to be seen, or were seen, before the first medicine ends"""
    return CONFIRMED if situation.cover.state in {CoverState.COVERED, CoverState.NOWHERE} else NOT_STARTED


def collected(situation: Situation, _anchor: date) -> Progress:
    """a pharmacy that is known is named for what they have to collect"""
    return CONFIRMED if situation.cover.is_placed else NOT_STARTED


def agreed(code: str, situation: Situation, _anchor: date) -> Progress:
    """somebody said of the days it is about that they are agreed, or that nothing has to be"""
    days = situation.cover.shut[code]
    said = situation.facts.settled.get(f"{code} {days.key}")
    if not days.is_agreed:
        return NOT_STARTED
    return said.progress if said else CONFIRMED


def cover_told(situation: Situation, _anchor: date) -> Progress:
    """it is told of every medicine until when it lasts; where none is told of, that medicines are ready"""
    if situation.cover.state is CoverState.NONE:
        is_told = is_confirmed(situation.heard, Item.MEDICINES)
    else:
        is_told = situation.cover.is_told
    return CONFIRMED if is_told else Progress.NOT_KNOWN


def day_told(situation: Situation, _anchor: date) -> Progress:
    """a day to leave on is told, and has not passed"""
    leaves_on = situation.facts.leaves_on
    return CONFIRMED if leaves_on is not None and leaves_on >= situation.on else NOT_STARTED


def day_confirmed(situation: Situation, _anchor: date) -> Progress:
    """the prison has confirmed the day"""
    return CONFIRMED if situation.facts.leaves_certainty == "confirmed" else NOT_STARTED


def _answered(stage: str, situation: Situation, *, since: date) -> Progress:
    told = situation.facts.answered.get(stage)
    if told is None or told.begun_on < since:
        return NOT_STARTED
    return CONFIRMED if told.whole_on and told.whole_on >= since else IN_HAND


def _days(word: str) -> timedelta:
    return timedelta(days=int(word))


class Question(NamedTuple):
    ask: Callable[..., Progress]
    takes: tuple[Callable[[str], Any], ...] = ()  # how each word after a colon is read


QUESTIONS = {
    "": Question(nothing),
    "over": Question(over),
    "ready": Question(ready, (Item,)),
    "naloxone": Question(naloxone, (str,)),
    "entry": Question(entry, (str,)),
    "answered": Question(answered, (str,)),
    "answered_since": Question(answered_since, (str, _days)),
    "pack": Question(pack, (str,)),
    "told": Question(told, (Item, _days)),
    "contact": Question(contact, (_days,)),
    "booked": Question(booked),
    "cover_told": Question(cover_told),
    "collected": Question(collected),
    "agreed": Question(agreed, (str,)),
    "day_told": Question(day_told),
    "day_confirmed": Question(day_confirmed),
}


@cache
def completion(text: str) -> Completion:
    """Raises: KeyError or ValueError for a cell that cannot be read, a fault in the delivery."""
    what, *words = text.split(":")
    question = QUESTIONS[what]
    return partial(question.ask, *(read(word) for read, word in zip(question.takes, words, strict=True)))


@cache
def stage_of(text: str) -> str:
    """The stage of the assessment that a cell asks for; "" where it asks for none."""
    what, *words = text.split(":")
    return words[0] if what in {"answered", "answered_since"} else ""


@cache
def item_of(text: str) -> str:
    """The item a cell names; "" where it names none."""
    return next((word for word in text.split(":") if word in set(Item)), "")
