"""A text in words, of one language, and in the shape of a pack's sheets.

A list of coded items is in English, whatever the language: a program reads it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from throughgate.foundation import clock
from throughgate.packs.content import Edition, Item, Language, Reader, Section, Sheet, State
from throughgate.packs.rules import Fact, Snapshot, Topic
from throughgate.packs.words import answers, next_worker, whose
from throughgate.packs.words.next_worker import Writing
from throughgate.packs.words.wording import Wording, wording
from throughgate.summaries import rules
from throughgate.summaries.rules import ItemState, Text, TextState


@dataclass(frozen=True, kw_only=True)
class Written:
    """A text, as far as it says something about itself."""

    text: Text
    snapshot: Snapshot  # only what they agreed to
    made_by: str  # the id of the organisation
    answers: tuple[str, ...] = ()  # who there, and the number by which they are reached; "" not known
    version: int
    as_at: datetime
    state: TextState
    has_left_out: bool
    language: Language = Language.ENGLISH


def sheet(written: Written) -> Sheet:
    """The whole text, ready to be laid out."""
    _ = wording(Language.ENGLISH if written.text.is_items else written.language)
    said = {"moment": _.moment(written.as_at), "number": written.version}
    return Sheet(
        edition=Edition(Reader.NEXT_WORKER, _.language),
        title=_(written.text.label),
        who=() if written.text.is_items else whose(written.snapshot, written.made_by, _, *written.answers),
        version=written.version,
        as_at=written.as_at,
        footer=_("As at %(moment)s. Version %(number)s. They agreed to each line of this.") % said,
        page_of=_("Page %(page)s of %(pages)s"),
        notices=tuple(_notices(written, _)),
        sections=tuple(_items(written, _) if written.text.is_items else _sections(written, _)),
    )


def offered(text: Text, snapshot: Snapshot, *, on: date, language: Language) -> list[Section]:
    """Everything the text may say, under its headings, also where there is nothing: to be gone through."""
    _ = wording(language)
    writing = Writing(snapshot, _)
    return [
        Section(key=str(number), heading=_(part.heading), items=tuple(_part(part, writing, on)))
        for number, part in enumerate(rules.parts(text, snapshot), start=1)
    ]


def before_it(text: Text, language: Language) -> tuple[str, ...]:
    """What is read out before the lines are gone through."""
    _ = wording(language)
    return tuple(filter(None, (_(text.notice) if text.notice else "", _.not_reviewed())))


def plain(sheet: Sheet) -> str:
    """The same as plain text, to be copied into a system that takes nothing else."""
    return "\n\n".join(
        "\n".join(filter(None, block))
        for block in (
            [sheet.title, *sheet.who],
            [*sheet.notices],
            *([section.heading, *_plainly(section.items)] for section in sheet.sections),
            [sheet.footer],
        )
        if any(block)
    )


def _plainly(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        said = ". ".join(part.rstrip(".") for part in (item.title, *item.lines))
        yield f"- {said}" + (f" ({item.source})" if item.source else "")


def _sections(written: Written, _: Wording) -> Iterator[Section]:
    """Only headings of which something is said; what is not is told once, at the end, where it may be."""
    writing, on = Writing(written.snapshot, _), clock.day_of(written.as_at)
    silent = []
    for part in rules.parts(written.text, written.snapshot):
        if items := [item for fact in part.facts for item in _told(fact, part, writing, on)]:
            yield Section(key=part.heading, heading=_(part.heading), items=tuple(_once(items)))
        else:
            silent.append(part)
    if written.text.says_gaps and (gaps := tuple(_gaps(written, silent, _))):
        yield Section(key="gaps", heading=_("What is not said here"), items=gaps)


def _gaps(written: Written, silent: Iterable[rules.Part], _: Wording) -> Iterator[Item]:
    """Left out is said of the whole and never of what: a heading of which all is left out is not told of."""
    seen = written.snapshot.categories
    hidden = ", ".join(_(part.heading) for part in silent if not part.categories & seen)
    if hidden:
        title = _("Not shared with whoever made this: %(headings)s") % {"headings": hidden}
        yield Item(key="not_shared", title=title, state=State.NOT_SHARED)
    if written.has_left_out:
        wish = _("Something is left out at their wish.")
        yield Item(key="left_out", title=wish, state=State.LEFT_OUT)
    rest = _("What is not mentioned was not recorded, or is left out. That does not mean that there is none.")
    yield Item(key="rest", title=rest, state=State.NOT_RECORDED)


def _told(fact: Fact, part: rules.Part, writing: Writing, on: date) -> Iterator[Item]:
    """A fact as an item; of an answer the source says on which day it was given, and whether that is all."""
    for item in next_worker.told(fact, writing):
        if fact.topic is not Topic.ANSWER:
            yield item
            continue
        name = writing.wording.name(writing.snapshot.names.get(fact.by))
        yield replace(item, source=answers.source(fact, name, writing.wording, on=on, among=part.facts))


def _part(part: rules.Part, writing: Writing, on: date) -> Iterator[Item]:
    """What there is, or why there is nothing: for the worker, who may be able to ask."""
    _, seen = writing.wording, part.categories & writing.snapshot.categories
    found = [item for fact in part.facts for item in _told(fact, part, writing, on)]
    yield from found
    if not found and seen:
        yield Item(key="not_recorded", title=_("Not recorded"), state=State.NOT_RECORDED)
    if seen != part.categories:
        whole, some = _("Not shared with you"), _("Some of it is not shared with you")
        yield Item(key="not_shared", title=some if seen else whole, state=State.NOT_SHARED)


def _once(items: Iterable[Item]) -> Iterator[Item]:
    """What several said in the same words stands once, with each of them as its source."""
    alike: dict[tuple[str, tuple[str, ...], State], list[Item]] = {}
    for item in items:
        alike.setdefault((item.title, item.lines, item.state), []).append(item)
    for first, *others in alike.values():
        sources = dict.fromkeys(each.source for each in (first, *others) if each.source)
        yield replace(first, source="; ".join(sources))


def _items(written: Written, _: Wording) -> Iterator[Section]:
    """A list of coded items by its groups."""
    found = rules.items(written.snapshot.facts)
    for group, items in groupby(found, key=lambda item: item.group):
        yield Section(key=group, heading=group, items=tuple(_item(item, _) for item in items))


def _item(item: rules.Item, _: Wording) -> Item:
    value = " ".join(part for part in (item.value, item.meaning) if part)
    title, state = {
        ItemState.CODED: (value, State.TOLD),
        ItemState.AS_TOLD: (value, State.TOLD),
        # No table has words for it, so our own code is told as words.
        ItemState.NOT_MAPPED: (_("not mapped: %(value)s") % {"value": value.replace("_", " ")}, State.TOLD)
        if value
        else (_("not mapped, %(why)s") % {"why": item.why_not}, State.NOT_RECORDED),
        ItemState.NOT_TOLD: (_("not told here"), State.NOT_RECORDED),
    }[item.state]
    return Item(key=item.code, title=f"{item.code}: {title}", lines=(item.label,), state=state)


def _notices(written: Written, _: Wording) -> Iterator[str]:
    if written.state in {TextState.REVOKED, TextState.LAPSED}:
        yield _("This does not hold any more. Ask for a new one.")
    if written.state is TextState.REPLACED:
        yield _("There is a newer version of this. Ask for it.")
    if written.text.notice:
        yield _(written.text.notice)
    if not_reviewed := _.not_reviewed():
        yield not_reviewed
