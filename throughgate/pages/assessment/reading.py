"""Everything the pages of asking show, read once: a bounded number of queries, whatever was asked before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from throughgate.assessment import instruments, queries, questions
from throughgate.assessment.needs import queries as needs
from throughgate.assessment.needs.queries import Word
from throughgate.assessment.rules import answers as rules
from throughgate.assessment.rules import asking, prefill
from throughgate.assessment.rules.answers import Kept, Known
from throughgate.assessment.rules.answers import Sitting as Had
from throughgate.assessment.rules.prefill import Prefill
from throughgate.assessment.rules.shapes import Answer, Instrument, Question, Topic
from throughgate.directory import queries as directory
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages.assessment import on_record, sittings
from throughgate.pages.assessment.on_record import NOTHING, Held
from throughgate.pages.assessment.sittings import Sitting
from throughgate.pages.names import Names
from throughgate.people import queries as people
from throughgate.people.queries import Banner
from throughgate.record.queries import Spine
from throughgate.referral import queries as referral
from throughgate.staff import queries as staff

ENGLISH = "en"  # of workers' pages
BEFORE_SENTENCE = "pre_sentence"  # of the code set assessment_stages: asked for a court, whoever asks


@dataclass(frozen=True, kw_only=True)
class Read:
    """What was asked of somebody, before any of it is in words."""

    who: Banner
    lookalikes: int
    had: Sequence[Had]  # newest first
    known: Mapping[str, Sequence[Known]]  # by concept, newest first
    names: Names


@dataclass(frozen=True, kw_only=True)
class OverTime(Read):
    """The same, and every word on what they need."""

    needs: Sequence[Word]  # newest first


@dataclass(frozen=True, kw_only=True)
class UnderWay(Read):
    """The same, and the sitting that the page is about."""

    sitting: Sitting
    instrument: Instrument
    topics: Sequence[Topic]  # of the stage, as far as this worker may record of them
    hearing_on: date | None  # before sentence: the day in court
    held: Held = NOTHING  # what the record tells otherwise of what a topic asks

    @property
    def so_far(self) -> Had | None:
        """What it has on the record already."""
        return next((each for each in self.had if each.id == self.sitting.id), None)

    def answers(self, topic: str) -> Mapping[str, Answer]:
        return self.so_far.answers(topic) if self.so_far else {}

    def topic(self, code: str) -> Topic:
        """Raises: NotFound where this stage has none of that name."""
        for each in self.topics:
            if each.code == code:
                return each
        raise NotFound

    @property
    def is_to_talk(self) -> bool:
        """Whether something was said that has to be talked about now."""
        return any(asking.opening(each.questions, self.answers(each.code)) for each in self.topics)

    @property
    def is_pressing(self) -> bool:
        """Whether something was said that cannot wait until tomorrow."""
        return any(asking.pressing(each.questions, self.answers(each.code)) for each in self.topics)

    @property
    def own_language(self) -> str:
        """What they speak, where it is not the page's and the form has words in it; ""."""
        spoken = self.who.language
        return spoken if spoken != ENGLISH and spoken in self.instrument.languages else ""

    def is_closed(self, topic: Topic) -> bool:
        """Until the person opens it."""
        return topic.closed and topic.code not in self.sitting.ready_for and not self.answers(topic.code)


def read(permit: Permit) -> Read:
    return _read(permit, said_by=())


def over_time(permit: Permit) -> OverTime:
    found = needs.words(permit)
    return OverTime(**vars(_read(permit, said_by=[each.entry for each in found])), needs=found)


def _read(permit: Permit, *, said_by: Iterable[Spine]) -> Read:
    kept = _by_services(permit, queries.answers(permit))
    return Read(
        who=people.banner(permit),
        lookalikes=linkage.lookalikes(permit),
        had=rules.sittings(kept),
        known=rules.known(kept, questions.concept_of),
        names=_names([*kept, *said_by]),
    )


def under_way(permit: Permit, sitting_id: UUID) -> UnderWay:
    """Raises: NotFound where no such sitting is this worker's to go on with."""
    found = read(permit)
    sitting = sittings.find(permit, sitting_id, found.had)
    instrument = instruments.instrument(sitting.instrument, sitting.version)
    return UnderWay(
        **vars(found),
        sitting=sitting,
        instrument=instrument,
        topics=asking.at_stage(instrument, sitting.stage),
        hearing_on=referral.next_in_court(permit) if sitting.stage == BEFORE_SENTENCE else None,
    )


def with_record(permit: Permit, found: UnderWay, topic: Topic) -> UnderWay:
    """The same with what the record tells otherwise of this topic: it is not asked as if it were blank."""
    concepts = {each.concept for each in topic.questions}
    held = on_record.read(permit, concepts, purpose=_purpose(permit, found))
    return replace(found, held=held, known=rules.together(found.known, held.known))


def earlier(permit: Permit, found: UnderWay, topic: Topic) -> dict[str, Prefill]:
    """What was said before of each question: elsewhere, not in this sitting."""
    before = {concept: _elsewhere(known, found.sitting.id) for concept, known in found.known.items()}
    return prefill.prefilled(
        topic,
        before,
        concepts=instruments.concepts(),
        on=clock.day_of(permit.at),
        purpose=_purpose(permit, found),
    )


def _purpose(permit: Permit, found: UnderWay) -> str:
    """What the answers are for, of which justice may be told."""
    is_for_court = found.sitting.for_court or found.sitting.stage == BEFORE_SENTENCE
    return rules.COURT if is_for_court else permit.purpose


def beside(found: Read, asked: Iterable[Question]) -> dict[str, list[Known]]:
    """By question what peers, workers and the person say, where they differ."""
    told = {
        each.code: rules.side_by_side(found.known.get(each.concept, ())) for each in asked if each.concept
    }
    return {code: known for code, known in told.items() if known}


def _elsewhere(known: Sequence[Known], sitting_id: UUID) -> list[Known]:
    return [each for each in known if each.sitting != sitting_id]


def _by_services(permit: Permit, kept: Sequence[Kept]) -> Sequence[Kept]:
    """In their own book the organisation answers for what was asked, and a worker's name helps nobody."""
    return [replace(each, recorded_by=None) for each in kept] if permit.own else kept


def _names(kept: Sequence[Kept | Spine]) -> Names:
    """What the organisations and workers are called that asked."""
    places = directory.mentioned(ids={each.organisation_id for each in kept}, codes=())
    return Names(places, staff.names({each.recorded_by for each in kept if each.recorded_by}))
