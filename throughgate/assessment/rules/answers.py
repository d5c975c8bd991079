"""What was answered: what it has to be before it is kept, and how it is read together. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from throughgate.assessment.rules.shapes import Answer, Topic

ANSWERED = "answered"
NO_LONGER = "no_longer"
OF_BEFORE = frozenset({"confirmed", "updated", NO_LONGER})  # how an answer rests on an earlier one
SAID_AGAIN = "Said again in the same sitting"

COURT = "court"
# What a permit, or a sitting, is for, of which justice is told.
JUSTICE = frozenset({COURT, "supervision"})

Circle = tuple[str, tuple[UUID, ...]]  # a category, and who alone of those that read it may: () all of them
ConceptOf = Callable[[str, str, str], str]  # instrument, version, question -> concept; "" where it has none


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a sitting says of one topic, as its page was sent: all of it, said before or not."""

    sitting: UUID
    instrument: str
    version: str
    topic: str
    way: str  # of the code set assessment_ways
    setting: str  # of assessment_settings
    answers: Mapping[str, Answer]  # by question; one that is left out was not come to
    stage: str = ""  # of assessment_stages
    for_court: bool = False
    is_opened: bool = False  # the person said that they are ready for a topic that is closed until then
    seconds: int = 0
    again_because: str = ""
    only_for: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)  # by question, as in Circle


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One entry of answers as it stands: of one topic of one sitting, what the same people may read."""

    entry_id: UUID
    category: str
    organisation_id: UUID
    recorded_by: UUID | None  # None: the person themself
    as_at: datetime  # when it was written
    at: datetime  # when it was said
    said_on: date
    only_for: tuple[UUID, ...]
    sitting: UUID
    instrument: str
    version: str
    stage: str
    topic: str
    way: str
    setting: str
    for_court: bool
    seconds: int
    again_because: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True, kw_only=True)
class Known:
    """One answer, as something that is known of a concept."""

    concept: str
    question: str
    answer: Answer
    instrument: str
    version: str
    stage: str
    sitting: UUID
    entry_id: UUID
    organisation_id: UUID
    recorded_by: UUID | None
    way: str
    setting: str
    for_court: bool
    as_at: datetime
    said_on: date  # or last confirmed
    category: str


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """What was asked together, as far as it may be read."""

    id: UUID
    parts: tuple[Kept, ...]  # oldest first

    @property
    def first(self) -> Kept:
        return self.parts[0]

    @property
    def last(self) -> Kept:
        return self.parts[-1]

    @property
    def topics(self) -> tuple[str, ...]:
        """In the order in which they were come to."""
        return tuple(dict.fromkeys(part.topic for part in self.parts))

    @property
    def ways(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.way for part in self.parts))

    @property
    def again_because(self) -> str:
        return next((part.again_because for part in self.parts if part.again_because), "")

    @property
    def seconds(self) -> int:
        """Each entry of a topic bears the time that all of the topic took."""
        longest: dict[str, int] = defaultdict(int)
        for part in self.parts:
            longest[part.topic] = max(longest[part.topic], part.seconds)
        return sum(longest.values())

    def answers(self, topic: str) -> dict[str, Answer]:
        """What holds of each question of a topic: the newest word on it."""
        found: dict[str, Answer] = {}
        for part in self.parts:
            if part.topic == topic:
                found |= part.answers
        return found

    def only_for(self, topic: str) -> dict[str, tuple[UUID, ...]]:
        """By question who alone may read its answer, of those that are kept for some."""
        return {
            code: part.only_for
            for part in self.parts
            if part.topic == topic and part.only_for
            for code in part.answers
        }


class Part(NamedTuple):
    """An entry to be written, and the one whose place it takes."""

    circle: Circle
    answers: dict[str, Answer]
    instead: Kept | None


def known(kept: Iterable[Kept], concept_of: ConceptOf) -> dict[str, list[Known]]:
    """By concept what is known of it, newest first; in any order in, the same out."""
    found: dict[str, list[Known]] = defaultdict(list)
    for entry in sorted(kept, key=_newness, reverse=True):
        for question, answer in sorted(entry.answers.items()):
            if concept := concept_of(entry.instrument, entry.version, question):
                found[concept].append(_known(entry, concept, question, answer))
    return dict(found)


def together(known: Mapping[str, Sequence[Known]], also: Iterable[Known]) -> dict[str, list[Known]]:
    """The same with what is known otherwise, newest first."""
    found: dict[str, list[Known]] = {concept: list(told) for concept, told in known.items()}
    for each in also:
        found.setdefault(each.concept, []).append(each)
        found[each.concept].sort(key=lambda told: (told.said_on, told.as_at), reverse=True)
    return found


def sittings(kept: Iterable[Kept]) -> list[Sitting]:
    """Newest first, by when each was last added to."""
    found: dict[UUID, list[Kept]] = defaultdict(list)
    for entry in sorted(kept, key=_newness):
        found[entry.sitting].append(entry)
    together = [Sitting(id=sitting, parts=tuple(parts)) for sitting, parts in found.items()]
    return sorted(together, key=lambda sitting: _newness(sitting.last), reverse=True)


def that_stands(known: Sequence[Known], fits: Callable[[Known], bool] = lambda _each: True) -> Known | None:
    """The newest answer, of those given newest first, that fits.

    That somebody did not know or did not say hides no answer; that it is no longer true hides all before it.
    """
    for each in known:
        if each.answer.how == NO_LONGER:
            return None
        if each.answer.state == ANSWERED and fits(each):
            return each
    return None


def side_by_side(known: Sequence[Known]) -> list[Known]:
    """The newest answer of each voice, newest first, where they differ; [] where they do not.

    A voice is a way of one organisation: a peer and a worker of one service are two, the person is one.
    Nobody's answer takes the place of another's.
    """
    voices: dict[object, Known] = {}
    for each in known:
        if each.answer.state == ANSWERED:
            voices.setdefault("self" if each.way == "self" else (each.way, each.organisation_id), each)
    said = {_meaning(each.answer) for each in voices.values()}
    return list(voices.values()) if len(said) > 1 else []


def is_for_justice(said: Said, *, purpose: str) -> bool:
    """Whether who answers knows that a court or justice is told; `purpose` is that of the permit."""
    return said.for_court or said.stage == "pre_sentence" or purpose in JUSTICE


def standing(said: Said, kept: Iterable[Kept], *, organisation_id: UUID) -> list[Kept]:
    """What that organisation kept of the same topic in the same sitting and way, oldest first."""
    of = said.sitting, said.instrument, said.topic, said.way, organisation_id
    same = (
        each
        for each in kept
        if (each.sitting, each.instrument, each.topic, each.way, each.organisation_id) == of
    )
    return sorted(same, key=_newness)


def parts(said: Said, topic: Topic, standing: Iterable[Kept]) -> list[Part]:
    """What to write so that the sitting says this of the topic, and nothing where it says so already."""
    standing = list(standing)
    fresh = _by_circle(said, topic, standing)
    old = {(each.category, each.only_for): each for each in standing}
    found = [Part(circle, fresh.get(circle, {}), old.get(circle)) for circle in {**fresh, **old}]
    return [part for part in found if part.instead is None or dict(part.instead.answers) != part.answers]


def traced(answers: Mapping[str, Answer], earlier: Mapping[str, Known]) -> dict[str, Answer]:
    """The answers, those that rest on an earlier one with where and when that was first said."""
    return {
        question: _traced(answer, earlier[question]) if question in earlier else replace(answer, first=None)
        for question, answer in answers.items()
    }


def earlier(
    topic: Topic, answers: Mapping[str, Answer], known: Mapping[str, Sequence[Known]]
) -> dict[str, Known]:
    """By question the earlier answer that is confirmed, changed or no longer true, where it is one.

    A page sent again names where the answer was first said, which may have been corrected since: then it
    rests on the newest answer that goes back to there.
    """
    concepts = {question.code: question.concept for question in topic.questions}
    found = {
        question: _first_said(answer.first, known.get(concepts.get(question, ""), ()))
        for question, answer in answers.items()
        if answer.how in OF_BEFORE and answer.first
    }
    return {question: before for question, before in found.items() if before}


def as_json(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """As they are kept: what an answer leaves empty is left out."""
    return {question: _as_json(answer) for question, answer in answers.items()}


def from_json(kept: Mapping[str, Any] | None) -> dict[str, Answer]:
    """None: the entry has been blanked."""
    return {question: _from_json(said) for question, said in (kept or {}).items()}


def _first_said(first: UUID, known: Sequence[Known]) -> Known | None:
    said = [each for each in known if each.entry_id == first]
    return next(iter(said or [each for each in known if each.answer.first == first]), None)


def _newness(entry: Kept) -> tuple[datetime, datetime, UUID]:
    return entry.at, entry.as_at, entry.entry_id


def _known(entry: Kept, concept: str, question: str, answer: Answer) -> Known:
    return Known(
        concept=concept,
        question=question,
        answer=answer,
        instrument=entry.instrument,
        version=entry.version,
        stage=entry.stage,
        sitting=entry.sitting,
        entry_id=entry.entry_id,
        organisation_id=entry.organisation_id,
        recorded_by=entry.recorded_by,
        way=entry.way,
        setting=entry.setting,
        for_court=entry.for_court,
        as_at=entry.as_at,
        said_on=entry.said_on,
        category=entry.category,
    )


def _meaning(answer: Answer) -> tuple[str, ...]:
    """Of several chosen the order says nothing."""
    return (answer.value,) if isinstance(answer.value, str) else tuple(sorted(answer.value))


def _by_circle(said: Said, topic: Topic, standing: Iterable[Kept]) -> dict[Circle, dict[str, Answer]]:
    """What was kept for some stays so, whatever is said now."""
    kept_for = {question: each.only_for for each in standing if each.only_for for question in each.answers}
    found: dict[Circle, dict[str, Answer]] = defaultdict(dict)
    for question in topic.questions:
        if question.code in said.answers:
            readers = kept_for.get(question.code) or said.only_for.get(question.code, ())
            circle = question.category, tuple(sorted(readers))
            found[circle][question.code] = said.answers[question.code]
    return found


def _traced(answer: Answer, before: Known) -> Answer:
    return replace(
        answer,
        first=before.answer.first or before.entry_id,
        first_on=before.answer.first_on or before.said_on,
    )


def _as_json(answer: Answer) -> dict[str, Any]:
    kept = {
        "state": answer.state,
        "value": answer.value if isinstance(answer.value, str) else list(answer.value),
        "text": answer.text,
        "how": answer.how,
        "first": str(answer.first or ""),
        "first_on": answer.first_on.isoformat() if answer.first_on else "",
    }
    return {name: value for name, value in kept.items() if value}


def _from_json(kept: Mapping[str, Any]) -> Answer:
    value = kept.get("value", "")
    return Answer(
        state=kept["state"],
        value=value if isinstance(value, str) else tuple(value),
        text=kept.get("text", ""),
        how=kept["how"],
        first=UUID(kept["first"]) if "first" in kept else None,
        first_on=date.fromisoformat(kept["first_on"]) if "first_on" in kept else None,
    )
