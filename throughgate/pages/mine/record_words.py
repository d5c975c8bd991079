"""What the book shows of the record, in words."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.urls import reverse

from throughgate.access import policy
from throughgate.access.queries import Seen
from throughgate.audit.queries import Look, Looks
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.packs import rendering
from throughgate.packs.content import Sheet as Printed
from throughgate.packs.words.wording import Wording
from throughgate.pages.components.shapes import Link
from throughgate.pages.mine import presenters
from throughgate.pages.mine.telling import Question, Sheet
from throughgate.pages.names import Names
from throughgate.pages.person import timeline, words
from throughgate.pages.person.timeline import Told
from throughgate.pages.sharing.paper import Paper
from throughgate.record.queries import Spine
from throughgate.sharing.queries import Said as ChoiceSaid

OWN = "person"  # the source of what they said themselves


class Entry(NamedTuple):
    """One thing that a service wrote."""

    day: str
    kind: str
    text: str
    by: str  # the organisation
    closed: str = ""  # what it speaks of, where it may be hard to read: it is opened with a click
    beside: tuple[str, ...] = ()  # what those say who see it otherwise
    otherwise: str = ""  # where they say so themselves


def plan(_: Wording, sheet: Printed) -> dict[str, Any]:
    return {
        **presenters.places(_, "mine_plan"),
        "heading": _("My plan"),
        "sections": presenters.sections(sheet),
        "files": list(_files(_)),
    }


def _files(_: Wording) -> Iterator[Link]:
    yield Link(_("Print it"), reverse("mine_plan_file", args=["pdf"]))
    yield Link(_("Keep it as a page"), reverse("mine_plan_file", args=["html"]))
    if rendering.speech_is_possible():
        yield Link(_("Listen to it"), reverse("mine_plan_file", args=["wav"]))


def written(_: Wording, told: Told, *, older: str) -> dict[str, Any]:
    return {
        **presenters.places(_, "mine_written"),
        "heading": _("What was written"),
        "lead": _("This is what each service wrote about you. Ask them if you do not know a word."),
        "standing": standing(_),
        "nothing": _("Nothing is written here yet."),
        "entries": [_answerable(_, each, told) for each in told.entries if each.id in told.lines],
        "hard": _("This may be hard to read. Open it"),
        "disagrees": _("What stands next to it"),
        "otherwise": _("I see this otherwise"),
        "older": (_("Older"), f"{reverse('mine_written')}?before={older}") if older else None,
    }


def entry(_: Wording, each: Spine, told: Told) -> Entry:
    """As the service put it; by organisation, since a name of a worker helps nobody here."""
    said = words.of_entry(each.kind, told.lines[each.id], told.names)
    by = told.names.organisation(each.organisation_id)
    beside = timeline.beside(told.beside.get(str(each.id), ()), told.names)
    return Entry(_.full_day(clock.day_of(each.happened_at)), said.kind, said.text, by, **beside)


def _answerable(_: Wording, each: Spine, told: Told) -> Entry:
    """With a way to say it otherwise, beside what others wrote; their own words they say anew."""
    address = "" if each.source == OWN else reverse("mine_otherwise", args=[each.id])
    return entry(_, each, told)._replace(otherwise=address)


def otherwise(_: Wording, each: Entry) -> Sheet:
    return Sheet(
        heading=_("I see this otherwise"),
        lead=_("What you say stands next to it, for all who read it. Both stay. No one can take yours away."),
        questions=(
            Question(
                "text", _("What do you see otherwise?"), "long", hint=f"{each.day}, {each.by}: {each.kind}"
            ),
        ),
        keep=_("Put it next to it"),
        back="mine_written",
    )


def receipt(_: Wording, paper: Paper) -> dict[str, Any]:
    """What they chose, with its code, to print or to copy."""
    return {
        **presenters.places(_, "mine_sharing"),
        "heading": paper.title,
        "sections": [(heading, [presenters.Row("", lines)]) for heading, lines, _is_list in paper.parts],
    }


def receipts(_: Wording, chosen: Sequence[ChoiceSaid]) -> list[Link]:
    """Where each of their choices stands on paper, the newest first."""
    said = _("What you said on %(day)s")
    return [
        Link(
            said % {"day": _.full_day(clock.day_of(each.entry.happened_at))},
            reverse("mine_receipt", args=[each.entry.id]),
        )
        for each in chosen
    ]


def looks(_: Wording, found: Looks, names: Names) -> dict[str, Any]:
    return {
        **presenters.places(_, "mine_looks"),
        "heading": _("Who looked"),
        "lead": _("Each time someone opens your record, it is kept. Here is who, and why."),
        "standing": standing(_),
        "nothing": _("Nobody has looked yet."),
        "days": [
            (on, [_look(_, each, names) for each in group])
            for on, group in groupby(found.shown, key=lambda each: _.full_day(each.on))
        ],
        "older": (_("Older"), f"?before={found.older.isoformat()}") if found.older else None,
    }


def _look(_: Wording, each: Look, names: Names) -> presenters.Row:
    """By the organisation, as who and for what; never by a worker's name."""
    who = names.organisation(each.organisation_id) if each.organisation_id else _("Those who run this system")
    role, purpose = (
        policy.roles().get(each.role),
        code_set("purposes", folder=policy.ACCESS).get(each.purpose),
    )
    lines = [
        role.label if role else "",
        _("For: %(purpose)s") % {"purpose": purpose["label"]} if purpose else "",
        _("They printed a sheet.") if each.action == "print sheet" else "",
        _("This was an emergency.") if each.emergency else "",
        _("Times: %(number)s") % {"number": each.times},
    ]
    return presenters.Row(who, tuple(filter(None, lines)))


def sharing(_: Wording, found: Sequence[Seen], chosen: Sequence[ChoiceSaid], names: Names) -> dict[str, Any]:
    """Each organisation as who, and what it reads."""
    return {
        **presenters.places(_, "mine_sharing"),
        "heading": _("Who can see what"),
        "lead": _("This is who can see your record today, and which parts."),
        "change": _("Change who can see what"),
        "receipts_heading": _("What you chose, on paper"),
        "receipts": receipts(_, chosen),
        "nothing": _("No one can see it today."),
        "seen": [
            (names.organisation(organisation_id), [_seen(_, each) for each in group])
            for organisation_id, group in groupby(found, key=lambda each: each.organisation_id)
        ],
    }


def _seen(_: Wording, each: Seen) -> presenters.Row:
    labels = code_set("categories").labels()
    parts = ", ".join(label for category, label in labels.items() if category in each.decision.read)
    since = _("Since %(day)s") % {"day": _.full_day(each.since)}
    return presenters.Row(policy.roles()[each.role].label, (since, parts))


def standing(_: Wording) -> str:
    """The one sentence that every copy carries, whether or not anything is left out of it."""
    return _("The law may hold some things back, such as what is about others. You can ask about that.")
