"""What an event says happened: one line a case."""

from datetime import UTC, date, datetime

import pytest

from throughgate.custody.rules import (
    DatedBy,
    Movement,
    MovementKind,
    PlacedMovement,
    ToldEvent,
    movement_codes,
    movement_told,
    without_echoes,
)
from throughgate.foundation.codesets import code_set

AT = datetime(2026, 11, 3, 15, 40, tzinfo=UTC)
ON = date(2026, 11, 3)
CODES = movement_codes(code_set("movement_reasons").rows)
Kind = MovementKind


def told(what: Kind, code: str = "", *, kind: str = "REL", prison: str = "MDI") -> Movement:
    event = ToldEvent(occurred_at=AT, what=what, movement_type=kind, movement_reason=code, prison=prison)
    return movement_told(event, CODES)


def test_a_release_with_a_code_of_the_table_is_what_the_table_says() -> None:
    free = told(Kind.RELEASED, "CR")
    assert (free.what, free.true_release, free.starts_clock, free.check_by_hand) == (
        Kind.RELEASED,
        True,
        True,
        False,
    )
    assert told(Kind.RELEASED, "DEC").what is Kind.DIED
    assert told(Kind.RELEASED, "UAL").what is Kind.ESCAPED_OR_ABSENT
    assert told(Kind.RELEASED, "MRG").what is Kind.ADMINISTRATIVE


@pytest.mark.parametrize("code", ["", "??"], ids=["no code", "a code nobody knows"])
def test_a_release_without_one_counts_provisionally_and_is_to_be_checked(code: str) -> None:
    free = told(Kind.RELEASED, code)
    assert (free.what, free.true_release, free.starts_clock, free.check_by_hand) == (
        Kind.RELEASED,
        False,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("what", "code", "kind", "prisons", "is_checked"),
    [
        pytest.param(Kind.RECEIVED, "N", "ADM", ("", "MDI"), False, id="who is received comes to the prison"),
        pytest.param(Kind.BACK_FROM_COURT, "", "CRT", ("", "MDI"), False, id="who is back comes to it too"),
        pytest.param(Kind.TO_COURT, "", "CRT", ("MDI", ""), False, id="who goes out leaves it"),
        pytest.param(
            Kind.TO_COURT, "??", "CRT", ("MDI", ""), True, id="a code nobody knows is to be checked"
        ),
        pytest.param(Kind.UNCLEAR, "", "", ("MDI", "MDI"), True, id="a reason nobody knows moves nobody"),
        pytest.param(Kind.ADMINISTRATIVE, "", "ADM", ("MDI", "MDI"), True, id="records joined move nobody"),
    ],
)
def test_other_movements(
    what: Kind, code: str, kind: str, prisons: tuple[str, str], is_checked: bool
) -> None:
    movement = told(what, code, kind=kind)
    assert (movement.what, movement.from_prison, movement.to_prison) == (what, *prisons)
    assert (movement.check_by_hand, movement.starts_clock) == (is_checked, False)
    assert (movement.happened_on, movement.dated_by) == (ON, DatedBy.AS_AT)


@pytest.mark.parametrize("code", ["OUT", "TRN", "ZZGHI"])
def test_what_stands_for_no_prison_is_none(code: str) -> None:
    assert told(Kind.RECEIVED, "N", kind="ADM", prison=code).to_prison == ""
    assert told(Kind.RELEASED, "CR", prison=code).from_prison == ""


def test_the_day_is_that_of_the_clock_in_london() -> None:
    late = ToldEvent(occurred_at=datetime(2026, 7, 3, 23, 30, tzinfo=UTC), what=Kind.TO_COURT)
    assert movement_told(late, CODES).happened_on == date(2026, 7, 4)


def placed(movement: Movement, identity: str = "MDI A1234BC") -> PlacedMovement:
    return PlacedMovement(movement=movement, identity=identity, organisation="MDI", known_at=AT)


ECHO = placed(told(Kind.RELEASED))
WITH_REASON = placed(told(Kind.RELEASED, "CR"))
DEATH = placed(told(Kind.RELEASED, "DEC"))


@pytest.mark.parametrize(
    ("told_so", "kept"),
    [
        pytest.param([ECHO], [ECHO], id="a release without a reason stands while nothing else tells of it"),
        pytest.param([WITH_REASON, ECHO], [WITH_REASON], id="it goes where one of that day has a reason"),
        pytest.param([ECHO, DEATH], [DEATH], id="also where the reason is a death, whichever came first"),
        pytest.param(
            [placed(told(Kind.RELEASED, "CR"), "LEI A1234BC"), ECHO],
            [placed(told(Kind.RELEASED, "CR"), "LEI A1234BC"), ECHO],
            id="another source's reason is its own",
        ),
        pytest.param(
            [placed(told(Kind.TO_COURT, kind="CRT")), placed(told(Kind.BACK_FROM_COURT, "CRT", kind="CRT"))],
            [placed(told(Kind.TO_COURT, kind="CRT")), placed(told(Kind.BACK_FROM_COURT, "CRT", kind="CRT"))],
            id="out to court without a reason, and back with one, are two movements",
        ),
    ],
)
def test_one_leaving_sent_out_as_two_events_is_one(
    told_so: list[PlacedMovement], kept: list[PlacedMovement]
) -> None:
    assert without_echoes(told_so) == kept


def test_every_reason_of_the_table_is_a_movement_there_is() -> None:
    rows = code_set("prison_event_reasons").rows
    assert {row["what"] for row in rows} <= set(Kind)
    assert {row["does"] for row in code_set("prison_events").rows} == {
        "arrival",
        "leaving",
        "merge",
        "changed",
        "by_hand",
    }
