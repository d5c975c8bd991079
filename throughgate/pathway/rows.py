"""How a plan stands in its row: days as they are, steps by their codes alone."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

from throughgate.foundation.codesets import code_set
from throughgate.foundation.working_days import holidays_by_division
from throughgate.pathway.rules import (
    CLOSED,
    Facts,
    Plan,
    Progress,
    Shut,
    Step,
    StepRow,
    readiness,
    step_rows,
)
from throughgate.pathway.rules.completion import item_of
from throughgate.record import queries as record

COLUMNS = (
    "shape",
    "custody_from",
    "leaves_on",
    "leaves_certainty",
    "was_leaving_on",
    "hearing_on",
    "left_on",
    "cover",
    "cover_until",
    "seen_on",
    "steps",
    "missing",
    "urgency",
    "reasons",
)
# Django leaves jsonb from a bare cursor as text; json it parses.
AS_READ = ", ".join(f"plan.{name}" for name in COLUMNS)
STEPS_KEPT = 50_000  # a list shows a thousand, and the steps of one day are much the same for everybody
IMPOSSIBLE = "impossible"  # at the end of a line: it was so from the first
TOLD, CHECK = "told", "check"  # whether days it is about are known to be such


@cache
def known_steps() -> Mapping[str, StepRow]:
    """The rows of the code set by their codes, read once, in the order of the file."""
    return {row.code: row for row in step_rows(code_set("pathway_steps").rows)}


@cache
def kinds_that_complete() -> list[str]:
    """The kinds of entry that complete a step, as the code set names them."""
    told = (row.completed_by.partition(":") for row in known_steps().values())
    return sorted({kind for what, _, kind in told if what == "entry"})


@cache
def kinds_of_a_pack() -> list[str]:
    """The kinds of entry that a release pack tells, and those by which it may not tell where they live."""
    protecting = (kind for kind, category in record.kinds().items() if category == "protected_contact")
    return [*code_set("pack_kinds").labels(), *protecting]


@cache
def holidays() -> Mapping[str, frozenset[date]]:
    """The bank holidays of each division, read once."""
    return holidays_by_division(code_set("bank_holidays").rows)


def row_of(facts: Facts, plan: Plan) -> tuple[Any, ...]:
    """What the row of a plan holds, in the order of `COLUMNS`."""
    return (
        plan.shape.value,
        facts.custody_from,
        plan.leaves_on,
        facts.leaves_certainty,
        plan.was_leaving_on,
        plan.hearing_on,
        plan.left_on,
        plan.cover.value,
        plan.cover_until,
        plan.seen_on,
        "\n".join(map(_written, plan.steps)),
        sum(step.is_open for step in readiness(plan.steps).values()),
        plan.urgency,
        " ".join(plan.reasons),
    )


def _written(step: Step) -> str:
    """ "quiet 2026-12-03 late"; after it that it was impossible, or the days it is about."""
    words = f"{step.code} {step.due_on} {step.progress}"
    if step.shut:
        return f"{words} {_written_days(step.shut)}"
    return f"{words} {IMPOSSIBLE}" if step.is_impossible else words


def _written_days(days: Shut) -> str:
    """ "2026-12-25/2026-12-28 check", with the days of the week after it where it is so every week."""
    words = f"{days.first}/{days.last} {TOLD if days.is_told else CHECK}"
    return f"{words} {days.key}" if days.weekdays else words


def _read_days(span: str, how: str, weekdays: str = "") -> Shut:
    days = Shut.read(span)
    return replace(days, is_told=how == TOLD, weekdays=tuple(map(int, weekdays)))


def read_steps(written: str) -> Iterator[Step]:
    """The steps of a row, as the rules had them."""
    return map(_read, written.splitlines())


@lru_cache(STEPS_KEPT)
def _read(line: str) -> Step:
    code, due_on, progress, *more = line.split()
    days = _read_days(*more) if len(more) > 1 else None
    row = known_steps()[code]
    return Step(
        code=code,
        due_on=date.fromisoformat(due_on),
        progress=Progress(progress),
        stage=row.stage,
        category=row.category,
        item=item_of(row.completed_by),
        told=row.told,
        is_impossible=more == [IMPOSSIBLE],
        is_verified=row.verified,
        shut=replace(days, is_agreed=progress in CLOSED) if days else None,
    )
