"""What a note or a contact has to be before it is kept. Pure."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set
from throughgate.record.rules import tells_more

LONGEST = 10_000  # characters: a page of close writing is 4,000
FIRST_YEAR = 1990  # before it, a year was typed short or wrongly


def wrong_with_note(*, kind: str, text: str, kinds: Collection[str]) -> dict[str, str]:
    """A sentence for each part of a note that has to be put right; empty when it can be kept."""
    sentences = {
        "kind": "" if kind in kinds else "Choose what the note is about.",
        "text": too_long(text, what="note") if text else "Write something in the note first.",
    }
    return wrong.parts(sentences)


def wrong_with_readers(
    readers: Collection[UUID], *, before: Collection[UUID], by: UUID | None
) -> dict[str, str]:
    """A sentence where a corrected note would be told to more people; empty where it would not.

    `before` are those for whom the corrected note was kept, none where all could read it.
    """
    if not tells_more(readers, before=before, by=by):
        return {}
    return {
        "only_for": "This note was kept for fewer, and a correction tells it to nobody more. Leave who may"
        " read it as it was, or write a new note for whom it is meant now."
    }


def wrong_with_contact(
    *, mode: str, outcome: str, text: str, at: datetime | None, now: datetime
) -> dict[str, str]:
    """A sentence for each part of a contact that has to be put right; empty when it can be kept.

    `at` is None where what was typed is no day or no time of day.
    """
    sentences = {
        "mode": "" if mode in code_set("contact_modes") else "Choose how it was done.",
        "outcome": "" if outcome in code_set("contact_outcomes") else "Choose what came of it.",
        "at": _wrong_with_moment(at, now),
        "text": too_long(text, what="contact"),
    }
    return wrong.parts(sentences)


def wrong_with_system(system: str) -> str:
    """Why that cannot be where something was entered; "" where it can."""
    return "" if system in code_set("other_systems") else "Choose the system you entered it in."


def _wrong_with_moment(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "Enter a day such as 27 3 2026, and a time such as 14:05 if you know it."
    if at.year < FIRST_YEAR:
        return "Enter the year with all its figures, such as 2026."
    if at > now:
        return "This moment is still to come. Record a contact once it has been made."
    return ""


def too_long(text: str, *, what: str) -> str:
    """Why these words do not fit; "" where they do."""
    return f"A {what} holds up to {LONGEST:,} characters. Split this one." if len(text) > LONGEST else ""
