"""What is wrong with what somebody typed: a sentence for each part that has to be put right. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from throughgate.foundation.errors import Refused

REMARK = 1_000  # characters; what needs more is a note
FURTHEST = timedelta(days=2 * 365)  # beyond it a year was typed wrongly


def parts(sentences: Mapping[str, str]) -> dict[str, str]:
    """Those parts of which there is something to say; empty when all can be kept."""
    return {part: why for part, why in sentences.items() if why}


class Sentence(str):
    """A sentence in English that keeps what it was made of, so that a page may say it in another language."""

    __slots__ = ("message", "said")
    message: str
    said: Mapping[str, object]


def sentence(message: str, **said: object) -> Sentence:
    """A message of the catalogue, with what is put into it."""
    made = Sentence(message % said if said else message)
    made.message, made.said = message, said
    return made


def too_long(text: str, limit: int = REMARK) -> str:
    """Why these words do not fit; "" where they do."""
    if len(text) <= limit:
        return ""
    return sentence("This holds up to %(limit)s characters. Write a note for more.", limit=f"{limit:,}")


def too_far(day: date | None, today: date) -> str:
    """Why nothing is planned for this day, or was; "" where it may be, or none is said."""
    is_far = day is not None and abs(day - today) > FURTHEST
    return "This day is more than two years away. Check the year." if is_far else ""


class ToPutRight(Refused):
    """Some of what was typed; a page may say each sentence beside its part."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__(" ".join(sentences.values()))
        self.sentences = sentences


def refuse(wrong: Mapping[str, str]) -> None:
    """Raises: ToPutRight with these sentences, where there are any."""
    if wrong:
        raise ToPutRight(wrong)
