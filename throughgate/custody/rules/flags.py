"""A sign that something told does not fit together. Flags are shown; nothing is refused for them."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    MUST = "must"  # somebody must look: a plan or a medicine may hang on it
    SHOULD = "should"


@dataclass(frozen=True, kw_only=True)
class Flag:
    """Something to look at; the words are the presenter's."""

    key: str
    severity: Severity
    fields: tuple[str, ...]  # what it is about: names of facts, or codes of date types
    params: tuple[tuple[str, str], ...] = ()  # for the words: days in ISO form, codes as sent
