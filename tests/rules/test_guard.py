"""What was asked a short time ago, and the shorter way through it."""

from uuid import UUID

import pytest

from tests.rules.answers_said import CONCEPTS, HOME, TODAY, YES, concept_of, days_before, kept
from throughgate.assessment.rules import answers, guard
from throughgate.assessment.rules.answers import Sitting
from throughgate.assessment.rules.guard import Way
from throughgate.assessment.rules.shapes import Answer

HERE = Answer(state="answered", value="Here.")
WINE = Answer(state="answered", value=("wine",))


def sitting(days: int, *, instrument: str = "standard", stage: str = "comprehensive") -> Sitting:
    entry = kept(
        {}, sitting=UUID(int=days), on=days_before(days), instrument=instrument, stage=stage, number=days + 1
    )
    return answers.sittings([entry])[0]


def test_what_was_asked_in_the_last_thirty_days_is_shown() -> None:
    found = guard.asked_lately([sitting(2), sitting(30), sitting(31)], on=TODAY)
    assert [each.id.int for each in found] == [2, 30]


REPEATS: list[tuple[str, list[Sitting], bool]] = [
    ("G1: never asked", [], False),
    ("G2: asked lately", [sitting(30)], True),
    ("G3: asked long ago", [sitting(31)], False),
    ("G4: another form", [sitting(3, instrument="top")], False),
    ("G5: another stage", [sitting(3, stage="first_night")], False),
]


@pytest.mark.parametrize(("why", "held", "repeats"), REPEATS, ids=[row[0] for row in REPEATS])
def test_the_same_within_thirty_days_needs_a_reason(why: str, held: list[Sitting], *, repeats: bool) -> None:
    asked = guard.is_repeated(held, instrument="standard", stage="comprehensive", on=TODAY)
    assert asked is repeats


def test_the_shorter_way_asks_what_is_not_known_and_confirms_what_is_old() -> None:
    entries = [kept({"tenancy": YES, "tonight": HERE}), kept({"drinks": WINE}, number=2, on=days_before(31))]
    known = answers.known(entries, concept_of)
    (way,) = guard.shorter([HOME], known, concepts=CONCEPTS, on=TODAY, purpose="direct_care")
    assert way == Way(topic="home", ask=("tonight", "rooms"), confirm=("drinks",), settled=("tenancy",))
    (court,) = guard.shorter([HOME], known, concepts=CONCEPTS, on=TODAY, purpose="court")
    assert court == Way(topic="home", ask=("tonight", "rooms"), confirm=("tenancy", "drinks"), settled=())
