"""Forms on paper in words, and the page that they are typed back on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.urls import reverse

from throughgate.assessment.rules.shapes import Question
from throughgate.foundation import paper_codes
from throughgate.foundation.permits import Permit
from throughgate.packs.content import Edition, Item, Language, Reader, Section, Sheet
from throughgate.packs.words.wording import wording as sheet_wording
from throughgate.pages import wording
from throughgate.pages.assessment import offering, presenters, said, typing_back
from throughgate.pages.assessment.offering import Offer
from throughgate.pages.assessment.reading import Read
from throughgate.pages.assessment.typing_back import Line, Typing
from throughgate.pages.components.shapes import Link, Problem
from throughgate.pages.person import writing
from throughgate.pages.recording import readers
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat

LINE = "_" * 60  # to write on
LONGEST_ROW = 72  # characters of choices that stand side by side; longer ones have a line each
BETWEEN = "\N{EM SPACE}" * 3


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


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A form to be filled in by hand, in words of one language."""

    language: Language
    title: str
    notices: Sequence[str]
    topics: Sequence[tuple[str, str, Sequence[Asked]]]  # title, introduction, questions
    ends: Sequence[str]
    code: str
    page_of: str


def paper(permit: Permit, offer: Offer, *, language: Language) -> Paper:
    """As the person reads it. What this role does not ask is left out, and its numbers with it."""
    asked = typing_back.lines(permit, offer.topics)
    is_whole = len(asked) == sum(len(each.questions) for each in offer.topics if not each.closed)
    with wording.speaking(language.value):
        notices = [
            _("Leave out whatever you like: it costs you nothing. Tick each answer that fits."),
            _("Write ? for “I do not know”, and - for “I would rather not say”."),
            "" if is_whole else _("A number that is missing here is for somebody else to ask."),
            offer.form.notice,
            sheet_wording(language).not_reviewed(),
        ]
        return Paper(
            language=language,
            title=said.stage(offer.stage) or _(offer.form.title),
            notices=[each for each in notices if each],
            topics=[_topic(list(lines)) for _code, lines in groupby(asked, lambda line: line.topic.code)],
            ends=[
                _("Filled in on: %(space)s") % {"space": LINE[:20]},
                _("With whom, if anybody: %(space)s") % {"space": LINE[:30]},
                _("The code says which form this is, and nothing about you."),
            ],
            code=paper_codes.written(offering.code(offer)),
            page_of=_("Page %(page)s of %(pages)s"),
        )


def page(hat: Hat, permit: Permit, read: Read, offer: Offer, shown: Paper) -> dict[str, Any]:
    """To be looked at, and printed, by a worker."""
    here = [hat.post_id, permit.person_id]
    file = reverse("ask_paper_file", args=[*here, offer.value])
    others = [Language(each) for each in offer.form.languages if each != shown.language]
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "heading": presenters.title(offer.form.title, offer.stage),
        "ask_url": reverse("ask", args=here),
        "file_url": f"{file}?language={shown.language}",
        "languages": [
            Link(
                _("In %(language)s") % {"language": wording.label("languages", each.value)},
                f"?language={each.value}",
            )
            for each in others
        ],
        "paper": shown,
        "as_at": wording.moment(permit.at),
    }


def sheet(permit: Permit, shown: Paper) -> Sheet:
    """For a printer, with the code at the foot of each page."""
    return Sheet(
        edition=Edition(Reader.PERSON, shown.language),
        title=shown.title,
        who=tuple(shown.ends[:2]),
        version=0,
        as_at=permit.at,
        footer=shown.code,
        page_of=shown.page_of,
        notices=tuple(shown.notices),
        sections=tuple(_section(title, intro, rows) for title, intro, rows in shown.topics),
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
        [_asked(line, lines) for line in lines],
    )


def _section(title: str, intro: str, rows: Sequence[Asked]) -> Section:
    said = (Item(key=title, title=intro),) if intro else ()
    return Section(key=title, heading=title, items=(*said, *map(_item, rows)))


def _item(asked: Asked) -> Item:
    choices = [f"{letter})  {label}" for letter, label in asked.choices]
    if len(row := BETWEEN.join(choices)) <= LONGEST_ROW:
        choices = [row]
    space = [LINE] * asked.lines
    if space and asked.unit:
        space[-1] = f"{LINE[:20]} {asked.unit}"
    return Item(
        key=asked.number,
        title=f"{asked.number}  {asked.words}",
        lines=tuple(filter(None, (asked.hint, *choices, *space))),
    )


def _asked(line: Line, lines: Sequence[Line]) -> Asked:
    question = line.question
    labels = dict(said.choices(question))
    several = _("You can choose several.") if question.answers == "several" else ""
    arises = _arises(question, lines) or said.arises(question, line.topic.questions, is_easy=True)
    span = "" if line.letters else said.span(question)
    return Asked(
        number=line.number,
        words=said.question(question, is_easy=True),
        hint=" ".join(part for part in (several, arises, span) if part),
        choices=[(letter, labels[code]) for letter, code in line.letters.items()],
        lines=0 if line.letters else 3 if question.answers == "words" else 1,
        unit=_(question.unit) if question.unit else "",
    )


def _arises(question: Question, lines: Sequence[Line]) -> str:
    """By number and letters; "" where it always does, or where that question is not on the paper."""
    holds = question.only_if
    about = next((each for each in lines if holds and each.question.code == holds.question), None)
    if about is None or holds is None:
        return ""
    marks = [letter for letter, code in about.letters.items() if code in holds.any_of]
    answer = said.more_than(holds.above) if holds.above is not None else _(" or ").join(marks)
    return _("Only if %(answer)s in %(number)s.") % {"answer": answer, "number": about.number}


def _row(line: Line, typed: Typing) -> Row:
    name = typing_back.control(line)
    labels = dict(said.choices(line.question))
    return Row(
        name=name,
        number=line.number,
        words=said.question(line.question, is_easy=True),
        letters=", ".join(f"{letter} {labels[code]}" for letter, code in line.letters.items())
        or said.span(line.question),
        value=typed.typed[name],
        error=typed.wrong.get(name, ""),
        is_long=line.question.answers == "words",
    )
