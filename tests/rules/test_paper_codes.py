"""Codes that people copy from paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.foundation import paper_codes

CODES = st.lists(st.integers(0, 22), min_size=11, max_size=11).map(paper_codes.code_of)
PLACES = st.integers(0, paper_codes.LENGTH - 1)


@given(CODES)
def test_what_was_written_is_read(code: str) -> None:
    assert paper_codes.read(paper_codes.written(code)) == code
    assert paper_codes.read(f" {code.lower()} ") == code


@given(CODES, PLACES, st.sampled_from(paper_codes.LETTERS))
def test_one_letter_mistaken_is_noticed(code: str, place: int, letter: str) -> None:
    typed = code[:place] + letter + code[place + 1 :]
    assert paper_codes.read(typed) == (code if typed == code else "")


@given(CODES, st.integers(0, paper_codes.LENGTH - 2))
def test_two_letters_that_changed_places_are_noticed(code: str, place: int) -> None:
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert paper_codes.read(typed) == (code if typed == code else "")


@pytest.mark.parametrize("typed", ["", "CD23", "OOOO-OOOO-OOOO", "CD23-FHJK-789X-2", "½½½½-½½½½-½½½½"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert paper_codes.read(typed) == ""


def test_it_stands_in_groups() -> None:
    assert paper_codes.written(paper_codes.code_of([0] * 11)) == "2222-2222-2222"
