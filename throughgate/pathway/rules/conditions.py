"""When a row of `pathway_steps` applies: the names its column `applies_when` may hold.

What stands after a colon says what is asked about, such as "told_lately:nicotine".
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial

from throughgate.custody.rules import StandingKind
from throughgate.pathway.rules.facts import TOLD, CoverState
from throughgate.pathway.rules.limits import limit
from throughgate.pathway.rules.release_day import is_before_days_off, is_day_off, may_leave_earlier
from throughgate.pathway.rules.situation import Situation

Condition = Callable[[Situation], bool]


def always(_situation: Situation) -> bool:
    """Always."""
    return True


def no_day_told(situation: Situation) -> bool:
    """No day to leave on is told."""
    return situation.facts.leaves_on is None


def no_hearing_told(situation: Situation) -> bool:
    """No day in court is told."""
    return situation.hearing_on is None


def day_to_come(situation: Situation) -> bool:
    """No day to leave on is told, and there will be one."""
    return no_day_told(situation) and situation.facts.standing != StandingKind.INDETERMINATE


def earlier_day_presumed(situation: Situation) -> bool:
    """The law presumes that they leave earlier, because days off follow."""
    return may_leave_earlier(situation.facts, situation.shape, situation.holidays)


def on_day_off(situation: Situation) -> bool:
    """The day told is a weekend or a bank holiday, and the law presumes no other by itself."""
    leaves_on = situation.facts.leaves_on
    is_off = leaves_on is not None and is_day_off(leaves_on, situation.holidays)
    return is_off and not earlier_day_presumed(situation)


def before_days_off(situation: Situation) -> bool:
    """They leave on a Friday, the day before a bank holiday, or a day off."""
    day, holidays = situation.facts.leaves_on, situation.holidays
    return day is not None and (is_before_days_off(day, holidays) or is_day_off(day, holidays))


def quiet(situation: Situation) -> bool:
    """Nothing has been written of them for so many days as the limit `quiet` says."""
    last_word_on = situation.facts.last_word_on or situation.facts.custody_from
    return last_word_on is not None and situation.on - last_word_on >= timedelta(days=limit("quiet"))


def lately_in(situation: Situation) -> bool:
    """They came so few days ago as the limit `lately_in` says, or nobody knows when."""
    came_on = situation.facts.custody_from
    return came_on is None or situation.on - came_on <= timedelta(days=limit("lately_in"))


def left_unplanned(situation: Situation) -> bool:
    """They left before the day that was told, or none was."""
    facts = situation.facts
    return facts.left_on is not None and (facts.leaves_on is None or facts.left_on < facts.leaves_on)


def cover_broken(situation: Situation) -> bool:
    """Medicine was not collected so many times in a row as the limit `missed_in_a_row` says."""
    return situation.cover.state is CoverState.BROKEN


def collects(situation: Situation) -> bool:
    """A medicine has to be collected from a pharmacy once they have left: none is in their hands."""
    return situation.cover.is_placed is not None


def told_lately(about: str, situation: Situation) -> bool:
    """They told of it no longer ago than the limit `told_lately` says."""
    told_on = situation.facts.told.get(f"{TOLD}{about}")
    return told_on is not None and situation.on - told_on <= timedelta(days=limit("told_lately"))


CONDITIONS: dict[str, Callable[..., bool]] = {
    "": always,
    "no_day_told": no_day_told,
    "no_hearing_told": no_hearing_told,
    "day_to_come": day_to_come,
    "earlier_day_presumed": earlier_day_presumed,
    "on_day_off": on_day_off,
    "before_days_off": before_days_off,
    "quiet": quiet,
    "lately_in": lately_in,
    "left_unplanned": left_unplanned,
    "cover_broken": cover_broken,
    "collects": collects,
    "told_lately": told_lately,
}


@cache
def condition(text: str) -> Condition:
    """Raises: KeyError for a cell that cannot be read, a fault in the delivery."""
    name, *words = text.split(":")
    return partial(CONDITIONS[name], *words)
