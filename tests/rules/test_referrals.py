"""A referral: what is refused before it is kept, and how far it is where nobody says anything."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.rules.pathway_people import D0, LATE, NOT_STARTED, day, inside, out, plan, step, steps
from throughgate.foundation.codesets import code_set
from throughgate.pages.team.things import REFERRED
from throughgate.team import rules
from throughgate.team.rules import Referral

TODAY = date(2026, 11, 9)
SAID = Referral(domain="home", who="The council", text="A bed", answer_by=date(2026, 11, 20))
REFERRALS: Mapping[str, tuple[dict[str, Any], dict[str, str]]] = {
    "all of it": ({}, {}),
    "to be answered today": ({"answer_by": TODAY}, {}),
    "of a domain this role does not record": ({"domain": "money"}, {"domain": "Choose what it is about."}),
    "of nobody": ({"who": ""}, {"who": "Write which service is asked, and who there."}),
    "for nothing": ({"text": ""}, {"text": "Say what they are asked for."}),
    "without a day": ({"answer_by": None}, {"by": "Enter by when they have to answer, such as 27 3 2027."}),
    "by a day that is past": (
        {"answer_by": TODAY - timedelta(days=1)},
        {"by": "This day is past. Choose one that is still to come, or leave it empty."},
    ),
}


@pytest.mark.parametrize(("said", "wrong"), REFERRALS.values(), ids=REFERRALS)
def test_what_is_wrong_with_a_referral(said: dict[str, Any], wrong: dict[str, str]) -> None:
    assert rules.wrong_with_referral(replace(SAID, **said), offered=["home"], today=TODAY) == wrong


ANSWERS: Mapping[str, tuple[dict[str, Any], dict[str, str]]] = {
    "they take it on": ({"state": "taken"}, {}),
    "what was needed is there": ({"state": "met"}, {}),
    "they cannot, and say why": ({"state": "refused", "text": "No room."}, {}),
    "they cannot, and nobody knows why": ({"state": "refused"}, {"text": "Write why, as they say it."}),
    "what nobody says, but silence": ({"state": "unanswered"}, {"state": "Choose how far it is."}),
    "what there is not": ({"state": "perhaps"}, {"state": "Choose how far it is."}),
    "of no referral": ({"state": "taken", "is_known": False}, {"about": "Choose which one it is."}),
}


@pytest.mark.parametrize(("said", "wrong"), ANSWERS.values(), ids=ANSWERS)
def test_what_is_wrong_with_an_answer(said: dict[str, Any], wrong: dict[str, str]) -> None:
    assert rules.wrong_with_answer(**{"is_known": True, "text": "", **said}) == wrong


@pytest.mark.parametrize(
    ("said", "in_days", "state"),
    [
        ("", 1, "asked"),
        ("", 0, "asked"),
        ("", -1, "unanswered"),
        ("taken", -1, "taken"),
        ("refused", 1, "refused"),
        ("met", -1, "met"),
    ],
)
def test_silence_after_the_day_is_said_to_be_no_answer(said: str, in_days: int, state: str) -> None:
    answer_by = TODAY + timedelta(days=in_days)
    assert rules.referral_state(said, answer_by=answer_by, today=TODAY) == state


def test_each_state_has_a_shape() -> None:
    assert REFERRED.keys() == code_set("referral_states").labels().keys()


@pytest.mark.parametrize(
    "facts",
    [inside(referrals={"answer_housing": day(0)}), out(left=-9, referrals={"answer_housing": day(0)})],
)
def test_who_asked_is_reminded_on_the_day_and_it_is_late_after_it(facts: Any) -> None:
    assert (step(facts, "answer_housing").due_on, step(facts, "answer_housing").progress) == (D0, NOT_STARTED)
    assert step(facts, "answer_housing", on=day(1)).progress is LATE
    assert "answer_family" not in steps(facts)


@pytest.mark.parametrize(
    "facts", [inside(referrals={"meet_family": day(-14)}), out(left=-9, referrals={"meet_family": day(-14)})]
)
def test_who_was_taken_on_and_not_met_is_asked_after_two_weeks_later(facts: Any) -> None:
    assert (step(facts, "meet_family").due_on, step(facts, "meet_family").progress) == (D0, NOT_STARTED)
    assert step(facts, "meet_family", on=day(1)).progress is LATE
    assert "meet_housing" not in steps(facts)


@pytest.mark.parametrize(
    ("category", "is_said"), [("housing", True), ("safeguarding", False), ("story", False)]
)
def test_that_something_is_late_is_no_reason_where_that_it_is_there_says_too_much(
    category: str, is_said: bool
) -> None:
    code = f"answer_{category}"
    facts = inside(came=0, leaves=None, referrals={code: day(-1)})
    assert step(facts, code).progress is LATE
    assert ("late" in plan(facts).reasons) == is_said
