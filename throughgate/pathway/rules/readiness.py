"""What has been said of each item of readiness, as far as it still holds for the day they leave on."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from throughgate.pathway.rules.facts import Facts, Item, Progress, Ready, Step

NALOXONE = {  # how far that makes it: only what is in their hands is there on the day
    "offered": Progress.IN_HAND,
    "trained": Progress.IN_HAND,
    "in_hand": Progress.CONFIRMED,
    "refused": Progress.NOT_STARTED,
}
FOR_THE_DAY = frozenset({Item.APPOINTMENT, Item.MEETING})  # arranged with others, for the day that was told


def words(facts: Facts) -> dict[Item, Ready]:
    """The last word on each item in this custody; one that no longer fits the day drops back.

    A word from an earlier custody is not one. Once they have left nothing drops back any more.
    """
    since = facts.custody_from or date.min
    told = {**facts.ready, **_naloxone(facts)}
    heard = {item: ready for item, ready in told.items() if ready.told_on >= since}
    if facts.left_on is not None or facts.leaves_on is None:
        return heard
    gate = facts.leaves_on
    return {item: _dropped(ready, item, facts, gate) for item, ready in heard.items()}


def _naloxone(facts: Facts) -> dict[Item, Ready]:
    """What was seen of naloxone is a word on its item, unless one was said since."""
    if not facts.naloxone:
        return {}
    state, told_on = list(facts.naloxone.items())[-1]
    said = facts.ready.get(Item.NALOXONE)
    if said and said.told_on > told_on:
        return {}
    return {Item.NALOXONE: Ready(progress=NALOXONE[state], told_on=told_on)}


def is_confirmed(heard: Mapping[Item, Ready], item: Item) -> bool:
    return item in heard and heard[item].progress is Progress.CONFIRMED


def has_moved(facts: Facts) -> bool:
    return facts.was_leaving_on is not None and facts.was_leaving_on != facts.leaves_on


def readiness(steps: Iterable[Step]) -> dict[Item, Step]:
    """One step for each item: the first still open, else the last that is closed."""
    found: dict[str, Step] = {}  # by item; "" for steps about none
    for step in steps:
        known = found.get(step.item)
        if known is None or not known.is_open:
            found[step.item] = step
    return {item: found[item] for item in Item if item in found}


def _dropped(ready: Ready, item: Item, facts: Facts, gate: date) -> Ready:
    if ready.progress is not Progress.CONFIRMED or _fits(ready, item, facts, gate):
        return ready
    return replace(ready, progress=Progress.IN_HAND)


def _fits(ready: Ready, item: Item, facts: Facts, gate: date) -> bool:
    if item not in FOR_THE_DAY:
        return ready.on is None or ready.on <= gate
    if item is Item.MEETING and ready.on is not None:
        return ready.on == gate
    if ready.on is not None and ready.on < gate:
        return False
    return not has_moved(facts) or _told_since(ready, facts)


def _told_since(ready: Ready, facts: Facts) -> bool:
    """Whether it was said of the day that holds now; where nobody knows when the day moved, it was not."""
    return facts.leaves_told_on is not None and ready.told_on >= facts.leaves_told_on
