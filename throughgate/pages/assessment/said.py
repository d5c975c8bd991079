"""Questions and answers in words. What an instrument says is translated like the labels of code sets."""

from collections.abc import Sequence
from datetime import date

from throughgate.assessment.rules.shapes import Answer, Condition, Question
from throughgate.packs.words.answers import on_a_scale, told_alone
from throughgate.pages import wording
from throughgate.pages.components.shapes import Link
from throughgate.pages.wording import words as _

MOST_TO_PICK = 11  # steps of a scale that stand side by side; a longer one is typed


def question(asked: Question, *, is_easy: bool) -> str:
    if not asked.text:
        return _("Question %(number)s of the paper form") % {"number": asked.code.rpartition("_")[2]}
    words = _(asked.easy if is_easy and asked.easy else asked.text)
    return _("%(of)s: %(question)s") % {"of": _(asked.of), "question": words} if asked.of else words


def choices(asked: Question) -> list[tuple[str, str]]:
    """What may be chosen, with its words."""
    if is_short_scale(asked):
        steps = map(str, range(asked.least or 0, (asked.most or 0) + 1))
        return [(step, on_scale(asked, step)) for step in steps]
    return [(each.code, _(each.label)) for each in asked.choices]


def on_scale(asked: Question, step: str) -> str:
    """A step of a scale, with what it means where it is one of its ends."""
    end = asked.choice(step)
    return _("%(step)s (%(meaning)s)") % {"step": step, "meaning": _(end.label)} if end else step


def span(asked: Question) -> str:
    """Of what is answered by a number from which to which, and what the ends mean; "" of anything else."""
    if asked.least is None or asked.most is None:
        return ""
    ends = {"least": on_scale(asked, str(asked.least)), "most": on_scale(asked, str(asked.most))}
    return _("From %(least)s to %(most)s") % ends


def is_picked(asked: Question) -> bool:
    """One of a few, that stand side by side."""
    return asked.answers in ("one", "yes_no") or is_short_scale(asked)


def is_short_scale(asked: Question) -> bool:
    """Whose steps stand side by side."""
    if asked.answers != "scale" or asked.least is None or asked.most is None:
        return False
    return asked.most - asked.least < MOST_TO_PICK


def stage(code: str) -> str:
    """What somebody asks or answers at a stage, as the person would call it."""
    return {
        "first_night": _("My first night"),
        "second_day": _("My second day"),
        "pre_sentence": _("Before court"),
        "update": _("What has changed"),
        "comprehensive": _("All about how I am"),
        "release": _("Before I leave"),
        "after_4": _("Outside: the first weeks"),
        "after_12": _("Outside: after three months"),
        "after_26": _("Outside: after half a year"),
        "after_52": _("Outside: after a year"),
    }.get(code, "")


def pages(url: str, part: int, number: int) -> list[Link]:
    """The other pages of a topic that has several."""
    return [
        Link(_("Page %(page)s of %(pages)s") % {"page": each, "pages": number}, page_url(url, each))
        for each in range(1, number + 1)
        if each != part
    ]


def page_url(url: str, part: int) -> str:
    return f"{url}?part={part}" if part > 1 else url


def states() -> list[tuple[str, str]]:
    """What is said in place of an answer."""
    return [
        ("not_known", _("Not known")),
        ("prefer_not", _("Prefer not to say")),
        ("not_asked", _("Not asked")),
    ]


def answer(asked: Question, given: Answer) -> str:
    """What was answered, whole: long answers are never cut."""
    if given.state != "answered":
        return dict(states())[given.state]
    return " ".join(part for part in (_value(asked, given), quoted(given.text)) if part)


def quoted(words: str) -> str:
    return _("“%(words)s”") % {"words": words} if words else ""


def _value(asked: Question, given: Answer) -> str:
    picked = (given.value,) if isinstance(given.value, str) else given.value
    return ", ".join(one(asked, each) for each in picked if each)


def one(asked: Question, value: str) -> str:
    """One value in words, told without the others that could have been chosen."""
    if asked.answers == "words":
        return quoted(value)
    if asked.answers == "date":
        return wording.day(date.fromisoformat(value))
    if asked.answers == "scale":
        return on_a_scale(asked, value, _)
    if choice := asked.choice(value):
        return _(told_alone(asked, choice))
    return f"{value} {_(asked.unit)}" if asked.unit else value


def how_old(days: int) -> str:
    """How long ago something was said."""
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return _("%(number)s days ago") % {"number": days}


def arises(asked: Question, questions: Sequence[Question], *, is_easy: bool) -> str:
    """With which answer to which question it arises; "" where it always does."""
    about = next((each for each in questions if asked.only_if and each.code == asked.only_if.question), None)
    if about is None or asked.only_if is None:
        return ""
    words = {"answer": _condition(about, asked.only_if), "question": question(about, is_easy=is_easy)}
    return _("Only if “%(answer)s” to: %(question)s") % words


def more_than(number: int) -> str:
    return _("more than %(number)s") % {"number": number}


def _condition(about: Question, holds: Condition) -> str:
    if holds.above is not None:
        return more_than(holds.above)
    codes = [each.code for each in about.choices if each.code in holds.any_of]
    return _(" or ").join(one(about, code) for code in codes)
