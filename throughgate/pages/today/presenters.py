"""Today in words: one line a person, with what matters now and why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import ngettext
from markupsafe import Markup

from throughgate.book.queries import ToldRow
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit
from throughgate.pages import addresses, steps, wording
from throughgate.pages.components.jinja import macro
from throughgate.pages.components.shapes import Link, Mark, PersonRow, Tab
from throughgate.pages.today import forms
from throughgate.pages.today.forms import Asked
from throughgate.pages.wording import Wording
from throughgate.pages.wording import words as _
from throughgate.pathway.queries import PLANS_KEPT, PlanLine, TodayRow, ToldMe, ToldSelfHarm
from throughgate.pathway.queries import Tab as Which
from throughgate.pathway.rules import REASONS, Step, readiness
from throughgate.staff.queries import Hat
from throughgate.team.lists import Waiting


class Links(NamedTuple):
    """Addresses with a place for whom."""

    person: str
    recording: str
    packs: str  # "" where plans are not shown on lists


def today(
    hat: Hat, permit: ListPermit, asked: Asked, rows: Sequence[TodayRow], quiet: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """Everything the template prints. `rows` may hold one more than the page: then there is another."""
    address = addresses.to("today", hat.post_id)
    shows_plans = "plan_appointments" in permit.categories
    links = Links(_link("person", hat), _link("recording", hat), _link("packs", hat) if shows_plans else "")
    on = clock.day_of(permit.at)
    shown, has_more = rows[: asked.length], len(rows) > asked.length
    empty_title, empty_why = _empty(asked)
    return {
        "title": _labels()[asked.tab],
        "day": wording.day(on),
        "number": _number(len(shown), asked, has_more=has_more),
        "team": f"{hat.team_name}, {hat.organisation_name}",
        "tabs": _tabs(hat, address, asked),
        "tab": asked.tab.value,
        "cell": asked.cell,
        "address": address,
        "here_url": _here(address, asked),
        "whole_url": _page(address, replace(asked, cell="")),
        "people": [_row(row, asked.tab, links, on, wording.current()) for row in shown],
        "order": _order(permit) if asked.tab is Which.LEFT else [],
        "is_inside": asked.tab is not Which.LEFT,
        "quiet": quiet,
        "next_url": _page(address, asked, after=str(shown[-1].person_id)) if has_more else "",
        "longer_url": _page(address, asked, people=str(forms.LONG))
        if has_more and asked.length < forms.LONG
        else "",
        "is_shared": "custody_legal" in permit.categories,
        "everyone_url": addresses.to("everyone", hat.post_id),
        "empty_title": empty_title,
        "empty_why": empty_why,
        "as_at": wording.moment(permit.at),
    }


def _number(shown: int, asked: Asked, *, has_more: bool) -> str:
    """How many stand on the list; "" where nobody does, and on a later page of it."""
    if not shown or asked.after:
        return ""
    if has_more:
        return _("more than %(number)s people") % {"number": shown}
    return ngettext("%(number)s person", "%(number)s people", shown) % {"number": shown}


def _order(permit: ListPermit) -> list[str]:
    """What puts one before another, as far as a list may say so, the most pressing first."""
    told = [each.label for each in REASONS if not each.category or each.category in permit.categories]
    return [steps.sentence(wording.words(label)) for label in dict.fromkeys(told)]


def asked(hat: Hat, waiting: Waiting) -> Link | None:
    """That something is asked of whoever looks, and where it stands; None where nothing is."""
    number = len(waiting.changed) + len(waiting.asked)
    if not number:
        return None
    count = ngettext("%(number)s thing is asked of you", "%(number)s things are asked of you", number)
    return Link(count % {"number": number}, addresses.to("asked", hat.post_id))


def cannot_wait(hat: Hat, asked: Asked, number: int) -> Link | None:
    """That people told of something that cannot wait, and where they stand; None where nobody did."""
    if not number or Which.CANNOT_WAIT not in asked.tabs or asked.tab is Which.CANNOT_WAIT:
        return None
    said = ngettext(
        "%(number)s person told of something that cannot wait",
        "%(number)s people told of something that cannot wait",
        number,
    )
    url = _page(addresses.to("today", hat.post_id), replace(asked, tab=Which.CANNOT_WAIT, cell=""))
    return Link(said % {"number": number}, url)


class ToldLine(NamedTuple):
    """Somebody told whoever looks, and nobody else, how they are."""

    state: str  # one of shapes.STATES
    by: str  # until when an answer is due
    name: str
    what: str
    url: str


def told_self_harm(hat: Hat, permit: ListPermit, found: Sequence[ToldSelfHarm]) -> list[ToldLine]:
    """Somebody is to talk with each on the day they said it."""
    today = clock.day_of(permit.at)
    return [
        ToldLine(
            "in_hand" if each.on == today else "late",
            _("Talk with them today"),
            each.name,
            _("They said, %(day)s, that they may hurt themself. What was done is not written down.")
            % {"day": wording.day(each.on)},
            addresses.to("person", hat.post_id, each.person_id),
        )
        for each in found
    ]


def told_me(hat: Hat, permit: ListPermit, found: Sequence[ToldMe]) -> list[ToldLine]:
    """What it is stands on no list: it leads to what was said."""
    today = clock.day_of(permit.at)
    return [
        ToldLine(
            "in_hand" if each.on == today else "late",
            _("See to it yourself"),
            each.name,
            _(
                "You wrote, %(day)s, of something that cannot wait, and kept it for some: nobody else is told"
                " on Today. It stands here for two days."
            )
            % {"day": wording.day(each.on)},
            addresses.to("sitting", hat.post_id, each.person_id, each.sitting),
        )
        for each in found
    ]


def told(hat: Hat, permit: ListPermit, found: Sequence[ToldRow]) -> list[ToldLine]:
    """Each is to be answered on the day it was told."""
    today = clock.day_of(permit.at)
    return [
        ToldLine(
            "in_hand" if clock.day_of(each.told_at) == today else "late",
            _("Answer today") if clock.day_of(each.told_at) == today else _("Not answered"),
            each.name,
            f"{wording.label('told_what', each.what)}, {wording.moment(each.told_at)}",
            addresses.to("answer_told", hat.post_id, each.person_id, each.entry_id),
        )
        for each in found
    ]


def _link(page: str, hat: Hat) -> str:
    """The address of that page for anybody, with a place for whom."""
    return addresses.to(page, hat.post_id, "{}")


def _labels() -> dict[Which, str]:
    return {
        Which.THIS_WEEK: _("Leaving this week"),
        Which.TWELVE_WEEKS: _("Next 12 weeks"),
        Which.ARRIVED: _("Arrived"),
        Which.LEFT: _("Left in the last 21 days"),
        Which.READY_BUT_FOR: _("Ready but for..."),
        Which.CANNOT_WAIT: _("Cannot wait"),
    }


# What cannot wait is led to from above the tabs, with how many they are, on the days when there is somebody.
ALWAYS_OFFERED = frozenset(Which) - {Which.CANNOT_WAIT}


def _tabs(hat: Hat, address: str, asked: Asked) -> list[Tab]:
    tabs = [
        Tab(_labels()[which], _page(address, replace(asked, tab=which)), is_current=which is asked.tab)
        for which in asked.tabs
        if which in {asked.tab, *ALWAYS_OFFERED}
    ]
    return [*tabs, Tab(_("Everyone here"), addresses.to("everyone", hat.post_id))]


def _empty(asked: Asked) -> tuple[str, str]:
    """What a tab without anybody says: that there is nobody, and who will stand there."""
    if asked.cell:
        why = _(
            "Look at the whole list: a cell that no prison has told of, or another spelling, is not found."
        )
        return _("Nobody on this list is in these cells"), why
    here = _("People appear when an extract from a prison says so. All others stand under Everyone here.")
    return {
        Which.THIS_WEEK: (_("Nobody here leaves in the next 7 days"), here),
        Which.TWELVE_WEEKS: (_("Nobody here leaves in the next 12 weeks"), here),
        Which.ARRIVED: (_("Nobody has arrived in the last 7 days"), here),
        Which.LEFT: (_("Nobody has left in the last 21 days"), here),
        Which.READY_BUT_FOR: (
            _("Nobody is nearly ready"),
            _("Those who leave in the next 12 weeks appear when three things or fewer are left to confirm."),
        ),
        Which.CANNOT_WAIT: (
            _("Nobody is waiting for what cannot wait"),
            _(
                "People appear when they answer that they may be in withdrawal or pregnant, need a medicine"
                " or the like today, and stay until somebody writes what was done."
            ),
        ),
    }[asked.tab]


class Said(NamedTuple):
    """What a row says of a plan."""

    state: str  # one of shapes.STATES
    what: str
    todo: str
    when: str
    line: Markup


def _row(row: TodayRow, tab: Which, links: Links, on: date, _: Wording) -> PersonRow:
    who = [_("born %(day)s") % {"day": _.born(row.birth_date)}] if row.birth_date else []
    said = _said(row.plan, on, _)
    return PersonRow(
        state=said.state,
        name=row.name or _("Name not recorded"),
        url=links.person.format(row.person_id),
        who=" · ".join([*who, *(part for part in (row.prison_number, row.cell) if part)]),
        what=_but_for(row.plan, _) if tab is Which.READY_BUT_FOR else said.what,
        todo="" if tab is Which.READY_BUT_FOR else said.todo,
        when=_arrived(row, on, _) if tab is Which.ARRIVED else said.when,
        marks=tuple(_marks(row, _)),
        line=said.line,
        record_url=links.recording.format(row.person_id),
        pack_url=links.packs.format(row.person_id),
    )


def _arrived(row: TodayRow, on: date, _: Wording) -> str:
    return _("arrived %(day)s") % {"day": _.near(row.arrived_on, on)}


@lru_cache(PLANS_KEPT)
def _said(plan: PlanLine, on: date, _: Wording) -> Said:
    line = steps.small_gate(plan, on=on, _=_)
    return Said(
        state=steps.state_of(plan),
        what=_what(plan, on, _),
        todo=_todo(plan, on, _),
        when=steps.leaving(plan, on, _),
        line=macro("components/gate_line.html", "gate_small")(line) if line else Markup(),
    )


def _what(plan: PlanLine, on: date, _: Wording) -> str:
    """What matters now, and why; and that something is late of which no more may be said."""
    first = steps.first_step(plan, on=on)
    said = [
        *steps.reasons(plan, on, _),
        steps.moved_on_a_list(plan, _) if steps.is_to_review(plan) else "",
        _("No step that you can see is recorded yet.") if first and steps.is_blank(plan) else "",
        *(steps.sentence(steps.what(late, _)) for late in steps.hidden_steps(plan)),
    ]
    return " ".join(part for part in said if part) or ("" if first else _("Nothing is open."))


def _todo(plan: PlanLine, on: date, _: Wording) -> str:
    """What is to be done first, with its day and whose it is, and what they themselves told besides."""
    step = steps.first_step(plan, on=on)
    said = [_first(step, plan, on, _)] if step else []
    if besides := "; ".join(steps.listed([steps.what(each, _)]) for each in steps.told_besides(plan, step)):
        said.append(_("Cannot wait, too: %(what)s.") % {"what": besides})
    return " ".join(said)


def _first(step: Step, plan: PlanLine, on: date, _: Wording) -> str:
    when, whose = steps.due(step, on, _), steps.who(step, _)
    said = {"when": when, "what": steps.listed([steps.what(step, _)]), "who": steps.listed([whose])}
    if not whose:
        return ""
    if steps.is_blank(plan):
        return _("To begin: %(what)s (%(who)s).") % said
    return steps.sentence(_("%(when)s: %(what)s (%(who)s)") % said)


def _but_for(plan: PlanLine, _: Wording) -> str:
    """What is not confirmed yet, as far as it is shared."""
    found = readiness(plan.steps).items()
    missing = [item for item, step in found if step.is_open]
    names = [_.label("readiness_items", item.value) for item in missing]
    if len(names) < plan.missing:
        names.append(_("something not shared with you"))
    return _("Ready but for: %(items)s.") % {"items": steps.listed(names)}


def _marks(row: TodayRow, _: Wording) -> list[Mark]:
    marks = [Mark(_("Not read here yet: what keeps them safe"), "red")] if row.is_minimum_unread else []
    if row.language and row.language != "en":
        language = _.label("languages", row.language)
        marks.append(Mark(_("Speaks %(language)s") % {"language": language}, "deep"))
    return marks


def _here(address: str, asked: Asked) -> str:
    """What leads back to the head of this list; the first tab needs no words for that."""
    is_first = replace(asked, after=None) == Asked(tabs=asked.tabs, tab=asked.tabs[0])
    return address if is_first else _page(address, asked)


def _page(address: str, asked: Asked, **place: str) -> str:
    """The address of a part of Today, from its beginning unless a place is given."""
    kept = {"cell": asked.cell, "people": str(forms.LONG) if asked.length == forms.LONG else "", **place}
    given = {name: value for name, value in kept.items() if value}
    return f"{address}?{urlencode({'tab': asked.tab.value, **given})}"
