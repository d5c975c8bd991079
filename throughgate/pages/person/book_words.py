"""What the entries of a person's own book say to a worker. In each function `_` is the page's wording."""

from collections.abc import Callable
from typing import Any

from throughgate.book.queries import AnswerLine, ContactLine, HelpLine, OpeningLine, ToldLine, WordsLine
from throughgate.pages.components.shapes import Mark
from throughgate.pages.names import Names
from throughgate.pages.person.said import Words, sentences
from throughgate.pages.wording import Wording


def of_opening(what: str, line: OpeningLine, names: Names) -> Words:
    _ = names.wording
    until = _("It holds until the end of %(day)s.") % {"day": _.day(line.last_on)} if line.last_on else ""
    said = {
        "code_given": _("A code on paper was given"),
        "code_stopped": _("The code on paper was stopped"),
        "beside": _("Opened with a worker beside them"),
    }[what]
    return Words(_("Their own book"), sentences([said, until]))


def of_own_words(topic: str, line: WordsLine, names: Names) -> Words:
    _ = names.wording
    said = _("In their words: “%(words)s”") % {"words": line.text}
    return Words(_.label("own_words", topic), said, _marks(line, _))


def of_contact(way: str, line: ContactLine, names: Names) -> Words:
    _ = names.wording
    kind = _("How to reach them safely") if line.is_safe else _("Never reach them this way")
    return Words(kind, sentences([_.label("safe_ways", way), line.reach, line.text]), _marks(line, _))


def of_help(line: HelpLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Somebody who helps") if line.holds else _("Somebody who helps no more")
    return Words(kind, sentences([line.name, line.reach, line.text]), _marks(line, _))


def of_told(line: ToldLine, names: Names) -> Words:
    _ = names.wording
    said = sentences([_.label("told_what", line.what), line.text])
    return Words(_("Told to you alone"), said, _marks(line, _))


def of_answer(line: AnswerLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("Answer to what they told"), line.text)


def _marks(line: WordsLine | ContactLine | HelpLine | ToldLine, _: Wording) -> tuple[Mark, ...]:
    return (Mark(_("written down by a helper")),) if line.with_helper else ()


SAYERS: dict[type, Callable[[Any, Names], Words]] = {
    HelpLine: of_help,
    ToldLine: of_told,
    AnswerLine: of_answer,
}
SAYERS_ABOUT: dict[type, Callable[[str, Any, Names], Words]] = {
    OpeningLine: of_opening,
    WordsLine: of_own_words,
    ContactLine: of_contact,
}
