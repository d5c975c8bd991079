"""An answer in words: what was asked of, what they said, in which way, and when."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from throughgate.assessment import instruments
from throughgate.assessment.rules.shapes import Choice, Question
from throughgate.foundation.codesets import code_set
from throughgate.packs.rules import Fact
from throughgate.packs.words.wording import Wording

SAYS_I = re.compile(r"\b(I|me|my)\b", re.IGNORECASE)  # what somebody says of themself, told to somebody else


def title(fact: Fact, _: Wording) -> str:
    """ "Where they sleep tonight, on 3 November 2026: A hostel or shared house".

    What has to be asked each time is told with the day on which it was: tonight is another by now.
    """
    said = fact.said
    question = _question(said["instrument"], said["version"], said["question"])
    concept = instruments.concepts().get(said["concept"])
    label = _(concept.label if concept else question.text or question.code)
    if concept and concept.afresh:
        label = _("%(what)s, on %(day)s") % {"what": label, "day": _.plain_day(said["said_on"])}
    values = [said["value"]] if isinstance(said["value"], str) else said["value"]
    return f"{label}: {', '.join(_value(question, each, _) for each in values)}"


def lines(fact: Fact, _: Wording) -> list[str]:
    """Their own words beside it."""
    return [_("In their words: “%(words)s”") % {"words": fact.said["text"]}] if fact.said["text"] else []


def source(fact: Fact, name: str, _: Wording, *, on: date, among: Iterable[Fact] = ()) -> str:
    """Who was told, in which way, when it was first said, and when last confirmed.

    Silence since is no confirmation; what another of these facts tells alike, later, is one."""
    way = _.label("assessment_ways", fact.said["way"])
    first_on, last_on = date.fromisoformat(fact.said["first_on"]), _last_on(fact)
    parts = [name, way[:1].lower() + way[1:], _("said on %(day)s") % {"day": _.plain_day(first_on)}]
    if last_on > first_on:
        parts.append(_("confirmed on %(day)s") % {"day": _.plain_day(last_on)})
    if last_on < on and not any(_is_alike(each, fact) and _last_on(each) > last_on for each in among):
        parts.append(_("not confirmed since"))
    return ", ".join(filter(None, parts))


def _last_on(fact: Fact) -> date:
    return date.fromisoformat(fact.said["said_on"])


def _is_alike(one: Fact, other: Fact) -> bool:
    """Of one thing, the same answer."""
    return one.topic is other.topic and all(
        one.said[name] == other.said[name] for name in ("concept", "question", "value", "text")
    )


def _value(question: Question, value: str, _: Wording) -> str:
    if question.answers == "scale":  # a number alone would not say whether it is much
        return on_a_scale(question, value, _)
    if choice := question.choice(value):
        label = _(told_alone(question, choice))
        return f"“{label}”" if SAYS_I.search(choice.label) else label
    if question.answers == "date":
        return _.plain_day(value)
    if question.answers == "words":
        return f"“{value}”"
    if question.answers == "days" and question.most:
        return _("%(number)s of %(most)s days") % {"number": value, "most": question.most}
    return " ".join(filter(None, (value, _(question.unit) if question.unit else "")))


def told_alone(question: Question, choice: Choice) -> str:
    """A choice as it is told without the others: "Before that" says nothing by itself."""
    row = code_set("told_answers", folder=instruments.INSTRUMENTS).get(question.code, choice.code)
    return row["label"] if row else choice.label


def on_a_scale(question: Question, value: str, _: Callable[[str], str]) -> str:
    said = {"number": value, "least": question.least, "most": question.most}
    if len(question.choices) != len(("low", "high")):
        return _("%(number)s of %(most)s") % said
    low, high = (_(each.label) for each in question.choices)
    ends = said | {"low": low, "high": high}
    return _("%(number)s, where %(least)s is “%(low)s” and %(most)s is “%(high)s”") % ends


@cache
def _question(instrument: str, version: str, code: str) -> Question:
    asked = instruments.instrument(instrument, version).questions
    return next(question for question in asked if question.code == code)
