"""What every format makes of its rows: something said about somebody, or a reject with its reason."""

import json
import pickle
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from typing import IO, Any, Protocol
from uuid import UUID

from throughgate.foundation.permits import FeedPermit, Refresher
from throughgate.foundation.values import value
from throughgate.people.actions import Details
from throughgate.people.rules import Identifier
from throughgate.record.rules import Change

ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


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


@value(frozen=True)
class Told:
    """A row as it is compared with what is known: of most rows of an extract that is all there is to do.

    Made where the file is read, so that whoever takes it in has the less to do.
    """

    line: int
    key: str
    as_at: datetime | None
    flags: tuple[Flag, ...]
    digests: Mapping[str, bytes]  # what stands for each statement, by item
    packed: bytes  # the identifiers, and the statements as text; unpacked where one of them is news

    @cached_property
    def opened(self) -> "Opened":
        """What it says."""
        identifiers, texts = pickle.loads(self.packed)  # noqa: S301 - packed by `told`, in this program
        return Opened(identifiers, texts, {item: json.loads(text) for item, text in texts.items()})


@dataclass(frozen=True, slots=True)
class Opened:
    """What a row says, in full."""

    identifiers: tuple[Identifier, ...]
    texts: Mapping[str, str]  # the statements as JSON, by item
    said: Mapping[str, Mapping[str, Any]]


def told(row: Row) -> Told:
    """The row, ready to be compared."""
    texts = {item: as_text(said) for item, said in row.said.items()}
    return Told(
        line=row.line,
        key=row.key,
        as_at=row.as_at,
        flags=row.flags,
        digests={item: _digest(text) for item, text in texts.items()},
        packed=pickle.dumps((row.identifiers, texts)),
    )


def as_text(said: Mapping[str, Any]) -> str:
    """The statement as JSON, the same however its fields were ordered."""
    return ENCODER.encode(said)


def _digest(text: str) -> bytes:
    """What stands for a statement where only sameness matters."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


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
