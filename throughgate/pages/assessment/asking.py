"""A topic's questions as they are drawn: controls, what was said before, what others say."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import NamedTuple

from throughgate.assessment import instruments
from throughgate.assessment.rules import asking as rules
from throughgate.assessment.rules.answers import Known
from throughgate.assessment.rules.prefill import Prefill
from throughgate.assessment.rules.shapes import Question
from throughgate.pages import wording
from throughgate.pages.assessment import forms, reading, record_words, said
from throughgate.pages.assessment.filling import Filling
from throughgate.pages.assessment.forms import Given
from throughgate.pages.assessment.on_record import Held
from throughgate.pages.components.shapes import Mark, Version
from throughgate.pages.names import Names
from throughgate.pages.wording import words as _

KINDS = {"one": "radio", "yes_no": "radio", "several": "checkbox", "words": "words", "date": "day"}


class Pick(NamedTuple):
    value: str
    label: str
    is_chosen: bool
    meaning: str = ""  # in the language of the page, where the label is in the person's


class Earlier(NamedTuple):
    """What was said before, by whom and how long ago: not confirmed until somebody says so."""

    said: str
    source: str
    marks: Sequence[Mark]
    picks: Sequence[Pick]  # none where it must be asked afresh


class Told(NamedTuple):
    """What the record tells of it otherwise, by whom and how long ago."""

    said: str
    lines: str
    source: str
    marks: Sequence[Mark]


class OnlyIf(NamedTuple):
    """The control that a question hangs on, and the values of it with which it arises."""

    name: str
    any_of: str
    above: str
    is_before: bool  # with what was said before, as long as that is still so


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question, ready to be drawn."""

    name: str
    legend: str
    language: str  # of the legend and what may be picked, where it is not the page's
    meaning: str  # of the legend then, in the page's
    hint: str
    span: str  # of a number that is typed: from which to which
    arises: str  # with which answer to which question; a script leaves it out, and the question with it
    kind: str  # radio, checkbox, words, day, line
    options: Sequence[Pick]
    instead: Sequence[Pick]
    instead_name: str
    value: str
    words: str
    parts: Sequence[tuple[str, str, str, int]]  # of a day: its name, label, value and width
    width: int
    unit: str
    is_number: bool
    hangs: bool  # on the answer to another question
    only_if: OnlyIf | None  # which, where that stands on the page
    earlier: Earlier | None
    held: Sequence[Told]
    others: Sequence[Version]
    error: str

    @property
    def has_words(self) -> bool:
        """What hangs on another question leaves the words to that."""
        return self.kind != "words" and (not self.hangs or bool(self.words))

    @property
    def is_folded(self) -> bool:
        """What was said before stands first; to change it is opened."""
        return bool(self.earlier and self.earlier.picks)

    @property
    def is_open(self) -> bool:
        is_said = bool(self.value or self.words or any(value for _name, _label, value, _width in self.parts))
        return is_said or any(pick.is_chosen for pick in (*self.options, *self.instead))


class Page(NamedTuple):
    """What the questions of a topic are drawn with."""

    given: Given
    earlier: Mapping[str, Prefill]
    others: Mapping[str, Sequence[Known]]
    wrong: Mapping[str, str]
    names: Names
    held: Held
    is_easy: bool
    language: str = ""  # in which they are read out; "" that of the page
    is_own: bool = False  # the person answers, in their own book


def of_topic(filled: Filling, on_page: Sequence[Question], *, is_own: bool = False) -> list[Ask]:
    """The questions of a topic's page, a worker's or, where it is theirs, the person's own."""
    page = Page(
        given=filled.given,
        earlier=filled.earlier,
        others=reading.beside(filled.read, filled.topic.questions),
        wrong=filled.wrong,
        names=filled.read.names,
        held=filled.read.held,
        is_easy=filled.read.sitting.is_easy,
        language="" if is_own else filled.read.sitting.language,
        is_own=is_own,
    )
    return [_ask(question, page, on_page) for question in on_page]


def can_confirm_all(filled: Filling, on_page: Sequence[Question]) -> bool:
    """Whether anything on the page is confirmed by saying that the rest is still so."""
    earlier = (filled.earlier[each.code] for each in on_page if each.code in filled.earlier)
    return any(each.with_all for each in earlier)


def _ask(question: Question, page: Page, questions: Sequence[Question]) -> Ask:
    name = forms.control(question)
    found = forms.read(question, page.given)
    kind = "radio" if said.is_picked(question) else KINDS.get(question.answers, "line")
    meaning = said.question(question, is_easy=page.is_easy)
    with _aloud(page):
        legend = said.question(question, is_easy=page.is_easy)
    return Ask(
        name=name,
        legend=legend,
        language=page.language,
        meaning=meaning if page.language else "",
        hint=_(question.help) if question.help and not page.is_own else "",  # it is for the worker
        span="" if kind == "radio" else said.span(question),
        arises=said.arises(question, questions, is_easy=page.is_easy),
        kind=kind,
        options=_options(question, page, found.value),
        instead=_instead(question, page, found.instead),
        instead_name=name if kind == "radio" else f"{name}_else",
        value=" ".join(found.value),
        words=found.words,
        parts=_parts(name, page.given),
        width=5 if question.answers in ("number", "days", "scale") else 20,
        unit=_(question.unit) if question.unit else "",
        is_number=question.answers in ("number", "days", "scale"),
        hangs=question.only_if is not None,
        only_if=_only_if(question, page, questions),
        earlier=_earlier(question, page, found.was),
        held=[_told(question, each) for each in record_words.told(page.held, question.concept)],
        others=[version(each, page.names) for each in page.others.get(question.code, ())],
        error=page.wrong.get(name, ""),
    )


def _aloud(page: Page) -> AbstractContextManager[None]:
    """The language in which they are read out."""
    return wording.speaking(page.language) if page.language else nullcontext()


def _options(question: Question, page: Page, chosen: Collection[str]) -> list[Pick]:
    plain = dict(said.choices(question))
    with _aloud(page):
        return [
            _pick(page, code, label, plain[code], is_chosen=code in chosen)
            for code, label in said.choices(question)
        ]


def _pick(page: Page, value: str, label: str, meaning: str, *, is_chosen: bool) -> Pick:
    return Pick(value, label, is_chosen, meaning if page.language and meaning != label else "")


def _instead(question: Question, page: Page, chosen: str) -> list[Pick]:
    """Who answers alone leaves a question out, and need not say that it was not asked."""
    mark = forms.INSTEAD if said.is_picked(question) else ""
    plain = dict(said.states())
    with _aloud(page):
        states = [each for each in said.states() if not (page.is_own and each[0] == "not_asked")]
    return [_pick(page, mark + code, label, plain[code], is_chosen=code == chosen) for code, label in states]


def _parts(name: str, given: Given) -> list[tuple[str, str, str, int]]:
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    return [
        (part, label, given.get(f"{name}_{part}", ""), 4 if part == "year" else 2)
        for part, label in labels.items()
    ]


def _only_if(question: Question, page: Page, questions: Sequence[Question]) -> OnlyIf | None:
    """None, too, where it hangs on a question that stands on another page."""
    holds = question.only_if
    if holds is None or all(each.code != holds.question for each in questions):
        return None
    before = {code: each.known.answer for code, each in page.earlier.items()}
    return OnlyIf(
        name=f"q_{holds.question}",
        any_of=" ".join(sorted(holds.any_of)),
        above="" if holds.above is None else str(holds.above),
        is_before=rules.holds(holds, before),
    )


def _earlier(question: Question, page: Page, was: str) -> Earlier | None:
    prefill = page.earlier.get(question.code)
    if prefill is None:
        return None
    known = prefill.known
    return Earlier(
        said=words(known),
        source=", ".join([*source(known, page.names), said.how_old(prefill.age_days)]),
        marks=list(_marks(prefill)),
        picks=[] if prefill.must_be_asked_afresh else _picks(prefill, was),
    )


def _told(question: Question, told: record_words.Words) -> Told:
    afresh = instruments.concepts()[question.concept].afresh
    marks = [Mark(_("on the record"), "slate"), *([Mark(_("ask afresh"), "amber")] if afresh else [])]
    other = [Mark(_("told for another purpose"), "red")] if told.is_for_another_purpose else []
    return Told(told.said, told.lines, told.source, [*marks, *other])


def _marks(prefill: Prefill) -> Iterator[Mark]:
    if prefill.must_be_asked_afresh:
        yield Mark(_("ask afresh"), "amber")
    elif prefill.is_stale:
        yield Mark(_("old: ask again"), "amber")
    else:
        yield Mark(_("not confirmed"), "amber")
    if prefill.needs_agreement:
        yield Mark(_("told for another purpose"), "red")


def _picks(prefill: Prefill, was: str) -> list[Pick]:
    still = (
        _("They agree that this is used here, and it is still so")
        if prefill.needs_agreement
        else _("Still so")
    )
    return [
        Pick(forms.STILL, still, was == forms.STILL),
        Pick(forms.NO_LONGER, _("No longer true"), was == forms.NO_LONGER),
    ]


def source(known: Known, names: Names) -> list[str]:
    """Who asked, how, and when it was said."""
    who = [names.worker(known.recorded_by)] if known.recorded_by else []
    way = wording.label("assessment_ways", known.way)
    return [*who, names.organisation(known.organisation_id), way, wording.day(known.said_on)]


def question(known: Known) -> Question:
    """What was asked, on the form it was answered on."""
    form = instruments.instrument(known.instrument, known.version)
    return next(each for each in form.questions if each.code == known.question)


def words(known: Known) -> str:
    """An answer in the words of the form it was given to."""
    return said.answer(question(known), known.answer)


def version(known: Known, names: Names) -> Version:
    """An answer beside others that differ."""
    *who, day = source(known, names)
    return Version(words(known), ", ".join(who), day)
