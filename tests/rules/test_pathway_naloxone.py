"""What is seen of naloxone, and what the record tells, completes steps by itself."""

import pytest

from tests.rules.pathway_people import (
    CONFIRMED,
    D0,
    IN_HAND,
    NOT_KNOWN,
    NOT_STARTED,
    day,
    inside,
    said,
    step,
)
from throughgate.pathway.rules import Facts, Item, Progress

FAR = {"came": 0, "leaves": 60}


def seen(*states: str) -> Facts:
    return inside(**FAR, naloxone=dict.fromkeys(states, D0))


@pytest.mark.parametrize(
    ("facts", "offer", "training", "ready"),
    [
        (seen(), NOT_STARTED, NOT_STARTED, NOT_KNOWN),
        (seen("offered"), CONFIRMED, NOT_STARTED, IN_HAND),
        (seen("offered", "refused"), CONFIRMED, NOT_STARTED, NOT_STARTED),
        (seen("trained"), CONFIRMED, CONFIRMED, IN_HAND),
        (seen("in_hand"), CONFIRMED, CONFIRMED, CONFIRMED),
        (inside(**FAR, ready={Item.NALOXONE: said(CONFIRMED, told=0)}), CONFIRMED, CONFIRMED, CONFIRMED),
    ],
    ids=["nothing", "offered", "offered and refused", "trained", "in their hands", "said to be confirmed"],
)
def test_how_far_they_are_with_naloxone(
    facts: Facts, offer: Progress, training: Progress, ready: Progress
) -> None:
    found = [step(facts, code).progress for code in ("naloxone_offer", "naloxone_training", "naloxone")]
    assert found == [offer, training, ready]


def test_of_what_was_seen_and_what_was_said_the_later_counts() -> None:
    facts = inside(naloxone={"in_hand": day(-9)}, ready={Item.NALOXONE: said(IN_HAND, told=-2)})
    assert step(facts, "naloxone").progress is IN_HAND


def test_what_was_seen_in_an_earlier_custody_counts_no_more() -> None:
    facts = inside(came=0, leaves=60, naloxone={"trained": day(-9)}, entries={"before_script": day(-9)})
    assert step(facts, "naloxone_training").progress is NOT_STARTED
    assert step(facts, "ask_prescriber").progress is NOT_STARTED


def test_an_entry_of_the_kind_that_is_asked_for_completes_the_step() -> None:
    assert step(inside(**FAR, entries={"before_script": D0}), "ask_prescriber").progress is CONFIRMED
