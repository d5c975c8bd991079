"""The API under what nobody who wrote for it would send, and when it cannot write down who asked."""

import os
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests import database, programs, story
from tests.content import rows
from tests.programs import PEOPLE, Robot
from throughgate.access import actions as access
from throughgate.audit.models import Alert
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.oversight import browsing
from throughgate.staff import actions as staff

pytestmark = pytest.mark.django_db
TRIES = 2_000 if os.environ.get("TG_NIGHT") else 150
BITS = [
    "",
    "0",
    "-1",
    "null",
    "%00",
    "é",
    "\u2028",
    "../",
    "' OR 1=1--",
    "[]",
    "{}",
    "x" * 3_000,
    "٣",
    "api/token",
]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FETCH"]
TYPES = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "x"]
NAMES = ["after", "q", "scope", "grant_type", "client_assertion", "_", "person__key"]
REFUSED = {400, 401, 404, 405, 413, 429}


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def robot() -> Robot:
    story.bring_in(story.document())
    story.organisation("PATH")
    return programs.of("PATH", beside=story.worker(programs.ROLE, "PATH", works_in=["MDI"]))


def sent(chance: Random, client: Client, token: str) -> Any:
    """Something like a request."""
    path = chance.choice([PEOPLE, f"{PEOPLE}/", "/api/", "/api/token", programs.of_person(story.person())])
    query = {chance.choice(NAMES): chance.choice(BITS) for _ in range(chance.choice([0, 0, 1, 3]))}
    shown = chance.choice(
        [f"Bearer {token}", f"bearer  {token}", f"Basic {token}", token, "Bearer", *BITS[:8]]
    )
    body = "&".join(f"{chance.choice(NAMES)}={chance.choice(BITS)}" for _ in range(chance.randint(0, 4)))
    return client.generic(
        chance.choice(METHODS),
        path + chance.choice(["", "", chance.choice(BITS)]),
        body.encode(),
        content_type=chance.choice(TYPES),
        query_params=query,
        headers={"authorization": shown.encode("latin-1", "replace").decode("latin-1")},
    )


def test_whatever_is_sent_is_answered_in_json_and_breaks_nothing(
    robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("throughgate.access.policy.limit", lambda _code: 10**6)
    token, client, chance = robot.asks_token().json()["access_token"], Client(), Random("junk")  # noqa: S311
    entries, answered = rows("SELECT count(*) FROM record_entry"), set()
    for number in range(TRIES):
        answer = sent(chance, client, token)
        told = (number, answer.request["REQUEST_METHOD"], answer.request["PATH_INFO"][:80])
        assert answer.status_code in REFUSED | {200}, told
        assert answer.headers["Content-Type"].endswith("json"), told
        assert answer.headers["Cache-Control"] == "no-store", told
        answered.add(answer.status_code)
    assert {200, 400, 401, 404, 405} <= answered
    assert rows("SELECT count(*) FROM record_entry") == entries


def test_without_a_row_of_the_audit_nothing_is_fetched(robot: Robot) -> None:
    client, asked = robot.with_token(), (PEOPLE, programs.of_person(story.person()))
    client.raise_request_exception = False
    with database.role("owner"), connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_event FROM tg_web, tg_worker")
    for address in asked:
        place = transaction.savepoint()
        answer = client.get(address)
        assert (answer.status_code, answer.json()["title"]) == (500, "Something went wrong")
        transaction.savepoint_rollback(place)


def test_a_program_that_tries_doors_is_looked_into(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    client = robot.with_token()
    for _ in range(20):
        assert client.get(programs.of_person(new_id())).status_code == 404
    monkeypatch.setenv("TG_CLOCK", (story.noon(9) + timedelta(minutes=5)).isoformat())
    assert browsing.watch(access.issue_timer_permit("watch browsing", at=clock.now())) == 1
    (raised,) = Alert.objects.all()
    assert (raised.matter, raised.worker_id, raised.count) == ("outside_work", robot.id, 20)


def test_a_program_goes_on_when_the_administrator_who_added_it_leaves() -> None:
    story.organisation("PATH")
    first, _second = story.worker("administrator", "PATH"), story.worker("administrator", "PATH")
    robot = programs.added(first)
    ((email,),) = rows("SELECT email FROM staff_worker WHERE id = %s", first.worker_id)
    staff.end_work(email=email, at=clock.now())
    assert robot.with_token().get(PEOPLE).status_code == 200
