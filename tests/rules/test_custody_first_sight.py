"""What a first document tells: one line a case."""

from datetime import UTC, date, datetime

import pytest

from tests.rules.custody_states import (
    AT_COURT,
    BETWEEN,
    CODES,
    DEAD,
    ESCAPED,
    GONE,
    IN_HOSPITAL,
    INSIDE,
    MERGED,
    ON_LEAVE,
    OUT,
    RECALLED,
    RECEIVED_ON,
    RELEASED,
    REMANDED,
    UNCLEAR,
    at,
    day,
    state,
    told,
)
from throughgate.custody.rules import CustodyState, movements_between

FIRST_SIGHT = {
    "received on the day the booking began": (REMANDED, ["received on 05 Jan >MDI"]),
    "without a movement date the reception still dates the admission": (
        state(INSIDE, "ADM N"),
        ["received on 05 Jan >MDI"],
    ),
    "without a reception date the admission's own day is taken": (
        state(INSIDE, "ADM I", day(1, 7), reception_on=None),
        ["received on 07 Jan >MDI"],
    ),
    "without any date they were received by the day they were first seen": (
        state(INSIDE, "ADM I", reception_on=None),
        ["received by 01 Mar >MDI"],
    ),
    "a document without a code tells of a reception": (state(INSIDE, ""), ["received on 05 Jan >MDI"]),
    "an unknown admission code is a reception to check": (
        state(INSIDE, "ADM ??", RECEIVED_ON),
        ["received on 05 Jan >MDI check_by_hand"],
    ),
    "a release code on somebody inside is to check": (
        state(INSIDE, "REL CR"),
        ["received on 05 Jan >MDI check_by_hand"],
    ),
    "who came by transfer was received elsewhere, and the booking's day is not the day here": (
        state(INSIDE, "ADM INT", day(2, 3)),
        ["received on 05 Jan >", "transferred on 03 Feb >MDI"],
    ),
    "an undated transfer happened by the day they were first seen here": (
        state(INSIDE, "ADM INT"),
        ["received on 05 Jan >", "transferred by 01 Mar >MDI"],
    ),
    "arriving by way of court is a transfer": (
        state(INSIDE, "ADM TRNCRT", day(2, 3)),
        ["received on 05 Jan >", "transferred on 03 Feb >MDI"],
    ),
    "arriving by way of leave is a transfer": (
        state(INSIDE, "ADM TRNTAP", day(2, 3)),
        ["received on 05 Jan >", "transferred on 03 Feb >MDI"],
    ),
    "back from court, received before that at a prison not named": (
        state(INSIDE, "CRT CRT", day(2, 3)),
        ["received on 05 Jan >", "back_from_court on 03 Feb >MDI"],
    ),
    "without a reception date only the last movement is told": (
        state(INSIDE, "TAP C5", day(2, 3), reception_on=None),
        ["back_from_leave on 03 Feb >MDI"],
    ),
    "a hearing by video link takes nobody out": (
        state(INSIDE, "CRT VL", day(2, 3)),
        ["received on 05 Jan >", "administrative on 03 Feb MDI>MDI"],
    ),
    "an admission after the reception is a return to custody": (
        state(INSIDE, "ADM L", day(2, 3), legal_status="RECALL", recall=True),
        ["received on 05 Jan >", "back_in_custody on 03 Feb >MDI"],
    ),
    "a late return from leave": (
        state(INSIDE, "ADM A", day(2, 3)),
        ["received on 05 Jan >", "back_from_leave on 03 Feb >MDI"],
    ),
    "a recapture": (
        state(INSIDE, "ADM RECA", day(2, 3)),
        ["received on 05 Jan >", "back_in_custody on 03 Feb >MDI"],
    ),
    "out at court": (AT_COURT, ["received on 05 Jan >", "to_court on 01 Mar MDI>"]),
    "out on leave": (ON_LEAVE, ["received on 05 Jan >", "on_leave on 01 Mar MDI>"]),
    "out at court on recall is out at court": (
        state(OUT, "CRT 19", day(3, 1), legal_status="RECALL", recall=True),
        ["received on 05 Jan >", "to_court on 01 Mar MDI>"],
    ),
    "between prisons": (BETWEEN, ["received on 05 Jan >", "in_transit on 01 Mar MDI>"]),
    "released on licence": (
        RELEASED,
        ["received on 05 Jan >", "released on 01 Mar MDI> true_release starts_clock"],
    ),
    "deported is a true release that starts no clock": (
        state(GONE, "REL DE", day(3, 1)),
        ["received on 05 Jan >", "released on 01 Mar MDI> true_release"],
    ),
    "a recall issued moves nobody: what is told is the release before it": (
        RECALLED,
        ["received on 05 Jan >", "released on 01 Mar MDI> true_release starts_clock"],
    ),
    "at large on recall with no release told": (
        state(OUT, "ADM L", day(3, 1), legal_status="RECALL"),
        ["received on 05 Jan >", "released on 01 Mar MDI> check_by_hand"],
    ),
    "in a secure hospital is not released": (
        IN_HOSPITAL,
        ["received on 05 Jan >", "to_hospital on 01 Mar MDI>"],
    ),
    "a restricted patient is in hospital whatever the code": (
        state(GONE, "REL CR", day(3, 1), restricted_patient=True),
        ["received on 05 Jan >", "to_hospital on 01 Mar MDI>"],
    ),
    "in an immigration removal centre is still detained": (
        state(GONE, "REL ECSLIRC", day(3, 1)),
        ["received on 05 Jan >", "transferred on 01 Mar MDI>"],
    ),
    "escaped is not released": (ESCAPED, ["received on 05 Jan >", "escaped_or_absent on 01 Mar MDI>"]),
    "intermittent custody's days outside are leave": (
        state(GONE, "REL IR", day(3, 1)),
        ["received on 05 Jan >", "on_leave on 01 Mar MDI>"],
    ),
    "accumulated visits written as a release are a move": (
        state(GONE, "REL AV", day(3, 1)),
        ["received on 05 Jan >", "in_transit on 01 Mar MDI>"],
    ),
    "died": (DEAD, ["received on 05 Jan >", "died on 01 Mar MDI>"]),
    "a death told by the legal status alone is to check": (
        state(INSIDE, "ADM N", RECEIVED_ON, legal_status="DEAD"),
        ["received on 05 Jan >", "died on 05 Jan MDI> check_by_hand"],
    ),
    "a death told by the code alone is to check": (
        state(GONE, "REL DEC", day(3, 1)),
        ["received on 05 Jan >", "died on 01 Mar MDI> check_by_hand"],
    ),
    "a merged record held nobody of its own": (MERGED, ["administrative on 01 Mar MDI>"]),
    "a discharge that is no release is to check": (
        state(GONE, "REL DISC", day(3, 1)),
        ["administrative on 01 Mar MDI> check_by_hand"],
    ),
    "a ghost record held nobody": (
        state(INSIDE, "ADM N", prison="ZZGHI", last_prison=""),
        ["administrative by 01 Mar > check_by_hand"],
    ),
    "an unknown release code is kept, counted as no release, and checked": (
        state(GONE, "REL ??", day(3, 1)),
        ["received on 05 Jan >", "released on 01 Mar MDI> check_by_hand"],
    ),
    "gone with no code at all": (
        state(GONE, "", reception_on=None),
        ["released by 01 Mar MDI> check_by_hand"],
    ),
    "gone by a court movement is to check": (
        state(GONE, "CRT CRT", day(3, 1)),
        ["received on 05 Jan >", "released on 01 Mar MDI> check_by_hand"],
    ),
    "released while the booking is active is to check": (
        state(OUT, "REL CR", day(3, 1)),
        [
            "received on 05 Jan >",
            "released on 01 Mar MDI> true_release starts_clock check_by_hand",
        ],
    ),
    "out for no reason told": (UNCLEAR, ["received on 05 Jan >", "unclear on 05 Jan MDI> check_by_hand"]),
    "nothing told at all": (CustodyState(as_at=at(3, 1)), ["unclear by 01 Mar > check_by_hand"]),
}

WITHOUT_STATUS = {
    "the in-out field says inside": (
        {"in_out": "IN", "prison": "MDI"},
        "ADM N",
        ["received on 05 Jan >MDI"],
    ),
    "the prison alone says inside": ({"prison": "MDI"}, "ADM N", ["received on 05 Jan >MDI"]),
    "the prison alone says outside": (
        {"prison": "OUT", "last_prison": "MDI"},
        "REL CR",
        ["received on 05 Jan >", "released by 01 Mar MDI> true_release starts_clock"],
    ),
    "an unknown status gives way to the in-out field": (
        {"status": "ACTIVE ??", "in_out": "TRN", "prison": "TRN"},
        "TRN NOTR",
        ["received on 05 Jan >", "in_transit by 01 Mar >"],
    ),
    "out with an unknown type": (
        {"in_out": "OUT"},
        "XXX ??",
        ["received on 05 Jan >", "released by 01 Mar > check_by_hand"],
    ),
    "out with no type": (
        {"in_out": "OUT"},
        "",
        ["received on 05 Jan >", "unclear by 01 Mar > check_by_hand"],
    ),
}


@pytest.mark.parametrize(("seen", "expected"), FIRST_SIGHT.values(), ids=FIRST_SIGHT)
def test_first_sight(seen: CustodyState, expected: list[str]) -> None:
    assert told(movements_between(None, seen, CODES)) == expected


@pytest.mark.parametrize(("where", "code", "expected"), WITHOUT_STATUS.values(), ids=WITHOUT_STATUS)
def test_first_sight_without_a_status(where: dict[str, str], code: str, expected: list[str]) -> None:
    assert told(movements_between(None, state(where, code), CODES)) == expected


def test_the_day_is_the_day_in_london() -> None:
    seen = CustodyState(
        as_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC), movement_type="ADM", movement_reason="N", prison="MDI"
    )
    (received,) = movements_between(None, seen, CODES)
    assert received.happened_on == date(2026, 7, 2)
