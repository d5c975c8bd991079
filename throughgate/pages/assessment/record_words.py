"""What the record tells of a question, in words: those of a pack's sheets, and their own."""

from collections.abc import Iterator
from typing import NamedTuple

from throughgate.foundation import clock
from throughgate.packs.content import Language
from throughgate.packs.rules import Fact, Snapshot
from throughgate.packs.words import next_worker
from throughgate.packs.words.wording import wording as sheet_wording
from throughgate.pages import wording
from throughgate.pages.assessment.on_record import Held
from throughgate.pages.names import Names
from throughgate.pages.person import words
from throughgate.pages.wording import words as _
from throughgate.story.queries import Said


class Words(NamedTuple):
    said: str
    lines: str
    source: str
    is_for_another_purpose: bool


def told(held: Held, concept: str) -> Iterator[Words]:
    """Nothing where the record tells nothing of it."""
    for fact in held.facts.get(concept, ()):
        if held.snapshot:
            yield from _of_fact(fact, held.snapshot, held)
    for said in held.own.get(concept, ()):
        yield _of_their_own(said, held)


def _of_fact(fact: Fact, snapshot: Snapshot, held: Held) -> Iterator[Words]:
    spoken = sheet_wording(Language.WELSH if wording.current().language == "cy" else Language.ENGLISH)
    for item in next_worker.told(fact, next_worker.Writing(snapshot, spoken)):
        yield Words(item.title, " · ".join(item.lines), item.source, held.is_for_another_purpose)


def _of_their_own(said: Said, held: Held) -> Words:
    found = words.of_entry(said.entry.kind, said.line, Names(()))
    day = wording.day(clock.day_of(said.entry.happened_at))
    source = _("Their own story, %(day)s") % {"day": day}
    return Words(found.kind, found.text, source, held.is_for_another_purpose)
