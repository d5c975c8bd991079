"""What a changed day does to somebody's pathway: "six steps earlier, two now impossible"."""

from dataclasses import dataclass

from throughgate.pathway.rules.facts import Plan, Progress, Step


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How many steps. One that is now impossible counts as earlier or new, too."""

    earlier: int
    later: int
    new: int
    gone: int
    impossible: int  # could be done in time before, and cannot any more


def difference(before: Plan, after: Plan) -> Difference:
    """Between what is still open in the two; what is done stays done, whatever moves."""
    was, now = _open(before), _open(after)
    both = [(was[code], now[code]) for code in was.keys() & now.keys()]
    impossible = {code for code, step in now.items() if step.is_impossible}
    return Difference(
        earlier=sum(new.due_on < old.due_on for old, new in both),
        later=sum(new.due_on > old.due_on for old, new in both),
        new=len(now.keys() - was.keys()),
        gone=len(was.keys() - now.keys()),
        impossible=len(impossible - {code for code, step in was.items() if step.is_impossible}),
    )


def _open(plan: Plan) -> dict[str, Step]:
    return {step.code: step for step in plan.steps if step.progress is not Progress.CONFIRMED}
