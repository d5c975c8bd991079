"""What a sheet is once it is in words: the one shape that every renderer takes. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Reader(StrEnum):
    """For whom a sheet is. The two are printed apart, since what somebody carries may be found."""

    PERSON = "person"
    NEXT_WORKER = "next_worker"


class Language(StrEnum):
    ENGLISH = "en"
    WELSH = "cy"


class Layout(StrEnum):
    STANDARD = "standard"
    LARGE = "large"  # 18 point and more
    EASY = "easy"  # easy read: a picture beside each section


class Edition(NamedTuple):
    """Which of the sheets of a pack is meant. Only the person's own can be discreet or easy read."""

    reader: Reader
    language: Language = Language.ENGLISH
    layout: Layout = Layout.STANDARD
    is_discreet: bool = False  # names no drug service and no medicine


class Landmark(NamedTuple):
    """Something everybody finds, from which they walk to a place."""

    name: str
    direction: str  # of eight: n, ne, e, se, s, sw, w, nw, as one walks
    minutes: int


class Where(NamedTuple):
    """A place of the directory, as far as it may be printed."""

    name: str
    address: tuple[str, ...]  # lines, the postcode last
    phone: str
    opening: str  # in words, of the day they are expected; "" not known
    landmarks: tuple[Landmark, ...] = ()


class State(StrEnum):
    """The ways of telling something, which a reader must be able to keep apart."""

    TOLD = "told"
    NONE = "none"  # there is none, and somebody said so
    NOT_RECORDED = "not_recorded"
    NOT_SHARED = "not_shared"  # with whoever made or prints it
    LEFT_OUT = "left_out"  # the person asked that it be left out
    NOTE = "note"  # about the sheet itself, and not about them


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing a sheet tells."""

    key: str  # the same in every version: "appointment:..."; what the person may ask to leave out
    title: str  # the line that counts
    lines: tuple[str, ...] = ()  # more of it, in order
    source: str = ""  # who said so and when; the next worker's sheet only
    where: Where | None = None
    state: State = State.TOLD


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading with what stands under it. The key also names its picture for easy read."""

    key: str
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet in one language, ready to be laid out. Every word is plain text, and none is markup."""

    edition: Edition
    title: str  # neutral: it stands in the file's metadata, too
    who: tuple[str, ...]  # lines that say whose it is
    version: int
    as_at: datetime
    footer: str  # "As at Thursday 3 December 2026, 14:05. Version 2." Page n of m is the renderer's.
    page_of: str  # "Page %(page)s of %(pages)s", in the sheet's language
    notices: tuple[str, ...]  # such as that the person has not agreed yet, or that it was taken back
    sections: tuple[Section, ...]
