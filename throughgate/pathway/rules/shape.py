"""What kind of leaving somebody is to be ready for."""

from datetime import date, timedelta

from throughgate.custody.rules import StandingKind
from throughgate.pathway.rules.facts import Facts, Shape

FOLLOWED = timedelta(days=378)  # to the review after a year (issue 6), and two weeks to hold it in
SHORT = timedelta(days=84)  # no room for the window of twelve weeks (PS-11)
NOT_INSIDE = frozenset(
    {
        "",
        StandingKind.NOT_IN_CUSTODY,
        StandingKind.RECALL_ISSUED,  # not back yet, and a plan for coming back would tip them off
        StandingKind.DIED_REPORTED,
    }
)
ANY_HEARING = frozenset(
    {StandingKind.REMAND, StandingKind.AWAITING_SENTENCE, StandingKind.CIVIL, StandingKind.IMMIGRATION}
)


def shape_of(facts: Facts, *, on: date) -> Shape | None:
    """None for those with no pathway: never inside, out for more than half a year, or dead."""
    if facts.died or facts.standing == StandingKind.DIED_REPORTED:
        return None
    if facts.left_on is not None:
        return Shape.OUT if on - facts.left_on <= FOLLOWED else None
    if facts.standing in NOT_INSIDE:
        return None
    return _inside(facts)


def _inside(facts: Facts) -> Shape:
    """Where the standing is unknown, as for a sentence: that asks for most."""
    if facts.standing in ANY_HEARING:
        return Shape.REMAND
    if facts.standing == StandingKind.BACK_ON_RECALL:
        return Shape.RECALL
    if facts.leaves_on is None:
        return Shape.OPEN
    is_short = facts.custody_from is not None and facts.leaves_on - facts.custody_from < SHORT
    return Shape.SHORT if is_short else Shape.PLANNED
