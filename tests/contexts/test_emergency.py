"""Opening in an emergency: named roles, one person, four hours, and nothing without a trace."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from tests import database, story
from tests.content import rows
from tests.story import GETHIN, NOON
from throughgate.access import actions as access
from throughgate.access import emergency
from throughgate.access.actions import Named
from throughgate.access.emergency import Reasons
from throughgate.access.rules import Answer, Chosen
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import Permit
from throughgate.people.exact import Sought
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
DEE_BY_NAME = Sought(first_name="Dee", last_name="Marlowe", birth_date=date(1989, 5, 4))
BY_NUMBER = Sought(number=("prison", story.DEE))
WHY = Reasons("life_in_danger", "Found on the floor of the bus station.")


@pytest.fixture
def dee() -> UUID:
    story.bring_in(story.document(), story.document(GETHIN, bookingId="2", firstName="GETHIN"))
    return story.person()


@pytest.fixture
def ola() -> Hat:
    """A prescriber elsewhere, with whom Dee has nothing to do."""
    story.organisation("FAR")
    return story.worker("community_prescriber", "FAR")


def bar(dee: UUID, hat: Hat, why: str) -> None:
    timer = access.issue_timer_permit("test", at=NOON)
    named = Named(person_id=dee, worker_id=hat.worker_id, organisation_id=None)
    access.rebuild_bars(timer, why=why, named=[named], person_ids=[dee])


def opens(hat: Hat, dee: UUID, *, minutes: int = 1) -> Permit:
    return story.opens(hat, dee, at=NOON + timedelta(minutes=minutes))


def traces() -> tuple[int, int, int]:
    """How many openings, audit rows of them, and alerts there are."""
    return (
        len(rows("SELECT FROM access_emergency")),
        len(rows("SELECT FROM audit_event WHERE action = 'open in an emergency'")),
        len(rows("SELECT FROM audit_alert")),
    )


# Finding


@pytest.mark.parametrize("sought", [DEE_BY_NAME, BY_NUMBER], ids=["by name and birth date", "by number"])
def test_somebody_is_found_exactly(dee: UUID, ola: Hat, sought: Sought) -> None:
    assert emergency.find(ola, sought, at=NOON) == dee


@pytest.mark.parametrize(
    "sought",
    [
        replace(DEE_BY_NAME, first_name="D"),
        replace(DEE_BY_NAME, last_name="Marl%"),
        replace(DEE_BY_NAME, birth_date=date(1989, 5, 5)),
        Sought(number=("prison", "A9999ZZ")),
    ],
)
def test_less_than_exactly_finds_nobody(dee: UUID, ola: Hat, sought: Sought) -> None:
    assert emergency.find(ola, sought, at=NOON) is None


def test_a_name_without_a_birth_date_is_too_little(dee: UUID, ola: Hat) -> None:
    with pytest.raises(Refused, match="all three"):
        emergency.find(ola, replace(DEE_BY_NAME, birth_date=None), at=NOON)


def test_of_two_records_neither_is_chosen(dee: UUID, ola: Hat) -> None:
    story.bring_in(story.document("A3456DE", bookingId="3"), as_at=story.noon(3))
    with pytest.raises(Refused, match="More than one record"):
        emergency.find(ola, DEE_BY_NAME, at=NOON)


@pytest.mark.parametrize("why", ["own_record", "family", "must_not_know"])
def test_who_must_not_know_finds_nobody_and_opens_nothing(dee: UUID, ola: Hat, why: str) -> None:
    bar(dee, ola, why)
    assert emergency.find(ola, BY_NUMBER, at=NOON) is None
    with pytest.raises(NotFound):
        emergency.open_emergency(ola, dee, WHY, at=NOON)
    assert traces() == (0, 0, 0)


def test_each_search_is_logged_without_what_was_typed_and_there_are_so_many_an_hour(
    dee: UUID, ola: Hat
) -> None:
    for _ in range(20):
        emergency.find(ola, DEE_BY_NAME, at=NOON)
    with pytest.raises(Refused, match="very often"):
        emergency.find(ola, DEE_BY_NAME, at=NOON)
    found = rows("SELECT detail::text FROM audit_event WHERE action = 'list people'")
    assert set(found) == {('{"search": "emergency"}',)}
    assert rows("SELECT actor_id FROM audit_event WHERE action = 'try too often'") == [(ola.worker_id,)]


def test_another_role_has_no_such_door(dee: UUID) -> None:
    officer = story.worker("prison_officer", "LEI")
    with pytest.raises(NotFound):
        emergency.find(officer, BY_NUMBER, at=NOON)
    with pytest.raises(NotFound):
        emergency.open_emergency(officer, dee, WHY, at=NOON)


# Opening


def test_it_opens_one_record_for_four_hours_to_one_hat(dee: UUID, ola: Hat) -> None:
    with pytest.raises(NotFound):
        opens(ola, dee)
    opening_id = emergency.open_emergency(ola, dee, WHY, at=NOON)
    permit = opens(ola, dee)
    assert permit.emergency_id == opening_id
    opening = emergency.opening(permit)
    assert opening
    assert (opening.name, opening.until) == ("Dee Marlowe", NOON + timedelta(hours=4))
    with pytest.raises(NotFound):
        opens(ola, story.person(GETHIN))
    with pytest.raises(NotFound):
        opens(story.worker("community_prescriber", "FAR"), dee)
    opens(ola, dee, minutes=4 * 60 - 1)
    with pytest.raises(NotFound):
        opens(ola, dee, minutes=4 * 60)
    assert emergency.in_force(ola, at=NOON + timedelta(hours=4)) == []


def test_an_ordinary_permit_rests_on_no_opening(dee: UUID) -> None:
    assert emergency.opening(opens(story.worker(), dee)) is None


def test_it_lifts_a_limit(dee: UUID, ola: Hat) -> None:
    tess = story.worker()
    named = Named(person_id=dee, worker_id=tess.worker_id, organisation_id=None)
    timer = access.issue_timer_permit("test", at=NOON)
    access.rebuild_limits(timer, person_ids=[dee], named=[named])
    assert emergency.find(ola, BY_NUMBER, at=NOON) == dee
    emergency.open_emergency(ola, dee, WHY, at=NOON)
    opens(ola, dee)


def test_the_opening_its_row_and_its_alert_are_there_together(dee: UUID, ola: Hat) -> None:
    opening_id = emergency.open_emergency(ola, dee, WHY, at=NOON)
    assert traces() == (1, 1, 1)
    assert rows("SELECT matter, key, person_id, why, words FROM audit_alert") == [
        ("opening", str(opening_id), dee, WHY.reason, WHY.words)
    ]
    opens(ola, dee)
    told = rows("SELECT detail ->> 'emergency' FROM audit_event WHERE action = 'open record'")
    assert told[-1] == (str(opening_id),)


@pytest.mark.parametrize("table", ["audit_event", "audit_alert", "access_emergency"])
def test_without_a_trace_there_is_no_opening(dee: UUID, ola: Hat, table: str) -> None:
    with database.role("owner"), connection.cursor() as cursor:
        cursor.execute(f"REVOKE INSERT ON {table} FROM tg_web")
    place = transaction.savepoint()
    with pytest.raises(DatabaseError):
        emergency.open_emergency(ola, dee, WHY, at=NOON)
    transaction.savepoint_rollback(place)
    with database.role("owner"), connection.cursor() as cursor:
        cursor.execute(f"GRANT INSERT ON {table} TO tg_web")
    assert traces() == (0, 0, 0)
    with pytest.raises(NotFound):
        opens(ola, dee)


@pytest.mark.parametrize(
    ("reasons", "why"),
    [
        (Reasons("", "Found on the floor."), "Choose the reason"),
        (Reasons("curiosity", "Found on the floor."), "Choose the reason"),
        (Reasons("cannot_say", ""), "in your own words"),
        (Reasons("cannot_say", "x" * 1001), "1,000 characters"),
        (Reasons("cannot_say", "Found on the floor.", "hearsay"), "does not open sealed parts"),
    ],
)
def test_without_a_reason_nothing_opens(dee: UUID, ola: Hat, reasons: Reasons, why: str) -> None:
    with pytest.raises(Refused, match=why):
        emergency.open_emergency(ola, dee, reasons, at=NOON)
    assert traces() == (0, 0, 0)


def test_asked_again_it_is_the_same_opening(dee: UUID, ola: Hat) -> None:
    first, again = (emergency.open_emergency(ola, dee, WHY, at=NOON) for _ in range(2))
    assert first == again
    assert traces() == (1, 1, 1)


def test_what_is_open_anyway_needs_no_emergency(dee: UUID) -> None:
    ada = story.worker("prison_healthcare", "MDI")
    with pytest.raises(Refused, match="Your organisation is concerned"):
        emergency.open_emergency(ada, dee, WHY, at=NOON)


def test_it_is_ended_before_its_time(dee: UUID, ola: Hat) -> None:
    emergency.open_emergency(ola, dee, WHY, at=NOON)
    permit = opens(ola, dee)
    emergency.end(permit, at=NOON + timedelta(minutes=2))
    emergency.end(permit, at=NOON + timedelta(minutes=3))
    with pytest.raises(NotFound):
        opens(ola, dee, minutes=4)
    assert len(rows("SELECT FROM audit_event WHERE action = 'end emergency'")) == 1


# Sealed parts


@pytest.fixture
def kept_back(dee: UUID) -> None:
    """Dee keeps her treatment back from everybody."""
    chosen = Chosen(organisation_id=None, topic="treatment_medicines", purpose="", answer=Answer.KEEP_BACK)
    timer = access.issue_timer_permit("test", at=NOON)
    access.rebuild_choices(timer, person_ids=[dee], said=[access.Said(person_id=dee, chosen=chosen)])


@pytest.mark.usefixtures("kept_back")
def test_a_role_without_the_right_leaves_sealed_parts_shut(dee: UUID) -> None:
    story.organisation("FAR")
    hat = story.worker("community_treatment_worker", "FAR")
    sealed = WHY._replace(lawful_reason="public_interest")
    with pytest.raises(Refused, match="does not open sealed parts"):
        emergency.open_emergency(hat, dee, sealed, at=NOON)
    emergency.open_emergency(hat, dee, WHY, at=NOON)
    permit = opens(hat, dee)
    assert not permit.opens_sealed
    assert "treatment_medicines" not in permit.read


@pytest.mark.usefixtures("kept_back")
def test_a_role_with_the_right_gives_a_lawful_reason_and_makes_somebody_review_it(
    dee: UUID, ola: Hat
) -> None:
    emergency.open_emergency(ola, dee, WHY, at=NOON)
    assert "treatment_medicines" not in opens(ola, dee).read
    sealed = WHY._replace(lawful_reason="public_interest")
    emergency.open_emergency(ola, dee, sealed, at=NOON)
    permit = opens(ola, dee)
    assert permit.opens_sealed
    assert "treatment_medicines" in permit.read
    assert rows("SELECT matter, why FROM audit_alert ORDER BY id") == [
        ("opening", "life_in_danger"),
        ("sealed", "public_interest"),
    ]
    assert emergency.open_emergency(ola, dee, WHY, at=NOON) == permit.emergency_id
