"""A day that moves: what comes of it, and that it comes of the day alone."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.pathway_people import (
    CONFIRMED,
    D0,
    HOLIDAYS,
    IN_HAND,
    NOT_STARTED,
    ROWS,
    booked,
    day,
    inside,
    medicine,
    missed,
    out,
    plan,
    said,
    steps,
)
from throughgate.pathway.rules import (
    CLOSED,
    DIVISION,
    Difference,
    Facts,
    Item,
    Pack,
    Progress,
    Ready,
    Settled,
    Shape,
    StepRow,
    Supply,
    difference,
)

# A date that moves, as Dee's does: from D+16 to D+12, told yesterday.
DEE = inside(leaves=16, leaves_told_on=day(-60), ready={Item.HOME: said(CONFIRMED, told=-20)})
MOVED = replace(DEE, leaves_on=day(12), was_leaving_on=day(16), leaves_told_on=day(-1))


FEW = tuple(row for row in ROWS if row.code in {"gp", "home", "naloxone", "meeting", "review_moved"})


def changed(facts: Facts, rows: tuple[StepRow, ...] = ROWS) -> Difference:
    assert facts.was_leaving_on is not None
    return difference(
        plan(facts, rows=rows).steps,
        was_on=facts.was_leaving_on,
        custody_from=facts.custody_from,
        rows={row.code: row for row in rows},
        holidays=HOLIDAYS[DIVISION],
    )


def test_an_earlier_day_makes_steps_earlier_and_some_impossible_in_time() -> None:
    """The home is confirmed, and the GP was due before the new day was told."""
    assert changed(MOVED, FEW) == Difference(earlier=3, later=0, impossible=1)


def test_a_later_day_makes_steps_later() -> None:
    later = replace(MOVED, leaves_on=day(16), was_leaving_on=day(12))
    assert changed(later, FEW) == Difference(earlier=0, later=3, impossible=0)


def test_what_could_never_be_done_in_time_is_not_impossible_only_now() -> None:
    came_late = replace(MOVED, custody_from=day(-9), ready={})
    assert changed(came_late, FEW) == Difference(earlier=4, later=0, impossible=0)


def test_what_is_confirmed_stays_done_when_the_day_moves() -> None:
    assert steps(MOVED)["home"].progress is CONFIRMED


def test_a_contact_made_stays_made_when_medicine_changes() -> None:
    before = out(left=-3, contacts=frozenset({day(-1)}))
    after = replace(before, supplies=(medicine(-1),), pick_ups=missed(-3, -2, -1))
    assert steps(before)["contact_1"] == steps(after)["contact_1"]


# Worlds

DAYS = st.integers(-120, 200).map(day)
PAST = st.integers(-120, 0).map(day)
READY = st.builds(
    Ready,
    progress=st.sampled_from([NOT_STARTED, IN_HAND, CONFIRMED]),
    told_on=PAST,
    on=st.none() | DAYS,
)
SUPPLIES = st.builds(
    Supply,
    medicine=st.sampled_from(["Methadone", "Diazepam"]),
    until=st.none() | DAYS,
)
STANDINGS = st.sampled_from(
    ["sentenced", "remand", "back_on_recall", "indeterminate", "awaiting_sentence", "unknown"]
)
TOLD = {
    "nation": st.sampled_from(["", "england", "wales"]),
    "custody_from": st.none() | PAST,
    "leaves_on": st.none() | DAYS,
    "leaves_certainty": st.sampled_from(["", "confirmed", "calculated"]),
    "leaves_told_on": st.none() | PAST,
    "was_leaving_on": st.none() | DAYS,
    "hearing_on": st.none() | DAYS,
    "ready": st.dictionaries(st.sampled_from(Item), READY),
    "naloxone": st.dictionaries(st.sampled_from(["offered", "trained", "in_hand", "refused"]), PAST),
    "entries": st.dictionaries(st.sampled_from(["before_script", "need_drugs_alcohol"]), PAST),
    "pack": st.none()
    | st.builds(Pack, made_on=PAST, is_agreed=st.booleans(), is_given=st.booleans(), outdated_on=PAST),
    "settled": st.dictionaries(
        st.sampled_from([row.code for row in ROWS]),
        st.builds(Settled, progress=st.sampled_from(sorted(CLOSED)), told_on=PAST, due_on=DAYS),
        max_size=4,
    ),
    "supplies": st.lists(SUPPLIES, max_size=3).map(tuple),
    "contacts": st.frozensets(PAST, max_size=4),
    "missed": st.frozensets(PAST, max_size=4),
    "pick_ups": st.dictionaries(PAST, st.booleans(), max_size=5),
    "last_word_on": st.none() | PAST,
}
INSIDE = st.builds(Facts, standing=STANDINGS, **TOLD)
OUTSIDE = st.builds(Facts, standing=st.just("not_in_custody"), left_on=PAST, **TOLD)
PEOPLE = INSIDE | OUTSIDE


def moved_to(facts: Facts, leaves_on: date) -> Facts:
    """As custody tells it: the day before this one is remembered, and since when this one is told."""
    if leaves_on == facts.leaves_on:
        return facts
    return replace(facts, leaves_on=leaves_on, was_leaving_on=facts.leaves_on, leaves_told_on=D0)


@given(INSIDE, st.lists(DAYS, max_size=5), DAYS, DAYS)
def test_moving_a_day_any_number_of_times_is_moving_it_once(
    facts: Facts, ways: list[date], start: date, end: date
) -> None:
    facts = replace(facts, leaves_on=start, was_leaving_on=None, leaves_told_on=day(-1))
    far = facts
    for way in [*ways, end]:
        far = moved_to(far, way)
    once = moved_to(facts, end)
    if once.was_leaving_on is not None and far.was_leaving_on is not None:
        assert plan(far).steps == plan(once).steps
    dates = {each.code: each.due_on for each in plan(far).steps if each.code != "review_moved"}
    assert dates == {each.code: each.due_on for each in plan(once).steps if each.code != "review_moved"}


@given(INSIDE, DAYS, DAYS)
def test_the_difference_is_that_to_the_plan_for_the_day_before(facts: Facts, was: date, now: date) -> None:
    """As counted between the two plans, step by step, of those that stand in both."""
    hanging = {row.code for row in ROWS if row.anchor == "release"}
    before = replace(facts, leaves_on=was, was_leaving_on=None, leaves_told_on=None)
    after = replace(facts, leaves_on=now, was_leaving_on=was, leaves_told_on=D0)
    stood, stands = steps(before), steps(after)
    dates = [
        (stood[code].due_on, each.due_on)
        for code, each in stands.items()
        if code in stood and code in hanging and each.is_open
    ]
    found = changed(after)
    assert found.impossible <= found.earlier
    assert sum(new < old for old, new in dates) <= found.earlier
    assert sum(new > old for old, new in dates) <= found.later
    if was == now:
        assert found == Difference(earlier=0, later=0, impossible=0)


SAFETY = {
    *(
        "naloxone_offer",
        "naloxone_training",
        "pack_medicines",
        "pack_naloxone",
        "medicines",
        "naloxone",
        "dose_on_the_day",
        "cover_told",
    ),
    *("naloxone_out", "cover_told_out", "cover_end", "cover_broken", "outreach"),
}


@given(
    PEOPLE,
    st.dictionaries(st.sampled_from(Item), READY),
    st.lists(SUPPLIES, max_size=2),
    st.frozensets(PAST, max_size=3),
    st.frozensets(PAST, max_size=3),
)
def test_more_facts_never_lose_a_safety_step(
    facts: Facts,
    ready: dict[Item, Ready],
    supplies: list[Supply],
    contacts: frozenset[date],
    missed: frozenset[date],
) -> None:
    more = replace(
        facts,
        ready={**facts.ready, **ready},
        supplies=(*facts.supplies, *supplies),
        contacts=facts.contacts | contacts,
        missed=facts.missed | missed,
    )
    assert steps(facts).keys() & SAFETY <= steps(more).keys()


@given(PEOPLE)
def test_every_step_has_a_reason_and_stands_once(facts: Facts) -> None:
    whys = {row.code: row.why for row in ROWS}
    codes = [each.code for each in plan(facts).steps]
    assert len(set(codes)) == len(codes)
    assert all(whys[code] for code in codes)


@given(PEOPLE)
def test_whatever_is_known_each_person_has_steps_and_an_order(facts: Facts) -> None:
    found = plan(facts)
    assert found.steps
    assert (found.urgency == 0) == (found.reasons == ())
    assert found.shape is Shape.OUT or facts.left_on is None


@given(PEOPLE)
def test_what_is_past_is_done_or_late_or_nobody_can_know(facts: Facts) -> None:
    completes = {row.code: row.completed_by for row in ROWS}
    for each in plan(facts).steps:
        if each.due_on < D0:
            open_as = Progress.LATE if completes[each.code] else Progress.NOT_KNOWN
            assert each.progress in {*CLOSED, open_as}


def test_a_plan_depends_on_nothing_but_its_facts_and_its_day() -> None:
    facts = replace(DEE, ready={**DEE.ready, **booked(14)})
    assert plan(facts) == plan(facts)
    later = plan(facts, on=D0 + timedelta(days=1))
    assert [each.due_on for each in later.steps] == [each.due_on for each in plan(facts).steps]
