"""The pages on which an administrator adds, renews and stops a program."""

from typing import Any

import pytest
from django.test import Client

from tests import programs, story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from tests.contexts.test_programs import private_pem
from tests.programs import PEOPLE, Robot, pair, pem
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def admin() -> Hat:
    story.organisation("PATH")
    return story.worker("administrator", "PATH")


def typed(admin: Hat, **changed: Any) -> dict[str, Any]:
    return {
        "name": "Case system",
        "role": programs.ROLE,
        "team": str(programs.team_of(admin)),
        "until_day": "9",
        "until_month": "5",
        "until_year": "2027",
        "key": pem(pair()),
        **changed,
    }


def adds(admin: Hat, **changed: Any) -> Any:
    return signed_in(admin).post(address("add_program", admin), typed(admin, **changed))


def test_a_program_is_added_and_stands_on_the_page_with_what_it_needs(admin: Hat) -> None:
    private = pair()
    assert adds(admin, key=pem(private)).headers["Location"] == address("programs", admin)
    page = words(signed_in(admin).get(address("programs", admin)))
    ((made, thumbprint),) = rows("SELECT worker_id, thumbprint FROM staff_program")
    for said in ("Case system", "until Sun 9 May 2027", str(made), thumbprint[:4], "/api/token", PEOPLE):
        assert said in page
    assert Robot(made, private).with_token().get(PEOPLE).status_code == 200


def test_half_a_year_is_offered(admin: Hat) -> None:
    page = words(signed_in(admin).get(address("add_program", admin)))
    assert 'name="until_month" type="text" inputmode="numeric" value="5"' in page


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": " "}, "Say which program it is"),
        ({"role": "prison_recovery_worker"}, "Choose as what it asks"),
        ({"role": "administrator"}, "Choose as what it asks"),
        ({"role": "community_prescriber"}, "Choose as what it asks"),
        ({"team": ""}, "Choose the team whose people it fetches"),
        ({"team": str(new_id())}, "Choose the team whose people it fetches"),
        ({"until_year": "2028"}, "Give the last day on which it may ask"),
        ({"until_year": "2025"}, "Give the last day on which it may ask"),
        ({"until_day": ""}, "Give the last day on which it may ask"),
        ({"key": "a key"}, "cannot be read as a public key"),
        ({"key": ""}, "cannot be read as a public key"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    admin: Hat, changed: dict[str, str], why: str
) -> None:
    answer = adds(admin, **changed)
    assert answer.status_code == 400
    page = words(answer)
    assert why in page
    assert changed.get("key", "BEGIN PUBLIC KEY") in page
    assert rows("SELECT count(*) FROM staff_program") == [(0,)]


def test_a_private_half_is_neither_kept_nor_shown_again(admin: Hat) -> None:
    secret = private_pem(pair())
    page = words(adds(admin, key=secret))
    assert "This is the private half" in page
    assert secret.splitlines()[1] not in page


UNTIL = {"until_day": "1", "until_month": "6", "until_year": "2027"}


def test_a_program_is_renewed_with_another_key(admin: Hat) -> None:
    robot, new = programs.added(admin), pair()
    there = address("renew_program", admin, robot.id)
    client = signed_in(admin)
    assert "has not asked yet" in words(client.get(address("programs", admin)))
    assert "Case system" in words(client.get(there))
    for changed, why in (
        ({"key": "a key"}, "a key</textarea>"),
        ({"key": pem(new), "until_year": "2029"}, "Give the last day on which it may ask"),
        ({"key": pem(robot.private)}, "This is the key that it has"),
    ):
        answer = client.post(there, {**UNTIL, **changed})
        assert (answer.status_code, why in words(answer)) == (400, True)
    assert client.post(there, {**UNTIL, "key": pem(new)}).headers["Location"] == address("programs", admin)
    assert Robot(robot.id, new).with_token().get(PEOPLE).status_code == 200
    page = words(client.get(address("programs", admin)))
    assert "until Tue 1 Jun 2027" in page
    assert "last asked Mon 9 Nov 2026" in page


def test_one_whose_last_day_is_over_stands_there_still(admin: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    programs.added(admin, until=clock.today())
    monkeypatch.setenv("TG_CLOCK", story.noon(10).isoformat())
    assert "was until Mon 9 Nov 2026" in words(signed_in(admin).get(address("programs", admin)))


def test_a_program_is_stopped_at_once(admin: Hat) -> None:
    robot = programs.added(admin)
    fetches = robot.with_token()
    client = signed_in(admin)
    answer = client.post(address("stop_program", admin), {"program": str(robot.id)}, follow=True)
    assert "None. Which one may ask" in words(answer)
    assert fetches.get(PEOPLE).status_code == 401
    assert client.post(address("stop_program", admin), {"program": str(robot.id)}).status_code == 404
    assert client.post(address("stop_program", admin), {"program": "it"}).status_code == 404
    assert client.get(address("renew_program", admin, robot.id)).status_code == 404


def test_only_an_administrator_of_its_organisation_reaches_it(admin: Hat) -> None:
    robot = programs.added(admin)
    story.organisation("HOUSE")
    other, worker = story.worker("administrator", "HOUSE"), story.worker(programs.ROLE, "PATH")
    assert "Case system" not in words(signed_in(other).get(address("programs", other)))
    tries: list[tuple[Client, Hat]] = [(signed_in(other), other), (signed_in(worker), worker)]
    for client, hat in tries:
        assert client.post(address("stop_program", hat), {"program": str(robot.id)}).status_code == 404
        assert client.post(address("renew_program", hat, robot.id), {"key": pem(pair())}).status_code == 404
    assert signed_in(worker).get(address("programs", worker)).status_code == 404
    assert adds(worker).status_code == 404
    assert robot.asks_token().status_code == 200


def test_a_second_factor_is_shown_first(admin: Hat, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    client = signed_in(admin)
    for name in ("add_program", "stop_program"):
        assert "/sign-in/" in client.post(address(name, admin), typed(admin)).headers["Location"]
    assert rows("SELECT count(*) FROM staff_program") == [(0,)]
