"""What the macros draw. A presenter fills these with ready strings; templates neither decide nor format."""

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

STATES = ("confirmed", "in_hand", "not_started", "late", "not_known", "not_needed")
TONES = ("slate", "deep", "leaf", "amber", "red")
TOPICS = ("custody", "treatment", "contact", "law", "safety", "note")


class Mark(NamedTuple):
    """A short word in a tag."""

    words: str
    tone: str = "slate"  # one of TONES


class State(NamedTuple):
    """A state's word with its shape."""

    state: str  # one of STATES
    words: str = ""  # "" takes the state's own word


class Link(NamedTuple):
    words: str
    url: str


class TimelineRow(NamedTuple):
    """One thing that happened. A tuple: three hundred on a page are unpacked faster than looked up."""

    moment: str  # for machines: 2026-12-03 or 2026-12-03T14:05
    day: str  # "Thu 3 Dec 2026"; "" where the row above is of the same day
    time: str  # "14:05"; "" where only the day is known
    topic: str  # one of TOPICS: the shape on the line
    kind: str  # what kind of thing, in a word or two
    text: str
    said_by: str  # "HMP Exampleton, prison record"
    known: str  # "known Fri 4 Dec, 06:10"
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    gap: str = ""  # said above the row where nothing is recorded for long: "23 days with nothing recorded"
    is_replaced: bool = False  # a corrected entry that stays readable
    closed: str = ""  # what it speaks of, where the text is opened with a click: it may be hard to read
    beside: tuple[str, ...] = ()  # what those say who disagree


class Fact(NamedTuple):
    """One line of a summary list."""

    label: str
    value: object  # words, or Markup from the `absent` and `state` macros
    source: str = ""  # who said so and when
    link: Link | None = None


class Version(NamedTuple):
    """What one source says where sources disagree."""

    value: str
    source: str
    known: str
    is_chosen: bool = False


class PersonRow(NamedTuple):
    """One person in a worklist."""

    state: str  # one of STATES, or "" for no shape
    name: str
    url: str
    who: str  # "born 4 May 1989 · A0000ZZ"
    what: str  # what matters now, and why
    when: str  # "leaves Thu 3 Dec"
    marks: tuple[Mark, ...] = ()
    line: Markup = Markup()  # a small gate line, drawn
    record_url: str = ""  # where something is recorded of them
    pack_url: str = ""  # where their release pack is
    todo: str = ""  # what is to be done first


class StepLine(NamedTuple):
    """A step of somebody's pathway."""

    state: str  # one of STATES
    what: str
    when: str  # "by Tue 24 Nov"
    who: str
    why: str
    check: str = ""  # "local practice: check"
    url: str = ""  # where what was done about it is recorded


class ReadyItem(NamedTuple):
    """One thing that has to be ready for the day somebody leaves."""

    label: str
    state: str  # one of STATES, or "" where it is not shared
    url: str = ""
    due: str = ""  # while it is open: by when, and whose it is


class Cell(NamedTuple):
    """A cell of a table that is more than words."""

    words: str
    url: str = ""
    source: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Column:
    label: str
    is_number: bool = False
    stays_whole: bool = False  # a number or code that must not break over two lines
    language: str = ""  # of what stands in it, where that is not the page's


@dataclass(frozen=True)
class PersonBanner:
    """Whose record this is."""

    name: str
    born: str  # "4 May 1989 (37)"; "" where nobody has said
    identifiers: tuple[tuple[str, str], ...] = ()  # ("Prison number", "A0000ZZ")
    marks: tuple[Mark, ...] = ()
    lookalike: str = ""  # "Another person has this name"; counts only people this worker may see
    lookalike_link: Link | None = None


@dataclass(frozen=True)
class Option:
    """One choice among radios, checkboxes or a select."""

    value: str
    label: str
    hint: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Problem:
    """A line of the error summary; `field` is the id of the control it leads to."""

    text: str
    field: str = ""


class Kept(NamedTuple):
    """What was recorded a moment ago, said back."""

    title: str
    text: str
    plain_url: str = ""  # where it stands as plain text
    undo_url: str = ""  # where it can be taken back, while that is honest
