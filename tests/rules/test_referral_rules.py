"""What has to be put right in an appointment, and in what came of it, before they are kept."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from throughgate.foundation.codesets import code_set
from throughgate.referral import rules

TODAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
SAID = {"what": "prescriber", "with_whom": "Dr Stamp", "place": "Pathlight", "mode": "in_person", "text": ""}
FIT: dict[str, Any] = {"on": date(2026, 11, 12), "at_time": time(10, 0), "at": NOW, "today": TODAY}


def test_an_appointment_that_says_what_and_when_is_fit() -> None:
    assert rules.wrong_with_appointment(SAID, **FIT) == {}
    assert rules.wrong_with_appointment({**SAID, "mode": ""}, **{**FIT, "at_time": None}) == {}


@pytest.mark.parametrize(
    ("part", "said", "when", "why"),
    [
        ("what", {"what": ""}, {}, "Choose what it is about."),
        ("what", {"what": "seance"}, {}, "Choose what it is about."),
        ("mode", {"mode": "pigeon"}, {}, "Choose how they will meet."),
        ("with_whom", {"with_whom": "x" * 121}, {}, "up to 120 characters"),
        ("place", {"place": "x" * 121}, {}, "up to 120 characters"),
        ("text", {"text": "x" * 1001}, {}, "up to 1,000 characters"),
        ("on", {}, {"on": None, "at": None}, "Enter the day"),
        ("on", {}, {"on": date(26, 11, 12)}, "all its figures"),
        ("on", {}, {"on": date(2029, 11, 12)}, "more than two years away"),
        ("on", {}, {"on": date(2019, 11, 12)}, "more than two years away"),
        (
            "at_time",
            {},
            {"on": date(2027, 3, 28), "at_time": time(1, 30), "at": None},
            "The clocks go forward that night, and there is no 01:30.",
        ),
    ],
)
def test_what_is_to_be_put_right_is_said_of_its_part(
    part: str, said: dict[str, str], when: dict[str, Any], why: str
) -> None:
    wrong = rules.wrong_with_appointment({**SAID, **said}, **{**FIT, **when})
    assert (list(wrong), why in wrong[part]) == ([part], True)


BEFORE, AFTER = datetime(2026, 11, 9, 11, tzinfo=UTC), datetime(2026, 11, 9, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outcome", "due_at", "why"),
    [
        ("attended", BEFORE, ""),
        ("attended", NOW, ""),
        ("attended", AFTER, "still to come"),
        ("not_let_out", AFTER, "still to come"),
        ("cancelled_by_service", AFTER, ""),
        ("rescheduled", AFTER, ""),
        ("", BEFORE, "Choose what came of it."),
        ("DNA", BEFORE, "Choose what came of it."),
    ],
)
def test_whether_they_came_cannot_be_said_before_it_was_due(outcome: str, due_at: datetime, why: str) -> None:
    wrong = rules.wrong_with_outcome(outcome=outcome, text="", due_at=due_at, now=NOW)
    assert why in wrong.get("outcome", "")
    assert bool(wrong) == bool(why)


def test_a_long_remark_is_a_note() -> None:
    wrong = rules.wrong_with_outcome(outcome="attended", text="x" * 1001, due_at=BEFORE, now=NOW)
    assert list(wrong) == ["text"]


def test_each_outcome_says_whose_miss_it_was_and_whether_it_can_be_said_beforehand() -> None:
    for row in code_set("attendance_outcomes").rows:
        assert row["was_seen"] in {"yes", "no"}
        assert row["missed_by"] in {"", "person", "service", "prison", "not_known"}
        assert not (row["was_seen"] == "yes" and (row["missed_by"] or row["beforehand"] == "yes"))
