"""Words and days: each language its own, each worked out once."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from throughgate.pages import wording
from throughgate.pages.person.said import sentences

DAY = date(2026, 12, 3)


def test_a_day_is_said_with_its_weekday() -> None:
    assert wording.day(DAY) == "Thu 3 Dec 2026"
    assert wording.day_month(DAY) == "Thu 3 Dec"
    assert wording.born(date(1989, 5, 4)) == "4 May 1989"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 12, 3, 14, 5, tzinfo=UTC), "Thu 3 Dec 2026, 14:05"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "Thu 2 Jul 2026, 00:30"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "Sun 31 Oct 2027, 01:30 (before the clocks go back)"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "Sun 31 Oct 2027, 01:30 (after the clocks go back)"),
        (datetime(2027, 10, 31, 2, 30, tzinfo=UTC), "Sun 31 Oct 2027, 02:30"),
    ],
)
def test_a_moment_is_said_by_the_clock_in_london(at: datetime, said: str) -> None:
    assert wording.moment(at) == said
    assert said.endswith(wording.time(at))


def test_each_language_has_its_own_days() -> None:
    english = wording.day(DAY)
    with translation.override("cy"):
        welsh = wording.day(DAY)
    assert welsh != english
    assert wording.day(DAY) == english


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1989, 5, 4), date(2026, 5, 3), 36),
        (date(1989, 5, 4), date(2026, 5, 4), 37),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
    ],
)
def test_an_age_is_in_whole_years(born: date, on: date, age: int) -> None:
    assert wording.age(born, on=on) == age


def test_a_code_nobody_knows_is_shown_as_it_was_sent() -> None:
    assert wording.label("release_date_types", "CRD") == "Conditional release date"
    assert wording.label("release_date_types", "NEW") == "NEW"
    assert wording.label("release_date_types", "") == ""


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("rang her sister", "", "no answer."), "Rang her sister. No answer."),
        (("she said “I am fine.”", "seen by Ravi"), "She said “I am fine.” Seen by Ravi."),
        (("who meets her?",), "Who meets her?"),
    ],
    ids=["each gets its stop, once", "a quotation has its own", "a question stays one"],
)
def test_a_sentence_ends_once(parts: tuple[str, ...], said: str) -> None:
    assert sentences(parts) == said
