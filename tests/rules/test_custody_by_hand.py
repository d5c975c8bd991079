"""What a release date that a worker was told has to be before it is kept."""

from datetime import date, timedelta
from typing import Any

import pytest

from throughgate.custody.rules import ToldDate, wrong_with_date, wrong_with_death

TODAY = date(2026, 11, 9)
TOLD: dict[str, Any] = {"date_type": "CRD", "expected_on": TODAY, "certainty": "said", "told_by": "OMU"}
CASES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "today": ({}, {}),
    "a kind that is not offered": ({"date_type": "SED"}, {"date_type": "Choose what kind of date it is."}),
    "no day": ({"expected_on": None}, {"expected_on": "Enter the day, such as 27 3 2026."}),
    "yesterday": (
        {"expected_on": date(2026, 11, 8)},
        {"expected_on": "This day is past. The prison tells of those who have left."},
    ),
    "a slip of the pen": (
        {"expected_on": date(2926, 11, 9)},
        {"expected_on": "Enter the year as it is: this is a lifetime off."},
    ),
    "not how certain": ({"certainty": ""}, {"certainty": "Choose how certain it is."}),
    "nobody who told it": (
        {"told_by": ""},
        {"told_by": "Say who told it, such as the offender management unit."},
    ),
    "too long a name": (
        {"told_by": "x" * 121},
        {"told_by": "This holds up to 120 characters. Write a note for more."},
    ),
}


@pytest.mark.parametrize(("said", "wrong"), CASES.values(), ids=CASES)
def test_what_is_wrong_with_a_date(said: dict[str, Any], wrong: dict[str, str]) -> None:
    assert wrong_with_date(ToldDate(**TOLD | said), offered=["CRD", "CONFIRMED"], on=TODAY) == wrong


@pytest.mark.parametrize(
    ("died_on", "why"),
    [
        (TODAY, ""),
        (TODAY - timedelta(days=400), ""),
        (TODAY + timedelta(days=1), "This day is still to come. Enter the day they died."),
        (date(26, 11, 3), "Enter the year with all its figures, such as 2026."),
    ],
)
def test_a_death_is_confirmed_for_a_day_that_can_be(died_on: date, why: str) -> None:
    assert wrong_with_death(died_on, on=TODAY) == why
