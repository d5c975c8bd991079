"""What the people of the demo answered: a topic at a time, as the form of its page sends it."""

from collections.abc import Iterator, Mapping
from uuid import NAMESPACE_OID, UUID, uuid5

from throughgate.assessment import actions, instruments, queries, questions
from throughgate.assessment.rules.answers import Known, Said
from throughgate.assessment.rules.shapes import Answer, Question, State
from throughgate.foundation.permits import Permit
from throughgate.record.rules import Form

FORM = "standard"
SAME = "same"  # as it was answered before
STATES: tuple[State, ...] = ("not_known", "prefer_not", "not_asked")


def answer(permit: Permit, typed: Mapping[str, str], form: Form) -> None:
    """`typed` names stage, topic, way and setting; everything else in it is a question with its answer."""
    version = instruments.newest(FORM).version
    topic = questions.topic(FORM, version, typed["topic"])
    known = queries.known(permit)
    said = Said(
        sitting=_sitting(permit, typed["stage"]),
        instrument=FORM,
        version=version,
        stage=typed["stage"],
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


def _sitting(permit: Permit, stage: str) -> UUID:
    """One for each person, organisation and stage."""
    return uuid5(NAMESPACE_OID, f"{permit.person_id} {permit.organisation_id} {stage}")
