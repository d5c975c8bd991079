"""What texts tell beside what a release pack tells: who somebody is, as lists ask it, answers and goals."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from throughgate.assessment.questions import concept_of
from throughgate.assessment.rules.answers import ANSWERED, NO_LONGER, Kept
from throughgate.assessment.rules.shapes import Answer
from throughgate.foundation.codesets import code_set
from throughgate.packs.rules import Fact, Topic
from throughgate.people.queries import Banner, KnownAs
from throughgate.team.queries import Plan

IDENTITY, EQUALITY = "identity_contact", "equality"
WANTED = frozenset({"", "agreed"})  # their own, or a worker's that they agree to


def details(banner: Banner) -> Iterator[Fact]:
    """Initials, birth date, sex and ethnic group, each by the newest identity that tells it."""
    for key, category, said in (
        ("initials", IDENTITY, _initials),
        ("birth", IDENTITY, _birth),
        ("sex", IDENTITY, _sex),
        ("ethnicity", EQUALITY, _ethnicity),
    ):
        teller = next((known for known in banner.known_as if said(known)), None)
        if teller:
            yield Fact(
                key=key,
                topic=Topic.DETAIL,
                category=category,
                said=said(teller),
                by=str(teller.organisation_id),
                at=teller.as_at.isoformat() if teller.as_at else "",
            )


def answers(kept: Iterable[Kept]) -> Iterator[Fact]:
    """The last word of each voice on each thing that was asked; nothing that is no longer so.

    Who answers that they do not know, or would rather not say, takes back what they said before.
    """
    last: dict[str, tuple[Kept, str, Answer]] = {}
    for entry in sorted(kept, key=lambda entry: (entry.at, entry.as_at, entry.entry_id)):
        for question, answer in entry.answers.items():
            if answer.state != "not_asked":
                last[_key(entry, question)] = (entry, question, answer)
    for key, (entry, question, answer) in last.items():
        if answer.state == ANSWERED and answer.how != NO_LONGER:
            yield _answer(key, entry, question, answer)


def goals(plan: Plan) -> Iterator[Fact]:
    """What they want that is still open, each with what is still to be done for it."""
    for goal in plan.goals:
        entry, line = goal.said.entry, goal.said.line
        if goal.is_open and line.agreed in WANTED:
            yield Fact(
                key=f"goal:{entry.kind.removeprefix('goal_')}:{goal.key}",
                topic=Topic.GOAL,
                category=entry.category,
                said={
                    "whose": line.whose,
                    "words": line.text,
                    "state": goal.word.line.state if goal.word else "",
                    "by": line.by_on.isoformat() if line.by_on else "",
                    "steps": [
                        task.said.line.text
                        for task in plan.tasks
                        if task.is_open and task.said.line.serves == goal.key
                    ],
                },
                by=str(entry.organisation_id),
                at=entry.as_at.isoformat(),
            )


def _key(entry: Kept, question: str) -> str:
    """By concept, where there is one: then it is the same thing whichever form asks for it."""
    voice = "self" if entry.way == "self" else f"{entry.way}:{entry.organisation_id}"
    concept = concept_of(entry.instrument, entry.version, question)
    return f"answer:{concept}:{voice}" if concept else f"asked:{entry.instrument}:{question}:{voice}"


def _answer(key: str, entry: Kept, question: str, answer: Answer) -> Fact:
    return Fact(
        key=key,
        topic=Topic.ANSWER,
        category=entry.category,
        said={
            "concept": concept_of(entry.instrument, entry.version, question),
            "instrument": entry.instrument,
            "version": entry.version,
            "question": question,
            "value": answer.value if isinstance(answer.value, str) else list(answer.value),
            "text": answer.text,
            "way": entry.way,
            "first_on": _first_on(entry, answer).isoformat(),
            "said_on": entry.said_on.isoformat(),
        },
        by=str(entry.organisation_id),
        at=entry.as_at.isoformat(),
    )


def _first_on(entry: Kept, answer: Answer) -> date:
    """What was confirmed stays said on its own day; a changed answer is a new one."""
    return (answer.first_on if answer.how == "confirmed" else None) or entry.said_on


def _initials(known: KnownAs) -> dict[str, Any]:
    names = {"first": known.first_name[:1].upper(), "last": known.last_name[:1].upper()}
    return names if all(names.values()) else {}


def _birth(known: KnownAs) -> dict[str, Any]:
    return {"on": known.birth_date.isoformat()} if known.birth_date else {}


def _sex(known: KnownAs) -> dict[str, Any]:
    return {"table": "sexes", "code": known.sex} if known.sex else {}


def _ethnicity(known: KnownAs) -> dict[str, Any]:
    """As the source writes it, which is kept; a label that a table knows by its code."""
    row = code_set("ethnicity_labels").get("prisoner-search", known.ethnicity)
    code = row["code"] if row else known.ethnicity
    return {"table": "ethnicities", "code": code} if code else {}
