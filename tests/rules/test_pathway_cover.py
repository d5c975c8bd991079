"""How long medicine lasts: only unbroken cover counts, and what is not known is never covered."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.pathway_people import (
    CONFIRMED,
    D0,
    IN_HAND,
    booked,
    day,
    inside,
    medicine,
    missed,
    out,
    said,
)
from throughgate.directory.rules import Hours, week
from throughgate.pathway.rules import CoverState, Facts, Item, Settled, Supply, cover_of

NONE, COVERED, ENDS = CoverState.NONE, CoverState.COVERED, CoverState.ENDS
NOWHERE = CoverState.NOWHERE
ENDED, BROKEN, NOT_KNOWN = CoverState.ENDED, CoverState.BROKEN, CoverState.NOT_KNOWN
PREGABALIN = "Pregabalin"
MISSED = missed(-3, -2, -1)


def leaver(*supplies: Supply, left: int = -3, **more: Any) -> Facts:
    return out(left=left, supplies=supplies, **more)


def kept(on: int, **days: set[int]) -> dict[str, Any]:
    return {"ready": booked(on), **{name: frozenset(map(day, told)) for name, told in days.items()}}


def collected(
    until: int | None, *, shut: range | None = None, name: str = "Methadone", is_placed: bool = True
) -> Supply:
    """Taken in front of a pharmacist, who is shut on these days."""
    hours = Hours(week("mon-sun 09:00-17:00; holiday closed"), {day(days) for days in shut or ()})
    return medicine(until, name=name, is_collected=True, is_placed=is_placed, hours=hours)


def agreed(first: int, last: int) -> dict[str, Settled]:
    """Doses, for these days that the pharmacy is shut."""
    said = Settled(progress=CONFIRMED, told_on=D0, due_on=D0)
    return {f"shut_days {day(first)}/{day(last)}": said}


def leaving(*supplies: Supply, **more: Any) -> Facts:
    """Today, and booked to be seen in four days."""
    return inside(leaves=0, supplies=supplies, **{**kept(4), **more})


CASES: dict[str, tuple[Facts, CoverState, int | None]] = {
    "no medicine is told of": (leaver(), NONE, None),
    "it is told to have been stopped": (leaver(medicine(9, stopped=True)), NONE, None),
    "nobody says until when": (leaver(medicine(None)), NOT_KNOWN, None),
    "nobody is booked": (leaver(medicine(9)), ENDS, 9),
    "it ends today": (leaver(medicine(0)), ENDS, 0),
    "it ended yesterday": (leaver(medicine(-1)), ENDED, -1),
    "booked on the last day": (leaver(medicine(9), **kept(9)), COVERED, 9),
    "booked a day too late": (leaver(medicine(9), **kept(10)), ENDS, 9),
    "booked, and nobody said for when": (
        leaver(medicine(9), ready={Item.APPOINTMENT: said(CONFIRMED)}),
        ENDS,
        9,
    ),
    "not quite booked": (leaver(medicine(9), ready={Item.APPOINTMENT: said(IN_HAND, on=4)}), ENDS, 9),
    "the appointment was kept": (leaver(medicine(9), **kept(-1, contacts={-1})), COVERED, 9),
    "the appointment has been, and nobody says how": (leaver(medicine(9), **kept(-1)), ENDS, 9),
    "the appointment is today": (leaver(medicine(9), **kept(0)), COVERED, 9),
    "today's appointment was missed": (leaver(medicine(9), **kept(0, missed={0})), ENDS, 9),
    "missed in the morning, seen in the afternoon": (
        leaver(medicine(9), **kept(0, missed={0}, contacts={0})),
        COVERED,
        9,
    ),
    "the first of two medicines counts": (leaver(medicine(9), medicine(5, name=PREGABALIN)), ENDS, 5),
    "one of two medicines is not known": (
        leaver(medicine(9), medicine(None, name=PREGABALIN), **kept(2)),
        NOT_KNOWN,
        9,
    ),
    "one has ended and one is not known": (
        leaver(medicine(-1), medicine(None, name=PREGABALIN)),
        ENDED,
        -1,
    ),
    "two sources supply one medicine": (leaver(medicine(2), medicine(9)), ENDS, 9),
    "two pick-ups missed in a row": (leaver(medicine(9), pick_ups=missed(-2, -1), **kept(4)), COVERED, 9),
    "three pick-ups missed in a row": (leaver(medicine(9), pick_ups=MISSED, **kept(4)), BROKEN, -4),
    "three missed, and then one collected": (
        leaver(medicine(9), pick_ups={**MISSED, D0: True}, **kept(4)),
        COVERED,
        9,
    ),
    "three missed, with one collected between": (
        leaver(medicine(9), pick_ups={**MISSED, day(-2): True}, **kept(4)),
        COVERED,
        9,
    ),
    "three missed in an earlier custody": (
        inside(came=-2, supplies=(medicine(30),), pick_ups=missed(-5, -4, -3)),
        ENDS,
        30,
    ),
    "three missed, and no medicine is told of": (leaver(pick_ups=MISSED), BROKEN, -4),
    "three missed of what had ended before": (leaver(medicine(-9), pick_ups=MISSED), BROKEN, -9),
    "three missed of a medicine since stopped": (
        leaver(medicine(9, stopped=True), pick_ups=MISSED),
        NONE,
        None,
    ),
    "inside, to the gate and beyond": (inside(supplies=(medicine(30),)), ENDS, 30),
    "inside, and an appointment after the gate": (
        inside(supplies=(medicine(30),), ready=booked(18)),
        COVERED,
        30,
    ),
    "inside, to be renewed before the gate": (inside(supplies=(medicine(2),)), NOT_KNOWN, None),
    "inside, ended and renewed in ways nobody tells": (inside(supplies=(medicine(-2),)), NOT_KNOWN, None),
    "a year typed wrongly": (leaver(medicine(800), **kept(4)), NOT_KNOWN, None),
    "a year typed wrongly by one of two sources": (leaver(medicine(800), medicine(9), **kept(4)), COVERED, 9),
    "to be collected, and nobody says where": (leaving(collected(9, is_placed=False)), NOWHERE, 9),
    "to be collected, where it is open the next day": (leaving(collected(9)), COVERED, 9),
    "to be collected, where it is shut the day after": (leaving(collected(9, shut=range(1, 2))), ENDS, 0),
    "to be collected, where it is shut for a day after that": (
        leaving(collected(9, shut=range(2, 3))),
        COVERED,
        9,
    ),
    "to be collected, shut for two days before they are seen": (
        leaving(collected(9, shut=range(2, 4))),
        ENDS,
        1,
    ),
    "to be collected, shut for two days after they are seen": (
        leaving(collected(9, shut=range(6, 8))),
        COVERED,
        5,
    ),
    "to be collected, shut, and the days are agreed": (
        leaving(collected(9, shut=range(2, 4)), settled=agreed(2, 3)),
        COVERED,
        9,
    ),
    "to be collected, shut, and one of its days is agreed": (
        leaving(collected(9, shut=range(2, 4)), settled=agreed(2, 2)),
        ENDS,
        1,
    ),
    "to be collected, shut, and nobody says until when": (
        leaving(collected(None, shut=range(1, 3))),
        NOT_KNOWN,
        None,
    ),
    "shut since yesterday, and nobody says until when": (
        leaver(collected(None, shut=range(-1, 2)), left=-21, **kept(4)),
        ENDED,
        -2,
    ),
    "to be collected, and nobody is booked": (leaving(collected(9), ready={}), ENDS, 9),
    "two pharmacies, one of them open": (
        leaving(collected(9, shut=range(1, 3)), collected(7)),
        COVERED,
        9,
    ),
    "to be collected by one word, in their hands by another": (
        leaving(collected(9, is_placed=False), medicine(9)),
        COVERED,
        9,
    ),
    "one to be collected, another in their hands": (
        leaving(collected(9, name=PREGABALIN, is_placed=False), medicine(5)),
        NOWHERE,
        5,
    ),
    "left yesterday, and it is shut": (
        out(left=-1, supplies=(collected(9, shut=range(2)),), **kept(4)),
        ENDED,
        -1,
    ),
    "left on Friday, and it opens today": (
        out(left=-3, supplies=(collected(9, shut=range(-2, 0)),), **kept(4)),
        COVERED,
        9,
    ),
    "shut since yesterday, three weeks after they left": (
        leaver(collected(9, shut=range(-1, 2)), left=-21, **kept(4)),
        ENDED,
        -2,
    ),
    "left two days ago, and nobody ever said where": (
        leaver(collected(9, is_placed=False), left=-2, **kept(4)),
        COVERED,
        9,
    ),
    "to be collected, with no day to leave on": (
        inside(leaves=None, supplies=(collected(30),)),
        NOT_KNOWN,
        None,
    ),
    "inside, with no day to leave on": (inside(leaves=None, supplies=(medicine(30),)), NOT_KNOWN, None),
}


@pytest.mark.parametrize(("facts", "state", "until"), CASES.values(), ids=CASES)
def test_until_when_medicine_lasts(facts: Facts, state: CoverState, until: int | None) -> None:
    cover = cover_of(facts, on=D0)
    assert (cover.state, cover.until) == (state, None if until is None else day(until))


SEEN: dict[str, tuple[Facts, int | None]] = {
    "nobody is booked": (leaver(), None),
    "booked": (leaver(**kept(9)), 9),
    "not quite booked": (leaver(ready={Item.APPOINTMENT: said(IN_HAND, on=4)}), None),
    "booked, and it has been": (leaver(**kept(-1)), None),
    "booked, and kept": (leaver(**kept(-1, contacts={-1})), -1),
    "missed, and booked again elsewhere": (leaver(**kept(0, missed={0}), booked=frozenset({day(6)})), 6),
    "booked, and something else missed that day": (
        leaver(booked=frozenset({day(0)}), missed=frozenset({day(0)})),
        0,
    ),
    "the first of two": (leaver(booked=frozenset({day(12), day(6)})), 6),
    "booked inside, before they leave": (inside(leaves=16, booked=frozenset({day(3)})), None),
    "booked, with no day to leave on": (inside(leaves=None, booked=frozenset({day(3)})), 3),
}


@pytest.mark.parametrize(("facts", "seen_on"), SEEN.values(), ids=SEEN)
def test_the_day_a_prescriber_sees_them(facts: Facts, seen_on: int | None) -> None:
    assert cover_of(facts, on=D0).seen_on == (None if seen_on is None else day(seen_on))


def test_somebody_booked_too_late_is_not_covered() -> None:
    cover = cover_of(leaver(medicine(9), booked=frozenset({day(12)})), on=D0)
    assert (cover.state, cover.until, cover.seen_on) == (ENDS, day(9), day(12))


DAYS = st.dates(D0 - timedelta(days=30), D0 + timedelta(days=60))
SUPPLIES = st.builds(
    Supply,
    medicine=st.sampled_from(["Methadone", PREGABALIN, "Diazepam"]),
    until=st.none() | DAYS,
    stopped=st.booleans(),
)


@given(
    st.lists(SUPPLIES, max_size=5),
    DAYS,
    st.dictionaries(st.dates(D0 - timedelta(days=3), D0), st.booleans(), max_size=4),
)
def test_covered_is_said_only_where_each_medicine_lasts_until_somebody_is_seen(
    supplies: list[Supply], seen_on: date, pick_ups: dict[date, bool]
) -> None:
    ready = {Item.APPOINTMENT: said(CONFIRMED, on=(seen_on - D0).days)}
    facts = leaver(*supplies, ready=ready, pick_ups=pick_ups)
    going = [supply for supply in supplies if not supply.stopped]
    if cover_of(facts, on=D0).state is COVERED:
        assert going
        for name in {supply.medicine for supply in going}:
            known = [supply.until for supply in going if supply.medicine == name and supply.until]
            assert max(known) >= max(seen_on, D0)
        assert len(pick_ups) < 3 or any(pick_ups.values())
