"""Identifiers as people write them, and the one form in which they are compared."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from throughgate.foundation.codesets import code_set
from throughgate.people import rules
from throughgate.people.placeholders import placeholders
from throughgate.people.rules import Flaw, Identifier, State, System

NUMBERS = placeholders("identifier")
PIVOT = 2026


def read(system: System, text: str) -> Identifier | None:
    return rules.read_identifier(system, text, placeholders=NUMBERS, pivot_year=PIVOT)


def outcome(system: System, text: str) -> tuple[str, State, Flaw | None]:
    found = read(system, text)
    assert found is not None
    assert found.system == system
    assert found.as_written == text.strip()
    return found.value, found.state, found.flaw


@pytest.mark.parametrize(
    ("system", "text", "value"),
    [
        pytest.param(System.nhs, "9990000018", "9990000018", id="an NHS number that passes its check"),
        pytest.param(System.nhs, " 999 000 0018 ", "9990000018", id="an NHS number in groups"),
        pytest.param(System.nhs, "999-000-0018", "9990000018", id="an NHS number with hyphens"),
        pytest.param(System.nhs, "9434765919", "9434765919", id="a check digit that is not nought"),
        pytest.param(System.nhs, "9990000190", "9990000190", id="a check of eleven is written nought"),
        pytest.param(System.prison, "a8457dy", "A8457DY", id="a prison number in small letters"),
        pytest.param(System.prison, " A8457 DY", "A8457DY", id="a prison number with a space in it"),
        pytest.param(System.crn, "x320741", "X320741", id="a probation number"),
        pytest.param(System.pnc, "06/842979X", "2006/0842979X", id="a police number with a short year"),
        pytest.param(System.pnc, "2006/842979X", "2006/0842979X", id="the same with a long year"),
        pytest.param(System.pnc, "2006/0842979X", "2006/0842979X", id="the same, padded"),
        pytest.param(
            System.pnc, "06/0842979x", "2006/0842979X", id="the same, padded, short year, small letter"
        ),
        pytest.param(System.pnc, "20060842979X", "2006/0842979X", id="the same without the slash"),
        pytest.param(System.pnc, "060842979X", "2006/0842979X", id="the same, short year, without the slash"),
        pytest.param(System.pnc, "2006842979X", "2006/0842979X", id="the same, neither slash nor padding"),
        pytest.param(System.pnc, "06842979X", "2006/0842979X", id="the same, short year, neither"),
        pytest.param(
            System.pnc, "94/125256C", "1994/0125256C", id="a year after the pivot is of the last century"
        ),
        pytest.param(System.cro, "472465/06M", "472465/06M", id="a criminal records number"),
        pytest.param(System.cro, "23227/14M", "023227/14M", id="a short one is padded"),
        pytest.param(System.cro, "sf05/482703j", "SF05/482703J", id="a special file has its year first"),
    ],
)
def test_one_number_has_one_form_however_it_is_written(system: System, text: str, value: str) -> None:
    assert outcome(system, text) == (value, State.checked, None)


@pytest.mark.parametrize(
    ("system", "text", "flaw"),
    [
        pytest.param(
            System.nhs, "9990000019", Flaw.check_character, id="an NHS number with a wrong check digit"
        ),
        pytest.param(
            System.nhs, "0000000000", Flaw.repeated_digit, id="ten noughts pass the check and are refused"
        ),
        pytest.param(System.nhs, "1111111111", Flaw.repeated_digit, id="ten ones are refused"),
        pytest.param(System.nhs, "9999999999", Flaw.repeated_digit, id="ten nines are refused"),
        pytest.param(System.nhs, "999000001", Flaw.shape, id="nine digits are not an NHS number"),
        pytest.param(System.nhs, "99900000180", Flaw.shape, id="nor are eleven"),
        pytest.param(System.nhs, "٩٩٩٠٠٠٠٠١٨", Flaw.shape, id="nor are digits of another script"),
        pytest.param(System.prison, "A8457D", Flaw.shape, id="a prison number lacks a letter"),
        pytest.param(System.prison, "AB457DY", Flaw.shape, id="a prison number has letters for digits"),
        pytest.param(System.crn, "320741", Flaw.shape, id="a probation number lacks its letter"),
        pytest.param(
            System.pnc, "12/394773W", Flaw.check_character, id="a police number with a wrong letter"
        ),
        pytest.param(System.pnc, "12/394773I", Flaw.check_character, id="a letter that no police number has"),
        pytest.param(System.pnc, "1850/394773H", Flaw.shape, id="a year before there were any"),
        pytest.param(System.pnc, "2031/394773H", Flaw.shape, id="a long year after the pivot"),
        pytest.param(System.pnc, "12/39477399H", Flaw.shape, id="eight digits are too many"),
        pytest.param(System.pnc, "see file", Flaw.shape, id="words are not a police number"),
        pytest.param(
            System.cro, "29991/11L", Flaw.check_character, id="a criminal records number with a wrong letter"
        ),
        pytest.param(
            System.cro, "SF05/482703K", Flaw.check_character, id="a special file with a wrong letter"
        ),
        pytest.param(
            System.cro, "124589", Flaw.shape, id="a criminal records number without year and letter"
        ),
    ],
)
def test_a_number_that_breaks_its_rules_is_kept_but_unusable(system: System, text: str, flaw: Flaw) -> None:
    _, state, found = outcome(system, text)
    assert (state, found) == (State.unusable, flaw)


def test_what_cannot_be_checked_is_kept_and_says_so() -> None:
    assert outcome(System.local, " pl-00 17 ") == ("PL-0017", State.unchecked, None)
    assert outcome(System.pnc, "12/394773") == ("2012/0394773", State.unchecked, None)


def test_a_police_number_with_two_readings_is_not_guessed() -> None:
    both = f"201300001{rules.CHECK_LETTERS[201300001 % 23]}"  # the letter fits 2020/1300001 and 2013/00001
    assert outcome(System.pnc, both) == (both, State.unusable, Flaw.two_readings)
    assert outcome(System.pnc, f"{both[:2]}/{both[2:]}")[1] == State.checked
    assert outcome(System.pnc, f"{both[:4]}/{both[4:]}")[1] == State.checked


@pytest.mark.parametrize("system", list(System))
@pytest.mark.parametrize(
    "text", ["", "   ", "string", "NOT KNOWN", "not  known", "N/A", "{{randomValue}}", "000000/00Z"]
)
def test_a_placeholder_is_no_number_at_all(system: System, text: str) -> None:
    assert read(system, text) is None


def test_the_table_of_systems_and_the_rules_know_the_same_systems() -> None:
    table = code_set("identifier_systems")
    assert set(table.labels()) == set(System) == set(rules.READERS)


# Properties


@st.composite
def nhs_numbers(draw: st.DrawFn) -> str:
    nine = draw(st.text("0123456789", min_size=9, max_size=9))
    number = next((f"{nine}{check}" for check in range(10) if is_usable(f"{nine}{check}")), None)
    assume(number)
    return str(number)


def is_usable(text: str) -> bool:
    found = read(System.nhs, text)
    return found is not None and found.state == State.checked


@given(nhs_numbers(), st.integers(0, 9), st.integers(1, 9))
def test_an_nhs_number_with_one_digit_changed_is_never_accepted(number: str, place: int, by: int) -> None:
    wrong = str((int(number[place]) + by) % 10)
    assert not is_usable(number[:place] + wrong + number[place + 1 :])


@given(nhs_numbers(), st.integers(0, 8))
def test_an_nhs_number_with_two_neighbours_swapped_is_never_accepted(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    assert not is_usable(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


@st.composite
def pnc_parts(draw: st.DrawFn) -> tuple[int, int, str]:
    year = draw(st.integers(PIVOT - 99, PIVOT))
    serial = draw(st.integers(0, 9_999_999))
    return year, serial, rules.CHECK_LETTERS[int(f"{year % 100:02}{serial:07}") % 23]


@given(
    pnc_parts(),
    st.sampled_from(["{y}/{n:07}{c}", "{y}/{n}{c}", "{s:02}/{n}{c}", "{s:02}/{n:07}{c}", "{y}{n:07}{c}"]),
)
def test_a_police_number_is_the_same_in_every_form(parts: tuple[int, int, str], form: str) -> None:
    year, serial, letter = parts
    text = form.format(y=year, s=year % 100, n=serial, c=letter)
    assert outcome(System.pnc, text) == (f"{year}/{serial:07}{letter}", State.checked, None)


@given(st.sampled_from(list(System)), st.text("0123456789ABCXYZSF/- ", max_size=14))
def test_reading_what_was_read_changes_nothing(system: System, text: str) -> None:
    found = read(system, text)
    if found and found.state != State.unusable:
        assert outcome(system, found.value) == (found.value, found.state, found.flaw)


@given(st.sampled_from(list(System)), st.text(max_size=20))
def test_any_text_can_be_read_and_only_a_flaw_makes_it_unusable(system: System, text: str) -> None:
    found = read(system, text)
    assert found is None or (found.flaw is None) == (found.state != State.unusable)


# Birth dates

DATES = placeholders("date")
TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    "text",
    [
        "1989-05-04",
        " 1989-05-04 ",
        "1989-05-04T00:00:00",
        "1989-05-04 00:00",
        "19890504",
        "04/05/1989",
        "4/5/1989",
    ],
)
def test_a_birth_date_is_read_day_before_month(text: str) -> None:
    found = rules.read_birth_date(text, placeholders=DATES, on=TODAY)
    assert (found.value, found.flaw) == (date(1989, 5, 4), None)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        pytest.param("", rules.DateFlaw.missing, id="nothing was written"),
        pytest.param("string", rules.DateFlaw.missing, id="an example value stands for nothing"),
        pytest.param("1900-01-01", rules.DateFlaw.missing, id="1 January 1900 stands for nothing"),
        pytest.param(
            "01/01/1970", rules.DateFlaw.missing, id="so does day zero of computers, however written"
        ),
        pytest.param("0001-01-01", rules.DateFlaw.missing, id="and the first day of all"),
        pytest.param("1989-02-30", rules.DateFlaw.unreadable, id="a day that does not exist"),
        pytest.param("May 1989", rules.DateFlaw.unreadable, id="a month is not a day"),
        pytest.param("2026-12-02", rules.DateFlaw.future, id="nobody is born tomorrow"),
        pytest.param("1905-06-01", rules.DateFlaw.too_long_ago, id="nor 121 years ago"),
    ],
)
def test_a_birth_date_that_cannot_be_used_keeps_what_was_written(text: str, flaw: rules.DateFlaw) -> None:
    found = rules.read_birth_date(text, placeholders=DATES, on=TODAY)
    assert (found.value, found.as_written, found.flaw) == (None, text, flaw)


@given(st.dates(min_value=date(1910, 1, 1), max_value=TODAY).filter(lambda day: day != date(1970, 1, 1)))
def test_every_birth_date_is_read_back_from_each_form(day: date) -> None:
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day:%d/%m/%Y}"):
        assert rules.read_birth_date(text, placeholders=DATES, on=TODAY).value == day
