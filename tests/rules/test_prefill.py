"""What an earlier answer saves being asked: how old it may be, and when it may not stand."""

from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.answers_said import CONCEPTS, HOME, NO, TODAY, YES, concept_of, days_before, kept, said
from throughgate.assessment.rules import answers, prefill
from throughgate.assessment.rules.answers import Kept
from throughgate.assessment.rules.prefill import Prefill
from throughgate.assessment.rules.shapes import Answer

WINE = Answer(state="answered", value=("wine",))
GONE = Answer(state="not_known", how="no_longer")
RATHER_NOT = Answer(state="prefer_not")


def prefilled(*entries: Kept, purpose: str = "direct_care") -> dict[str, Prefill]:
    known = answers.known(entries, concept_of)
    return prefill.prefilled(HOME, known, concepts=CONCEPTS, on=TODAY, purpose=purpose)


def test_the_newest_answer_stands_with_who_said_it_and_how_old_it_is() -> None:
    old, new = kept({"tenancy": NO}, on=days_before(40)), kept({"tenancy": YES}, number=2, on=days_before(9))
    found = prefilled(old, new)["tenancy"]
    assert (found.known.answer, found.known.entry_id, found.age_days) == (YES, UUID(int=2), 9)
    assert (found.is_settled, found.with_all) == (True, True)


def test_nothing_known_prefills_nothing() -> None:
    assert prefilled() == {}
    assert prefilled(kept({"rooms": Answer(state="answered", value="3")})) == {}  # of no concept


STANDS: list[tuple[str, list[Answer], Answer | None]] = [
    ("P1: not said after all hides nothing", [YES, RATHER_NOT], YES),
    ("P2: nor that it was not asked", [YES, Answer(state="not_asked")], YES),
    ("P3: nor that they did not know", [YES, Answer(state="not_known")], YES),
    ("P4: no longer true hides all before it", [YES, GONE], None),
    ("P5: said anew after that", [YES, GONE, NO], NO),
    ("P6: never answered", [RATHER_NOT], None),
    ("P7: no answer to this question", [Answer(state="answered", value="brown")], None),
    ("P8: the one before it is", [YES, Answer(state="answered", value="brown")], YES),
]


@pytest.mark.parametrize(("why", "told", "stands"), STANDS, ids=[row[0] for row in STANDS])
def test_what_hides_an_earlier_answer(why: str, told: list[Answer], stands: Answer | None) -> None:
    entries = [
        kept({"tenancy": answer}, number=place + 1, on=days_before(9 - place))
        for place, answer in enumerate(told)
    ]
    found = prefilled(*entries).get("tenancy")
    assert (found.known.answer if found else None) == stands


AGES: list[tuple[str, str, Answer, int, bool]] = [
    ("P9: as old as it may be", "tenancy", YES, 90, False),
    ("P10: a day older", "tenancy", YES, 91, True),
    ("P11: each concept by its own age", "drinks", WINE, 31, True),
]


@pytest.mark.parametrize(("why", "code", "answer", "days", "stale"), AGES, ids=[row[0] for row in AGES])
def test_an_answer_is_stale_by_the_days_of_its_concept(
    why: str, code: str, answer: Answer, days: int, *, stale: bool
) -> None:
    found = prefilled(kept({code: answer}, on=days_before(days)))[code]
    assert (found.is_stale, found.is_settled) == (stale, not stale)
    assert found.with_all


def test_what_must_be_asked_afresh_is_shown_and_asked() -> None:
    found = prefilled(kept({"tonight": Answer(state="answered", value="At mine.")}))["tonight"]
    assert (found.must_be_asked_afresh, found.with_all, found.is_settled) == (True, False, False)


FOR_JUSTICE = [
    ("P12: for care", "direct_care", False, False),
    ("P13: for a court, told to treatment", "court", False, True),
    ("P14: for supervision, told to treatment", "supervision", False, True),
    ("P15: for a court, told for a court", "court", True, False),
]


@pytest.mark.parametrize(("why", "purpose", "told", "asks"), FOR_JUSTICE, ids=[row[0] for row in FOR_JUSTICE])
def test_nothing_told_to_treatment_stands_for_justice_without_agreement(
    why: str, purpose: str, *, told: bool, asks: bool
) -> None:
    found = prefilled(kept({"tenancy": YES}, for_court=told), purpose=purpose)["tenancy"]
    assert (found.needs_agreement, found.with_all, found.is_settled) == (asks, not asks, not asks)


# By generator

VALUES: list[tuple[str, str | tuple[str, ...]]] = [
    ("tenancy", "yes"),
    ("tonight", "Here."),
    ("drinks", ("beer",)),
]


@st.composite
def entries(draw: st.DrawFn) -> list[Kept]:
    """Any answers to any questions, whoever gave them, in the last hundred days."""
    return [draw(entry(number)) for number in range(1, draw(st.integers(1, 12)) + 1)]


@st.composite
def entry(draw: st.DrawFn, number: int) -> Kept:
    code, value = draw(st.sampled_from(VALUES))
    answered = draw(st.booleans())
    answer = Answer(
        state="answered" if answered else draw(st.sampled_from(["not_known", "prefer_not", "not_asked"])),
        value=value if answered else "",
        how=draw(st.sampled_from(["asked", "confirmed", "updated"])),
    )
    return kept(
        {code: answer},
        number=number,
        on=days_before(draw(st.integers(0, 100))),
        way=draw(st.sampled_from(["worker", "peer", "self"])),
        for_court=draw(st.booleans()),
    )


@given(told=entries(), purpose=st.sampled_from(["direct_care", "court"]))
def test_more_answers_never_mean_more_questions(told: list[Kept], purpose: str) -> None:
    fewer, all_of_them = prefilled(*told[1:], purpose=purpose), prefilled(*told, purpose=purpose)
    assert fewer.keys() <= all_of_them.keys()


@given(told=entries(), order=st.randoms())
def test_the_order_in_which_answers_are_read_never_matters(told: list[Kept], order: Random) -> None:
    assert prefilled(*order.sample(told, len(told))) == prefilled(*told)


@given(told=entries(), order=st.randoms())
def test_nothing_prefilled_is_kept_as_an_answer(told: list[Kept], order: Random) -> None:
    """Only what the page sends back is: the rest stays what it was, said then and there."""
    found = prefilled(*told)
    sent = {code: found[code].known.answer for code in found if order.random() < 0.5}
    written = {code for part in answers.parts(said(sent), HOME, []) for code in part.answers}
    assert written == sent.keys()
