"""The columns of the treatment file, from their code set, and how a cell of each is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from throughgate.exchange.inbound.days import DayOrder, When, read_day, read_moment
from throughgate.exchange.inbound.fields import placeholders, shown
from throughgate.foundation.codesets import code_set
from throughgate.people import rules
from throughgate.treatment.intake import amount

REFERENCES = ("EPISODID", "MODID", "prescription_id", "attendance_id")
LONGEST_REFERENCE = 40
# Longer text is cut, and kept whole beside it. A column not named here holds LONG characters.
LONG = 120
LONGEST = {
    "medicine": 200,
    "medicine_code": 40,
    "dose": 60,
    "last_dose": 60,
    "frequency": 60,
    "first_name": 100,
    "last_name": 100,
    "middle_names": 150,
    "other_names": 500,
}
LONGEST_CODE = 40
LONGEST_CODES = {"SEX": 20, "language": 10}
FIRST_YEAR, LAST_YEAR = 1880, 2199  # a year outside is a slip of the keyboard
# Values that stand for nothing, by what a column holds: the kinds of the code set `placeholders`.
NAMES = frozenset({"first_name", "middle_names", "last_name", "other_names"})
NUMBERS = frozenset({"CLIENTID", "CLIENT", "nhs_number", "prison_number", "pnc", "cro", "crn", *REFERENCES})
# A spreadsheet writes a long number as 1.23E+15, and a failed formula as #REF!
SPREADSHEET = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+|#[A-Z0-9/]+[!?]?", re.IGNORECASE)
KEPT_AT_HAND = 10_000  # days and moments that were read: a file has the same ones over and over
UNDECODED = re.compile(r"\\x[0-9a-f]{2}")  # what the reading of the file makes of a byte that is no UTF-8


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A documented column; there is one of each."""

    name: str
    group: str  # client, episode, intervention, prescription, attendance
    format: str
    code_set: str
    code_field: str
    placeholder_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says."""

    value: Any = None  # plain JSON; None where nothing can be told
    problem: str = ""  # why it needs a second look
    is_kept: bool = False  # whether the text is kept too, because the value leaves something of it out


@cache
def columns() -> Mapping[str, Column]:
    """Every documented column, by its name in capitals, as headers are compared."""
    return {
        row["name"].upper(): Column(
            row["name"],
            row["group"],
            row["format"],
            row["code_set"],
            row["code_field"],
            _placeholder_kinds(row["name"], row["format"]),
        )
        for row in code_set("treatment_columns").rows
    }


def _placeholder_kinds(name: str, form: str) -> tuple[str, ...]:
    if name in NAMES:
        return ("name",)
    if name in NUMBERS:
        return ("identifier", "coded")
    if form in {"date", "moment"} and name != "DOB":
        return ("date", "coded")
    return ("postcode", "coded") if name == "PC" else ("coded",)


@cache
def column(name: str) -> Column:
    """A column by its documented name."""
    return columns()[name.upper()]


@cache
def required() -> tuple[str, ...]:
    """Columns a file cannot do without."""
    return tuple(row["name"] for row in code_set("treatment_columns").rows if row["required"] == "yes")


def is_dated(header: str) -> bool:
    """Does a column hold days?"""
    about = columns().get(header)
    return about is not None and about.format in {"date", "moment"}


def is_missing(about: Column, text: str) -> bool:
    """Was nothing recorded?"""
    return rules.is_missing(text, placeholders=placeholders(*about.placeholder_kinds))


def reference_problem(text: str, *, longest: int = LONGEST_REFERENCE) -> str:
    """Why a provider's reference cannot tell one thing from another; "" if it can."""
    if shown(text) != text or UNDECODED.search(text) or "\n" in text or "\t" in text:
        return "odd_characters"
    if SPREADSHEET.fullmatch(text):
        return "changed_by_spreadsheet"
    return "too_long" if len(text) > longest else ""


def read_cell(about: Column, text: str, *, order: DayOrder) -> Cell:
    """What a cell that is not missing says, with odd characters made visible."""
    reader = OWN_READERS.get(about.name) or READERS[about.format]
    if text.isascii() and text.isprintable() and "\\" not in text:
        return reader(about, text, order)
    cell = reader(about, shown(text), order)
    is_odd = shown(text) != text or UNDECODED.search(text) is not None
    return Cell(cell.value, "odd_characters", cell.is_kept) if is_odd and not cell.problem else cell


def _text(about: Column, text: str, _order: DayOrder) -> Cell:
    longest = LONGEST.get(about.name, LONG)
    return Cell(text) if len(text) <= longest else Cell(text[:longest], "too_long", is_kept=True)


@lru_cache(maxsize=KEPT_AT_HAND)
def _date(_about: Column, text: str, order: DayOrder) -> Cell:
    cell = _usable(read_day(text, order=order))
    return Cell(cell.value["on"]) if cell.value else cell


def _birth_date(about: Column, text: str, order: DayOrder) -> Cell:
    """A placeholder may be somebody's true birthday, so it is not used and kept as written."""
    cell = _date(about, text, order)
    return cell if cell != Cell() else Cell(None, "birth_date_placeholder", is_kept=True)


@lru_cache(maxsize=KEPT_AT_HAND)
def _moment(_about: Column, text: str, order: DayOrder) -> Cell:
    return _usable(read_moment(text, order=order))


def _usable(when: When) -> Cell:
    """The day, and the moment where one was told; nothing for a day that stands for none."""
    if when.day is None:
        return Cell(None, when.problem, is_kept=True)
    if rules.is_missing(when.day.isoformat(), placeholders=placeholders("date")):
        return Cell()
    if not FIRST_YEAR <= when.day.year <= LAST_YEAR:
        return Cell(None, "too_far_off", is_kept=True)
    at = when.at.isoformat() if when.at else None
    return Cell({"on": when.day.isoformat(), "at": at}, when.problem, is_kept=not when.is_whole)


def _code(about: Column, text: str, _order: DayOrder) -> Cell:
    """The code as its table writes it. One the table does not know is kept as written."""
    known = _codes(about.code_set, about.code_field).get(text.casefold())
    if known is not None:
        return Cell(known)
    if len(text) > LONGEST_CODES.get(about.name, LONGEST_CODE):
        return Cell(None, "too_long", is_kept=True)
    return Cell(text, "unknown_code")


@cache
def _codes(name: str, field: str) -> Mapping[str, str]:
    rows = (row for row in code_set(name).rows if not field or row["field"] == field)
    return {row["code"].casefold(): row["code"] for row in rows}


def _sex(about: Column, text: str, order: DayOrder) -> Cell:
    """Our code for what the source wrote."""
    known = code_set("sex_labels").get("treatment", text)
    return Cell(known["code"]) if known else _code(about, text, order)


def _outcome(about: Column, text: str, order: DayOrder) -> Cell:
    """What became of an appointment is told in our words only, since others' may judge the person."""
    cell = _code(about, text, order)
    return Cell(None, cell.problem, is_kept=True) if cell.problem else cell


def _decimal(about: Column, text: str, order: DayOrder) -> Cell:
    """The number stays as written; whoever reads it makes the number of it, exactly."""
    cell = _text(about, text, order)
    return cell if cell.problem or amount(text) is not None else Cell(text, "not_a_number")


def _whole(_about: Column, text: str, _order: DayOrder) -> Cell:
    is_whole = re.fullmatch(r"[0-9]{1,9}", text) is not None
    return Cell(text) if is_whole else Cell(None, "not_a_whole_number", is_kept=True)


def _yes_no(_about: Column, text: str, _order: DayOrder) -> Cell:
    said = {"y": "yes", "yes": "yes", "n": "no", "no": "no"}.get(text.casefold())
    return Cell(said) if said else Cell(None, "not_yes_or_no", is_kept=True)


def _initial(_about: Column, text: str, _order: DayOrder) -> Cell:
    letter = text.removesuffix(".")
    is_letter = len(letter) == 1 and letter.isalpha()
    return Cell(letter.upper()) if is_letter else Cell(None, "not_an_initial", is_kept=True)


READERS: dict[str, Callable[[Column, str, DayOrder], Cell]] = {
    "text": _text,
    "date": _date,
    "moment": _moment,
    "code": _code,
    "decimal": _decimal,
    "whole": _whole,
    "yes_no": _yes_no,
    "initial": _initial,
}
OWN_READERS = {"DOB": _birth_date, "SEX": _sex, "attendance_outcome": _outcome}
