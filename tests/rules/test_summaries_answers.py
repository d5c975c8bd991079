"""Answers as lines of a text: the last word of each voice, said on its own day."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from throughgate.assessment import instruments
from throughgate.assessment.rules.answers import Kept
from throughgate.assessment.rules.shapes import Answer, How, State
from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Language
from throughgate.packs.rules import Fact, Snapshot, changes
from throughgate.packs.words import answers as words
from throughgate.packs.words.wording import wording
from throughgate.summaries import facts, rules
from throughgate.summaries import words as texts

ENGLISH = wording(Language.ENGLISH)
US, THEM = UUID(int=1), UUID(int=2)
WHERE = "home_tonight"


def on(day: int) -> datetime:
    return datetime(2026, 11, day, 12, tzinfo=UTC)


def answered(value: str | tuple[str, ...], **rest: Any) -> Answer:
    return Answer(state="answered", value=value, **rest)


def kept(day: int, answer: Answer, *, question: str = WHERE, topic: str = "release_day", **rest: Any) -> Kept:
    usual: dict[str, Any] = {
        "entry_id": UUID(int=100 + day),
        "category": "housing",
        "organisation_id": US,
        "recorded_by": None,
        "as_at": on(day),
        "at": on(day),
        "said_on": on(day).date(),
        "only_for": (),
        "sitting": UUID(int=9),
        "instrument": "standard",
        "version": "1",
        "stage": "release",
        "topic": topic,
        "way": "worker",
        "setting": "custody",
        "for_court": False,
        "seconds": 10,
        "again_because": "",
    }
    return Kept(answers={question: answer}, **usual | rest)


HOSTEL = kept(3, answered("hostel"))
OWN = kept(5, answered("own"))
SELF = kept(4, answered("nowhere"), way="self")


def told(*entries: Kept) -> list[tuple[str, Any]]:
    return [(fact.key, fact.said["value"]) for fact in facts.answers(entries)]


def fact(*entries: Kept) -> Fact:
    (found,) = facts.answers(entries)
    return found


# Which answers


@pytest.mark.parametrize("entries", list(permutations([HOSTEL, OWN, SELF])))
def test_the_last_word_of_each_voice_in_whatever_order(entries: tuple[Kept, ...]) -> None:
    assert set(told(*entries)) == {
        (f"answer:{WHERE}:worker:{US}", "own"),
        (f"answer:{WHERE}:self", "nowhere"),
    }


def test_two_services_are_two_voices_and_the_person_is_one() -> None:
    theirs = replace(OWN, organisation_id=THEM)
    assert len(told(HOSTEL, theirs)) == 2
    assert told(SELF, replace(SELF, at=on(6), organisation_id=THEM)) == [(f"answer:{WHERE}:self", "nowhere")]


@pytest.mark.parametrize(
    ("state", "how", "is_told"),
    [
        ("not_known", "asked", False),
        ("prefer_not", "asked", False),
        ("answered", "no_longer", False),
        ("not_asked", "asked", True),
    ],
)
def test_what_takes_an_answer_back_and_what_does_not(state: State, how: How, is_told: bool) -> None:
    later = kept(6, Answer(state=state, value="own" if how == "no_longer" else "", how=how))
    assert bool(told(HOSTEL, later)) is is_told


def test_an_answer_that_no_other_form_asks_for_is_told_by_its_form() -> None:
    top = kept(3, answered("12"), question="opiates_days", instrument="top", topic="substance_use")
    assert told(top) == [(f"asked:top:opiates_days:worker:{US}", "12")]
    assert words.title(fact(top), ENGLISH) == "Opiates, illicit: days used: 12 of 28 days"


# In words


@pytest.mark.parametrize(
    ("question", "answer", "title"),
    [
        (WHERE, answered("hostel"), "Where they sleep tonight, on 3 November 2026: A hostel or shared house"),
        ("good_life", answered("A door of my own"), "What a good life would look like: “A door of my own”"),
    ],
)
def test_an_answer_in_words(question: str, answer: Answer, title: str) -> None:
    assert words.title(fact(kept(3, answer, question=question)), ENGLISH) == title


def test_a_step_of_a_scale_is_told_with_the_scale() -> None:
    sure = kept(3, answered("9"), question="wants_change", topic="strengths")
    assert words.title(fact(sure), ENGLISH) == (
        "How much they want change: 9, where 0 is “Not at all” and 10 is “More than anything”"
    )


def test_several_that_were_chosen_stand_together() -> None:
    both = kept(3, answered(("alcohol", "opioids")), question="used_most_days", topic="tonight")
    assert fact(both).said["value"] == ["alcohol", "opioids"]
    assert words.title(fact(both), ENGLISH).startswith("What they used on most days, on 3 November 2026: ")


def test_their_words_and_the_way_stand_beside_it() -> None:
    said = fact(kept(3, answered("hostel", text="For a week"), way="peer"))
    assert words.lines(said, ENGLISH) == ["In their words: “For a week”"]
    assert "Us, asked by a peer, said on" in words.source(said, "Us", ENGLISH, on=date(2026, 11, 3))


def test_what_they_say_of_themself_is_told_to_others_as_their_words() -> None:
    assert words.title(fact(kept(3, answered("own"))), ENGLISH).endswith(": “My own place”")
    assert words.title(fact(kept(3, answered("hostel"))), ENGLISH).endswith(": A hostel or shared house")


def test_what_another_service_heard_alike_later_is_a_confirmation() -> None:
    early, late = fact(kept(3, answered("hostel"))), fact(kept(5, answered("hostel")))
    other = fact(kept(6, answered("own")))
    on = date(2026, 11, 9)
    among = [early, late, other]
    assert "not confirmed since" not in words.source(early, "Us", ENGLISH, on=on, among=among)
    assert "not confirmed since" in words.source(late, "Them", ENGLISH, on=on, among=among)


@pytest.mark.parametrize(
    ("answer", "day", "source"),
    [
        (answered("own"), 3, "Us, asked by a worker, said on 3 November 2026"),
        (answered("own"), 9, "Us, asked by a worker, said on 3 November 2026, not confirmed since"),
        (
            answered("own", how="confirmed", first_on=date(2026, 6, 1)),
            3,
            "Us, asked by a worker, said on 1 June 2026, confirmed on 3 November 2026",
        ),
        (
            answered("own", how="confirmed", first_on=date(2026, 6, 1)),
            9,
            "Us, asked by a worker, said on 1 June 2026, confirmed on 3 November 2026, not confirmed since",
        ),
        (
            answered("own", how="updated", first_on=date(2026, 6, 1)),
            3,
            "Us, asked by a worker, said on 3 November 2026",
        ),
    ],
)
def test_when_it_was_said_and_that_silence_is_no_confirmation(answer: Answer, day: int, source: str) -> None:
    said = fact(kept(3, answer))
    assert words.source(said, "Us", ENGLISH, on=date(2026, 11, day)) == source


def test_an_answer_that_is_only_confirmed_makes_no_text_out_of_date() -> None:
    def snapshot(entry: Kept) -> Snapshot:
        return Snapshot(who={}, facts=(fact(entry),), categories=frozenset({"housing"}), names={})

    confirmed = kept(7, answered("hostel", how="confirmed", first_on=date(2026, 11, 3)))
    assert changes(snapshot(HOSTEL), snapshot(confirmed)) == []
    assert [each.change for each in changes(snapshot(HOSTEL), snapshot(OWN))] == ["changed"]


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        pytest.param(
            "injected", "before", "More than 4 weeks before they were asked", id="says little alone"
        ),
        pytest.param("injected", "never", "Never", id="says all alone"),
    ],
)
def test_an_answer_says_by_itself_what_it_said_beside_the_others(
    question: str, value: str, said: str
) -> None:
    told = fact(kept(3, answered(value), question=question, topic="substances"))
    assert words.title(told, ENGLISH).endswith(f": {said}")


def test_every_answer_that_is_told_otherwise_by_itself_is_one_of_its_form() -> None:
    offered = {
        (question.code, choice.code)
        for form in instruments.every()
        for question in form.questions
        for choice in question.choices
    }
    rows = code_set("told_answers", folder=instruments.INSTRUMENTS).rows
    assert {(row["question"], row["answer"]) for row in rows} <= offered


def test_what_two_services_heard_alike_stands_once_with_both() -> None:
    heard = {"question": "lived_before", "topic": "home"}
    snapshot = Snapshot(
        who={"name": "Dee Lantern", "birth_date": "", "numbers": []},
        facts=tuple(
            facts.answers(
                kept(day, answered("hostel"), organisation_id=by, **heard) for day, by in ((3, US), (5, THEM))
            )
        ),
        categories=frozenset({"housing"}),
        names={str(US): {"name": "Openhand", "name_cy": ""}, str(THEM): {"name": "Pathlight", "name_cy": ""}},
    )
    text = rules.text("housing")
    written = texts.Written(
        text=text,
        snapshot=snapshot,
        made_by=str(US),
        version=1,
        as_at=on(6),
        state=rules.TextState.MADE,
        has_left_out=False,
    )
    (item,) = next(each.items for each in texts.sheet(written).sections if each.heading == "Home")
    assert item.source.count("; ") == 1
    assert [name in item.source for name in ("Openhand", "Pathlight")] == [True, True]
    assert (
        len(
            [
                item
                for part in texts.offered(text, snapshot, on=on(6).date(), language=Language.ENGLISH)
                for item in part.items
                if item.key.startswith("answer")
            ]
        )
        == 2
    )
