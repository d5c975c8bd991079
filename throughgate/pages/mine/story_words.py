"""Their own story in words: short ones, in the person's language, which tests measure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.urls import reverse

from throughgate.book.queries import Said
from throughgate.foundation import clock
from throughgate.packs.words.wording import Wording
from throughgate.pages.mine import presenters
from throughgate.pages.mine.telling import Question, Sheet

Told = Mapping[tuple[str, str], Said]
TOPICS = ("about", "matters", "worries")
WAYS = ("ring", "text", "letter", "through", "in_person")


class Own(NamedTuple):
    """What they say of one thing."""

    heading: str
    text: str  # "" nothing yet
    mark: str
    link: tuple[str, str]


def story(_: Wording, told: Told) -> dict[str, Any]:
    return {
        **presenters.places(_, "mine_story"),
        "heading": _("My story"),
        "lead": _("Here you say it in your own words. Workers who help you can read it."),
        "nothing": _("Nothing here yet."),
        "own": [_own(_, topic, told.get((f"own_{topic}", ""))) for topic in TOPICS],
        "helps_heading": _("Who and what helps me"),
        "helps": [_help(_, said) for (kind, _item), said in told.items() if kind == "helps"],
        "helps_link": (_("Add or change"), reverse("mine_helps")),
        "reach_heading": _("How to reach me safely"),
        "reach": [_reach(_, way, told[f"reach_{way}", ""]) for way in WAYS if (f"reach_{way}", "") in told],
        "reach_link": (_("Add or change"), reverse("mine_reach")),
    }


def _own(_: Wording, topic: str, said: Said | None) -> Own:
    return Own(
        _topic(_, topic),
        said.line.text if said else "",
        _mark(_, said),
        (_("Change") if said else _("Write"), reverse("mine_words", args=[topic])),
    )


def _topic(_: Wording, topic: str) -> str:
    return {
        "about": _("About me"),
        "matters": _("What matters to me"),
        "worries": _("What worries me"),
    }[topic]


def _mark(_: Wording, said: Said | None) -> str:
    """When it was said, and whether a helper wrote it down."""
    if said is None:
        return ""
    on = _.full_day(clock.day_of(said.entry.happened_at))
    if said.line.with_helper:
        return _("Said on %(day)s. A helper wrote it down.") % {"day": on}
    return _("Said on %(day)s.") % {"day": on}


def _help(_: Wording, said: Said) -> presenters.Row:
    lines = (said.line.reach, said.line.text, _mark(_, said))
    return presenters.Row(said.line.name, tuple(filter(None, lines)))


def _reach(_: Wording, way: str, said: Said) -> presenters.Row:
    title = f"{_way(_, way)}: {said.line.reach}"
    is_safe = _("This is safe.") if said.line.is_safe else _("Never do this.")
    return presenters.Row(title, tuple(filter(None, (is_safe, said.line.text, _mark(_, said)))))


def _way(_: Wording, way: str) -> str:
    return {
        "ring": _("Ring me"),
        "text": _("Text me"),
        "letter": _("Write me a letter"),
        "through": _("Ask someone to tell me"),
        "in_person": _("Come to me"),
    }[way]


def words(_: Wording, topic: str) -> Sheet:
    return Sheet(
        heading=_topic(_, topic),
        lead=_("Write as you would say it. It takes the place of what you wrote before. Both are kept."),
        questions=(Question("text", _("Your words"), "long"), _helper(_)),
        keep=_("Save"),
        back="mine_story",
    )


def helps(_: Wording) -> Sheet:
    return Sheet(
        heading=_("Who and what helps me"),
        lead=_("A person, a place, a thing you do. Type the same name again to change it."),
        questions=(
            Question("name", _("Who or what?"), "short"),
            Question("reach", _("How to reach them"), "short", hint=_("You can leave this empty.")),
            Question("text", _("How does it help?"), "long", hint=_("You can leave this empty.")),
            Question("holds", _("Does it still help?"), "choice", tuple(_yes_no(_))),
            _helper(_),
        ),
        keep=_("Save"),
        back="mine_story",
    )


def reach(_: Wording) -> Sheet:
    return Sheet(
        heading=_("How to reach me safely"),
        lead=_("Say one way at a time: one that is safe, or one that nobody must use."),
        questions=(
            Question("way", _("Which way?"), "choice", tuple((way, _way(_, way)) for way in WAYS)),
            Question("reach", _("Which number, place or person?"), "short"),
            Question("is_safe", _("Is it safe?"), "choice", tuple(_yes_no(_))),
            Question("text", _("When is it safe, and what may they say?"), "long"),
            _helper(_),
        ),
        keep=_("Save"),
        back="mine_story",
    )


def _yes_no(_: Wording) -> Iterator[tuple[str, str]]:
    yield "yes", _("Yes")
    yield "no", _("No")


def _helper(_: Wording) -> Question:
    return Question("helper", _("A helper wrote this down for me"), "tick")
