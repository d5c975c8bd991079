"""The pages of a team in words."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse

from throughgate.access import policy
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.pages import addresses, wording
from throughgate.pages.components.shapes import Link, Option, PersonRow, Problem, TimelineRow
from throughgate.pages.names import Names
from throughgate.pages.person import kept, team_words, timeline, writing
from throughgate.pages.person.reading import History
from throughgate.pages.person.said import sentences
from throughgate.pages.recording import sheets
from throughgate.pages.recording.fields import all_of
from throughgate.pages.team import things
from throughgate.pages.team.forms import Typed
from throughgate.pages.team.reading import Read
from throughgate.pages.wording import Wording
from throughgate.pages.wording import words as _
from throughgate.sharing.queries import Said as Wish
from throughgate.staff.queries import Hat
from throughgate.team import queries, rules
from throughgate.team.lists import Asked, Changed, Near, Waiting
from throughgate.team.queries import Board, Member
from throughgate.team.told import Said

OF_THE_TEAM = (
    *("join_team", "outside", "leave_team", "lead", "goal", "task", "message", "meeting-wish"),
    *("trusted-person", "pressure"),
)


class MemberRow(NamedTuple):
    name: str
    role: str
    leads: str  # "" nothing
    why: str
    lines: tuple[str, ...]  # since when, how the person agreed, when they last reached them


class Named(NamedTuple):
    """Somebody who stands by them, or where they want to be seen."""

    name: str
    text: str
    source: str


class Message(NamedTuple):
    to: str
    text: str
    source: str
    opened: str


class Sign(NamedTuple):
    """What may show, what it may come from, what helps first, and what this person asks for."""

    label: str
    may_be: str
    first: str
    ask: str
    wish: str  # "" nothing recorded
    source: str


def team(hat: Hat, permit: Permit, read: Read, *, kept_id: UUID | None) -> dict[str, Any]:
    """Everything the page of a team prints."""
    board, names = read.board, read.names
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "is_shared": queries.reads_teams(permit),
        "members": [_member(each, names) for each in board.members],
        "is_led": rules.WHOLE in board.led,
        "kept": kept.notice(hat, permit, kept_id, names),
        "outside": [_outside(each, names) for each in board.outside],
        "trusted": None if read.trusted is None else [_trusted(each, names) for each in read.trusted],
        "meeting": _meeting(board.meeting, names) if board.meeting else None,
        "left": [_left(each, names) for each in board.left],
        "goals": [things.goal(each, hat, permit, names) for each in board.goals],
        "tasks": [things.task(each, hat, permit, names) for each in board.tasks],
        "messages": [_message(each, board, names) for each in board.messages],
        "pressure": [_pressure(each, names) for each in board.pressure],
        "deeds": _deeds(hat, permit, death=read.who.death),
        "plan_url": reverse("plan", args=[hat.post_id, permit.person_id]),
        "respond_url": reverse("respond", args=[hat.post_id, permit.person_id]),
        "agreed_minimum": _agreed_minimum(hat.role),
        "as_at": wording.moment(permit.at),
    }


def respond(hat: Hat, permit: Permit, read: Read) -> dict[str, Any]:
    """Everything the page for whoever responds first prints."""
    wishes, names = read.board.wishes, read.names
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "is_shared": queries.reads_teams(permit),
        "signs": [
            Sign(
                label=_(row["label"]),
                may_be=_(row["may_be"]),
                first=_(row["first"]),
                ask=_(row["ask"]),
                wish=wishes[row["code"]].line.text if row["code"] in wishes else "",
                source=things.source(wishes[row["code"]], names) if row["code"] in wishes else "",
            )
            for row in code_set("support_signs").rows
        ],
        "wish_url": things.sheet_url(hat, permit, "support_wish") if queries.writes_teams(permit) else "",
        "team_url": reverse("team", args=[hat.post_id, permit.person_id]),
        "as_at": wording.moment(permit.at),
    }


def beside(hat: Hat, permit: Permit, read: History, *, typed: Typed, why: str) -> dict[str, Any]:
    """An entry, and what may be said beside it."""
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "rows": _rows(read),
        "form_key": typed.form.key,
        "may_write": read.versions[0].category in permit.write,
        "whose": _chosen(all_of("voices"), [typed.whose]),
        "text": typed.text,
        "about": _chosen(all_of("content_notes"), typed.about),
        "problems": [Problem(why)] if why else [],
        "as_at": wording.moment(permit.at),
    }


def asked(hat: Hat, permit: ListPermit, waiting: Waiting, near: Sequence[Near]) -> dict[str, Any]:
    """What changed and what is asked of whoever looks, a line for each thing; and on whose team they are."""
    to_plan, to_team, to_person, to_record = (
        addresses.to(page, hat.post_id, "{}") for page in ("plan", "team", "person", "recording")
    )
    today, here = clock.day_of(permit.at), wording.current()
    return {
        "people": [
            *(_changed(each, to_plan, here) for each in waiting.changed),
            *(_asked(each, to_team, today, here) for each in waiting.asked),
        ],
        "near": [_near(each, to_person, to_record, here) for each in near],
        "unmet_url": reverse("unmet", args=[hat.post_id]),
        "as_at": wording.moment(permit.at),
    }


def _near(each: Near, to_person: str, to_record: str, _: Wording) -> PersonRow:
    return PersonRow(
        state="",
        name=each.name or _("Name not recorded"),
        url=to_person.format(each.person_id),
        who=_("born %(day)s") % {"day": _.born(each.birth_date)} if each.birth_date else "",
        what=_("On the team since %(day)s.") % {"day": _.day(clock.day_of(each.since))},
        when="",
        record_url=to_record.format(each.person_id),
    )


def _asked(each: Asked, link: str, today: date, _: Wording) -> PersonRow:
    is_late = each.by_on is not None and each.by_on < today
    when = _("was due %(day)s") if is_late else _("by %(day)s")
    return PersonRow(
        state="late" if is_late else "not_started",
        name=each.name or _("Name not recorded"),
        url=link.format(each.person_id),
        who=_("born %(day)s") % {"day": _.born(each.birth_date)} if each.birth_date else "",
        what=_("A message for you that you have not opened.") if each.is_message else each.text,
        when=when % {"day": _.near(each.by_on, today)} if each.by_on else "",
    )


def _changed(each: Changed, link: str, _: Wording) -> PersonRow:
    levels = {
        name: _.label("need_levels", code) for name, code in (("now", each.how_far), ("was", each.before))
    }
    words = {**levels, "what": _.label("need_domains", each.domain)}
    what = _("%(what)s: %(now)s, before that %(was)s.") if each.before else _("%(what)s: %(now)s.")
    return PersonRow(
        state="late",
        name=each.name or _("Name not recorded"),
        url=link.format(each.person_id),
        who=_("born %(day)s") % {"day": _.born(each.birth_date)} if each.birth_date else "",
        what=_("A need has changed. %(what)s") % {"what": what % words if each.domain else ""},
        when=_("said %(day)s") % {"day": _.day(clock.day_of(each.at))},
    )


def _member(member: Member, names: Names) -> MemberRow:
    _ = names.wording
    line, entry = member.joined.line, member.joined.entry
    reached = {"day": _.day(clock.day_of(member.reached_at))} if member.reached_at else None
    return MemberRow(
        name=member.hat.worker_name,
        role=f"{_(policy.roles()[member.hat.role].label)}, {names.organisation(member.hat.organisation_id)}",
        leads=", ".join(team_words.led(domain, _) for domain in member.leads),
        why=line.why,
        lines=(
            _("Since %(day)s") % {"day": _.day(clock.day_of(entry.happened_at))},
            team_words.agreement(line.agreed, _),
            _("Last reached them %(day)s") % reached if reached else _("No contact recorded yet"),
            *([] if member.hat.is_active else [_("Does not work in this post any more")]),
        ),
    )


def _outside(said: Said, names: Names) -> Named:
    _ = names.wording
    line = said.line
    words = sentences([line.works_for, line.reach, line.text, team_words.agreement(line.agreed, _)])
    return Named(line.name, words, things.source(said, names))


def _trusted(wish: Wish, names: Names) -> Named:
    _ = names.wording
    line = wish.line
    may = _("May be told: %(what)s") if line.may_be_told else _("May be told nothing")
    words = sentences([line.relation, line.reach, may % {"what": line.may_be_told}, line.text])
    return Named(line.name, words, things.source(Said(entry=wish.entry, line=line), names))


def _meeting(said: Said, names: Names) -> Named:
    words = team_words.of_meeting_wish(said.line, names)
    return Named(words.kind, words.text, things.source(said, names))


def _left(said: Said, names: Names) -> str:
    _ = names.wording
    words = {
        "who": names.post(said.line.post),
        "day": _.day(clock.day_of(said.entry.happened_at)),
        "why": said.line.why,
    }
    return _("%(who)s, until %(day)s: %(why)s") % words


def _message(said: Said, board: Board, names: Names) -> Message:
    _ = names.wording
    line = said.line
    opened = [
        _("%(who)s, %(moment)s") % {"who": names.post(post_id), "moment": _.moment(at)}
        for post_id, at in board.opened.get(said.entry.id, ())
    ]
    to_whom = names.post(line.post) if line.post else _("the whole team")
    return Message(
        to=_("To %(whom)s") % {"whom": to_whom},
        text=line.text,
        source=things.source(said, names),
        opened=_("Opened by %(who)s") % {"who": "; ".join(opened)} if opened else _("Not opened yet"),
    )


def _pressure(said: Said, names: Names) -> tuple[str, str]:
    """What they said in private, and who wrote it down when."""
    return team_words.of_pressure(said.line, names).text, things.source(said, names)


def _deeds(hat: Hat, permit: Permit, *, death: str) -> list[Link]:
    """What this worker may do here, the sheets of a team in the order of their use."""
    offered = {each.what: each for each in sheets.offered(permit, death=death)}
    return [
        Link(offered[what].words().title, things.sheet_url(hat, permit, what))
        for what in OF_THE_TEAM
        if what in offered
    ]


def _agreed_minimum(role: str) -> list[str]:
    """What services have agreed that all of these roles see; nothing for a role of no agreement."""
    rows = code_set("agreements", folder=policy.ACCESS).rows
    return [_(row["label"]) for row in rows if role in row["roles"].split("|")]


def _rows(read: History) -> list[TimelineRow]:
    told = timeline.Told(entries=read.versions[:1], lines=read.lines, names=read.names, above=None)
    return timeline.rows(told)


def _chosen(options: Sequence[Option], chosen: Collection[str]) -> list[Option]:
    return [replace(each, is_chosen=each.value in chosen) for each in options]
