"""Whose post was ended at once is nobody's worker any more, wherever workers are asked for by name."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests import story
from tests.content import rows
from tests.team import called, joins
from throughgate.access import actions as access
from throughgate.access import queries as seen
from throughgate.book import queries as book
from throughgate.contacts import actions as contacts
from throughgate.record.rules import Form
from throughgate.sharing import queries as sharing
from throughgate.staff import ending
from throughgate.staff.models import Worker
from throughgate.staff.queries import Hat
from throughgate.wiring import schedule

pytestmark = pytest.mark.django_db
AT = story.NOON + timedelta(hours=1)
Asked = Callable[[Hat], set[UUID]]


@pytest.fixture(autouse=True)
def at_one_o_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", AT.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def ravi() -> Hat:
    """Nobody else in the prison wears his hat."""
    return story.worker()


def ends(hat: Hat) -> None:
    ending.end_posts(Worker.objects.get(id=hat.worker_id), [hat.post_id], at=AT)


def those_who_read(asking: Hat) -> set[str]:
    return {each.role for each in seen.who_sees(story.opens(asking, story.person(), at=AT))}


def those_named(asking: Hat) -> set[UUID]:
    return {each.id for each in sharing.named(story.opens(asking, story.person(), at=AT))}


def those_who_can_be_told() -> set[UUID]:
    own = access.issue_own_permit(story.person(), level="word", at=AT)
    return {each.id for each in book.listeners(own)}


def test_the_role_that_only_they_held_reads_nothing(ravi: Hat) -> None:
    nia = called("Nia Garden", role="prison_healthcare", at="MDI")
    assert those_who_read(ravi) >= {"prison_healthcare"}
    ends(nia)
    assert "prison_healthcare" not in those_who_read(ravi)


def test_nobody_can_mean_them_in_a_choice(ravi: Hat) -> None:
    nia = called("Nia Garden", role="prison_healthcare", at="MDI")
    assert nia.worker_id in those_named(ravi)
    ends(nia)
    assert nia.worker_id not in those_named(ravi)


def test_the_person_can_tell_them_nothing_more(ravi: Hat) -> None:
    contacts.write_note(
        story.opens(ravi, story.person(), at=AT), kind="note_plan", text="Met", at=AT, form=Form("note")
    )
    called("Rhoda Lane", role="prison_recovery_worker", at="MDI")
    assert ravi.worker_id in those_who_can_be_told()
    ends(ravi)
    assert ravi.worker_id not in those_who_can_be_told()


def test_the_concern_of_their_team_is_over_by_the_night(ravi: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    story.organisation("STEP", "peer_support")
    kofi = called("Kofi Footpath", role="peer_mentor", at="STEP")
    joins(story.opens(ravi, story.person(), at=AT))
    ends(kofi)
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())
    schedule.refresh_everybody()
    concern = "SELECT closed_on FROM access_relationship WHERE kind = 'team'"
    assert rows(concern) == [(date(2026, 11, 3),)]
