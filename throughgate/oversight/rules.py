"""When the use of records is looked into, and what has to be said of it. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple
from uuid import UUID

from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without letters that are read as figures
NO_DANGER = "Say who would be in danger, and how you know."
LONGEST_TO_WHOM = 120  # characters: what the record holds of it
REFERENCE = 8  # characters, without the one that checks them


class State(StrEnum):
    waiting = "waiting"  # for an outcome
    ask_again = "ask_again"  # whether the person can be told by now
    decided = "decided"


class Seen(NamedTuple):
    """How many records one worker opened within an hour, and how many stayed shut to them."""

    worker_id: UUID
    opened: int
    refused: int
    is_program: bool = False


class Finding(NamedTuple):
    worker_id: UUID
    matter: str  # of the code set oversight_matters
    records: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What a privacy officer makes of an alert, as typed."""

    finding: str = ""
    words: str = ""
    telling: str = ""
    why_unsafe: str = ""
    ask_again_on: date | None = None


@cache
def limit(code: str) -> int:
    """Raises: KeyError for a number the table does not hold, a fault in the delivery."""
    return {row["code"]: int(row["number"]) for row in code_set("oversight_limits").rows}[code]


def browsing(seen: Iterable[Seen]) -> Iterator[Finding]:
    """Whose looking within one hour somebody should ask about."""
    for each in seen:
        who = "program_" if each.is_program else ""
        if each.opened >= limit(f"{who}opened_in_an_hour"):
            yield Finding(each.worker_id, "many_records", each.opened)
        if each.refused >= limit(f"{who}refused_in_an_hour"):
            yield Finding(each.worker_id, "outside_work", each.refused)


def state_of(telling: str, ask_again_on: date | None, *, on: date) -> State:
    """How far an alert is, by how the person is told; "" is no outcome yet."""
    if not telling:
        return State.waiting
    if telling == "unsafe" and ask_again_on and ask_again_on <= on:
        return State.ask_again
    return State.decided


def about_what(matter: str) -> str:
    """What is asked of such an alert: about its use, a look, or an own record."""
    row = code_set("oversight_matters").get(matter)
    return row["about"] if row else "use"


def findings(matter: str) -> Mapping[str, str]:
    """What can be found of an alert: of a use, of a look not to be shown, of a record that is too near."""
    about = about_what(matter)
    return {row["code"]: row["label"] for row in code_set("oversight_findings").rows if row["about"] == about}


def hides(finding: str) -> bool:
    """Does this finding keep looks from being shown?"""
    row = code_set("oversight_findings").get(finding)
    return row is not None and row["hides"] == "yes"


def completed(said: Said, *, matter: str) -> Said:
    """What was said; but for the use of a record, the finding is also what the person is told."""
    match about_what(matter):
        case "use":
            return said
        case "own":
            return replace(said, telling="nobody", why_unsafe="", ask_again_on=None)
    if hides(said.finding):
        return replace(said, telling="unsafe", why_unsafe=said.words)
    return replace(said, telling="book", why_unsafe="", ask_again_on=None)


def wrong_with(said: Said, *, matter: str, is_about_somebody: bool, on: date) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when it can be kept."""
    is_told = is_about_somebody and about_what(matter) == "use"
    unsafe = said.telling == "unsafe"
    return wrong.parts(
        {
            "finding": "" if said.finding in findings(matter) else "Choose what you found.",
            "words": _wrong_with_words(said.words, "Say what you found, in a few words."),
            "telling": _wrong_with_telling(said.telling, is_about_somebody=is_told),
            "why_unsafe": _wrong_with_words(said.why_unsafe, NO_DANGER) if unsafe else "",
            "ask_again_on": _wrong_with_day(said.ask_again_on, on) if unsafe else "",
        }
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Passing:
    """What was passed on to somebody outside treatment, as typed."""

    to_whom: str = ""
    text: str = ""
    ground: str = ""
    why: str = ""
    telling: str = ""
    why_unsafe: str = ""
    ask_again_on: date | None = None


def wrong_with_passing(passing: Passing, *, on: date) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when it can be kept."""
    unsafe = passing.telling == "unsafe"
    return wrong.parts(
        {
            "to_whom": wrong.too_long(passing.to_whom, LONGEST_TO_WHOM)
            if passing.to_whom
            else "Say who was told: their role and organisation.",
            "text": _wrong_with_words(passing.text, "Say what was passed on."),
            "ground": "" if passing.ground in code_set("lawful_grounds") else "Choose what makes it lawful.",
            "why": _wrong_with_words(passing.why, "Say why it could not wait or stay where it was."),
            "telling": _wrong_with_telling(passing.telling, is_about_somebody=True),
            "why_unsafe": _wrong_with_words(passing.why_unsafe, NO_DANGER) if unsafe else "",
            "ask_again_on": _wrong_with_day(passing.ask_again_on, on) if unsafe else "",
        }
    )


def check_reviewer(worker_id: UUID, *, about: UUID) -> None:
    """Refuse whoever would decide about themselves."""
    if worker_id == about:
        raise Refused("This is about your own work. Ask a colleague who also checks how records are used.")


def exempt_until(on: date) -> date:
    """The first day a look is shown again of which nobody has agreed that it stays hidden."""
    return on + timedelta(days=limit("unanswered_look"))


def grounds(purpose: str) -> Mapping[str, str]:
    """Why somebody who opens records for that purpose may ask that their looks are not shown."""
    return {
        row["code"]: row["label"]
        for row in code_set("exempt_grounds").rows
        if purpose in row["asked_for"].split("|")
    }


def wrong_with_asking(*, ground: str, words: str, purpose: str) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when it can be asked."""
    return wrong.parts(
        {
            "ground": "" if ground in grounds(purpose) else "Choose whom it keeps safe.",
            "words": _wrong_with_words(words, "Say what could happen if they knew."),
        }
    )


def reference(alert_id: UUID) -> str:
    """How an alert is named where nothing may be told of it: eight characters and one that checks them."""
    number = alert_id.int % len(ALPHABET) ** REFERENCE
    figures = [ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(REFERENCE)]
    check = sum(ALPHABET.index(each) * (place + 1) for place, each in enumerate(figures)) % 31
    return f"{''.join(figures[:4])}-{''.join(figures[4:])}-{ALPHABET[check]}"


def _wrong_with_words(text: str, why: str) -> str:
    return wrong.too_long(text) if text else why


def _wrong_with_telling(telling: str, *, is_about_somebody: bool) -> str:
    fits = telling in code_set("oversight_telling") and not (telling == "nobody" and is_about_somebody)
    return "" if fits else "Choose how the person is told, or why not now."


def _wrong_with_day(day: date | None, on: date) -> str:
    if day is None:
        return "Enter the day to ask again, such as 27 3 2026."
    last = on + timedelta(days=limit("longest_exemption"))
    if not on < day <= last:
        return f"Choose a day after today, and within {limit('longest_exemption')} days."
    return ""
