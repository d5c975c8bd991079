"""Plans as pages read them, for the tests of what they say."""

from datetime import date
from typing import Any

from throughgate.pages.wording import current
from throughgate.pathway.queries import HIDDEN_HEALTH, HIDDEN_OTHER, PlanLine
from throughgate.pathway.rules import CoverState, Progress, Shape, Step

ON = date(2026, 11, 20)
GATE = date(2026, 12, 3)
_ = current()
ALL = frozenset({"custody_legal", "treatment_medicines", "plan_appointments", "housing"})


def step(code: str, due_on: date, progress: Progress = Progress.NOT_STARTED, **rest: Any) -> Step:
    told = {"stage": "before_release", "category": "plan_appointments", **rest}
    return Step(code=code, due_on=due_on, progress=progress, **told)


def plan(*found: Step, **rest: Any) -> PlanLine:
    told: dict[str, Any] = {
        "shape": Shape.PLANNED,
        "custody_from": None,
        "leaves_on": GATE,
        "leaves_certainty": "confirmed",
        "was_leaving_on": None,
        "hearing_on": None,
        "left_on": None,
        "cover": CoverState.NONE,
        "cover_until": None,
        "seen_on": None,
        "missing": 0,
        "urgency": 0,
        "reasons": (),
        "moved": None,
        "refreshed_on": ON,
    }
    return PlanLine(steps=found, **{**told, **rest})


GP = step("gp", date(2026, 11, 5), Progress.LATE, item="gp", category="physical_health")
MEETING = step("meeting", date(2026, 12, 1), item="meeting")
HOME = step("home", date(2026, 11, 26), Progress.IN_HAND, item="home", category="housing")
HOME_OPEN = step("home", date(2026, 11, 26), item="home", category="housing")
NALOXONE = step("naloxone", date(2026, 11, 26), Progress.CONFIRMED, item="naloxone")
CLAIM = step("benefit_claim", date(2026, 11, 19), Progress.NOT_KNOWN)
OTHER = Step(code=HIDDEN_OTHER, due_on=ON, progress=Progress.LATE, stage="", category="")
HEALTH = Step(code=HIDDEN_HEALTH, due_on=ON, progress=Progress.LATE, stage="", category="")
