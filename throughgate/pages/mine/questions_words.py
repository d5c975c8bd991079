"""What the person answers themselves, in words: short ones, in their language, which tests measure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.urls import reverse

from throughgate.assessment import instruments
from throughgate.assessment.rules import burden
from throughgate.assessment.rules.answers import Sitting as Had
from throughgate.assessment.rules.shapes import Topic
from throughgate.directory.queries import THE_PERSON
from throughgate.foundation.permits import Permit
from throughgate.packs.words.wording import Wording
from throughgate.pages.assessment import asking, filling, offering
from throughgate.pages.assessment import said as answers
from throughgate.pages.assessment.beginning import STANDARD
from throughgate.pages.assessment.filling import Filling
from throughgate.pages.assessment.offering import Offer
from throughgate.pages.assessment.reading import Read, UnderWay
from throughgate.pages.mine import presenters
from throughgate.pages.mine.presenters import Part, Row

MOST_SHOWN = 10  # times that they were asked, the newest


class Offered(NamedTuple):
    """What they may answer."""

    stage: str
    title: str
    what: str
    go_on: str  # the address of what they have begun; "" nothing


class Answered(NamedTuple):
    """A topic of a sitting."""

    title: str
    url: str
    to_do: str  # what the way there is called
    rows: list[Row]
    is_closed: bool


def page(_: Wording, read: Read, begun: Mapping[str, str], offered: Sequence[str]) -> dict[str, Any]:
    return {
        **presenters.places(_, "mine_questions"),
        "heading": _("My answers"),
        "lead": _("You can answer these by yourself. Leave out what you like: it costs you nothing."),
        "offers": [_offered(_, stage, begun.get(stage, "")) for stage in offered],
        "begin": _("Begin"),
        "go_on": _("Go on"),
        "asked_heading": _("How much I was asked"),
        "asked": list(_asked(_, read)),
        "not_asked": _("No service has asked you yet."),
        "times": [_time(_, each, read) for each in _of_services(read)[:MOST_SHOWN]],
    }


def _offered(_: Wording, stage: str, sitting_id: str) -> Offered:
    offer = Offer(instruments.newest(STANDARD), stage)
    number = sum(len(each.questions) for each in offer.topics)
    minutes = offering.minutes(offer.topics)
    words = _("At most %(number)s questions. It takes about %(minutes)s minutes.")
    if minutes <= 1:
        words = _("At most %(number)s questions. It takes about a minute.")
    what = words % {"number": number, "minutes": minutes}
    return Offered(
        stage, answers.stage(stage), what, reverse("mine_sitting", args=[sitting_id]) if sitting_id else ""
    )


# How much they were asked


def _of_services(read: Read) -> list[Had]:
    return [each for each in read.had if each.first.organisation_id != THE_PERSON]


def _asked(_: Wording, read: Read) -> Iterator[str]:
    asked = _of_services(read)
    if not asked:
        return
    known = {
        concept: [each for each in told if each.organisation_id != THE_PERSON]
        for concept, told in read.known.items()
    }
    cost = burden.burden(asked, known, instruments.concepts())
    yield _("Times that you were asked: %(number)s") % {"number": cost.sittings}
    yield _("Most in ten days: %(number)s") % {"number": cost.most_in_ten_days}
    yield _("Services that asked: %(number)s") % {"number": cost.organisations}
    yield _("Questions asked again, when you had told it: %(number)s") % {"number": cost.asked_again}
    yield _("Minutes in all: %(number)s") % {"number": cost.minutes}


def _time(_: Wording, had: Had, read: Read) -> Row:
    first = had.first
    form = instruments.instrument(first.instrument, first.version)
    again = _("Asked again, because: %(why)s") % {"why": had.again_because} if had.again_because else ""
    lines = (_.full_day(first.said_on), read.names.organisation(first.organisation_id), again)
    return Row(answers.stage(first.stage) or form.title, tuple(filter(None, lines)))


# A sitting


def sitting(_: Wording, read: UnderWay, numbers: list[Part], *, is_seen: bool) -> dict[str, Any]:
    return {
        **presenters.places(_, "mine_questions"),
        "heading": answers.stage(read.sitting.stage),
        "lead": _("This is what you said. You can change it, or go on."),
        "talk": _("Please talk to someone now") if read.is_to_talk else "",
        "talk_lead": _("This page calls no one. If you may be hurt, tell the nearest worker or officer now."),
        "seen": _("Those who help you can see today that you said so.") if is_seen else "",
        "talk_link": _("Tell someone you trust"),
        "numbers": numbers,
        "parts": [_part(_, read, each) for each in read.topics],
        "nothing": _("Nothing said."),
        "closed": _("This is closed until you open it."),
        "done": _("That is all for now"),
    }


def _part(_: Wording, read: UnderWay, shown: Topic) -> Answered:
    said = read.answers(shown.code)
    return Answered(
        title=_(shown.title),
        url=reverse("mine_topic", args=[read.sitting.id, shown.code]),
        to_do=_("Change") if said else _("Answer"),
        rows=[
            Row(
                answers.question(each, is_easy=read.sitting.is_easy), (answers.answer(each, said[each.code]),)
            )
            for each in shown.questions
            if each.code in said
        ],
        is_closed=read.is_closed(shown),
    )


# A topic


def topic(_: Wording, permit: Permit, filled: Filling) -> dict[str, Any]:
    """A few questions, ready to be answered."""
    read, shown = filled.read, filled.topic
    is_closed = read.is_closed(shown)
    on_page = [] if is_closed else filling.shown(permit, filled)
    following = filling.following(permit, read, shown)
    return {
        **presenters.places(_, "mine_questions"),
        "heading": _(shown.title),
        "place": _place(_, read, shown),
        "intro": _(shown.intro) if shown.intro else "",
        "free": _("Leave out what you like: it costs you nothing."),
        "is_closed": is_closed,
        "closed": _("This is closed until you open it."),
        "asks": asking.of_topic(filled, on_page, is_own=True),
        "shown": " ".join(each.code for each in on_page) if len(on_page) < len(shown.questions) else "",
        "form_key": filled.form.key,
        "can_confirm_all": asking.can_confirm_all(filled, on_page),
        "pages": answers.pages(
            reverse("mine_topic", args=[read.sitting.id, shown.code]),
            filled.part,
            len(filling.parts(permit, filled)),
        ),
        "wrong": {name or "main": why for name, why in filled.wrong.items()}
        | ({"main": presenters.overtaken(_)} if filled.newer else {}),
        "draft": presenters.draft(_, is_draft=filled.draft_at is not None),
        "next_url": reverse("mine_topic", args=[read.sitting.id, following]) if following else "",
        "sitting_url": reverse("mine_sitting", args=[read.sitting.id]),
        "say": _buttons(_, is_easy=read.sitting.is_easy),
    }


def _place(_: Wording, read: UnderWay, shown: Topic) -> str:
    codes = [each.code for each in read.topics]
    return _("%(what)s, part %(number)s of %(whole)s") % {
        "what": answers.stage(read.sitting.stage),
        "number": codes.index(shown.code) + 1,
        "whole": len(codes),
    }


def _buttons(_: Wording, *, is_easy: bool) -> dict[str, str]:
    return {
        "open": _("Open it"),
        "save": _("Save and go on"),
        "confirm_all": _("Save, and the rest is still so"),
        "words": _("In the usual words") if is_easy else _("In easy words"),
        "skip": _("Go on without it"),
        "all": _("All parts, and what I said"),
        "add": _("Say more"),
        "their": _("My words"),
    }
