"""What a need, or a word on the time before custody, has to be before it is kept."""

from datetime import date
from typing import Any

import pytest

from throughgate.assessment.rules.needs import Before, Need, wrong_with_before, wrong_with_need

TODAY = date(2026, 11, 2)
NEED: dict[str, Any] = {"domain": "home", "how_far": "high"}
BEFORE: dict[str, Any] = {"topic": "keyworker", "had": True, "who": "Tess Umbra"}

NEEDS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "how great it is, without words": ({}, {}),
    "none is an answer too": ({"how_far": "none"}, {}),
    "words of the person alone": ({"how_far": "words", "said": "Not my brother's."}, {}),
    "words of the worker alone": ({"how_far": "words", "text": "Will not say where."}, {}),
    "safety told in words": ({"domain": "safety", "how_far": "words", "said": "My ex."}, {}),
    "how much it matters to them": ({"matters": "not_now"}, {}),
    "a word for that which there is not": (
        {"matters": "huge"},
        {"matters": "Choose how much it matters to them."},
    ),
    "a domain there is not": ({"domain": "weather"}, {"domain": "Choose what it is about."}),
    "a domain this role does not record": ({"domain": "family"}, {"domain": "Choose what it is about."}),
    "no level": ({"how_far": ""}, {"how_far": "Choose how great the need is."}),
    "in words, and none written": (
        {"how_far": "words"},
        {"said": "Write what they say, or what you see."},
    ),
    "safety as a step of a scale": (
        {"domain": "safety", "how_far": "none"},
        {"how_far": "This one has no more or less. Choose “Told in words only”, and tell it."},
    ),
    "too many words": (
        {"said": "x" * 4_001, "text": "x" * 4_001},
        dict.fromkeys(("said", "text"), "This holds up to 4,000 characters. Write a note for more."),
    ),
}


@pytest.mark.parametrize(("said", "wrong"), NEEDS.values(), ids=NEEDS)
def test_what_is_wrong_with_a_need(said: dict[str, str], wrong: dict[str, str]) -> None:
    assert wrong_with_need(Need(**NEED | said), offered=["home", "safety"]) == wrong


BEFORES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "somebody, and no more": ({}, {}),
    "that they had one, and nobody knows who": ({"who": ""}, {}),
    "that they had none": ({"had": False, "who": "", "text": "Never had one."}, {}),
    "from a day to a day": ({"since_on": date(2026, 1, 5), "last_on": date(2026, 1, 5)}, {}),
    "something they were not asked about": ({"topic": "pet"}, {"topic": "Choose what they had."}),
    "not whether they had it": ({"had": None}, {"had": "Choose whether they had it."}),
    "that they had none, and who": (
        {"had": False},
        {"had": "You choose that they had none, and name somebody. Put one of the two right."},
    ),
    "days to come": (
        {"since_on": date(2026, 11, 3), "last_on": date(2026, 11, 4)},
        dict.fromkeys(("since_on", "last_on"), "This day is still to come."),
    ),
    "an end before its beginning": (
        {"since_on": date(2026, 5, 1), "last_on": date(2026, 4, 1)},
        {"last_on": "The last day is before the first."},
    ),
    "too many words": (
        {"who": "x" * 201, "reach": "x" * 201, "text": "x" * 4_001},
        {
            **dict.fromkeys(("who", "reach"), "This holds up to 200 characters. Write a note for more."),
            "text": "This holds up to 4,000 characters. Write a note for more.",
        },
    ),
}


@pytest.mark.parametrize(("said", "wrong"), BEFORES.values(), ids=BEFORES)
def test_what_is_wrong_with_a_word_on_before(said: dict[str, Any], wrong: dict[str, str]) -> None:
    assert wrong_with_before(Before(**BEFORE | said), offered=["keyworker"], on=TODAY) == wrong
