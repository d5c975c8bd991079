"""What somebody says about sharing: what it has to be, when to ask again, and which words hold. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set

LONGEST_LINE = 200  # characters
# Of data/access/purposes.csv: what a record is opened for in which somebody has a say.
PURPOSES = ("direct_care", "supervision", "resettlement", "safeguarding")
RECEPTION = "first_72_hours"  # of the code set sharing_states
# Letters and digits that nobody takes for one another, and that make no word; twenty-three of them, a prime,
# so that one slip, and two neighbours exchanged, are always seen.
ALPHABET = "23456789CDFGHJKMNPQRTWX"
CODE_LETTERS = 7  # and one that checks them


class Answer(StrEnum):
    SHARE = "share"
    KEEP_BACK = "keep_back"
    TAKE_BACK = "take_back"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What was said, about what and to whom, and how it was asked. Codes as their code sets have them."""

    towards: UUID | None
    topic: str
    purpose: str
    answer: str
    expires_on: date | None = None
    place: str
    state: str
    way: str
    present: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class MustNotKnow:
    """One of a worker, an organisation, or somebody by name."""

    holds: bool | None  # None: not said
    worker: UUID | None = None
    organisation: UUID | None = None
    name: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Trusted:
    holds: bool | None  # None: not said
    name: str
    relation: str = ""
    reach: str = ""
    may_be_told: str = ""
    text: str = ""


class ChoiceLine(NamedTuple):
    towards: UUID | None
    topic: str
    purpose: str
    answer: str
    expires_on: date | None
    place: str
    state: str
    way: str
    present: str
    ask_again_on: date | None
    text: str


class MustNotKnowLine(NamedTuple):
    holds: bool
    worker: UUID | None
    organisation: UUID | None
    name: str
    text: str


class LimitedLine(NamedTuple):
    workers: list[str]
    organisations: list[str]
    text: str


class ProtectedLine(NamedTuple):
    text: str


class MinimumReadLine(NamedTuple):
    codes: list[str]
    shown: UUID


class KeptNameLine(NamedTuple):
    holds: bool
    name: str


class TrustedLine(NamedTuple):
    holds: bool
    name: str
    relation: str
    reach: str
    may_be_told: str
    text: str


Line = TypeVar("Line", ChoiceLine, MustNotKnowLine, LimitedLine, TrustedLine, KeptNameLine)


class Told(NamedTuple, Generic[Line]):
    """One entry that nothing superseded, and what it says."""

    id: UUID
    identity_id: UUID
    item: str
    recorded_at: datetime
    said: Line


class Turn(NamedTuple):
    """The days on which one choice holds."""

    told: Told[ChoiceLine]
    from_on: date | None  # None: it does by now
    until: date | None  # the first day it no longer holds; None: for good


# Of each identity, oldest first: from when it belonged to which person.
Lives = Mapping[UUID, Sequence[tuple[datetime, UUID]]]


# What can be kept


def wrong_with_choice(
    choice: Choice, *, topics: Collection[str], organisations: Collection[UUID], on: date
) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when it can be kept."""
    sentences = {
        "topic": "" if choice.topic in {"", *topics} else "Choose what it is about.",
        "towards": "" if choice.towards in {None, *organisations} else "Choose who it is about.",
        "purpose": "" if choice.purpose in {"", *PURPOSES} else "Choose what for.",
        "answer": "" if choice.answer in set(Answer) else "Choose what they say.",
        "expires_on": _wrong_with_end(choice, on),
        "place": "" if choice.place in code_set("sharing_places") else "Choose where they were asked.",
        "state": "" if choice.state in code_set("sharing_states") else "Choose how they were.",
        "way": "" if choice.way in code_set("sharing_ways") else "Choose how they said it.",
        "present": wrong.too_long(choice.present, LONGEST_LINE),
        "text": wrong.too_long(choice.text),
    }
    return wrong.parts(sentences)


def wrong_with_must_not_know(said: MustNotKnow, *, own: Collection[UUID]) -> dict[str, str]:
    """`own` are the worker who writes it down and their organisation: they would shut themselves out."""
    named = [each for each in (said.worker, said.organisation, said.name) if each]
    sentences = {
        "who": "" if len(named) == 1 else "Say who it is: choose somebody, or write a name.",
        "holds": "" if said.holds is not None else "Choose whether they may know.",
        "name": wrong.too_long(said.name, LONGEST_LINE),
        "text": wrong.too_long(said.text),
    }
    if {said.worker, said.organisation} & set(own):
        sentences["who"] = (
            "You would shut yourself out, and could not see whether it was kept."
            " Ask a colleague of another organisation to write this down with them."
        )
    return wrong.parts(sentences)


def wrong_with_limit(
    named: Collection[UUID], text: str, *, own: Collection[UUID], was_limited: bool
) -> dict[str, str]:
    """As with who must not know. Nobody named lifts the limit, where there is one."""
    who = ""
    if named and not set(named) & set(own):
        who = "Tick your own organisation too, or you could not see whether it was kept."
    if not named and not was_limited:
        who = "Tick who alone may know. Nothing limits this record now."
    return wrong.parts({"who": who, "text": wrong.too_long(text)})


def wrong_with_address(text: str) -> dict[str, str]:
    return wrong.parts({"text": wrong.too_long(text) if text else "Write where they must not be found."})


def wrong_with_trusted(said: Trusted) -> dict[str, str]:
    lines = {name: getattr(said, name) for name in ("name", "relation", "reach", "may_be_told")}
    sentences = {
        **{name: wrong.too_long(line, LONGEST_LINE) for name, line in lines.items()},
        "holds": "" if said.holds is not None else "Choose whether they are trusted.",
        "text": wrong.too_long(said.text),
    }
    if not said.name:
        sentences["name"] = "Write what they are called."
    return wrong.parts(sentences)


def _wrong_with_end(choice: Choice, on: date) -> str:
    if choice.expires_on is None:
        return ""
    if choice.answer == Answer.TAKE_BACK:
        return "What is taken back has no end. Leave this empty."
    return "" if choice.expires_on > on else "This day is not to come. Choose a later one, or leave it empty."


# When to ask again


def ask_again_on(state: str, *, asked_on: date, came_in_on: date | None) -> date | None:
    """The day to ask again what was said before somebody had settled; None where it stands as it was said.

    Who came to a prison that lately is in their first 72 hours there, whatever state was chosen.
    """
    after_reception = timedelta(days=_days(RECEPTION))
    days = [asked_on + timedelta(days=_days(state))] if _days(state) else []
    if came_in_on and asked_on < came_in_on + after_reception:
        days.append(came_in_on + after_reception)
    return max(days, default=None)


def _days(state: str) -> int:
    row = code_set("sharing_states").get(state)
    return int(row["ask_again_days"] or 0) if row else 0


# Which words hold


def standing(told: Iterable[Told[ChoiceLine]], lives: Lives, *, on: date) -> list[Told[ChoiceLine]]:
    """What is shared or kept back that day, the newest last: of one thing the last word that has not ended.

    Who were asked as two people, and turned out to be one, are held to the stricter word: nothing is shared
    that one of them kept back, or was silent about, until they say it again as one.
    """
    alive = [each for each in told if each.said.expires_on is None or each.said.expires_on > on]
    spoken = [each for each in newest(alive, lives) if each.said.answer != Answer.TAKE_BACK]
    left = [
        each
        for each in spoken
        if not any(_forbids(other, each, lives) for other in spoken)
        and (each.said.answer == Answer.KEEP_BACK or _is_shared_by_all(each, spoken, lives))
    ]
    strictest = {each.item: each for each in sorted(left, key=_leniency, reverse=True)}
    return [each for each in left if strictest[each.item] is each]


def in_turn(told: Sequence[Told[ChoiceLine]], lives: Lives, *, on: date) -> list[Turn]:
    """What holds from that day on: behind a word that ends, the one that it took the place of."""
    ends = {each.said.expires_on for each in told if each.said.expires_on and each.said.expires_on > on}
    days = [on, *sorted(ends)]
    over: list[Turn] = []
    going_on: dict[UUID, Turn] = {}
    for day, end in zip(days, [*days[1:], None], strict=True):
        began = day if day > on else None
        holds = {each.id: Turn(each, began, end) for each in standing(told, lives, on=day)}
        over += [turn for key, turn in going_on.items() if key not in holds]
        going_on = {key: going_on.get(key, turn)._replace(until=end) for key, turn in holds.items()}
    return [*over, *going_on.values()]


def newest(told: Iterable[Told[Line]], lives: Lives) -> list[Told[Line]]:
    """The last word on each thing, the newest last; both words of two who turned out to be one."""
    ordered = _in_order(told)
    return [each for each in ordered if not any(_replaces(later, each, lives) for later in ordered)]


def limit(told: Iterable[Told[LimitedLine]], lives: Lives) -> frozenset[str] | None:
    """The ids of who alone may know; None where nothing is limited.

    Of two who turned out to be one, only those whom both named.
    """
    named = [{*each.said.workers, *each.said.organisations} for each in newest(told, lives)]
    limits = [each for each in named if each]
    return frozenset.intersection(*map(frozenset, limits)) if limits else None


def _in_order(told: Iterable[Told[Line]]) -> list[Told[Line]]:
    return sorted(told, key=lambda each: (each.recorded_at, each.id))


def _leniency(each: Told[ChoiceLine]) -> int:
    """The stricter of two alike has less: it shares for a shorter time, or keeps back for longer."""
    ends = (each.said.expires_on or date.max).toordinal()
    return ends if each.said.answer == Answer.SHARE else -ends


def _replaces(later: Told[Line], each: Told[Line], lives: Lives) -> bool:
    is_later = (later.recorded_at, later.id) > (each.recorded_at, each.id)
    return is_later and later.item == each.item and _of_one_person(later, each, lives)


def _forbids(other: Told[ChoiceLine], each: Told[ChoiceLine], lives: Lives) -> bool:
    """Whether somebody who turned out to be the same person kept back what is shared here."""
    is_against = (each.said.answer, other.said.answer) == (Answer.SHARE, Answer.KEEP_BACK)
    return is_against and _overlap(other.said, each.said) and not _of_one_person(other, each, lives)


def _is_shared_by_all(each: Told[ChoiceLine], spoken: Sequence[Told[ChoiceLine]], lives: Lives) -> bool:
    """Whether everybody who turned out to be the same person shares this too, or more."""
    others = _apart(each, lives)
    shared_by = {
        _person_at(lives, other.identity_id, other.recorded_at)
        for other in spoken
        if other.said.answer == Answer.SHARE and _covers(other.said, each.said)
    }
    return others <= shared_by


def _apart(each: Told[ChoiceLine], lives: Lives) -> set[UUID]:
    """Who were somebody else when this was said, or came in later as somebody else, and are one now."""
    at = each.recorded_at
    were = {_person_at(lives, identity_id, at) or lives[identity_id][0][1] for identity_id in lives}
    return were - {_person_at(lives, each.identity_id, at)}


def _covers(wide: ChoiceLine, narrow: ChoiceLine) -> bool:
    """What is left empty is about all."""
    return all(not mine or mine == theirs for mine, theirs in zip(wide[:3], narrow[:3], strict=True))


def _overlap(one: ChoiceLine, other: ChoiceLine) -> bool:
    """Both may be about the same thing; what is left empty is about all."""
    return all(
        not mine or not theirs or mine == theirs for mine, theirs in zip(one[:3], other[:3], strict=True)
    )


def _of_one_person(one: Told[Line], other: Told[Line], lives: Lives) -> bool:
    """Whether, when the later of both was said, they were known to be of one person."""
    at = max(one.recorded_at, other.recorded_at)
    return _person_at(lives, one.identity_id, at) == _person_at(lives, other.identity_id, at)


def _person_at(lives: Lives, identity_id: UUID, at: datetime) -> UUID | None:
    belonged = [person_id for since, person_id in lives.get(identity_id, ()) if since <= at]
    return belonged[-1] if belonged else None


# Who is named


def organisations(said: Iterable[object]) -> set[UUID]:
    """Those that lines name, for a page to say what they are called; lines of other contexts name none."""
    return {each for line in said for each in _places(line) if each}


def workers(said: Iterable[object]) -> set[UUID]:
    """As with organisations."""
    return {each for line in said for each in _people(line) if each}


def _places(line: object) -> list[UUID | None]:
    if isinstance(line, ChoiceLine):
        return [line.towards]
    if isinstance(line, MustNotKnowLine):
        return [line.organisation]
    return list(map(UUID, line.organisations)) if isinstance(line, LimitedLine) else []


def _people(line: object) -> list[UUID | None]:
    if isinstance(line, MustNotKnowLine):
        return [line.worker]
    return list(map(UUID, line.workers)) if isinstance(line, LimitedLine) else []


# What the paper says


def receipt_code(entry_id: UUID) -> str:
    """A few letters that name one choice on paper: "7QK2-M3XD". The last checks the others."""
    number, letters = entry_id.int, []
    for _ in range(CODE_LETTERS):
        number, place = divmod(number, len(ALPHABET))
        letters.append(place)
    code = "".join(ALPHABET[place] for place in [*letters, _check(letters)])
    return f"{code[:4]}-{code[4:]}"


def _check(places: Sequence[int]) -> int:
    return sum(place * weight for weight, place in enumerate(places, start=2)) % len(ALPHABET)


# The minimum safety set ------------------------------------------------------------------------------------


class Reach(StrEnum):
    """How far one thing of the set has come to one service."""

    READ = "read"
    UNREAD = "unread"  # open to them, and nobody there has said that they read it
    SAID_SINCE = "said_since"  # they did, and something of it is newer


def reach(code: str, reads: Iterable[MinimumReadLine], *, newest: UUID | None) -> Reach:
    """`reads` are one service's; `newest` is the id of the last entry about it, None where there is none."""
    shown = [each.shown for each in reads if code in each.codes]
    if not shown:
        return Reach.UNREAD
    return Reach.SAID_SINCE if newest and newest > max(shown) else Reach.READ
