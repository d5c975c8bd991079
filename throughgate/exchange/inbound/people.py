"""A plain list of people: the least that a small organisation can send.

Its columns are known by what people call them, or as somebody said. Then a row is one of the treatment file
that tells of one episode: from when to when somebody was with the organisation.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from hashlib import blake2b
from heapq import merge
from typing import IO

from throughgate.exchange.inbound import treatment
from throughgate.exchange.inbound.days import DayOrder, read_day
from throughgate.exchange.inbound.fields import shown
from throughgate.exchange.inbound.reading import Table, Unreadable, csv_table
from throughgate.exchange.inbound.rows import Reject, Row
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused
from throughgate.people import rules
from throughgate.people.rules import System

LEFT_AS_TEXT = ""  # what a column means that nobody can tell: kept as text
TELL_WHO = ("reference", "name", "first_name", "last_name", "nhs_number", "prison_number")
WHOLE, PARTS = "name", ("first_name", "last_name")  # of a name: a list has one or the other
BIRTH = ("birth_date",)
NUMBERS = ("nhs_number", "prison_number", "pnc", "crn")
OWED = frozenset({"not_given", "left_without_reason"})  # flags of what the national data set asks for
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})
NO_NAME = (
    "The row has neither a name nor a number, so nobody can tell whose it is.",
    "Put one in, and send it again.",
)
NOT_TOLD_APART = (
    "Several rows have this name, and nothing tells whether they are one person.",
    "Put a birth date or a reference of your own on each, and send the list again.",
)
NO_PERSON = (
    "The row is a sum or the end of the list, and no person.",
    "Nothing has to be done. If it is a person, put their birth date or a number on the row.",
)
HEADINGS = ("The row repeats the names of the columns, and is no person.", "Nothing has to be done.")
FEWEST_DIGITS = 4  # of a number or a day that tells of somebody: a sum has fewer, as a rule

MOST_COLUMNS = 200  # somebody has to look through them
LONGEST_COLUMN = 200  # characters of a name
Columns = Mapping[str, str]  # a column of the file -> a code of people_meanings, or LEFT_AS_TEXT
Cells = Mapping[str, str]  # by meaning


@dataclass(frozen=True)
class PlainList:
    """The format, with its columns as somebody said; without that, as they are recognised."""

    columns: Columns = field(default_factory=dict)
    name = "people"
    details = staticmethod(treatment.details)
    hear = staticmethod(treatment.hear)
    take_in = staticmethod(treatment.take_in)
    refresh = staticmethod(treatment.refresh)

    def read(self, file: IO[bytes], *, as_at: datetime) -> Iterator[Row | Reject]:
        """Rows in the order of the file, which is gone through more than once.

        Raises: Unreadable when no column tells who anybody is, or two are said to hold the same.
        """
        table = _table(file)
        columns = {**recognised(table.header), **self.columns}
        try:
            check(columns)
        except Refused as refusal:
            raise Unreadable(str(refusal)) from refusal
        nobody = _nobody(table, columns)
        table = Table(table.header, partial(_of_people, table, columns, nobody.keys()))
        alike, called = _alike(table, columns), _called(columns)
        has_references = "reference" in columns.values()
        rows = treatment.rows_of(_as_treatment(table, columns), on=clock.day_of(as_at))
        for row in merge(nobody.values(), rows, key=lambda each: each.line):
            told = _as_told(row, alike, called)
            yield told if has_references or isinstance(told, Reject) else _without_reference(told)


def header(file: IO[bytes]) -> list[str]:
    """The columns that a list names, as in the file but for capitals.

    Raises: Unreadable when there are none, or they are none.
    """
    return [name for name in _table(file).header if name]


def _table(file: IO[bytes]) -> Table:
    table = csv_table(file)
    if len(table.header) > MOST_COLUMNS or any(len(name) > LONGEST_COLUMN for name in table.header):
        raise Unreadable(
            "The first line of the file is far too long to name columns. Check that it is the header line."
        )
    return table


def recognised(header: Sequence[str]) -> dict[str, str]:
    """What each column is taken for. Of two that are called the same thing the first is.

    Beside both parts of a name a column called "Client" holds something else: as often as not a number.
    """
    found: dict[str, str] = {}
    for name in filter(None, header):
        known = code_set("people_columns").get(_plain(name))
        meaning = known["meaning"] if known else LEFT_AS_TEXT
        found[name] = LEFT_AS_TEXT if meaning in found.values() else meaning
    has_parts = set(PARTS) <= set(found.values())
    return {name: LEFT_AS_TEXT if has_parts and found[name] == WHOLE else found[name] for name in found}


def check(columns: Columns) -> None:
    """Refuse columns from which nobody can be told, two that hold the same, and a meaning there is not."""
    meanings = Counter(meaning for meaning in columns.values() if meaning != LEFT_AS_TEXT)
    unknown = meanings.keys() - code_set("people_meanings").labels().keys()
    if unknown:
        raise Refused(f"A column cannot hold {min(unknown)}. Choose one of what is offered.")
    twice = [meaning for meaning, count in meanings.items() if count > 1]
    if twice:
        label = code_set("people_meanings").labels()[twice[0]]
        raise Refused(f"Two columns are taken for the {label}. Choose one.")
    if WHOLE in meanings and meanings.keys() & set(PARTS):
        raise Refused("The full name and a part of it are in columns of their own. Choose one or the other.")
    if not meanings.keys() & set(TELL_WHO):
        raise Refused(
            "No column tells who anybody is. Say which one holds the name, a number or your own reference."
        )


def _nobody(table: Table, columns: Columns) -> dict[int, Reject]:
    """Lines about nobody: a sum under the list, its end, its headings again, a word in place of a name."""
    return {
        line: Reject(line, "name", *why, shown(", ".join(filter(None, cells.values()))))
        for line, cells in table.rows()
        if (why := _why_nobody(cells, columns))
    }


def _of_people(
    table: Table, columns: Columns, nobody: Collection[int]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The other lines; a word that stands in place of a name is no name of whoever a number tells."""
    names = [name for name, meaning in columns.items() if meaning in (WHOLE, *PARTS)]
    for line, cells in table.rows():
        if line not in nobody:
            is_no_name = _stand_for(cells.get(name, "") for name in names) == {"nobody"}
            yield line, {**cells, **dict.fromkeys(names, "")} if is_no_name else cells


def _why_nobody(cells: Cells, columns: Columns) -> tuple[str, str] | None:
    """Only where nothing else tells of somebody: there are people who are called Page, and Sum."""
    filled = {name: cell for name, cell in cells.items() if name and cell.strip()}
    if len(filled) > 1 and all(_plain(name) == _plain(cell) for name, cell in filled.items()):
        return HEADINGS
    said = _by_meaning(cells, columns)
    stand = _stand_for(said.get(each, "") for each in (WHOLE, *PARTS))
    reference = said.get("reference", "")
    if reference:
        stand |= {"somebody"} if reference.isdigit() else _stand_for([reference])
    has_number, has_birth = (any(_is_told(said, each) for each in which) for which in (NUMBERS, BIRTH))
    if not stand or "somebody" in stand or has_number or ("sum" in stand and has_birth):
        return None
    return NO_PERSON if "sum" in stand else NO_NAME


def _is_told(said: Cells, meaning: str) -> bool:
    return sum(map(str.isdigit, said.get(meaning, ""))) >= FEWEST_DIGITS


def _stand_for(texts: Iterable[str]) -> set[str]:
    """What stands in these places: "somebody", "nobody" or a "sum"; "Total: 12" is one, "-" is nobody."""
    words = (_without_numbers(text) for text in texts if text.strip())
    rows = ((word, code_set("list_words").get(word)) for word in words)
    return {row["means"] if row else "somebody" if word else "nobody" for word, row in rows}


def _without_numbers(text: str) -> str:
    return " ".join(word for word in rules.fold(text).split() if not word.isdigit())


def _as_told(row: Row | Reject, alike: Collection[str], called: Mapping[str, str]) -> Row | Reject:
    """The row in the words of the list itself, which owes nobody the national data set."""
    if isinstance(row, Reject):
        return row if row.as_written.strip() else Reject(row.line, "name", *NO_NAME, "")
    if row.key in alike:
        return Reject(row.line, "name", *NOT_TOLD_APART, shown(row.key))
    owed = (flag for flag in row.flags if flag.key not in OWED)
    return replace(row, flags=tuple(replace(flag, field=_in_its_words(flag.field, called)) for flag in owed))


def _without_reference(row: Row) -> Row:
    """A list that has no references of its own gave nobody one: by what it knows a row is ours to know."""
    return replace(row, identifiers=tuple(each for each in row.identifiers if each.system != System.local))


def _called(columns: Columns) -> dict[str, str]:
    """What the list calls each column of the treatment file, in one word: a flag may name two."""
    held = {_columns()[meaning]: name for name, meaning in columns.items() if meaning != LEFT_AS_TEXT}
    return {column: "_".join(name.split()) for column, name in held.items() if column}


def _in_its_words(field: str, called: Mapping[str, str]) -> str:
    return " ".join(called.get(each, each) for each in field.split())


def _plain(name: str) -> str:
    return "".join(letter for letter in rules.fold(name) if letter.isalnum())


def _as_treatment(table: Table, columns: Columns) -> Table:
    """The list under the columns of the treatment file; what nobody could place is called as it was."""
    own = {name: _columns()[meaning].upper() for name, meaning in columns.items() if _columns().get(meaning)}
    kept = {name: name.lower() for name, meaning in columns.items() if meaning == LEFT_AS_TEXT}
    made = ["CLIENTID", "EPISODID", *(["FIRST_NAME", "LAST_NAME"] if "name" in columns.values() else [])]

    def rows() -> Iterator[tuple[int, dict[str, str]]]:
        for line, cells in table.rows():
            said = _by_meaning(cells, columns)
            placed = {called: cells[name] for name, called in {**own, **kept}.items()}
            beyond = {name: cells[name] for name in cells.keys() - columns.keys()}
            yield line, {**placed, **beyond, **dict(zip(made, _made(said), strict=False))}

    return Table([*made, *own.values(), *kept.values()], rows)


def _made(said: Cells) -> tuple[str, ...]:
    """What a list does not say outright: whose row it is, which episode, and the parts of a full name."""
    return _key(said), _episode(said), *_names(said.get("name", ""))


def _alike(table: Table, columns: Columns) -> frozenset[str]:
    """The keys that several rows share, of which nobody can tell whether they are one person."""
    first: dict[str, tuple[str, ...]] = {}
    alike = set()
    for _, cells in table.rows():
        said = _by_meaning(cells, columns)
        key, numbers = _key(said), tuple(said.get(each, "") for each in NUMBERS)
        if key in first and not (_is_certain(said) and _agree(first[key], numbers)):
            alike.add(key)
        first.setdefault(key, numbers)
    return frozenset(alike)


def _agree(numbers: Sequence[str], others: Sequence[str]) -> bool:
    """No system in which both have a number, and not the same."""
    return all(one == other or not (one and other) for one, other in zip(numbers, others, strict=True))


@cache
def _columns() -> Mapping[str, str]:
    """By meaning, the column of the treatment file it becomes; "" for the full name, which becomes two."""
    return {row["code"]: row["column"] for row in code_set("people_meanings").rows}


def _by_meaning(cells: Mapping[str, str], columns: Columns) -> Cells:
    return {meaning: cells[name].strip() for name, meaning in columns.items() if meaning and cells.get(name)}


def _names(written: str) -> tuple[str, str]:
    """First name and surname of "Dee Lantern", "Lantern, Dee" or "J.T."; a single word is a first name."""
    last, comma, first = written.partition(",")
    if comma:
        return first.strip(), last.strip()
    words = written.replace(".", " ").split()
    if words and words[0].casefold() in TITLES:
        words = words[1:]
    return " ".join(words[:-1] or words), " ".join(words[1:][-1:])


def _key(said: Cells) -> str:
    """What tells a row from others: its own reference, else name and birth date, as numbers come later."""
    if said.get("reference"):
        return said["reference"]
    who = [said.get(each, "") for each in ("name", "first_name", "last_name")]
    born = said.get("birth_date", "")
    told = [*who, _day(born) or born] if any(who) else [said.get(each, "") for each in NUMBERS]
    key = rules.fold(" ".join(told))
    if len(key) <= treatment.LONGEST_KEY:
        return key
    return f"{key[:60]} {blake2b(key.encode(), digest_size=8).hexdigest()}"


def _is_certain(said: Cells) -> bool:
    """Is it one person wherever a row says the same? Letters are not, nor a name without a birth date."""
    if said.get("reference"):
        return True
    first, last = _names(said.get("name", ""))
    letters = rules.is_initials_only(
        first=first + said.get("first_name", ""), last=last + said.get("last_name", "")
    )
    return bool(_day(said.get("birth_date", ""))) and not letters


def _episode(said: Cells) -> str:
    """From which day somebody was with them: who comes back has another episode."""
    return _day(said.get("started", "")) or "with us"


def _day(written: str) -> str:
    found = read_day(written, order=DayOrder.day_first).day
    return found.isoformat() if found else ""
