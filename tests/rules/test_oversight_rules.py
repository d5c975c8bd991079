"""When the use of records is looked into, what has to be said of it, and when telling is asked again."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.oversight import rules
from throughgate.oversight.rules import Finding, Passing, Said, Seen, State

WHO = UUID(int=7)
TODAY = date(2026, 11, 22)
TOMORROW = TODAY + timedelta(days=1)
SAID = Said(finding="in_order", words="Her manager sent her.", telling="book")
UNSAFE = replace(SAID, telling="unsafe", why_unsafe="His brother reads his post.", ask_again_on=TOMORROW)


@pytest.mark.parametrize(
    ("opened", "refused", "matters"),
    [
        (199, 4, []),
        (200, 0, [Finding(WHO, "many_records", 200)]),
        (0, 5, [Finding(WHO, "outside_work", 5)]),
        (201, 6, [Finding(WHO, "many_records", 201), Finding(WHO, "outside_work", 6)]),
    ],
)
def test_two_hundred_records_or_five_shut_ones_within_an_hour_are_asked_about(
    opened: int, refused: int, matters: list[Finding]
) -> None:
    assert list(rules.browsing([Seen(WHO, opened, refused)])) == matters


@pytest.mark.parametrize(
    ("opened", "refused", "matters"),
    [(1999, 19, []), (2000, 20, [Finding(WHO, "many_records", 2000), Finding(WHO, "outside_work", 20)])],
)
def test_a_program_may_fetch_more_and_not_everybody(
    opened: int, refused: int, matters: list[Finding]
) -> None:
    assert list(rules.browsing([Seen(WHO, opened, refused, is_program=True)])) == matters


@pytest.mark.parametrize(
    ("telling", "again_on", "state"),
    [
        ("", None, State.waiting),
        ("book", None, State.decided),
        ("unsafe", TOMORROW, State.decided),
        ("unsafe", TODAY, State.ask_again),
    ],
)
def test_what_is_not_told_comes_back_on_its_day(telling: str, again_on: date | None, state: State) -> None:
    assert rules.state_of(telling, again_on, on=TODAY) is state


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (SAID, {}),
        (UNSAFE, {}),
        (replace(SAID, finding="agreed"), {"finding": "Choose what you found."}),
        (replace(SAID, words=""), {"words": "Say what you found, in a few words."}),
        (replace(SAID, telling="nobody"), {"telling": "Choose how the person is told, or why not now."}),
        (replace(SAID, telling="pigeon"), {"telling": "Choose how the person is told, or why not now."}),
        (
            replace(UNSAFE, why_unsafe=""),
            {"why_unsafe": "Say who would be in danger, and how you know."},
        ),
        (
            replace(UNSAFE, ask_again_on=None),
            {"ask_again_on": "Enter the day to ask again, such as 27 3 2026."},
        ),
        (
            replace(UNSAFE, ask_again_on=TODAY),
            {"ask_again_on": "Choose a day after today, and within 180 days."},
        ),
        (
            replace(UNSAFE, ask_again_on=TODAY + timedelta(days=181)),
            {"ask_again_on": "Choose a day after today, and within 180 days."},
        ),
        (
            replace(SAID, words="x" * 1001),
            {"words": "This holds up to 1,000 characters. Write a note for more."},
        ),
    ],
)
def test_an_outcome_says_what_was_found_and_how_they_are_told(said: Said, wrong: dict[str, str]) -> None:
    assert rules.wrong_with(said, matter="opening", is_about_somebody=True, on=TODAY) == wrong


def test_what_is_about_nobody_is_told_to_nobody() -> None:
    said = replace(SAID, telling="nobody")
    assert rules.wrong_with(said, matter="many_records", is_about_somebody=False, on=TODAY) == {}


def test_of_a_hidden_look_the_finding_says_what_they_are_told() -> None:
    agreed = Said(finding="agreed", words="A child lives there.", ask_again_on=TOMORROW)
    assert rules.completed(agreed, matter="exempt_look") == replace(
        agreed, telling="unsafe", why_unsafe="A child lives there."
    )
    refused = replace(agreed, finding="not_agreed")
    assert rules.completed(refused, matter="exempt_look") == replace(
        refused, telling="book", ask_again_on=None
    )
    assert rules.completed(UNSAFE, matter="opening") == UNSAFE
    assert not rules.hides("rumour")


def test_nobody_decides_about_themselves() -> None:
    rules.check_reviewer(WHO, about=UUID(int=8))
    with pytest.raises(Refused, match="about your own work"):
        rules.check_reviewer(WHO, about=WHO)


@pytest.mark.parametrize(
    ("ground", "words", "purpose", "wrong"),
    [
        ("public_protection", "He would run.", "supervision", {}),
        ("public_protection", "", "supervision", {"words": "Say what could happen if they knew."}),
        ("public_protection", "He would run.", "direct_care", {"ground": "Choose whom it keeps safe."}),
        ("unsafe_to_tell", "He would run.", "supervision", {"ground": "Choose whom it keeps safe."}),
    ],
)
def test_a_look_is_hidden_for_a_ground_that_the_purpose_has(
    ground: str, words: str, purpose: str, wrong: dict[str, str]
) -> None:
    assert rules.wrong_with_asking(ground=ground, words=words, purpose=purpose) == wrong


def test_a_look_that_nobody_agrees_to_hide_is_shown_after_two_weeks() -> None:
    assert rules.exempt_until(TODAY) == TODAY + timedelta(days=14)


def test_a_reference_names_one_alert_and_shows_a_slip() -> None:
    one, two = new_id(), new_id()
    assert rules.reference(one) == rules.reference(one) != rules.reference(two)
    assert len(rules.reference(one)) == len("ABCD-EFGH-J")


PASSED = Passing(
    to_whom="Safer custody",
    text="She means to harm herself.",
    ground="public_interest",
    why="Nobody would look in.",
    telling="in_person",
)


@pytest.mark.parametrize(
    ("passing", "wrong"),
    [
        (PASSED, {}),
        (replace(PASSED, to_whom=""), {"to_whom": "Say who was told: their role and organisation."}),
        (
            replace(PASSED, to_whom="x" * 121),
            {"to_whom": "This holds up to 120 characters. Write a note for more."},
        ),
        (replace(PASSED, text=""), {"text": "Say what was passed on."}),
        (replace(PASSED, ground="hearsay"), {"ground": "Choose what makes it lawful."}),
        (replace(PASSED, why=""), {"why": "Say why it could not wait or stay where it was."}),
        (replace(PASSED, telling=""), {"telling": "Choose how the person is told, or why not now."}),
        (
            replace(PASSED, telling="unsafe"),
            {
                "why_unsafe": "Say who would be in danger, and how you know.",
                "ask_again_on": "Enter the day to ask again, such as 27 3 2026.",
            },
        ),
    ],
)
def test_passing_on_says_to_whom_what_why_and_on_which_ground(
    passing: Passing, wrong: dict[str, str]
) -> None:
    assert rules.wrong_with_passing(passing, on=TODAY) == wrong


def test_of_a_record_that_is_too_near_nobody_is_told() -> None:
    said = rules.completed(replace(UNSAFE, finding="lifted"), matter="declared")
    assert (said.telling, said.ask_again_on) == ("nobody", None)
    assert rules.wrong_with(said, matter="declared", is_about_somebody=True, on=TODAY) == {}
    assert rules.about_what("rumour") == "use"
