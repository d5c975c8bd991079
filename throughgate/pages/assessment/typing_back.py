"""A form on paper, typed back: for each question the letter beside the answer, a number, or the words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from string import ascii_lowercase
from typing import NamedTuple

from throughgate.assessment.rules.answers import ANSWERED
from throughgate.assessment.rules.shapes import Answer, Question, Topic
from throughgate.foundation.permits import Permit
from throughgate.pages.assessment import filling, forms, said
from throughgate.pages.assessment.filling import Filling
from throughgate.pages.assessment.reading import UnderWay
from throughgate.pages.person.reading import History
from throughgate.pages.recording import readers
from throughgate.pages.typed import PARTS
from throughgate.pages.wording import words as _
from throughgate.record import drafts
from throughgate.record.rules import Form

NOT_KNOWN, PREFER_NOT = "?", "-"
BETWEEN = re.compile(r"[\s/.-]+")  # the parts of a day
INSTEAD = {NOT_KNOWN: "not_known", PREFER_NOT: "prefer_not"}
Typed = Mapping[str, str]  # number of a question on the paper -> what was typed


class Line(NamedTuple):
    """One question of the form, by its number."""

    number: str  # "2.3": the third of the second topic
    topic: Topic
    question: Question
    letters: Mapping[str, str]  # letter -> the code of a choice


def lines(permit: Permit, topics: Sequence[Topic]) -> list[Line]:
    """What stands on the paper: of each topic what this role records, and nothing that is closed.

    A question has its number whoever prints the form, since somebody of another role may type it back.
    """
    open_topics = [each for each in topics if not each.closed]
    return [
        Line(f"{major}.{minor}", topic, question, letters(question))
        for major, topic in enumerate(open_topics, start=1)
        for minor, question in enumerate(topic.questions, start=1)
        if question in filling.asked_of(permit, topic)
    ]


def letters(question: Question) -> dict[str, str]:
    """The letter beside each answer. A scale is answered by its number."""
    if question.answers not in ("one", "yes_no", "several"):
        return {}
    return dict(zip(ascii_lowercase, (code for code, _label in said.choices(question)), strict=False))


def given(line: Line, text: str) -> tuple[dict[str, str], str]:
    """What stands for that in the controls of the question, and why it cannot be read."""
    name = forms.control(line.question)
    if text in INSTEAD:
        state = INSTEAD[text]
        return {name: forms.INSTEAD + state} if said.is_picked(line.question) else {f"{name}_else": state}, ""
    if line.question.answers == "date":
        return dict(zip((f"{name}_{part}" for part in PARTS), BETWEEN.split(text), strict=False)), ""
    if not line.letters:
        return {name: text}, ""
    return _lettered(line, name, text)


def _lettered(line: Line, name: str, text: str) -> tuple[dict[str, str], str]:
    typed = [letter for letter in text.lower() if letter.isalpha()]
    unknown = [letter for letter in typed if letter not in line.letters]
    if unknown or (len(typed) != 1 and line.question.answers != "several"):
        last = list(line.letters)[-1]
        return {}, _("Type a letter from a to %(last)s, ? for not known, or - for prefer not to say.") % {
            "last": last
        }
    return {name: " ".join(line.letters[letter] for letter in typed)}, ""


@dataclass(frozen=True, kw_only=True)
class Typing:
    """The page as it was filled in; opening it makes the key of its form."""

    read: UnderWay
    lines: Sequence[Line]
    typed: Typed
    form: Form
    only_for: str  # a choice of `readers`
    wrong: Mapping[str, str] = field(default_factory=dict)  # control -> why it cannot be kept
    newer: History | None = None  # what somebody else has said meanwhile
    draft_at: datetime | None = None  # what is typed was kept as a draft then


def as_typed(line: Line, answer: Answer) -> str:
    """What would be typed from paper for that answer: the other way round."""
    if answer.state != ANSWERED:
        return {state: sign for sign, state in INSTEAD.items()}.get(answer.state, "")
    values = [answer.value] if isinstance(answer.value, str) else answer.value
    if line.question.answers == "date":
        return " ".join(part.lstrip("0") for part in reversed("".join(values).split("-")))
    marks = {code: letter for letter, code in line.letters.items()}
    return "".join(marks.get(each, each) for each in values)


def opened(permit: Permit, read: UnderWay) -> Typing:
    """Before it is sent: a draft of it, or what this sitting has said already."""
    draft = drafts.find(permit, draft_name(read))
    typing = sent(permit, read, draft.typed if draft else {readers.NAME: kept_for(permit, read)})
    if draft:
        return replace(typing, draft_at=draft.saved_at)
    said = {control(line): as_typed(line, answer) for line, answer in _said(typing)}
    return replace(typing, form=forms.opened(), typed={**typing.typed, **said})


def sent(permit: Permit, read: UnderWay, typed: Typed) -> Typing:
    found = lines(permit, read.topics)
    return Typing(
        read=read,
        lines=found,
        typed={control(line): typed.get(control(line), "").strip() for line in found},
        form=forms.form(typed),
        only_for=typed.get(readers.NAME, ""),
    )


def kept_for(permit: Permit, read: UnderWay) -> str:
    """Who alone may read what this sitting has said, as the choice that names them; "" for no one alone."""
    return next(filter(None, (filling.kept_for(permit, read, each) for each in read.topics)), "")


def control(line: Line) -> str:
    return f"line_{line.number.replace('.', '_')}"


def draft_name(read: UnderWay) -> str:
    return f"paper {read.sitting.id}"


def keep_draft(permit: Permit, typing: Typing) -> None:
    kept = {"form_key": typing.form.key, readers.NAME: typing.only_for, **typing.typed}
    drafts.keep(permit, draft_name(typing.read), kept)


def throw_away(permit: Permit, read: UnderWay) -> None:
    drafts.throw_away(permit, draft_name(read))


def keep(permit: Permit, typing: Typing) -> Typing:
    """All topics at once, or none: gives back the page with why nothing was kept, if that is so.

    How long it took is not known: the page was open for typing, and not for asking.
    """
    given, wrong = _given(typing)
    filled = [_filling(permit, typing, topic, given) for topic in _topics(typing)]
    told = [(each, *_answered(permit, typing, each)) for each in filled]
    for each, answers, faults in told:
        is_said = answers or typing.read.answers(each.topic.code)
        wrong |= _by_line(typing, faults or (filling.faults(permit, each, answers) if is_said else {}))
    if not wrong:
        for each, answers, _faults in told:
            if answers:
                filling.keep(permit, each, answers, seconds=0)
        throw_away(permit, typing.read)
    return replace(typing, wrong=wrong)


def refused(typing: Typing, why: str) -> Typing:
    """The page again, with why the record does not take it."""
    return replace(typing, wrong={"": why})


def overtaken(typing: Typing, newer: History) -> Typing:
    """Opened anew, with what was said meanwhile in sight."""
    return replace(typing, form=forms.opened(), newer=newer)


def _given(typing: Typing) -> tuple[dict[str, str], dict[str, str]]:
    """What stands for it in the controls of each question, and why a line cannot be read."""
    found: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for line in typing.lines:
        if text := typing.typed[control(line)]:
            controls, why = given(line, text)
            found |= controls
            wrong |= {control(line): why} if why else {}
    return found, wrong


def _said(typing: Typing) -> Iterator[tuple[Line, Answer]]:
    """The lines of which this sitting has said something, with what."""
    for line in typing.lines:
        said = typing.read.answers(line.topic.code)
        if line.question.code in said:
            yield line, said[line.question.code]


def _answered(permit: Permit, typing: Typing, filled: Filling) -> tuple[dict[str, Answer], dict[str, str]]:
    """What is to be kept of a topic. A line that stands as it did is left as it was said, with its words."""
    answers, faults = filling.answered(permit, filled, all_unchanged=False)
    for line, answer in _said(typing):
        text = typing.typed[control(line)]
        is_here = line.question.code in answers or not text
        if line.topic == filled.topic and is_here and text == as_typed(line, answer):
            answers[line.question.code] = answer
    return answers, faults


def _topics(typing: Typing) -> list[Topic]:
    return list({line.topic.code: line.topic for line in typing.lines}.values())


def _filling(permit: Permit, typing: Typing, topic: Topic, found: Typed) -> Filling:
    """Each topic is a form of its own, by a key that is the same however often the page is sent."""
    filled = filling.sent(permit, typing.read, topic, {**found, readers.NAME: typing.only_for})
    return replace(filled, form=Form(f"{typing.form.key} {topic.code}"))


def _by_line(typing: Typing, wrong: Mapping[str, str]) -> dict[str, str]:
    lines = {forms.control(line.question): control(line) for line in typing.lines}
    return {lines.get(name, ""): why for name, why in wrong.items()}
