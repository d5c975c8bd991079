"""Days on which medicine is due and the pharmacy is shut: told before they come, until they are agreed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.rules.pathway_people import (
    CONFIRMED,
    LATE,
    NOT_NEEDED,
    NOT_STARTED,
    USUAL,
    at_pharmacy,
    hours,
    out,
    plan,
    step,
    steps,
)
from throughgate.pathway.rules import Facts, Progress, Settled, Shut, Supply
from throughgate.pathway.rules.shut import DAYS, INJECTION, WEEKLY

SIX_DAYS = "mon-sat 09:00-17:00"
CLOSED_TOO = f"{SIX_DAYS}; holiday closed"
WEEKDAYS = "mon-fri 09:00-17:00; holiday closed"
EVERY_DAY = "mon-sun 09:00-17:00; holiday 10:00-12:00"
DECEMBER, MARCH = date(2026, 12, 1), date(2027, 3, 15)  # a Tuesday, a Monday
SAT_AND_SUN = (5, 6)


def leaves(on: date, *supplies: Supply, **more: Any) -> Facts:
    """They left that day, and are looked at on that day."""
    return replace(
        out(left=0), left_on=on, leaves_on=on, custody_from=on - timedelta(90), supplies=supplies, **more
    )


def injection(until: date, written: str = WEEKDAYS) -> Supply:
    return at_pharmacy(written, until=until, medicine="Buprenorphine", is_collected=False, is_injection=True)


def spans(facts: Facts, *, on: date) -> dict[str, tuple[str, bool]]:
    """By step, which days it is about, and whether they are told."""
    found = steps(facts, on=on)
    days = {code: found[code].shut for code in (DAYS, WEEKLY, INJECTION) if code in found}
    return {code: (_span(each), each.is_told) for code, each in days.items() if each}


def _span(days: Shut) -> str:
    return f"every {days.key} from {days.first}" if days.weekdays else days.key


NEW_YEAR = "2027-01-01/2027-01-03"
CASES: dict[str, tuple[date, str, dict[str, tuple[str, bool]]]] = {
    "Christmas, where nothing is written of bank holidays": (
        DECEMBER,
        SIX_DAYS,
        {"shut_days": ("2026-12-25/2026-12-28", False)},
    ),
    "Christmas, closed on bank holidays, but perhaps not on that Saturday": (
        DECEMBER,
        f"{SIX_DAYS}; holiday closed",
        {"shut_days": ("2026-12-25/2026-12-28", True)},
    ),
    "Christmas, open on bank holidays": (DECEMBER, EVERY_DAY, {}),
    "Easter, shut on Sundays": (MARCH, CLOSED_TOO, {"shut_days": ("2027-03-28/2027-03-29", True)}),
    "Easter, shut on Saturdays and Sundays": (
        MARCH,
        WEEKDAYS,
        {
            "shut_weekly": ("every 56 from 2027-03-20", True),
            "shut_days": ("2027-03-26/2027-03-29", True),
        },
    ),
    "shut on Sundays, with no bank holiday near": (date(2026, 9, 1), SIX_DAYS, {}),
    "shut on Saturdays and Sundays": (
        date(2026, 9, 1),
        WEEKDAYS,
        {"shut_weekly": ("every 56 from 2026-09-05", True)},
    ),
    "shut on Wednesdays and Sundays": (date(2026, 9, 2), "mon-tue 09:00-17:00; thu-sat 09:00-17:00", {}),
    "shut on Sundays and Mondays, which follow each other": (
        date(2026, 9, 1),
        "tue-sat 09:00-17:00",
        {"shut_weekly": ("every 06 from 2026-09-06", True)},
    ),
    "nobody says where": (DECEMBER, "", {"shut_days": ("2026-12-25/2026-12-28", False)}),
    "nobody says where, with no bank holiday near": (date(2026, 9, 1), "", {}),
    "the day after they leave is a Sunday": (
        date(2026, 9, 5),
        SIX_DAYS,
        {"shut_days": ("2026-09-06/2026-09-06", True)},
    ),
    "the day after they leave is a Sunday, and nobody says where": (date(2026, 9, 5), "", {}),
    "they leave on the day before Christmas": (
        date(2026, 12, 24),
        CLOSED_TOO,
        {"shut_days": ("2026-12-25/2026-12-28", True)},
    ),
    "they leave on Christmas Day": (
        date(2026, 12, 25),
        CLOSED_TOO,
        {"shut_days": ("2026-12-26/2026-12-28", True)},
    ),
    "never open": (
        date(2026, 9, 1),
        "mon-sun closed",
        {"shut_weekly": ("every 0123456 from 2026-09-02", True)},
    ),
}


@pytest.mark.parametrize(("left", "written", "told"), CASES.values(), ids=CASES)
def test_which_days_are_to_be_agreed(left: date, written: str, told: dict[str, tuple[str, bool]]) -> None:
    assert spans(leaves(left, at_pharmacy(written)), on=left) == told


INJECTIONS: dict[str, tuple[date, str, str | None]] = {
    "on a day it is open": (date(2026, 12, 8), WEEKDAYS, None),
    "on a Sunday, a week after": (date(2026, 12, 6), WEEKDAYS, "2026-12-06/2026-12-06"),
    "on Christmas Day, four weeks after": (date(2026, 12, 25), WEEKDAYS, "2026-12-25/2026-12-25"),
    "on a day nobody knows of": (date(2026, 12, 25), SIX_DAYS, "2026-12-25/2026-12-25"),
    "before they leave": (date(2026, 11, 29), WEEKDAYS, None),
    "further ahead than is looked": (date(2027, 3, 28), WEEKDAYS, None),
    "nobody says where": (date(2026, 12, 25), "", None),
}


@pytest.mark.parametrize(("due", "written", "told"), INJECTIONS.values(), ids=INJECTIONS)
def test_an_injection_that_is_due_on_a_day_it_is_shut(due: date, written: str, told: str | None) -> None:
    found = steps(leaves(DECEMBER, injection(due, written)), on=DECEMBER)
    days = found["shut_injection"].shut if "shut_injection" in found else None
    assert (days.key if days else None) == told
    assert not found.keys() & {"shut_days", "shut_weekly", "pharmacy"}


def test_an_injection_lasts_though_the_next_cannot_be_given_that_day() -> None:
    found = plan(leaves(DECEMBER, injection(date(2026, 12, 25))), on=DECEMBER)
    assert found.cover_until == date(2026, 12, 25)


UNTIL: dict[str, tuple[date | None, str | None]] = {
    "before it": (date(2026, 12, 24), None),
    "on its first day, which a dose to take home bridges": (date(2026, 12, 25), None),
    "in the middle of it": (date(2026, 12, 26), "2026-12-25/2026-12-28"),
    "nobody says": (None, "2026-12-25/2026-12-28"),
}


@pytest.mark.parametrize(("until", "told"), UNTIL.values(), ids=UNTIL)
def test_days_on_which_no_medicine_is_due_are_not_asked_about(until: date | None, told: str | None) -> None:
    found = steps(leaves(DECEMBER, at_pharmacy(CLOSED_TOO, until=until)), on=DECEMBER)
    days = found["shut_days"].shut if "shut_days" in found else None
    assert (days.key if days else None) == told


# When

XMAS = leaves(DECEMBER, at_pharmacy(CLOSED_TOO, until=date(2027, 1, 10)))


def test_it_is_due_a_week_before_and_late_after_that() -> None:
    assert step(XMAS, "shut_days", on=DECEMBER).due_on == date(2026, 12, 18)
    assert step(XMAS, "shut_days", on=date(2026, 12, 18)).progress is NOT_STARTED
    assert step(XMAS, "shut_days", on=date(2026, 12, 19)).progress is LATE
    assert step(XMAS, "shut_days", on=date(2026, 12, 28)).progress is LATE
    assert "shut_days" not in steps(XMAS, on=date(2026, 12, 29))


def test_days_twelve_weeks_ahead_are_seen_whole_and_none_after_them() -> None:
    facts = leaves(date(2026, 9, 1), at_pharmacy(CLOSED_TOO))
    ahead = date(2026, 12, 25) - timedelta(days=84)
    assert "shut_days" not in steps(facts, on=ahead - timedelta(days=1))
    assert spans(facts, on=ahead) == {"shut_days": ("2026-12-25/2026-12-28", True)}


def test_days_of_each_week_are_told_once_and_fall_due_before_the_first_of_them() -> None:
    facts = leaves(date(2026, 9, 1), at_pharmacy(WEEKDAYS))
    for week in range(8):
        found = step(facts, "shut_weekly", on=date(2026, 9, 1) + timedelta(weeks=week))
        assert found.due_on == date(2026, 9, 4)
        assert found.progress is (LATE if week else NOT_STARTED)


def test_they_end_cover_while_they_last_and_after_the_first_week_the_pick_ups_tell() -> None:
    facts = leaves(date(2026, 9, 1), at_pharmacy(WEEKDAYS, until=date(2026, 9, 30)))
    ends = {on: plan(facts, on=date(2026, 9, on)).cover_until for on in (1, 6, 7)}
    assert ends == {1: date(2026, 9, 4), 6: date(2026, 9, 4), 7: date(2026, 9, 30)}


def test_it_presses_in_the_week_before_until_they_are_agreed() -> None:
    reasons = {on: plan(XMAS, on=date(2026, 12, on)).reasons for on in (17, 18, 28, 29)}
    assert {on for on, each in reasons.items() if "shut" in each} == {18, 28}
    assert "shut" not in plan(replace(XMAS, settled=agreed(XMAS_DAYS)), on=date(2026, 12, 18)).reasons


# Agreed

XMAS_DAYS = "shut_days 2026-12-25/2026-12-28"


def agreed(key: str, *, progress: Progress = CONFIRMED, told: date = DECEMBER) -> dict[str, Settled]:
    return {key: Settled(progress=progress, told_on=told, due_on=told)}


def progress(facts: Facts, code: str = "shut_days") -> Progress:
    return step(facts, code, on=DECEMBER).progress


@pytest.mark.parametrize("said", [CONFIRMED, NOT_NEEDED])
def test_once_somebody_says_so_it_is_closed_and_cover_goes_on(said: Progress) -> None:
    facts = replace(XMAS, settled=agreed(XMAS_DAYS, progress=said))
    assert progress(facts) is said
    assert plan(facts, on=DECEMBER).cover_until == date(2027, 1, 10)
    assert plan(XMAS, on=DECEMBER).cover_until == date(2026, 12, 24)


def test_another_pharmacy_that_is_open_takes_it_away() -> None:
    open_too = replace(XMAS, supplies=(*XMAS.supplies, at_pharmacy(EVERY_DAY, until=date(2027, 1, 10))))
    assert "shut_days" not in steps(open_too, on=DECEMBER)


def test_another_pharmacy_that_is_shut_for_longer_asks_again() -> None:
    assert progress(replace(XMAS, settled=agreed("shut_days 2026-12-25/2026-12-27"))) is NOT_STARTED
    assert progress(replace(XMAS, settled=agreed("shut_days 2026-12-24/2026-12-31"))) is CONFIRMED


def test_what_was_agreed_before_this_custody_is_not() -> None:
    assert progress(replace(XMAS, settled=agreed(XMAS_DAYS, told=date(2026, 8, 1)))) is NOT_STARTED


def test_the_next_days_are_asked_about_once_the_first_are_agreed() -> None:
    facts = leaves(DECEMBER, at_pharmacy("mon-fri 09:00-17:00"), settled=agreed(XMAS_DAYS))
    assert spans(facts, on=DECEMBER)["shut_days"] == (NEW_YEAR, False)


def test_days_of_each_week_are_agreed_for_every_week_and_for_no_others() -> None:
    facts = leaves(DECEMBER, at_pharmacy(WEEKDAYS), settled=agreed("shut_weekly 56"))
    assert progress(facts, "shut_weekly") is CONFIRMED
    assert progress(facts) is NOT_STARTED
    assert (
        progress(replace(facts, supplies=(at_pharmacy("tue-sat 09:00-17:00"),)), "shut_weekly") is NOT_STARTED
    )


def test_of_two_medicines_the_one_nobody_agreed_is_asked_about() -> None:
    other = at_pharmacy(EVERY_DAY.replace("sun", "fri"), medicine="Pregabalin")
    found = steps(replace(XMAS, supplies=(*XMAS.supplies, other), settled=agreed(XMAS_DAYS)), on=DECEMBER)
    assert found["shut_weekly"].shut == Shut(
        first=date(2026, 12, 5), last=date(2026, 12, 6), is_told=True, weekdays=SAT_AND_SUN
    )
    assert found["shut_days"].progress is CONFIRMED


def test_medicine_in_their_hands_asks_for_no_pharmacy() -> None:
    at_home = replace(at_pharmacy(CLOSED_TOO), is_collected=False)
    assert spans(leaves(DECEMBER, at_home), on=DECEMBER) == {}
    assert spans(replace(XMAS, left_on=None, leaves_on=None, standing="sentenced"), on=DECEMBER) == {}


def test_a_place_of_which_no_hours_are_given_tells_nothing() -> None:
    assert spans(leaves(DECEMBER, Supply(medicine="M", until=None, is_collected=True)), on=DECEMBER) == {}


def test_hours_that_nobody_told_are_those_of_a_shop() -> None:
    assert USUAL.on(date(2026, 11, 22)).state == "not_known"
    assert USUAL.on(date(2026, 12, 26)).state == "not_known"
    assert USUAL.on(date(2026, 11, 21)).state == "open"
    assert hours(SIX_DAYS).on(date(2026, 11, 22)).state == "closed"
