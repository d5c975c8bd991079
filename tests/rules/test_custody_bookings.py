"""Movements told again with another reason, taken back, or told of another booking: one line a case."""

from datetime import date

import pytest

from tests.rules.custody_states import (
    AT_COURT,
    BETWEEN,
    CODES,
    DEAD,
    GONE,
    INSIDE,
    LEEDS,
    MOVING,
    OUT,
    RECEIVED_ON,
    RELEASED,
    REMANDED,
    day,
    later,
    state,
    told,
)
from throughgate.custody.rules import CustodyState, movements_between

CORRECTIONS = {
    "the reason of a release": (
        RELEASED,
        later(GONE, "REL HR", day(3, 1)),
        ["released on 01 Mar MDI> true_release starts_clock corrects"],
    ),
    "a release that was a merge": (
        RELEASED,
        later(GONE, "REL MRG", day(3, 1)),
        ["administrative on 01 Mar MDI> corrects"],
    ),
    "the reason of an admission": (
        state(INSIDE, "ADM INTAKE", RECEIVED_ON),
        later(INSIDE, "ADM I", RECEIVED_ON),
        ["received on 05 Jan >MDI corrects"],
    ),
    "the reason of a return to custody": (
        state(INSIDE, "ADM INTAKE", day(3, 1)),
        later(INSIDE, "ADM L", day(3, 1)),
        ["back_in_custody on 01 Mar >MDI corrects"],
    ),
    "the reason of an undated admission is to check": (
        state(INSIDE, "ADM N"),
        later(INSIDE, "ADM I"),
        ["received on 05 Jan >MDI check_by_hand corrects"],
    ),
    "a death that was a release": (
        DEAD,
        later(GONE, "REL CR", day(3, 1)),
        ["released on 01 Mar MDI> true_release starts_clock corrects"],
    ),
    "two undated court reasons are two trips": (
        state(OUT, "CRT CRT"),
        later(OUT, "CRT 19"),
        ["back_from_court by 10 Mar >MDI missed", "to_court by 10 Mar MDI>"],
    ),
    "a court trip taken back by a source that now tells an earlier one": (
        state(INSIDE, "CRT CRT", day(2, 20)),
        later(INSIDE, "ADM N", RECEIVED_ON),
        ["administrative by 10 Mar MDI>MDI check_by_hand"],
    ),
    "a release taken back for an earlier one starts no stay": (
        RELEASED,
        later(GONE, "REL CR", day(2, 1)),
        ["administrative by 10 Mar > check_by_hand"],
    ),
}

BOOKINGS = {
    "a new time in custody after release": (
        RELEASED,
        later(INSIDE, "ADM N", day(3, 4), booking="2", reception_on=day(3, 4)),
        ["received on 04 Mar >MDI"],
    ),
    "a new time in custody, and moved on since": (
        RELEASED,
        later(INSIDE, "ADM INT", day(3, 6), booking="2", reception_on=day(3, 4), **LEEDS),
        ["received on 04 Mar >", "transferred on 06 Mar >LEI"],
    ),
    "a new booking without dates": (
        RELEASED,
        later(INSIDE, "ADM N", booking="2", reception_on=None),
        ["received by 10 Mar >MDI"],
    ),
    "an older booking that became the active one again": (
        RELEASED,
        later(INSIDE, "ADM L", day(3, 4), booking="0", reception_on=date(2025, 1, 5)),
        ["back_in_custody on 04 Mar >MDI"],
    ),
    "inside on one booking, then on another: a release was missed": (
        REMANDED,
        later(INSIDE, "ADM N", day(3, 4), booking="2", reception_on=day(3, 4)),
        ["released by 04 Mar MDI> check_by_hand missed", "received on 04 Mar >MDI"],
    ),
    "inside on one booking, then moved on another": (
        REMANDED,
        later(INSIDE, "ADM INT", day(3, 6), booking="2", reception_on=day(3, 4), **LEEDS),
        [
            "released by 04 Mar MDI> check_by_hand missed",
            "received on 04 Mar >",
            "transferred on 06 Mar >LEI",
        ],
    ),
    "at court on one booking, then admitted on another begun before we looked": (
        AT_COURT,
        later(INSIDE, "ADM N", day(2, 27), booking="2", reception_on=day(2, 27)),
        ["released by 27 Feb MDI> check_by_hand missed", "received on 27 Feb >MDI"],
    ),
    "another booking under somebody who stayed where they were is two records joined": (
        REMANDED,
        later(INSIDE, "ADM N", RECEIVED_ON, booking="2"),
        ["administrative by 10 Mar MDI>MDI check_by_hand"],
    ),
    "another booking, begun later, but no admission": (
        REMANDED,
        later(INSIDE, "ADM N", RECEIVED_ON, booking="2", reception_on=day(2, 1)),
        ["administrative by 10 Mar MDI>MDI check_by_hand"],
    ),
    "records joined on the way to court": (
        REMANDED,
        later(OUT, "CRT CRT", day(3, 4), booking="2"),
        ["administrative by 10 Mar MDI>MDI check_by_hand", "to_court on 04 Mar MDI>"],
    ),
    "records joined between prisons hold nobody in either": (
        BETWEEN,
        later(MOVING, "TRN NOTR", day(3, 1), booking="2"),
        ["administrative by 10 Mar > check_by_hand"],
    ),
    "another booking of somebody still gone says nothing": (
        RELEASED,
        later(GONE, "REL CR", day(3, 1), booking="2", reception_on=day(2, 1)),
        [],
    ),
    "a whole time in custody nobody saw": (
        RELEASED,
        later(GONE, "REL CR", day(3, 8), booking="2", reception_on=day(3, 4)),
        ["received on 04 Mar >", "released on 08 Mar MDI> true_release starts_clock"],
    ),
    "a booking not told is the same booking": (RELEASED, later(GONE, "REL CR", day(3, 1), booking=""), []),
}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [*CORRECTIONS.values(), *BOOKINGS.values()],
    ids=[*CORRECTIONS, *BOOKINGS],
)
def test_what_happened_between(before: CustodyState, after: CustodyState, expected: list[str]) -> None:
    assert told(movements_between(before, after, CODES)) == expected


def test_a_missed_release_belongs_to_the_booking_it_ended() -> None:
    after = later(INSIDE, "ADM N", day(3, 4), booking="2", reception_on=day(3, 4))
    released, received = movements_between(REMANDED, after, CODES)
    assert (released.booking, received.booking) == ("1", "2")
    assert (released.movement_type, released.reason) == ("", "")
