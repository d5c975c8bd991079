"""Who is who: what holds whatever the records say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from throughgate.foundation.codesets import code_set
from throughgate.linkage import rules
from throughgate.linkage.rules import BirthDates, Evidence, HoldReason, LinkTo, Names, NewPerson, compare

LOCAL = ("local", "PL0017")
DAY = date(1989, 5, 4)
Room = tuple[Evidence, list[Evidence], frozenset[frozenset[UUID]]]

numbers = st.sampled_from(
    [
        ("nhs", "9990000018"),
        ("nhs", "9990000190"),
        ("prison", "A1111AA"),
        ("prison", "A2222AA"),
        ("pnc", "2006/0842979X"),
        ("cro", "472465/06M"),
        ("crn", "X320741"),
        ("crn", "X320742"),
        LOCAL,
    ]
)
names = st.sampled_from(["Kim", "Kit", "DEE", "Dée", "William", "Bill", "Will", ""])
SHORT_NAMES = [(row["short"], row["name"]) for row in code_set("short_names").rows]
days = st.sampled_from([None, date(1989, 5, 4), date(1989, 4, 5), date(1990, 5, 4), date(1960, 5, 4)])


@st.composite
def evidence(draw: st.DrawFn, number: int = 99, persons: Iterable[int] = (0,)) -> Evidence:
    person = draw(st.sampled_from(list(persons)))
    return Evidence(
        identity_id=UUID(int=number),
        person_id=UUID(int=person) if person else None,
        organisation=draw(st.sampled_from([UUID(int=100), UUID(int=200)])),
        identifiers=draw(st.frozensets(numbers, max_size=4)),
        first_name=draw(names),
        last_name=draw(names),
        aliases=tuple(draw(st.lists(st.tuples(names, names), max_size=2))),
        birth_date=draw(days),
        initials_only=draw(st.booleans()),
    )


@st.composite
def rooms(draw: st.DrawFn) -> Room:
    """A new identity, the known ones, and the pairs said to be different."""
    size = draw(st.integers(0, 5))
    others = [draw(evidence(number, persons=(1, 2, 3))) for number in range(size)]
    told = (
        draw(st.sets(st.frozensets(st.sampled_from([*range(size), 99]), min_size=2, max_size=2), max_size=2))
        if size
        else set()
    )
    never = frozenset(frozenset(UUID(int=one) for one in pair) for pair in told)
    return draw(evidence(persons=(0, 1, 4))), others, never


@given(evidence(1), evidence(2))
def test_comparing_is_the_same_from_either_side(a: Evidence, b: Evidence) -> None:
    assert compare(a, b) == compare(b, a)


@given(evidence(1), evidence(2), st.sampled_from(SHORT_NAMES))
def test_a_short_form_takes_away_no_doubt_but_that_of_the_first_name(
    a: Evidence, b: Evidence, names: tuple[str, str]
) -> None:
    short, name = names
    differing = compare(replace(a, first_name="Kit", aliases=()), replace(b, first_name="Dee", aliases=()))
    found = compare(replace(a, first_name=short, aliases=()), replace(b, first_name=name, aliases=()))
    assert replace(found, first_name=differing.first_name) == differing
    assert set(rules.doubts(found)) <= set(rules.doubts(differing))
    taken_away = set(rules.doubts(differing)) - set(rules.doubts(found))
    assert taken_away <= {HoldReason.first_names_differ, HoldReason.perhaps_twins}
    if found.first_name is Names.short_form:
        assert (found.last_name, found.birth_date) == (Names.same, BirthDates.same)


@given(rooms(), st.sampled_from(SHORT_NAMES))
def test_a_short_form_never_joins_without_a_number(room: Room, names: tuple[str, str]) -> None:
    one, others, never = room
    short, name = names
    same = [replace(each, first_name=name, last_name=one.last_name, birth_date=DAY) for each in others]
    bare = replace(
        one, identifiers=frozenset({LOCAL}), person_id=None, first_name=short, birth_date=DAY, aliases=()
    )
    assert rules.decide(bare, same, never) == NewPerson()


@given(rooms(), st.randoms(use_true_random=False))
def test_the_order_of_the_others_never_changes_the_decision(room: Room, shuffle: Random) -> None:
    one, others, never = room
    mixed = list(others)
    shuffle.shuffle(mixed)
    assert rules.decide(one, mixed, never) == rules.decide(one, others, never)


@given(rooms())
def test_a_name_and_birth_date_alone_never_join(
    room: Room,
) -> None:
    one, others, never = room
    bare = replace(one, identifiers=frozenset({LOCAL}), person_id=None)
    assert rules.decide(bare, others, never) == NewPerson()


@given(rooms())
def test_nothing_is_joined_across_a_clash_or_against_what_somebody_said(
    room: Room,
) -> None:
    one, others, never = room
    decision = rules.decide(one, others, never)
    if not isinstance(decision, LinkTo):
        return
    ends_there = [
        other
        for other in others
        if other.person_id == decision.person_id or other.identity_id in decision.also_move
    ]
    strangers = [other for other in ends_there if other.person_id != one.person_id]
    assert not any(frozenset({one.identity_id, other.identity_id}) in never for other in strangers)
    assert not any("nhs" in compare(one, other).clashing for other in strangers)
    assert decision.evidence or one.person_id
    for other in strangers:
        for third in ends_there:
            if third.person_id != other.person_id:
                assert frozenset({third.identity_id, other.identity_id}) not in never
                assert "nhs" not in compare(third, other).clashing


@given(rooms())
def test_deciding_again_after_joining_changes_nothing(
    room: Room,
) -> None:
    one, others, never = room
    first = rules.decide(one, others, never)
    if isinstance(first, LinkTo):
        joined = {one.identity_id, *first.also_move}
        after = [
            replace(each, person_id=first.person_id) if each.identity_id in joined else each
            for each in others
        ]
        again = rules.decide(replace(one, person_id=first.person_id), after, never)
        assert getattr(again, "person_id", first.person_id) == first.person_id
        assert not getattr(again, "also_move", ())
