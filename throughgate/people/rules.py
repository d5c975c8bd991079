"""Names, birth dates and identifiers: read as written, compared in one form. Pure.

What counts as "nothing was recorded" is data, the code set `placeholders`, and is passed in.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

# Letters that carry their mark inside, so that taking marks off leaves them as they are.
PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
        "ŧ": "t",
    }
)
APOSTROPHES = "'\u2018\u2019\u02bc\u02bb\u0060\u00b4"
# Check letters of police and criminal records numbers: a remainder of 23 picks one.
CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
OLDEST_AGE = 120  # years; an earlier birth date is a slip
FIRST_LONG_YEAR = 1900  # of a police number


class System(StrEnum):
    """Whose number it is; `identifier_systems` in the code sets describes each."""

    nhs = "nhs"
    prison = "prison"
    pnc = "pnc"
    cro = "cro"
    crn = "crn"
    local = "local"


class State(StrEnum):
    checked = "checked"  # passes every check its system has: may join records
    unchecked = "unchecked"  # nothing to check it by: shown, never joins
    unusable = "unusable"  # breaks its system's rules: kept as written, never joins


class Flaw(StrEnum):
    """Why an identifier is unusable."""

    shape = "shape"
    check_character = "check_character"
    repeated_digit = "repeated_digit"
    two_readings = "two_readings"


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """A number by which somebody is known, in the one form that is compared."""

    system: System
    value: str
    as_written: str
    state: State
    flaw: Flaw | None = None


def missing(written: Iterable[str]) -> frozenset[str]:
    """Placeholders as the code set writes them, for the functions here; a star stands for any ending."""
    return frozenset(_plain(value) for value in written)


def is_missing(text: str, *, placeholders: frozenset[str]) -> bool:
    """Was nothing recorded? Empty text is missing too."""
    plain = _plain(text)
    return not plain or plain in placeholders or plain.startswith(_beginnings(placeholders))


@cache
def _beginnings(placeholders: frozenset[str]) -> tuple[str, ...]:
    return tuple(value[:-1] for value in placeholders if value.endswith("*"))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


# Identifiers


def read_identifier(
    system: System, text: str, *, placeholders: frozenset[str], pivot_year: int
) -> Identifier | None:
    """The identifier somebody wrote; None if nothing was recorded.

    `pivot_year` is the latest year a two-digit year can mean, usually the year of the extract.
    """
    if is_missing(text, placeholders=placeholders):
        return None
    written = text.strip()
    value, state, flaw = READERS[system]("".join(written.upper().split()), pivot_year)
    return Identifier(system=system, value=value, as_written=written, state=state, flaw=flaw)


Reading = tuple[str, State, Flaw | None]


def _checked(value: str) -> Reading:
    return value, State.checked, None


def _unchecked(value: str) -> Reading:
    return value, State.unchecked, None


def _unusable(value: str, flaw: Flaw) -> Reading:
    return value, State.unusable, flaw


def _nhs(text: str, _pivot_year: int) -> Reading:
    """Ten digits, the last a check: NHS data dictionary, modulus 11 with weights 10 to 2."""
    digits = text.replace("-", "")
    if not re.fullmatch(r"[0-9]{10}", digits):
        return _unusable(text, Flaw.shape)
    if len(set(digits)) == 1:  # ten equal digits pass the check, and are what people type to get past a form
        return _unusable(digits, Flaw.repeated_digit)
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    if (11 - total % 11) % 11 != int(
        digits[9]
    ):  # a remainder of 10 equals no digit: such numbers are not issued
        return _unusable(digits, Flaw.check_character)
    return _checked(digits)


def _prison(text: str, _pivot_year: int) -> Reading:
    return _checked(text) if re.fullmatch(r"[A-Z][0-9]{4}[A-Z]{2}", text) else _unusable(text, Flaw.shape)


def _crn(text: str, _pivot_year: int) -> Reading:
    return _checked(text) if re.fullmatch(r"[A-Z][0-9]{6}", text) else _unusable(text, Flaw.shape)


def _local(text: str, _pivot_year: int) -> Reading:
    return _unchecked(text)


PNC_FORMS = (re.compile(r"([0-9]{2})/?([0-9]{1,7})([A-Z])"), re.compile(r"([0-9]{4})/?([0-9]{1,7})([A-Z])"))


def _pnc(text: str, pivot_year: int) -> Reading:
    """Year, up to seven digits, check letter; the year short or long, with or without the slash."""
    if bare := re.fullmatch(r"([0-9]{2}|[0-9]{4})/([0-9]{1,7})", text):
        return _unchecked(f"{_long_year(bare[1], pivot_year)}/{int(bare[2]):07}")
    readings = [form.fullmatch(text) for form in PNC_FORMS]
    years = [(_long_year(one[1], pivot_year), int(one[2]), one[3]) for one in readings if one]
    years = [one for one in years if FIRST_LONG_YEAR <= one[0] <= pivot_year]
    if not years:
        return _unusable(text, Flaw.shape)
    values = [
        f"{year}/{serial:07}{letter}" for year, serial, letter in years if letter == _letter(year, serial, 7)
    ]
    if not values:
        return _unusable(text, Flaw.check_character)
    return _checked(values[0]) if len(values) == 1 else _unusable(text, Flaw.two_readings)


def _cro(text: str, _pivot_year: int) -> Reading:
    """Up to six digits, two-digit year, check letter; a special file begins SF and has its year first."""
    if found := re.fullmatch(r"SF([0-9]{2})/([0-9]{1,6})([A-Z])", text):
        year, serial, letter = int(found[1]), int(found[2]), found[3]
        value = f"SF{year:02}/{serial:06}{letter}"
    elif found := re.fullmatch(r"([0-9]{1,6})/([0-9]{2})([A-Z])", text):
        serial, year, letter = int(found[1]), int(found[2]), found[3]
        value = f"{serial:06}/{year:02}{letter}"
    else:
        return _unusable(text, Flaw.shape)
    if letter != _letter(year, serial, 6):
        return _unusable(text, Flaw.check_character)
    return _checked(value)


def _letter(year: int, serial: int, width: int) -> str:
    return CHECK_LETTERS[int(f"{year % 100:02}{serial:0{width}}") % len(CHECK_LETTERS)]


def _long_year(digits: str, pivot_year: int) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    year += pivot_year - pivot_year % 100
    return year if year <= pivot_year else year - 100


READERS: Mapping[System, Callable[[str, int], Reading]] = {
    System.nhs: _nhs,
    System.prison: _prison,
    System.pnc: _pnc,
    System.cro: _cro,
    System.crn: _crn,
    System.local: _local,
}


# Names


@lru_cache(maxsize=10_000)  # people share names
def fold(text: str) -> str:
    """A name as it is compared and searched: small plain letters, single spaces, marks and apostrophes gone.

    A hyphen becomes a space, and MC is joined to what follows, because sources differ in both.
    """
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (_folded(letter) for letter in spread.translate(PLAIN_LETTERS))
    return re.sub(r"\bmc (?=\S)", "mc", " ".join("".join(kept).split()))


def _folded(letter: str) -> str:
    if letter.isalnum():
        return letter
    is_mark = unicodedata.category(letter).startswith("M")
    return "" if is_mark or letter in APOSTROPHES else " "


def clean_name(text: str, *, placeholders: frozenset[str], marks: Iterable[str]) -> str:
    """A name as written, without what a system put in front of it; empty if nobody typed one."""
    name = " ".join(text.split())
    for mark in marks:
        if name.upper().startswith(mark):
            name = name[len(mark) :].strip()
    return "" if is_missing(name, placeholders=placeholders) else name


def readable(name: str) -> str:
    """A name fit to read: one written all in capitals gets small letters, any other is left as written."""
    tidy = " ".join(name.split())
    if not tidy.isupper():
        return tidy
    words = re.sub(r"[^\W\d_]+", lambda word: _capital(word[0]), tidy)
    # A single letter after an apostrophe ends a word (Jones's); more begin one (O'Neill).
    return re.sub(rf"(?<=\w[{APOSTROPHES}])[A-Z](?!\w)", lambda letter: letter[0].lower(), words)


def _capital(word: str) -> str:
    is_scots = word.startswith("MC") and len(word) > 4  # MCDONALD, not a name of four letters
    return f"Mc{word[2:].capitalize()}" if is_scots else word.capitalize()


def display_name(*, first: str, last: str, middle: str = "") -> str:
    """Forenames and surname in reading order; what is not known is left out."""
    return " ".join(filter(None, (readable(part) for part in (first, middle, last))))


def sort_name(*, first: str, last: str, middle: str = "") -> str:
    """Surname then forenames, folded: the order of lists, and what a search looks through."""
    return " ".join(filter(None, (fold(part) for part in (last, first, middle))))


def name_key(*, first: str, last: str) -> str:
    """What a name is kept back by: alike whatever middle names a source gives."""
    return sort_name(first=first, last=last)


def initials(*, first: str, last: str) -> str:
    """First letters with full stops, such as J.T.; what is not known is left out."""
    return "".join(f"{fold(part)[0].upper()}." for part in (first, last) if fold(part))


def is_initials_only(*, first: str, last: str) -> bool:
    """Does the record give letters where others give names? True only if there are some."""
    parts = fold(f"{first} {last}").split()
    return bool(parts) and all(len(part) == 1 for part in parts)


# Birth dates


class DateFlaw(StrEnum):
    """Why a birth date cannot be used."""

    missing = "missing"
    unreadable = "unreadable"
    future = "future"
    too_long_ago = "too_long_ago"


@dataclass(frozen=True, kw_only=True)
class BirthDate:
    """A birth date, or why there is none; what was written is kept either way."""

    value: date | None
    as_written: str
    flaw: DateFlaw | None = None


def read_birth_date(text: str, *, placeholders: frozenset[str], on: date) -> BirthDate:
    """A birth date written 1989-05-04, 19890504 or 04/05/1989, the first perhaps with a time after it."""
    written = text.strip()
    if is_missing(written, placeholders=placeholders):
        return BirthDate(value=None, as_written=written, flaw=DateFlaw.missing)
    day = _day(written)
    if day is None:
        return BirthDate(value=None, as_written=written, flaw=DateFlaw.unreadable)
    if is_missing(day.isoformat(), placeholders=placeholders):
        return BirthDate(value=None, as_written=written, flaw=DateFlaw.missing)
    if day > on:
        return BirthDate(value=None, as_written=written, flaw=DateFlaw.future)
    if on.year - day.year > OLDEST_AGE:
        return BirthDate(value=None, as_written=written, flaw=DateFlaw.too_long_ago)
    return BirthDate(value=day, as_written=written)


DAY_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?:[T ].*)?"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})"),
)


def _day(text: str) -> date | None:
    found = next((match for form in DAY_FORMS if (match := form.fullmatch(text))), None)
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None
