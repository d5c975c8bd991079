"""The pages of a team in words."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from throughgate.access import policy
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Link, Option, PersonRow, Problem, TimelineRow
from throughgate.pages.names import Names
from throughgate.pages.person import team_words, timeline, writing
from throughgate.pages.person.reading import History
from throughgate.pages.person.said import sentences
from throughgate.pages.recording import sheets
from throughgate.pages.recording.fields import all_of
from throughgate.pages.team.forms import Typed
from throughgate.pages.team.reading import Read
from throughgate.pages.wording import Wording
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat
from throughgate.team import queries, rules
from throughgate.team.lists import Asked
from throughgate.team.queries import Board, Member, Said, Thing

NOBODY = UUID(int=0)  # stands in an address until each row puts its own person there
OF_THE_TEAM = ("join_team", "leave_team", "lead", "goal", "task", "message", "pressure")


class MemberRow(NamedTuple):
    name: str
    role: str
    leads: str  # "" nothing
    why: str
    lines: tuple[str, ...]  # since when, how the person agreed, when they last reached them


class ThingRow(NamedTuple):
    """A goal or a task."""

    state: str  # one of shapes.STATES
    state_words: str
    about: str
    text: str
    source: str
    word: str  # the last word on it
    disagreements: tuple[str, ...]
    link: Link | None
    is_open: bool


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


def team(hat: Hat, permit: Permit, read: Read) -> dict[str, Any]:
    """Everything the page of a team prints."""
    board, names = read.board, read.names
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "is_shared": queries.reads_teams(permit),
        "members": [_member(each, names) for each in board.members],
        "is_led": rules.WHOLE in board.led,
        "left": [_left(each, names) for each in board.left],
        "goals": [_goal(each, hat, permit, names) for each in board.goals],
        "tasks": [_task(each, hat, permit, names) for each in board.tasks],
        "messages": [_message(each, board, names) for each in board.messages],
        "pressure": [_pressure(each, names) for each in board.pressure],
        "deeds": _deeds(hat, permit, death=read.who.death),
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
                source=_source(wishes[row["code"]], names) if row["code"] in wishes else "",
            )
            for row in code_set("support_signs").rows
        ],
        "wish_url": _sheet(hat, permit, "support_wish") if queries.writes_teams(permit) else "",
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


def asked(hat: Hat, permit: ListPermit, found: Sequence[Asked]) -> dict[str, Any]:
    """What is asked of whoever looks, one line for each thing."""
    link = reverse("team", args=[hat.post_id, NOBODY]).replace(str(NOBODY), "{}")
    today = clock.day_of(permit.at)
    return {
        "people": [_asked(each, link, today, wording.current()) for each in found],
        "as_at": wording.moment(permit.at),
    }


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


def _left(said: Said, names: Names) -> str:
    _ = names.wording
    words = {
        "who": names.post(said.line.post),
        "day": _.day(clock.day_of(said.entry.happened_at)),
        "why": said.line.why,
    }
    return _("%(who)s, until %(day)s: %(why)s") % words


def _goal(thing: Thing, hat: Hat, permit: Permit, names: Names) -> ThingRow:
    _ = names.wording
    about = _.label("need_domains", thing.said.entry.kind.removeprefix("goal_"))
    text = sentences([team_words.quoted(thing.said.line, _), team_words.by(thing.said.line.by_on, _)])
    return _thing(thing, about, text, names)._replace(link=_link(thing, hat, permit, "goal_word", names))


def _task(thing: Thing, hat: Hat, permit: Permit, names: Names) -> ThingRow:
    _ = names.wording
    line = thing.said.line
    text = sentences([line.text, team_words.by(line.by_on, _)])
    row = _thing(thing, names.post(line.post), text, names)
    row = row._replace(link=_link(thing, hat, permit, "task_word", names))
    if thing.is_open and line.by_on and line.by_on < clock.day_of(permit.at):
        return row._replace(state="late", state_words=_("late"))
    return row


def _thing(thing: Thing, about: str, text: str, names: Names) -> ThingRow:
    _ = names.wording
    states = "goal_states" if thing.said.entry.kind.startswith("goal_") else "task_states"
    word = thing.word
    return ThingRow(
        state=_state(thing),
        state_words=_.label(states, word.line.state) if word else _("Nothing said yet"),
        about=about,
        text=text,
        source=_source(thing.said, names),
        word=f"{word.line.text} {_source(word, names)}".strip() if word else "",
        disagreements=tuple(_disagreement(each, names) for each in thing.disagreements),
        link=None,
        is_open=thing.is_open,
    )


def _state(thing: Thing) -> str:
    if thing.word is None:
        return "not_started"
    if thing.is_open:
        return "in_hand"
    return "confirmed" if thing.word.line.state in {"done", "reached"} else "not_needed"


def _disagreement(said: Said, names: Names) -> str:
    _ = names.wording
    return f"{team_words.quoted(said.line, _)} ({_source(said, names)})"


def _link(thing: Thing, hat: Hat, permit: Permit, sheet: str, names: Names) -> Link | None:
    if not (thing.is_open and thing.said.entry.category in permit.write):
        return None
    about = urlencode({"about": thing.key})
    return Link(names.wording("Say how far it is"), f"{_sheet(hat, permit, sheet)}?{about}")


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
        source=_source(said, names),
        opened=_("Opened by %(who)s") % {"who": "; ".join(opened)} if opened else _("Not opened yet"),
    )


def _pressure(said: Said, names: Names) -> tuple[str, str]:
    """What they said in private, and who wrote it down when."""
    return team_words.of_pressure(said.line, names).text, _source(said, names)


def _source(said: Said, names: Names) -> str:
    """Who said so, and when."""
    return f"{timeline.said_by(said.entry, names)}, {names.wording.moment(said.entry.recorded_at)}"


def _deeds(hat: Hat, permit: Permit, *, death: str) -> list[Link]:
    """What this worker may do here, the sheets of a team in the order of their use."""
    offered = {each.what: each for each in sheets.offered(permit, death=death)}
    return [
        Link(offered[what].words().title, _sheet(hat, permit, what))
        for what in OF_THE_TEAM
        if what in offered
    ]


def _sheet(hat: Hat, permit: Permit, what: str) -> str:
    return reverse("sheet", args=[hat.post_id, permit.person_id, what])


def _agreed_minimum(role: str) -> list[str]:
    """What services have agreed that all of these roles see; nothing for a role of no agreement."""
    rows = code_set("agreements", folder=policy.ACCESS).rows
    return [_(row["label"]) for row in rows if role in row["roles"].split("|")]


def _rows(read: History) -> list[TimelineRow]:
    told = timeline.Told(entries=read.versions[:1], lines=read.lines, names=read.names, above=None)
    return timeline.rows(told)


def _chosen(options: Sequence[Option], chosen: Collection[str]) -> list[Option]:
    return [replace(each, is_chosen=each.value in chosen) for each in options]
