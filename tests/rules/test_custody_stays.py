"""Where one source says somebody was, span by span."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.rules.custody_tellings import NOW, RECEIVED, Kind, day, keys, lines, told
from throughgate.custody.rules import PlacedMovement, stays

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


@pytest.mark.parametrize(
    ("happened", "came_on"),
    [
        pytest.param([RECEIVED], "5 Jan", id="held since they came"),
        pytest.param(
            [RECEIVED, told(Kind.TRANSFERRED, "4 Mar", "MDI>LEI")], "5 Jan", id="another prison, one custody"
        ),
        pytest.param([RECEIVED, told(Kind.IN_TRANSIT, "4 Mar", "MDI>")], "5 Jan", id="on the way"),
        pytest.param([RECEIVED, told(Kind.RELEASED, "4 Mar", "MDI>")], "", id="out"),
        pytest.param(
            [
                RECEIVED,
                told(Kind.RELEASED, "4 Mar", "MDI>"),
                told(Kind.RECEIVED, "6 Mar", ">MDI", booking="2"),
            ],
            "6 Mar",
            id="in again",
        ),
        pytest.param([], "", id="never seen"),
    ],
)
def test_the_custody_that_goes_on_began_when_they_last_came_in(
    happened: list[PlacedMovement], came_on: str
) -> None:
    assert stays(happened, as_at=NOW).came_on == (day(came_on) if came_on else None)
