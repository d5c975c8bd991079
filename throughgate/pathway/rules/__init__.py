"""The pure rules of the pathway. No database, no clock; rows of data and bank holidays are passed in."""

from throughgate.pathway.rules.changes import Difference, difference
from throughgate.pathway.rules.cover import Cover, cover_of
from throughgate.pathway.rules.facts import (
    BY_HAND,
    CLOSED,
    Answered,
    CoverState,
    Facts,
    Item,
    Pack,
    Plan,
    Progress,
    Ready,
    Settled,
    Shape,
    Shut,
    Step,
    StepRow,
    Supply,
)
from throughgate.pathway.rules.readiness import readiness
from throughgate.pathway.rules.release_day import presumed_day
from throughgate.pathway.rules.settling import wrong_with_word
from throughgate.pathway.rules.shape import FOLLOWED
from throughgate.pathway.rules.steps import DIVISION, plan_for, step_rows
from throughgate.pathway.rules.urgency import REASONS, Reason

__all__ = [
    "BY_HAND",
    "CLOSED",
    "DIVISION",
    "FOLLOWED",
    "REASONS",
    "Answered",
    "Cover",
    "CoverState",
    "Difference",
    "Facts",
    "Item",
    "Pack",
    "Plan",
    "Progress",
    "Ready",
    "Reason",
    "Settled",
    "Shape",
    "Shut",
    "Step",
    "StepRow",
    "Supply",
    "cover_of",
    "difference",
    "plan_for",
    "presumed_day",
    "readiness",
    "step_rows",
    "wrong_with_word",
]
