"""The team around Dee in the words of the trade: a test arranges with these and reads what a page says."""

from datetime import date
from typing import Any
from uuid import UUID

from tests import story
from tests.contexts.clients import address, signed_in, words
from throughgate.access import actions as access
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.record.rules import Form
from throughgate.staff import actions as staff
from throughgate.staff import queries as hats
from throughgate.staff.queries import Hat
from throughgate.team import actions as team
from throughgate.team import lists
from throughgate.team.rules import Goal, Task


def called(name: str, *, role: str, at: str, team_name: str = "Day team") -> Hat:
    added = staff.add_worker(
        email=f"{new_id()}@example.org",
        name=name,
        role=role,
        organisation=at,
        team=team_name,
        works_in=[],
        password=None,
        on=date(2026, 1, 1),
    )
    (hat,) = hats.hats_of(added.id, on=date(2026, 11, 2))
    return hat


def form() -> Form:
    return Form(str(new_id()))


def joins(permit: Permit, who: str = "Kofi Footpath") -> UUID:
    return team.join(permit, who=who, why="Walks with her", agreed="asked", at=permit.at, form=form())


def leaves(permit: Permit, hat: Hat) -> UUID:
    return team.leave(permit, post_id=hat.post_id, why="Moves away", agreed="", at=permit.at, form=form())


def asks(permit: Permit, hat: Hat, text: str = "Ring her sister", by_on: date | None = None) -> str:
    sent = form()
    task = Task(post_id=hat.post_id, text=text, by_on=by_on)
    team.ask(permit, task, at=permit.at, form=sent)
    return sent.key


def wants(permit: Permit, domain: str = "home", text: str = "A door of my own") -> str:
    sent = form()
    goal = Goal(domain=domain, whose="person", text=text)
    team.set_goal(permit, goal, at=permit.at, form=sent)
    return sent.key


def writes(permit: Permit, text: str, *, to: Hat | None = None, kind: str = "message_plan") -> UUID:
    return team.write(
        permit,
        kind=kind,
        post_id=to.post_id if to else None,
        is_to_all=to is None,
        text=text,
        at=permit.at,
        form=form(),
    )


def look(hat: Hat, page: str = "team", *rest: Any) -> str:
    return words(signed_in(hat).get(address(page, hat, story.person(), *rest)))


def asked_of(hat: Hat, *, day: int = 2) -> list[lists.Asked]:
    permit = access.issue_list_permit(hat, purpose="resettlement", at=story.noon(day))
    return lists.waiting(permit).asked
