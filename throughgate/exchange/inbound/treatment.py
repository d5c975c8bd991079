"""The treatment file: a CSV of episodes, interventions, prescriptions, last doses and attendances.

Columns: docs/reference/treatment-columns.md, in NDTMS terms where NDTMS has them. A row says who it is about
and fills any of the groups of columns; rows about one thing are put together (treatment_parts).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import IO, Any
from uuid import UUID

from throughgate.exchange.inbound import treatment_columns as known
from throughgate.exchange.inbound.days import DayOrder, is_month_first
from throughgate.exchange.inbound.fields import shown
from throughgate.exchange.inbound.reading import Table, Unreadable, csv_table
from throughgate.exchange.inbound.rows import Flag, Reject, Row
from throughgate.exchange.inbound.treatment_checks import broken_rules
from throughgate.exchange.inbound.treatment_parts import Part, Together, split
from throughgate.exchange.inbound.treatment_statements import flagged, read_person, read_thing
from throughgate.foundation import clock
from throughgate.foundation.permits import FeedPermit, Refresher
from throughgate.people.actions import Details
from throughgate.record.rules import Change
from throughgate.treatment import actions as treatment

name = "treatment"
WHO = "CLIENTID"
LONGEST_KEY = 80
SEND_AGAIN = "and send the row again."
# Why a row's person cannot be told, and what to do.
REJECTS = {
    "missing": (
        "The row has no CLIENTID, so nobody can tell whose it is.",
        f"Put your own reference for the person into CLIENTID, {SEND_AGAIN}",
    ),
    "changed_by_spreadsheet": (
        "A spreadsheet has changed the CLIENTID, so that several people may now have the same one.",
        f"Make the column a text column, put the whole references back, {SEND_AGAIN}",
    ),
    "odd_characters": (
        "The CLIENTID has characters in it that cannot be seen or read.",
        f"Type it again by hand, save the file as CSV in UTF-8, {SEND_AGAIN}",
    ),
    "too_long": (
        f"The CLIENTID is longer than {LONGEST_KEY} characters, so it is no reference.",
        f"Check that the columns stand under their own names, {SEND_AGAIN}",
    ),
}


def read(file: IO[bytes], *, as_at: datetime) -> Iterator[Row | Reject]:
    """Rows in the order of the file, which is gone through more than once, a row at a time.

    Raises: Unreadable when the header lacks a column nobody can do without.
    """
    yield from rows_of(csv_table(file), on=clock.day_of(as_at))


def rows_of(table: Table, *, on: date) -> Iterator[Row | Reject]:
    """The rows of a table with the columns of the treatment file.

    Raises: Unreadable when the header lacks a column nobody can do without.
    """
    yield from _File(table, on=on).rows()


def details(said: Mapping[str, Any]) -> Details:
    """What a statement says the person is called."""
    told = {**said, "aliases": tuple(tuple(alias) for alias in said.get("aliases", ()))}
    if "birth_date" in said:
        told["birth_date"] = date.fromisoformat(said["birth_date"])
    return Details(**told)


def hear(_permit: FeedPermit, _identity_ids: Collection[UUID]) -> Collection[UUID]:
    """Nothing follows from being told the same again."""
    return ()


def take_in(permit: FeedPermit, changes: Sequence[Change]) -> int:
    """Episodes, interventions, prescriptions, doses and attendances become entries."""
    return treatment.take_in(permit, changes)


def refresh(permit: Refresher, person_ids: Sequence[UUID]) -> None:
    """The providers' relationships follow."""
    treatment.refresh(permit, person_ids)


class _File:
    """A file, with what only all of it tells: how it writes days, and which rows are about one thing."""

    def __init__(self, table: Table, *, on: date) -> None:
        self._lines = table.rows
        self._on = on
        self._header = table.header
        lacking = [column for column in known.required() if column not in self._header]
        if lacking:
            raise Unreadable(
                f"The first line of the file does not name the column {lacking[0]}. Check that the first line"
                " holds the names of the columns, separated by commas."
            )
        self._order = self._day_order()
        self._together = Together(self._parts, order=self._order)

    def rows(self) -> Iterator[Row | Reject]:
        """Every row; what is wrong with all of them alike is flagged on the first."""
        is_first = True
        for line, cells in self._lines():
            problem = _who_problem(cells[WHO].strip())
            if problem:
                why, what_to_do = REJECTS[problem]
                yield Reject(line, WHO, why, what_to_do, shown(cells[WHO])[:200])
                continue
            row = self._row(line, cells)
            yield replace(
                row, flags=(*self._unknown(), *row.flags) if is_first else self._said_once(row.flags)
            )
            is_first = False

    def _day_order(self) -> DayOrder:
        """Does any day in the file only make sense with the month first?"""
        dated = [header for header in self._header if known.is_dated(header)]
        is_in_doubt = any(is_month_first(cells[name]) for _, cells in self._lines() for name in dated)
        return DayOrder.in_doubt if is_in_doubt else DayOrder.day_first

    def _parts(self) -> Iterator[tuple[str, dict[str, Part]]]:
        for _, cells in self._lines():
            if not _who_problem(cells[WHO].strip()):
                yield cells[WHO].strip(), split(cells, order=self._order)

    def _row(self, line: int, cells: Mapping[str, str]) -> Row:
        key = cells[WHO].strip()
        parts = {
            item: self._together.part(key, item, part)
            for item, part in split(cells, order=self._order).items()
        }
        person = read_person(key, parts["person"], order=self._order, on=self._on)
        # A file that only names somebody takes nothing back of what another told of them.
        readings = {"person" if parts.pop("person").cells else "mention": person}
        readings |= {item: read_thing(item, part, order=self._order) for item, part in parts.items()}
        flags = [flag for reading in readings.values() for flag in reading.flags]
        return Row(
            line=line,
            key=key,
            identifiers=person.identifiers,
            said={item: reading.said for item, reading in readings.items()},
            flags=(*flags, *broken_rules(readings, on=self._on)),
        )

    def _unknown(self) -> Iterator[Flag]:
        unknown = (header for header in self._header if header and header not in known.columns())
        return (Flag(flagged(header), "unknown_column") for header in unknown)

    def _said_once(self, flags: Iterable[Flag]) -> tuple[Flag, ...]:
        """Without what is missing from every row because the file has no such column."""
        return tuple(flag for flag in flags if flag.key != "not_given" or flag.field.upper() in self._header)


def _who_problem(key: str) -> str:
    """Why nobody can tell whose row it is; "" if they can."""
    if known.is_missing(known.column(WHO), key):
        return "missing"
    return known.reference_problem(key, longest=LONGEST_KEY)
