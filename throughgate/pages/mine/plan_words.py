"""Their plan in words: where to be and who helps, what they want, who does what for it, and hard days."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Sheet
from throughgate.packs.words.wording import Wording
from throughgate.pages.components.shapes import Link
from throughgate.pages.mine import presenters
from throughgate.pages.mine.presenters import Part, Row
from throughgate.pages.names import Names
from throughgate.pages.person.said import sentences
from throughgate.team import rules, told
from throughgate.team.queries import Plan
from throughgate.team.told import Said, Thing


def plan(_: Wording, sheet: Sheet, shared: Plan, names: Names, *, on: date) -> dict[str, Any]:
    return {
        **presenters.places(_, "mine_plan"),
        "heading": _("My plan"),
        "sections": [*presenters.sections(sheet), *wishes(_, shared, names, on=on)],
        "files": list(_files(_)),
    }


def wishes(_: Wording, shared: Plan, names: Names, *, on: date) -> Iterator[Part]:
    """What the plan has beside the sheet, as far as there is any of it."""
    goals = [_goal(_, each, shared, names) for each in shared.goals]
    if goals:
        yield Part(_("What I want"), goals, presenters.picture("next"))
    tasks = [Row(each.said.line.text, tuple(_task(_, each, names))) for each in _without_goal(shared)]
    if tasks:
        yield Part(_("What someone does for me"), tasks, presenters.picture("people"))
    asked = [_referral(_, each) for each in shared.referrals]
    if asked:
        yield Part(_("Who was asked to help me"), asked, presenters.picture("people"))
    days = list(_hard_days(_, shared, on=on))
    if days:
        yield Part(_("Days that may be hard"), days, presenters.picture("safer"))


def _goal(_: Wording, goal: Thing, shared: Plan, names: Names) -> Row:
    line = goal.said.line
    steps = [
        sentences([each.said.line.text, *_task(_, each, names)])
        for each in shared.tasks
        if each.said.line.serves == goal.key
    ]
    about = _(code_set("need_domains").labels()[told.about(goal.said.entry)])
    return Row(line.text, tuple(filter(None, (about, _by(_, line.by_on), _state(_, goal), *steps))))


def _without_goal(shared: Plan) -> list[Thing]:
    """What is asked of somebody by itself; that somebody looks in on a hard day stands there."""
    served = {each.key for each in shared.goals}
    return [each for each in shared.tasks if each.said.line.serves not in served]


def _task(_: Wording, task: Thing, names: Names) -> Iterator[str]:
    """Who does it, by when, and how far it is."""
    line = task.said.line
    who = names.post(line.post) if line.post else line.who or _("Me")
    yield f"{who}."
    yield from filter(None, (_by(_, line.by_on), _state(_, task)))


def _referral(_: Wording, referral: Thing) -> Row:
    line = referral.said.line
    return Row(line.who, (line.text, _state(_, referral) or _("No answer yet.")))


def _by(_: Wording, on: date | None) -> str:
    return _("By %(day)s.") % {"day": _.full_day(on)} if on else ""


def _state(_: Wording, thing: Thing) -> str:
    """The last word on it; "" where nobody has said any."""
    if thing.word is None:
        return ""
    state = {
        "going": _("On the way."),
        "in_hand": _("On the way."),
        "paused": _("It waits for something."),
        "not_yet": _("It can not be done yet."),
        "reached": _("Done."),
        "done": _("Done."),
        "changed": _("I want something else now."),
        "could_not": _("It could not be done."),
        "not_needed": _("Not needed any more."),
        "taken": _("They will help."),
        "seen": _("They have met me."),
        "refused": _("They can not help."),
        "met": _("Done."),
    }[thing.word.line.state]
    return f"{state} {thing.word.line.text}".strip()


def _hard_days(_: Wording, shared: Plan, *, on: date) -> Iterator[Row]:
    """The next first; one that is over is left out."""
    days = [(_next(each, on), each.line) for each in shared.hard_days]
    for day, line in sorted(((day, line) for day, line in days if day), key=lambda each: each[0]):
        yield Row(_.full_day(day), tuple(filter(None, (line.text, line.helps))))


def _next(said: Said, today: date) -> date | None:
    return rules.next_of(said.line.falls_on, is_yearly=said.line.is_yearly, today=today)


def _files(_: Wording) -> Iterator[Link]:
    yield Link(_("Print it"), reverse("mine_plan_file", args=["pdf"]))
    yield Link(_("Keep it as a page"), reverse("mine_plan_file", args=["html"]))
