"""What the pages of the words on sheets are sent: shapes only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from throughgate.packs.rules import reviews
from throughgate.packs.rules.reviews import Said
from throughgate.pages.packs.forms import LONGEST_KEY
from throughgate.pages.typed import day_in


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A review as it was typed; its key is the same however often it is sent."""

    said: Said
    day: Mapping[str, str]  # day, month, year: until when
    read: str = ""  # the fingerprint of the words on the page
    key: str = ""


def sent(given: Mapping[str, str]) -> Typed:
    until = day_in(given, "until")
    said = Said(
        verdict=given.get("verdict", ""),
        job=given.get("job", ""),
        registration=given.get("registration", "").strip(),
        until=until.on,
        why=given.get("why", "").strip(),
    )
    key = given.get("form_key", "")[:LONGEST_KEY]
    return Typed(said=said, day=until.parts, read=given.get("read", ""), key=key)


def opened(on: date) -> Typed:
    """The form before it is sent: for a year, unless they say otherwise."""
    until = reviews.usual_until(on)
    day = {"day": str(until.day), "month": str(until.month), "year": str(until.year)}
    return Typed(said=Said(), day=day)
