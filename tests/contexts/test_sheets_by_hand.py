"""What becomes of medicines, needs and dates written on sheets: where they are shown, and what is refused."""

import pytest
from django.http.response import HttpResponseBase

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import card
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
DOSE = {
    "medicine": "Methadone",
    "dose": "60",
    "unit": "ml",
    "on_day": "8",
    "on_month": "11",
    "on_year": "2026",
}
TOLD = {"date_type": "CRD", "certainty": "confirmed", "told_by": "Mo Clipboard"}
FRIDAY = {"expected_on_day": "27", "expected_on_month": "11", "expected_on_year": "2026"}


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document(conditionalReleaseDate="2026-12-03", legalStatus="SENTENCED"))
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


def send(hat: Hat, what: str, **typed: str) -> HttpResponseBase:
    return signed_in(hat).post(address("sheet", hat, story.person(), what), {"form_key": what, **typed})


def record(hat: Hat) -> str:
    return words(signed_in(hat).get(address("person", hat, story.person())))


def test_a_dose_stands_among_the_medicines_with_who_wrote_it_and_without_a_time_says_so() -> None:
    nurse = story.worker("prison_healthcare")
    assert send(nurse, "last-dose", **DOSE).status_code == 302
    shown = card(record(nurse), "medicines")
    assert "Moorland (HMP & YOI), by hand" in shown
    assert "Last dose: 60 millilitres on Sun 8 Nov 2026, time not recorded" in shown
    assert "said by hand by A prison healthcare, Mon 9 Nov 2026, 12:00" in shown


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"dose": "1,5"}, "A comma is read in two ways."),
        ({"unit": ""}, "Choose what the dose is measured in."),
        ({"on_day": "", "on_month": "", "on_year": ""}, "Enter the day it was taken."),
        ({"on_day": "10"}, "Record a dose once it has been taken."),
        ({"at_time": "noonish"}, "Enter a time such as 14:05, or leave it empty."),
        ({"on_day": "29", "on_month": "3", "at_time": "1:30"}, "there is no such time"),
    ],
)
def test_a_dose_that_can_be_read_in_two_ways_comes_back_as_it_was_typed(
    typed: dict[str, str], why: str
) -> None:
    nurse = story.worker("prison_healthcare")
    answer = send(nurse, "last-dose", **{**DOSE, **typed})
    assert answer.status_code == 400
    assert why in words(answer)
    assert 'value="Methadone"' in words(answer)


def test_a_medicine_until_a_day_is_cover_until_then() -> None:
    nurse = story.worker("prison_healthcare")
    until = {"until_on_day": "10", "until_on_month": "12", "until_on_year": "2026"}
    assert send(nurse, "medicine", medicine="Methadone", dose="60", unit="ml", **until).status_code == 302
    assert "until Thu 10 Dec 2026" in card(record(nurse), "medicines")
    assert "Thu 10 Dec" in record(nurse).partition('id="custody"')[0]


def test_a_date_that_was_told_moves_the_plan_and_is_to_be_checked_with_the_prison() -> None:
    clerk = story.worker("offender_management")
    assert send(clerk, "release-date", **TOLD, **FRIDAY).status_code == 302
    shown = card(record(clerk), "custody")
    assert "Fri 27 Nov 2026 Conditional release date, confirmed: told to a worker by Mo Clipboard" in shown
    assert "Ask the prison which it is." in shown
    assert "was Thu 3 Dec" in record(clerk)


def test_a_recovery_worker_is_offered_no_sheet_of_dates() -> None:
    worker = story.worker()
    choices = words(signed_in(worker).get(address("recording", worker, story.person())))
    assert ("A last dose" in choices, "A release date" in choices) == (True, False)


def test_safety_is_told_in_words() -> None:
    worker = story.worker()
    said = {"domain": "safety", "text": "Asks to be moved."}
    refused = send(worker, "need", how_far="none", **said)
    assert "This one has no more or less" in words(refused)
    assert send(worker, "need", how_far="words", **said).status_code == 302
    assert "Need: Safety" in record(worker)
