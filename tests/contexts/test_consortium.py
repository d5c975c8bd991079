"""Organisations under one umbrella: for what they share for, the people of one are the concern of all."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from tests import story
from tests.content import rows
from tests.story import NOON
from throughgate.access import actions as access
from throughgate.access import queries as seeing
from throughgate.access import visible
from throughgate.access.actions import Concern
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import TimerPermit
from throughgate.staff import actions as staff
from throughgate.staff import queries as hats
from throughgate.staff.queries import Hat
from throughgate.wiring.console import organising

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


def share(member: str, *purposes: str) -> None:
    staff.set_membership(parent="UNION", member=member, purposes=purposes, at=NOON)


def refresher() -> TimerPermit:
    return access.issue_timer_permit("refresh", at=NOON)


def again(hat: Hat) -> Hat:
    """As the next request has it."""
    return hats.hat(hat.worker_id, hat.post_id, on=NOON.date())


@pytest.fixture
def dee() -> UUID:
    """Whom Stepping Stone alone is concerned with; it is a member with Openhand, and Lamplight alone."""
    for code in ("UNION", "STEP", "OPEN", "LAMP"):
        story.organisation(code)
    story.bring_in(story.document())
    dee = story.person()
    for kind, concerns in (
        ("custody", []),
        ("treatment", [Concern(story.organisation("STEP").id, dee, "treatment", SINCE, None)]),
    ):
        access.rebuild_relationships(refresher(), person_ids=[dee], kind=kind, concerns=concerns)
    share("STEP", "resettlement", "direct_care")
    share("OPEN", "resettlement")
    share("LAMP", "direct_care")
    return dee


def may_open(hat: Hat, person_id: UUID) -> bool:
    purpose = {"housing_worker": "resettlement"}.get(hat.role, "direct_care")
    try:
        access.issue_permit(again(hat), person_id, purpose=purpose, at=NOON)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize(
    ("at", "role", "opens"),
    [
        ("OPEN", "housing_worker", True),  # a member for that purpose
        ("OPEN", "community_treatment_worker", False),  # a member, and not for that purpose
        ("LAMP", "community_treatment_worker", True),
        ("LAMP", "housing_worker", False),
        ("UNION", "housing_worker", True),  # the parent, for whatever a member shares for
        ("UNION", "community_treatment_worker", True),
        ("MDI", "community_treatment_worker", False),  # under no umbrella
    ],
)
def test_a_member_opens_what_another_is_concerned_with_for_what_both_share_for(
    dee: UUID, at: str, role: str, opens: bool
) -> None:
    assert may_open(story.worker(role, at), dee) is opens


def test_who_leaves_opens_nothing_from_the_next_request(dee: UUID) -> None:
    ivy = story.worker("housing_worker", "OPEN")
    assert may_open(ivy, dee)
    share("OPEN")
    assert not may_open(ivy, dee)
    assert rows("SELECT detail ->> 'purposes' FROM audit_event WHERE action = 'share as one' ORDER BY id")[
        -1
    ] == ("",)


def test_a_list_shows_them_and_a_choice_of_the_person_holds_there_too(dee: UUID) -> None:
    ivy = story.worker("housing_worker", "OPEN")
    permit = access.issue_list_permit(ivy, purpose="resettlement", at=NOON)
    with connection.cursor() as cursor:
        cursor.execute(visible.CONCERNED, visible.by(permit))
        assert cursor.fetchall() == [(dee, SINCE)]
    named = access.Named(person_id=dee, worker_id=None, organisation_id=ivy.organisation_id)
    access.rebuild_bars(refresher(), why=access.MUST_NOT_KNOW, named=[named])
    assert not may_open(ivy, dee)


def test_the_person_is_told_that_a_member_reads_and_through_whom_it_is_logged(dee: UUID) -> None:
    ivy, bea = story.worker("housing_worker", "OPEN"), story.worker("community_treatment_worker", "OPEN")
    permit = story.opens(again(ivy), dee, purpose="resettlement")
    seen = {(each.organisation_id, each.role): each for each in seeing.who_sees(permit)}
    theirs = seen[ivy.organisation_id, ivy.role]
    assert (theirs.since, theirs.through) == (SINCE, (story.organisation("STEP").id,))
    assert (bea.organisation_id, bea.role) not in seen
    assert rows("SELECT detail ->> 'organisation' FROM audit_event WHERE permit_id = %s", permit.id) == [
        (str(story.organisation("STEP").id),)
    ]


def test_nobody_is_a_member_of_themselves() -> None:
    story.organisation("UNION")
    with pytest.raises(Refused, match="cannot be a member of itself"):
        share("UNION", "resettlement")


def test_the_console_says_what_is_shared_and_refuses_what_nobody_shares_for(
    dee: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    assert organising.share("UNION", "OPEN", ["safeguarding"]) == 0
    assert organising.share("UNION", "OPEN", []) == 0
    said = capsys.readouterr().out
    assert "OPEN shares with UNION and its members for: safeguarding." in said
    assert "OPEN has left UNION." in said
    with pytest.raises(Refused, match="Nobody shares for parole"):
        organising.share("UNION", "OPEN", ["parole"])
