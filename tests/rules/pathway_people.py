"""People on their way out, for the tests of the pathway's rules. Days are counted from D0."""

from datetime import date, timedelta
from typing import Any

from throughgate.directory.places import usual_hours
from throughgate.directory.rules import Hours, week
from throughgate.foundation.codesets import code_set
from throughgate.foundation.working_days import holidays_by_division
from throughgate.pathway.rules import (
    DIVISION,
    Answered,
    Facts,
    Item,
    Plan,
    Progress,
    Ready,
    Step,
    StepRow,
    Supply,
    plan_for,
    step_rows,
)

D0 = date(2026, 11, 18)  # a Wednesday, and two weeks around it have no bank holiday
ROWS = step_rows(code_set("pathway_steps").rows)
HOLIDAYS = holidays_by_division(code_set("bank_holidays").rows)
USUAL = usual_hours("england")
CONFIRMED, IN_HAND, NOT_STARTED = Progress.CONFIRMED, Progress.IN_HAND, Progress.NOT_STARTED
LATE, NOT_KNOWN, NOT_NEEDED = Progress.LATE, Progress.NOT_KNOWN, Progress.NOT_NEEDED


def day(days: int) -> date:
    """Counted from D0."""
    return D0 + timedelta(days=days)


def inside(*, came: int = -200, leaves: int | None = 16, **more: Any) -> Facts:
    """Sentenced, and leaving in two weeks unless something else is said."""
    leaves_on = None if leaves is None else day(leaves)
    facts: dict[str, Any] = {
        "standing": "sentenced",
        "custody_from": day(came),
        "leaves_on": leaves_on,
        "nation": "england",
    }
    return Facts(**{**facts, **more})


def out(*, left: int, **more: Any) -> Facts:
    facts: dict[str, Any] = {
        "standing": "not_in_custody",
        "custody_from": day(left - 100),
        "left_on": day(left),
    }
    return Facts(**{**facts, "leaves_on": day(left), "nation": "england", **more})


def said(progress: Progress, *, told: int = -1, on: int | None = None) -> Ready:
    return Ready(progress=progress, told_on=day(told), on=None if on is None else day(on))


def medicine(until: int | None, *, name: str = "Methadone", **more: Any) -> Supply:
    return Supply(medicine=name, until=None if until is None else day(until), **more)


def hours(written: str) -> Hours:
    """As a place writes them, with the days on which its week says nothing."""
    told = holidays_by_division([*code_set("bank_holidays").rows, *code_set("closing_days").rows])
    return Hours(week(written), told[DIVISION])


def at_pharmacy(written: str, *, until: date | None = None, **more: Any) -> Supply:
    """Taken each day in front of a pharmacist who opens so; "" nobody says where."""
    told = {"is_placed": True, "hours": hours(written)} if written else {"hours": USUAL}
    return Supply(**{"medicine": "Methadone", "until": until, "is_collected": True, **told, **more})


def answered(stage: str, begun: int, *, whole: int | None = 0) -> dict[str, Answered]:
    """Something of it was answered that day; all of it then too, unless something else is said."""
    whole_on = None if whole is None else day(min(begun, whole))
    return {stage: Answered(begun_on=day(begun), whole_on=whole_on)}


def missed(*days: int) -> dict[date, bool]:
    """Medicine was to be collected on these days, and was not."""
    return dict.fromkeys(map(day, days), False)


def booked(on: int) -> dict[Item, Ready]:
    """An appointment confirmed for that day, and nothing else told."""
    return {Item.APPOINTMENT: said(CONFIRMED, on=on)}


def plan(facts: Facts, *, on: date = D0, rows: tuple[StepRow, ...] = ROWS) -> Plan:
    found = plan_for(facts, on=on, rows=rows, holidays=HOLIDAYS)
    assert found is not None
    return found


def step(facts: Facts, code: str, *, on: date = D0) -> Step:
    return steps(facts, on=on)[code]


def steps(facts: Facts, *, on: date = D0) -> dict[str, Step]:
    return {each.code: each for each in plan(facts, on=on).steps}
