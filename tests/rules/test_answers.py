"""What was answered: split by who reads it, corrected within its sitting, and read together."""

from dataclasses import replace
from itertools import permutations
from uuid import UUID

import pytest

from tests.rules.answers_said import (
    HOME,
    NO,
    THEM,
    US,
    YES,
    concept_of,
    days_before,
    kept,
    said,
)
from throughgate.assessment.rules import answers as rules
from throughgate.assessment.rules.shapes import Answer

BEER = Answer(state="answered", value=("beer",))
ME = UUID(int=9)


# Split by who reads it


def test_each_category_and_each_circle_of_readers_is_a_part_of_its_own() -> None:
    words = said({"tenancy": YES, "drinks": BEER, "rooms": NO}, only_for={"rooms": (ME,)})
    assert {part.circle: set(part.answers) for part in rules.parts(words, HOME, [])} == {
        ("housing", ()): {"tenancy"},
        ("housing", (ME,)): {"rooms"},
        ("treatment_medicines", ()): {"drinks"},
    }


def test_what_stands_already_is_no_part_and_what_is_taken_out_is_an_empty_one() -> None:
    housing, drinks = kept({"tenancy": YES}), kept({"drinks": BEER}, category="treatment_medicines")
    assert rules.parts(said({"tenancy": YES, "drinks": BEER}), HOME, [housing, drinks]) == []
    (part,) = rules.parts(said({"tenancy": YES}), HOME, [housing, drinks])
    assert part == (("treatment_medicines", ()), {}, drinks)


@pytest.mark.parametrize("chosen", [(), (UUID(int=8),)], ids=["all", "somebody else"])
def test_what_was_kept_for_some_stays_so_whatever_is_chosen_later(chosen: tuple[UUID, ...]) -> None:
    mine = kept({"tenancy": YES}, only_for=(ME,))
    (part,) = rules.parts(said({"tenancy": NO}, only_for={"tenancy": chosen}), HOME, [mine])
    assert part == (("housing", (ME,)), {"tenancy": NO}, mine)
    (sitting,) = rules.sittings([mine, kept({"rooms": NO}, number=2), kept({"pets": NO}, topic="work")])
    assert sitting.only_for("home") == {"tenancy": (ME,)}


def test_a_sitting_corrects_its_own_words_of_the_same_topic_and_way_alone() -> None:
    mine = kept({"tenancy": YES})
    others = [
        kept({"tenancy": NO}, sitting=UUID(int=71)),
        kept({"tenancy": NO}, topic="work"),
        kept({"tenancy": NO}, way="peer"),
        kept({"tenancy": NO}, organisation_id=THEM),
        kept({"tenancy": NO}, instrument="top"),
    ]
    assert rules.standing(said({}), [*others, mine], organisation_id=US) == [mine]


JUSTICE = [
    ("A1: told to care for care", {}, "direct_care", False),
    ("A2: told in a sitting for a court", {"for_court": True}, "direct_care", True),
    ("A3: told before sentence", {"stage": "pre_sentence"}, "direct_care", True),
    ("A4: told to who supervises", {}, "supervision", True),
]


@pytest.mark.parametrize(("why", "how", "purpose", "expected"), JUSTICE, ids=[row[0] for row in JUSTICE])
def test_who_answers_for_justice_knows_it(
    why: str, how: dict[str, object], purpose: str, *, expected: bool
) -> None:
    assert rules.is_for_justice(said({}, **how), purpose=purpose) is expected


# Read together


def test_what_is_known_stands_newest_first_whatever_order_it_comes_in() -> None:
    entries = [
        kept({"tenancy": NO}, number=1, on=days_before(9)),
        kept({"tenancy": YES, "rooms": NO}, number=2, on=days_before(3)),
        kept({"tenancy": NO}, number=3, on=days_before(1)),
    ]
    readings = [rules.known(order, concept_of) for order in permutations(entries)]
    assert [each.entry_id.int for each in readings[0]["tenancy"]] == [3, 2, 1]
    assert all(reading == readings[0] for reading in readings)
    assert "rooms" not in readings[0]  # no other form asks it


def test_the_newest_word_on_each_question_holds_in_a_sitting() -> None:
    first = kept({"tenancy": NO, "rooms": NO}, seconds=30)
    second = kept(
        {"tenancy": YES}, number=2, category="family", way="peer", seconds=90, again_because="Moved."
    )
    elsewhere = kept({"work": YES}, number=3, topic="work", seconds=5)
    (sitting,) = rules.sittings([second, elsewhere, first])
    assert sitting.answers("home") == {"tenancy": YES, "rooms": NO}
    assert (sitting.topics, sitting.ways) == (("home", "work"), ("worker", "peer"))
    assert (sitting.seconds, sitting.again_because) == (95, "Moved.")
    assert (sitting.first, sitting.last) == (first, elsewhere)


def test_sittings_stand_newest_first() -> None:
    old = kept({}, on=days_before(5))
    new = kept({}, number=2, sitting=UUID(int=71), on=days_before(1))
    assert [sitting.id.int for sitting in rules.sittings([old, new])] == [71, 70]
    assert rules.sittings([old])[0].again_because == ""


def test_a_peer_a_worker_and_the_person_who_differ_stand_side_by_side() -> None:
    entries = [
        kept({"tenancy": YES}, number=1, on=days_before(5)),
        kept({"tenancy": NO}, number=2, on=days_before(4), way="peer"),
        kept({"tenancy": NO}, number=3, on=days_before(3), way="self"),
        kept({"tenancy": YES}, number=4, on=days_before(2), way="self", organisation_id=THEM),
        kept({"tenancy": Answer(state="prefer_not")}, number=5, on=days_before(1), organisation_id=THEM),
    ]
    known = rules.known(entries, concept_of)["tenancy"]
    assert [each.entry_id.int for each in rules.side_by_side(known)] == [4, 2, 1]


def test_voices_that_agree_are_not_set_against_each_other() -> None:
    wine = Answer(state="answered", value=("beer", "wine"))
    turned = replace(wine, value=("wine", "beer"))
    entries = [kept({"drinks": wine}), kept({"drinks": turned}, number=2, way="peer")]
    assert rules.side_by_side(rules.known(entries, concept_of)["drinks"]) == []


# Resting on an earlier answer


def test_a_confirmed_answer_keeps_where_and_when_it_was_first_said() -> None:
    known = rules.known([kept({"tenancy": YES}, number=5, on=days_before(8))], concept_of)
    answers = {"tenancy": replace(YES, how="confirmed", first=UUID(int=5)), "rooms": replace(YES, first=ME)}
    earlier = rules.earlier(HOME, answers, known)
    assert set(earlier) == {"tenancy"}
    traced = rules.traced(answers, earlier)
    assert traced["tenancy"] == replace(answers["tenancy"], first_on=days_before(8))
    assert traced["rooms"] == YES


def test_what_was_confirmed_before_is_traced_to_its_beginning() -> None:
    confirmed = replace(YES, how="confirmed", first=UUID(int=4), first_on=days_before(60))
    known = rules.known([kept({"tenancy": confirmed}, number=5)], concept_of)
    answers = {"tenancy": replace(NO, how="updated", first=UUID(int=5))}
    traced = rules.traced(answers, rules.earlier(HOME, answers, known))
    assert (traced["tenancy"].first, traced["tenancy"].first_on) == (UUID(int=4), days_before(60))


def test_what_was_confirmed_stays_so_when_its_beginning_is_corrected_and_the_page_sent_again() -> None:
    confirmed = replace(YES, how="confirmed", first=UUID(int=4), first_on=days_before(60))
    known = rules.known([kept({"tenancy": confirmed}, number=5)], concept_of)
    again = {"tenancy": replace(YES, how="confirmed", first=UUID(int=4))}
    assert rules.traced(again, rules.earlier(HOME, again, known)) == {"tenancy": confirmed}


def test_an_earlier_answer_that_is_not_there_is_none() -> None:
    answers = {"tenancy": replace(NO, how="updated", first=UUID(int=5)), "gone": replace(NO, how="updated")}
    assert rules.earlier(HOME, answers, {}) == {}


# As they are kept

WHOLE = Answer(
    state="answered",
    value=("beer", "wine"),
    text="Only at home.",
    how="updated",
    first=UUID(int=5),
    first_on=days_before(3),
)


@pytest.mark.parametrize("answer", [YES, WHOLE, Answer(state="prefer_not"), Answer(state="not_known")])
def test_an_answer_is_read_as_it_was_kept(answer: Answer) -> None:
    assert rules.from_json(rules.as_json({"q": answer})) == {"q": answer}


def test_an_entry_that_was_blanked_answers_nothing() -> None:
    assert rules.from_json(None) == {}
