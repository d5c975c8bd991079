"""What an appointment, and what came of it, have to say before they are kept. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, time

from throughgate.foundation import wrong
from throughgate.foundation.codesets import Row, code_set

LONGEST = {"with_whom": 120, "place": 120, "text": wrong.REMARK}  # characters
FIRST_YEAR = 1990  # before it, a year was typed short or wrongly
MOVED = "rescheduled"


def wrong_with_appointment(
    said: Mapping[str, str], *, on: date | None, at_time: time | None, at: datetime | None, today: date
) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when it can be kept.

    `said` holds what, with_whom, place, mode and text. `on` is None where no day was typed, `at` where that
    day has no such time.
    """
    sentences = {
        "what": "" if said["what"] in code_set("appointment_kinds") else "Choose what it is about.",
        **wrong_with_due(on, at_time, at, today=today),
        "mode": _wrong_with_mode(said["mode"]),
        **_too_long(said),
    }
    return wrong.parts(sentences)


def wrong_with_due(
    on: date | None, at_time: time | None, at: datetime | None, *, today: date
) -> dict[str, str]:
    """A sentence for each part of an appointment's day and time that has to be put right."""
    sentences = {"on": _wrong_with_day(on, today=today), "at_time": _wrong_with_time(on, at_time, at)}
    return wrong.parts(sentences)


def wrong_with_outcome(*, outcome: str, text: str, due_at: datetime, now: datetime) -> dict[str, str]:
    """A sentence for each part of an outcome that has to be put right. None can be told before it was due."""
    row = code_set("attendance_outcomes").get(outcome)
    sentences = {
        "outcome": _wrong_with_outcome(row, due_at=due_at, now=now),
        **_too_long({"text": text}),
    }
    return wrong.parts(sentences)


def _wrong_with_day(on: date | None, *, today: date) -> str:
    if on is None:
        return "Enter the day, such as 27 3 2027."
    if on.year < FIRST_YEAR:
        return "Enter the year with all its figures, such as 2027."
    return wrong.too_far(on, today)


def _wrong_with_time(on: date | None, at_time: time | None, at: datetime | None) -> str:
    if on is None or at_time is None or at is not None:
        return ""
    return f"The clocks go forward that night, and there is no {at_time:%H:%M}. Enter another time."


def _wrong_with_outcome(row: Row | None, *, due_at: datetime, now: datetime) -> str:
    if row is None:
        return "Choose what came of it."
    if due_at > now and row["beforehand"] != "yes":
        return "It is still to come. Until then it can only be cancelled or moved."
    return ""


def _wrong_with_mode(mode: str) -> str:
    return "" if not mode or mode in code_set("contact_modes") else "Choose how they will meet."


def _too_long(said: Mapping[str, str]) -> dict[str, str]:
    return {part: wrong.too_long(said.get(part, ""), limit) for part, limit in LONGEST.items()}
