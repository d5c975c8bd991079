"""Doors that must not be found: what a pack keeps to itself of them."""

import pytest

from tests.rules.packs_facts import WHERE, appointment, fact, home, meeting, need
from throughgate.directory.rules import names
from throughgate.packs.rules import Fact, Topic
from throughgate.packs.rules.protected import without_address, without_places

REFUGE = frozenset({"Harbour House", "12 Mill Lane", "ZZ99 3VZ", "01632 960004"})


def helper(who: str, reach: str = "") -> Fact:
    return fact("helper:before_keyworker:1", Topic.HELPER, "plan_appointments", who=who, reach=reach)


def reach(way: str, words: str) -> Fact:
    said = {"way": way, "is_safe": True, "reach": words, "text": ""}
    return fact(f"reach_{way}", Topic.REACH, "identity_contact", **said)


def test_a_place_of_the_directory_that_is_protected_later_goes_whole() -> None:
    there = {**WHERE, "name": "Harbour House"}
    (left,) = without_places(appointment(where=there), REFUGE)
    assert left.said["where"] is None
    elsewhere = {**WHERE, "address": ["1 High Street", "ZZ99 4AA"]}
    (other,) = without_places(appointment(where=elsewhere), REFUGE)
    assert other.said["where"] == elsewhere


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        pytest.param("Go to harbour  HOUSE at four", True, id="in small letters or capitals, however spaced"),
        pytest.param("12, Mill Lane", True, id="with a comma"),
        pytest.param("near zz993vz", True, id="a postcode without its space"),
        pytest.param("Ring 01632960004", True, id="a number written as one"),
        pytest.param("112 Mill Lane", False, id="another number of the street"),
        pytest.param("The harbour", False, id="half of a name"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_place_is_named_however_it_is_written(text: str, is_named: bool) -> None:
    assert names(text, REFUGE) is is_named
    assert not names(text, frozenset())


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(appointment(place="Harbour House, back door"), id="where an appointment is"),
        pytest.param(appointment(with_whom="Tess of Harbour House"), id="with whom it is"),
        pytest.param(appointment(what="", own_word="Harbour House visit"), id="what a provider calls it"),
        pytest.param(home(text="12 Mill Lane, ask for Tess"), id="where they sleep"),
        pytest.param(meeting(text="A taxi to ZZ99 3VZ"), id="who meets them"),
        pytest.param(need("home", "housing", words="I liked Harbour House"), id="their own words"),
        pytest.param(
            fact("goal:1", Topic.GOAL, "plan_appointments", words="A flat", steps=["Ask Harbour House"]),
            id="a step to what they want",
        ),
    ],
)
def test_words_that_name_a_protected_place_go_and_the_rest_stays(typed: Fact) -> None:
    (left,) = without_places(typed, REFUGE)
    assert not any(name in str(left.said) for name in ("Harbour", "Mill", "ZZ99"))
    assert left.key == typed.key
    assert left.said.keys() == typed.said.keys()


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(helper("Tess, Harbour House"), id="who helps"),
        pytest.param(reach("phone", "01632 960004"), id="how they are reached"),
        pytest.param(
            fact("goal:1", Topic.GOAL, "plan_appointments", words="Harbour House", steps=["Pay"]),
            id="what they want",
        ),
    ],
)
def test_nothing_is_left_that_says_nothing_without_its_words(typed: Fact) -> None:
    assert list(without_places(typed, REFUGE)) == []


def test_what_names_no_protected_place_is_told_as_it_was_typed() -> None:
    assert list(without_places(appointment(where=WHERE), frozenset())) == [appointment(where=WHERE)]
    assert list(without_places(helper("Kofi"), REFUGE)) == [helper("Kofi")]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        pytest.param(home(text="12 Secret Lane"), [home(text="")], id="no words of a home"),
        pytest.param(meeting(text="Outside my flat"), [meeting(text="")], id="none of who meets them"),
        pytest.param(appointment(place="At hers"), [appointment(place="")], id="no place that was typed"),
        pytest.param(
            appointment(where=WHERE), [appointment(where=WHERE)], id="a place of the directory is everybody's"
        ),
        pytest.param(reach("letter", "12 Secret Lane"), [], id="no address to write to"),
        pytest.param(reach("phone", "07700 900001"), [reach("phone", "07700 900001")], id="a number stays"),
        pytest.param(helper("Kofi"), [helper("Kofi")], id="who helps stays"),
    ],
)
def test_whose_own_address_must_not_be_known(typed: Fact, left: list[Fact]) -> None:
    assert list(without_address(typed)) == left
