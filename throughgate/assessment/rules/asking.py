"""Which questions are asked: those that the stage picks, less those that earlier answers leave out."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from throughgate.assessment.rules import pace
from throughgate.assessment.rules.pace import Effort
from throughgate.assessment.rules.shapes import CHOSEN, Answer, Condition, Instrument, Question, Topic

NOTHING = Answer(state="not_asked")
KEYS_OF_A_NUMBER = 2
SELF_HARM = "self_harm"  # what `pressing` calls it, whichever form asked


def at_stage(instrument: Instrument, stage: str) -> tuple[Topic, ...]:
    """The topics of a stage, with the questions it picks; all of them where an instrument has no stages."""
    if not instrument.stages:
        return instrument.topics
    picks = instrument.stages[stage].picks
    topics = {topic.code: topic for topic in instrument.topics}
    return tuple(_picked(topics[code], questions) for code, questions in picks.items())


def open_topics(instrument: Instrument, stage: str) -> list[str]:
    """Those of a stage that do not wait for the person to open them; none of a stage that is no more."""
    if stage not in instrument.stages:
        return []
    return [topic.code for topic in at_stage(instrument, stage) if not topic.closed]


def whole_on(topics: Collection[str], days: Mapping[str, date]) -> date | None:
    """Since when something was answered of each of these, by the last day of each; None: not of all yet."""
    return min((days[topic] for topic in topics), default=None) if days.keys() >= set(topics) else None


def asked(questions: Iterable[Question], answers: Mapping[str, Answer]) -> list[Question]:
    """In their order; one that hangs on a question that is left out is left out too."""
    found: dict[str, Question] = {}
    for question in questions:
        condition = question.only_if
        if condition is None or (condition.question in found and holds(condition, answers)):
            found[question.code] = question
    return list(found.values())


def holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """Whether an earlier question was answered so that the one that hangs on it is asked."""
    told = given(condition.question, answers)
    if condition.above is not None:
        return any(value.isdecimal() and int(value) > condition.above for value in told)
    return bool(told & condition.any_of)


def seconds(topics: Iterable[Topic]) -> int:
    """How long the topics take where nothing is left out: what to tell before they are begun."""
    return round(sum(pace.seconds(effort) for topic in topics for effort in _efforts(topic)))


def given(code: str, answers: Mapping[str, Answer]) -> frozenset[str]:
    """What was answered: several codes, one, or none where nothing was."""
    answer = answers.get(code, NOTHING)
    if answer.state != "answered":
        return frozenset()
    return frozenset([answer.value] if isinstance(answer.value, str) else answer.value)


def opening(questions: Iterable[Question], answers: Mapping[str, Answer]) -> list[Question]:
    """Those answered so that a worker talks of safety, now; whatever the total may be."""
    return [each for each in questions if given(each.code, answers) & each.opens_conversation]


def to_do_today(questions: Iterable[Question], answers: Mapping[str, Answer]) -> list[Question]:
    """Those answered so that something has to be done the same day."""
    return [each for each in questions if given(each.code, answers) & each.same_day]


def pressing(questions: Iterable[Question], answers: Mapping[str, Answer]) -> dict[str, frozenset[str]]:
    """By what it is about, the answers that cannot wait until tomorrow: what was told of self-harm, and by
    concept what needs something done the same day."""
    found: dict[str, frozenset[str]] = {}
    for each in questions:
        told = given(each.code, answers)
        if each.is_of_self_harm:
            _add(found, SELF_HARM, each.code, told & each.opens_conversation)
        _add(found, each.concept, each.code, told & each.same_day)
    return found


def _add(found: dict[str, frozenset[str]], about: str, code: str, told: Iterable[str]) -> None:
    said = {f"{code} {value}" for value in told}
    if said and about:
        found[about] = found.get(about, frozenset()) | said


def _picked(topic: Topic, questions: tuple[str, ...]) -> Topic:
    if not questions:
        return topic
    return replace(topic, questions=tuple(each for each in topic.questions if each.code in questions))


def _efforts(topic: Topic) -> Iterator[Effort]:
    """A page that is opened and saved, and each of its questions."""
    yield Effort(said=_words(topic.intro), decisions=1, presses=1, pages=1)
    yield from map(_effort, topic.questions)


def _effort(question: Question) -> Effort:
    """Yes and no are not read out; everything else that can be chosen is."""
    is_read_out = question.answers != "yes_no"
    choices = sum(_words(choice.label) for choice in question.choices) if is_read_out else 0
    said = _words(question.text) + choices
    if question.answers in CHOSEN:
        return Effort(said=said, answers=1, decisions=1, presses=1)
    keys = pace.keys_of_a_line() if question.answers == "words" else KEYS_OF_A_NUMBER
    return Effort(said=said, answers=1, decisions=1, presses=1, fields=1, keys=keys)


def _words(text: str) -> int:
    return len(text.split())
