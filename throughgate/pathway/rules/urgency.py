"""Who needs somebody first, and why: an order of named reasons, never a probability.

The first reason that one person has and another has not puts them apart, whatever comes after it. It only
orders; nobody gets less for standing further down. What is not known counts as a reason, and never as safe.
Source: domain notes, section 5d.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from throughgate.pathway.rules.facts import UNSAID, CoverState, Item, Progress, Step
from throughgate.pathway.rules.readiness import is_confirmed
from throughgate.pathway.rules.situation import Situation

ENDS_SOON = 3  # days to the end of medicine with nobody booked
FIRST_DAYS = 14  # after leaving, in which most of the deaths fall
CLOSE = 7  # days before leaving
AT_THE_GATE = 2  # days before leaving: 48 hours
FIRST_WEEKS = 28  # after leaving


class Reason(NamedTuple):
    key: str
    label: str
    category: str  # who may not see it is told at most that a step is late; "" anybody may
    holds: Callable[[Situation, Sequence[Step]], bool]


def _cover(state: CoverState) -> Callable[[Situation, Sequence[Step]], bool]:
    return lambda situation, _steps: situation.cover.state is state


def _ends_soon(situation: Situation, _steps: Sequence[Step]) -> bool:
    cover = situation.cover
    is_open = cover.state in {CoverState.ENDS, CoverState.NOT_KNOWN}
    return is_open and cover.until is not None and (cover.until - situation.on).days <= ENDS_SOON


def _told_self_harm(_situation: Situation, steps: Sequence[Step]) -> bool:
    return any(step.code == "talk_today" and step.is_open for step in steps)


def _cannot_wait(category: str) -> Callable[[Situation, Sequence[Step]], bool]:
    return lambda _situation, steps: any(
        step.told and step.is_open and step.category == category for step in steps
    )


def _not_reached(_situation: Situation, steps: Sequence[Step]) -> bool:
    return any(step.code == "outreach" and step.is_open for step in steps)


def _silence(_situation: Situation, steps: Sequence[Step]) -> bool:
    return any(step.code.startswith("contact_") and step.progress is Progress.LATE for step in steps)


def _cover_not_known(situation: Situation, _steps: Sequence[Step]) -> bool:
    is_near = _is_near(situation, before=CLOSE, after=FIRST_WEEKS)
    return is_near and situation.cover.state is CoverState.NOT_KNOWN


def _nowhere(situation: Situation, _steps: Sequence[Step]) -> bool:
    return _is_near(situation, before=CLOSE, after=1) and situation.cover.is_placed is False


def _shut(situation: Situation, _steps: Sequence[Step]) -> bool:
    on = situation.on
    runs = (run for run in situation.cover.shut.values() if not run.is_agreed)
    return any((run.first - on).days <= CLOSE and run.last >= on for run in runs)


def _first_days(situation: Situation, _steps: Sequence[Step]) -> bool:
    return situation.days_out is not None and situation.days_out <= FIRST_DAYS


def _no_home(situation: Situation, _steps: Sequence[Step]) -> bool:
    return _is_near(situation, before=AT_THE_GATE, after=FIRST_DAYS) and _lacks(situation, Item.HOME)


def _no_naloxone(situation: Situation, _steps: Sequence[Step]) -> bool:
    return _is_near(situation, before=CLOSE, after=FIRST_WEEKS) and _lacks(situation, Item.NALOXONE)


def _nobody_meets(situation: Situation, _steps: Sequence[Step]) -> bool:
    return _is_near(situation, before=AT_THE_GATE, after=0) and _lacks(situation, Item.MEETING)


def _leaves_soon(situation: Situation, _steps: Sequence[Step]) -> bool:
    return situation.days_left is not None and situation.days_left <= CLOSE


def _late(_situation: Situation, steps: Sequence[Step]) -> bool:
    return any(step.progress is Progress.LATE and step.category not in UNSAID for step in steps)


def _is_near(situation: Situation, *, before: int, after: int) -> bool:
    """Whether they leave within so many days, or left no longer ago than that."""
    left, out = situation.days_left, situation.days_out
    return (left is not None and left <= before) or (out is not None and out <= after)


def _lacks(situation: Situation, item: Item) -> bool:
    return not is_confirmed(situation.heard, item)


PRESSING = "cannot_wait"  # how the keys begin of what somebody told that cannot wait until the next day
TREATMENT = "treatment_medicines"
PLAN = "plan_appointments"
SAFETY = "safety_now"
# The order: the first goes before everything below it.
REASONS = (
    Reason("told_self_harm", "they said that they may hurt themself", SAFETY, _told_self_harm),
    *(
        Reason(
            f"{PRESSING}_{category}",
            "they told of something that cannot wait",
            category,
            _cannot_wait(category),
        )
        for category in (TREATMENT, "physical_health", "family")
    ),
    Reason("cover_broken", "medicine was missed three times in a row", TREATMENT, _cover(CoverState.BROKEN)),
    Reason("cover_ended", "medicine has run out", TREATMENT, _cover(CoverState.ENDED)),
    Reason("cover_ends_soon", "medicine ends within 3 days and nobody is booked", TREATMENT, _ends_soon),
    Reason("not_reached", "somebody tried to reach them and could not", PLAN, _not_reached),
    Reason("silence", "a contact was due and none is recorded", PLAN, _silence),
    Reason("first_days", "they left in the last 14 days", "custody_legal", _first_days),
    Reason("no_home", "nowhere to sleep is confirmed", "housing", _no_home),
    Reason("no_naloxone", "no naloxone is confirmed", TREATMENT, _no_naloxone),
    Reason("cover_not_known", "nobody knows how long medicine lasts", TREATMENT, _cover_not_known),
    Reason("nowhere", "no pharmacy is known to be open the day after they leave", TREATMENT, _nowhere),
    Reason("shut", "medicine is due on days the pharmacy is shut, or may be", TREATMENT, _shut),
    Reason("nobody_meets", "nobody is to meet them", PLAN, _nobody_meets),
    Reason("leaves_soon", "they leave within 7 days", "custody_legal", _leaves_soon),
    Reason("late", "a step is late", "", _late),
)


def urgency_of(situation: Situation, steps: Sequence[Step]) -> tuple[int, tuple[str, ...]]:
    """A number to sort by, higher first, and the keys of the reasons behind it in their order."""
    found = [reason.holds(situation, steps) for reason in REASONS]
    urgency = int("".join("1" if holds else "0" for holds in found), base=2)
    return urgency, tuple(reason.key for reason, holds in zip(REASONS, found, strict=True) if holds)
