"""A person's pathway: which steps of `pathway_steps` are theirs, when each is due, and how far it is."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter

from throughgate.foundation.working_days import is_working_day, working_day_after, working_day_before
from throughgate.pathway.rules.completion import completion, item_of
from throughgate.pathway.rules.conditions import CONDITIONS, condition
from throughgate.pathway.rules.facts import CLOSED, UNTIL_TALKED, Facts, Plan, Progress, Shape, Step, StepRow
from throughgate.pathway.rules.limits import limit
from throughgate.pathway.rules.situation import Situation, anchors_of, situation_of
from throughgate.pathway.rules.urgency import urgency_of

DIVISION = "england-and-wales"  # of the bank holidays
SHOWN_AFTER = timedelta(days=14)  # how long a step is asked about that nothing we are told can complete
DAYS_OFF: dict[str, Callable[[date, Container[date]], date]] = {
    "before": working_day_before,
    "after": working_day_after,
}
ONCE = frozenset({"custody_start", "release", "left"})  # what is counted from another day may fall due again
MOVABLE = frozenset({"release", "date_moved"})  # anchors of which the first word may come late
BY_DAY = attrgetter("due_on")


def step_rows(rows: Iterable[Mapping[str, str]]) -> tuple[StepRow, ...]:
    """The code set's rows. Raises: KeyError or ValueError for a name no rule knows."""
    return tuple(map(_row, rows))


def plan_for(
    facts: Facts, *, on: date, rows: Sequence[StepRow], holidays: Mapping[str, frozenset[date]]
) -> Plan | None:
    """Their pathway as it stands on that day; None if they are neither in custody nor lately out, or died."""
    situation = situation_of(facts, on=on, holidays=holidays.get(DIVISION, frozenset()))
    if situation is None:
        return None
    steps = tuple(steps_for(situation, rows))
    urgency, reasons = urgency_of(situation, steps)
    return Plan(
        shape=situation.shape,
        leaves_on=facts.leaves_on,
        was_leaving_on=facts.was_leaving_on,
        hearing_on=situation.hearing_on,
        left_on=facts.left_on,
        cover=situation.cover.state,
        cover_until=situation.cover.until,
        seen_on=situation.cover.seen_on,
        steps=steps,
        urgency=urgency,
        reasons=reasons,
    )


def steps_for(situation: Situation, rows: Iterable[StepRow]) -> list[Step]:
    """Soonest first, done ones too; those of one day in the order of the rows."""
    anchors = anchors_of(situation)
    theirs = [row for row in rows if row.anchor in anchors and _is_theirs(row, situation)]
    made = ((row, _step(row, anchors[row.anchor], situation)) for row in theirs)
    steps = [(row, step) for row, step in made if step]
    begun = {step.code for _row, step in steps if step.due_on <= situation.on}
    return sorted(
        (step for row, step in steps if not (step.is_open and row.gives_way_to in begun)), key=BY_DAY
    )


def _is_theirs(row: StepRow, situation: Situation) -> bool:
    """Where it is not known in which nation they are, the steps of both are theirs."""
    return (
        (not row.shapes or situation.shape in row.shapes)
        and (row.nation == "both" or situation.facts.nation in {"", row.nation})
        and condition(row.applies_when)(situation)
    )


def _step(row: StepRow, anchor: date, situation: Situation) -> Step | None:
    due_on = due_day(row, anchor, situation.holidays)
    progress = _progress(row, anchor, due_on, situation)
    if _is_past(row, anchor, progress, situation):
        return None
    if not row.completed_by and progress not in CLOSED and situation.on - due_on > SHOWN_AFTER:
        return None
    return Step(
        code=row.code,
        due_on=due_on,
        progress=progress,
        stage=row.stage,
        category=row.category,
        item=item_of(row.completed_by),
        told=row.told,
        is_impossible=progress not in CLOSED and due_on < _known_from(row, situation.facts),
        is_verified=row.verified,
        shut=situation.cover.shut.get(row.anchor),
    )


def _is_past(row: StepRow, anchor: date, progress: Progress, situation: Situation) -> bool:
    """Whether it is about what they told in a custody before, or long before this one.

    What was told of self-harm is not, until somebody has written what was done.
    """
    facts = situation.facts
    if row.anchor not in facts.told or facts.custody_from is None:
        return False
    is_over = row.anchor not in UNTIL_TALKED or progress in CLOSED
    return is_over and facts.custody_from - anchor > timedelta(days=limit("told_before"))


def due_day(row: StepRow, anchor: date, holidays: Container[date]) -> date:
    """The day a step falls on that is counted from that day."""
    due_on = anchor + timedelta(days=row.offset_days)
    if not row.working_day or is_working_day(due_on, holidays):
        return due_on
    return DAYS_OFF[row.working_day](due_on, holidays)


def _progress(row: StepRow, anchor: date, due_on: date, situation: Situation) -> Progress:
    """What nothing but a word by hand can complete is never late: from its day on nobody knows."""
    progress = completion(row.completed_by)(situation, anchor)
    if progress is not Progress.CONFIRMED:
        progress = _by_hand(row, due_on, situation.facts) or progress
    if due_on >= situation.on or progress in CLOSED:
        return progress
    return Progress.LATE if row.completed_by else Progress.NOT_KNOWN


def _by_hand(row: StepRow, due_on: date, facts: Facts) -> Progress | None:
    """What a worker said of it: in this custody, or of a step that comes again, of this time."""
    said = facts.settled.get(row.code)
    if said is None:
        return None
    if row.anchor in ONCE:
        return said.progress if said.told_on >= (facts.custody_from or date.min) else None
    return said.progress if said.due_on == due_on else None


def _known_from(row: StepRow, facts: Facts) -> date:
    """The first day on which a step of the day of release could have been done in time."""
    if row.anchor not in MOVABLE:
        return date.min
    return max(facts.custody_from or date.min, facts.leaves_told_on or date.min)


def _row(cells: Mapping[str, str]) -> StepRow:
    row = StepRow(
        code=cells["code"],
        label=cells["label"],
        why=cells["why"],
        stage=cells["stage"],
        anchor=cells["anchor"],
        offset_days=int(cells["offset_days"]),
        working_day=cells["working_day"],
        shapes=frozenset(Shape(shape) for shape in cells["shapes"].split("|") if shape),
        applies_when=cells["applies_when"],
        completed_by=cells["completed_by"],
        gives_way_to=cells["gives_way_to"],
        role=cells["role"],
        category=cells["category"],
        nation=cells["nation"],
        verified=cells["verified"] == "yes",
        source=cells["source"],
    )
    if not _is_known(row):
        raise ValueError(f"Step {row.code} names what no rule knows.")
    return row


def _is_known(row: StepRow) -> bool:
    completion(row.completed_by)
    return row.applies_when.partition(":")[0] in CONDITIONS and row.working_day in {"", *DAYS_OFF}
