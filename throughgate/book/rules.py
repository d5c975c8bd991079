"""What opens a person's own book, how far, and until when. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from throughgate.foundation.errors import Refused

Limits = Mapping[str, int]  # of the code set book_limits


class Level(StrEnum):
    """How far a book is open."""

    PAPER = "paper"  # a code on paper and a birth date: the next things alone, in neutral words
    WORD = "word"  # and the word they remember
    PASSKEY = "passkey"  # a telephone or a computer of their own, which a finger, a face or a PIN unlocks
    BESIDE = "beside"  # a worker sits with them


SURE = frozenset({Level.WORD, Level.BESIDE})  # who comes so far did not do so by a thing they took


class Why(StrEnum):
    """Why the book stays as it is. Pages hold the sentences, in the person's language."""

    NOT_A_CODE = "not_a_code"
    WRONG = "wrong"  # the code or the birth date: nobody is told which
    TOO_OFTEN = "too_often"  # with this code
    TOO_MANY = "too_many"  # from here
    WRONG_WORD = "wrong_word"
    WORD_LOCKED = "word_locked"
    WORD_NOT_HERE = "word_not_here"
    WORD_SHORT = "word_short"
    WORD_LONG = "word_long"
    WORD_USUAL = "word_usual"
    PASSKEY_WRONG = "passkey_wrong"
    PASSKEY_LOCKED = "passkey_locked"
    PASSKEY_NOT_HERE = "passkey_not_here"
    PASSKEYS_FULL = "passkeys_full"


class NotDone(Refused):
    """The book stays as it is."""

    def __init__(self, why: Why) -> None:
        super().__init__("That was not done, and the book stays as it was.")
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Tries:
    """How often it went wrong: with this code since ever, and from this place lately."""

    of_it: int
    from_here: int


def check_tries(tries: Tries, limits: Limits) -> None:
    """Refuse to try a code again that was tried too often, or from where too much is tried."""
    if tries.of_it >= limits["wrong_tries"]:
        raise NotDone(Why.TOO_OFTEN)
    check_from_here(tries.from_here, limits)


def check_from_here(wrong: int, limits: Limits) -> None:
    """Refuse to try anything from where too much is tried."""
    if wrong >= limits["wrong_from_one_place"]:
        raise NotDone(Why.TOO_MANY)


def check_in_a_row(wrong: int, limits: Limits, *, why: Why) -> None:
    """Refuse a word or a passkey after too many wrong ones since it was last right."""
    if wrong >= limits["wrong_tries"]:
        raise NotDone(why)


@dataclass(frozen=True, slots=True)
class Visit:
    """A time that a book is open, on one machine."""

    id: UUID
    person_id: UUID
    level: Level
    beside: UUID | None  # the worker who opened it, and sits with them
    began_at: datetime
    seen_at: datetime
    is_ended: bool  # they left, what opened it holds no more, or the worker beside them works here no more

    @property
    def is_further(self) -> bool:
        """Whether more is open than paper opens."""
        return self.level is not Level.PAPER


def is_open(visit: Visit, *, at: datetime, limits: Limits) -> bool:
    """Whether the visit still holds: nobody leaves a book open on a machine that others use."""
    longest = limits["minutes_beside" if visit.level is Level.BESIDE else "minutes_in_all"]
    is_idle = at - visit.seen_at >= timedelta(minutes=limits["minutes_idle"])
    is_over = at - visit.began_at >= timedelta(minutes=longest)
    return not (visit.is_ended or is_idle or is_over)


def check_giving(role: str, birth_dates: Collection[date], *, givers: Collection[str]) -> None:
    """Refuse a code from a role that does not give them, or one that nothing could go with."""
    if role not in givers:
        raise Refused("Your role does not give out codes. Ask a colleague of the recovery or health team.")
    if not birth_dates:
        raise Refused(
            "No birth date is recorded, and a code opens nothing without one. Record their birth date first."
        )


def check_sitting(role: str, *, sitters: Collection[str]) -> None:
    """Refuse to open a book beside the person for a role that may not read most of it anyway."""
    if role not in sitters:
        raise Refused("Your role does not sit beside people at their book. Ask a worker of their care team.")


LONGEST_WORD = 100  # letters


def check_word(word: str, *, level: Level, is_usual: bool, limits: Limits) -> None:
    """Refuse a word that is chosen by who may have found the paper or the telephone, is soon guessed, or is
    endless.
    """
    refusals = {
        Why.WORD_NOT_HERE: level not in SURE,
        Why.WORD_SHORT: len(word) < limits["letters_of_a_word"],
        Why.WORD_LONG: len(word) > LONGEST_WORD,
        Why.WORD_USUAL: is_usual,
    }
    for why, is_so in refusals.items():
        if is_so:
            raise NotDone(why)


def check_adding_a_passkey(level: Level, *, held: int, limits: Limits) -> None:
    """Refuse one that is added by who may have found the paper or the telephone, or one too many."""
    if level not in SURE:
        raise NotDone(Why.PASSKEY_NOT_HERE)
    if held >= limits["passkeys"]:
        raise NotDone(Why.PASSKEYS_FULL)


def folded(word: str) -> str:
    """A word as it is remembered: in small letters, with one space between its parts."""
    return " ".join(word.casefold().split())
