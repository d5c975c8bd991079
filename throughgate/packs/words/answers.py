"""An answer in words: what was asked of, what they said, in which way, and when."""

from datetime import date
from functools import cache

from throughgate.assessment import instruments
from throughgate.assessment.rules.shapes import Question
from throughgate.packs.rules import Fact
from throughgate.packs.words.wording import Wording


def title(fact: Fact, _: Wording) -> str:
    """ "Where they sleep tonight: A hostel or shared house"."""
    said = fact.said
    question = _question(said["instrument"], said["version"], said["question"])
    concept = instruments.concepts().get(said["concept"])
    label = _(concept.label if concept else question.text or question.code)
    values = [said["value"]] if isinstance(said["value"], str) else said["value"]
    return f"{label}: {', '.join(_value(question, each, _) for each in values)}"


def lines(fact: Fact, _: Wording) -> list[str]:
    """Their own words beside it, and in which way it was answered: voices may differ."""
    words = _("In their words: “%(words)s”") % {"words": fact.said["text"]} if fact.said["text"] else ""
    return [words, _.label("assessment_ways", fact.said["way"])]


def source(fact: Fact, name: str, _: Wording, *, on: date) -> str:
    """Who was told, when it was first said, and when last confirmed: silence since is no confirmation."""
    first_on, last_on = (date.fromisoformat(fact.said[day]) for day in ("first_on", "said_on"))
    parts = [name, _("said on %(day)s") % {"day": _.plain_day(first_on)}]
    if last_on > first_on:
        parts.append(_("confirmed on %(day)s") % {"day": _.plain_day(last_on)})
    if last_on < on:
        parts.append(_("not confirmed since"))
    return ", ".join(filter(None, parts))


def _value(question: Question, value: str, _: Wording) -> str:
    if choice := question.choice(value):
        return _(choice.label)
    if question.answers == "date":
        return _.plain_day(value)
    if question.answers == "words":
        return f"“{value}”"
    if question.answers == "scale":  # a number alone would not say whether it is much
        return _("%(number)s of %(most)s") % {"number": value, "most": question.most}
    return " ".join(filter(None, (value, _(question.unit) if question.unit else "")))


@cache
def _question(instrument: str, version: str, code: str) -> Question:
    asked = instruments.instrument(instrument, version).questions
    return next(question for question in asked if question.code == code)
