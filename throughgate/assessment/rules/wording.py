"""The words of a form: those that the person reads or hears, and those beside them for the worker."""

from collections.abc import Iterator

from throughgate.assessment.rules.shapes import Instrument, Question


def said_to_the_person(instrument: Instrument) -> list[str]:
    """Each once, in the order of the form; these are put into every language of it."""
    found = [text for topic in instrument.topics for text in (topic.title, topic.intro)]
    found += [text for each in instrument.questions for text in _of(each)]
    return list(dict.fromkeys(filter(None, found)))


def said_to_the_worker(instrument: Instrument) -> list[str]:
    found = [instrument.title, instrument.purpose, instrument.period.label]
    found += [text for each in instrument.questions for text in (each.help, each.same_day_words)]
    return list(dict.fromkeys(filter(None, found)))


def _of(question: Question) -> Iterator[str]:
    yield from (question.of, question.text, question.easy, question.unit)
    yield from (each.label for each in question.choices)
