"""From documents to stays: whatever a feed says in whatever order, its last word stands at the end."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from throughgate.custody.rules import (
    CustodyState,
    OutNow,
    PlacedMovement,
    StayResult,
    Where,
    movement_codes,
    movements_between,
    see,
    stays,
)
from throughgate.foundation.codesets import code_set

CODES = movement_codes(code_set("movement_reasons").rows)
START = datetime(2026, 1, 1, 9, tzinfo=UTC)
NOW = START + timedelta(days=400)

WAYS_TO_BE = [
    ("ACTIVE IN", "ADM N"),
    ("ACTIVE IN", "ADM L"),
    ("ACTIVE IN", "ADM INT"),
    ("ACTIVE IN", "ADM TRNCRT"),
    ("ACTIVE IN", "ADM A"),
    ("ACTIVE IN", "ADM RECA"),
    ("ACTIVE IN", "CRT CRT"),
    ("ACTIVE IN", "CRT VL"),
    ("ACTIVE IN", "TAP C6"),
    ("ACTIVE IN", "XXX ??"),
    ("ACTIVE IN", ""),
    ("ACTIVE OUT", "CRT CRT"),
    ("ACTIVE OUT", "TAP RO"),
    ("ACTIVE OUT", "REL CR"),
    ("INACTIVE TRN", "TRN NOTR"),
    ("INACTIVE OUT", "REL CR"),
    ("INACTIVE OUT", "REL HP"),
    ("INACTIVE OUT", "REL UAL"),
    ("INACTIVE OUT", "REL DEC"),
    ("INACTIVE OUT", "REL MRG"),
    ("INACTIVE OUT", "REL ??"),
]
STANDS_FOR = {
    Where.COURT: OutNow.COURT,
    Where.LEAVE: OutNow.LEAVE,
    Where.HOSPITAL: OutNow.HOSPITAL,
    Where.AT_LARGE: OutNow.AT_LARGE,
    Where.INSIDE: OutNow.NOT_OUT,
}


@st.composite
def any_history(draw: Callable[..., Any]) -> list[CustodyState]:
    """Documents a week apart; the dates in them may be missing, stale, or plainly wrong."""
    seen: list[CustodyState] = []
    for week in range(draw(st.integers(1, 7))):
        status, code = draw(st.sampled_from(WAYS_TO_BE))
        movement_type, _, reason = code.partition(" ")
        prison = draw(st.sampled_from(["MDI", "LEI"]))
        as_at = START + timedelta(weeks=week)
        booking = draw(st.sampled_from(["1", "2"]))
        days_before = draw(st.one_of(st.none(), st.integers(0, 20)))
        seen.append(
            CustodyState(
                as_at=as_at,
                status=status,
                movement_type=movement_type,
                movement_reason=reason,
                movement_on=None if days_before is None else as_at.date() - timedelta(days=days_before),
                prison=prison if status.startswith("ACTIVE") else "OUT",
                last_prison=prison,
                booking=booking,
                reception_on=draw(st.sampled_from([None, date(2025, 12, 1), date(2026, 1, 10)])),
                recall=draw(st.sampled_from([None, True, False])),
            )
        )
    return seen


def placed(history: Sequence[CustodyState]) -> list[PlacedMovement]:
    return [
        PlacedMovement(
            movement=movement, identity="A0000ZZ", organisation="MDI", known_at=after.as_at, order=order
        )
        for before, after in pairwise([None, *history])
        if after is not None
        for order, movement in enumerate(movements_between(before, after, CODES))
    ]


def stays_of(history: Sequence[CustodyState]) -> StayResult:
    return stays(placed(history), as_at=NOW)


@given(any_history())
def test_the_last_document_s_word_stands(history: list[CustodyState]) -> None:
    last = see(history[-1], CODES)
    open_stays = [stay for stay in stays_of(history).stays if stay.end is None]
    if last.where in STANDS_FOR:
        (stay,) = open_stays
        assert (stay.prison, stay.out_now) == (last.prison, STANDS_FOR[last.where])
    elif last.where is not Where.UNCLEAR:
        assert open_stays == []


@given(any_history())
def test_the_same_document_again_changes_nothing(history: list[CustodyState]) -> None:
    doubled = [each for state in history for each in (state, state)]
    assert placed(doubled) == placed(history)
