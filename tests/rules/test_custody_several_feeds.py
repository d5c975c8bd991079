"""Whose word is taken where several feeds tell where somebody was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.custody_tellings import NOW, RECEIVED, Kind, day, keys, lines, told
from throughgate.custody.rules import DatedBy, Movement, MovementKind, PlacedMovement, stays

LEEDS_SEES_HIM = [
    told(Kind.RECEIVED, "5 Jan", ">", feed="LEI", known="12 Mar"),
    told(Kind.TRANSFERRED, "12 Mar", ">LEI", by="as_at", feed="LEI", known="12 Mar", order=1),
]


ON_12_MARCH = replace(LEEDS_SEES_HIM[1].movement, dated_by=DatedBy.MOVEMENT_DATE)


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


LEFT_BY_RELEASE = told(Kind.RELEASED, "4 Mar", "MDI>")
LEEDS_SEES_HIM_BACK = [
    told(Kind.RECEIVED, "5 Jan", ">", feed="LEI", known="12 Mar"),
    told(Kind.BACK_IN_CUSTODY, "12 Mar", ">LEI", feed="LEI", known="12 Mar", order=1),
]


def test_a_prison_that_has_them_back_does_not_undo_the_release_from_another() -> None:
    result = stays([RECEIVED, LEFT_BY_RELEASE, *LEEDS_SEES_HIM_BACK], as_at=NOW)
    assert lines(result) == [
        "MDI 05 Jan received to 04 Mar released",
        "LEI 12 Mar back_in_custody to now",
    ]
    assert result.flags == ()


def test_a_prison_that_saw_neither_reception_nor_release_takes_nothing_from_who_tells_of_one() -> None:
    gone = [
        told(Kind.RECEIVED, "5 Jan", ">", known="5 Mar"),
        told(Kind.RELEASED, "4 Mar", "MDI>", known="5 Mar", order=1),
    ]
    result = stays([*gone, *LEEDS_SEES_HIM_BACK], as_at=NOW)
    assert lines(result) == ["? 05 Jan received to 04 Mar released", "LEI 12 Mar back_in_custody to now"]


def test_a_night_on_the_way_is_in_no_prison_whoever_tells_of_the_arrival() -> None:
    left = told(Kind.IN_TRANSIT, "11 Mar", "MDI>")
    result = stays([RECEIVED, left, *LEEDS_SEES_HIM], as_at=NOW)
    assert lines(result) == [
        "MDI 05 Jan received to 11 Mar in_transit",
        "LEI by 12 Mar transferred to now",
    ]


def test_a_prison_that_did_not_see_them_leave_has_them_only_till_another_has_them() -> None:
    back = [
        told(Kind.IN_TRANSIT, "20 Mar", "MDI>", by="as_at", known="20 Mar", missed=True),
        told(Kind.TRANSFERRED, "20 Mar", ">MDI", known="20 Mar", order=1),
    ]
    leeds = [LEEDS_SEES_HIM[0], replace(LEEDS_SEES_HIM[1], movement=ON_12_MARCH)]
    result = stays([RECEIVED, *leeds, *back], as_at=NOW)
    assert lines(result) == [
        "MDI 05 Jan received to 12 Mar transferred",
        "LEI 12 Mar transferred to 20 Mar transferred",
        "MDI 20 Mar transferred to now",
    ]
    assert result.flags == ()


def test_a_prison_that_fell_silent_does_not_have_them_on_the_way_from_another() -> None:
    leeds = [LEEDS_SEES_HIM[0], replace(LEEDS_SEES_HIM[1], movement=ON_12_MARCH)]
    left = told(Kind.IN_TRANSIT, "20 Mar", "LEI>", feed="LEI")
    brixton = told(Kind.TRANSFERRED, "21 Mar", ">BXI", feed="BXI")
    result = stays([RECEIVED, *leeds, left, brixton], as_at=NOW)
    assert lines(result) == [
        "MDI 05 Jan received to 12 Mar transferred",
        "LEI 12 Mar transferred to 20 Mar in_transit",
        "BXI 21 Mar transferred to now",
    ]


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
