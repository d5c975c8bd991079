"""What the entries of somebody's own story say to a worker. In each function `_` is the page's wording."""

from collections.abc import Callable
from typing import Any

from throughgate.pages.components.shapes import Mark
from throughgate.pages.names import Names
from throughgate.pages.person.said import Words, sentences
from throughgate.pages.wording import Wording
from throughgate.story.queries import (
    AttachedLine,
    ConsentLine,
    ContactLine,
    HelpLine,
    TriggerLine,
    WordsLine,
)


def of_words(topic: str, line: WordsLine, names: Names) -> Words:
    _ = names.wording
    said = _("In their words: “%(words)s”") % {"words": line.text}
    return Words(_.label("own_words", topic), said, marks(line, _))


def of_attached(line: AttachedLine, names: Names) -> Words:
    _ = names.wording
    kind = _.label("attachment_types", line.type) if line.holds else _("Taken away by them")
    return Words(kind, sentences([_.label("own_words", line.topic), line.title]), marks(line, _))


def of_help(line: HelpLine, names: Names) -> Words:
    _ = names.wording
    kind = _("What helps them") if line.holds else _("What helps them no more")
    return Words(
        kind, sentences([line.name, _.label("helps_what", line.what), line.reach, line.text]), marks(line, _)
    )


def of_trigger(line: TriggerLine, names: Names) -> Words:
    _ = names.wording
    kind = _("What makes it hard") if line.holds else _("What makes it hard no more")
    said = [line.name, _.label("trigger_what", line.what), line.signs, line.text]
    return Words(kind, sentences(said), marks(line, _))


def of_contact(way: str, line: ContactLine, names: Names) -> Words:
    _ = names.wording
    kind = _("How to reach them safely") if line.is_safe else _("Never reach them this way")
    return Words(kind, sentences([_.label("safe_ways", way), line.reach, line.text]), marks(line, _))


def of_consent(line: ConsentLine, names: Names) -> Words:
    _ = names.wording
    said = (
        _("Those who plan services may read it, without their name")
        if line.allowed
        else _("Those who plan services may not read it")
    )
    return Words(_("What changed for them"), sentences([said]))


def marks(line: Any, _: Wording) -> tuple[Mark, ...]:
    """Who wrote it down, or helped to."""
    supported = getattr(line, "supported_by", "")
    told = (
        (line.with_helper, _("written down by a helper")),
        (supported, _("supported to write this by %(who)s") % {"who": supported}),
    )
    return tuple(Mark(words) for is_so, words in told if is_so)


SAYERS: dict[type, Callable[[Any, Names], Words]] = {
    AttachedLine: of_attached,
    HelpLine: of_help,
    TriggerLine: of_trigger,
    ConsentLine: of_consent,
}
SAYERS_ABOUT: dict[type, Callable[[str, Any, Names], Words]] = {
    WordsLine: of_words,
    ContactLine: of_contact,
}
