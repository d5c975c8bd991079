"""Forms on paper in words, and the page that they are typed back on."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.urls import reverse

from throughgate.foundation import paper_codes
from throughgate.foundation.permits import Permit
from throughgate.packs.content import Edition, Item, Language, Reader, Section, Sheet
from throughgate.pages import wording
from throughgate.pages.assessment import offering, presenters, said, typing_back
from throughgate.pages.assessment.reading import Read
from throughgate.pages.assessment.typing_back import Line, Typing
from throughgate.pages.components.shapes import Problem
from throughgate.pages.person import writing
from throughgate.pages.recording import readers
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat

LINE = "_" * 60  # to write on


class Asked(NamedTuple):
    """One question on paper."""

    number: str
    words: str
    hint: str
    choices: Sequence[tuple[str, str]]  # letter and words
    lines: int  # to write on
    unit: str


class Row(NamedTuple):
    """One question to type back."""

    name: str
    number: str
    words: str
    letters: str  # "a Yes, b No"
    value: str
    error: str
    is_long: bool


def paper(hat: Hat, permit: Permit, read: Read, what: str) -> dict[str, Any]:
    """Raises: NotFound for a form that this role does not ask, or whose words stand on paper of its own."""
    offer = offering.named(permit, what)
    asked = typing_back.lines(permit, offer.topics)
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "heading": presenters.title(offer.form.title, offer.stage),
        "ask_url": reverse("ask", args=[hat.post_id, permit.person_id]),
        "file_url": reverse("ask_paper_file", args=[hat.post_id, permit.person_id, what]),
        "code": paper_codes.written(offering.code(offer)),
        "topics": [_topic(list(lines)) for _code, lines in groupby(asked, lambda line: line.topic.code)],
        "notice": offer.form.notice,
        "as_at": wording.moment(permit.at),
    }


def sheet(permit: Permit, what: str) -> Sheet:
    """The same for a printer, with the code at the foot of each page. Raises: NotFound as `paper`."""
    offer = offering.named(permit, what)
    asked = typing_back.lines(permit, offer.topics)
    notices = [
        _("Leave out whatever you like: it costs you nothing. Put a ring round each letter that fits."),
        _("Write ? for “I do not know”, and - for “I would rather not say”."),
        offer.form.notice,
    ]
    return Sheet(
        edition=Edition(
            Reader.PERSON, Language.WELSH if wording.current().language == "cy" else Language.ENGLISH
        ),
        title=presenters.title(offer.form.title, offer.stage),
        who=(_("Filled in on: %(space)s") % {"space": LINE[:20]},),
        version=0,
        as_at=permit.at,
        footer=paper_codes.written(offering.code(offer)),
        page_of=_("Page %(page)s of %(pages)s"),
        notices=tuple(filter(None, notices)),
        sections=tuple(
            _section(code, *_topic(list(lines)))
            for code, lines in groupby(asked, lambda line: line.topic.code)
        ),
    )


def typing(hat: Hat, permit: Permit, typed: Typing) -> dict[str, Any]:
    """The page that a form is typed back on, as it was filled in."""
    read = typed.read
    here = [hat.post_id, permit.person_id]
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "heading": presenters.title(read.instrument.title, read.sitting.stage),
        "sitting_url": reverse("sitting", args=[*here, read.sitting.id]),
        "form_key": typed.form.key,
        "readers": presenters.readers_of(typing_back.kept_for(permit, read), typed.only_for),
        "readers_hint": readers.hint(),
        **presenters.meanwhile(typed.newer, typed.draft_at),
        "topics": [
            (_(rows[0].topic.title), [_row(line, typed) for line in rows])
            for rows in (list(lines) for _code, lines in groupby(typed.lines, lambda line: line.topic.code))
        ],
        "problems": [Problem(why, name) for name, why in typed.wrong.items()],
        "as_at": wording.moment(permit.at),
    }


def _topic(lines: Sequence[Line]) -> tuple[str, str, list[Asked]]:
    """Title, introduction and questions of one topic."""
    topic, number = lines[0].topic, lines[0].number.partition(".")[0]
    return (
        f"{number}. {_(topic.title)}",
        _(topic.intro) if topic.intro else "",
        [_asked(line) for line in lines],
    )


def _section(code: str, title: str, intro: str, rows: Sequence[Asked]) -> Section:
    said = (Item(key=code, title=intro),) if intro else ()
    return Section(key=code, heading=title, items=(*said, *map(_item, rows)))


def _item(asked: Asked) -> Item:
    choices = (f"{letter})  {label}" for letter, label in asked.choices)
    space = [LINE] * asked.lines
    if space and asked.unit:
        space[-1] = f"{LINE[:20]} {asked.unit}"
    return Item(
        key=asked.number,
        title=f"{asked.number}  {asked.words}",
        lines=tuple(filter(None, (asked.hint, *choices, *space))),
    )


def _asked(line: Line) -> Asked:
    question = line.question
    labels = dict(said.choices(question))
    several = _("You can choose several.") if question.answers == "several" else ""
    arises = said.arises(question, line.topic.questions, is_easy=True)
    return Asked(
        number=line.number,
        words=said.question(question, is_easy=True),
        hint=" ".join(part for part in (several, arises) if part),
        choices=[(letter, labels[code]) for letter, code in line.letters.items()],
        lines=0 if line.letters else 3 if question.answers == "words" else 1,
        unit=_(question.unit) if question.unit else "",
    )


def _row(line: Line, typed: Typing) -> Row:
    name = typing_back.control(line)
    labels = dict(said.choices(line.question))
    return Row(
        name=name,
        number=line.number,
        words=said.question(line.question, is_easy=True),
        letters=", ".join(f"{letter} {labels[code]}" for letter, code in line.letters.items()),
        value=typed.typed[name],
        error=typed.wrong.get(name, ""),
        is_long=line.question.answers == "words",
    )
