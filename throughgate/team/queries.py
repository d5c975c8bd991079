"""Who is on somebody's team, what they ask of each other, and the plan they share."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import policy
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit, Refresher
from throughgate.linkage import queries as linkage
from throughgate.record import lines as record_lines
from throughgate.record import queries as record
from throughgate.record import seen
from throughgate.record.queries import Spine
from throughgate.staff import queries as staff
from throughgate.staff.queries import Hat
from throughgate.team import rules, told
from throughgate.team.domains import DOMAINS
from throughgate.team.models import (
    ContentNote,
    Disagreement,
    Goal,
    GoalWord,
    HardDay,
    Membership,
    Message,
    Pressure,
    Reason,
    Referral,
    ReferralWord,
    Task,
    TaskWord,
    Unmet,
)
from throughgate.team.rules import Candidate, MemberWord
from throughgate.team.told import (
    SHAPES,
    DisagreementLine,
    GoalLine,
    HardDayLine,
    LeadLine,
    MeetingWishLine,
    MembershipLine,
    MessageLine,
    OutsideLine,
    PressureLine,
    ReasonLine,
    ReferralLine,
    Said,
    TaskLine,
    Thing,
    UnmetLine,
    WishLine,
)

BESIDE = frozenset(Disagreement.kinds) | frozenset(ContentNote.kinds)
OF_THE_PLAN = frozenset(
    kind
    for body in (Goal, GoalWord, Task, TaskWord, Reason, HardDay, Unmet, Referral, ReferralWord, Disagreement)
    for kind in body.kinds
)
TO_SERVE = frozenset(kind for body in (Goal, GoalWord, HardDay) for kind in body.kinds)
OF_THE_PLAN_ALONE = frozenset(
    kind for body in (Reason, HardDay, Unmet, Referral, ReferralWord) for kind in body.kinds
)
ON_BOARD = frozenset(SHAPES) - frozenset(ContentNote.kinds) - OF_THE_PLAN_ALONE
REACHED = """
SELECT entry.recorded_by, max(entry.happened_at)
FROM record_entry entry JOIN contacts_contact said ON said.entry_id = entry.id
WHERE entry.id = ANY(%s) AND said.outcome = ANY(%s) GROUP BY entry.recorded_by
"""
# The last word of each counts, in the order in which `told.newest` finds it.
WAITING = f"""
SELECT identity.person_id, entry.category, coalesce(last.state, ''),
       min(coalesce(last.said_on, said.answer_by))
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = ANY(%(kinds)s)
JOIN team_referral said ON said.entry_id = entry.id
LEFT JOIN LATERAL (
    SELECT spoken.state, (word.happened_at AT TIME ZONE 'Europe/London')::date AS said_on
    FROM people_identity theirs
    JOIN record_entry word ON word.identity_id = theirs.id
    JOIN team_referralword spoken ON spoken.entry_id = word.id
    WHERE theirs.person_id = identity.person_id AND word.kind = ANY(%(words)s) AND word.item = entry.item
      AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = word.id)
    ORDER BY word.happened_at DESC, word.id DESC LIMIT 1) last ON true
WHERE identity.person_id = ANY(%(people)s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
  AND (last.state IS NULL OR last.state = ANY(%(chased)s))
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
GROUP BY 1, 2, 3
"""
HARD_DAYS = f"""
SELECT identity.person_id, said.falls_on, said.is_yearly
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'hard_day'
JOIN team_hardday said ON said.entry_id = entry.id
WHERE identity.person_id = ANY(%(people)s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
"""
OPENED = "SELECT message_id, post_id, at FROM team_opened WHERE message_id = ANY(%s) ORDER BY at"


@dataclass(frozen=True, kw_only=True)
class Member:
    hat: Hat
    joined: Said
    leads: tuple[str, ...]  # domains of need, or the whole
    reached_at: datetime | None  # when they last reached the person


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All of the plan that the permit shows, each newest first."""

    goals: tuple[Thing, ...]
    tasks: tuple[Thing, ...]
    reasons: tuple[Said, ...]
    hard_days: tuple[Said, ...]
    unmet: tuple[Said, ...]
    referrals: tuple[Thing, ...]
    posts: Mapping[UUID, Hat]  # every post that is named
    said: Sequence[Said]  # all of it


@dataclass(frozen=True, kw_only=True)
class Board:
    """All of the team that the permit shows, each newest first."""

    members: tuple[Member, ...]
    left: tuple[Said, ...]
    led: Mapping[str, Said]  # domain of need, or the whole
    tasks: tuple[Thing, ...]
    goals: tuple[Thing, ...]
    messages: tuple[Said, ...]
    opened: Mapping[UUID, Sequence[tuple[UUID, datetime]]]  # message -> by which posts, when
    wishes: Mapping[str, Said]  # code set support_signs
    outside: tuple[Said, ...]  # those on the team who have no account
    meeting: Said | None  # where and with whom they want to be seen
    pressure: tuple[Said, ...]  # told to whoever looks, and to nobody beside them
    posts: Mapping[UUID, Hat]  # every post that is named
    said: Sequence[Said]  # all of it

    def waiting_for(self, post_id: UUID) -> list[UUID]:
        """The messages to that post, or to the whole of a team that it is on, which it has not opened."""
        is_member = post_id in {member.hat.post_id for member in self.members}
        return [
            each.entry.id
            for each in self.messages
            if (each.line.post == post_id or (is_member and each.line.post is None))
            and post_id not in {by for by, _at in self.opened.get(each.entry.id, ())}
        ]


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Any]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def reads_teams(permit: Permit) -> bool:
    """Whether this worker is shown who is on a team."""
    return Membership.kinds["team_joined"] in permit.read


def writes_teams(permit: Permit) -> bool:
    """Whether this worker may say who is on a team, and ask something of them."""
    return Membership.kinds["team_joined"] in permit.write


def hears_of_pressure(permit: Permit) -> bool:
    """Whether this worker may write of debt or pressure."""
    return Pressure.kinds["pressure"] in permit.write


def message_kinds(permit: Permit) -> dict[str, str]:
    """The kinds of message this worker may write, with the category of each."""
    return {kind: category for kind, category in Message.kinds.items() if category in permit.write}


def goal_domains(permit: Permit) -> list[str]:
    """The domains in which this worker may write goals."""
    return [domain for domain, category in DOMAINS.items() if category in permit.write]


def candidates(permit: Permit, who: str) -> list[tuple[UUID, Candidate]]:
    """Whoever is called that, in each post they hold."""
    return [(hat.post_id, _candidate(hat)) for hat in staff.named(who, on=clock.day_of(permit.at))]


def members(permit: Permit) -> dict[UUID, Hat]:
    """Who is on the team now, by post, in the order of names."""
    return _hats(permit, _on_team(permit))


def ever_members(permit: Permit) -> dict[UUID, Hat]:
    """Whoever is or was on the team, by post, in the order of names."""
    return _hats(permit, _posts(_said(permit, frozenset(Membership.kinds))))


def may_be_told(permit: Permit) -> dict[UUID, Hat]:
    """Those on the team, and whoever asks, whom somebody may tell of debt or pressure: shown safeguarding."""
    hats = _hats(permit, [*_on_team(permit), *filter(None, [permit.post_id])])
    return {post_id: hat for post_id, hat in hats.items() if _reads(hat, Pressure.kinds["pressure"])}


def tasks(permit: Permit) -> dict[str, Thing]:
    """Every task, by its key."""
    said = _said(permit, frozenset(Task.kinds) | frozenset(TaskWord.kinds))
    return {thing.key: thing for thing in told.things(said, TaskLine)}


def goals(permit: Permit) -> dict[str, Thing]:
    """Every goal that is shared with the worker, by its key."""
    said = _said(permit, frozenset(Goal.kinds) | frozenset(GoalWord.kinds))
    return {thing.key: thing for thing in told.things(said, GoalLine)}


def referrals(permit: Permit) -> dict[str, Thing]:
    """Every referral that is shared with the worker, by its key."""
    said = _said(permit, frozenset(Referral.kinds) | frozenset(ReferralWord.kinds))
    return {thing.key: thing for thing in told.things(said, ReferralLine)}


class Waiting(NamedTuple):
    """Referrals of one person that somebody has to chase."""

    person_id: UUID
    category: str
    step: str  # of referral_states: answer, meet
    since: date  # the first day: an answer is due by then, or they were taken on


def waiting(permit: Refresher, person_ids: Sequence[UUID]) -> list[Waiting]:
    """Referrals that nobody has answered, or whose last word leads to a step."""
    chased = {row["code"]: row["next_step"] for row in code_set("referral_states").rows if row["next_step"]}
    of = {"kinds": kinds_of_referrals(), "words": list(ReferralWord.kinds), "chased": list(chased)}
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"people": list(person_ids), **of})
        return [
            Waiting(person_id, category, chased[state or "asked"], since)
            for person_id, category, state, since in cursor.fetchall()
        ]


def hard_days(permit: Refresher, person_ids: Sequence[UUID]) -> list[tuple[UUID, date, bool]]:
    """Whose, when, and whether it comes each year; none that is kept for some."""
    with connection.cursor() as cursor:
        cursor.execute(HARD_DAYS, {"people": list(person_ids)})
        return list(cursor.fetchall())


@cache
def kinds_of_referrals() -> list[str]:
    return list(Referral.kinds)


def board(permit: Permit) -> Board:
    """Everything of the team that is shared with the worker: a bounded number of queries."""
    said = _said(permit, ON_BOARD)
    posts = staff.posts(_posts(said), on=clock.day_of(permit.at))
    on_team = rules.on_team(_words(said)) & posts.keys()
    membership = told.newest(told.of(said, MembershipLine))
    led = told.newest(told.of(said, LeadLine), by=told.about)
    leading = rules.leads({domain: each.line.post for domain, each in led.items()}, on_team)
    messages = told.of(said, MessageLine)
    opened = _opened([each.entry.id for each in messages])
    beside = told.by_entry(told.of(said, DisagreementLine))
    return Board(
        members=_members(permit, membership, on_team, leading, posts),
        left=tuple(each for each in membership.values() if each.line.post not in on_team),
        led={domain: led[domain] for domain in leading},
        tasks=tuple(told.things(said, TaskLine, beside)),
        goals=tuple(told.things(said, GoalLine, beside)),
        messages=tuple(messages),
        opened=opened,
        pressure=tuple(told.of(said, PressureLine)),
        wishes=told.newest(told.of(said, WishLine), by=told.about),
        outside=tuple(each for each in told.newest(told.of(said, OutsideLine)).values() if each.line.holds),
        meeting=next(iter(told.of(said, MeetingWishLine)), None),
        posts=staff.posts({by for each in opened.values() for by, _ in each}, on=clock.day_of(permit.at))
        | posts,
        said=said,
    )


def plan(permit: Permit) -> Plan:
    """What they want, why, and what stands in the way of it, as far as it is shared with the worker."""
    said = _said(permit, OF_THE_PLAN)
    beside = told.by_entry(told.of(said, DisagreementLine))
    return Plan(
        goals=tuple(told.things(said, GoalLine, beside)),
        tasks=tuple(told.things(said, TaskLine, beside)),
        reasons=tuple(told.newest(told.of(said, ReasonLine)).values()),
        hard_days=tuple(told.newest(told.of(said, HardDayLine)).values()),
        unmet=tuple(told.newest(told.of(said, UnmetLine)).values()),
        referrals=tuple(told.things(said, ReferralLine, beside)),
        posts=staff.posts(_posts(said), on=clock.day_of(permit.at)),
        said=said,
    )


def reasons(permit: Permit) -> dict[str, Said]:
    """Every reason that is shared with the worker, by its key."""
    return told.newest(_said(permit, frozenset(Reason.kinds)))


def to_serve(permit: Permit) -> tuple[list[Thing], list[Said]]:
    """What a task may serve: the goals and the hard days that are shared with the worker."""
    said = _said(permit, TO_SERVE)
    return told.things(said, GoalLine), list(told.newest(told.of(said, HardDayLine)).values())


def served(permit: Permit, key: str) -> Mapping[str, str]:
    """The kind of a task by the key of what it serves, since it is shared like that.

    A hard day is told to few; who looks in on them then is asked without a word of why.
    """
    goals, days = to_serve(permit) if key else ([], [])
    kinds = {goal.key: goal.said.entry.kind.replace("goal_", "goaltask_", 1) for goal in goals}
    return {"": "task", **{day.entry.item: "task" for day in days}, **kinds}


def reason_parts(permit: Permit) -> list[str]:
    """The parts of a reason that this worker may write."""
    return [
        kind.removeprefix("reason_") for kind, category in Reason.kinds.items() if category in permit.write
    ]


def writes_hard_days(permit: Permit) -> bool:
    """Whether this worker may write of a day that is hard for them."""
    return HardDay.kinds["hard_day"] in permit.write


def beside(permit: Permit, identity_ids: Sequence[UUID]) -> dict[str, list[Said]]:
    """What stands beside entries, oldest first: who disagrees, and what may be hard to read in them."""
    entries = record.current(permit, identity_ids=identity_ids, kinds=BESIDE)
    return beside_of(permit, entries, lines(permit, record_lines.by_kind(entries)))


def beside_of(permit: Permit, entries: Sequence[Spine], said: Mapping[UUID, Any]) -> dict[str, list[Said]]:
    """The same of entries that stand, newest first, and what they say; others' are left to them."""
    return told.by_entry(_saying((entry for entry in entries if entry.kind in BESIDE), said))


def _on_team(permit: Permit) -> frozenset[UUID]:
    return rules.on_team(_words(_said(permit, frozenset(Membership.kinds))))


def _hats(permit: Permit, post_ids: Collection[UUID]) -> dict[UUID, Hat]:
    found = staff.posts(post_ids, on=clock.day_of(permit.at))
    return dict(sorted(found.items(), key=lambda each: each[1].worker_name))


def _said(permit: Permit, kinds: frozenset[str]) -> list[Said]:
    """Entries of these kinds that stand, with what they say, newest first."""
    entries = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=kinds)
    return _saying(entries, lines(permit, record_lines.by_kind(entries)))


def _saying(entries: Iterable[Spine], said: Mapping[UUID, Any]) -> list[Said]:
    return [Said(entry=entry, line=said[entry.id]) for entry in entries if entry.id in said]


def _words(said: Sequence[Said]) -> list[MemberWord]:
    return [
        MemberWord(
            post_id=each.line.post,
            is_joining=each.entry.kind == "team_joined",
            at=each.entry.happened_at,
        )
        for each in reversed(told.of(said, MembershipLine))
    ]


def _members(
    permit: Permit,
    membership: Mapping[str, Said],
    on_team: Collection[UUID],
    leading: Mapping[str, UUID],
    posts: Mapping[UUID, Hat],
) -> tuple[Member, ...]:
    """In the order in which they joined."""
    reached = _reached(permit)
    found = [each for each in reversed(list(membership.values())) if each.line.post in on_team]
    return tuple(
        Member(
            hat=posts[each.line.post],
            joined=each,
            leads=tuple(domain for domain, post_id in leading.items() if post_id == each.line.post),
            reached_at=reached.get(posts[each.line.post].worker_id),
        )
        for each in found
    )


def _posts(said: Iterable[Said]) -> set[UUID]:
    return {each.line.post for each in said if getattr(each.line, "post", None)}


def _reached(permit: Permit) -> dict[UUID, datetime]:
    """When each worker last reached the person, of what the permit shows."""
    contacts = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset({"contact"}))
    outcomes = [row["code"] for row in code_set("contact_outcomes").rows if row["was_reached"] == "yes"]
    with connection.cursor() as cursor:
        cursor.execute(REACHED, [[each.id for each in contacts], outcomes])
        return dict(cursor.fetchall())


def _opened(message_ids: Sequence[UUID]) -> dict[UUID, list[tuple[UUID, datetime]]]:
    found: dict[UUID, list[tuple[UUID, datetime]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(OPENED, [list(message_ids)])
        for message_id, post_id, at in cursor.fetchall():
            found[message_id].append((post_id, at))
    return found


def _candidate(hat: Hat) -> Candidate:
    return Candidate(
        called=f"{hat.worker_name}, {hat.team_name}, {hat.organisation_name}",
        reads_plans=_reads(hat, Membership.kinds["team_joined"]),
    )


def _reads(hat: Hat, category: str) -> bool:
    return policy.policy().matrix[hat.role][category].read
