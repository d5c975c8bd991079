"""Appointments on a record: what is to come, and what nobody has answered for yet."""

from datetime import date, time

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(story.document())


@pytest.fixture
def ravi() -> Hat:
    story.organisation("PATH")
    return story.worker(at="PATH", works_in=["MDI"])


def book(hat: Hat, key: str, day: date, at_time: time | None = None) -> None:
    meeting = Meeting("prescriber", "Dr Stamp", "Pathlight")
    permit = story.opens(hat, story.person(), at=story.noon(3))
    referral.book(permit, meeting, on=day, at_time=at_time, form=Form(key))


def panel(hat: Hat, query: str = "") -> str:
    page = words(signed_in(hat).get(address("person", hat, story.person()) + query))
    return page.partition('id="appointments"')[2].partition("</section>")[0]


def test_what_is_to_come_stands_with_who_said_so_and_can_be_moved(ravi: Hat) -> None:
    book(ravi, "k1", date(2026, 11, 12), time(10, 0))
    shown = panel(ravi)
    assert "Thu 12 Nov 2026, 10:00: A prescriber, Dr Stamp, Pathlight" in shown
    assert "Organisation PATH" in shown
    assert "Nobody has said what came of it" not in shown
    assert f"{address('sheet', ravi, story.person(), 'outcome')}?appointment=k1" in shown


@pytest.mark.parametrize(
    ("day", "at_time", "waits"),
    [
        (date(2026, 11, 8), None, True),
        (date(2026, 11, 9), time(11, 59), True),
        (date(2026, 11, 9), time(12, 1), False),
        (date(2026, 11, 9), None, False),
    ],
)
def test_what_is_over_waits_for_somebody_to_say_what_came_of_it(
    ravi: Hat, day: date, at_time: time | None, waits: bool
) -> None:
    book(ravi, "k1", day, at_time)
    assert ("Nobody has said what came of it" in panel(ravi)) == waits
    assert ("Say what came of it" in panel(ravi)) == waits
    assert ("Not recorded" in panel(ravi)) == waits  # that none is to come


def test_what_was_said_is_asked_no_more(ravi: Hat) -> None:
    book(ravi, "k1", date(2026, 11, 8))
    permit = story.opens(ravi, story.person(), at=story.noon(9))
    referral.say_what_came_of_it(permit, "k1", outcome="attended", text="", form=Form("k2"))
    assert "Dr Stamp" not in panel(ravi)


def test_what_a_services_own_system_tells_is_shown_and_not_asked_about(ravi: Hat) -> None:
    story.treated({"attendance_id": "A1", "attendance_at": "2026-11-12T10:00", "attendance_kind": "Clinic"})
    shown = panel(ravi)
    assert "Thu 12 Nov 2026, 10:00: Clinic" in shown
    assert "Moved or cancelled?" not in shown


def test_appointments_are_of_today_and_of_who_shares_the_plan(ravi: Hat) -> None:
    book(ravi, "k1", date(2026, 11, 12))
    assert panel(ravi, "?known_on=2026-11-04") == ""
    pharmacist = story.worker("safer_custody")
    assert "Dr Stamp" not in panel(pharmacist)
    assert "Not shared with you" in panel(pharmacist)


def test_a_moved_appointment_is_booked_anew_in_the_same_form(ravi: Hat) -> None:
    book(ravi, "k1", date(2026, 11, 12), time(10, 0))
    moved = {
        "appointment": "k1",
        "outcome": "rescheduled",
        "on_day": "19",
        "on_month": "11",
        "on_year": "2026",
        "at_time": "9.30",
        "form_key": "k2",
    }
    url = address("sheet", ravi, story.person(), "outcome")
    assert signed_in(ravi).post(url, moved).status_code == 302
    assert "Thu 19 Nov 2026, 09:30: A prescriber, Dr Stamp" in panel(ravi)
    assert "Thu 12 Nov" not in panel(ravi)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"appointment": "k9"}, "Choose which appointment it was."),
        ({"outcome": ""}, "Choose what came of it."),
        ({"outcome": "attended"}, "It is still to come."),
        ({"on_day": "40", "on_month": "1", "on_year": "2027"}, "Enter a day such as"),
        (
            {"outcome": "cancelled_by_service", "on_day": "19", "on_month": "11", "on_year": "2026"},
            "A new day is",
        ),
        ({"at_time": "noon"}, "Enter a time such as 14:05"),
        ({"on_day": "28", "on_month": "3", "on_year": "2027", "at_time": "1:30"}, "there is no 01:30"),
    ],
)
def test_an_outcome_that_cannot_be_kept_says_why(ravi: Hat, typed: dict[str, str], why: str) -> None:
    book(ravi, "k1", date(2026, 11, 12), time(10, 0))
    url = address("sheet", ravi, story.person(), "outcome")
    sent = {"appointment": "k1", "outcome": "rescheduled", "form_key": "k2", **typed}
    answer = signed_in(ravi).post(url, sent)
    assert (answer.status_code, why in words(answer)) == (400, True)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"on_day": ""}, "Enter the day, such as 27 3 2027."),
        ({"at_time": "25:00"}, "Enter a time such as 14:05"),
        ({"on_day": "28", "on_month": "3", "on_year": "2027", "at_time": "01:30"}, "there is no 01:30"),
        ({"what": ""}, "Choose what it is about."),
    ],
)
def test_an_appointment_that_cannot_be_kept_says_why(ravi: Hat, typed: dict[str, str], why: str) -> None:
    url = address("sheet", ravi, story.person(), "appointment")
    sent = {"what": "gp", "on_day": "12", "on_month": "11", "on_year": "2026", "form_key": "k1", **typed}
    answer = signed_in(ravi).post(url, sent)
    assert (answer.status_code, why in words(answer)) == (400, True)
