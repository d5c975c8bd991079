"""What is known of somebody, in words: the newest answer to each question of the standard assessment."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.urls import reverse

from throughgate.assessment import instruments, queries
from throughgate.assessment.rules import answers as rules
from throughgate.assessment.rules.answers import Known
from throughgate.assessment.rules.shapes import Question, Topic
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.assessment import asking, record_words, said
from throughgate.pages.assessment.on_record import Held
from throughgate.pages.assessment.reading import Read
from throughgate.pages.components.shapes import Mark, Version
from throughgate.pages.person import writing
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat


class Told(NamedTuple):
    """What is known of one thing."""

    label: str
    value: str
    source: str
    marks: Sequence[Mark]
    others: Sequence[Version]  # where peers, workers and the person differ: the newest of each


def page(hat: Hat, permit: Permit, read: Read, held: Held) -> dict[str, Any]:
    shown: set[record_words.Words] = set()
    topics = [
        (_(topic.title), rows)
        for topic, questions in _once(instruments.newest("standard").topics)
        if (
            rows := [
                told
                for question in questions
                for told in (*_told(permit, read, question), *_held(question, held, shown))
            ]
        )
    ]
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "ask_url": reverse("ask", args=[hat.post_id, permit.person_id]),
        "topics": topics,
        "is_partly_hidden": bool(queries.not_shared(permit)),
        "as_at": wording.moment(permit.at),
    }


def _once(topics: Iterable[Topic]) -> Iterator[tuple[Topic, list[Question]]]:
    """Topics with their questions, without what an earlier topic asks, too."""
    seen: set[str] = set()
    for topic in topics:
        yield topic, [each for each in topic.questions if each.concept not in seen]
        seen.update(each.concept for each in topic.questions)


def _told(permit: Permit, read: Read, question: Question) -> Iterator[Told]:
    """Nothing where nobody was asked."""
    known = read.known.get(question.concept, ())
    if not known:
        return
    newest = known[0]
    days = (clock.day_of(permit.at) - newest.said_on).days
    yield Told(
        label=said.question(question, is_easy=False),
        value=asking.words(newest),
        source=", ".join([*asking.source(newest, read.names), said.how_old(days)]),
        marks=list(_marks(newest, days)),
        others=[asking.version(each, read.names) for each in rules.side_by_side(known)],
    )


def _held(question: Question, held: Held, shown: set[record_words.Words]) -> Iterator[Told]:
    """What the record tells otherwise, where it is asked first."""
    for each in record_words.told(held, question.concept):
        if each not in shown:
            shown.add(each)
            value = ". ".join(filter(None, (each.said, each.lines)))
            label = said.question(question, is_easy=False)
            yield Told(label, value, each.source, [Mark(_("on the record"), "slate")], [])


def _marks(known: Known, days: int) -> Iterator[Mark]:
    concept = instruments.concepts()[known.concept]
    if known.answer.how == "confirmed":
        yield Mark(_("confirmed"), "leaf")
    if known.answer.how == "no_longer":
        yield Mark(_("no longer true"), "slate")
    if days > concept.stale_after_days:
        yield Mark(_("old: ask again"), "amber")
