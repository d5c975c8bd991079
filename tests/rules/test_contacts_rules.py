"""What has to be put right in a contact before it is kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from throughgate.contacts import rules
from throughgate.foundation.codesets import code_set

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
FIT: dict[str, Any] = {"mode": "telephone", "outcome": "no_answer", "text": "", "at": NOW, "now": NOW}


def test_a_contact_that_says_how_and_what_came_of_it_is_fit() -> None:
    assert rules.wrong_with_contact(**FIT) == {}


@pytest.mark.parametrize(
    ("part", "typed", "why"),
    [
        ("mode", "", "Choose how it was done."),
        ("mode", "pigeon", "Choose how it was done."),
        ("outcome", "", "Choose what came of it."),
        ("at", None, "Enter a day"),
        ("at", NOW + timedelta(minutes=1), "still to come"),
        ("at", NOW.replace(year=26), "all its figures"),
        ("text", "x" * 10_001, "up to 10,000 characters"),
    ],
)
def test_what_is_to_be_put_right_is_said_of_its_part(part: str, typed: object, why: str) -> None:
    wrong = rules.wrong_with_contact(**{**FIT, part: typed})
    assert (list(wrong), why in wrong[part]) == ([part], True)


def test_everything_is_said_at_once() -> None:
    wrong = rules.wrong_with_contact(mode="", outcome="", text="", at=None, now=NOW)
    assert list(wrong) == ["mode", "outcome", "at"]


def test_each_outcome_but_a_contact_made_says_whose_miss_it_was_or_that_it_was_nobodys() -> None:
    for row in code_set("contact_outcomes").rows:
        assert row["was_reached"] in {"yes", "no"}
        assert row["missed_by"] in {"", "person", "service", "prison", "not_known"}
        assert not (row["was_reached"] == "yes" and row["missed_by"])
