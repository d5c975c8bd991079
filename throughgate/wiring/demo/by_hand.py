"""What the town's workers wrote by hand: each finds the person on their own list and fills in a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from throughgate.access import actions as access
from throughgate.access import policy
from throughgate.custody import queries as custody
from throughgate.custody.queries import Wanted
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages.recording import sheets
from throughgate.pages.recording.fields import day_typed
from throughgate.pages.recording.sheet import Typed
from throughgate.pathway import actions as pathway
from throughgate.people.rules import fold
from throughgate.record.rules import Form
from throughgate.staff import cast as signing_in
from throughgate.staff.queries import Hat
from throughgate.team import queries as team
from throughgate.wiring.demo import answers, own, packs, texts
from throughgate.wiring.demo.stories import Story, day_of, rows, told

# What is no sheet, but has pages of its own.
DEEDS = {**packs.DEEDS, **texts.DEEDS, **own.DEEDS, "answers": answers.answer}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet as somebody filled it in, and when."""

    at: datetime
    story: Story
    worker: str  # by name
    what: str
    typed: Mapping[str, str]  # as a browser sends it


def all_sheets(today: date) -> Iterator[Sheet]:
    names = {row["email"].partition("@")[0]: row["name"] for row in rows("workers")}
    for story in told():
        for word in story.hand:
            at = datetime.combine(
                day_of(today, word.day), time.fromisoformat(word.says["time"]), tzinfo=clock.LONDON
            )
            typed = dict(_typed(word.says["typed"], today))
            yield Sheet(at=at, story=story, worker=names[word.by], what=word.says["sheet"], typed=typed)


def fill_in(sheet: Sheet) -> None:
    """The clock stands at the sheet's moment. What a page would not take stops the demo."""
    hat = next(each for each in signing_in.hats(on=clock.today()) if each.worker_name == sheet.worker)
    permit = access.issue_permit(
        hat, _found(hat, sheet.story), purpose=policy.roles()[hat.role].purpose, at=clock.now()
    )
    keep = DEEDS.get(sheet.what) or partial(_record, sheet)
    with pathway.in_step(permit):
        keep(permit, sheet.typed, Form(f"demo {sheet.at} {sheet.worker} {sheet.what}"))


def _record(sheet: Sheet, permit: Permit, given: Mapping[str, str], form: Form) -> None:
    asked, typed = sheets.named(sheet.what), Typed(given=_chosen(permit, given), at=sheet.at)
    if wrong := asked.faults(permit, typed):
        raise ValueError(f"The demo's own sheet {sheet.what} of {sheet.story.key}: {wrong}")
    asked.keep(permit, typed, form)


def _chosen(permit: Permit, given: Mapping[str, str]) -> dict[str, str]:
    """Who is chosen is told by name, and what else is, by its words; a browser sends their keys."""
    is_told = any(name in given for name in ("about", "serves", "tied_to"))
    plan = team.plan(permit) if is_told else None
    things = [thing.said for thing in (*plan.tasks, *plan.goals, *plan.referrals)] if plan else []
    told = [*things, *plan.reasons, *plan.hard_days] if plan else []
    by_words = {said.line.text: said.entry.item for said in told}
    keys = {
        "post": {hat.worker_name: str(hat.post_id) for hat in signing_in.hats(on=clock.today())},
        **dict.fromkeys(("about", "serves", "tied_to"), by_words),
    }
    return {name: keys.get(name, {}).get(value, value) for name, value in given.items()}


def _typed(told: Mapping[str, Any], today: date) -> Iterator[tuple[str, str]]:
    """A day is typed into three controls."""
    for name, value in told.items():
        if isinstance(value, int) or value.startswith("Fri "):
            yield from day_typed(name, day_of(today, value)).items()
        else:
            yield name, value


def _found(hat: Hat, story: Story) -> UUID:
    """Whom the worker's search by name shows."""
    words = tuple(fold(f"{story.who['first_name']} {story.who['last_name']}").split())
    permit = access.issue_list_permit(hat, purpose=policy.roles()[hat.role].purpose, at=clock.now())
    (found,) = custody.everyone(permit, Wanted(words=words)).people
    return found.person_id
