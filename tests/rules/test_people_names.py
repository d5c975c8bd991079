"""Names: how they are compared, sorted and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.people import rules
from throughgate.people.placeholders import name_marks, placeholders


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        pytest.param("LANTERN", "lantern", id="capitals"),
        pytest.param("Siân", "sian", id="a circumflex"),
        pytest.param("Gŵyr", "gwyr", id="a Welsh w"),
        pytest.param("Llŷr", "llyr", id="a Welsh y"),
        pytest.param("O'NEILL-SMITH", "oneill smith", id="an apostrophe goes and a hyphen parts"),
        pytest.param("O\u2019Neill", "oneill", id="a curly apostrophe"),
        pytest.param("MC DONALD", "mcdonald", id="MC is joined to what follows"),
        pytest.param("Mc", "mc", id="MC alone is a name"),
        pytest.param("EMC DONALD", "emc donald", id="MC inside a word is not"),
        pytest.param("  Mary   Ann ", "mary ann", id="spaces"),
        pytest.param("J.T.", "j t", id="full stops"),
        pytest.param("Łukasz Sørensen", "lukasz sorensen", id="letters with a stroke"),
        pytest.param("Straße", "strasse", id="a sharp s"),
        pytest.param("Nguyễn", "nguyen", id="two marks on one letter"),
        pytest.param("محمد", "محمد", id="Arabic stays"),
        pytest.param("", "", id="nothing"),
        pytest.param("--", "", id="only a dash"),
    ],
)
def test_two_ways_to_write_a_name_fold_to_one(written: str, folded: str) -> None:
    assert rules.fold(written) == folded


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert rules.fold(rules.fold(text)) == rules.fold(text)


@given(st.text("abcdeéŵ'- ", max_size=20))
def test_capitals_never_change_how_a_name_folds(text: str) -> None:
    assert rules.fold(text.upper()) == rules.fold(text)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("O'NEILL-SMITH", "O'Neill-Smith", id="capitals become a name"),
        pytest.param("D\u2019ARCY", "D\u2019Arcy", id="a curly apostrophe too"),
        pytest.param("MCDONALD", "McDonald", id="a Scottish name"),
        pytest.param("MCGEE", "McGee", id="a short one"),
        pytest.param("MACEY", "Macey", id="MAC is left sane"),
        pytest.param("MCA", "Mca", id="three letters are not a Scottish name"),
        pytest.param("JONES'S", "Jones's", id="one letter after an apostrophe ends a word"),
        pytest.param("SIÂN", "Siân", id="a capital with a mark"),
        pytest.param("MARY  ANN", "Mary Ann", id="two words, two spaces"),
        pytest.param("J.T.", "J.T.", id="initials stay capitals"),
        pytest.param("USER43", "User43", id="a number in a name"),
        pytest.param("van der Berg", "van der Berg", id="a name written with care is left alone"),
        pytest.param("McDonald", "McDonald", id="so is this"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_name_in_capitals_is_shown_as_people_write_it(written: str, shown: str) -> None:
    assert rules.readable(written) == shown


@given(st.text(max_size=30))
def test_how_a_name_is_shown_never_changes_how_it_is_compared(text: str) -> None:
    assert rules.fold(rules.readable(text)) == rules.fold(text)


def test_a_person_is_shown_forenames_first_and_sorted_surname_first() -> None:
    assert rules.display_name(first="DEE", middle="ANN MARY", last="LANTERN") == "Dee Ann Mary Lantern"
    assert rules.sort_name(first="DEE", middle="ANN MARY", last="O'LANTERN") == "olantern dee ann mary"


def test_what_is_not_known_leaves_no_gap() -> None:
    assert rules.display_name(first=" ", last="LANTERN") == "Lantern"
    assert rules.sort_name(first="DEE", last="") == "dee"
    assert rules.initials(first="", last="") == ""


def test_initials_are_first_letters_with_full_stops() -> None:
    assert rules.initials(first="josé", last="Tanner") == "J.T."
    assert rules.initials(first="", last="O'Tanner") == "O."


@pytest.mark.parametrize(
    ("first", "last", "is_so"),
    [
        pytest.param("J", "T", True, id="two letters"),
        pytest.param("J.", "T.", True, id="two letters with full stops"),
        pytest.param("J.T.", "", True, id="both in one field"),
        pytest.param("J", "Tanner", False, id="a surname is more than a letter"),
        pytest.param("Jo", "T", False, id="so is a first name"),
        pytest.param("", "", False, id="no name is not initials"),
    ],
)
def test_a_record_of_initials_is_told_from_a_record_of_names(*, first: str, last: str, is_so: bool) -> None:
    assert rules.is_initials_only(first=first, last=last) is is_so


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        pytest.param(" TEST ", "TEST", id="a name"),
        pytest.param("MIG_ERROR_LANTERN", "LANTERN", id="a mark left by a migration"),
        pytest.param("duplicate_Lantern", "Lantern", id="a mark in small letters"),
        pytest.param("MIG_ERROR_NOT ENTERED", "", id="a mark in front of nothing"),
        pytest.param("NOT ENTERED", "", id="nobody typed one"),
        pytest.param("string", "", id="an example value"),
        pytest.param("Null", "Null", id="a surname that looks like nothing is a surname"),
        pytest.param("Na", "Na", id="so is this"),
    ],
)
def test_marks_and_placeholders_are_taken_off_a_name(written: str, clean: str) -> None:
    assert rules.clean_name(written, placeholders=placeholders("name"), marks=name_marks()) == clean
