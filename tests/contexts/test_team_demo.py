"""The teams of the demo's cast, as their stories promise them."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from throughgate.access import actions as access
from throughgate.custody import queries as custody
from throughgate.custody.queries import Wanted
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit
from throughgate.staff import cast as signing_in
from throughgate.staff.queries import Hat
from throughgate.team import lists, queries
from throughgate.team.queries import Board
from throughgate.wiring import demo

TODAY = date(2026, 11, 21)
NOW = clock.start_of(TODAY) + timedelta(hours=9)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load(TODAY)
        yield
        transaction.set_rollback(True)


def hat(name: str) -> Hat:
    return next(each for each in signing_in.hats(on=TODAY) if each.worker_name.endswith(name))


def listing(name: str) -> ListPermit:
    return access.issue_list_permit(hat(name), purpose="direct_care", at=NOW)


def board(name: str, person: str) -> Board:
    (each,) = custody.everyone(listing(name), Wanted(words=tuple(person.lower().split()))).people
    return queries.board(access.issue_permit(hat(name), each.person_id, purpose="direct_care", at=NOW))


def test_dees_team_is_led_by_tess_and_waits_for_a_prescriber(town: None) -> None:
    hers = board("Umbra", "Dee Lantern")
    assert [(each.hat.worker_name, each.leads) for each in hers.members] == [
        ("Tess Umbra", ("whole",)),
        ("Nurse Ada Thermos", ("medicines",)),
        ("Gus Calendar", ()),
    ]
    assert {each.said.line.text for each in hers.goals} == {
        "Somebody I know at the gate.",
        "To cook for other people again.",
    }
    assert set(hers.wishes) == {"asks_again"}


def test_a_message_about_treatment_reaches_who_reads_treatment(town: None) -> None:
    about = {name: len(board(name, "Dee Lantern").messages) for name in ("Umbra", "Thermos")}
    assert about == {"Umbra": 1, "Thermos": 2}


def test_a_peer_leads_preciouss_team_and_is_asked_something(town: None) -> None:
    hers = board("Footpath", "Precious Harbour")
    assert {each.hat.worker_name: each.leads for each in hers.members} == {
        "Kofi Footpath": ("whole",),
        "Bea Doorbell": ("drugs_alcohol",),
        "Ivy Keyring": (),
    }
    asked = lists.waiting(listing("Footpath")).asked
    assert [(each.name, each.text) for each in asked] == [
        ("Precious Harbour", "Ask when the next training for mentors begins.")
    ]


def test_a_housing_worker_finds_her_through_the_team_alone(town: None) -> None:
    permit = listing("Keyring")
    found = custody.everyone(permit, Wanted(words=("precious", "harbour"))).people
    assert [each.name for each in found] == ["Precious Harbour"]
    assert custody.everyone(permit, Wanted(words=("dee", "lantern"))).people == []
