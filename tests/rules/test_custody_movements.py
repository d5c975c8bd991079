"""What happened, from two neighbouring states: one line a case."""

from typing import Any

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
    LEEDS,
    MERGED,
    MOVING,
    ON_LEAVE,
    OUT,
    RECALLED,
    RECEIVED_ON,
    RELEASED,
    REMANDED,
    UNCLEAR,
    day,
    later,
    state,
    told,
)
from throughgate.custody.rules import CustodyState, movements_between
from throughgate.foundation.codesets import code_set

NOTHING = {
    "the same state again": (REMANDED, later(INSIDE, "ADM N", RECEIVED_ON)),
    "a movement date told for the first time, from before": (
        state(INSIDE, "ADM N"),
        later(INSIDE, "ADM N", RECEIVED_ON),
    ),
    "a feed that stops telling movements": (REMANDED, later(INSIDE, "")),
    "a feed that stops telling the prison": (
        REMANDED,
        later(INSIDE, "ADM N", RECEIVED_ON, prison="", last_prison=""),
    ),
    "still at court": (AT_COURT, later(OUT, "CRT CRT", day(3, 1))),
    "still gone": (RELEASED, later(GONE, "REL CR", day(3, 1))),
    "a recall issued after release": (RELEASED, later(OUT, "REL CR", day(3, 1), legal_status="RECALL")),
    "a recall lifted": (RECALLED, later(GONE, "REL CR", day(3, 1), legal_status="SENTENCED", recall=False)),
    "the prison told at last of somebody at court": (
        state(OUT, "CRT CRT", day(3, 1), prison="OUT", last_prison=""),
        later(OUT, "CRT CRT", day(3, 1)),
    ),
    "the last prison filled in after release": (
        state(GONE, "REL CR", day(3, 1), last_prison=""),
        later(GONE, "REL CR", day(3, 1)),
    ),
}


@pytest.mark.parametrize(("before", "after"), NOTHING.values(), ids=NOTHING)
def test_nothing_happened(before: CustodyState, after: CustodyState) -> None:
    assert movements_between(before, after, CODES) == ()


OUTWARD = {
    "to court": (REMANDED, later(OUT, "CRT CRT", day(3, 4)), ["to_court on 04 Mar MDI>"]),
    "to court, undated": (REMANDED, later(OUT, "CRT CRT"), ["to_court by 10 Mar MDI>"]),
    "on leave": (REMANDED, later(OUT, "TAP RO", day(3, 4)), ["on_leave on 04 Mar MDI>"]),
    "left for another prison": (
        REMANDED,
        later(MOVING, "TRN NOTR", day(3, 4)),
        ["in_transit on 04 Mar MDI>"],
    ),
    "released from prison": (
        REMANDED,
        later(GONE, "REL CR", day(3, 4)),
        ["released on 04 Mar MDI> true_release starts_clock"],
    ),
    "the prison left is the one last seen where the document names none": (
        REMANDED,
        later(GONE, "REL CR", day(3, 4), last_prison=""),
        ["released on 04 Mar MDI> true_release starts_clock"],
    ),
    "freed by the court": (
        AT_COURT,
        later(GONE, "REL NCS", day(3, 4)),
        ["released on 04 Mar MDI> true_release starts_clock"],
    ),
    "released on the way between prisons": (
        BETWEEN,
        later(GONE, "REL CR", day(3, 4)),
        ["released on 04 Mar MDI> true_release starts_clock"],
    ),
    "released from hospital": (
        IN_HOSPITAL,
        later(GONE, "REL HQ", day(3, 4)),
        ["released on 04 Mar MDI> true_release starts_clock"],
    ),
    "escaped": (REMANDED, later(GONE, "REL ESCP", day(3, 4)), ["escaped_or_absent on 04 Mar MDI>"]),
    "to a secure hospital": (REMANDED, later(GONE, "REL HP", day(3, 4)), ["to_hospital on 04 Mar MDI>"]),
    "found to be a restricted patient after a release": (
        RELEASED,
        later(GONE, "REL CR", day(3, 1), restricted_patient=True),
        ["to_hospital by 10 Mar MDI>"],
    ),
    "died inside": (
        REMANDED,
        later(GONE, "REL DEC", day(3, 4), legal_status="DEAD"),
        ["died on 04 Mar MDI>"],
    ),
    "died after release, dated by when it was told": (
        RELEASED,
        later(GONE, "REL CR", day(3, 1), legal_status="DEAD"),
        ["died by 10 Mar MDI> check_by_hand"],
    ),
    "out, and the last movement does not say why": (
        REMANDED,
        later(OUT, "ADM N", RECEIVED_ON),
        ["unclear by 10 Mar MDI> check_by_hand"],
    ),
    "out by an unknown code": (
        REMANDED,
        later(OUT, "XXX ??", day(3, 4)),
        ["unclear on 04 Mar MDI> check_by_hand"],
    ),
    "gone by an unknown code is released by the in and out, and checked": (
        REMANDED,
        later(GONE, "REL ??", day(3, 4)),
        ["released on 04 Mar MDI> check_by_hand"],
    ),
    "recalled before ever being seen outside": (
        REMANDED,
        later(OUT, "REL CR", day(3, 4), recall=True),
        ["released on 04 Mar MDI> true_release starts_clock"],
    ),
    "put on a ghost record": (
        REMANDED,
        later(INSIDE, "ADM N", RECEIVED_ON, prison="ZZGHI", last_prison=""),
        ["administrative by 10 Mar MDI> check_by_hand"],
    ),
    "merged into another record": (
        REMANDED,
        later(GONE, "REL MRG", day(3, 4)),
        ["administrative on 04 Mar MDI>"],
    ),
    "released after a death was told": (
        DEAD,
        later(GONE, "REL CR", day(3, 4)),
        ["released on 04 Mar MDI> true_release starts_clock check_by_hand"],
    ),
    "a death told of somebody released and taken back is no second release": (
        state(GONE, "REL CR", day(3, 1), legal_status="DEAD"),
        later(GONE, "REL CR", day(3, 1)),
        ["administrative by 10 Mar > check_by_hand"],
    ),
    "a restriction lifted from a patient is a release": (
        state(GONE, "REL CR", day(3, 1), restricted_patient=True),
        later(GONE, "REL CR", day(3, 1)),
        ["released by 10 Mar MDI> true_release starts_clock"],
    ),
    "a second word on a death": (
        DEAD,
        later(GONE, "REL DEC", day(3, 2), legal_status="DEAD"),
        ["administrative by 10 Mar > check_by_hand"],
    ),
    "released from a prison nobody saw them move to": (
        REMANDED,
        later(GONE, "REL CR", day(3, 4), last_prison="LEI"),
        [
            "transferred by 04 Mar MDI>LEI missed",
            "released on 04 Mar LEI> true_release starts_clock",
        ],
    ),
    "out at a court from another prison": (
        REMANDED,
        later(OUT, "CRT CRT", day(3, 4), **LEEDS),
        ["transferred by 04 Mar MDI>LEI missed", "to_court on 04 Mar LEI>"],
    ),
    "to court from leave": (
        ON_LEAVE,
        later(OUT, "CRT CRT", day(3, 4)),
        ["back_from_leave by 04 Mar >MDI missed", "to_court on 04 Mar MDI>"],
    ),
    "to court a second time": (
        AT_COURT,
        later(OUT, "CRT CRT", day(3, 4)),
        ["back_from_court by 04 Mar >MDI missed", "to_court on 04 Mar MDI>"],
    ),
    "still at a court, and now from another prison": (
        AT_COURT,
        later(OUT, "CRT CRT", day(3, 1), **LEEDS),
        ["transferred by 01 Mar MDI>LEI missed", "to_court on 01 Mar LEI>"],
    ),
    "on leave from another prison than the court trip before": (
        AT_COURT,
        later(OUT, "TAP RO", day(3, 4), **LEEDS),
        ["transferred by 04 Mar MDI>LEI missed", "on_leave on 04 Mar LEI>"],
    ),
    "to court from between prisons": (
        BETWEEN,
        later(OUT, "CRT CRT", day(3, 4), **LEEDS),
        ["transferred by 04 Mar >LEI missed", "to_court on 04 Mar LEI>"],
    ),
    "to court after release on the same booking": (
        RELEASED,
        later(OUT, "CRT CRT", day(3, 4)),
        ["back_in_custody by 04 Mar >MDI missed", "to_court on 04 Mar MDI>"],
    ),
    "released twice on one booking": (
        RELEASED,
        later(GONE, "REL PD", day(3, 4)),
        [
            "back_in_custody by 04 Mar >MDI missed",
            "released on 04 Mar MDI> true_release starts_clock",
        ],
    ),
    "released after an escape": (
        ESCAPED,
        later(GONE, "REL CR", day(3, 4)),
        [
            "back_in_custody by 04 Mar >MDI missed",
            "released on 04 Mar MDI> true_release starts_clock",
        ],
    ),
    "out at court after an unclear absence": (
        UNCLEAR,
        later(OUT, "CRT CRT", day(3, 4)),
        ["to_court on 04 Mar MDI> check_by_hand"],
    ),
}

INWARD = {
    "back from court": (AT_COURT, later(INSIDE, "CRT CRT", day(3, 2)), ["back_from_court on 02 Mar >MDI"]),
    "back from court the same day, by the same code": (
        AT_COURT,
        later(INSIDE, "CRT CRT", day(3, 1)),
        ["back_from_court on 01 Mar >MDI"],
    ),
    "back from court, undated": (
        state(OUT, "CRT CRT"),
        later(INSIDE, "CRT CRT"),
        ["back_from_court by 10 Mar >MDI"],
    ),
    "back from court with the court trip taken back": (
        AT_COURT,
        later(INSIDE, "ADM N", RECEIVED_ON),
        ["back_from_court by 10 Mar >MDI check_by_hand"],
    ),
    "from court to another prison": (
        AT_COURT,
        later(INSIDE, "ADM TRNCRT", day(3, 1), **LEEDS),
        ["transferred on 01 Mar MDI>LEI"],
    ),
    "from leave to another prison": (
        ON_LEAVE,
        later(INSIDE, "ADM TRNTAP", day(3, 2), **LEEDS),
        ["transferred on 02 Mar MDI>LEI"],
    ),
    "back from leave": (ON_LEAVE, later(INSIDE, "TAP RO", day(3, 2)), ["back_from_leave on 02 Mar >MDI"]),
    "back late from leave": (ON_LEAVE, later(INSIDE, "ADM U", day(3, 2)), ["back_from_leave on 02 Mar >MDI"]),
    "arrived at the next prison": (
        BETWEEN,
        later(INSIDE, "ADM INT", day(3, 2), **LEEDS),
        ["transferred on 02 Mar MDI>LEI"],
    ),
    "arrived back at the prison left": (
        BETWEEN,
        later(INSIDE, "ADM INT", day(3, 2)),
        ["transferred on 02 Mar MDI>MDI"],
    ),
    "moved between two documents": (
        REMANDED,
        later(INSIDE, "ADM INT", day(3, 2), **LEEDS),
        ["transferred on 02 Mar MDI>LEI"],
    ),
    "in another prison, and the last movement does not say since when": (
        REMANDED,
        later(INSIDE, "ADM N", RECEIVED_ON, **LEEDS),
        ["transferred by 10 Mar MDI>LEI"],
    ),
    "back from hospital": (
        IN_HOSPITAL,
        later(INSIDE, "ADM R", day(3, 2)),
        ["back_from_hospital on 02 Mar MDI>MDI"],
    ),
    "recalled": (RELEASED, later(INSIDE, "ADM L", day(3, 2)), ["back_in_custody on 02 Mar >MDI"]),
    "back from recall at large": (
        RECALLED,
        later(INSIDE, "ADM L", day(3, 2)),
        ["back_in_custody on 02 Mar >MDI"],
    ),
    "recaptured": (ESCAPED, later(INSIDE, "ADM RECA", day(3, 2)), ["back_in_custody on 02 Mar >MDI"]),
    "a release taken back": (
        RELEASED,
        later(INSIDE, "ADM N", RECEIVED_ON),
        ["back_in_custody by 10 Mar >MDI"],
    ),
    "back in custody and moved on since": (
        RELEASED,
        later(INSIDE, "ADM INT", day(3, 4), **LEEDS),
        ["back_in_custody by 04 Mar > missed", "transferred on 04 Mar >LEI"],
    ),
    "back in custody and back from court since": (
        RELEASED,
        later(INSIDE, "CRT CRT", day(3, 4)),
        ["back_in_custody by 04 Mar > missed", "back_from_court on 04 Mar >MDI"],
    ),
    "inside after a death was told": (
        DEAD,
        later(INSIDE, "ADM N", RECEIVED_ON),
        ["back_in_custody by 10 Mar >MDI check_by_hand"],
    ),
    "inside after an unclear absence": (
        UNCLEAR,
        later(INSIDE, "ADM N", RECEIVED_ON),
        ["back_in_custody by 10 Mar >MDI check_by_hand"],
    ),
    "to court and back between two documents": (
        REMANDED,
        later(INSIDE, "CRT CRT", day(3, 4)),
        ["to_court by 04 Mar MDI> missed", "back_from_court on 04 Mar >MDI"],
    ),
    "to court and back a second time, dated for the first time": (
        state(INSIDE, "CRT CRT"),
        later(INSIDE, "CRT CRT", day(3, 4)),
        ["to_court by 04 Mar MDI> missed", "back_from_court on 04 Mar >MDI"],
    ),
    "on leave and back between two documents": (
        REMANDED,
        later(INSIDE, "TAP RO", day(3, 4)),
        ["on_leave by 04 Mar MDI> missed", "back_from_leave on 04 Mar >MDI"],
    ),
    "on leave and back late": (
        REMANDED,
        later(INSIDE, "ADM A", day(3, 4)),
        ["on_leave by 04 Mar MDI> missed", "back_from_leave on 04 Mar >MDI"],
    ),
    "escaped and recaptured between two documents": (
        REMANDED,
        later(INSIDE, "ADM RECA", day(3, 4)),
        ["escaped_or_absent by 04 Mar MDI> missed", "back_in_custody on 04 Mar >MDI"],
    ),
    "away and back by transfer": (
        REMANDED,
        later(INSIDE, "ADM INT", day(3, 4)),
        ["in_transit by 04 Mar MDI> missed", "transferred on 04 Mar >MDI"],
    ),
    "a hearing by video link": (
        REMANDED,
        later(INSIDE, "CRT VL", day(3, 4)),
        ["administrative on 04 Mar MDI>MDI"],
    ),
    "inside before and after, by a code nobody knows": (
        REMANDED,
        later(INSIDE, "XXX ??", day(3, 4)),
        ["unclear on 04 Mar MDI>MDI check_by_hand"],
    ),
    "admitted again on the same booking: a release was missed": (
        REMANDED,
        later(INSIDE, "ADM L", day(3, 4)),
        ["released by 04 Mar MDI> check_by_hand missed", "back_in_custody on 04 Mar >MDI"],
    ),
    "admitted again while out at court: a release was missed": (
        AT_COURT,
        later(INSIDE, "ADM N", day(3, 4)),
        ["released by 04 Mar MDI> check_by_hand missed", "back_in_custody on 04 Mar >MDI"],
    ),
}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [*OUTWARD.values(), *INWARD.values()],
    ids=[*OUTWARD, *INWARD],
)
def test_what_happened_between(before: CustodyState, after: CustodyState, expected: list[str]) -> None:
    assert told(movements_between(before, after, CODES)) == expected


def test_a_release_says_what_the_table_says() -> None:
    (released,) = movements_between(REMANDED, later(GONE, "REL BL", day(3, 4)), CODES)
    assert (released.movement_type, released.reason, released.notice) == ("REL", "BL", "unplanned")
    assert released.booking == "1"


def test_the_whole_table_is_read() -> None:
    assert len(CODES) == len(code_set("movement_reasons").rows)
    assert sum(code.true_release for code in CODES.values()) == 42
    assert sum(code.starts_clock for code in CODES.values()) == 35


EVERY_STATE = [
    REMANDED, AT_COURT, ON_LEAVE, BETWEEN, IN_HOSPITAL, RELEASED, ESCAPED, DEAD, MERGED, UNCLEAR, RECALLED,
]  # fmt: skip


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: f"{code.movement_type} {code.code}")
def test_no_code_counts_as_a_release_unless_the_table_says_so(code: Any) -> None:
    where = {"ADM": INSIDE, "REL": GONE, "TRN": MOVING, "CRT": OUT, "TAP": OUT}[code.movement_type]
    after = later(where, f"{code.movement_type} {code.code}", day(3, 4))
    for before in (None, *EVERY_STATE):
        movements = movements_between(before, after, CODES)
        assert sum(each.true_release for each in movements) == code.true_release
        assert sum(each.starts_clock for each in movements) == code.starts_clock


def test_any_two_states_have_an_answer_and_equal_states_none() -> None:
    for before in EVERY_STATE:
        assert movements_between(before, before, CODES) == ()
        for after in EVERY_STATE:
            for movement in movements_between(before, after, CODES):
                assert movement.happened_on <= day(3, 1)
