"""What a worker's word on a medicine, a dose or naloxone has to be before it is kept."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from throughgate.treatment.rules import (
    Prescribed,
    Taken,
    wrong_with_dose,
    wrong_with_naloxone,
    wrong_with_prescription,
)

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
TODAY = date(2026, 11, 9)
TOMORROW = date(2026, 11, 10)
UNIT = "Choose what the dose is measured in."
HOW_MUCH = "Write how much it is. Where none was taken, write a note that says so."
THE_NUMBER = "Write the number alone here: what it is measured in is chosen below."

PRESCRIPTIONS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "a name alone": ({}, {}),
    "a dose in words": ({"dose": "as before"}, {}),
    "a dose with its unit": ({"dose": ".5", "unit": "mg", "supervised": "supervised"}, {}),
    "days in their order": ({"started_on": TODAY, "until_on": TOMORROW, "stopped_on": TODAY}, {}),
    "begun long ago": ({"started_on": date(2011, 3, 1), "stopped_on": date(2014, 3, 1)}, {}),
    "a year typed wrongly": (
        {"started_on": date(2030, 12, 1), "until_on": date(2206, 12, 1)},
        dict.fromkeys(("started_on", "until_on"), "This day is more than two years away. Check the year."),
    ),
    "stopped on a day to come": (
        {"stopped_on": TOMORROW},
        {"stopped_on": "This day is still to come. Enter it as the day it lasts until."},
    ),
    "less than nothing": ({"dose": "-3", "unit": "mg"}, {"dose": HOW_MUCH}),
    "nothing": ({"dose": "0.0", "unit": "mg"}, {"dose": HOW_MUCH}),
    "two units": ({"dose": "40mg", "unit": "ml"}, {"dose": THE_NUMBER}),
    "a power of ten": ({"dose": "1e9", "unit": "mg"}, {"dose": THE_NUMBER}),
    "a unit that is written": ({"dose": "40 mg"}, {}),
    "a range": ({"dose": "1 to 2", "unit": "tablet"}, {}),
    "no medicine": ({"medicine": ""}, {"medicine": "Name the medicine."}),
    "a bare number": ({"dose": "60"}, {"unit": UNIT}),
    "a unit nobody knows": ({"dose": "60", "unit": "spoon"}, {"unit": UNIT}),
    "a comma": (
        {"dose": "1,5", "unit": "mg"},
        {"dose": "Write the dose with a point, such as 1.5. A comma is read in two ways."},
    ),
    "taken in a way nobody knows": ({"supervised": "maybe"}, {"supervised": "Choose how it is taken."}),
    "days out of order": (
        {"started_on": TOMORROW, "until_on": TODAY, "stopped_on": TODAY},
        dict.fromkeys(("until_on", "stopped_on"), "This day is before the first."),
    ),
    "more than fits": (
        {"medicine": "x" * 71, "dose": "x" * 61, "pharmacy": "x" * 121},
        {
            "medicine": "This holds up to 70 characters. Write a note for more.",
            "dose": "This holds up to 60 characters. Write a note for more.",
            "pharmacy": "This holds up to 120 characters. Write a note for more.",
        },
    ),
}


@pytest.mark.parametrize(("said", "wrong"), PRESCRIPTIONS.values(), ids=PRESCRIPTIONS)
def test_what_is_wrong_with_a_prescription(said: dict[str, Any], wrong: dict[str, str]) -> None:
    told = Prescribed(**{"medicine": "Methadone", **said})
    assert wrong_with_prescription(told, today=TODAY) == wrong


STILL_TO_COME = {"taken_at": "This is still to come. Record a dose once it has been taken."}
DOSES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "a day without a time": ({}, {}),
    "a moment": ({"taken_at": NOW}, {}),
    "no day": ({"taken_on": None}, {"taken_on": "Enter the day it was taken."}),
    "a day to come": ({"taken_on": TOMORROW}, STILL_TO_COME),
    "later today": ({"taken_at": NOW.replace(hour=13)}, STILL_TO_COME),
    "no medicine and a bare number": (
        {"medicine": "", "dose": "5"},
        {"medicine": "Name the medicine.", "unit": UNIT},
    ),
}


@pytest.mark.parametrize(("said", "wrong"), DOSES.values(), ids=DOSES)
def test_what_is_wrong_with_a_dose(said: dict[str, Any], wrong: dict[str, str]) -> None:
    told = Taken(**{"medicine": "Methadone", "taken_on": TODAY, **said})
    assert wrong_with_dose(told, now=NOW, today=TODAY) == wrong


NALOXONE: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "in their hands": ({}, {}),
    "not how far": ({"state": ""}, {"state": "Choose how far they are."}),
    "too many words": (
        {"text": "x" * 1_001},
        {"text": "This holds up to 1,000 characters. Write a note for more."},
    ),
    "no moment": (
        {"at": None},
        {"at": "Enter a day such as 27 3 2026, and a time such as 14:05 if you know it."},
    ),
    "a moment to come": ({"at": NOW.replace(hour=13)}, {"at": "This moment is still to come."}),
}


@pytest.mark.parametrize(("said", "wrong"), NALOXONE.values(), ids=NALOXONE)
def test_what_is_wrong_with_a_word_on_naloxone(said: dict[str, Any], wrong: dict[str, str]) -> None:
    assert wrong_with_naloxone(**{"state": "in_hand", "text": "", "at": NOW, "now": NOW, **said}) == wrong
