"""Taking fields out of a document: what is missing, what can be read, and what is kept as written."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from throughgate.exchange.inbound.reading import plain
from throughgate.exchange.inbound.rows import Flag
from throughgate.foundation.codesets import code_set
from throughgate.people import rules

REMEMBERED = 10_000  # texts: an extract says the same codes, days and first names over and over
LONGEST = 2000  # characters of an unreadable field that are kept
UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@cache
def placeholders(*kinds: str) -> frozenset[str]:
    """The values of the code set that mean "nothing was recorded" for these kinds of field."""
    wanted = {"any", *kinds}
    return rules.missing(row["value"] for row in code_set("placeholders").rows if row["kind"] in wanted)


@lru_cache(maxsize=REMEMBERED)
def _recorded(written: str, kinds: tuple[str, ...]) -> str:
    text = shown(written.strip())
    return "" if rules.is_missing(text, placeholders=placeholders(*kinds)) else text


@cache
def name_marks() -> tuple[str, ...]:
    """What systems put in front of a name."""
    return tuple(row["value"] for row in code_set("placeholders").rows if row["kind"] == "name_prefix")


def shown(text: str) -> str:
    """Text with control and direction marks made visible, so that nothing hides or turns around."""
    return UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def as_written(document: Mapping[str, Any], name: str) -> str:
    """A field as it is written, whatever it is; "" where there is none."""
    return shown(plain(document.get(name) or ""))


class Fields:
    """The fields of one document. Whatever cannot be read is flagged and kept in `unread`."""

    def __init__(self, document: Mapping[str, Any], *, on: date) -> None:
        self._document = document
        self._on = on
        self.unread: dict[str, list[str]] = {}  # field -> as written, problem

    def text(self, name: str, *kinds: str) -> str:
        """The field's text, "" where nothing was recorded."""
        value = self._document.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return _recorded(value, kinds)
        if isinstance(value, bool | Mapping | list):
            self._keep(name, value, "not_text")
            return ""
        return str(value)

    def code(self, name: str, *, longest: int = 40) -> str:
        """A short code; a longer text is no code and is kept as written."""
        text = self.text(name, "coded")
        if len(text) > longest:
            self._keep(name, text, "too_long")
            return ""
        return text

    def claim(self, name: str) -> bool | None:
        """Yes, no or not recorded."""
        value = self._document.get(name)
        if value is None or isinstance(value, bool):
            return value
        self._keep(name, value, "not_yes_or_no")
        return None

    def day(self, name: str) -> str | None:
        """A day in ISO form; what is not a day is kept as written, a placeholder is missing."""
        written = self._document.get(name)
        if written is None:
            return None
        if isinstance(written, str) and written.lstrip().startswith(UNFILLED):
            self._keep(name, written, "unfilled_template")
            return None
        text = self.text(name, "date")
        if not text:
            return None
        read = _iso(text)
        if read is None:
            self._keep(name, written, "not_a_day")
        return read

    def rows(self, name: str) -> Iterable[Mapping[str, Any]]:
        """The objects of a list; anything else in it is kept as written."""
        value = self._document.get(name)
        if value is None:
            return
        if not isinstance(value, list):
            self._keep(name, value, "not_a_list")
            return
        for number, row in enumerate(value):
            if isinstance(row, Mapping):
                yield row
            else:
                self._keep(f"{name}[{number}]", row, "not_an_object")

    def birth_date(self, name: str) -> date | None:
        """A birth date; one in the future or before anybody alive is kept as written."""
        text = self.text(name, "date")
        read = rules.read_birth_date(text, placeholders=placeholders("date"), on=self._on)
        if read.flaw and read.flaw != rules.DateFlaw.missing:
            self._keep(name, text, f"birth_date_{read.flaw}")
        return read.value

    def flag(self, name: str, problem: str, as_written: str) -> None:
        """Keep a field as written, with what is wrong with it."""
        self._keep(name, as_written, problem)

    def flags(self) -> tuple[Flag, ...]:
        return tuple(Flag(field, problem, written) for field, (written, problem) in self.unread.items())

    def _keep(self, name: str, value: Any, problem: str) -> None:
        self.unread[name] = [shown(plain(value))[:LONGEST], problem]


UNFILLED = "{{"
PLAIN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=T|$| )")


@lru_cache(maxsize=REMEMBERED)
def _iso(text: str) -> str | None:
    found = PLAIN_DAY.match(text)
    try:
        return date.fromisoformat(found[0]).isoformat() if found else None
    except ValueError:
        return None
