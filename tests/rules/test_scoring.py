"""What each form adds up to, by cases worked by hand from its source; and the traps that others fell into.

A case is what each answer is worth in the order of the form, or on a paper form the boxes that were ticked, A
first; "-" is one that was left empty.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.assessment import instruments
from throughgate.assessment.rules.asking import opening
from throughgate.assessment.rules.scoring import (
    Reading,
    Score,
    Whose,
    apart_by,
    change,
    chosen,
    comparable,
    is_before_custody,
    score,
)
from throughgate.assessment.rules.shapes import Answer, Instrument, Question

MAN, WOMAN = Whose(sex="male"), Whose(sex="female")
NOBODY_TOLD = Whose()
SCORED = [form for form in instruments.every() if form.scoring]


def answers_to(form: str, told: str) -> dict[str, Answer]:
    questions = instruments.newest(form).items
    return {each.code: _answer(each, mark) for each, mark in zip(questions, told, strict=True)}


def _answer(question: Question, mark: str) -> Answer:
    if mark == "-":
        return Answer(state="prefer_not")
    fits = {mark} if mark.isalpha() else {each.code for each in question.choices if str(each.points) == mark}
    return Answer(state="answered", value=fits.pop())


def said(**values: str) -> dict[str, Answer]:
    return {code: Answer(state="answered", value=value) for code, value in values.items()}


def of(form: str, answers: Mapping[str, Answer], whose: Whose = NOBODY_TOLD) -> Score:
    found = score(instruments.newest(form), answers, whose)
    assert found is not None
    return found


def reached(found: Score) -> list[int]:
    return [cut.at for cut, is_reached in found.cuts if is_reached]


@pytest.mark.parametrize(
    ("form", "told", "total", "band"),
    [
        pytest.param(
            "audit", "0-------00", "0", "lower risk", id="AUDIT: who never drinks is not asked 2 to 8"
        ),
        pytest.param("audit", "1111111000", "7", "lower risk", id="AUDIT: 7 is the last of lower risk"),
        pytest.param("audit", "1111111100", "8", "increasing risk", id="AUDIT: 8 is increasing risk"),
        pytest.param("audit", "2222221020", "15", "increasing risk", id="AUDIT: 15 still is"),
        pytest.param("audit", "2222222020", "16", "higher risk", id="AUDIT: 16 is higher risk"),
        pytest.param("audit", "3333300022", "19", "higher risk", id="AUDIT: 19 still is"),
        pytest.param(
            "audit", "4444000022", "20", "possible dependence", id="AUDIT: 20 is possible dependence"
        ),
        pytest.param("audit", "4444444444", "40", "possible dependence", id="AUDIT: the most there is"),
        pytest.param("sadq", "A" * 20, "0", "mild", id="SADQ: the first box is worth nothing"),
        pytest.param("sadq", "B" * 15 + "A" * 5, "15", "mild", id="SADQ: 15 is mild"),
        pytest.param("sadq", "B" * 16 + "A" * 4, "16", "moderate", id="SADQ: 16 is moderate"),
        pytest.param("sadq", "C" * 15 + "A" * 5, "30", "moderate", id="SADQ: 30 is moderate"),
        pytest.param("sadq", "C" * 15 + "B" + "A" * 4, "31", "severe", id="SADQ: 31 is severe"),
        pytest.param("sadq", "D" * 20, "60", "severe", id="SADQ: the most there is"),
        pytest.param("phq_9", "111100000", "4", "minimal", id="PHQ-9: 4 is minimal"),
        pytest.param("phq_9", "111110000", "5", "mild", id="PHQ-9: 5 is mild"),
        pytest.param("phq_9", "222220000", "10", "moderate", id="PHQ-9: 10 is moderate"),
        pytest.param("phq_9", "333330000", "15", "moderately severe", id="PHQ-9: 15 is moderately severe"),
        pytest.param("phq_9", "333333200", "20", "severe", id="PHQ-9: 20 is severe"),
        pytest.param("phq_9", "333333333", "27", "severe", id="PHQ-9: the most there is"),
        pytest.param("gad_7", "1111000", "4", "minimal", id="GAD-7: 4 is minimal"),
        pytest.param("gad_7", "1111100", "5", "mild", id="GAD-7: 5 is mild"),
        pytest.param("gad_7", "2222200", "10", "moderate", id="GAD-7: 10 is moderate"),
        pytest.param("gad_7", "3333300", "15", "severe", id="GAD-7: 15 is severe"),
        pytest.param("gad_7", "3333333", "21", "severe", id="GAD-7: the most there is"),
        pytest.param("ldq", "B" * 9 + "A", "9", "low", id="LDQ: 9 is low"),
        pytest.param("ldq", "C" * 5 + "B" + "A" * 4, "11", "moderate", id="LDQ: 11 is moderate"),
        pytest.param("ldq", "C" * 10, "20", "moderate", id="LDQ: 20 is moderate"),
        pytest.param("ldq", "D" * 7 + "A" * 3, "21", "severe", id="LDQ: 21 is severe"),
        pytest.param("ldq", "D" * 10, "30", "severe", id="LDQ: ten items, and not twenty"),
    ],
)
def test_a_total_and_what_its_source_calls_it(form: str, told: str, total: str, band: str) -> None:
    found = of(form, answers_to(form, told))
    assert (found.total, found.band and found.band.label) == (Decimal(total), band)


@pytest.mark.parametrize(
    ("form", "told", "total"),
    [
        pytest.param("audit_c", "0--", "0", id="AUDIT-C: never, so the others are left out"),
        pytest.param("audit_c", "444", "12", id="AUDIT-C: the most there is"),
        pytest.param("dudit", "E" * 9 + "CC", "44", id="DUDIT: items 10 and 11 are worth 0, 2 or 4"),
        pytest.param("dudit", "A" * 9 + "BA", "2", id="DUDIT: the second box of item 10 is worth 2"),
        pytest.param("barc_10", "A" * 10, "10", id="BARC-10: from 1 each, so from 10, and not from 0"),
        pytest.param("barc_10", "F" * 10, "60", id="BARC-10: 6 each, so 60"),
        pytest.param("core_10", "AEEAAAAAAA", "0", id="CORE-10: 2 and 3 are worded the other way"),
        pytest.param("core_10", "AAAAAAAAAA", "8", id="CORE-10: nobody to turn to and not coping count"),
        pytest.param("core_10", "EAAEEEEEEE", "40", id="CORE-10: the most there is"),
        pytest.param("arq", "D" * 12, "36", id="ARQ: twelve of 3"),
    ],
)
def test_a_total_whose_source_has_no_bands(form: str, told: str, total: str) -> None:
    found = of(form, answers_to(form, told))
    assert (found.total, found.band) == (Decimal(total), None)


@pytest.mark.parametrize(
    ("form", "told", "total"),
    [
        pytest.param("ldq", "BBBBBBBB--", "10.0", id="LDQ: two missing stand at the mean, 8 of 8 makes 10"),
        pytest.param("ldq", "CBBBBBBBB-", "11.1", id="LDQ: 10 of 9 makes 11.1"),
        pytest.param("ldq", "BBBBBBB---", None, id="LDQ: three missing are too many"),
        pytest.param("arq", "DDDDDDDDDD--", "36.0", id="ARQ: two missing stand at the mean"),
        pytest.param("arq", "DDDDDDDDD---", None, id="ARQ: three missing are too many"),
        pytest.param("core_10", "-EEAAAAAAA", "0.0", id="CORE-10: one missing stands at the mean"),
        pytest.param("core_10", "-EEBAAAAAA", "1.1", id="CORE-10: 1 of 9, ten times the mean"),
        pytest.param("core_10", "--EBAAAAAA", None, id="CORE-10: two missing are too many"),
        pytest.param("phq_9", "11111111-", None, id="PHQ-9: none may be missing"),
        pytest.param("gad_7", "111111-", None, id="GAD-7: none may be missing"),
        pytest.param("audit", "11111111-0", None, id="AUDIT: none may be missing"),
        pytest.param("audit", "-111111100", None, id="AUDIT: nor the first, on which the others hang"),
        pytest.param("dudit", "AAAAAAAAAA-", None, id="DUDIT: none may be missing"),
        pytest.param("sadq", "A" * 19 + "-", None, id="SADQ: none may be missing"),
        pytest.param("barc_10", "AAAAAAAAA-", None, id="BARC-10: none may be missing"),
        pytest.param("ldq", "-" * 10, None, id="nothing was answered"),
    ],
)
def test_what_was_not_answered(form: str, told: str, total: str | None) -> None:
    found = of(form, answers_to(form, told))
    assert found.total == (None if total is None else Decimal(total))
    assert len(found.missing) >= 1
    assert found.is_prorated == (total is not None)
    assert total is not None or (found.band, found.cuts) == (None, ())


def test_exactly_ten_is_low_and_says_that_the_source_leaves_it_out() -> None:
    band = of("ldq", answers_to("ldq", "B" * 10)).band
    assert band
    assert band.label.startswith("low; the source says nothing of exactly 10")
    assert not band.is_verified


def test_a_total_between_two_bands_goes_with_the_nearer() -> None:
    """18 points of 9 answers make 20 and 19 make 21.1; 8.9 is with 9, and 10.5 would be with 11."""
    told = {"DCCCCCCCC-": "severe", "CCCCCCCCC-": "moderate", "BBBBBBBBA-": "low"}
    assert {marks: of("ldq", answers_to("ldq", marks)).band.label for marks in told} == told  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("form", "told", "whose", "cuts"),
    [
        pytest.param("dudit", "E" + "A" * 10, MAN, [], id="DUDIT: 4 is not a line for a man"),
        pytest.param("dudit", "EC" + "A" * 9, MAN, [6], id="DUDIT: 6 is"),
        pytest.param("dudit", "B" + "A" * 10, WOMAN, [], id="DUDIT: 1 is not a line for a woman"),
        pytest.param("dudit", "C" + "A" * 10, WOMAN, [2], id="DUDIT: 2 is, and not 6: rows are not swapped"),
        pytest.param("dudit", "E" * 6 + "B" + "A" * 4, NOBODY_TOLD, [25], id="DUDIT: 25 holds for everybody"),
        pytest.param("audit_c", "400", NOBODY_TOLD, [], id="AUDIT-C: 4 is not a line in the UK"),
        pytest.param("audit_c", "410", NOBODY_TOLD, [5], id="AUDIT-C: 5 is"),
        pytest.param("phq_9", "333000000", NOBODY_TOLD, [], id="PHQ-9: 9 is not a line"),
        pytest.param("phq_9", "333100000", NOBODY_TOLD, [10], id="PHQ-9: 10 is"),
        pytest.param("gad_7", "3310000", NOBODY_TOLD, [], id="GAD-7: 7 is not a line"),
        pytest.param("gad_7", "3320000", NOBODY_TOLD, [8], id="GAD-7: 8 is"),
        pytest.param("pc_ptsd_5", "011100", MAN, [], id="PC-PTSD-5: 3 is not a line for a man"),
        pytest.param("pc_ptsd_5", "011110", MAN, [4], id="PC-PTSD-5: 4 is"),
        pytest.param("pc_ptsd_5", "011100", WOMAN, [3], id="PC-PTSD-5: 3 is for a woman"),
        pytest.param("sadq", "B" * 16 + "A" * 4, NOBODY_TOLD, [16], id="SADQ: 16 needs healthcare"),
        pytest.param("core_10", "EEEABCAAAA", NOBODY_TOLD, [], id="CORE-10: 7 is not a line"),
        pytest.param("core_10", "EEEEDAAAAA", NOBODY_TOLD, [11], id="CORE-10: 11 is"),
        pytest.param("barc_10", "F" * 7 + "BBA", NOBODY_TOLD, [47], id="BARC-10: 47 is a line"),
        pytest.param("barc_10", "F" * 7 + "BAA", NOBODY_TOLD, [], id="BARC-10: 46 is not"),
        pytest.param("ldq", "BBBBB" + "A" * 5, WOMAN, [5], id="LDQ: 5 is not functional for a woman"),
        pytest.param("ldq", "BBBBB" + "A" * 5, MAN, [], id="LDQ: and is for a man"),
    ],
)
def test_the_lines_that_a_total_reaches(form: str, told: str, whose: Whose, cuts: list[int]) -> None:
    answers = answers_to(form, told) | (said(event="yes") if form == "pc_ptsd_5" else {})
    assert reached(of(form, answers, whose)) == cuts


@pytest.mark.parametrize(
    ("whose", "cuts", "needs_reason"),
    [
        pytest.param(Whose(sex="female"), [2], False, id="told: a woman's line"),
        pytest.param(Whose(sex="indeterminate"), [], True, id="told, and no line is made for it"),
        pytest.param(Whose(), [], True, id="nobody told: no line of a sex"),
        pytest.param(Whose(read_as="female"), [], True, id="chosen without a reason: none either"),
        pytest.param(Whose(read_as="female", because=" "), [], True, id="a blank is no reason"),
        pytest.param(Whose(read_as="female", because="She says so."), [2], False, id="chosen with a reason"),
        pytest.param(Whose(sex="male", read_as="female", because="x"), [], False, id="what is told stands"),
    ],
)
def test_a_line_for_one_sex_needs_it_told_or_a_reason(
    whose: Whose, cuts: list[int], needs_reason: bool
) -> None:
    found = of("dudit", answers_to("dudit", "C" + "A" * 10), whose)
    assert (reached(found), found.needs_reason) == (cuts, needs_reason)


def test_by_whose_line_a_form_is_read_is_said_in_it_with_why_and_is_no_item_of_it() -> None:
    dudit = instruments.newest("dudit")
    female = {"dudit_read_as": Answer(state="answered", value="female", text="She says so.")}
    assert chosen(dudit, female, sex="") == Whose(read_as="female", because="She says so.")
    assert chosen(dudit, {}, sex="male") == Whose(sex="male")
    assert chosen(instruments.newest("standard"), female, sex="") == NOBODY_TOLD
    found = of("dudit", answers_to("dudit", "C" + "A" * 10) | female, chosen(dudit, female, sex=""))
    assert (found.total, found.missing, reached(found)) == (Decimal(2), (), [2])


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        pytest.param(said(event="no"), "0", id="no such event: nothing more is asked, and 0"),
        pytest.param(
            said(event="no", pc_ptsd_5_1="yes"), "0", id="answers to what was left out do not count"
        ),
        pytest.param(said(pc_ptsd_5_1="yes"), None, id="whether there was one is not told: no total"),
        pytest.param(said(event="yes"), None, id="there was one, and the rest is not told"),
        pytest.param(said(event="maybe"), None, id="an answer that the form does not offer is none"),
    ],
)
def test_the_gate_of_the_trauma_screen(answers: Mapping[str, Answer], total: str | None) -> None:
    assert of("pc_ptsd_5", answers).total == (None if total is None else Decimal(total))


@pytest.mark.parametrize(
    ("form", "told", "item"),
    [
        pytest.param("phq_9", "000000001", "phq_9_9", id="PHQ-9: item 9 at several days, total 1"),
        pytest.param("phq_9", "333333330", "", id="PHQ-9: all others at their most, and item 9 at none"),
        pytest.param("core_10", "AEEAABAAAA", "core_10_6", id="CORE-10: item 6 is risk, total 1"),
        pytest.param("core_10", "EAAEEAEEEE", "", id="CORE-10: all others at their most"),
    ],
)
def test_one_answer_opens_a_talk_of_safety_whatever_the_total(form: str, told: str, item: str) -> None:
    questions = instruments.newest(form).items
    assert [each.code for each in opening(questions, answers_to(form, told))] == [item] * bool(item)


def test_a_form_that_is_not_scored_has_no_score() -> None:
    assert score(instruments.newest("standard"), {}) is None


class TestTop:
    """The profile: every item by itself, and no total."""

    def test_there_is_no_total_and_no_band(self) -> None:
        found = of("top", said(alcohol_days="28", psychological_health="0"))
        assert (found.total, found.band, found.cuts) == (None, None, ())
        assert found.values["alcohol_days"] == "28"

    def test_nothing_injected_leaves_sharing_out(self) -> None:
        found = of("top", said(injected_days="0", shared_needle="yes"))
        assert "shared_needle" not in found.values
        assert found.values["sharing"] == ""

    @pytest.mark.parametrize(
        ("needle", "spoon", "sharing"),
        [("yes", "no", "yes"), ("no", "yes", "yes"), ("no", "no", "no"), ("no", "", ""), ("yes", "", "yes")],
    )
    def test_sharing_is_yes_where_either_is(self, needle: str, spoon: str, sharing: str) -> None:
        told = {"injected_days": "3", "shared_needle": needle, "shared_spoon": spoon}
        assert (
            of("top", said(**{code: value for code, value in told.items() if value})).values["sharing"]
            == sharing
        )

    def test_what_was_not_answered_is_missing_and_not_nought(self) -> None:
        found = of("top", {**said(alcohol_days="0"), "crack_days": Answer(state="not_known")})
        assert "alcohol_days" not in found.missing
        assert (found.values["crack_days"], "crack_days" in found.missing) == ("", True)

    def test_items_are_known_by_what_they_ask_since_their_letters_differ_between_forms(self) -> None:
        codes = {each.code for each in instruments.newest("top").questions}
        assert {"psychological_health", "physical_health", "quality_of_life", "tobacco_days"} <= codes
        assert all(len(code) > 3 for code in codes)


def reading(form: str, setting: str, told: str = "") -> Reading:
    return Reading(instruments.newest(form), setting, of(form, answers_to(form, told) if told else {}))


def test_four_weeks_before_custody_are_not_four_weeks_outside() -> None:
    inside, outside = reading("top", "custody"), reading("top", "community")
    assert (is_before_custody(inside), is_before_custody(outside)) == (True, False)
    assert (apart_by(inside, outside), comparable(inside, outside)) == ("period", False)
    assert comparable(inside, inside)
    assert comparable(outside, reading("top", "court"))


def test_other_forms_and_other_versions_are_never_compared() -> None:
    phq_9 = reading("phq_9", "community", "111111111")
    later = phq_9._replace(instrument=replace(phq_9.instrument, version="2"))
    assert apart_by(phq_9, reading("gad_7", "community", "1111111")) == "instrument"
    assert apart_by(phq_9, later) == "version"
    assert change(phq_9, later) is None


@pytest.mark.parametrize(
    ("form", "then", "now", "expected"),
    [
        pytest.param("phq_9", "222222222", "222222000", (Decimal(-6), True), id="6 less is beyond chance"),
        pytest.param("phq_9", "222222222", "222222100", (Decimal(-5), False), id="5 less may be chance"),
        pytest.param("gad_7", "1111111", "2222111", (Decimal(4), True), id="GAD-7: 4 more"),
        pytest.param("ldq", "B" * 10, "A" * 10, (Decimal(-10), True), id="LDQ: 10 less"),
        pytest.param("core_10", "AAAAAAAAAA", "AEAAAAAAAA", (Decimal(-4), False), id="CORE-10: 4 less"),
        pytest.param("sadq", "A" * 20, "D" * 20, (Decimal(60), None), id="SADQ: its source does not say"),
        pytest.param("phq_9", "22222222-", "222222222", None, id="one has no total"),
        pytest.param("phq_9", "222222222", "22222222-", None, id="nor the other"),
    ],
)
def test_whether_a_change_is_beyond_chance(
    form: str, then: str, now: str, expected: tuple[Decimal, bool | None] | None
) -> None:
    assert change(reading(form, "community", then), reading(form, "community", now)) == expected


CLEARANCE = re.compile(r"\b(safe|fit|clear(ed)?|no risk|no problem|normal|passed)\b", re.IGNORECASE)
DOSE = re.compile(r"\b(mg|ml|milligrams?|dose|dosage|detox|chlordiazepoxide|methadone)\b", re.IGNORECASE)


@pytest.mark.parametrize("form", SCORED, ids=lambda form: form.code)
def test_nothing_that_is_said_of_a_total_reads_as_clearance_or_as_a_dose(form: Instrument) -> None:
    assert form.scoring
    said_of_it = [each.label for each in form.scoring.bands] + [each.says for each in form.scoring.cuts]
    assert [text for text in said_of_it if CLEARANCE.search(text) or DOSE.search(text)] == []


def test_a_form_without_bands_says_why_where_others_print_some() -> None:
    assert [
        form.code for form in SCORED if form.scoring and not form.scoring.bands and not form.scoring.no_bands
    ] == []


SUMMED = [form for form in SCORED if form.scoring and form.scoring.method == "sum"]


def marks(question: Question) -> st.SearchStrategy[Answer]:
    answered = [Answer(state="answered", value=each.code) for each in question.choices]
    return st.sampled_from([*answered, Answer(state="not_known"), Answer(state="not_asked")])


@st.composite
def filled_in(draw: st.DrawFn) -> tuple[Instrument, dict[str, Answer]]:
    form = draw(st.sampled_from(SUMMED))
    return form, {each.code: draw(marks(each)) for each in form.items}


@given(filled=filled_in())
def test_a_total_is_within_its_ends_has_its_band_and_does_not_hang_on_the_order(
    filled: tuple[Instrument, dict[str, Answer]],
) -> None:
    form, answers = filled
    found = score(form, answers)
    assert found
    assert found == score(form, dict(reversed(answers.items())))
    if found.total is not None:
        assert found.scoring.least <= found.total <= found.scoring.most
        assert (found.band is not None) == bool(found.scoring.bands)


@given(filled=filled_in())
def test_an_answer_that_is_taken_back_can_take_a_total_away_and_never_make_one(
    filled: tuple[Instrument, dict[str, Answer]],
) -> None:
    form, answers = filled
    before = score(form, answers)
    after = score(form, {**answers, form.questions[0].code: Answer(state="prefer_not")})
    assert before
    assert after
    assert after.total is None or before.total is not None
