"""A topic, and a sitting with what was said in it, in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from throughgate.assessment.rules import asking as rules
from throughgate.assessment.rules.shapes import Answer, Question, Topic
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.packs.content import Language
from throughgate.packs.words.wording import wording as sheet_wording
from throughgate.pages import addresses, drafted, steps, wording
from throughgate.pages.assessment import asking, filling, said, scores
from throughgate.pages.assessment.filling import Filling
from throughgate.pages.assessment.reading import UnderWay
from throughgate.pages.assessment.sittings import Sitting
from throughgate.pages.components.shapes import Fact, Link, Option, Problem, State
from throughgate.pages.person import timeline, writing
from throughgate.pages.person.reading import History
from throughgate.pages.recording import readers
from throughgate.pages.recording.fields import day_typed
from throughgate.pages.recording.team_fields import BY
from throughgate.pages.wording import words as _
from throughgate.pathway.rules import Step
from throughgate.staff.queries import Hat


class TopicLine(NamedTuple):
    """A topic in the list of them."""

    title: str
    url: str
    state: str  # one of shapes.STATES
    words: str
    is_current: bool


class SameDay(NamedTuple):
    """Something that has to be done today."""

    words: str
    done: Link | None  # where it is written that it is
    is_alone: bool  # on nobody's Today, as far as this worker can see


class Said(NamedTuple):
    """A topic with what was answered of it."""

    title: str
    url: str
    state: State
    rows: Sequence[Fact]


def topic(hat: Hat, permit: Permit, filled: Filling) -> dict[str, Any]:
    """One topic, ready to be asked."""
    read, shown = filled.read, filled.topic
    is_closed = read.is_closed(shown)
    asked = [] if is_closed else filling.asked_of(permit, shown)
    on_page = [] if is_closed else filling.shown(permit, filled)
    return {
        **_frame(hat, permit, read),
        "heading": _(shown.title),
        "place": _place(permit, read, shown),
        "intro": _(shown.intro) if shown.intro else "",
        **_aloud(read, shown),
        "typing": _(read.instrument.typing) if read.instrument.typing else "",
        "notice": read.instrument.notice,
        "closed": _("This stays closed until they say that they are ready") if is_closed else "",
        "asks": asking.of_topic(filled, on_page),
        "shown": " ".join(each.code for each in on_page) if len(on_page) < len(asked) else "",
        "left_out": _left_out(asked, shown),
        "form_key": filled.form.key,
        "other_words": _("In the usual words") if read.sitting.is_easy else _("In easy words"),
        "can_confirm_all": asking.can_confirm_all(filled, on_page),
        "pages": said.pages(
            _topic_url(hat, permit, read.sitting.id, shown.code),
            filled.part,
            len(filling.parts(permit, filled)),
        ),
        "next_url": _following(hat, permit, read, shown),
        "problems": [Problem(why, name) for name, why in filled.wrong.items()],
        "readers": readers_of(filling.kept_for(permit, read, shown), filled.given.get(readers.NAME, "")),
        "readers_hint": readers.hint(),
        **meanwhile(filled.newer, filled.draft_at),
        "topics": _topic_lines(hat, permit, read, current=shown.code),
    }


def _aloud(read: UnderWay, shown: Topic) -> dict[str, Any]:
    """The way to the person's own language, and what is said where it is the one that is read out."""
    language, own = read.sitting.language, read.own_language
    to_own = _("Read the questions in %(language)s") % {"language": wording.label("languages", own)}
    if not language:
        return {"aloud": "", "other_language": to_own if own else ""}
    with wording.speaking(language):
        intro = _(shown.intro) if shown.intro else ""
    return {
        "aloud": language,
        "intro_aloud": intro,
        "not_reviewed": _("No Welsh speaker has checked these words yet: the English stands beside them.")
        if sheet_wording(Language(language)).not_reviewed()
        else "",
        "other_language": _("Read the questions in English alone"),
    }


def sitting(hat: Hat, permit: Permit, read: UnderWay, waits: Mapping[str, Step]) -> dict[str, Any]:
    """How far it is, what was said, and what that adds up to.

    `waits`: by what was told, the step by which colleagues are told, until one of them writes what was done.
    """
    begun = read.sitting
    todo = next((each for each in _from_here(read) if _is_to_do(permit, read, each)), None)
    url = _topic_url(hat, permit, begun.id, todo.code) if todo else ""
    return {
        **_frame(hat, permit, read),
        "heading": title(read.instrument.title, begun.stage),
        "begun": _how(read),
        "again": begun.again_because,
        "ask_url": reverse("ask", args=[hat.post_id, permit.person_id]),
        "next": Link(_("Go on: %(topic)s") % {"topic": _(todo.title)}, url) if todo else None,
        "type_back_url": reverse("type_back", args=[hat.post_id, permit.person_id, begun.id])
        if begun.way == "paper"
        else "",
        "topics": _topic_lines(hat, permit, read),
        "said": [_said(hat, permit, read, each) for each in _listed(permit, read)],
        "scores": scores.cards(read),
        **_talk(read, waits),
        "safety_links": _safety_links(hat, permit, waits),
        **_to_do_today(hat, permit, read, waits),
        "task_url": _task_today(hat, permit),
    }


def title(instrument: str, stage: str) -> str:
    """ "Standard assessment: first night"."""
    if not stage:
        return _(instrument)
    return _("%(instrument)s: %(stage)s") % {
        "instrument": _(instrument),
        "stage": wording.label("assessment_stages", stage),
    }


def first_url(hat: Hat, permit: Permit, begun: Sitting, first: str) -> str:
    """Where a sitting that has just begun goes on."""
    if begun.way == "paper":
        return reverse("type_back", args=[hat.post_id, permit.person_id, begun.id])
    return _topic_url(hat, permit, begun.id, first)


def meanwhile(newer: History | None, draft_at: datetime | None) -> dict[str, Any]:
    """What stands above a form that was overtaken, or kept as a draft."""
    return {"newer": _rows(newer) if newer else [], "draft": drafted.said(draft_at)}


def readers_of(kept: str, chosen: str) -> list[Option]:
    """Who may read it: as it stands, where this sitting has kept something of it for some."""
    return readers.standing(kept) if kept else readers.options(chosen)


def _frame(hat: Hat, permit: Permit, read: UnderWay) -> dict[str, Any]:
    frame = writing.frame(hat, permit, read.who, read.lookalikes)
    listed = _listed(permit, read)
    done = sum(bool(read.answers(each.code)) for each in listed)
    return {
        **frame,
        "record_url": frame["back_url"],
        "sitting_url": _sitting_url(hat, permit, read.sitting.id),
        "hearing": steps.in_court(read.hearing_on, on=clock.day_of(permit.at), _=wording.current()),
        "how_far": _("%(done)s of %(whole)s begun") % {"done": done, "whole": len(listed)},
        "as_at": wording.moment(permit.at),
    }


def _place(permit: Permit, read: UnderWay, shown: Topic) -> str:
    sitting, codes = (
        title(read.instrument.title, read.sitting.stage),
        [each.code for each in _listed(permit, read)],
    )
    if shown.code not in codes:
        return sitting
    place = {"sitting": sitting, "number": codes.index(shown.code) + 1, "whole": len(codes)}
    return _("%(sitting)s. Topic %(number)s of %(whole)s") % place


def _left_out(asked: Sequence[Question], shown: Topic) -> str:
    number = len(shown.questions) - len(asked)
    if not number:
        return ""
    return _("Left out here, because your role does not record it: %(number)s") % {"number": number}


def _topic_lines(hat: Hat, permit: Permit, read: UnderWay, *, current: str = "") -> list[TopicLine]:
    """Each topic of the stage that is theirs to ask, or answered, and how far it is."""
    return [
        TopicLine(
            _(each.title),
            _topic_url(hat, permit, read.sitting.id, each.code),
            *_how_far(read, each),
            is_current=each.code == current,
        )
        for each in _listed(permit, read)
    ]


def _listed(permit: Permit, read: UnderWay) -> list[Topic]:
    """A topic of which this role records nothing is a colleague's, and stands here once it is answered."""
    return [each for each in read.topics if filling.asked_of(permit, each) or read.answers(each.code)]


def _from_here(read: UnderWay) -> Sequence[Topic]:
    """The topics from the one after that which was answered last, and then those that were left before it."""
    codes = [each.code for each in read.topics]
    last = read.so_far.last.topic if read.so_far else ""
    here = codes.index(last) + 1 if last in codes else 0
    return [*read.topics[here:], *read.topics[:here]]


def _is_to_do(permit: Permit, read: UnderWay, shown: Topic) -> bool:
    """Not begun, and this worker's to ask; what is closed waits for the person."""
    return not (read.answers(shown.code) or shown.closed) and bool(filling.asked_of(permit, shown))


def _how_far(read: UnderWay, shown: Topic) -> State:
    answers = read.answers(shown.code)
    asked = rules.asked(shown.questions, answers)
    done = sum(each.code in answers for each in asked)
    if read.is_closed(shown):
        return State("not_needed", _("closed until they are ready"))
    if not done:
        return State("not_started", _("not asked yet"))
    words = _("%(done)s of %(whole)s") % {"done": done, "whole": len(asked)}
    return State("confirmed" if done == len(asked) else "in_hand", words)


def _following(hat: Hat, permit: Permit, read: UnderWay, shown: Topic) -> str:
    """Where the next topic is that this worker asks; "" after the last."""
    code = filling.following(permit, read, shown)
    return _topic_url(hat, permit, read.sitting.id, code) if code else ""


def _how(read: UnderWay) -> str:
    """Who asks whom and where, in one line."""
    begun = read.sitting
    parts = [
        wording.label("assessment_ways", begun.way),
        wording.label("assessment_settings", begun.setting),
        _("for a court") if begun.for_court else "",
        wording.day(clock.day_of(read.so_far.first.at)) if read.so_far else _("nothing kept yet"),
    ]
    return ", ".join(part for part in parts if part)


def _said(hat: Hat, permit: Permit, read: UnderWay, shown: Topic) -> Said:
    answers = read.answers(shown.code)
    kept_for = read.so_far.only_for(shown.code) if read.so_far else {}
    return Said(
        title=_(shown.title),
        url=_topic_url(hat, permit, read.sitting.id, shown.code),
        state=_how_far(read, shown),
        rows=[
            _fact(each, answers[each.code], readers.label(permit, kept_for.get(each.code, ())))
            for each in shown.questions
            if each.code in answers
        ],
    )


def _fact(asked: Question, given: Answer, kept_for: str) -> Fact:
    source = ", ".join(filter(None, [_how_said(given), kept_for]))
    return Fact(said.question(asked, is_easy=False), said.answer(asked, given), source)


def _how_said(answer: Answer) -> str:
    how = {
        "asked": _("said now"),
        "confirmed": _("still so"),
        "updated": _("changed"),
        "no_longer": _("no longer true"),
    }[answer.how]
    if answer.first_on is None:
        return how
    return _("%(how)s, first said on %(day)s") % {"how": how, "day": wording.day(answer.first_on)}


def _talk(read: UnderWay, waits: Mapping[str, Step]) -> dict[str, Any]:
    """What was answered so that it has to be talked about now, whatever the whole adds up to."""
    found = [
        (
            question,
            f"{said.question(question, is_easy=False)} {said.answer(question, answers[question.code])}",
        )
        for answers, questions in ((read.answers(each.code), each.questions) for each in read.topics)
        for question in rules.opening(questions, answers)
    ]
    told = [line for question, line in found if _waits(question, waits)]
    return {
        "to_talk": [line for _question, line in found],
        "ask_of_harm": any(
            not question.same_day for question, _line in found
        ),  # else it is about somebody else
        "on_today": list(_on_today(told, is_all=len(told) == len(found))),
    }


def _waits(question: Question, waits: Mapping[str, Step]) -> bool:
    return (rules.SELF_HARM if question.is_of_self_harm else question.concept) in waits


def _to_do_today(hat: Hat, permit: Permit, read: UnderWay, waits: Mapping[str, Step]) -> dict[str, Any]:
    """What the answers ask to be done today, and whether anybody is told who was not there."""
    asked = [
        question
        for each in read.topics
        for question in rules.to_do_today(each.questions, read.answers(each.code))
    ]
    found = [
        SameDay(_(each.same_day_words), _what_was_done(hat, permit, step), is_alone=step is None)
        for each in asked
        for step in [waits.get(each.concept)]
    ]
    return {"same_day": found, "same_day_told": list(_same_day_told(found))}


def _same_day_told(found: Sequence[SameDay]) -> Iterator[str]:
    if found:
        yield _("No source says yet how soon, and for how long it counts: local practice: check.")
    if not all(each.is_alone for each in found):
        yield _(
            "It stands on the record and on Today of everybody who is shown what it is about, until somebody"
            " writes what was done."
        )
    if any(each.is_alone for each in found):
        yield _(
            "What is not on Today, as far as you can see: what was done has been written since, or no prison"
            " has told of them, or you kept it for some, and then it stands on your own Today for two days."
            " See to it yourself, or ask a colleague."
        )


def _what_was_done(hat: Hat, permit: Permit, step: Step | None) -> Link | None:
    """Where it is written; None where this role does not write of it, or nobody waits for it."""
    if step is None or step.category not in permit.write:
        return None
    url = addresses.to("sheet", hat.post_id, permit.person_id, "step")
    return Link(_("Write what was done"), f"{url}?step={step.key}")


def _on_today(told: Sequence[str], *, is_all: bool) -> Iterator[str]:
    """Of what is to be talked about, what anybody is told who was not there."""
    if told and is_all:
        yield _(
            "It stands on Today of everybody who is shown what keeps them safe, until somebody writes"
            " what was done."
        )
    elif told:
        yield _(
            "This stands on Today of everybody who is shown what keeps them safe, until somebody writes what"
            " was done: %(lines)s"
        ) % {"lines": "; ".join(told)}
        yield _(
            "The rest, as far as you can see, waits on nobody's Today. Tell those who have to know yourself,"
            " now."
        )
    else:
        yield _(
            "As far as you can see it waits on nobody's Today: what was done has been written since, or it is"
            " not told there. What you kept for some stands on your own Today for two days. Tell those who"
            " have to know yourself, now."
        )


def _task_today(hat: Hat, permit: Permit) -> str:
    """Where a colleague is asked for something, by today."""
    by = urlencode(day_typed(BY, clock.day_of(permit.at)))
    return f"{addresses.to('sheet', hat.post_id, permit.person_id, 'task')}?{by}"


def _safety_links(hat: Hat, permit: Permit, waits: Mapping[str, Step]) -> list[Link]:
    done = _what_was_done(hat, permit, waits.get(rules.SELF_HARM))
    return [
        *([done] if done else []),
        Link(_("Write down how they are"), addresses.to("sheet", hat.post_id, permit.person_id, "need")),
        Link(_("Ask a colleague for something, today"), _task_today(hat, permit)),
    ]


def _rows(read: History) -> list[Any]:
    """An entry as it stands, as a row."""
    told = timeline.Told(entries=read.versions[:1], lines=read.lines, names=read.names, above=None)
    return timeline.rows(told)


def url(hat: Hat, permit: Permit, sitting_id: UUID, topic: str) -> str:
    """Of a topic of a sitting, or of the sitting itself."""
    return _topic_url(hat, permit, sitting_id, topic) if topic else _sitting_url(hat, permit, sitting_id)


def _sitting_url(hat: Hat, permit: Permit, sitting_id: UUID) -> str:
    return reverse("sitting", args=[hat.post_id, permit.person_id, sitting_id])


def _topic_url(hat: Hat, permit: Permit, sitting_id: UUID, code: str) -> str:
    return reverse("topic", args=[hat.post_id, permit.person_id, sitting_id, code])
