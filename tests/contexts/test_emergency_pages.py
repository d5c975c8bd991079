"""The emergency door and records too near to a worker, as their browser asks for them."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from django.http.response import HttpResponseBase

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.access import actions as access
from throughgate.audit import queries as audit
from throughgate.foundation.ids import new_id
from throughgate.oversight import actions, near, queries
from throughgate.oversight.rules import Said
from throughgate.people.exact import Sought
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
NOON = story.NOON
NUMBER = {"number": story.DEE}
NAMED = {
    "first_name": "Dee",
    "last_name": "Marlowe",
    "birth_date_day": "4",
    "birth_date_month": "5",
    "birth_date_year": "1989",
}
WHY = {"step": "open", "reason": "life_in_danger", "words": "Found on the floor."}
NOBODY = "Nobody has these details. Check each of them."


@pytest.fixture(autouse=True)
def on_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def ola() -> Hat:
    story.organisation("FAR")
    return story.worker("community_prescriber", "FAR")


def send(hat: Hat, page: str, *typed: Mapping[str, str], rest: tuple[UUID, ...] = ()) -> HttpResponseBase:
    sent: dict[str, str] = {}
    for each in typed:
        sent.update(each)
    return signed_in(hat).post(address(page, hat, *rest), sent)


def look(hat: Hat, page: str, *rest: UUID) -> HttpResponseBase:
    return signed_in(hat).get(address(page, hat, *rest))


# The emergency door


@pytest.mark.parametrize("typed", [NUMBER, NAMED])
def test_in_two_steps_the_record_opens_with_a_banner_and_is_ended(ola: Hat, typed: Mapping[str, str]) -> None:
    second = words(send(ola, "emergency", typed))
    assert "Step 2 of 2" in second
    for value in typed.values():
        assert f'value="{value}"' in second
    answer = send(ola, "emergency", typed, WHY)
    assert answer.headers["Location"] == address("person", ola, story.person())
    page = words(look(ola, "person", story.person()))
    assert "Open in an emergency until Mon 2 Nov 2026, 16:00" in page
    assert "Dee Marlowe" in words(look(ola, "emergency"))
    assert send(ola, "end_emergency", rest=(story.person(),)).status_code == 302
    assert look(ola, "person", story.person()).status_code == 404
    assert "Dee Marlowe" not in words(look(ola, "emergency"))


def test_before_it_is_opened_nothing_of_the_record_is_shown(ola: Hat) -> None:
    second = words(send(ola, "emergency", NUMBER))
    assert "Marlowe" not in second
    assert str(story.person()) not in second
    assert rows("SELECT FROM access_emergency") == []


def test_hidden_and_absent_are_one_answer(ola: Hat) -> None:
    absent = words(send(ola, "emergency", {"number": "A9999ZZ"}))
    near.declare(ola, Sought(number=("prison", story.DEE)), why="family", at=NOON)
    hidden = words(send(ola, "emergency", NUMBER))
    assert NOBODY in absent
    assert NOBODY in hidden
    assert absent.count("<") == hidden.count("<")


def test_without_a_reason_it_stays_shut_and_what_was_typed_is_there(ola: Hat) -> None:
    answer = send(ola, "emergency", NUMBER, {"step": "open", "words": "Found on the floor."})
    page = words(answer)
    assert answer.status_code == 400
    assert "Choose the reason." in page
    assert "Found on the floor." in page
    assert look(ola, "person", story.person()).status_code == 404


def test_too_little_is_said_beside_what_was_typed(ola: Hat) -> None:
    answer = send(ola, "emergency", {**NAMED, "last_name": ""})
    assert answer.status_code == 400
    assert "Enter a number, or else first name" in words(answer)
    assert 'value="Dee"' in words(answer)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"number": "999 000 9999"}, "That is no such number"),
        ({**NAMED, "birth_date_month": "13"}, "That is no day."),
    ],
)
@pytest.mark.parametrize("page", ["emergency", "near"])
def test_what_cannot_be_read_is_said_and_nobody_is_looked_for(
    ola: Hat, page: str, typed: Mapping[str, str], why: str
) -> None:
    answer = send(ola, page, typed, {"why": "family"})
    assert (answer.status_code, why in words(answer)) == (400, True)
    assert rows("SELECT FROM audit_event WHERE detail ? 'search'") == []
    for value in typed.values():
        assert f'value="{value}"' in words(answer)


def test_a_number_that_cannot_be_read_keeps_nobody_from_being_found_by_name(ola: Hat) -> None:
    assert "Step 2 of 2" in words(send(ola, "emergency", NAMED, {"number": "none known"}))


def test_only_some_roles_are_asked_about_sealed_parts(ola: Hat) -> None:
    question = "Parts that are kept back or kept for somebody else"
    assert question in words(send(ola, "emergency", NUMBER))
    nurse = story.worker("liaison_diversion", "FAR")
    assert question not in words(send(nurse, "emergency", NUMBER))


def test_other_roles_have_no_such_page() -> None:
    officer = story.worker("prison_officer")
    assert look(officer, "emergency").status_code == 404
    assert "Emergency" not in words(look(officer, "today"))
    assert "Emergency" in words(look(story.worker("safer_custody"), "today"))


def test_a_page_without_an_emergency_says_nothing_of_one() -> None:
    assert "Open in an emergency" not in words(look(story.worker(), "person", story.person()))


def test_the_person_sees_that_it_was_an_emergency(ola: Hat) -> None:
    send(ola, "emergency", NUMBER, WHY)
    look(ola, "person", story.person())
    own = access.issue_own_permit(story.person(), level="beside", at=NOON + timedelta(hours=1))
    (seen,) = audit.looks(own).shown
    assert (seen.role, bool(seen.emergency)) == ("community_prescriber", True)


# Too near


def test_said_by_name_the_record_closes_and_whether_there_is_one_is_not_told() -> None:
    ravi = story.worker()
    there = words(signed_in(ravi).post(address("near", ravi), {"why": "family", **NAMED}, follow=True))
    assert look(ravi, "person", story.person()).status_code == 404
    ada = story.worker("prison_healthcare", "MDI")
    nobody = {**NAMED, "first_name": "Nobody"}
    absent = words(signed_in(ada).post(address("near", ada), {"why": "family", **nobody}, follow=True))
    assert "A record of your family, Dee Marlowe" in there
    assert "A record of your family, Nobody Marlowe" in absent
    assert look(ada, "person", story.person()).status_code == 200


def test_said_of_an_open_record_it_closes_at_once_and_leaves_others_theirs() -> None:
    ravi, other = story.worker(), story.worker()
    answer = send(ravi, "near_open", {"why": "own_record"}, rest=(story.person(),))
    assert answer.status_code == 302
    assert look(ravi, "person", story.person()).status_code == 404
    assert look(other, "person", story.person()).status_code == 200
    assert rows("SELECT matter, why, person_id FROM audit_alert") == [
        ("declared", "own_record", story.person())
    ]


@pytest.mark.parametrize(
    ("typed", "why"),
    [({"why": "family"}, "Enter a number"), (NAMED, "Choose whether it is your own record")],
)
def test_what_cannot_be_kept_is_said(typed: Mapping[str, str], why: str) -> None:
    answer = send(story.worker(), "near", typed)
    assert (answer.status_code, why in words(answer)) == (400, True)


def test_of_an_open_record_it_is_asked_whose_it_is() -> None:
    ravi = story.worker()
    assert "It closes to you at once" in words(look(ravi, "near_open", story.person()))
    assert send(ravi, "near_open", rest=(story.person(),)).status_code == 400


def test_it_closes_a_record_that_is_made_later() -> None:
    ravi = story.worker()
    near.declare(ravi, Sought(number=("prison", story.GETHIN)), why="family", at=NOON)
    story.bring_in(story.document(story.GETHIN, bookingId="2", firstName="GETHIN"))
    assert look(ravi, "person", story.person(story.GETHIN)).status_code == 200
    near.close(access.issue_timer_permit("close near records", at=NOON))
    assert look(ravi, "person", story.person(story.GETHIN)).status_code == 404


def test_a_checker_finds_that_it_is_not_so_and_it_opens_again() -> None:
    ravi, sol = story.worker(), story.worker("information_governance", "MDI")
    near.declare(ravi, Sought(number=("prison", story.DEE)), why="family", at=NOON)
    permit = access.issue_list_permit(sol, purpose="audit", at=NOON)
    (alert,) = queries.waiting(permit, limit=9)
    said = Said(finding="lifted", words="Another Dee Marlowe.")
    actions.decide(permit, alert.id, said, key=str(new_id()))
    assert look(ravi, "person", story.person()).status_code == 200
    assert near.declared_by(ravi) == []
