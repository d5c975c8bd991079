"""Where somebody was, span by span, from everybody's word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.custody.rules import (
    DatedBy,
    Movement,
    MovementKind,
    PlacedMovement,
    Stay,
    StayResult,
    stays,
)

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
Kind = MovementKind


def day(text: str) -> date:
    """A day of 2026, written "4 Mar"."""
    return datetime.strptime(f"{text} 2026 +0000", "%d %b %Y %z").date()


def told(
    what: MovementKind,
    on: str,
    places: str,
    *,
    by: str = "",
    feed: str = "MDI",
    known: str = "",
    order: int = 0,
    **more: Any,
) -> PlacedMovement:
    """One movement ("MDI>LEI"), known at nine on the day it happened unless said otherwise."""
    from_prison, _, to_prison = places.partition(">")
    movement = Movement(
        what=what,
        happened_on=day(on),
        dated_by=DatedBy(by or "movement_date"),
        from_prison=from_prison,
        to_prison=to_prison,
        booking=more.pop("booking", "1"),
        **more,
    )
    known_at = datetime.combine(day(known or on), datetime.min.time(), tzinfo=UTC) + timedelta(hours=9)
    return PlacedMovement(
        movement=movement, identity="A0000ZZ", organisation=feed, known_at=known_at, order=order
    )


def lines(result: StayResult) -> list[str]:
    return [_line(stay) for stay in result.stays]


def _line(stay: Stay) -> str:
    start = f"{'' if stay.start_is_exact else 'by '}{stay.start:%d %b}"
    end = (
        f"{stay.end:%d %b} {stay.ended_by and stay.ended_by.value}"
        if stay.end
        else f"now {stay.out_now.value}"
    )
    return f"{stay.prison or '?'} {start} {stay.started_by.value} to {end}".rstrip()


def keys(result: StayResult) -> list[str]:
    return [flag.key for flag in result.flags]


RECEIVED = told(Kind.RECEIVED, "5 Jan", ">MDI")

ONE_SOURCE: dict[str, tuple[list[PlacedMovement], list[str]]] = {
    "nothing told, nowhere known": ([], []),
    "received and still here": ([RECEIVED], ["MDI 05 Jan received to now"]),
    "released": (
        [RECEIVED, told(Kind.RELEASED, "4 Mar", "MDI>")],
        ["MDI 05 Jan received to 04 Mar released"],
    ),
    "a release of somebody never seen inside makes no stay": ([told(Kind.RELEASED, "4 Mar", "MDI>")], []),
    "court does not end a stay": (
        [RECEIVED, told(Kind.TO_COURT, "4 Mar", "MDI>")],
        ["MDI 05 Jan received to now court"],
    ),
    "back from court is the same stay": (
        [RECEIVED, told(Kind.TO_COURT, "4 Mar", "MDI>"), told(Kind.BACK_FROM_COURT, "5 Mar", ">MDI")],
        ["MDI 05 Jan received to now"],
    ),
    "back from court at a prison not named is the same stay": (
        [RECEIVED, told(Kind.TO_COURT, "4 Mar", "MDI>"), told(Kind.BACK_FROM_COURT, "5 Mar", ">")],
        ["MDI 05 Jan received to now"],
    ),
    "leave does not end a stay": (
        [RECEIVED, told(Kind.ON_LEAVE, "4 Mar", "MDI>")],
        ["MDI 05 Jan received to now leave"],
    ),
    "hospital does not end a stay: the prison still answers": (
        [RECEIVED, told(Kind.TO_HOSPITAL, "4 Mar", "MDI>")],
        ["MDI 05 Jan received to now hospital"],
    ),
    "escape does not end a stay": (
        [RECEIVED, told(Kind.ESCAPED_OR_ABSENT, "4 Mar", "MDI>")],
        ["MDI 05 Jan received to now at_large"],
    ),
    "an unclear absence changes nothing": (
        [RECEIVED, told(Kind.TO_COURT, "4 Mar", "MDI>"), told(Kind.UNCLEAR, "5 Mar", "MDI>")],
        ["MDI 05 Jan received to now court"],
    ),
    "freed by the court, the stay ends there": (
        [RECEIVED, told(Kind.TO_COURT, "4 Mar", "MDI>"), told(Kind.RELEASED, "4 Mar", "MDI>", known="5 Mar")],
        ["MDI 05 Jan received to 04 Mar released"],
    ),
    "a transfer ends one stay and starts another": (
        [RECEIVED, told(Kind.TRANSFERRED, "4 Mar", "MDI>LEI")],
        ["MDI 05 Jan received to 04 Mar transferred", "LEI 04 Mar transferred to now"],
    ),
    "between prisons nobody is anywhere": (
        [
            RECEIVED,
            told(Kind.IN_TRANSIT, "4 Mar", "MDI>"),
            told(Kind.TRANSFERRED, "6 Mar", "MDI>LEI"),
        ],
        ["MDI 05 Jan received to 04 Mar in_transit", "LEI 06 Mar transferred to now"],
    ),
    "an immigration removal centre is no prison": (
        [RECEIVED, told(Kind.TRANSFERRED, "4 Mar", "MDI>")],
        ["MDI 05 Jan received to 04 Mar transferred"],
    ),
    "a transfer told of a prison already known is no new stay": (
        [RECEIVED, told(Kind.TRANSFERRED, "4 Mar", ">MDI")],
        ["MDI 05 Jan received to now"],
    ),
    "received elsewhere before coming here": (
        [told(Kind.RECEIVED, "5 Jan", ">"), told(Kind.TRANSFERRED, "3 Feb", ">MDI")],
        ["? 05 Jan received to 03 Feb transferred", "MDI 03 Feb transferred to now"],
    ),
    "first seen out at court, here by that day": (
        [
            told(Kind.RECEIVED, "5 Jan", ">", known="4 Mar"),
            told(Kind.TO_COURT, "4 Mar", "MDI>", by="as_at", order=1),
        ],
        ["? 05 Jan received to 04 Mar to_court", "MDI by 04 Mar to_court to now court"],
    ),
    "a custody of which only the way back from court is known": (
        [told(Kind.BACK_FROM_COURT, "4 Mar", ">MDI")],
        ["MDI 04 Mar back_from_court to now"],
    ),
    "recalled: two stays": (
        [RECEIVED, told(Kind.RELEASED, "4 Mar", "MDI>"), told(Kind.BACK_IN_CUSTODY, "1 Apr", ">MDI")],
        ["MDI 05 Jan received to 04 Mar released", "MDI 01 Apr back_in_custody to now"],
    ),
    "recaptured: one stay": (
        [
            RECEIVED,
            told(Kind.ESCAPED_OR_ABSENT, "4 Mar", "MDI>"),
            told(Kind.BACK_IN_CUSTODY, "5 Mar", ">MDI"),
        ],
        ["MDI 05 Jan received to now"],
    ),
    "received again while at large: the first stay ends": (
        [
            RECEIVED,
            told(Kind.ESCAPED_OR_ABSENT, "4 Mar", "MDI>"),
            told(Kind.RECEIVED, "5 Apr", ">MDI", booking="2"),
        ],
        ["MDI 05 Jan received to 05 Apr received", "MDI 05 Apr received to now"],
    ),
    "in and out on one day is a stay of no days": (
        [RECEIVED, told(Kind.RELEASED, "5 Jan", "MDI>", order=1)],
        ["MDI 05 Jan received to 05 Jan released"],
    ),
    "through another prison and back in a day": (
        [
            RECEIVED,
            told(Kind.TRANSFERRED, "4 Mar", "MDI>LEI"),
            told(Kind.TRANSFERRED, "4 Mar", "LEI>MDI", order=1),
        ],
        [
            "MDI 05 Jan received to 04 Mar transferred",
            "LEI 04 Mar transferred to 04 Mar transferred",
            "MDI 04 Mar transferred to now",
        ],
    ),
    "a day in custody at no named prison adds nothing": (
        [told(Kind.BACK_IN_CUSTODY, "4 Mar", ">"), told(Kind.TRANSFERRED, "4 Mar", ">LEI", order=1)],
        ["LEI 04 Mar transferred to now"],
    ),
    "a merged record ends its stay": (
        [RECEIVED, told(Kind.ADMINISTRATIVE, "4 Mar", "MDI>")],
        ["MDI 05 Jan received to 04 Mar administrative"],
    ),
    "a change of number ends nothing": (
        [RECEIVED, told(Kind.ADMINISTRATIVE, "4 Mar", "MDI>MDI")],
        ["MDI 05 Jan received to now"],
    ),
    "a change on paper at no prison ends nothing": (
        [RECEIVED, told(Kind.ADMINISTRATIVE, "4 Mar", ">")],
        ["MDI 05 Jan received to now"],
    ),
    "a change on paper leaves somebody at court at court": (
        [RECEIVED, told(Kind.TO_COURT, "4 Mar", "MDI>"), told(Kind.ADMINISTRATIVE, "5 Mar", "MDI>MDI")],
        ["MDI 05 Jan received to now court"],
    ),
    "a hearing by video link shows where they are": (
        [told(Kind.RECEIVED, "5 Jan", ">"), told(Kind.ADMINISTRATIVE, "4 Mar", "MDI>MDI")],
        ["? 05 Jan received to 04 Mar administrative", "MDI 04 Mar administrative to now"],
    ),
    "a correction takes the place of what it corrects": (
        [
            RECEIVED,
            told(Kind.RELEASED, "4 Mar", "MDI>"),
            told(Kind.TO_HOSPITAL, "4 Mar", "MDI>", known="10 Mar", corrects=True),
        ],
        ["MDI 05 Jan received to now hospital"],
    ),
    "an undated correction keeps the day": (
        [
            RECEIVED,
            told(Kind.RELEASED, "4 Mar", "MDI>"),
            told(Kind.ADMINISTRATIVE, "10 Mar", "MDI>", by="as_at", corrects=True),
        ],
        ["MDI 05 Jan received to 04 Mar administrative"],
    ),
    "a correction with nothing before it stands by itself": (
        [replace(RECEIVED, movement=replace(RECEIVED.movement, corrects=True))],
        ["MDI 05 Jan received to now"],
    ),
    "a day known only as an upper bound gives way to an exact one": (
        [
            told(Kind.RECEIVED, "5 Jan", ">", known="10 Mar"),
            told(Kind.TRANSFERRED, "10 Mar", ">MDI", by="as_at", order=1),
            told(Kind.TRANSFERRED, "8 Mar", "MDI>LEI", known="11 Mar"),
        ],
        [
            "? 05 Jan received to 08 Mar transferred",
            "MDI by 08 Mar transferred to 08 Mar transferred",
            "LEI 08 Mar transferred to now",
        ],
    ),
    "what was told after the moment asked about is left out": (
        [RECEIVED, replace(told(Kind.RELEASED, "4 Mar", "MDI>"), known_at=NOW + timedelta(seconds=1))],
        ["MDI 05 Jan received to now"],
    ),
}


@pytest.mark.parametrize(("movements", "expected"), ONE_SOURCE.values(), ids=ONE_SOURCE)
def test_stays_of_one_source(movements: list[PlacedMovement], expected: list[str]) -> None:
    result = stays(movements, as_at=NOW)
    assert lines(result) == expected
    assert result.flags == ()


def test_days_that_run_backwards_are_flagged_and_kept_in_line() -> None:
    result = stays(
        [
            RECEIVED,
            told(Kind.TRANSFERRED, "2 Jan", "MDI>LEI", known="6 Jan"),
            told(Kind.RELEASED, "4 Mar", "LEI>"),
        ],
        as_at=NOW,
    )
    assert lines(result) == [
        "MDI 05 Jan received to 05 Jan transferred",
        "LEI 05 Jan transferred to 04 Mar released",
    ]
    assert [(flag.key, dict(flag.params)) for flag in result.flags] == [
        ("out_of_order", {"what": "transferred", "on": "2026-01-02"})
    ]


def test_a_bound_that_would_run_backwards_is_moved_without_a_flag() -> None:
    seen_by = told(Kind.TRANSFERRED, "4 Jan", "MDI>LEI", by="as_at", known="6 Jan")
    assert lines(stays([RECEIVED, seen_by], as_at=NOW))[-1] == "LEI by 05 Jan transferred to now"
    assert stays([RECEIVED, seen_by], as_at=NOW).flags == ()


def test_a_movement_told_before_its_day_is_dated_by_the_telling() -> None:
    result = stays([told(Kind.RECEIVED, "30 Nov", ">MDI", known="5 Jan")], as_at=NOW)
    assert lines(result) == ["MDI by 05 Jan received to now"]
    assert keys(result) == ["told_before_it_happened"]


LEEDS_SEES_HIM = [
    told(Kind.RECEIVED, "5 Jan", ">", feed="LEI", known="12 Mar"),
    told(Kind.TRANSFERRED, "12 Mar", ">LEI", by="as_at", feed="LEI", known="12 Mar", order=1),
]


def said(**days: str) -> dict[tuple[str, str], datetime]:
    """The newest document of each feed."""
    return {("A0000ZZ", feed): datetime.combine(day(text), NOW.timetz()) for feed, text in days.items()}


def test_a_second_feed_carries_on_where_the_first_falls_silent() -> None:
    result = stays([RECEIVED, *LEEDS_SEES_HIM], as_at=NOW, last_said=said(MDI="11 Mar"))
    assert lines(result) == ["MDI 05 Jan received to 12 Mar transferred", "LEI by 12 Mar transferred to now"]
    assert result.flags == ()


def test_a_feed_that_still_has_them_is_flagged_and_the_newer_word_taken() -> None:
    result = stays([RECEIVED, *LEEDS_SEES_HIM], as_at=NOW, last_said=said(MDI="20 Mar", LEI="25 Mar"))
    assert lines(result)[-1] == "LEI by 12 Mar transferred to now"
    (flag,) = result.flags
    assert (flag.key, dict(flag.params)) == (
        "in_two_prisons",
        {
            "on": "2026-03-12",
            "believed": "LEI",
            "prison": "LEI",
            "other": "MDI",
            "other_prison": "MDI",
            "why": "newest",
        },
    )


def test_the_older_word_loses_even_where_its_move_is_later() -> None:
    result = stays([RECEIVED, *LEEDS_SEES_HIM], as_at=NOW, last_said=said(MDI="25 Mar", LEI="20 Mar"))
    assert lines(result) == ["MDI 05 Jan received to now"]
    assert keys(result) == ["in_two_prisons"]


def test_of_two_feeds_of_one_moment_the_prison_s_own_is_taken() -> None:
    regional = [told(Kind.RECEIVED, "5 Jan", ">LEI", feed="REG")]
    result = stays([RECEIVED, *regional], as_at=NOW, last_said=said(MDI="20 Mar", REG="20 Mar"))
    assert lines(result) == ["MDI 05 Jan received to now"]
    assert dict(result.flags[0].params)["why"] == "own_feed"


def test_of_two_own_feeds_of_one_moment_the_later_stay_is_taken() -> None:
    leeds = [told(Kind.RECEIVED, "5 Feb", ">LEI", feed="LEI")]
    result = stays([RECEIVED, *leeds], as_at=NOW, last_said=said(MDI="20 Mar", LEI="20 Mar"))
    assert lines(result) == ["MDI 05 Jan received to 05 Feb received", "LEI 05 Feb received to now"]
    assert dict(result.flags[0].params)["why"] == "latest_start"


def test_two_feeds_that_agree_tell_one_stay() -> None:
    second = told(Kind.RECEIVED, "5 Jan", ">MDI", feed="REG", known="9 Jan")
    result = stays([RECEIVED, second], as_at=NOW)
    assert lines(result) == ["MDI 05 Jan received to now"]
    assert result.flags == ()


def test_a_feed_that_names_the_prison_fills_what_another_leaves_open() -> None:
    regional = [
        told(Kind.RECEIVED, "5 Jan", ">", feed="REG", known="10 Mar"),
        told(Kind.TRANSFERRED, "10 Mar", ">MDI", by="as_at", feed="REG", known="10 Mar", order=1),
    ]
    result = stays([RECEIVED, *regional], as_at=NOW)
    assert lines(result) == ["MDI 05 Jan received to now"]


def test_a_newer_word_of_release_ends_the_stay_for_all() -> None:
    regional = [
        told(Kind.RECEIVED, "5 Jan", ">MDI", feed="REG", known="10 Mar"),
        told(Kind.RELEASED, "4 Mar", "MDI>", feed="REG", known="10 Mar", order=1),
    ]
    result = stays([RECEIVED, *regional], as_at=NOW, last_said=said(MDI="8 Mar"))
    assert lines(result) == ["MDI 05 Jan received to 04 Mar released"]
    assert keys(result) == ["ended_by_another_source"]


def test_a_release_is_no_news_to_a_feed_that_had_fallen_silent() -> None:
    regional = [
        told(Kind.RECEIVED, "5 Jan", ">MDI", feed="REG", known="10 Mar"),
        told(Kind.RELEASED, "4 Mar", "MDI>", feed="REG", known="10 Mar", order=1),
    ]
    result = stays([RECEIVED, *regional], as_at=NOW)
    assert lines(result) == ["MDI 05 Jan received to 04 Mar released"]
    assert result.flags == ()


def test_an_older_word_of_release_is_flagged_and_not_taken() -> None:
    regional = [
        told(Kind.RECEIVED, "5 Jan", ">MDI", feed="REG", known="10 Mar"),
        told(Kind.RELEASED, "4 Mar", "MDI>", feed="REG", known="10 Mar", order=1),
    ]
    result = stays([RECEIVED, *regional], as_at=NOW, last_said=said(MDI="12 Mar"))
    assert lines(result) == ["MDI 05 Jan received to now"]
    assert keys(result) == ["ended_by_another_source"]


def test_a_stay_begun_after_a_release_the_newer_source_stands_by_is_left_out() -> None:
    regional = [
        told(Kind.RECEIVED, "5 Jan", ">MDI", feed="REG", known="10 Mar"),
        told(Kind.RELEASED, "4 Mar", "MDI>", feed="REG", known="10 Mar", order=1),
    ]
    back = told(Kind.BACK_IN_CUSTODY, "6 Mar", ">MDI", known="8 Mar")
    result = stays([back, *regional], as_at=NOW)
    assert lines(result) == ["MDI 05 Jan received to 04 Mar released"]
    assert keys(result) == ["ended_by_another_source"]


def test_a_release_both_came_back_from_ends_only_what_was_before_it() -> None:
    regional = [
        told(Kind.RECEIVED, "5 Jan", ">MDI", feed="REG", known="10 Mar"),
        told(Kind.RELEASED, "4 Mar", "MDI>", feed="REG", known="10 Mar", order=1),
        told(Kind.BACK_IN_CUSTODY, "6 Mar", ">MDI", feed="REG", known="10 Mar", order=2),
    ]
    back = told(Kind.BACK_IN_CUSTODY, "6 Mar", ">MDI", known="8 Mar")
    result = stays([back, *regional], as_at=NOW)
    assert lines(result) == [
        "MDI 05 Jan received to 04 Mar released",
        "MDI 06 Mar back_in_custody to now",
    ]
    assert result.flags == ()


def test_leaving_for_another_prison_ends_only_a_claim_to_the_prison_left() -> None:
    moved = [
        told(Kind.RECEIVED, "5 Jan", ">MDI", feed="REG", known="10 Mar"),
        told(Kind.IN_TRANSIT, "4 Mar", "MDI>", feed="REG", known="10 Mar", order=1),
    ]
    arrived = told(Kind.TRANSFERRED, "5 Mar", ">LEI", feed="LEI", known="6 Mar")
    result = stays([RECEIVED, *moved, arrived], as_at=NOW)
    assert lines(result) == ["MDI 05 Jan received to 04 Mar in_transit", "LEI 05 Mar transferred to now"]


def test_a_merged_record_ends_no_stay_of_the_record_it_went_into() -> None:
    merged = [
        replace(told(Kind.RECEIVED, "5 Jan", ">MDI"), identity="B0000ZZ"),
        replace(told(Kind.ADMINISTRATIVE, "4 Mar", "MDI>"), identity="B0000ZZ"),
    ]
    assert lines(stays([RECEIVED, *merged], as_at=NOW)) == ["MDI 05 Jan received to now"]


def test_an_old_prison_number_that_left_does_not_free_somebody_held_under_another() -> None:
    old = [
        replace(told(Kind.RECEIVED, "1 Jan", ">LEI", booking="0"), identity="B0000ZZ"),
        replace(told(Kind.RELEASED, "3 Jan", "LEI>", booking="0", known="1 Nov"), identity="B0000ZZ"),
    ]
    assert lines(stays([RECEIVED, *old], as_at=NOW)) == [
        "LEI 01 Jan received to 03 Jan released",
        "MDI 05 Jan received to now",
    ]


def test_released_and_received_again_on_one_day_by_two_feeds_is_two_stays() -> None:
    first = told(Kind.RELEASED, "4 Mar", "MDI>")
    second = told(Kind.RECEIVED, "4 Mar", ">MDI", feed="REG", booking="2")
    assert lines(stays([RECEIVED, first, second], as_at=NOW)) == [
        "MDI 05 Jan received to 04 Mar released",
        "MDI 04 Mar received to now",
    ]


def test_a_passing_stay_that_another_source_has_in_full_is_not_told_twice() -> None:
    passing = [
        told(Kind.RECEIVED, "6 Jan", ">MDI", feed="REG", booking="2"),
        told(Kind.RELEASED, "6 Jan", "MDI>", feed="REG", booking="2", order=1),
    ]
    assert lines(stays([RECEIVED, *passing], as_at=NOW)) == ["MDI 05 Jan received to now"]


def test_a_passing_stay_two_sources_tell_is_told_once() -> None:
    passing = [told(Kind.RECEIVED, "6 Jan", ">MDI"), told(Kind.RELEASED, "6 Jan", "MDI>", order=1)]
    again = [replace(each, organisation="REG") for each in passing]
    assert lines(stays([*passing, *again], as_at=NOW)) == ["MDI 06 Jan received to 06 Jan released"]


def test_a_death_ends_the_stay() -> None:
    result = stays([RECEIVED, told(Kind.DIED, "4 Mar", "MDI>")], as_at=NOW)
    assert lines(result) == ["MDI 05 Jan received to 04 Mar died"]
    assert result.flags == ()


def test_somebody_held_after_a_death_was_told_is_flagged() -> None:
    back = told(Kind.BACK_IN_CUSTODY, "6 Mar", ">MDI")
    result = stays([RECEIVED, told(Kind.DIED, "4 Mar", "MDI>"), back], as_at=NOW)
    assert [(flag.key, dict(flag.params)) for flag in result.flags] == [
        ("in_custody_after_death", {"on": "2026-03-04"})
    ]


PRISONS = st.sampled_from(["MDI", "LEI", "BXI", ""])
DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 1))


@st.composite
def anything_told(draw: Callable[..., Any]) -> PlacedMovement:
    movement = Movement(
        what=draw(st.sampled_from(list(MovementKind))),
        happened_on=draw(DAYS),
        dated_by=draw(st.sampled_from(list(DatedBy))),
        from_prison=draw(PRISONS),
        to_prison=draw(PRISONS),
        booking=draw(st.sampled_from(["", "1", "2"])),
        corrects=draw(st.booleans()),
    )
    return PlacedMovement(
        movement=movement,
        identity=draw(st.sampled_from(["A0000ZZ", "B0000ZZ"])),
        organisation=draw(st.sampled_from(["MDI", "LEI"])),
        known_at=datetime.combine(draw(DAYS), NOW.timetz()),
        order=draw(st.integers(0, 2)),
    )


@given(st.data())
def test_the_order_of_what_comes_in_does_not_matter(data: st.DataObject) -> None:
    movements = data.draw(st.lists(anything_told(), max_size=12))
    shuffled = data.draw(st.permutations(movements))
    assert stays(shuffled, as_at=NOW) == stays(movements, as_at=NOW)


@given(st.lists(anything_told(), max_size=12))
def test_stays_never_overlap_and_never_end_before_they_start(movements: list[PlacedMovement]) -> None:
    result = stays(movements, as_at=NOW).stays
    for stay in result:
        assert stay.end is None or stay.start <= stay.end
        assert (stay.end is None) == (stay.ended_by is None)
        assert not (stay.end and stay.out_now)
    whole = [stay for stay in result if not stay.is_empty]
    for before, after in pairwise(whole):
        assert before.end is not None
        assert before.end <= after.start


@given(st.lists(anything_told(), max_size=12))
def test_telling_something_twice_changes_nothing(movements: list[PlacedMovement]) -> None:
    assert stays([*movements, *movements], as_at=NOW) == stays(movements, as_at=NOW)
