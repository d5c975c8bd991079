"""Documents of a prison feed, and movements in one line each, for the tests of custody."""

from datetime import UTC, date, datetime
from typing import Any

from throughgate.custody.rules import CustodyState, DatedBy, Movement, movement_codes
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
