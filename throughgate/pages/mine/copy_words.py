"""The copy of everything, in words: the page that offers it, the book in it, and its paper."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from throughgate.foundation import clock
from throughgate.packs.content import Edition, Item, Reader, Section, Sheet
from throughgate.packs.words.wording import Wording
from throughgate.pages.mine import presenters, record_words
from throughgate.pages.mine.record_words import Entry
from throughgate.pages.mine.whole import Whole
from throughgate.pages.person.timeline import Told
from throughgate.record.queries import Spine

LETTERS = 30_000  # of one sheet of paper: a longer one is not printed
LONGEST = 1_900  # of one line of an entry on paper; the book and the data have all of it


class Month(NamedTuple):
    """What was written in one month."""

    heading: str
    entries: list[Entry]


def page(_: Wording) -> dict[str, Any]:
    return {
        **presenters.places(_, "mine_copy"),
        "heading": _("My copy"),
        "lead": _("You can take all this with you. It comes as one folder."),
        "parts": [
            _("A book to read. It opens without the internet."),
            _("The same on paper (PDF)."),
            _("Your pictures and your voice, as you added them."),
            _("The same for a computer program (JSON)."),
        ],
        "standing": record_words.standing(_),
        "care": _("Who finds the folder can read it. On a shared computer, do not keep it there."),
        "take": _("Take my copy"),
    }


def book(_: Wording, whole: Whole, *, at: datetime) -> dict[str, Any]:
    return {
        "language": _.language.value,
        "title": _("My copy"),
        "name": whole.who.name,
        "as_at": _("As at %(moment)s.") % {"moment": _.moment(at)},
        "standing": record_words.standing(_),
        "plan": presenters.sections(whole.plan),
        "written": _("What was written"),
        "months": list(_months(_, whole)),
    }


def _months(_: Wording, whole: Whole) -> Iterator[Month]:
    told = Told(entries=whole.entries, lines=whole.lines, names=whole.names, above=None)
    for month, group in groupby(whole.entries, key=_month):
        entries = [
            record_words.entry(_, each, told)._replace(file=whole.files.get(each.id, "")) for each in group
        ]
        yield Month(_.month(month), entries)


def _month(entry: Spine) -> date:
    """The first of it."""
    return clock.day_of(entry.happened_at).replace(day=1)


def papers(_: Wording, whole: Whole, *, at: datetime) -> Iterator[Sheet]:
    """What was written, as sheets that are short enough to print."""
    batch: list[tuple[str, Item]] = []
    letters = 0
    for month in _months(_, whole):
        for each in month.entries:
            item = Item(key="", title=f"{each.day}: {each.kind}", lines=tuple(_lines(each)))
            size = len(item.title) + sum(map(len, item.lines))
            if letters + size > LETTERS:
                yield _paper(_, whole, batch, at=at)
                batch, letters = [], 0
            letters += size
            batch.append((month.heading, item))
    if batch:
        yield _paper(_, whole, batch, at=at)


def _lines(entry: Entry) -> Iterator[str]:
    for line in (entry.text, *entry.answers, entry.by):
        yield line[:LONGEST]


def _paper(_: Wording, whole: Whole, batch: Sequence[tuple[str, Item]], *, at: datetime) -> Sheet:
    return Sheet(
        edition=Edition(Reader.PERSON, _.language),
        title=_("What was written"),
        who=(whole.who.name,),
        version=0,
        as_at=at,
        footer=_("As at %(moment)s.") % {"moment": _.moment(at)},
        page_of=_("Page %(page)s of %(pages)s"),
        notices=(record_words.standing(_),),
        sections=tuple(
            Section(key="written", heading=heading, items=tuple(item for _heading, item in group))
            for heading, group in groupby(batch, key=lambda each: each[0])
        ),
    )
