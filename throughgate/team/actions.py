"""Joining and leaving a team, asking something of it, and writing the plan it shares."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from throughgate.foundation import clock, wrong
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.record import actions as record
from throughgate.record import history
from throughgate.record.queries import Spine
from throughgate.record.rules import Draft, Form
from throughgate.team import derived, models, queries, rules
from throughgate.team.rules import Goal, HardDay, MeetingWish, Outside, Reason, Referral, Task, Unmet

LONGEST_ITEM = 120  # characters: what the record holds of it
# The kind of a word on each kind of goal, task and referral: it is shared like what it is on.
WORD_ON = {
    **{kind: kind.replace("goal_", "goalword_", 1) for kind in models.Goal.kinds},
    **{kind: kind.replace("goaltask_", "goaltaskword_", 1) for kind in models.Task.kinds},
    **{kind: kind.replace("referral_", "referralword_", 1) for kind in models.Referral.kinds},
    "task": "task_word",
}
OPEN = """
INSERT INTO team_opened (id, message_id, post_id, at)
SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::timestamptz[]) ON CONFLICT DO NOTHING
"""


def join(permit: Permit, *, who: str, why: str, agreed: str, at: datetime, form: Form) -> UUID:
    """Write that somebody joins the team, as the person agreed; their organisation is concerned from today.

    Raises: Refused where nobody, or more than one, is called that, or too little is said; Overtaken as
    `record.keep_last_word`.
    """
    found = queries.candidates(permit, who)
    wrong.refuse(rules.wrong_with_joining([each for _, each in found], why=why, agreed=agreed))
    (post_id, _) = found[0]
    return _member(permit, "team_joined", post_id, {"why": why, "agreed": agreed}, form, at=at)


def leave(permit: Permit, *, post_id: UUID | None, why: str, agreed: str, at: datetime, form: Form) -> UUID:
    """Write that somebody leaves the team; their organisation is concerned until the end of the day.

    Raises: as `join`.
    """
    is_member = post_id in queries.ever_members(permit)
    wrong.refuse(rules.wrong_with_leaving(is_member=is_member, why=why, agreed=agreed))
    return _member(permit, "team_left", post_id, {"why": why, "agreed": agreed}, form, at=at)


def hand_lead(
    permit: Permit, *, domain: str, post_id: UUID | None, agreed: str, text: str, at: datetime, form: Form
) -> UUID:
    """Write who leads what from now on, as the person agreed. Raises: as `join`."""
    is_member = post_id in queries.members(permit)
    wrong.refuse(rules.wrong_with_lead(domain=domain, is_member=is_member, agreed=agreed, text=text))
    said = {"post": post_id, "agreed": agreed, "text": text}
    return _keep_last_word(permit, f"lead_{domain}", said, form, at=at)


def ask(permit: Permit, task: Task, *, at: datetime, form: Form) -> UUID:
    """Write what somebody is asked to do, shared like the goal it serves.

    Raises: Refused where too little is said, or this role does not record of that goal.
    """
    kinds, members = queries.served(permit, task.serves), queries.members(permit)
    today = clock.day_of(permit.at)
    wrong.refuse(rules.wrong_with_task(task, members=members, served=kinds, today=today))
    said = {
        "post": task.post_id,
        "who": task.who,
        "text": task.text,
        "by_on": task.by_on,
        "serves": task.serves,
    }
    return _keep(permit, kinds[task.serves], said, form, at=at, item=_key(permit, form))


def say_of_task(permit: Permit, *, key: str, state: str, text: str, at: datetime, form: Form) -> UUID:
    """Write how far a task is. Raises: Refused where too little is said; Overtaken as in `join`."""
    task = queries.tasks(permit).get(key)
    is_known = task is not None
    wrong.refuse(rules.wrong_with_word(is_known=is_known, state=state, states="task_states", text=text))
    kind = WORD_ON[task.said.entry.kind] if task else ""
    return _keep_last_word(permit, kind, {"state": state, "text": text}, form, at=at, item=key)


def write(
    permit: Permit, *, kind: str, post_id: UUID | None, is_to_all: bool, text: str, at: datetime, form: Form
) -> UUID:
    """Write a message to one of the team, or to all. Raises: Refused where too little is said."""
    is_receiver = is_to_all or post_id in queries.members(permit)
    kinds = queries.message_kinds(permit)
    wrong.refuse(rules.wrong_with_message(kind=kind, kinds=kinds, is_receiver=is_receiver, text=text))
    return _keep(permit, kind, {"post": None if is_to_all else post_id, "text": text}, form, at=at)


def open_entries(permit: Permit, entry_ids: Collection[UUID]) -> None:
    """Keep that whoever looks has had before them what they were told of; once each, however often."""
    if permit.post_id and entry_ids:
        rows = [(new_id(), each, permit.post_id, permit.at) for each in entry_ids]
        with connection.cursor() as cursor:
            cursor.execute(OPEN, [list(column) for column in zip(*rows, strict=True)])


def set_goal(permit: Permit, goal: Goal, *, at: datetime, form: Form) -> UUID:
    """Write what the person wants, or what a worker suggests. Raises: Refused where too little is said."""
    offered, today = queries.goal_domains(permit), clock.day_of(permit.at)
    reasons = queries.reasons(permit) if goal.reason else ()
    wrong.refuse(rules.wrong_with_goal(goal, offered=offered, reasons=reasons, today=today))
    said = asdict(goal)
    return _keep(permit, f"goal_{said.pop('domain')}", said, form, at=at, item=_key(permit, form))


def say_of_goal(permit: Permit, *, key: str, state: str, text: str, at: datetime, form: Form) -> UUID:
    """Write how far a goal is. Raises: as `say_of_task`."""
    goal = queries.goals(permit).get(key)
    is_known = goal is not None
    wrong.refuse(rules.wrong_with_word(is_known=is_known, state=state, states="goal_states", text=text))
    kind = WORD_ON[goal.said.entry.kind] if goal else ""
    return _keep_last_word(permit, kind, {"state": state, "text": text}, form, at=at, item=key)


def give_reason(permit: Permit, reason: Reason, *, at: datetime, form: Form) -> UUID:
    """Write what started it, keeps it going, protects, or would make it worth it. Raises: as `ask`."""
    wrong.refuse(rules.wrong_with_reason(reason, parts=queries.reason_parts(permit)))
    said = {"reason": reason.reason, "text": reason.text}
    return _keep(permit, f"reason_{reason.part}", said, form, at=at, item=_key(permit, form))


def name_hard_day(permit: Permit, day: HardDay, *, at: datetime, form: Form) -> UUID:
    """Write of a day that is hard for them. Raises: as `ask`."""
    wrong.refuse(rules.wrong_with_hard_day(day, today=clock.day_of(permit.at)))
    return _keep(permit, "hard_day", asdict(day), form, at=at, item=_key(permit, form))


def find_unmet(permit: Permit, unmet: Unmet, *, at: datetime, form: Form) -> UUID:
    """Write that nothing exists to meet a need. Raises: as `ask`."""
    wrong.refuse(rules.wrong_with_unmet(unmet, offered=queries.goal_domains(permit)))
    said = {"place": unmet.place, "text": unmet.text}
    return _keep(permit, f"unmet_{unmet.domain}", said, form, at=at, item=_key(permit, form))


def refer(permit: Permit, referral: Referral, *, at: datetime, form: Form) -> UUID:
    """Write that a service is asked to take part, and by when it has to answer. Raises: as `ask`."""
    offered, today = queries.goal_domains(permit), clock.day_of(permit.at)
    wrong.refuse(rules.wrong_with_referral(referral, offered=offered, today=today))
    said = asdict(referral)
    return _keep(permit, f"referral_{said.pop('domain')}", said, form, at=at, item=_key(permit, form))


def say_of_referral(permit: Permit, *, key: str, state: str, text: str, at: datetime, form: Form) -> UUID:
    """Write what a service answers, or what came of it. Raises: as `say_of_task`."""
    referral = queries.referrals(permit).get(key)
    wrong.refuse(rules.wrong_with_answer(is_known=referral is not None, state=state, text=text))
    kind = WORD_ON[referral.said.entry.kind] if referral else ""
    return _keep_last_word(permit, kind, {"state": state, "text": text}, form, at=at, item=key)


def name_outside(permit: Permit, outside: Outside, *, at: datetime, form: Form) -> UUID:
    """Write that somebody without an account is on the team, or is no more. Raises: as `join`."""
    wrong.refuse(rules.wrong_with_outside(outside))
    item = outside.name.casefold()[:LONGEST_ITEM]
    return _keep_last_word(permit, "outside", asdict(outside), form, at=at, item=item)


def wish_for_meetings(permit: Permit, wish: MeetingWish, *, at: datetime, form: Form) -> UUID:
    """Write where and with whom they want to be seen; the last word counts. Raises: as `join`."""
    wrong.refuse(rules.wrong_with_meeting_wish(wish))
    return _keep_last_word(permit, "meeting_wish", asdict(wish), form, at=at)


def disagree(permit: Permit, entry: Spine, *, whose: str, text: str, form: Form) -> UUID:
    """Write that somebody sees an entry otherwise: both stand, shared alike, and neither is the last word.

    Raises: Refused where too little is said, or for a kind that this role does not record.
    """
    wrong.refuse(rules.wrong_with_disagreement(whose=whose, text=text))
    return _beside(permit, entry, "disagrees", {"whose": whose, "text": text}, form)


def note_content(permit: Permit, entry: Spine, *, about: Collection[str], form: Form) -> UUID:
    """Write what may be hard to read in an entry, so that it is shown closed. Raises: as `disagree`."""
    wrong.refuse(rules.wrong_with_content(about))
    return _beside(permit, entry, "content", {"about": sorted(about)}, form)


def tell_of_pressure(
    permit: Permit, *, post_id: UUID | None, text: str, plan: str, at: datetime, form: Form
) -> UUID:
    """Write of debt or pressure, for whoever the person chose and for who writes: nobody else learns of it.

    Raises: Refused where too little is said, or the one they chose is not shown what keeps somebody safe.
    """
    chosen = queries.may_be_told(permit).get(post_id) if post_id else None
    wrong.refuse(rules.wrong_with_pressure(is_receiver=chosen is not None, text=text, plan=plan))
    readers = {each for each in (permit.worker_id, chosen and chosen.worker_id) if each}
    wrong.refuse(
        rules.wrong_with_readers(readers, before=history.readers_before(permit, form), by=permit.worker_id)
    )
    with transaction.atomic():
        draft = _draft(permit, "pressure", {"text": text, "plan": plan}, at=at, item="")
        return record.keep(permit, replace(draft, only_for=tuple(sorted(readers))), form)


def wish(permit: Permit, *, sign: str, text: str, at: datetime, form: Form) -> UUID:
    """Write what the person asks for when something shows; the last word of each sign counts.

    Raises: Refused where too little is said; Overtaken as in `join`.
    """
    wrong.refuse(rules.wrong_with_wish(sign=sign, text=text))
    return _keep_last_word(permit, f"wish_{sign}", {"text": text}, form, at=at)


def _member(
    permit: Permit, kind: str, post_id: UUID | None, said: Mapping[str, Any], form: Form, *, at: datetime
) -> UUID:
    with transaction.atomic():
        entry_id = _keep_last_word(permit, kind, {"post": post_id, **said}, form, at=at, item=str(post_id))
        derived.refresh(permit, [permit.person_id])
        return entry_id


def _key(permit: Permit, form: Form) -> str:
    """Which one it is: that of the entry it corrects, or a new one."""
    return history.versions(permit, form.corrects)[0].item if form.corrects else form.key


def _beside(permit: Permit, entry: Spine, kind: str, said: Mapping[str, Any], form: Form) -> UUID:
    with transaction.atomic():
        draft = _draft(permit, f"{kind}_{entry.category}", said, at=permit.at, item=str(entry.id))
        readers = tuple(entry.only_for)
        return record.keep(permit, replace(draft, restricted=entry.restricted, only_for=readers), form)


def _keep(
    permit: Permit, kind: str, said: Mapping[str, Any], form: Form, *, at: datetime, item: str = ""
) -> UUID:
    with transaction.atomic():
        return record.keep(permit, _draft(permit, kind, said, at=at, item=item), form)


def _keep_last_word(
    permit: Permit, kind: str, said: Mapping[str, Any], form: Form, *, at: datetime, item: str = ""
) -> UUID:
    with transaction.atomic():
        return record.keep_last_word(permit, _draft(permit, kind, said, at=at, item=item), form)


def _draft(permit: Permit, kind: str, said: Mapping[str, Any], *, at: datetime, item: str) -> Draft:
    return Draft(
        identity_id=own.identity(permit),
        kind=kind,
        item=item,
        happened_at=at,
        dated_by="time",
        as_at=permit.at,
        body=said,
    )
