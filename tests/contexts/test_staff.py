"""Workers, their teams and posts."""

from datetime import UTC, date, datetime

import pytest

from tests import story
from throughgate.foundation.errors import NotFound, Refused
from throughgate.staff import actions as staff
from throughgate.staff import queries as hats

pytestmark = pytest.mark.django_db


def add(email: str = "ravi@example.org", *, organisation: str = "MDI") -> None:
    staff.add_worker(
        email=email,
        name="Ravi Inkwell",
        role="prison_recovery_worker",
        organisation=organisation,
        team="Day team",
        works_in=[],
        password=None,
        on=date(2026, 1, 1),
    )


def test_ending_somebodys_work_takes_their_hat_at_the_next_request() -> None:
    hat = story.worker()
    with pytest.raises(NotFound):
        hats.hat(hat.worker_id, story.worker().post_id, on=date(2026, 11, 2))
    story.prison("MDI")
    add()
    add()  # the same worker and the same post: nothing more
    staff.end_work(email="ravi@example.org", at=datetime(2026, 11, 2, tzinfo=UTC))
    with pytest.raises(Refused, match="Nobody signs in as"):
        staff.end_work(email="nobody@example.org", at=datetime(2026, 11, 2, tzinfo=UTC))


def test_a_team_of_an_organisation_nobody_knows_is_refused_by_its_code() -> None:
    with pytest.raises(Refused, match="no organisation with the code QQQ"):
        add(organisation="QQQ")
