"""What the pages of asking are sent: the controls of each question, made into answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from throughgate.assessment.rules.prefill import Prefill
from throughgate.assessment.rules.shapes import Answer, How, Question, State, Topic
from throughgate.foundation.ids import new_id
from throughgate.pages import typed
from throughgate.pages.recording import readers
from throughgate.pages.typed import PARTS
from throughgate.pages.wording import words as _
from throughgate.record.rules import Form

LONGEST_KEY = 120  # characters: what the record holds of it
LONGEST_ASKING = timedelta(minutes=30)  # about one topic; it counts as that, however long a page lay open
INSTEAD = "~"  # before what is said in place of an answer, among the choices of a question
STATES: Mapping[str, State] = {"not_known": "not_known", "prefer_not": "prefer_not", "not_asked": "not_asked"}
STILL: How = "confirmed"
CHANGED: How = "updated"
NO_LONGER: How = "no_longer"
INSTEADS = {INSTEAD + state for state in STATES}
Given = Mapping[str, str]


def control(question: Question) -> str:
    """What the controls of a question are named after."""
    return f"q_{question.code}"


def controls(question: Question) -> list[str]:
    """Every name that a browser may send of it."""
    name = control(question)
    days = [f"{name}_{part}" for part in PARTS] if question.answers == "date" else []
    return [name, f"{name}_else", f"{name}_words", f"{name}_was", *days]


class Typed(NamedTuple):
    """What stands in the controls of one question."""

    value: tuple[str, ...]
    instead: str  # one of the states, where it stands in place of an answer
    words: str
    was: str  # what is said of an earlier answer

    @property
    def is_empty(self) -> bool:
        return not (self.value or self.instead or self.words)


def kept(given: Given, topic: Topic) -> dict[str, str]:
    """Of what was sent, what a draft of the topic keeps."""
    names = ["form_key", readers.NAME, *(name for question in topic.questions for name in controls(question))]
    return {name: given[name] for name in names if given.get(name)}


def form(given: Given) -> Form:
    return Form(given.get("form_key", "")[:LONGEST_KEY])


def opened() -> Form:
    return Form(str(new_id()))


def seconds(form: Form, at: datetime) -> int:
    """How long the page was open, which its key tells; a page left lying is not time spent asking."""
    if form.opened is None:
        return 0
    opened_at = datetime.fromtimestamp((form.opened.int >> 80) / 1000, UTC)
    return int(min(max(at - opened_at, timedelta()), LONGEST_ASKING).total_seconds())


def read(question: Question, given: Given) -> Typed:
    """What was typed of one question."""
    name = control(question)
    value, instead = _value(question, given), given.get(f"{name}_else", "")
    if INSTEADS.issuperset(value):
        value, instead = (), "".join(value).removeprefix(INSTEAD) or instead
    return Typed(
        value=value,
        instead=instead if instead in STATES else "",
        words=given.get(f"{name}_words", "").strip(),
        was=given.get(f"{name}_was", ""),
    )


def _value(question: Question, given: Given) -> tuple[str, ...]:
    name = control(question)
    if question.answers == "date":
        parts = typed.day_in(given, name)
        return (parts.on.isoformat() if parts.on else "?",) if parts.is_given else ()
    text = given.get(name, "").strip()
    if question.answers == "several":
        return tuple(text.split())
    return (text,) if text else ()


def answers(
    questions: Sequence[Question], given: Given, earlier: Mapping[str, Prefill], *, all_unchanged: bool
) -> tuple[dict[str, Answer], dict[str, str]]:
    """What is to be kept of these questions, and a sentence for each question that has to be put right.

    What nobody touched is in neither: it stays what it was, said then and there.
    """
    said: dict[str, Answer] = {}
    wrong: dict[str, str] = {}
    for question in questions:
        found, was = read(question, given), earlier.get(question.code)
        if why := _why_not(question, found, was):
            wrong[control(question)] = why
        elif answer := _answer(question, found, was, all_unchanged=all_unchanged):
            said[question.code] = answer
    return said, wrong


def _answer(question: Question, found: Typed, was: Prefill | None, *, all_unchanged: bool) -> Answer | None:
    if not found.is_empty:
        return _fresh(question, found, was)
    if was is None:
        return None
    if found.was == NO_LONGER:
        return _no_longer(was)
    if found.was == STILL or (all_unchanged and was.with_all):
        return _still(was)
    return None


def _still(was: Prefill) -> Answer:
    """What was said before, and is still so."""
    return replace(was.known.answer, how=STILL, first=was.known.entry_id)


def _no_longer(was: Prefill) -> Answer:
    return Answer(state="not_asked", how=NO_LONGER, first=was.known.entry_id)


def _fresh(question: Question, found: Typed, was: Prefill | None) -> Answer:
    """What is answered now; where it differs from what was said before, with what it takes the place of."""
    value: str | tuple[str, ...] = found.value if question.answers == "several" else "".join(found.value)
    answer = Answer(state=STATES.get(found.instead, "answered"), value=value, text=found.words)
    if was is None or was.must_be_asked_afresh or value == was.known.answer.value:
        return answer
    return replace(answer, how=CHANGED, first=was.known.entry_id)


def _why_not(question: Question, found: Typed, was: Prefill | None) -> str:
    """Why what was typed cannot be kept; what the rules refuse, they say themselves."""
    if was and found.was and not found.is_empty:
        return _("You say what became of the earlier answer, and give another. Choose one of the two.")
    if found.value and found.instead:
        return _("You give an answer, and say that there is none. Choose one of the two.")
    if question.answers == "date" and found.value == ("?",):
        return _("Enter a day such as 27 3 2026, or leave it empty.")
    return ""
