"""What is told between any two places of a prison's feed, found out by asking the rule itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from throughgate.custody import intake
from throughgate.custody.rules import CustodyState, Movement, Where, movements_between, see
from throughgate.wiring.reference.markdown import table

Telling = tuple[str, str, dict[str, Any]]  # type and reason of the last movement, other fields that differ

FIRST_DAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
RECEIVED_ON = date(2026, 11, 1)
INSIDE = CustodyState(
    as_at=FIRST_DAY,
    status="ACTIVE IN",
    in_out="IN",
    prison="MDI",
    booking="1",
    reception_on=RECEIVED_ON,
    legal_status="SENTENCED",
)
AWAY = {"status": "ACTIVE OUT", "in_out": "OUT"}
LEFT = {"status": "INACTIVE OUT", "in_out": "OUT", "prison": "OUT", "last_prison": "MDI"}
ON_THE_WAY = {"status": "INACTIVE TRN", "in_out": "TRN", "prison": "TRN", "last_prison": "MDI"}
ELSEWHERE = {"prison": "LEI"}
ADMITTED: Telling = ("ADM", "N", {"movement_on": RECEIVED_ON})
# A typical document of each place.
TYPICAL: dict[Where, Telling] = {
    Where.INSIDE: ADMITTED,
    Where.COURT: ("CRT", "CRT", AWAY),
    Where.LEAVE: ("TAP", "C6", AWAY),
    Where.IN_TRANSIT: ("TRN", "NOTR", ON_THE_WAY),
    Where.HOSPITAL: ("REL", "HP", LEFT),
    Where.GONE: ("REL", "CR", LEFT),
    Where.AT_LARGE: ("REL", "UAL", LEFT),
    Where.RECALLED: ("REL", "CR", {**LEFT, **AWAY, "legal_status": "RECALL", "recall": True}),
    Where.DEAD: ("REL", "DEC", {**LEFT, "legal_status": "DEAD"}),
    Where.ON_PAPER: ("REL", "MRG", LEFT),
    Where.UNCLEAR: ("", "", {"status": "", "in_out": "", "prison": ""}),
}
# Of somebody inside now, by where they were: how one comes in depends on it.
COME_IN: dict[Where | None, Telling] = {
    None: ADMITTED,
    Where.INSIDE: ("ADM", "INT", ELSEWHERE),
    Where.COURT: ("CRT", "CRT", {}),
    Where.LEAVE: ("TAP", "C6", {}),
    Where.IN_TRANSIT: ("ADM", "INT", ELSEWHERE),
    Where.HOSPITAL: ("ADM", "R", {}),
    Where.GONE: ("ADM", "L", {"legal_status": "RECALL", "recall": True}),
    Where.AT_LARGE: ("ADM", "RECA", {}),
    Where.RECALLED: ("ADM", "L", {"legal_status": "RECALL", "recall": True}),
}
RETURNED: Telling = ("ADM", "R", {})  # from anywhere else


def between() -> str:
    """Every place against every other; the first row is of somebody never seen before."""
    head = ("from ↓ to →", *map(_words, Where))
    rows = ((f"**{_words(was) if was else 'never seen'}**", *_row(was)) for was in (None, *Where))
    return table(head, rows)


def _row(was: Where | None) -> list[str]:
    before = document(was, TYPICAL[was], days=0) if was else None
    told = (movements_between(before, _after(was, now), intake.codes()) for now in Where)
    return [", ".join(map(_told, movements)) for movements in told]


def _after(was: Where | None, now: Where) -> CustodyState:
    told = COME_IN.get(was, RETURNED) if now is Where.INSIDE else TYPICAL[now]
    return document(now, told, days=1)


def document(where: Where, told: Telling, *, days: int) -> CustodyState:
    """What a prison says of somebody who is there, so many days after the first.

    Raises: ValueError where the rules and code tables of today put them in another place.
    """
    movement_type, reason, differs = told
    then = FIRST_DAY + timedelta(days=days)
    moved = replace(
        INSIDE, as_at=then, movement_type=movement_type, movement_reason=reason, movement_on=then.date()
    )
    state = replace(moved, **differs)
    found = see(state, intake.codes()).where
    if found is not where:
        raise ValueError(f"The document of somebody {where} is read as {found}.")
    return state


def _told(movement: Movement) -> str:
    return f"*missed* {_words(movement.what)}" if movement.missed else _words(movement.what)


def _words(name: str) -> str:
    return name.replace("_", " ")
