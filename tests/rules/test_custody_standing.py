"""In what standing somebody is held, told apart."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from throughgate.custody.rules import (
    CustodyState,
    DatedBy,
    Movement,
    MovementKind,
    PlacedMovement,
    PlacedState,
    Standing,
    Where,
    movement_codes,
    standing,
)
from throughgate.foundation.codesets import code_set

CODES = movement_codes(code_set("movement_reasons").rows)
LEGAL_STATUSES = {row["code"]: row["legal_status"] for row in code_set("legal_status").rows}
TODAY = date(2026, 3, 10)

INSIDE = {"status": "ACTIVE IN", "prison": "MDI", "movement_type": "ADM", "movement_reason": "N"}
OUT = {"status": "ACTIVE OUT", "prison": "MDI", "movement_type": "REL", "movement_reason": "CR"}
AT_COURT = {**OUT, "movement_type": "CRT", "movement_reason": "CRT"}
GONE = {"status": "INACTIVE OUT", "prison": "OUT", "movement_type": "REL", "movement_reason": "CR"}
RECALL: dict[str, Any] = {"legal_status": "RECALL", "recall": True}


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 9, tzinfo=UTC)


def told(*, identity: str = "A0000ZZ", feed: str = "MDI", **state: Any) -> PlacedState:
    seen = CustodyState(**{"as_at": at(1), "booking": "1", **state})
    return PlacedState(state=seen, identity=identity, organisation=feed)


def death(day: int) -> PlacedMovement:
    died = Movement(what=MovementKind.DIED, happened_on=date(2026, 3, day), dated_by=DatedBy.MOVEMENT_DATE)
    return PlacedMovement(movement=died, identity="A0000ZZ", organisation="LEI", known_at=at(day))


def ask(
    *states: PlacedState, movements: tuple[PlacedMovement, ...] = (), on: date = TODAY
) -> Standing | None:
    return standing(states, movements, on=on, codes=CODES, legal_statuses=LEGAL_STATUSES)


CASES = {
    "on remand": (told(**INSIDE, legal_status="REMAND"), "remand"),
    "convicted, not yet sentenced": (
        told(**INSIDE, legal_status="CONVICTED_UNSENTENCED"),
        "awaiting_sentence",
    ),
    "sentenced": (told(**INSIDE, legal_status="SENTENCED"), "sentenced"),
    "without a fixed end": (told(**INSIDE, legal_status="INDETERMINATE_SENTENCE"), "indeterminate"),
    "under a civil order": (told(**INSIDE, legal_status="CIVIL_PRISONER"), "civil"),
    "under immigration powers": (told(**INSIDE, legal_status="IMMIGRATION_DETAINEE"), "immigration"),
    "back in custody on recall": (told(**INSIDE, **RECALL), "back_on_recall"),
    "a recall flag not told leaves the legal status to say it": (
        told(**INSIDE, legal_status="RECALL"),
        "back_on_recall",
    ),
    "a recall flag against the legal status is believed and checked": (
        told(**INSIDE, legal_status="SENTENCED", recall=True),
        "back_on_recall check",
    ),
    "a recall flag with no legal status beside it": (told(**INSIDE, recall=True), "back_on_recall"),
    "recall issued, not back yet": (told(**OUT, **RECALL), "recall_issued restricted"),
    "out at court on recall is back in custody": (told(**AT_COURT, **RECALL), "back_on_recall"),
    "gone with an old recall on the record is gone": (told(**GONE, **RECALL), "not_in_custody"),
    "the status code says it where the legal status is missing": (told(**INSIDE, status_code="RX"), "remand"),
    "a status code nobody knows": (told(**INSIDE, status_code="RECEP_??"), "unknown check"),
    "no legal status at all": (told(**INSIDE), "unknown check"),
    "another legal status": (told(**INSIDE, legal_status="OTHER"), "unknown check"),
    "sentenced, and out for no reason told": (
        told(status="ACTIVE OUT", prison="MDI", legal_status="SENTENCED"),
        "sentenced check",
    ),
    "left": (told(**GONE, legal_status="SENTENCED"), "not_in_custody"),
    "merged into another record": (told(**{**GONE, "movement_reason": "MRG"}), "not_in_custody"),
    "died, as reported": (
        told(**{**GONE, "movement_reason": "DEC"}, legal_status="DEAD"),
        "died_reported check",
    ),
}


def words(found: Standing | None) -> str:
    assert found is not None
    marks = [*(["restricted"] if found.is_restricted else []), *(["check"] if found.check_by_hand else [])]
    return " ".join([found.kind.value, *marks])


@pytest.mark.parametrize(("state", "expected"), CASES.values(), ids=CASES)
def test_standing(state: PlacedState, expected: str) -> None:
    assert words(ask(state)) == expected


def test_custody_that_told_nothing_knows_nothing() -> None:
    assert ask() is None


def test_what_was_told_later_was_not_known_then() -> None:
    assert ask(told(**INSIDE, as_at=at(11))) is None
    assert ask(movements=(death(11),)) is None


def test_the_newest_word_on_a_booking_counts() -> None:
    older = told(**INSIDE, legal_status="REMAND")
    newer = told(**INSIDE, legal_status="SENTENCED", as_at=at(2), feed="LEI")
    found = ask(newer, older)
    assert words(found) == "sentenced"
    assert found is not None
    assert (found.told_by, found.where) == ("LEI", Where.INSIDE)


def test_an_old_prison_number_that_left_does_not_free_somebody_held_under_another() -> None:
    held = told(**INSIDE, legal_status="REMAND")
    left = told(**GONE, identity="B0000ZZ", booking="0", as_at=at(2))
    assert words(ask(held, left)) == words(ask(left, held)) == "remand"


def test_identities_without_a_booking_are_not_taken_for_one() -> None:
    held = told(**INSIDE, legal_status="REMAND", booking="")
    left = told(**GONE, identity="B0000ZZ", booking="", as_at=at(2))
    assert words(ask(held, left)) == "remand"


def test_a_death_told_by_anybody_counts_at_once() -> None:
    assert words(ask(movements=(death(2),))) == "died_reported check"
    assert words(ask(told(**INSIDE, legal_status="REMAND"), movements=(death(2),))) == "died_reported check"


def test_somebody_seen_inside_after_a_death_was_told_is_to_check() -> None:
    assert (
        words(ask(told(**INSIDE, legal_status="REMAND", as_at=at(3)), movements=(death(2),)))
        == "remand check"
    )


def test_other_movements_do_not_change_the_standing() -> None:
    placed = death(2)
    received = PlacedMovement(
        movement=Movement(
            what=MovementKind.RECEIVED, happened_on=date(2026, 3, 1), dated_by=DatedBy.RECEPTION_DATE
        ),
        identity=placed.identity,
        organisation=placed.organisation,
        known_at=placed.known_at,
    )
    assert words(ask(told(**INSIDE, legal_status="REMAND"), movements=(received,))) == "remand"
