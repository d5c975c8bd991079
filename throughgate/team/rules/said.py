"""What has to be said in all that is kept of a team and its plan: words, whose they are, by when. Pure."""

from datetime import date, timedelta

from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set

LONGEST = 4_000  # characters: what needs more is a note
LONGEST_LINE = 200
FURTHEST = timedelta(days=5 * 365)


def wrong_with_agreement(agreed: str) -> str:
    return "" if agreed in code_set("team_agreements") else "Choose how the person agreed."


def wrong_with_voice(whose: str) -> str:
    return "" if whose in code_set("voices") else "Choose whose words these are."


def wrong_with_day(on: date | None, today: date) -> str:
    """A sentence where a day by which something is to be done has to be put right; `on` may be left out."""
    if on is None:
        return ""
    if on < today:
        return "This day is past. Choose one that is still to come, or leave it empty."
    return "This day is more than five years away. Check the year." if on > today + FURTHEST else ""


def wordless(text: str, why: str) -> str:
    """A sentence where words that may not be left out are missing, or are too many."""
    return wrong.too_long(text, LONGEST) if text else why
