"""The packs of the demo's cast, as their stories promise them."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from throughgate.access import actions as access
from throughgate.custody import queries as custody
from throughgate.custody.queries import Wanted
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.packs import queries
from throughgate.packs.content import Reader
from throughgate.packs.queries import PackLine
from throughgate.packs.rules import PackState
from throughgate.staff import cast as signing_in
from throughgate.staff.queries import Hat
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


def opened(name: str, person: str) -> Permit:
    (each,) = custody.everyone(listing(name), Wanted(words=tuple(person.lower().split()))).people
    return access.issue_permit(hat(name), each.person_id, purpose="direct_care", at=NOW)


def newest(permit: Permit) -> PackLine:
    found = queries.packs(permit)
    assert found
    return found[0]


def test_dees_pack_is_out_of_date_since_her_day_moved(town: None) -> None:
    permit = opened("Thermos", "Dee Lantern")
    pack = newest(permit)
    assert pack.state is PackState.AGREED
    changed = queries.differences(permit, pack.id)
    moved = next(each for each in changed if each.key == "release")
    assert "7 December 2026" in moved.before
    assert "3 December 2026" in moved.now


def test_marcus_has_a_standing_pack_for_his_day_in_court(town: None) -> None:
    assert newest(opened("Inkwell", "Marcus Teacup")).state is PackState.MADE
    rows = {row.name: row for row in queries.due(listing("Inkwell"))}
    marcus = rows["Marcus Teacup"]
    assert (marcus.hearing_on, marcus.state) == (TODAY + timedelta(days=1), "made")


def test_precious_was_given_hers_at_the_gate(town: None) -> None:
    pack = newest(opened("Doorbell", "Precious Harbour"))
    assert pack.state is PackState.GIVEN
    (given,) = pack.given
    assert given.readers == (Reader.PERSON, Reader.NEXT_WORKER)
    assert clock.day_of(given.at) == TODAY - timedelta(days=60)
