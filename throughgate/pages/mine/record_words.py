"""What the book shows of the record, in words."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse

from throughgate.access import policy
from throughgate.access.queries import Seen
from throughgate.assessment import instruments
from throughgate.assessment import queries as assessment
from throughgate.assessment.queries import AnswersLine
from throughgate.assessment.rules.answers import from_json
from throughgate.audit.queries import Look, Looks
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.packs.words.wording import Wording
from throughgate.pages.assessment import said as answers
from throughgate.pages.components.shapes import Link
from throughgate.pages.mine import presenters
from throughgate.pages.mine.telling import Question, Sheet
from throughgate.pages.names import Names
from throughgate.pages.person import timeline, words
from throughgate.pages.person.timeline import Told
from throughgate.pages.sharing.paper import Paper, topic
from throughgate.record.queries import Spine
from throughgate.sharing.queries import Said as ChoiceSaid
from throughgate.summaries.queries import Receipt, TextLine

ANSWERED = frozenset(kind for kind, shape in assessment.SHAPES.items() if shape is AnswersLine)
OWN = "person"  # the source of what they said themselves


class Entry(NamedTuple):
    """One thing that a service wrote."""

    day: str
    kind: str
    text: str
    by: str  # the organisation
    answers: tuple[str, ...] = ()  # to what was asked
    file: str = ""  # where it stands in their copy, if it is one
    closed: str = ""  # what it speaks of, where it may be hard to read: it is opened with a click
    beside: tuple[str, ...] = ()  # what those say who see it otherwise
    otherwise: str = ""  # where they say so themselves


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
    given = tuple(_answers(told.lines[each.id])) if each.kind in ANSWERED else ()
    day = _.full_day(clock.day_of(each.happened_at))
    return Entry(day, said.kind, said.text, by, given, **beside)


def _answers(line: AnswersLine) -> Iterator[str]:
    """Each question of the topic that was answered, with its answer."""
    form = instruments.instrument(line.instrument, line.version)
    given = from_json(line.answers)
    asked = next(topic.questions for topic in form.topics if topic.code == line.topic)
    for question in asked:
        if question.code in given:
            words = answers.question(question, is_easy=False)
            yield f"{words} {answers.answer(question, given[question.code])}"


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
        "days": looked(_, found.shown, names),
        "older": (_("Older"), f"?before={found.older.isoformat()}") if found.older else None,
    }


def looked(_: Wording, found: Sequence[Look], names: Names) -> list[presenters.Part]:
    """Day by day."""
    return [
        presenters.Part(on, [_look(_, each, names) for each in group])
        for on, group in groupby(found, key=lambda each: _.full_day(each.on))
    ]


def _look(_: Wording, each: Look, names: Names) -> presenters.Row:
    """By the organisation, as who and for what; never by a worker's name."""
    who = names.organisation(each.organisation_id) if each.organisation_id else _("Those who run this system")
    role = policy.roles().get(each.role)
    purpose = code_set("purposes", folder=policy.ACCESS).labels().get(each.purpose)
    lines = [
        _(role.label) if role else "",
        _("For: %(purpose)s") % {"purpose": _(purpose)} if purpose else "",
        _("A computer program of theirs fetched it.") if each.actor_kind == "program" else "",
        _("They printed a sheet.") if each.action == "print sheet" else "",
        _("This was an emergency.") if each.emergency else "",
        _("Times: %(number)s") % {"number": each.times},
    ]
    return presenters.Row(who, tuple(filter(None, lines)))


def sharing(
    _: Wording,
    found: Sequence[Seen],
    chosen: Sequence[ChoiceSaid],
    texts: Sequence[TextLine],
    names: Names,
) -> dict[str, Any]:
    """Each organisation as who, and what it reads."""
    return {
        **presenters.places(_, "mine_sharing"),
        "heading": _("Who can see what"),
        "lead": _("This is who can see your record today, and which parts."),
        "change": _("Change who can see what"),
        "other_names": _("Names I do not use"),
        "receipts_heading": _("What you chose, on paper"),
        "receipts": receipts(_, chosen),
        "sent_heading": _("What was sent about you"),
        "sent": [_sent(_, each, names) for each in texts if each.receipts],
        "not_sent": _("No text about you was sent."),
        "nothing": _("No one can see it today."),
        "seen": [
            part._replace(link=_changing(_, part.heading, organisation_id))
            for organisation_id, part in seen(_, found, names)
        ],
    }


def _changing(_: Wording, organisation: str, organisation_id: UUID) -> tuple[str, str]:
    words = _("Change what %(organisation)s can see") % {"organisation": organisation}
    return words, f"{reverse('mine_choose')}?to={organisation_id}"


def seen(_: Wording, found: Sequence[Seen], names: Names) -> Iterator[tuple[UUID, presenters.Part]]:
    """Each organisation as whom it works, and what that reads."""
    for organisation_id, group in groupby(found, key=lambda each: each.organisation_id):
        rows = [_seen(_, each, names) for each in group]
        yield organisation_id, presenters.Part(names.organisation(organisation_id), rows)


def _seen(_: Wording, each: Seen, names: Names) -> presenters.Row:
    read = [category for category in code_set("categories").labels() if category in each.decision.read]
    parts = [_("They can see:"), *(topic(category, _) for category in read)] if read else []
    since = _("Since %(day)s") % {"day": _.full_day(each.since)}
    others = ", ".join(names.organisation(organisation_id) for organisation_id in each.through)
    through = _("Through %(organisations)s.") % {"organisations": others} if others else ""
    return presenters.Row(_(policy.roles()[each.role].label), tuple(filter(None, (since, through, *parts))))


def _sent(_: Wording, text: TextLine, names: Names) -> presenters.Row:
    """A text about them: who made it, where it went, and whether they took it back."""
    went = [f"{_.full_day(clock.day_of(each.at))}: {_went(_, each)}" for each in reversed(text.receipts)]
    if text.revoked:
        day = _.full_day(clock.day_of(text.revoked.at))
        went.append(_("Taken back on %(day)s.") % {"day": day})
    by = names.organisation(text.entry.organisation_id)
    return presenters.Row(_(code_set("summary_texts").labels()[text.text.code]), (by, *went))


def _went(_: Wording, receipt: Receipt) -> str:
    if receipt.system:
        return _("Put into %(system)s.") % {"system": code_set("other_systems").labels()[receipt.system]}
    return _(code_set("summary_givings").labels()[receipt.way])


def standing(_: Wording) -> str:
    """The one sentence that every copy carries, whether or not anything is left out of it."""
    return _("The law may hold some things back, such as what is about others. You can ask about that.")
