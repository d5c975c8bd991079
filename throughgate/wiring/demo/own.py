"""What the people of the demo say of themselves, in their own book, while a worker sits beside them."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from throughgate.access import actions as access
from throughgate.book import actions as book
from throughgate.book.rules import Level
from throughgate.directory import queries as directory
from throughgate.foundation.permits import Permit
from throughgate.record.rules import Form
from throughgate.story import actions as story
from throughgate.story.rules import EVERYBODY, FileSaid, HelpSaid, Readers, TriggerSaid, Who, WordsSaid
from throughgate.wiring.demo.stories import DEMO

Typed = Mapping[str, str]
Write = Callable[..., UUID]
ME = "me"


def _opened(beside: Permit, _typed: Typed, _form: Form) -> None:
    """Written on the record before anything is said there."""
    book.open_beside(beside)


def _words(typed: Typed) -> WordsSaid:
    return WordsSaid(typed["topic"], typed["text"], "helper" in typed, typed.get("supported_by", ""))


def _drawing(typed: Typed) -> FileSaid:
    content = (DEMO / "drawings" / typed["file"]).read_bytes()
    return FileSaid(typed["topic"], typed["title"], content, with_helper=False)


def _help(typed: Typed) -> HelpSaid:
    return HelpSaid(
        name=typed["name"],
        what=typed["what"],
        reach=typed.get("reach", ""),
        text=typed["text"],
        with_helper=False,
    )


def _trigger(typed: Typed) -> TriggerSaid:
    return TriggerSaid(
        name=typed["name"], what=typed["what"], signs=typed["signs"], text=typed["text"], with_helper=False
    )


def _said(write: Write, read: Callable[[Typed], Any]) -> Callable[[Permit, Typed, Form], None]:
    def keep(beside: Permit, typed: Typed, form: Form) -> None:
        write(_their_own(beside), read(typed), readers=_readers(typed), form=form)

    return keep


def _consent(beside: Permit, _typed: Typed, form: Form) -> None:
    story.consent(_their_own(beside), allowed=True, form=form)


def _their_own(beside: Permit) -> Permit:
    return access.issue_own_permit(
        beside.person_id, level=Level.BESIDE, beside=beside.worker_id, at=beside.at
    )


def _readers(typed: Typed) -> Readers:
    """Everybody who is shown their story, unless it is kept for themselves or for one organisation."""
    kept = typed.get("only_for", "")
    if not kept:
        return EVERYBODY
    return Readers(Who.ME) if kept == ME else Readers(Who.CHOSEN, (directory.organisation(kept).id,))


DEEDS: Mapping[str, Callable[[Permit, Typed, Form], None]] = {
    "open_book": _opened,
    "own_words": _said(story.write_words, _words),
    "own_drawing": _said(story.attach, _drawing),
    "own_help": _said(story.name_help, _help),
    "own_trigger": _said(story.name_trigger, _trigger),
    "own_consent": _consent,
}
