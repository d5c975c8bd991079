"""Goals and tasks in words, for every page that shows them."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Link
from throughgate.pages.names import Names
from throughgate.pages.person import team_words, timeline
from throughgate.pages.person.said import sentences
from throughgate.staff.queries import Hat
from throughgate.team import rules, told
from throughgate.team.told import Said, Thing

# Of a referral, the shape of its state.
REFERRED = {
    "asked": "not_started",
    "unanswered": "late",
    "taken": "in_hand",
    "seen": "in_hand",
    "refused": "late",
    "met": "confirmed",
    "not_needed": "not_needed",
}


class ThingRow(NamedTuple):
    """A goal, a task or a referral."""

    state: str  # one of shapes.STATES
    state_words: str
    about: str
    text: str
    source: str
    word: str  # the last word on it, which may be no more than how far it is
    word_source: str  # who said that; "" nobody has yet
    disagreements: tuple[str, ...]
    link: Link | None
    is_open: bool


def goal(thing: Thing, hat: Hat, permit: Permit, names: Names) -> ThingRow:
    _ = names.wording
    about = _.label("need_domains", told.about(thing.said.entry))
    line = thing.said.line
    agreed = _.label("goal_agreements", line.agreed)
    text = sentences([team_words.quoted(line, _), agreed, team_words.by(line.by_on, _)])
    return _thing(thing, about, text, names)._replace(link=_link(thing, hat, permit, "goal_word", names))


def task(thing: Thing, hat: Hat, permit: Permit, names: Names) -> ThingRow:
    _ = names.wording
    line = thing.said.line
    text = sentences([line.text, team_words.by(line.by_on, _)])
    row = _thing(thing, team_words.actor(line, names), text, names)
    row = row._replace(link=_link(thing, hat, permit, "task_word", names))
    if thing.is_open and line.by_on and line.by_on < clock.day_of(permit.at):
        return row._replace(state="late", state_words=_("late"))
    return row


def referral(thing: Thing, hat: Hat, permit: Permit, names: Names) -> ThingRow:
    """Which service is asked, for what, and how far it is: silence says something, too."""
    _ = names.wording
    line, said = thing.said.line, thing.word.line.state if thing.word else ""
    state = rules.referral_state(said, answer_by=line.answer_by, today=clock.day_of(permit.at))
    until = "" if said else _("to answer by %(day)s") % {"day": _.day(line.answer_by)}
    row = _thing(thing, line.who, sentences([line.text, until]), names)
    return row._replace(
        state=REFERRED[state],
        state_words=_.label("referral_states", state),
        link=_link(thing, hat, permit, "referral_word", names),
    )


def source(said: Said, names: Names) -> str:
    """Who said so, and when."""
    return f"{timeline.said_by(said.entry, names)}, {names.wording.moment(said.entry.recorded_at)}"


def sheet_url(hat: Hat, permit: Permit, what: str) -> str:
    return reverse("sheet", args=[hat.post_id, permit.person_id, what])


def _thing(thing: Thing, about: str, text: str, names: Names) -> ThingRow:
    _ = names.wording
    word = thing.word
    return ThingRow(
        state=_state(thing),
        state_words=_.label(thing.states, word.line.state) if word else _("Nothing said yet"),
        about=about,
        text=text,
        source=source(thing.said, names),
        word=word.line.text if word else "",
        word_source=source(word, names) if word else "",
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
    return f"{team_words.quoted(said.line, _)} ({source(said, names)})"


def _link(thing: Thing, hat: Hat, permit: Permit, sheet: str, names: Names) -> Link | None:
    if not (thing.is_open and thing.said.entry.category in permit.write):
        return None
    about = urlencode({"about": thing.key})
    return Link(names.wording("Say how far it is"), f"{sheet_url(hat, permit, sheet)}?{about}")
