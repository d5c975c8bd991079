"""What opens a person's own book, how far, and until when."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from throughgate.book import rules
from throughgate.book.limits import limits
from throughgate.book.rules import Level, NotDone, Tries, Visit, Why
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id

NOON = datetime(2026, 11, 9, 12, tzinfo=UTC)
LIMITS: Mapping[str, int] = {
    "wrong_tries": 5,
    "wrong_from_one_place": 30,
    "minutes_idle": 10,
    "minutes_in_all": 120,
    "minutes_beside": 30,
    "letters_of_a_word": 6,
}
VISIT = Visit(new_id(), new_id(), Level.PAPER, None, NOON, NOON, is_ended=False)


@pytest.mark.parametrize(
    ("of_it", "from_here", "why"),
    [
        pytest.param(0, 0, None, id="a code never tried may be tried"),
        pytest.param(4, 29, None, id="four wrong dates and much tried from here may still go on"),
        pytest.param(5, 0, Why.TOO_OFTEN, id="five wrong dates lock a code"),
        pytest.param(0, 30, Why.TOO_MANY, id="thirty wrong tries from one place have to wait"),
        pytest.param(5, 30, Why.TOO_OFTEN, id="a locked code says so first"),
    ],
)
def test_tries(of_it: int, from_here: int, why: Why | None) -> None:
    assert refusal(lambda: rules.check_tries(Tries(of_it=of_it, from_here=from_here), LIMITS)) == why


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        pytest.param(4, None, id="four wrong words may be followed by another"),
        pytest.param(5, Why.WORD_LOCKED, id="five lock it"),
    ],
)
def test_tries_of_a_word(wrong: int, why: Why | None) -> None:
    assert refusal(lambda: rules.check_in_a_row(wrong, LIMITS, why=Why.WORD_LOCKED)) == why


@pytest.mark.parametrize(
    ("visit", "after", "is_open"),
    [
        pytest.param(VISIT, 0, True, id="it is open when it has begun"),
        pytest.param(VISIT, 9, True, id="nine idle minutes are fine"),
        pytest.param(VISIT, 10, False, id="ten idle minutes shut it"),
        pytest.param(replace(VISIT, is_ended=True), 0, False, id="once ended it stays shut"),
        pytest.param(
            replace(VISIT, seen_at=NOON + timedelta(minutes=119)), 119, True, id="a busy one lasts two hours"
        ),
        pytest.param(replace(VISIT, seen_at=NOON + timedelta(minutes=120)), 120, False, id="and no longer"),
        pytest.param(
            replace(VISIT, level=Level.BESIDE, seen_at=NOON + timedelta(minutes=29)),
            29,
            True,
            id="beside a worker it lasts half an hour",
        ),
        pytest.param(
            replace(VISIT, level=Level.BESIDE, seen_at=NOON + timedelta(minutes=30)),
            30,
            False,
            id="and no longer, however busy",
        ),
    ],
)
def test_is_open(visit: Visit, after: int, is_open: bool) -> None:
    assert rules.is_open(visit, at=NOON + timedelta(minutes=after), limits=LIMITS) is is_open


@pytest.mark.parametrize(
    ("word", "level", "is_usual", "why"),
    [
        pytest.param("lantern", Level.BESIDE, False, None, id="six letters beside a worker are enough"),
        pytest.param("a lantern by the gate", Level.WORD, False, None, id="several words are one"),
        pytest.param("lantern", Level.PAPER, False, Why.WORD_NOT_HERE, id="none is chosen with paper alone"),
        pytest.param("lamp", Level.WORD, False, Why.WORD_SHORT, id="a short one is refused"),
        pytest.param("l" * 101, Level.WORD, False, Why.WORD_LONG, id="an endless one is refused"),
        pytest.param("sunshine", Level.WORD, True, Why.WORD_USUAL, id="a usual one is refused"),
    ],
)
def test_choosing_a_word(word: str, level: Level, is_usual: bool, why: Why | None) -> None:
    assert refusal(lambda: rules.check_word(word, level=level, is_usual=is_usual, limits=LIMITS)) == why


def test_a_word_is_remembered_whatever_its_capitals_and_spaces() -> None:
    assert rules.folded("  A Lantern  by the GATE ") == "a lantern by the gate"


def test_who_gives_codes_and_for_whom() -> None:
    rules.check_giving("a", [date(1989, 5, 4)], givers={"a"})
    with pytest.raises(Refused, match="Your role does not give out codes"):
        rules.check_giving("b", [date(1989, 5, 4)], givers={"a"})
    with pytest.raises(Refused, match="No birth date is recorded"):
        rules.check_giving("a", [], givers={"a"})


def test_who_sits_beside() -> None:
    rules.check_sitting("a", sitters={"a"})
    with pytest.raises(Refused, match="does not sit beside"):
        rules.check_sitting("b", sitters={"a"})


def test_the_numbers_are_all_there() -> None:
    assert limits().keys() >= LIMITS.keys() | {"code_lasts"}


def refusal(check: Callable[[], None]) -> Why | None:
    try:
        check()
    except NotDone as refused:
        return refused.why
    return None
