"""A form on paper: numbered alike for everybody, and typed back without losing a word."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import said
from tests.contexts.test_assessment_pages import FIRST_NIGHT, answered, begun, look, on_the_ninth, send
from throughgate.assessment import instruments
from throughgate.assessment.rules.shapes import Answer
from throughgate.pages.assessment import forms, typing_back
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
__all__ = ["on_the_ninth"]


@pytest.fixture
def nurse() -> Hat:
    return story.worker("prison_healthcare")


def typed_back(hat: Hat, sitting: UUID, **typed: str) -> str:
    """The sitting once the form is typed back."""
    answer = send(hat, "type_back", sitting, **typed)
    assert answer.status_code == 302, words(answer)
    return said(look(hat, "sitting", sitting))


def numbers(page: str) -> dict[str, str]:
    """Of the page a form is typed back on: the words of each question, by its number."""
    rows = re.findall(r"<b>([\d.]+)</b>\s*<label[^>]*>([^<]+)", page)
    return {number: question.strip() for number, question in rows}


def test_a_question_has_the_same_number_whoever_prints_the_form_and_types_it_back(nurse: Hat) -> None:
    ravi = story.worker()
    hers, his = (
        numbers(look(hat, "type_back", begun(hat, "standard-after_4", way="paper"))) for hat in (nurse, ravi)
    )
    assert hers.keys() < his.keys()
    assert hers == {number: his[number] for number in hers}


def test_a_line_typed_later_takes_no_other_line_away(nurse: Hat) -> None:
    sitting = begun(nurse, way="paper")
    typed_back(nurse, sitting, line_1_1="ad", line_1_2="a", line_1_3="?", line_1_4="-")
    page = look(nurse, "type_back", sitting)
    found = dict(re.findall(r'name="(line_1_\d+)" value="([^"]*)"', page))
    assert (found["line_1_1"], found["line_1_2"], found["line_1_3"]) == ("ad", "a", "?")
    assert found["line_1_4"] == "-"
    whole = typed_back(nurse, sitting, **found | {"line_1_13": "a"})
    assert ("Alcohol, Heroin" in whole, "I smoke" in whole) == (True, True)


def test_what_is_typed_later_leaves_the_words_beside_an_answer_and_its_day(nurse: Hat) -> None:
    sitting = begun(nurse, way="paper")
    answered(nurse, sitting, "tonight", q_other_medicines="yes", q_other_medicines_words="A pump, blue")
    page = look(nurse, "type_back", sitting)
    found = dict(re.findall(r'name="(line_1_\d+)" value="([^"]*)"', page))
    assert "A pump, blue" in typed_back(nurse, sitting, **found | {"line_1_1": "a"})


def test_a_line_that_is_emptied_is_taken_out_and_a_form_is_never_emptied_whole(nurse: Hat) -> None:
    sitting = begun(nurse, way="paper")
    typed_back(nurse, sitting, line_1_1="ad", line_1_9="b")
    assert "Alcohol, Heroin" not in typed_back(nurse, sitting, line_1_9="b")
    answer = send(nurse, "type_back", sitting)
    assert (answer.status_code, "Answer something" in words(answer)) == (400, True)


def test_what_was_kept_for_some_offers_no_wider_circle(nurse: Hat) -> None:
    sitting = begun(nurse, way="paper")
    assert 'value="us"' in look(nurse, "type_back", sitting)
    typed_back(nurse, sitting, line_1_13="a", only_for="me")
    page = look(nurse, "type_back", sitting)
    assert ('value="me"' in page, 'value="us"' in page, 'value="all"' in page) == (True, False, False)


@pytest.mark.parametrize("text", ["3 11 2026", "3/11/2026", "3.11.2026", "3-11-2026"])
def test_a_day_is_typed_as_it_stands_on_paper(text: str) -> None:
    form = instruments.newest("standard")
    line = typing_back.Line("1.1", form.topics[0], replace(form.questions[0], answers="date"), {})
    name = forms.control(line.question)
    controls = {f"{name}_day": "3", f"{name}_month": "11", f"{name}_year": "2026"}
    assert typing_back.given(line, text) == (controls, "")
    assert typing_back.as_typed(line, Answer(state="answered", value="2026-11-03")) == "3 11 2026"


def test_who_speaks_welsh_fills_in_a_welsh_form_and_the_english_is_one_press_away(nurse: Hat) -> None:
    spoken = [{"type": "PREF_SPEAK", "code": "WEL", "interpreterRequested": False}]
    story.bring_in(story.document(languages=spoken), as_at=story.noon(3))
    page = look(nurse, "ask_paper", FIRST_NIGHT)
    paper = page.partition('<div class="tg-form" lang="cy">')[2]
    for sentence in ("Fy noson gyntaf", "Ydych chi", "Nid oes siaradwr Cymraeg"):
        assert sentence in paper
    assert ("First night" in paper, "In English" in page) == (False, True)
    assert f"{FIRST_NIGHT}/file/?language=cy" in page
    url = address("ask_paper", nurse, story.person(), FIRST_NIGHT)
    assert "Do you smoke or vape?" in words(signed_in(nurse).get(f"{url}?language=en"))
    assert "Do you smoke" not in words(signed_in(nurse).get(f"{url}?language=cy"))


def test_words_of_others_are_printed_in_the_language_they_gave_them_or_not_at_all(nurse: Hat) -> None:
    url = address("ask_paper", nurse, story.person(), "phq_9")
    assert 'lang="en"' in words(signed_in(nurse).get(f"{url}?language=cy"))
    look(nurse, "ask_paper", "dudit", status=404)


def test_a_form_that_leaves_something_to_others_says_so(nurse: Hat) -> None:
    missing = "A number that is missing here is for somebody else to ask."
    shown = [missing in look(hat, "ask_paper", "standard-after_4") for hat in (nurse, story.worker())]
    assert shown == [True, False]


def test_on_paper_a_number_says_from_which_to_which_and_what_they_mean(nurse: Hat) -> None:
    page = said(look(story.worker(), "ask_paper", "standard-comprehensive"))
    assert "How much do you want things to change? From 0 (Not at all) to 10 (More than anything)" in page


def test_on_paper_what_arises_is_found_by_number_and_letter(nurse: Hat) -> None:
    page = said(look(nurse, "ask_paper", FIRST_NIGHT))
    assert "When did you last use or drink? Only if a or b or c or d in 1.1." in page
    assert "When was your last dose? Only if a in 1.4." in page


def test_a_scale_says_on_the_page_what_its_ends_mean(nurse: Hat) -> None:
    ravi = story.worker()
    page = said(look(ravi, "topic", begun(ravi, "standard-comprehensive"), "strengths"))
    assert ("0 (Not at all)" in page, "10 (Fully sure)" in page) == (True, True)
    top = said(look(nurse, "topic", begun(nurse, "top"), "health"))
    assert "From 0" in top


def test_a_form_printed_from_the_page_names_nobody(nurse: Hat) -> None:
    page = look(nurse, "ask_paper", FIRST_NIGHT)
    head, _screen, rest = page.partition('<div class="tg-screen-only"><div class="tg-person')
    assert _screen
    assert "Lantern" not in head
    assert "Lantern" not in rest.partition('class="tg-form"')[2]
