"""What the entries of a person's own book say to a worker. In each function `_` is the page's wording."""

from collections.abc import Callable
from typing import Any

from throughgate.book.queries import AnswerLine, OpeningLine, ToldLine
from throughgate.pages.names import Names
from throughgate.pages.person.said import Words, sentences
from throughgate.pages.story import words as story


def of_opening(what: str, line: OpeningLine, names: Names) -> Words:
    _ = names.wording
    until = _("It holds until the end of %(day)s.") % {"day": _.day(line.last_on)} if line.last_on else ""
    said = {
        "code_given": _("A code on paper was given"),
        "code_stopped": _("The code on paper was stopped"),
        "beside": _("Opened with a worker beside them"),
        "passkey_added": _("A telephone or a computer of theirs opens it from now on"),
        "passkey_stopped": _("A telephone or a computer of theirs opens it no more"),
    }[what]
    return Words(_("Their own book"), sentences([said, until]))


def of_told(line: ToldLine, names: Names) -> Words:
    _ = names.wording
    said = sentences([_.label("told_what", line.what), line.text])
    return Words(_("Told to you alone"), said, story.marks(line, _))


def of_answer(line: AnswerLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("Answer to what they told"), line.text)


SAYERS: dict[type, Callable[[Any, Names], Words]] = {
    ToldLine: of_told,
    AnswerLine: of_answer,
}
SAYERS_ABOUT: dict[type, Callable[[str, Any, Names], Words]] = {
    OpeningLine: of_opening,
}
