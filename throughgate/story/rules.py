"""What people may say of themselves, who may read it, and what a file that they attach is. Pure."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused

LONGEST_NAME = 200  # characters
LONGEST_TEXT = 5_000


class Why(StrEnum):
    """Why something is not kept. Pages hold the sentences, in the person's language."""

    NOTHING_SAID = "nothing_said"
    TOO_LONG = "too_long"
    NO_CHOICE = "no_choice"  # of what it is about, or whom it is for
    NOT_A_FILE = "not_a_file"  # neither a recording nor a picture that a browser shows
    FILE_TOO_LARGE = "file_too_large"
    TOO_MANY_FILES = "too_many_files"


class NotKept(Refused):
    """What somebody said of themself stays as it was."""

    def __init__(self, why: Why) -> None:
        super().__init__("That was not kept, and everything stays as it was.")
        self.why = why


def check_own(*, is_own: bool) -> None:
    """Refuse whoever is not the person themself, whatever their role records."""
    if not is_own:
        raise Refused(
            "Nobody but they themselves writes their story. Open their own book together, and they write."
        )


class WordsSaid(NamedTuple):
    """What they say about one thing."""

    topic: str  # of the code set own_words
    text: str
    with_helper: bool  # somebody wrote it down for them
    supported_by: str = ""  # who helped them to write it


class FileSaid(NamedTuple):
    """A recording or a picture that says it."""

    topic: str
    title: str
    content: bytes
    with_helper: bool


class HelpSaid(NamedTuple):
    """Somebody or something that helps them."""

    name: str
    reach: str
    text: str  # how it helps
    with_helper: bool
    holds: bool = True  # False: not any more
    what: str = ""  # of the code set helps_what


class TriggerSaid(NamedTuple):
    """What makes it hard for them."""

    name: str
    what: str  # of the code set trigger_what
    signs: str  # how they, or others, notice
    text: str  # what they do then
    with_helper: bool
    holds: bool = True


class ContactSaid(NamedTuple):
    """A way to reach them."""

    way: str  # of the code set safe_ways
    is_safe: bool  # False: never to be used
    reach: str
    text: str  # when, and what may be said
    with_helper: bool


def of_part(part: str) -> tuple[str, ...]:
    """The kinds of one part of the story, in their order: about_me, ahead, coping, changed."""
    return tuple(f"own_{row['code']}" for row in code_set("own_words").rows if row["part"] == part)


class Who(StrEnum):
    """Who may read what somebody says of themself."""

    ALL = "all"  # whoever they let see their story
    CHOSEN = "chosen"
    ME = "me"


class Readers(NamedTuple):
    who: Who
    chosen: tuple[UUID, ...] = ()  # organisations


EVERYBODY = Readers(Who.ALL)


def only_for(readers: Readers, *, offered: Collection[UUID], person_id: UUID) -> tuple[UUID, ...]:
    """For whom alone an entry is kept; none: for whoever the matrix and their choices let read it.

    No worker reads what is kept for the person's id. Raises: NotKept where none of those offered is chosen.
    """
    if readers.who is Who.CHOSEN and not (readers.chosen and set(readers.chosen) <= set(offered)):
        raise NotKept(Why.NO_CHOICE)
    kept = {Who.ALL: (), Who.CHOSEN: tuple(sorted(set(readers.chosen))), Who.ME: (person_id,)}
    return kept[readers.who]


def check_said(text: str, *, choice: bool, name: str = "", longest: int = LONGEST_TEXT) -> None:
    """Refuse what says nothing, too much, or not about what or to whom."""
    refusals = {
        Why.NO_CHOICE: not choice,
        Why.NOTHING_SAID: not text.strip(),
        Why.TOO_LONG: len(text) > longest or len(name) > LONGEST_NAME,
    }
    _refuse(refusals)


def check_file(said: FileSaid, *, choice: bool, held: int, limits: Mapping[str, int]) -> str:
    """The type of a file that may be kept, of `attachment_types`; `held` is how many there are already."""
    found = type_of(said.content)
    refusals = {
        Why.NO_CHOICE: not choice,
        Why.NOTHING_SAID: not (said.title and said.content),
        Why.TOO_LONG: len(said.title) > LONGEST_NAME,
        Why.FILE_TOO_LARGE: len(said.content) > limits["attachment_bytes"],
        Why.TOO_MANY_FILES: held >= limits["attachments_held"],
        Why.NOT_A_FILE: not found,
    }
    _refuse(refusals)
    return found


def _refuse(refusals: Mapping[Why, bool]) -> None:
    for why, is_so in refusals.items():
        if is_so:
            raise NotKept(why)


SIGNATURES = (
    (((0, b"\xff\xd8\xff"),), "image/jpeg"),
    (((0, b"\x89PNG\r\n\x1a\n"),), "image/png"),
    (((0, b"RIFF"), (8, b"WEBP")), "image/webp"),
    (((0, b"RIFF"), (8, b"WAVE")), "audio/wav"),
    (((0, b"OggS"),), "audio/ogg"),
    (((0, b"ID3"),), "audio/mpeg"),
    (((0, b"\xff\xfb"),), "audio/mpeg"),
    (((0, b"\xff\xf3"),), "audio/mpeg"),
    (((4, b"ftypM4A "),), "audio/mp4"),
    (((4, b"ftypmp42"),), "audio/mp4"),
    (((0, b"\x1a\x45\xdf\xa3"),), "audio/webm"),
)


def type_of(content: bytes) -> str:
    """What a file is by how it begins, whatever it is called; "" for what is not kept here."""
    return next((found for marks, found in SIGNATURES if _begins(content, marks)), "")


def _begins(content: bytes, marks: Iterable[tuple[int, bytes]]) -> bool:
    return all(content[place : place + len(mark)] == mark for place, mark in marks)


CHANGED = of_part("changed")  # what changed for them


def is_still_allowed(consented: Collection[str], standing: Collection[str]) -> bool:
    """Whether words are still those that were consented to: not one of them was said anew or taken away."""
    return bool(consented) and set(consented) == set(standing)
