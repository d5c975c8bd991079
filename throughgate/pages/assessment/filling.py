"""A topic as a worker fills it in: what stands in its controls, what was said before, what is to be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from throughgate.assessment import actions, instruments, queries
from throughgate.assessment.rules import answers as rules
from throughgate.assessment.rules import asking, keeping
from throughgate.assessment.rules.answers import Said
from throughgate.assessment.rules.prefill import Prefill
from throughgate.assessment.rules.shapes import Answer, Question, Topic
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.assessment import controls, forms, reading
from throughgate.pages.assessment import said as words
from throughgate.pages.assessment.forms import Given
from throughgate.pages.assessment.reading import UnderWay
from throughgate.pages.person.reading import History
from throughgate.pages.recording import readers
from throughgate.pages.wording import words as _
from throughgate.record import drafts
from throughgate.record.rules import Form

MOST_AT_ONCE = 25  # questions on a page; a longer topic has several, and asks only what arises
DRAFTED = "asked "  # how the names of drafts of topics begin
SHOWN = "shown"  # the control that tells which questions of a long topic stood on the page


@dataclass(frozen=True, kw_only=True)
class Filling:
    """A topic as it was filled in; opening it makes the key of its form."""

    read: UnderWay
    topic: Topic
    given: Given
    form: Form
    earlier: Mapping[str, Prefill]
    wrong: Mapping[str, str] = field(default_factory=dict)  # control, or "" -> why it cannot be kept
    newer: History | None = None  # what somebody else has said meanwhile
    draft_at: datetime | None = None  # what is typed was kept as a draft then
    part: int = 1  # of a topic that has several pages


def asked_of(permit: Permit, topic: Topic) -> list[Question]:
    """Of the questions of a topic, those whose answers this worker records."""
    if topic.clinical and not queries.opens_skilled(permit):
        return []
    return [each for each in topic.questions if each.category in permit.write]


def parts(permit: Permit, filling: Filling) -> list[list[Question]]:
    """What a topic asks, page by page.

    Of a long one what does not arise is left out, and comes once it does.
    """
    asked = asked_of(permit, filling.topic)
    if len(asked) <= MOST_AT_ONCE:
        return [asked]
    said, _wrong = forms.answers(asked, filling.given, filling.earlier, all_unchanged=False)
    arising = _arising(permit, filling, {**filling.read.answers(filling.topic.code), **said})
    return [arising[each : each + MOST_AT_ONCE] for each in range(0, len(arising), MOST_AT_ONCE)] or [[]]


def shown(permit: Permit, filling: Filling) -> list[Question]:
    """What stands on the page."""
    found = parts(permit, filling)
    return found[min(filling.part, len(found)) - 1]


def goes_on_at(permit: Permit, filling: Filling, answers: Mapping[str, Answer]) -> int:
    """The page of a long topic to go on with, where more has arisen or stands further on; 0: nothing does."""
    stood = filling.given.get(SHOWN, "").split()
    if not stood:
        return 0
    before = {each.code for each in _arising(permit, filling, filling.read.answers(filling.topic.code))}
    now = [each.code for each in _arising(permit, filling, answers)]
    last = max((place for place, code in enumerate(now) if code in stood), default=-1)
    unseen = ((place, code) for place, code in enumerate(now) if code not in stood)
    more = (place for place, code in unseen if place > last or code not in before)
    return next((1 + place // MOST_AT_ONCE for place in more), 0)


def following(permit: Permit, read: UnderWay, topic: Topic) -> str:
    """The next topic that is asked here; "" after the last."""
    codes = [each.code for each in read.topics]
    later = read.topics[codes.index(topic.code) + 1 :]
    return next((each.code for each in later if asked_of(permit, each)), "")


def _arising(permit: Permit, filling: Filling, answers: Mapping[str, Answer]) -> list[Question]:
    """What is asked here with these answers, and with what was said before of whatever they leave out."""
    before = {code: each.known.answer for code, each in filling.earlier.items()}
    arising = {each.code for each in asking.asked(filling.topic.questions, {**before, **answers})}
    return [each for each in asked_of(permit, filling.topic) if each.code in arising]


def draft_name(read: UnderWay, topic: Topic, part: int) -> str:
    """Each page of a topic has its own."""
    return f"{DRAFTED}{read.sitting.id} {topic.code}" + (f" {part}" if part > 1 else "")


def opened(permit: Permit, read: UnderWay, topic: Topic, part: int) -> Filling:
    """Before it is sent: a draft of it, or what this sitting has said of it already."""
    filling = Filling(
        read=read,
        topic=topic,
        given={**_as_typed(topic, read.answers(topic.code)), readers.NAME: kept_for(permit, read, topic)},
        form=forms.opened(),
        earlier=reading.earlier(permit, read, topic),
        part=part,
    )
    if draft := drafts.find(permit, draft_name(read, topic, part)):
        return replace(filling, given=draft.typed, form=forms.form(draft.typed), draft_at=draft.saved_at)
    return filling


def sent(permit: Permit, read: UnderWay, topic: Topic, given: Given, part: int = 1) -> Filling:
    """As it was sent."""
    return Filling(
        read=read,
        topic=topic,
        given=given,
        form=forms.form(given),
        earlier=reading.earlier(permit, read, topic),
        part=part,
    )


def overtaken(filling: Filling, newer: History) -> Filling:
    """Opened anew, with what was said meanwhile in sight."""
    return replace(filling, form=forms.opened(), newer=newer)


def answered(
    permit: Permit, filling: Filling, *, all_unchanged: bool
) -> tuple[dict[str, Answer], dict[str, str]]:
    """What is to be kept, and a sentence for each control that has to be put right.

    What a colleague answered of the topic, and this role does not record, goes with it as it stands; so does
    what stands on another page of it, as long as it arises.
    """
    asked = {each.code for each in asked_of(permit, filling.topic)}
    stood = set(filling.given[SHOWN].split()) & asked if SHOWN in filling.given else asked
    on_page = [each for each in filling.topic.questions if each.code in stood]
    said, wrong = forms.answers(on_page, filling.given, filling.earlier, all_unchanged=all_unchanged)
    others = {
        code: each for code, each in filling.read.answers(filling.topic.code).items() if code not in stood
    }
    whole = {**others, **said}
    arising = {each.code for each in asking.asked(filling.topic.questions, whole)}
    for each in on_page:
        if each.code in said and each.code not in arising and _is_typed(each, said[each.code]):
            wrong[forms.control(each)] = _why_lost(filling, each)
    return {code: each for code, each in whole.items() if code in arising or code not in asked}, wrong


def _is_typed(question: Question, answer: Answer) -> bool:
    """In words or figures, which are not to be lost without a word; a mark cannot be taken away again."""
    is_fresh = answer.how in ("asked", "updated")
    is_marked = question.answers == "several" or words.is_picked(question)
    return is_fresh and bool(answer.text or (answer.value and not is_marked))


def _why_lost(filling: Filling, question: Question) -> str:
    only_if = words.arises(question, filling.topic.questions, is_easy=filling.read.sitting.is_easy)
    return _("Say that as well, or take away what stands here. %(only_if)s") % {"only_if": only_if}


def kept_for(permit: Permit, read: UnderWay, topic: Topic) -> str:
    """Who alone may read what this sitting has said of a topic, as the choice that names them."""
    found = read.so_far.only_for(topic.code) if read.so_far else {}
    return readers.chosen(permit, next(iter(found.values()), ()))


def faults(permit: Permit, filling: Filling, answers: Mapping[str, Answer]) -> dict[str, str]:
    """What the rules have to say of it, by control."""
    said = _said(permit, filling, answers, seconds=0)
    names = {each.code: forms.control(each) for each in filling.topic.questions}
    wrong = keeping.wrong_with_said(
        said,
        filling.topic,
        ways=queries.ways(permit),
        opens_skilled=queries.opens_skilled(permit),
        is_repeated=False,  # the guard has asked why
        earlier=rules.earlier(filling.topic, answers, filling.read.known),
        concepts=instruments.concepts(),
    )
    return {names.get(part, ""): wording.sentence(why) for part, why in wrong.items()}


def keep(permit: Permit, filling: Filling, answers: Mapping[str, Answer], *, seconds: int) -> UUID:
    """`seconds` were spent on asking it."""
    said = _said(permit, filling, answers, seconds=seconds)
    entry_id = actions.record_answers(
        permit, said, at=permit.at, form=filling.form, also=filling.read.held.known
    )
    drafts.throw_away(permit, draft_name(filling.read, filling.topic, filling.part))
    return entry_id


def _said(permit: Permit, filling: Filling, answers: Mapping[str, Answer], *, seconds: int) -> Said:
    sitting = filling.read.sitting
    only_for = readers.named(permit, filling.given.get(readers.NAME, ""))
    return Said(
        sitting=sitting.id,
        instrument=sitting.instrument,
        version=sitting.version,
        stage=sitting.stage,
        topic=filling.topic.code,
        way=sitting.way,
        setting=sitting.setting,
        for_court=sitting.for_court,
        is_opened=not filling.read.is_closed(filling.topic),
        seconds=seconds,
        again_because=sitting.again_because,
        answers=answers,
        only_for=dict.fromkeys(answers, only_for),
    )


def _as_typed(topic: Topic, answers: Mapping[str, Answer]) -> dict[str, str]:
    return {
        control: text
        for question in topic.questions
        if question.code in answers
        for control, text in controls.as_typed(question, answers[question.code]).items()
    }
