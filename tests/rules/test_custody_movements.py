"""What happened, from two neighbouring states: one line a case."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from throughgate.custody.rules import CustodyState, DatedBy, Movement, movement_codes, movements_between
from throughgate.foundation.codesets import code_set

CODES = movement_codes(code_set("movement_reasons").rows)

INSIDE = {"status": "ACTIVE IN", "in_out": "IN", "prison": "MDI", "last_prison": "MDI"}
OUT = {"status": "ACTIVE OUT", "in_out": "OUT", "prison": "MDI", "last_prison": "MDI"}
GONE = {"status": "INACTIVE OUT", "in_out": "OUT", "prison": "OUT", "last_prison": "MDI"}
MOVING = {"status": "INACTIVE TRN", "in_out": "TRN", "prison": "TRN", "last_prison": "MDI"}
LEEDS = {"prison": "LEI", "last_prison": "LEI"}
RECEIVED_ON = date(2026, 1, 5)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def at(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 9, tzinfo=UTC)


def state(where: dict[str, str], code: str, on: date | None = None, **more: Any) -> CustodyState:
    """A document of 1 March unless said otherwise, on booking 1, begun on 5 January."""
    movement_type, _, reason = code.partition(" ")
    told = {"as_at": at(3, 1), "booking": "1", "reception_on": RECEIVED_ON, **where, **more}
    return CustodyState(movement_type=movement_type, movement_reason=reason, movement_on=on, **told)


def later(where: dict[str, str], code: str, on: date | None = None, **more: Any) -> CustodyState:
    """The document of 10 March."""
    return state(where, code, on, **{"as_at": at(3, 10), **more})


def told(movements: tuple[Movement, ...]) -> list[str]:
    return [_one(each) for each in movements]


def _one(movement: Movement) -> str:
    near = "by" if movement.dated_by is DatedBy.AS_AT else "on"
    words = [
        movement.what.value,
        near,
        f"{movement.happened_on:%d %b}",
        f"{movement.from_prison}>{movement.to_prison}",
    ]
    marks = ("true_release", "starts_clock", "check_by_hand", "missed", "corrects")
    return " ".join([*words, *(mark for mark in marks if getattr(movement, mark))])


REMANDED = state(INSIDE, "ADM N", RECEIVED_ON)
AT_COURT = state(OUT, "CRT CRT", day(3, 1))
ON_LEAVE = state(OUT, "TAP RO", day(3, 1))
BETWEEN = state(MOVING, "TRN NOTR", day(3, 1))
IN_HOSPITAL = state(GONE, "REL HP", day(3, 1), restricted_patient=True)
RELEASED = state(GONE, "REL CR", day(3, 1))
ESCAPED = state(GONE, "REL UAL", day(3, 1))
DEAD = state(GONE, "REL DEC", day(3, 1), legal_status="DEAD")
MERGED = state(GONE, "REL MRG", day(3, 1))
UNCLEAR = state(OUT, "ADM N", RECEIVED_ON)
RECALLED = state(OUT, "REL CR", day(3, 1), legal_status="RECALL", recall=True)

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
    [*OUTWARD.values(), *INWARD.values(), *CORRECTIONS.values(), *BOOKINGS.values()],
    ids=[*OUTWARD, *INWARD, *CORRECTIONS, *BOOKINGS],
)
def test_what_happened_between(before: CustodyState, after: CustodyState, expected: list[str]) -> None:
    assert told(movements_between(before, after, CODES)) == expected


def test_a_release_says_what_the_table_says() -> None:
    (released,) = movements_between(REMANDED, later(GONE, "REL BL", day(3, 4)), CODES)
    assert (released.movement_type, released.reason, released.notice) == ("REL", "BL", "unplanned")
    assert released.booking == "1"


def test_a_missed_release_belongs_to_the_booking_it_ended() -> None:
    after = later(INSIDE, "ADM N", day(3, 4), booking="2", reception_on=day(3, 4))
    released, received = movements_between(REMANDED, after, CODES)
    assert (released.booking, received.booking) == ("1", "2")
    assert (released.movement_type, released.reason) == ("", "")


def test_the_day_is_the_day_in_london() -> None:
    seen = CustodyState(
        as_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC), movement_type="ADM", movement_reason="N", prison="MDI"
    )
    (received,) = movements_between(None, seen, CODES)
    assert received.happened_on == date(2026, 7, 2)


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
