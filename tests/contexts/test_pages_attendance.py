"""Attendance of a group, taken at once: nobody's refusal loses what was said of another."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.http.response import HttpResponseBase
from django.urls import reverse

from tests import story
from tests.content import rows
from tests.contexts.clients import signed_in, words
from throughgate.access import policy
from throughgate.foundation.ids import new_id
from throughgate.pages.attendance import forms
from throughgate.people import actions as people_actions
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral import queries
from throughgate.referral.actions import Meeting
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
GROUP = {
    "what": "group",
    "with_whom": "Breakfast",
    "place": "Library",
    "on_day": "9",
    "on_month": "11",
    "on_year": "2026",
    "at_time": "10:00",
}
NAMES = {story.DEE: "Dee Marlowe", story.GETHIN: "Gethin Price"}


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(
        story.document(),
        story.document(story.GETHIN, bookingId="2", firstName="GETHIN", lastName="PRICE"),
    )
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def ravi() -> Hat:
    story.organisation("PATH")
    return story.worker(at="PATH", works_in=["MDI"])


def url(hat: Hat) -> str:
    return reverse("attendance", args=[hat.post_id])


def look(hat: Hat, **asked: str) -> str:
    """The page to choose on, or where what is asked leads."""
    if not asked:
        return words(signed_in(hat).get(url(hat)))
    answer = signed_in(hat).post(url(hat), {**asked, "deed": "choose"})
    return words(signed_in(hat).get(answer.headers["Location"]) if answer.status_code == 302 else answer)


def address_of(hat: Hat) -> dict[str, str]:
    """The group, as an address of this hat holds it."""
    return forms.in_address(GROUP, post_id=hat.post_id)


def send(hat: Hat, marks: dict[UUID, str], *, form_key: str = "", **asked: str) -> HttpResponseBase:
    typed = {f"came_{person_id}": outcome for person_id, outcome in marks.items()}
    return signed_in(hat).post(url(hat), {**GROUP, "form_key": form_key or str(new_id()), **asked, **typed})


def book(hat: Hat, key: str, *, what: str = "group", with_whom: str = "Breakfast") -> None:
    permit = story.opens(hat, story.person(key), at=story.noon(3))
    meeting = Meeting(what, with_whom, "Library")
    referral.book(permit, meeting, on=date(2026, 11, 9), at_time=time(10, 0), form=Form(str(new_id())))


def outcomes(hat: Hat, key: str = story.DEE) -> list[tuple[str, str, bool | None]]:
    permit = story.opens(hat, story.person(key), at=story.noon(9))
    found = queries.told(permit, [permit.person_id], since=date(2026, 11, 1))
    return [(each.what, each.missed_by, each.was_seen) for each in found]


def people(page: str, title: str) -> list[str]:
    """Under that heading, in the order of the page."""
    part = page.partition(f"<h2>{title}</h2>")[2].partition("<h2>")[0]
    return re.findall(r'for="came_[^"]+">([^<]+)<', part)


def test_what_people_are_booked_on_today_is_there_to_be_picked(ravi: Hat) -> None:
    book(ravi, story.DEE)
    book(ravi, story.GETHIN, what="gp", with_whom="Dr Bell")
    page = look(ravi)
    assert "A group, Breakfast, Library, Mon 9 Nov 2026, 10:00" in page
    assert "Dr Bell" not in page  # one person's own appointment is no session
    found = re.search(r'<li><a href="([^"]+)">A group', page)
    assert found is not None
    assert people(words(signed_in(ravi).get(found[1])), "Booked on it") == ["Dee Marlowe"]


def test_those_booked_stand_first_and_the_others_are_found_by_name(ravi: Hat) -> None:
    book(ravi, story.GETHIN)
    page = look(ravi, **GROUP)
    assert (people(page, "Booked on it"), people(page, "Others here")) == (["Gethin Price"], ["Dee Marlowe"])
    for typed, found in (("marl", ["Dee Marlowe"]), ("nobody", [])):
        assert people(words(send(ravi, {}, q=typed, deed="look")), "Others here") == found


def test_a_name_in_an_address_finds_nobody_and_does_not_come_back(ravi: Hat) -> None:
    page = words(signed_in(ravi).get(url(ravi), {**address_of(ravi), "q": "pric"}))
    assert people(page, "Others here") == ["Dee Marlowe", "Gethin Price"]
    assert "pric" not in page


def test_with_whom_and_where_it_is_stands_in_no_address(ravi: Hat) -> None:
    chosen = signed_in(ravi).post(url(ravi), {**GROUP, "deed": "choose"})
    kept = send(ravi, {story.person(): "attended"})
    for answer in (chosen, kept):
        assert answer.status_code == 302
        assert not re.search("Breakfast|Library|group", answer.headers["Location"])
    assert not re.search('href="[^"]*(Breakfast|Library)', look(ravi))


def test_what_was_sealed_for_another_hat_is_no_session(ravi: Hat) -> None:
    bea = story.worker(at="PATH", works_in=["MDI"])
    assert "Breakfast" not in words(signed_in(bea).get(url(bea), address_of(ravi)))


def test_looking_for_somebody_else_loses_nothing_that_was_marked(ravi: Hat) -> None:
    answer = send(ravi, {story.person(): "not_let_out"}, form_key="k1", q="pric", deed="look")
    page = words(answer)
    assert (answer.status_code, outcomes(ravi)) == (200, [])
    assert people(page, "Others here") == ["Dee Marlowe", "Gethin Price"]
    assert 'value="not_let_out" selected' in page
    assert 'name="form_key" value="k1"' in page


def test_another_group_at_the_same_hour_is_another_session(ravi: Hat) -> None:
    book(ravi, story.DEE, with_whom="Music")
    book(ravi, story.GETHIN)
    assert people(look(ravi, **GROUP), "Booked on it") == ["Gethin Price"]


def test_all_are_kept_at_once_and_each_counts_by_themselves(ravi: Hat) -> None:
    book(ravi, story.DEE)
    dee, gethin = story.person(), story.person(story.GETHIN)
    answer = send(ravi, {dee: "attended", gethin: "not_let_out"})
    assert answer.status_code == 302
    page = words(signed_in(ravi).get(answer.headers["Location"]))
    assert "What came of it is kept for 2 of them" in page
    assert "As it is: Came" in page
    assert outcomes(ravi) == [("group", "", True)]
    assert outcomes(ravi, story.GETHIN) == [("group", "prison", False)]
    assert people(page, "Booked on it") == ["Dee Marlowe", "Gethin Price"]
    assert people(page, "Others here") == []


def test_the_same_form_sent_twice_has_one_effect(ravi: Hat) -> None:
    for _ in range(2):
        assert send(ravi, {story.person(): "attended"}, form_key="k1").status_code == 302
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'appointment_outcome'") == [(1,)]


def test_each_person_written_on_has_their_own_rows_in_the_audit(ravi: Hat) -> None:
    send(ravi, {story.person(): "attended", story.person(story.GETHIN): "attended"})
    for action in ("open record", "add entries"):
        seen = rows("SELECT person_id FROM audit_event WHERE action = %s AND actor_kind = 'worker'", action)
        assert {each for (each,) in seen} == {story.person(), story.person(story.GETHIN)}


def test_who_left_everybody_open_is_asked_to_mark_somebody(ravi: Hat) -> None:
    answer = send(ravi, {})
    assert (answer.status_code, "for at least one person" in words(answer)) == (400, True)


def test_a_closed_record_is_named_and_the_others_are_kept(ravi: Hat) -> None:
    people_actions.note_death(story.opens(ravi, story.person()), [story.person()], state="confirmed")
    answer = send(ravi, {story.person(): "attended", story.person(story.GETHIN): "attended"})
    page = words(answer)
    assert answer.status_code == 400
    assert "Dee Marlowe: This record is closed because the person has died." in page
    assert "What came of it is kept for 1 of them" in page
    assert 'value="attended" selected' in page  # what was marked is not lost
    assert (outcomes(ravi), outcomes(ravi, story.GETHIN)) == ([], [("group", "", True)])


def test_somebody_hidden_is_not_named_and_the_others_are_kept(ravi: Hat) -> None:
    answer = send(ravi, {new_id(): "attended", story.person(): "attended"})
    assert answer.status_code == 400
    assert "Of 1 whom you marked nothing was kept" in words(answer)
    assert outcomes(ravi) == [("group", "", True)]


def test_nobody_hidden_stands_there_or_is_written_on(ravi: Hat) -> None:
    book(ravi, story.DEE)
    stranger = story.worker(at="LEI")
    assert "Breakfast" not in look(stranger)
    assert "Marlowe" not in look(stranger, **GROUP)
    answer = send(stranger, {story.person(): "attended"})
    assert (answer.status_code, "Marlowe" in words(answer)) == (400, False)
    assert outcomes(ravi) == [("group", "", None)]


def test_what_somebody_else_said_meanwhile_is_not_silently_overtaken(ravi: Hat) -> None:
    mine = str(new_id())
    send(ravi, {story.person(): "not_let_out"})
    answer = send(ravi, {story.person(): "not_attended"}, form_key=mine)
    assert answer.status_code == 400
    assert "Somebody else has said something about this" in words(answer)
    assert outcomes(ravi) == [("group", "prison", False)]
    assert send(ravi, {story.person(): "not_attended"}).status_code == 302
    assert outcomes(ravi) == [("group", "person", False)]


@pytest.mark.parametrize(
    ("at_time", "said", "corrected"),
    [("10:00", "attended", "not_let_out"), ("15:00", "cancelled_by_service", "cancelled_by_person")],
)
def test_what_was_said_of_somebody_not_booked_can_be_corrected(
    ravi: Hat, at_time: str, said: str, corrected: str
) -> None:
    send(ravi, {story.person(): said}, at_time=at_time)
    ((entry_id, key),) = rows("SELECT id, item FROM record_entry WHERE kind = 'appointment_outcome'")
    correct = reverse("correct", args=[ravi.post_id, story.person(), entry_id])
    page = words(signed_in(ravi).get(correct))
    assert f'value="{key}" checked' in page
    form = dict(re.findall(r'<input type="hidden" name="(form_key|corrects)" value="([^"]+)"', page))
    typed = {**form, "appointment": key, "outcome": corrected, "reason": "Mixed up"}
    answer = signed_in(ravi).post(correct, typed)
    assert answer.status_code == 302, words(answer)
    assert outcomes(ravi) == [("group", {"not_let_out": "prison"}.get(corrected, "person"), False)]
    assert rows("SELECT DISTINCT due_on, with_whom FROM referral_appointmentoutcome") == [
        (date(2026, 11, 9), "Breakfast")
    ]


def test_before_the_session_it_can_only_be_cancelled(ravi: Hat) -> None:
    answer = send(ravi, {story.person(): "attended"}, at_time="15:00")
    assert "It is still to come." in words(answer)
    assert send(ravi, {story.person(): "cancelled_by_service"}, at_time="15:00").status_code == 302
    assert send(ravi, {story.person(): "sent away"}).status_code == 400


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"what": ""}, "Choose what it is about."),
        ({"on_day": "40"}, "Enter the day, such as"),
        ({"at_time": "noon"}, "Enter a time such as 14:05"),
        ({"on_day": "29", "on_month": "3", "at_time": "1:30"}, "there is no 01:30"),
        ({"place": "x" * 121}, "up to 120 characters"),
    ],
)
def test_a_session_that_cannot_be_says_why(ravi: Hat, typed: dict[str, str], why: str) -> None:
    looked = signed_in(ravi).post(url(ravi), {**GROUP, **typed, "deed": "choose"})
    for answer in (looked, send(ravi, {story.person(): "attended"}, **typed)):
        assert (answer.status_code, why in words(answer)) == (400, True)
    assert outcomes(ravi) == []


def test_a_role_that_does_not_see_plans_on_lists_takes_no_attendance() -> None:
    officer = story.worker("safer_custody")
    for answer in (signed_in(officer).get(url(officer)), send(officer, {story.person(): "attended"})):
        assert "Your role takes no attendance" in words(answer)
    assert rows("SELECT count(*) FROM record_entry WHERE source = 'hand'") == [(0,)]


def test_many_take_as_many_queries_as_two(ravi: Hat, django_assert_num_queries: Callable[[int], Any]) -> None:
    numbers = [f"A{3000 + n}AA" for n in range(30)]
    story.bring_in(
        *(story.document(number, bookingId=number, lastName=f"LONG{number}") for number in numbers),
        as_at=story.noon(8),
    )
    client = signed_in(ravi)
    client.get(url(ravi))
    with django_assert_num_queries(6):
        client.get(url(ravi), address_of(ravi))
    for some in (numbers[:2], numbers[2:]):
        marks = {f"came_{story.person(number)}": "attended" for number in some}
        with django_assert_num_queries(32):
            answer = client.post(url(ravi), {**GROUP, "form_key": str(new_id()), **marks})
        assert answer.status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_several_who_take_it_at_one_moment_one_is_kept_and_the_others_are_told(ravi: Hat) -> None:
    marks = {story.person(): "attended", story.person(story.GETHIN): "not_let_out"}
    forms = [str(new_id()) for _ in range(4)]
    start = Barrier(len(forms))

    def one(form_key: str) -> int:
        try:
            start.wait(60)
            return send(ravi, marks, form_key=form_key).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(forms)) as all_of_them:
        assert sorted(all_of_them.map(one, forms)) == [302, 400, 400, 400]
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'appointment_outcome'") == [(2,)]


def test_who_looks_for_somebody_more_often_than_anybody_could_is_told_so(
    ravi: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "limit", {"list_searches": 1}.__getitem__)
    found = [send(ravi, {}, form_key=key, q="pric", deed="look").status_code for key in ("k1", "k2")]
    assert found == [200, 429]
