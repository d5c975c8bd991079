"""What a pack holds, who reads of it, what has changed since, and what may be done with it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.packs_facts import WELL, medicine, release, source
from throughgate.foundation.errors import Refused
from throughgate.packs.rules import (
    Change,
    Fact,
    PackState,
    Snapshot,
    Topic,
    as_json,
    changes,
    check_giving,
    check_holds,
    check_revoking,
    from_json,
    left_out,
    shared,
    state_of,
    without,
)

CATEGORIES = ["plan_appointments", "treatment_medicines", "housing"]
FACTS = st.builds(
    Fact,
    key=st.sampled_from("abcde"),
    topic=st.sampled_from(Topic),
    category=st.sampled_from(CATEGORIES),
    said=st.dictionaries(st.sampled_from(["on", "text"]), st.text(max_size=5)),
    by=st.sampled_from(["", "o1"]),
    at=st.just("2026-11-02T12:00:00+00:00"),
)
READ = st.frozensets(st.sampled_from(CATEGORIES))


def snapshot(*facts: Fact, categories: frozenset[str] = frozenset(CATEGORIES)) -> Snapshot:
    return Snapshot(who={"name": "Dee"}, facts=facts, categories=categories, names={})


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """One of somebody's own categories: a key stands once, and nothing is told that its maker may not see."""
    facts = draw(st.lists(FACTS, max_size=5, unique_by=lambda fact: fact.key))
    return shared(snapshot(*facts), draw(READ))


def fact(key: str = "a", *, category: str = "housing", **said: Any) -> Fact:
    return Fact(key=key, topic=Topic.HOME, category=category, said=said)


@given(snapshots())
def test_what_is_kept_reads_back_as_it_was(one: Snapshot) -> None:
    assert from_json(as_json(one)) == one


@given(snapshots(), READ)
def test_nobody_reads_more_of_a_pack_than_they_may(one: Snapshot, read: frozenset[str]) -> None:
    found = shared(one, read)
    assert {each.category for each in found.facts} <= read
    assert found.categories == one.categories & read


@given(snapshots())
def test_nothing_has_changed_since_itself(one: Snapshot) -> None:
    assert changes(one, one) == []


@given(snapshots(), snapshots())
def test_what_either_could_not_see_is_no_change(one: Snapshot, other: Snapshot) -> None:
    both = one.categories & other.categories
    told = [each.now or each.then for each in changes(one, other)]
    assert {each.category for each in told if each} <= both


@given(snapshots(), snapshots())
def test_a_change_undone_is_the_same_the_other_way_round(one: Snapshot, other: Snapshot) -> None:
    there = {(each.key, each.then, each.now) for each in map(_hashable, changes(one, other))}
    back = {(each.key, each.now, each.then) for each in map(_hashable, changes(other, one))}
    assert there == back


def _hashable(changed: Any) -> Any:
    return type("Said", (), {"key": changed.key, "then": repr(changed.then), "now": repr(changed.now)})


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        ((), (fact(),), Change.NEW),
        ((fact(),), (), Change.GONE),
        ((fact(text="here"),), (fact(text="there"),), Change.CHANGED),
    ],
)
def test_what_a_change_is(then: tuple[Fact, ...], now: tuple[Fact, ...], change: Change) -> None:
    assert [each.change for each in changes(snapshot(*then), snapshot(*now))] == [change]


def test_a_word_said_again_is_no_change() -> None:
    again = Fact(key="a", topic=Topic.HOME, category="housing", said={}, by="o2", at="later")
    assert changes(snapshot(fact()), snapshot(again)) == []


def test_a_dose_that_followed_and_a_sum_done_anew_make_no_pack_out_of_date() -> None:
    later = source(at="2026-12-05T20:00:00+00:00", last_on="2026-12-05", last_at="", last_dose="35")
    other = {"on": "2027-01-02", "type": "ARD", "by": WELL}
    seen = frozenset({"treatment_medicines", "custody_legal"})
    then = snapshot(medicine(source()), release(), categories=seen)
    assert changes(then, snapshot(medicine(later), release(others=[other]), categories=seen)) == []
    ended = snapshot(medicine(source(until="2026-12-16")), release(), categories=seen)
    assert [each.key for each in changes(then, ended)] == ["medicine:methadone"]


def test_a_pharmacy_has_other_hours_each_day_and_another_one_is_news() -> None:
    usual = collected("Corner Pharmacy", opening={"state": "open", "spans": [["09:00", "17:30"]]})
    shut = collected("Corner Pharmacy", opening={"state": "closed", "spans": []})
    assert changes(snapshot(usual), snapshot(shut)) == []
    other = collected("Bridge Pharmacy", opening={"state": "open", "spans": [["09:00", "17:30"]]})
    assert [each.change for each in changes(snapshot(usual), snapshot(other))] == [Change.CHANGED]


def collected(name: str, *, opening: dict[str, Any]) -> Fact:
    told = medicine(source())
    return replace(told, said={**told.said, "where": {"name": name, "opening": opening}})


def test_what_is_left_out_is_not_told() -> None:
    assert [each.key for each in without(snapshot(fact("a"), fact("b")), {"a"}).facts] == ["b"]


def test_a_fact_is_found_by_its_key_and_by_what_it_is_about() -> None:
    one = snapshot(fact("a"), fact("b"))
    assert one.fact("b") == fact("b")
    assert one.fact("c") is None
    assert [each.key for each in one.about(Topic.HOME)] == ["a", "b"]


STATES = {
    "just made": ({}, PackState.MADE),
    "agreed": ({"is_agreed": True}, PackState.AGREED),
    "given, agreed or not": ({"is_given": True}, PackState.GIVEN),
    "of an earlier custody": ({"is_over": True, "is_given": True}, PackState.OVER),
    "a newer one stands": (
        {"is_newest": False, "newer_holds": True, "is_over": True, "is_given": True},
        PackState.REPLACED,
    ),
    "a newer one was taken back": ({"is_newest": False, "is_given": True}, PackState.LAPSED),
    "a newer one, of that earlier custody": ({"is_newest": False, "is_over": True}, PackState.OVER),
    "taken back, whatever else": (
        {"is_newest": False, "is_given": True, "is_revoked": True},
        PackState.REVOKED,
    ),
}


@pytest.mark.parametrize(("more", "state"), STATES.values(), ids=STATES)
def test_how_far_a_pack_is(more: dict[str, bool], state: PackState) -> None:
    usual = {"is_newest": True, "is_over": False, "is_agreed": False, "is_given": False, "is_revoked": False}
    assert state_of(**{**usual, **more}) is state


@pytest.mark.parametrize("state", [PackState.MADE, PackState.AGREED, PackState.GIVEN])
def test_one_that_holds_may_be_gone_on_with(state: PackState) -> None:
    check_holds(state)
    check_giving(state, ["a sheet"], "At the gate.")


@pytest.mark.parametrize(
    ("state", "sheets", "text", "why"),
    [
        (PackState.REVOKED, ["a"], "", "This pack was taken back. Make a new one."),
        (PackState.REPLACED, ["a"], "", "There is a newer version of this pack. Go on with that one."),
        (PackState.LAPSED, ["a"], "", "The version after this one was taken back. Make a new one."),
        (PackState.OVER, ["a"], "", "This pack is of an earlier time in custody. Make a new one."),
        (PackState.MADE, [], "", "Choose which sheets were given."),
        (
            PackState.MADE,
            ["a"],
            "x" * 1001,
            "This holds up to 1,000 characters. Write a note for more.",
        ),
    ],
)
def test_why_one_cannot_be_given(state: PackState, sheets: list[str], text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        check_giving(state, sheets, text)
    assert str(refused.value) == why


@pytest.mark.parametrize(("why", "sentence"), [("", "Say why it is taken back."), ("x" * 1001, "This holds")])
def test_taking_back_asks_why(why: str, sentence: str) -> None:
    check_revoking("The wrong place.")
    with pytest.raises(Refused, match=sentence):
        check_revoking(why)


def test_a_wish_about_what_this_worker_cannot_see_stands() -> None:
    assert left_out(["a"], before=["b", "c"], seen={"a", "b"}) == ["a", "c"]


def test_what_a_sheet_does_not_tell_cannot_be_left_out_of_it() -> None:
    with pytest.raises(Refused, match="Load the page again"):
        left_out(["z"], before=[], seen={"a"})
