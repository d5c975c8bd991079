"""What the people of the demo answered: a topic at a time, as the form of its page sends it."""

from collections.abc import Iterator, Mapping
from uuid import NAMESPACE_OID, UUID, uuid5

from throughgate.assessment import actions, instruments, queries, questions
from throughgate.assessment.rules.answers import Known, Said
from throughgate.assessment.rules.shapes import Answer, Question, State
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.record.rules import Form

STANDARD = "standard"
SAME = "same"  # as it was answered before
STATES: tuple[State, ...] = ("not_known", "prefer_not", "not_asked")


def answer(permit: Permit, typed: Mapping[str, str], form: Form) -> None:
    """`typed` names topic, way and setting, with a stage or a `form` that has none; the rest are answers."""
    asked = typed.get("form", STANDARD)
    version = instruments.newest(asked).version
    topic = questions.topic(asked, version, typed["topic"])
    known = queries.known(permit)
    said = Said(
        sitting=_sitting(permit, asked, typed.get("stage", "")),
        instrument=asked,
        version=version,
        stage=typed.get("stage", ""),
        topic=topic.code,
        way=typed["way"],
        setting=typed["setting"],
        seconds=int(typed["seconds"]),
        again_because=typed.get("again_because", ""),
        answers=dict(_answers(topic.questions, typed, known)),
    )
    actions.record_answers(permit, said, at=permit.at, form=form)


def _answers(
    asked: tuple[Question, ...], typed: Mapping[str, str], known: Mapping[str, list[Known]]
) -> Iterator[tuple[str, Answer]]:
    for question in asked:
        if value := typed.get(question.code):
            yield question.code, _answer(question, value, known.get(question.concept, []))


def _answer(question: Question, value: str, known: list[Known]) -> Answer:
    for state in STATES:
        if value == state:
            return Answer(state=state)
    if value == SAME:
        return Answer(state="answered", value=known[0].answer.value, how="confirmed", first=known[0].entry_id)
    several = question.answers == "several"
    return Answer(state="answered", value=tuple(value.split("|")) if several else value)


def _sitting(permit: Permit, asked: str, stage: str) -> UUID:
    """One for each person, worker, form and day."""
    who = f"{permit.person_id} {permit.worker_id}"
    return uuid5(NAMESPACE_OID, f"{who} {asked} {stage} {clock.day_of(permit.at)}")
