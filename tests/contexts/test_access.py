"""The door: leave is decided and logged before any data is touched; without a log there is no leave."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import database, story
from tests.content import rows
from tests.story import GETHIN, NOON
from throughgate.access import actions as access
from throughgate.access import policy
from throughgate.access.actions import Concern
from throughgate.exchange import actions as exchange
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.staff import actions as staff
from throughgate.staff import queries as hats
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
COLUMNS = (
    "action, outcome, actor_kind, actor_id, post_id, organisation_id, role, purpose, person_id, permit_id"
)


@pytest.fixture
def dee() -> UUID:
    story.bring_in(story.document())
    return story.person()


def logged(action: str) -> list[tuple[Any, ...]]:
    return rows(f"SELECT {COLUMNS} FROM audit_event WHERE action = %s ORDER BY id", action)


def why() -> list[str]:
    return [row[0] for row in rows("SELECT detail ->> 'why' FROM audit_event WHERE action = 'open record'")]


# One record


def test_a_worker_opens_the_record_of_somebody_their_prison_holds(dee: UUID) -> None:
    hat = story.worker()
    permit = story.opens(hat, dee)
    assert (permit.person_id, permit.worker_id, permit.role) == (dee, hat.worker_id, hat.role)
    grants = policy.policy().matrix[hat.role]
    assert permit.read == {category for category, grant in grants.items() if grant.read}
    assert permit.write == {category for category, grant in grants.items() if grant.write}
    assert logged("open record") == [
        (
            "open record",
            "allowed",
            "worker",
            hat.worker_id,
            hat.post_id,
            hat.organisation_id,
            hat.role,
            "direct_care",
            dee,
            permit.id,
        )
    ]
    assert why() == ["relationship_holds"]


def test_only_a_role_the_table_names_learns_of_what_is_restricted(dee: UUID) -> None:
    assert story.opens(story.worker("offender_management"), dee).read_restricted
    assert not story.opens(story.worker("prison_officer"), dee).read_restricted


def test_a_team_sees_whom_the_prisons_it_works_in_hold(dee: UUID) -> None:
    for code in ("PATH", "ROAD"):
        story.organisation(code)
    story.opens(story.worker("community_treatment_worker", "PATH", works_in=["MDI"]), dee)
    with pytest.raises(NotFound):
        story.opens(story.worker("community_treatment_worker", "ROAD"), dee)


def test_hidden_and_absent_are_one_answer_and_both_are_logged_as_refused(dee: UUID) -> None:
    stranger = story.worker(at="LEI")
    absent = new_id()
    said = []
    for person_id in (dee, absent):
        with CaptureQueriesContext(connection) as asked, pytest.raises(NotFound) as refusal:
            story.opens(stranger, person_id)
        said.append((type(refusal.value), str(refusal.value), len(asked)))
    assert said[0] == said[1]
    refused = [(row[1], row[8]) for row in logged("open record")]
    assert refused == [("refused", dee), ("refused", absent)]
    assert set(why()) == {"no_relationship"}


@pytest.mark.parametrize(
    ("changed", "purpose", "reason"),
    [
        ({"is_active": False}, "direct_care", "worker_left"),
        ({}, "parole", "purpose_refused"),
        ({}, "curiosity", "purpose_unknown"),
        ({}, "supervision", "purpose_not_of_role"),
        ({"role": "administrator"}, "direct_care", "role_reads_nothing"),
        ({"role": "king"}, "direct_care", "role_unknown"),
    ],
)
def test_the_log_says_why_a_record_stayed_shut(
    dee: UUID, changed: dict[str, Any], purpose: str, reason: str
) -> None:
    hat = replace(story.worker(), **changed)
    with pytest.raises(NotFound):
        story.opens(hat, dee, purpose=purpose)
    assert why() == [reason]


def test_many_records_are_opened_in_as_many_queries_as_one_each_with_its_audit_row(
    dee: UUID, django_assert_num_queries: Callable[[int], Any]
) -> None:
    story.bring_in(story.document(GETHIN, bookingId="2"), as_at=story.noon(3))
    hat, absent = story.worker(), new_id()
    people = [dee, story.person(GETHIN), absent]
    with django_assert_num_queries(3):
        permits = access.issue_permits(hat, people, purpose="direct_care", at=story.noon(3))
    assert set(permits) == {dee, story.person(GETHIN)}
    assert replace(permits[dee], id=absent) == replace(story.opens(hat, dee, at=story.noon(3)), id=absent)
    told = [(row[8], row[1]) for row in logged("open record")[:3]]
    assert told == [(people[0], "allowed"), (people[1], "allowed"), (absent, "refused")]


def test_a_concern_ends_on_the_day_the_table_says(dee: UUID) -> None:
    """A release on 3 November closes the prison's concern after the 28 days of the table."""
    story.bring_in(story.released(), as_at=story.noon(4))
    hat = story.worker()
    last = NOON + timedelta(days=1 + 28)
    story.opens(hat, dee, at=last)
    with pytest.raises(NotFound):
        story.opens(hat, dee, at=last + timedelta(days=1))
    assert why() == ["relationship_holds", "relationship_ended"]


def test_a_worker_who_left_has_no_hat(dee: UUID) -> None:
    hat = story.worker()
    ((email,),) = rows("SELECT email FROM staff_worker WHERE id = %s", hat.worker_id)
    staff.end_work(email=email, at=NOON)
    assert hats.hats_of(hat.worker_id, on=NOON.date()) == []
    with pytest.raises(NotFound):
        hats.hat(hat.worker_id, hat.post_id, on=NOON.date())


# Lists, feeds, scripts, reviews, timers


def test_a_look_at_a_list_is_one_row_and_shows_what_the_role_lists() -> None:
    hat = story.worker()
    permit = access.issue_list_permit(hat, purpose="direct_care", at=NOON, page="everyone")
    assert permit.categories == policy.listed(hat.role)
    ((_, outcome, _, actor, *_, permit_id),) = logged("list people")
    assert (outcome, actor, permit_id) == ("allowed", hat.worker_id, permit.id)
    assert rows("SELECT detail::json FROM audit_event WHERE action = 'list people'") == [
        ({"page": "everyone"},)
    ]


def test_a_role_that_sees_nobody_by_name_is_told_so_and_it_is_logged() -> None:
    with pytest.raises(Refused, match="does not see people by name"):
        access.issue_list_permit(story.worker("administrator"), purpose="audit", at=NOON)
    assert [row[1] for row in logged("list people")] == ["refused"]


def test_a_feed_has_one_permit_for_each_run() -> None:
    permit = story.feed()
    assert logged("import")[0][-1] == permit.id
    assert rows("SELECT detail::json FROM audit_event WHERE action = 'import'") == [
        ({"run": str(permit.run_id), "source": "prisoner-search"},)
    ]


def test_trying_a_file_out_is_logged_though_nothing_of_it_stays(tmp_path: Path) -> None:
    """What it would do tells whom the record knows."""
    prison = story.prison()
    report = exchange.try_file(
        format_name="prisoner-search",
        path=story.file_of([story.document()], tmp_path),
        organisation_code=prison.code,
        as_at=NOON,
        progress=lambda _: None,
    )
    assert report.counts["new"] == 1
    assert [(row[2], row[5]) for row in logged("import")] == [("feed", prison.id)]
    for table in ("people_person", "record_entry", "exchange_importrun"):
        assert rows(f"SELECT FROM {table}") == []


def test_a_script_at_the_console_reads_everything_writes_nothing_and_is_logged(dee: UUID) -> None:
    permit = access.issue_script_permit(dee, organisation_id=story.prison().id, at=NOON)
    assert (permit.read, permit.write) == (policy.categories(), frozenset())
    assert [(row[2], row[8]) for row in logged("open record")] == [("script", dee)]


def test_settling_who_is_who_belongs_to_data_quality_and_the_console() -> None:
    story.reviewer()
    console = access.issue_review_permit(None, organisation_id=story.prison().id, at=NOON)
    assert (console.worker_id, console.role) == (None, "script")
    with pytest.raises(Refused, match="data quality"):
        access.issue_review_permit(story.worker(), organisation_id=story.prison().id, at=NOON)
    assert [(row[1], row[2]) for row in logged("review links")] == [
        ("allowed", "worker"),
        ("allowed", "script"),
        ("refused", "worker"),
    ]


def test_a_job_of_the_program_has_a_permit_too() -> None:
    permit = access.issue_timer_permit("refresh", at=NOON)
    assert logged("job")[0][-1] == permit.id


# No log, no leave


def a_record(hat: Hat, person_id: UUID) -> object:
    return story.opens(hat, person_id)


DOORS: dict[str, Callable[[Hat, UUID], object]] = {
    "one record": a_record,
    "a list": lambda hat, _: access.issue_list_permit(hat, purpose="direct_care", at=NOON),
    "a feed": lambda _hat, _person: story.feed(),
    "a script": lambda hat, who: access.issue_script_permit(
        who, organisation_id=hat.organisation_id, at=NOON
    ),
    "a review": lambda hat, _: access.issue_review_permit(None, organisation_id=hat.organisation_id, at=NOON),
    "a job": lambda _hat, _person: access.issue_timer_permit("refresh", at=NOON),
}


@pytest.mark.parametrize("door", DOORS)
def test_without_a_log_there_is_no_leave(dee: UUID, door: str) -> None:
    hat = story.worker()
    with database.role("owner"), connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_event FROM tg_web")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        DOORS[door](hat, dee)


# Relationships


def test_relationships_of_one_kind_are_rebuilt_and_those_of_others_left_alone(dee: UUID) -> None:
    story.bring_in(story.document(GETHIN, bookingId="2"))
    treatment = Concern(story.organisation("PATH").id, dee, "treatment", NOON.date(), None)
    permit = story.feed()
    access.rebuild_relationships(permit, person_ids=[dee], kind="treatment", concerns=[treatment])
    access.rebuild_relationships(permit, person_ids=[dee], kind="custody", concerns=[])
    left = rows("SELECT person_id, kind FROM access_relationship ORDER BY kind")
    assert left == [(story.person(GETHIN), "custody"), (dee, "treatment")]
