"""Two administrators of one organisation who end each other at one moment: one of them stays."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from tests import story
from tests.content import rows
from throughgate.foundation import clock
from throughgate.staff import members
from throughgate.staff.ending import LastAdministrator
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8
PATIENCE_SECONDS = 60
HELD = """
SELECT post.id FROM staff_post post JOIN staff_team team ON team.id = post.team_id
WHERE team.organisation_id = %s AND post.role = 'administrator' AND post.ended_at IS NULL
"""


def end(start: Barrier, one: Hat, other: Hat) -> bool:
    """Each in a connection of their own; False where they would be nobody's."""
    try:
        start.wait(PATIENCE_SECONDS)
        members.end_post(one, other.post_id, at=clock.now())
    except LastAdministrator:
        return False
    finally:
        connections.close_all()
    return True


def test_two_who_end_each_other_at_one_moment_leave_one_of_them() -> None:
    with ThreadPoolExecutor(2) as together:
        for number in range(ROUNDS):
            start, at = Barrier(2), story.organisation(f"TWO{number}").code
            one, other = story.worker("administrator", at), story.worker("administrator", at)
            ended = together.map(lambda two, start=start: end(start, *two), [(one, other), (other, one)])
            assert sorted(ended) == [False, True]
            assert len(rows(HELD, one.organisation_id)) == 1
