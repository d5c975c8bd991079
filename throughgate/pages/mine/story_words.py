"""Their own story in words: short ones, in the person's language, which tests measure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.urls import reverse

from throughgate.foundation import clock
from throughgate.packs.words.wording import Wording
from throughgate.pages.mine import presenters
from throughgate.pages.mine.telling import Question, Sheet
from throughgate.pages.story.reading import PARTS
from throughgate.story import rules
from throughgate.story.queries import ATTACHED, Said

Told = Mapping[tuple[str, str], Said]
WAYS = ("ring", "text", "letter", "through", "in_person")
Options = Sequence[tuple[str, str]]


class File(NamedTuple):
    """A recording or a picture."""

    title: str
    url: str
    sort: str  # audio, image
    away: tuple[str, str]  # the words and the address that take it away


class Own(NamedTuple):
    """What they say of one thing."""

    heading: str
    text: str  # "" nothing yet
    mark: str
    link: tuple[str, str]
    files: tuple[File, ...]


class Part(NamedTuple):
    """What belongs together."""

    heading: str
    own: Sequence[Own]
    rows: Sequence[presenters.Row]
    links: Sequence[tuple[str, str]]


def story(_: Wording, told: Told) -> dict[str, Any]:
    own = {part: [_own(_, kind, told) for kind in rules.of_part(part)] for part in PARTS}
    change = _("Add or change")
    return {
        **presenters.places(_, "mine_story"),
        "heading": _("My story"),
        "lead": _("Here you say it in your own words. You choose who reads it. No worker can change it."),
        "nothing": _("Nothing here yet."),
        "parts": [
            Part(
                _("About me"),
                own["about_me"],
                (),
                [(_("Add your voice or a picture"), reverse("mine_attach"))],
            ),
            Part(_("What counts for me"), own["ahead"], (), ()),
            Part(_("Who and what helps me"), (), _rows(_, told, "helps"), [(change, reverse("mine_helps"))]),
            Part(_("What makes it hard"), (), _rows(_, told, "trigger"), [(change, reverse("mine_hard"))]),
            Part(_("When it gets hard"), own["coping"], (), ()),
            Part(
                _("What changed for me"),
                own["changed"],
                (),
                [(_shown(_, told), reverse("mine_shown"))],
            ),
            Part(
                _("How to reach me safely"),
                (),
                [_reach(_, way, told[f"reach_{way}", ""]) for way in WAYS if (f"reach_{way}", "") in told],
                [(change, reverse("mine_reach"))],
            ),
        ],
    }


def _own(_: Wording, kind: str, told: Told) -> Own:
    topic, said = kind.removeprefix("own_"), told.get((kind, ""))
    return Own(
        _topic(_, topic),
        said.line.text if said else "",
        _mark(_, said),
        (_("Change") if said else _("Write"), reverse("mine_words", args=[topic])),
        tuple(_file(_, each) for each in _of(told, ATTACHED) if each.line.topic == topic),
    )


def _of(told: Told, kind: str) -> list[Said]:
    return [said for (each, _item), said in told.items() if each == kind]


def _file(_: Wording, said: Said) -> File:
    return File(
        said.line.title,
        reverse("mine_file", args=[said.entry.id]),
        said.line.type.partition("/")[0],
        (_("Take it away"), reverse("mine_take_away", args=[said.entry.id])),
    )


def _topic(_: Wording, topic: str) -> str:
    return {
        "matters": _("What is most important to me"),
        "people": _("People who matter to me"),
        "talk": _("How I talk, and how to talk with me"),
        "well": _("How I am when I am well"),
        "do": _("Please do, and please do not"),
        "support": _("How and when to help me"),
        "about": _("Also good to know about me"),
        "worth": _("What would make this worth it for me"),
        "worries": _("What worries me"),
        "signs": _("How I know that it gets hard"),
        "calm": _("What I do myself"),
        "call": _("Who I talk to, and where I go"),
        "safe": _("What keeps me safe"),
        "before": _("How it was before"),
        "now": _("How it is now"),
        "helped": _("What made the difference"),
    }[topic]


def _hint(_: Wording, topic: str) -> str:
    """What somebody might say there."""
    return {
        "well": _("What you do, and how others can tell."),
        "do": _("What helps when you are with others, and what does not."),
        "talk": _("The language you like best. Reading, hearing, being shy."),
        "worth": _("What would you get up for?"),
        "safe": _("A plan, a kit, a number, a rule you made."),
    }.get(topic, "")


def _mark(_: Wording, said: Said | None) -> str:
    """When it was said, and whether a helper wrote it down."""
    if said is None:
        return ""
    on = _.full_day(clock.day_of(said.entry.happened_at))
    if supported := getattr(said.line, "supported_by", ""):
        return _("Said on %(day)s. Helped to write it: %(who)s.") % {"day": on, "who": supported}
    if said.line.with_helper:
        return _("Said on %(day)s. A helper wrote it down.") % {"day": on}
    return _("Said on %(day)s.") % {"day": on}


def _rows(_: Wording, told: Told, kind: str) -> list[presenters.Row]:
    return [_row(_, said) for said in _of(told, kind)]


def _row(_: Wording, said: Said) -> presenters.Row:
    line = said.line
    lines = (getattr(line, "reach", ""), getattr(line, "signs", ""), line.text, _mark(_, said))
    return presenters.Row(line.name, tuple(filter(None, lines)))


def _reach(_: Wording, way: str, said: Said) -> presenters.Row:
    title = f"{_way(_, way)}: {said.line.reach}"
    is_safe = _("This is safe.") if said.line.is_safe else _("Never do this.")
    return presenters.Row(title, tuple(filter(None, (is_safe, said.line.text, _mark(_, said)))))


def _shown(_: Wording, told: Told) -> str:
    said = told.get(("story_consent", ""))
    if said and said.line.allowed:
        return _("Those who plan services may read this. Change that")
    return _("Let those who plan services read this")


def _way(_: Wording, way: str) -> str:
    return {
        "ring": _("Ring me"),
        "text": _("Text me"),
        "letter": _("Write me a letter"),
        "through": _("Ask someone to tell me"),
        "in_person": _("Come to me"),
    }[way]


# Forms


def words(_: Wording, topic: str, organisations: Options) -> Sheet:
    return Sheet(
        heading=_topic(_, topic),
        lead=_("Write as you would say it. It takes the place of what you wrote before. Both are kept."),
        questions=(
            Question("text", _("Your words"), "long", hint=_hint(_, topic)),
            Question("supported_by", _("Who helped you to write this?"), "short", hint=_empty(_)),
            _helper(_),
            *_readers(_, organisations),
        ),
        keep=_("Save"),
        back="mine_story",
    )


def attach(_: Wording, organisations: Options) -> Sheet:
    topics = [kind.removeprefix("own_") for part in PARTS for kind in rules.of_part(part)]
    return Sheet(
        heading=_("Add your voice or a picture"),
        lead=_(
            "Say it aloud, or draw it, and add the file. It is kept as it is. Where a photo was taken is left"
            " out."
        ),
        questions=(
            Question(
                "topic", _("What is it about?"), "choice", tuple((each, _topic(_, each)) for each in topics)
            ),
            Question("title", _("What do you call it?"), "short"),
            Question(
                "file",
                _("The file"),
                "file",
                hint=_(
                    "A photo, a drawing or a sound file, not a film. No files here? Ask a worker to help."
                ),
            ),
            _helper(_),
            *_readers(_, organisations),
        ),
        keep=_("Add it"),
        back="mine_story",
        is_upload=True,
    )


def helps(_: Wording, organisations: Options) -> Sheet:
    kinds = (("person", _("A person")), ("place", _("A place")), ("thing", _("Something I do")))
    return Sheet(
        heading=_("Who and what helps me"),
        lead=_("A person, a place, a thing you do. Type the same name again to change it."),
        questions=(
            Question("name", _("Who or what?"), "short"),
            Question("what", _("What is that?"), "choice", kinds),
            Question("reach", _("How to reach them"), "short", hint=_empty(_)),
            Question("text", _("How does it help?"), "long", hint=_empty(_)),
            Question("holds", _("Does it still help?"), "choice", tuple(_yes_no(_))),
            _helper(_),
            *_readers(_, organisations),
        ),
        keep=_("Save"),
        back="mine_story",
    )


def hard(_: Wording, organisations: Options) -> Sheet:
    kinds = (
        ("person", _("A person")),
        ("place", _("A place")),
        ("feeling", _("A feeling")),
        ("time", _("A day or a time")),
        ("thing", _("Something that happens")),
    )
    return Sheet(
        heading=_("What makes it hard"),
        lead=_(
            "One thing at a time: a person, a place, a feeling, a day. Type the same name again to change it."
        ),
        questions=(
            Question("name", _("Who or what?"), "short"),
            Question("what", _("What is that?"), "choice", kinds),
            Question("signs", _("How do you notice?"), "long", hint=_("How others can tell, too.")),
            Question("text", _("What do you do then?"), "long", hint=_empty(_)),
            Question("holds", _("Is it still hard?"), "choice", tuple(_yes_no(_))),
            _helper(_),
            *_readers(_, organisations),
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


def shown(_: Wording) -> Sheet:
    return Sheet(
        heading=_("Let those who plan services read this"),
        lead=_(
            "They read what changed for you, in your words, and not your name. So write no names in it."
            " If you write it anew, you are asked again. You can take it back at any time."
        ),
        questions=(Question("allowed", _("May they read it?"), "choice", tuple(_yes_no(_))),),
        keep=_("Keep my choice"),
        back="mine_story",
    )


def _readers(_: Wording, organisations: Options) -> Iterator[Question]:
    kinds = (
        ("all", _("All who may see my story")),
        ("chosen", _("Only those I tick below")),
        ("me", _("Only me")),
    )
    yield Question("who", _("Who may read it?"), "choice", kinds)
    if organisations:
        yield Question("readers", _("Those who may read it"), "several", organisations)


def _yes_no(_: Wording) -> Iterator[tuple[str, str]]:
    yield "yes", _("Yes")
    yield "no", _("No")


def _empty(_: Wording) -> str:
    return _("You can leave this empty.")


def _helper(_: Wording) -> Question:
    return Question("helper", _("A helper wrote this down for me"), "tick")
