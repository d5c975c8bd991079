"""What answers have to be before they are kept: a sentence for each that has to be put right."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.rules.answers_said import CONCEPTS, HOME, NO, YES, concept_of, kept, question, said
from throughgate.assessment.rules import answers, keeping
from throughgate.assessment.rules.shapes import Answer, Choice, Question

GONE: Any = {"state": "gone"}
GUESSED: Any = {"how": "guessed"}
CONFIRMED = replace(YES, how="confirmed")
BEFORE = answers.known([kept({"tenancy": YES, "tonight": YES})], concept_of)


def wrong(words: dict[str, Answer], *, how: Any = None, **rest: Any) -> dict[str, str]:
    usual: dict[str, Any] = {
        "ways": keeping.ways("worker"),
        "opens_skilled": True,
        "is_repeated": False,
        "earlier": {},
        "concepts": CONCEPTS,
    }
    topic = rest.pop("topic", HOME)
    return keeping.wrong_with_said(said(words, **how or {}), topic, **usual | rest)


def test_a_topic_that_says_enough_can_be_kept() -> None:
    assert wrong({"tenancy": YES, "rooms": Answer(state="prefer_not", text="Not today.")}) == {}


PARTS: list[tuple[str, str, dict[str, Any], str]] = [
    ("K1: nothing said", "topic", {"words": {}}, "skipping costs nothing"),
    ("K2: no skill", "topic", {"topic": replace(HOME, clinical=True), "opens_skilled": False}, "needs skill"),
    ("K2a: closed", "topic", {"topic": replace(HOME, closed=True)}, "until they say themselves"),
    ("K3: no such stage", "stage", {"how": {"stage": "spring"}}, "Choose what for"),
    ("K4: no such way", "way", {"how": {"way": "peer"}}, "Choose who asked"),
    ("K5: nowhere", "setting", {"how": {"setting": ""}}, "Choose where they are"),
    ("K6: asked lately", "again_because", {"is_repeated": True}, "Say why it has to be asked again"),
    ("K7: too long a why", "again_because", {"how": {"again_because": "x" * 2000}}, "up to 1,000"),
    ("K8: not asked here", "pets", {"words": {"pets": YES}}, "not asked here any more"),
    ("K9: no such state", "tenancy", {"words": {"tenancy": replace(YES, **GONE)}}, "Choose an answer"),
    ("K10: no such how", "tenancy", {"words": {"tenancy": replace(YES, **GUESSED)}}, "Choose an answer"),
    ("K11: endless", "tenancy", {"words": {"tenancy": replace(YES, text="x" * 20_001)}}, "up to 20,000"),
    ("K12: yes and no answer", "tenancy", {"words": {"tenancy": replace(YES, state="not_known")}}, "one of"),
]


@pytest.mark.parametrize(("why", "part", "of", "sentence"), PARTS, ids=[row[0] for row in PARTS])
def test_each_part_that_cannot_be_kept_is_told_in_a_sentence(
    why: str, part: str, of: dict[str, Any], sentence: str
) -> None:
    found = wrong(**{"words": {"tenancy": YES}, **of})
    assert list(found) == [part]
    assert sentence in found[part]


def test_what_the_person_has_opened_can_be_kept() -> None:
    assert wrong({"tenancy": YES}, topic=replace(HOME, closed=True), how={"is_opened": True}) == {}


def test_a_repeated_assessment_is_kept_with_its_reason() -> None:
    assert wrong({"tenancy": YES}, is_repeated=True, how={"again_because": "Moved."}) == {}


BEER = (Choice(code="beer", label=""), Choice(code="wine", label=""))
TRUE_OR_NOT = (Choice(code="true", label=""), Choice(code="not", label=""))
FITS: list[tuple[str, Question, str | tuple[str, ...], str]] = [
    ("F1: nothing", question("q"), "", "Choose an answer"),
    ("F2: yes", question("q"), "yes", ""),
    ("F3: neither", question("q"), "maybe", "Choose one of the answers"),
    ("F4: words of its own for yes", question("q", choices=TRUE_OR_NOT), "true", ""),
    ("F5: and no others", question("q", choices=TRUE_OR_NOT), "yes", "Choose one of the answers"),
    ("F6: several", question("q", "several", choices=BEER), ("beer", "wine"), ""),
    ("F7: one of several", question("q", "several", choices=BEER), "beer", ""),
    ("F8: one that is none", question("q", "several", choices=BEER), ("beer", "gin"), "one of the answers"),
    ("F9: several of one", question("q", "one", choices=BEER), ("beer",), "Choose one answer"),
    ("F10: words", question("q", "words"), "My brother's.", ""),
    ("F11: too many words", question("q", "words"), "x" * 20_001, "up to 20,000"),
    ("F12: a day", question("q", "date"), "2026-08-21", ""),
    ("F13: no day", question("q", "date"), "soon", "Write a day"),
    ("F14: a number", question("q", "number"), "2.5", ""),
    ("F15: no number", question("q", "number"), "some", "Write a number"),
    ("F16: no end", question("q", "number"), "inf", "Write a whole number"),
    ("F17: half a day", question("q", "days"), "2.5", "Write a whole number"),
    ("F18: too few", question("q", "scale", least=1, most=9), "0", "from 1 on"),
    ("F19: too many", question("q", "scale", least=1, most=9), "10", "up to 9"),
    ("F20: within", question("q", "scale", least=1, most=9, choices=BEER), "9", ""),
]


@pytest.mark.parametrize(("why", "asked", "value", "sentence"), FITS, ids=[row[0] for row in FITS])
def test_an_answer_fits_its_question_or_is_told_why_not(
    why: str, asked: Question, value: str | tuple[str, ...], sentence: str
) -> None:
    topic = replace(HOME, questions=(asked,))
    found = wrong({"q": Answer(state="answered", value=value)}, topic=topic)
    assert sentence in found.get("q", "")
    assert bool(found) == bool(sentence)
    assert keeping.fits(asked, value) != bool(sentence)


def test_no_answer_fits_no_question() -> None:
    assert not keeping.fits(question("q", "several", choices=BEER), ())


EARLIER: list[tuple[str, str, Answer, str]] = [
    ("E1: confirmed as it was", "tenancy", CONFIRMED, ""),
    ("E2: confirmed otherwise", "tenancy", replace(NO, how="confirmed"), "This is not what was said before"),
    ("E3: changed", "tenancy", replace(NO, how="updated"), ""),
    ("E4: no longer", "tenancy", Answer(state="not_known", how="no_longer"), ""),
    ("E5: no longer, and so", "tenancy", replace(NO, how="no_longer"), "Choose the new answer"),
    ("E6: asked each time", "tonight", CONFIRMED, "asked each time"),
    ("E7: asked each time, changed", "tonight", replace(YES, how="updated"), ""),
    (
        "E8: confirmed as not known",
        "tenancy",
        Answer(state="not_known", how="confirmed"),
        "not what was said",
    ),
    ("E9: of nothing", "rooms", Answer(state="answered", value="3", how="confirmed"), "not known any more"),
]


@pytest.mark.parametrize(("why", "code", "answer", "sentence"), EARLIER, ids=[row[0] for row in EARLIER])
def test_what_rests_on_an_earlier_answer_fits_that_one(
    why: str, code: str, answer: Answer, sentence: str
) -> None:
    earlier = {code: known for code, (known,) in BEFORE.items()}
    found = wrong({code: replace(answer, first=UUID(int=1))}, earlier=earlier)
    assert sentence in found.get(code, "")
    assert bool(found) == bool(sentence)


def test_who_brings_answers_does_so_in_their_own_ways() -> None:
    assert keeping.ways("person") == ["self"]
    assert keeping.ways("peer_mentor") == ["peer", "self", "paper"]
    assert keeping.ways("prison_healthcare") == ["worker", "self", "paper"]
