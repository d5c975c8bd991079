"""What the reference says of the forms that people are asked."""

import pytest

from throughgate.assessment import instruments
from throughgate.wiring import reference

PAPER = [form for form in instruments.every() if form.needs_paper]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return reference.pages()


def test_every_form_that_was_looked_at_says_what_its_licence_allows_and_why(pages: dict[str, str]) -> None:
    page = pages["licences.md"]
    assert [each.code for each in instruments.licences().values() if each.why not in page] == []
    assert "| University of Warwick; a licence for each organisation | Its licence bars passing it on" in page


def test_the_question_bank_prints_no_form_whose_words_are_not_ours_to_pass_on(pages: dict[str, str]) -> None:
    page = pages["question-bank.md"]
    assert [form.code for form in PAPER if f"## {form.title}" in page] == []
    assert [text for form in PAPER for text in (each.text for each in form.items) if text] == []


def test_the_question_bank_says_what_is_asked_afresh_and_what_opens_a_talk(pages: dict[str, str]) -> None:
    page = pages["question-bank.md"]
    assert "| `domestic_abuse` | Hurt or controlled by somebody close | `safeguarding` | 7 | afresh |" in page
    assert "one: Yes, now!, Yes, before, No" in page


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("| 10 to 10 | low; the source says nothing of exactly 10", id="LDQ at exactly 10"),
        pytest.param("| 2 | female | For a woman: probably a problem with drugs | verified |", id="DUDIT"),
        pytest.param("In custody these are the days before it", id="TOP and its period"),
        pytest.param("Up to 2 missing stand at the mean of the others", id="LDQ and what is missing"),
        pytest.param("A change of less than 6 may be chance (not verified).", id="PHQ-9 and change"),
        pytest.param("Two sets of bands go round", id="CORE-10 without bands"),
        pytest.param("`shared_needle`, `shared_spoon`", id="TOP and sharing"),
    ],
)
def test_how_each_form_is_added_up(pages: dict[str, str], line: str) -> None:
    assert line in pages["instruments.md"]
