"""An answer as it would be typed into the controls of its question."""

from throughgate.assessment.rules.shapes import Answer, Question
from throughgate.pages import typed
from throughgate.pages.assessment import forms, said
from throughgate.pages.recording.fields import day_typed


def as_typed(question: Question, answer: Answer) -> dict[str, str]:
    name = forms.control(question)
    if answer.how in (forms.STILL, forms.NO_LONGER):
        return {f"{name}_was": answer.how}
    words = {f"{name}_words": answer.text} if answer.text else {}
    return {**_value(question, answer, name), **words}


def _value(question: Question, answer: Answer, name: str) -> dict[str, str]:
    if answer.state != "answered" and said.is_picked(question):
        return {name: forms.INSTEAD + answer.state}
    if answer.state != "answered":
        return {f"{name}_else": answer.state}
    if question.answers == "date":
        return day_typed(name, typed.day(str(answer.value)))
    return {name: answer.value if isinstance(answer.value, str) else " ".join(answer.value)}
