"""What a day that moved did to somebody's steps: "6 steps earlier, 2 of them now impossible"."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from throughgate.pathway.rules.facts import Step, StepRow
from throughgate.pathway.rules.steps import due_day


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How many steps; what is done stays done, whatever moves, and does not count."""

    earlier: int
    later: int
    impossible: int  # of the earlier ones: could be done in time before, and cannot any more


def difference(
    steps: Iterable[Step],
    *,
    was_on: date,
    custody_from: date | None,
    rows: Mapping[str, StepRow],
    holidays: Container[date],
) -> Difference:
    """Between the steps as they stand and as they stood for the day told before.

    Nothing is kept of the plan for that day: when each step was due in it follows from the day alone.
    """
    since = custody_from or date.min
    hanging = (step for step in steps if step.code in rows and rows[step.code].anchor == "release")
    still_open = (step for step in hanging if step.is_open)
    moved = [(due_day(rows[step.code], was_on, holidays), step) for step in still_open]
    return Difference(
        earlier=sum(step.due_on < was_due for was_due, step in moved),
        later=sum(step.due_on > was_due for was_due, step in moved),
        impossible=sum(step.is_impossible and step.due_on < was_due >= since for was_due, step in moved),
    )
