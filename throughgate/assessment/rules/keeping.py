"""What answers have to be before they are kept, in sentences fit to read aloud. Pure."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from throughgate.assessment.rules.answers import ANSWERED, NO_LONGER, OF_BEFORE, Known, Said
from throughgate.assessment.rules.limits import limit
from throughgate.assessment.rules.shapes import COUNTED, Answer, Concept, Question, Topic
from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set
from throughgate.foundation.wrong import sentence

STATES = frozenset({ANSWERED, "not_known", "prefer_not", "not_asked"})
HOWS = frozenset({"asked", *OF_BEFORE})
NOT_ASKED = sentence("This question is not asked here any more. Open the page again.")
YES_NO = frozenset({"yes", "no"})  # unless a question has words of its own for them


def wrong_with_said(
    said: Said,
    topic: Topic,
    *,
    ways: Collection[str],
    opens_skilled: bool,
    is_repeated: bool,
    earlier: Mapping[str, Known],
    concepts: Mapping[str, Concept],
) -> dict[str, str]:
    """A sentence for each part that has to be put right, by question or column; empty when it can be kept.

    `ways` are those in which whoever writes brings answers; `earlier` is what answers rest on, by question.
    """
    questions = {question.code: question for question in topic.questions}
    afresh = {code for code, concept in concepts.items() if concept.afresh}
    sentences = {
        "topic": _wrong_with_topic(said, topic, opens_skilled=opens_skilled),
        "stage": ""
        if not said.stage or said.stage in code_set("assessment_stages")
        else sentence("Choose what for."),
        "way": "" if said.way in ways else sentence("Choose who asked."),
        "setting": ""
        if said.setting in code_set("assessment_settings")
        else sentence("Choose where they are."),
        "again_because": _wrong_with_repeating(said, is_repeated=is_repeated),
    }
    for code, answer in said.answers.items():
        question = questions.get(code)
        sentences[code] = _wrong_with(question, answer, earlier.get(code), afresh) if question else NOT_ASKED
    return wrong.parts(sentences)


def ways(who: str) -> list[str]:
    """How answers may come from a role, or from the `person`: of the code set assessment_ways.

    A role that no row names brings them as any worker does.
    """
    bring = {row["code"]: row["who"].split("|") for row in code_set("assessment_ways").rows}
    named = who if any(who in each for each in bring.values()) else "worker"
    return [code for code, each in bring.items() if named in each]


def fits(question: Question, value: str | tuple[str, ...]) -> bool:
    """Whether that is an answer to the question, so that what was said elsewhere may stand here."""
    return bool(value) and not _wrong_with_value(question, value)


def _wrong_with_topic(said: Said, topic: Topic, *, opens_skilled: bool) -> str:
    if topic.clinical and not opens_skilled:
        return sentence(
            "This part needs skill that your role is not trained for. Ask a colleague whose role is."
        )
    if topic.closed and not (said.is_opened or said.way == "self"):
        return sentence("This part stays closed until they say themselves that they are ready for it.")
    return "" if said.answers else sentence("Answer something, or go on without: skipping costs nothing.")


def _wrong_with_repeating(said: Said, *, is_repeated: bool) -> str:
    if is_repeated and not said.again_because.strip():
        return sentence(
            "This was asked a short time ago. Say why it has to be asked again, or take the shorter way."
        )
    return wrong.too_long(said.again_because)


def _wrong_with(question: Question, answer: Answer, before: Known | None, afresh: Collection[str]) -> str:
    if answer.state not in STATES or answer.how not in HOWS:
        return sentence("Choose an answer, or say why there is none.")
    if len(answer.text) > limit("long_answer"):
        return wrong.too_long(answer.text, limit("long_answer"))
    return _wrong_with_state(question, answer) or _wrong_with_earlier(question, answer, before, afresh)


def _wrong_with_state(question: Question, answer: Answer) -> str:
    if answer.state == ANSWERED:
        return _wrong_with_value(question, answer.value)
    return (
        sentence("You give an answer, and say that there is none. Put one of the two right.")
        if answer.value
        else ""
    )


def _wrong_with_value(question: Question, value: str | tuple[str, ...]) -> str:
    if not value:
        return sentence("Choose an answer, or say why there is none.")
    if question.answers == "several":
        return _of_choices(value if isinstance(value, tuple) else (value,), question)
    if not isinstance(value, str):
        return sentence("Choose one answer.")
    if question.answers == "words":
        return wrong.too_long(value, limit("long_answer"))
    if question.answers == "date":
        return "" if _is_day(value) else sentence("Write a day such as 21 8 2026.")
    if question.answers in COUNTED:
        return _wrong_with_number(question, value)
    return _of_choices((value,), question)


def _of_choices(chosen: Collection[str], question: Question) -> str:
    offered = {choice.code for choice in question.choices} or YES_NO
    return "" if offered.issuperset(chosen) else sentence("Choose one of the answers.")


def _wrong_with_number(question: Question, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return sentence("Write a number.")
    if not number.is_finite() or (question.answers != "number" and number != int(number)):
        return sentence("Write a whole number.")
    if question.least is not None and number < question.least:
        return sentence("Write a number from %(least)s on.", least=question.least)
    if question.most is not None and number > question.most:
        return sentence("Write a number up to %(most)s.", most=question.most)
    return ""


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _wrong_with_earlier(
    question: Question, answer: Answer, before: Known | None, afresh: Collection[str]
) -> str:
    """An answer that rests on an earlier one needs that one; what is asked afresh rests on none."""
    if answer.how not in OF_BEFORE:
        return ""
    if before is None:
        return sentence("What you confirm is not known any more, or not shared. Ask it, and answer it here.")
    if answer.how == NO_LONGER:
        return (
            ""
            if answer.state != ANSWERED
            else sentence("Choose the new answer, or say that it is no longer true.")
        )
    if answer.how == "confirmed" and question.concept in afresh:
        return sentence("This has to be asked each time. Ask it, and answer it here.")
    if answer.how == "confirmed" and (answer.value, answer.state) != (before.answer.value, ANSWERED):
        return sentence("This is not what was said before. Change it, or confirm it as it was.")
    return ""
