"""The nights on which clocks change: what was typed is what is shown, or is refused; nothing is guessed."""

import time
from collections.abc import Iterator

import pytest
from django.http.response import HttpResponseBase

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import said
from throughgate.foundation.ids import new_id
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = ("29", "3", "2026"), ("25", "10", "2026")
BEFORE, AFTER = "(before the clocks go back)", "(after the clocks go back)"


@pytest.fixture(params=["UTC", "America/New_York"], autouse=True)
def somewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """On a machine of another part of the world, on a day after both nights."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        patch.setenv("TG_CLOCK", "2026-11-09T12:00:00+00:00")
        time.tzset()
        story.bring_in(story.document())
        yield
    time.tzset()


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def record_contact(hat: Hat, day: tuple[str, str, str], at_time: str) -> HttpResponseBase:
    typed = {"mode": "telephone", "outcome": "no_answer", "text": f"At {at_time}.", "at_time": at_time}
    typed |= dict(zip(("at_day", "at_month", "at_year"), day, strict=True))
    url = address("sheet", hat, story.person(), "contact")
    return signed_in(hat).post(url, {**typed, "form_key": str(new_id())})


def look(hat: Hat) -> str:
    return said(words(signed_in(hat).get(address("person", hat, story.person()))))


@pytest.mark.parametrize("shown", ["00:30", "02:00", "02:30"])
def test_a_time_of_the_spring_night_that_there_was_is_shown_as_typed(ravi: Hat, shown: str) -> None:
    assert record_contact(ravi, SPRING, shown).status_code == 302
    assert f"Sun 29 Mar 2026 {shown} Contact" in look(ravi)


@pytest.mark.parametrize("shown", ["01:00", "01:30", "01:59"])
def test_a_time_that_the_spring_night_leaves_out_is_refused_in_a_sentence(ravi: Hat, shown: str) -> None:
    answer = record_contact(ravi, SPRING, shown)
    assert answer.status_code == 400
    assert "clocks" in said(words(answer))
    assert f"At {shown}." not in look(ravi)


@pytest.mark.parametrize(
    ("shown", "label"), [("00:30", ""), ("01:00", BEFORE), ("01:30", BEFORE), ("02:00", ""), ("02:30", "")]
)
def test_an_hour_that_the_autumn_night_shows_twice_says_which_it_is(
    ravi: Hat, shown: str, label: str
) -> None:
    assert record_contact(ravi, AUTUMN, shown).status_code == 302
    page = look(ravi)
    assert " ".join(f"Sun 25 Oct 2026 {shown} {label}".split()) + " Contact" in page
    assert ((BEFORE in page) or (AFTER in page)) == bool(label)


def test_a_provider_that_names_the_hour_left_out_is_believed_about_the_day_alone() -> None:
    nurse = story.worker("prison_healthcare")
    booked = {"attendance_kind": "First appointment", "attendance_outcome": "attended"}
    times = ["2027-03-28 00:30", "2027-03-28 01:30", "2027-10-31 01:30", "2027-10-31 02:30"]
    rows = [{**booked, "attendance_id": f"A{at}", "attendance_at": at} for at in times]
    story.treated(*rows, as_at=story.noon(8))
    page = look(nurse)
    for shown in ("00:30 Appointment", f"01:30 {BEFORE} Appointment", "02:30 Appointment"):
        assert shown in page
