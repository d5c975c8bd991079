"""What a program signed, sent by several at one moment as by who has listened, gets one token."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from tests import programs, story
from tests.content import rows
from tests.programs import Robot

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS, PATIENCE_SECONDS = 4, 60


def send(start: Barrier, robot: Robot, signed: str) -> int:
    try:
        start.wait(PATIENCE_SECONDS)
        return int(robot.asks_token(signed).status_code)
    finally:
        connections.close_all()


def test_what_was_signed_is_good_once_also_at_one_moment() -> None:
    robot = programs.of(story.prison().code)
    with ThreadPoolExecutor(SENDERS) as together:
        for _ in range(4):
            start, signed = Barrier(SENDERS), robot.signs()
            answers = together.map(
                lambda _, start=start, signed=signed: send(start, robot, signed), range(SENDERS)
            )
            assert sorted(answers) == [200, 401, 401, 401]
    assert rows("SELECT count(*) FROM staff_token") == [(4,)]
