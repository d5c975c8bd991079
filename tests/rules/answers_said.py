"""Answers to make examples of: a form of a few questions, what is known, and what a page sends."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from throughgate.assessment.rules.answers import Kept, Said
from throughgate.assessment.rules.shapes import Answer, Choice, Concept, Question, Topic

TODAY = date(2026, 11, 2)
US, THEM = UUID(int=1), UUID(int=2)
YES, NO = Answer(state="answered", value="yes"), Answer(state="answered", value="no")
CONCEPTS = {
    code: Concept(code=code, label=code, category=category, stale_after_days=days, afresh=afresh)
    for code, category, days, afresh in (
        ("tenancy", "housing", 90, False),
        ("tonight", "housing", 1, True),
        ("drinks", "treatment_medicines", 30, False),
    )
}


def question(code: str, answers: Any = "yes_no", category: str = "housing", **rest: Any) -> Question:
    concept = code if code in CONCEPTS else ""
    category = CONCEPTS[code].category if concept else category
    return Question(code=code, text=code, answers=answers, concept=concept, category=category, **rest)


HOME = Topic(
    code="home",
    title="Home",
    intro="",
    category="housing",
    questions=(
        question("tenancy"),
        question("tonight", "words"),
        question("drinks", "several", choices=(Choice(code="beer", label=""), Choice(code="wine", label=""))),
        question("rooms", "number", least=1, most=9),
    ),
)


def said(answers: dict[str, Answer], **rest: Any) -> Said:
    usual: dict[str, Any] = {
        "sitting": UUID(int=70),
        "instrument": "standard",
        "version": "1",
        "topic": "home",
        "way": "worker",
        "setting": "custody",
    }
    return Said(answers=answers, **usual | rest)


def kept(answers: dict[str, Answer], *, number: int = 1, on: date = TODAY, **rest: Any) -> Kept:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    usual: dict[str, Any] = {
        "category": "housing",
        "organisation_id": US,
        "recorded_by": UUID(int=3),
        "only_for": (),
        "sitting": UUID(int=70),
        "instrument": "standard",
        "version": "1",
        "stage": "comprehensive",
        "topic": "home",
        "way": "worker",
        "setting": "custody",
        "for_court": False,
        "seconds": 60,
        "again_because": "",
    }
    made = {"entry_id": UUID(int=number), "at": at, "as_at": at, "said_on": on, "answers": answers}
    return Kept(**usual | made | rest)


def concept_of(instrument: str, version: str, code: str) -> str:
    return code if code in CONCEPTS else ""


def days_before(days: int) -> date:
    return TODAY - timedelta(days=days)
