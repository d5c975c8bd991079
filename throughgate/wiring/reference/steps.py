"""The steps of the pathway: when each is due, for whom, why, and what shows that it is done."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from throughgate.assessment import instruments
from throughgate.foundation.codesets import Row, code_set
from throughgate.pathway.rules import REASONS, Shape
from throughgate.pathway.rules.completion import QUESTIONS
from throughgate.pathway.rules.conditions import CONDITIONS
from throughgate.wiring.reference import sources
from throughgate.wiring.reference.markdown import code, paragraphs, table

HEAD = """\
# Steps of the pathway

What is expected on somebody's way from reception through the gate to a year after, as the rows of
`pathway_steps` say. They are worked out from what is known on a day, and never stored as a truth: when a day
moves, every step moves with it. *Local practice: check* stands where the source was not verified, and pages
say so too. Days are counted on the calendar."""
STAGES = {
    "arrival": "Arrival",
    "in_custody": "In custody",
    "before_release": "Before release",
    "the_day": "The day",
    "after": "After",
}
ANCHORS = {
    "custody_start": "coming into custody",
    "release": "the day they leave on",
    "date_moved": "the day on which that day moved",
    "hearing": "the next day in court",
    "day_passed": "the day they were to leave on, once it has passed",
    "last_word": "the last day anything was written",
    "pack_outdated": "the day on which something was told that the pack tells",
    "left": "the day they left",
    "missed": "the last day they were not reached",
    "cover_end": "the day the first medicine ends",
    "shut_days": "the first of some days on which medicine is due and the pharmacy is shut, or may be",
    "shut_weekly": "the first day, once they have left, of those on which the pharmacy is shut each week",
    "shut_injection": "the day an injection is due, where the pharmacy is shut then, or may be",
    "ask_again": "the day to ask again what was said before they had settled",
    "hard_day": "the next day that they said is hard for them",
    "told_self_harm": "the day they said that they may hurt themself, until a worker writes what was done",
    **{
        f"told_{concept.code}": f"the day they said so: {concept.label[:1].lower()}{concept.label[1:]}"
        for concept in instruments.concepts().values()
    },
    **{
        f"answer_{code}": "the day by which a service was to answer a referral"
        for code in code_set("categories").labels()
    },
    **{
        f"meet_{code}": "the day on which a service took a referral on, until it has met the person"
        for code in code_set("categories").labels()
    },
    "today": "at once, and until it is done",
}
DAYS_OFF = {
    "": "",
    "before": ", or the working day before",
    "after": ", or the working day after",
}
SHAPES = """\
Each person has the steps of one shape. A shape that a step does not name does not have it; where none is
named, all do."""
DONE = """\
A step is *confirmed* when what the column *done when* asks for is so; *late* when its day has passed and it
is not; else *in hand*, *not started* or *not known*, as the last word on its item says. A number counts from
the day the step itself is counted from: `contact:2` is a contact on the second day after it, or later."""
URGENCY = """\
Who needs somebody first. It is an order and never a probability: the first reason that one person has and
another has not puts them apart, whatever comes after it."""


def page() -> str:
    return paragraphs(
        HEAD,
        *(part for stage, title in STAGES.items() for part in _stage(stage, title)),
        "## Shapes",
        SHAPES,
        table(
            ("shape", ""), ((code(Shape[name]), remark) for name, remark in sources.remarks(Shape).items())
        ),
        "## When a step applies",
        table(
            ("name", "so long as"), ((code(name), _says(rule)) for name, rule in CONDITIONS.items() if name)
        ),
        "## When a step is done",
        DONE,
        table(("name", "done when"), _completions()),
        "## Urgency",
        URGENCY,
        table(
            ("reason", "in words", "category"), ((code(r.key), r.label, code(r.category)) for r in REASONS)
        ),
    )


def _stage(stage: str, title: str) -> Iterator[str]:
    yield f"## {title}"
    rows = [_step(row) for row in code_set("pathway_steps").rows if row["stage"] == stage]
    head = ("step", "why", "due", "who", "for", "if", "done when", "category", "source", "")
    yield table(head, rows)


def _step(row: Row) -> tuple[str, ...]:
    return (
        f"**{row['label']}** {code(row['code'])}",
        row["why"],
        _due(row),
        row["role"],
        _whose(row),
        code(row["applies_when"]),
        code(row["completed_by"]),
        code(row["category"]),
        row["source"],
        "" if row["verified"] == "yes" else "local practice: check",
    )


def _whose(row: Row) -> str:
    nation = "" if row["nation"] == "both" else row["nation"]
    return ", ".join(filter(None, [*row["shapes"].split("|"), nation]))


def _due(row: Row) -> str:
    days, anchor = int(row["offset_days"]), ANCHORS[row["anchor"]]
    off = DAYS_OFF[row["working_day"]]
    if days == 0:
        return f"{anchor}{off}"
    return (
        f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'after' if days > 0 else 'before'} {anchor}{off}"
    )


def _completions() -> Iterator[tuple[str, str]]:
    for name, question in QUESTIONS.items():
        yield code(name) or "nothing", _says(question.ask)


def _says(rule: Callable[..., Any]) -> str:
    return inspect.getdoc(rule) or ""
