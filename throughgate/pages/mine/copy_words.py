"""The copy of everything, in words: the page that offers it, the book in it, and its paper."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from throughgate.foundation import clock
from throughgate.packs.content import Edition, Item, Reader, Section, Sheet
from throughgate.packs.words.wording import Wording
from throughgate.pages.mine import presenters, record_words
from throughgate.pages.mine.presenters import Part
from throughgate.pages.mine.record_words import Entry
from throughgate.pages.mine.whole import Whole
from throughgate.pages.person.timeline import Told
from throughgate.people.rules import display_name
from throughgate.record.queries import Spine

LETTERS = 30_000  # of one sheet of paper: a longer one is not printed
LONGEST = 1_900  # of one line of an entry on paper; the book and the data have all of it


class Chapter(NamedTuple):
    """What stands in the book beside the plan and what was written."""

    heading: str
    parts: Sequence[Part]


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
        "chapters": _chapters(_, whole),
        "written": _("What was written"),
        "months": list(_months(_, whole)),
    }


def _chapters(_: Wording, whole: Whole) -> list[Chapter]:
    """Who they are, who can see it, and who looked."""
    return [
        Chapter(_("Who you are, as each service has it"), [presenters.Part("", list(_known_as(_, whole)))]),
        Chapter(
            _("Who can see what"), [part for _id, part in record_words.seen(_, whole.seen, whole.around)]
        ),
        Chapter(_("Who looked"), record_words.looked(_, whole.looks, whole.around)),
    ]


def _known_as(_: Wording, whole: Whole) -> Iterator[presenters.Row]:
    for each in whole.who.known_as:
        lines = (
            display_name(first=each.first_name, middle=each.middle_names, last=each.last_name),
            *(
                _("Also: %(name)s")
                % {"name": display_name(first=alias.first, middle=alias.middle, last=alias.last)}
                for alias in each.aliases
            ),
            _("Born %(day)s") % {"day": _.plain_day(each.birth_date.isoformat())} if each.birth_date else "",
            *(
                f"{_.label('identifier_systems', number.system)}: {number.as_written}"
                for number in each.numbers
            ),
            *(
                _.label(labels, code)
                for labels, code in (
                    ("sexes", each.sex),
                    ("ethnicities", each.ethnicity),
                    ("languages", each.language),
                )
                if code
            ),
        )
        if said := tuple(filter(None, lines)):
            yield presenters.Row(whole.around.organisation(each.organisation_id), said)


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
    """All but the plan, as sheets that are short enough to print."""
    batch: list[tuple[str, Item]] = []
    letters = 0
    for heading, item in _items(_, whole):
        size = len(item.title) + sum(map(len, item.lines))
        if batch and letters + size > LETTERS:
            yield _paper(_, whole, batch, at=at)
            batch, letters = [], 0
        letters += size
        batch.append((heading, item))
    yield _paper(_, whole, batch, at=at)


def _items(_: Wording, whole: Whole) -> Iterator[tuple[str, Item]]:
    """Each under its heading."""
    for chapter in _chapters(_, whole):
        for part in chapter.parts:
            heading = ": ".join(filter(None, (chapter.heading, part.heading)))
            yield from ((heading, Item(key="", title=row.title, lines=row.lines)) for row in part.rows)
    for month in _months(_, whole):
        heading = f"{_('What was written')}: {month.heading}"
        for each in month.entries:
            yield heading, Item(key="", title=f"{each.day}: {each.kind}", lines=tuple(_lines(each)))


def _lines(entry: Entry) -> Iterator[str]:
    for line in (entry.text, *entry.answers, entry.by):
        yield line[:LONGEST]


def _paper(_: Wording, whole: Whole, batch: Sequence[tuple[str, Item]], *, at: datetime) -> Sheet:
    return Sheet(
        edition=Edition(Reader.PERSON, _.language),
        title=_("My copy"),
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
