"""What every format makes of its rows: something said about somebody, or a reject with its reason."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Protocol
from uuid import UUID

from throughgate.foundation.permits import FeedPermit, Refresher
from throughgate.foundation.values import value
from throughgate.people.actions import Details
from throughgate.people.rules import Identifier
from throughgate.record.rules import Change


@value(frozen=True, slots=True)
class Flag:
    """Something in a row to look at; the row went in all the same."""

    field: str
    key: str  # why: worded where it is shown
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row whose person cannot be told, so that nothing of it could go in."""

    line: int
    field: str
    why: str
    what_to_do: str
    as_written: str


@value(frozen=True, slots=True, kw_only=True)
class Row:
    """One readable row: whom it is about, and what it says, by item.

    An item is the thing a statement is about ("" for the whole document, "prescription:12"); its
    statement is plain JSON, compared with what was said of the same item before. One statement in each
    row carries `details` of the person. A row that says nothing is counted, with its flags, and kept nowhere.
    """

    line: int
    key: str
    identifiers: tuple[Identifier, ...]
    said: Mapping[str, Mapping[str, Any]]
    flags: tuple[Flag, ...] = ()
    as_at: datetime | None = None  # where the row tells its own moment; None: that of the extract


class Format(Protocol):
    """How one kind of extract is read and taken in."""

    name: str

    def read(self, file: IO[bytes], *, as_at: datetime) -> Iterator[Row | Reject]:
        """Rows in the order of the file, a few at a time in memory."""
        ...

    def details(self, said: Mapping[str, Any]) -> Details:
        """What the `details` of a statement say the person is called."""
        ...

    def hear(self, permit: FeedPermit, identity_ids: Collection[UUID], /) -> Collection[UUID]:
        """Note of whom an extract speaks, be it nothing new; returns those of whom something follows."""
        ...

    def take_in(self, permit: FeedPermit, changes: Sequence[Change]) -> int:
        """Write what follows from changed statements; returns how many entries that was."""
        ...

    def refresh(self, permit: Refresher, person_ids: Sequence[UUID]) -> None:
        """Bring what is derived for these people in step."""
        ...
