"""Signing in, choosing a hat, signing out."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import story
from tests.contexts.clients import signed_in, words
from throughgate.staff import actions as staff
from throughgate.staff.models import Worker

pytestmark = pytest.mark.django_db
PASSWORD = "a lantern by the gate"


def add(role: str, *, team: str = "Day team", email: str = "ravi@example.org") -> Worker:
    story.prison("MDI")
    return staff.add_worker(
        email=email,
        name="Ravi Inkwell",
        role=role,
        organisation="MDI",
        team=team,
        works_in=[],
        password=PASSWORD,
        on=date(2026, 1, 1),
    )


def follow(client: Client, at: str = "/") -> str:
    """Where going there ends up."""
    return str(client.get(at, follow=True).request["PATH_INFO"])


def sign_in(password: str = PASSWORD) -> tuple[Client, str]:
    client = Client()
    answer = client.post(
        reverse("account_login"), {"login": "ravi@example.org", "password": password}, follow=True
    )
    return client, words(answer)


def test_nobody_is_let_in_without_signing_in() -> None:
    client = Client()
    assert follow(client) == reverse("sign_in")
    assert "Sign in" in words(client.get(reverse("sign_in")))


def test_somebody_with_one_hat_goes_straight_to_where_the_day_begins() -> None:
    add("prison_recovery_worker")
    client, page = sign_in()
    assert "<h1>Today</h1>" in page
    assert follow(client, reverse("sign_in")).endswith("/today/")


def test_a_password_that_is_not_theirs_lets_nobody_in() -> None:
    add("prison_recovery_worker")
    client, page = sign_in(password="another")
    assert "Something to put right" in page
    assert follow(client) == reverse("sign_in")


def test_somebody_with_two_hats_chooses() -> None:
    add("prison_recovery_worker")
    worker = add("data_quality", team="Night team")
    client = Client()
    client.force_login(worker)
    page = words(client.get("/", follow=True))
    assert "Which hat are you wearing?" in page
    assert "Prison recovery worker, Day team" in page
    assert "/today/" in page
    assert "/held/" in page


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        ("prison_recovery_worker", "today/"),
        ("peer_mentor", "asked/"),
        ("data_quality", "held/"),
        ("information_governance", "oversight/"),
        ("administrator", "workers/"),
    ],
)
def test_the_day_of_each_role_begins_on_a_page_it_may_see(role: str, begins: str) -> None:
    hat = story.worker(role)
    answer = signed_in(hat).get("/", follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == f"/as/{hat.post_id}/{begins}"


def test_somebody_whose_work_has_ended_is_told_so() -> None:
    worker = add("prison_recovery_worker")
    client = Client()
    client.force_login(worker)
    worker.posts.update(ends_on=date(2026, 1, 2))
    assert "You have no post today" in words(client.get("/", follow=True))


def test_signing_out_leaves_nothing_on_the_machine() -> None:
    client = signed_in(story.worker())
    assert client.get(reverse("sign_out")).status_code == 405
    answer = client.post(reverse("sign_out"))
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert follow(client) == reverse("sign_in")


@pytest.mark.parametrize(
    "ended",
    [
        "UPDATE staff_worker SET is_active = false",
        "UPDATE staff_worker SET password = 'another'",
        "UPDATE staff_session SET expire_date = expire_date - interval '1 day'",
        "DELETE FROM staff_session",
    ],
)
def test_a_session_ends_at_once(ended: str) -> None:
    client = signed_in(story.worker())
    assert follow(client).endswith("/today/")
    with connection.cursor() as cursor:
        cursor.execute(ended)
    assert follow(client) == reverse("sign_in")


def test_a_page_of_a_record_stays_in_no_cache() -> None:
    assert signed_in(story.worker()).get("/", follow=True).headers["Cache-Control"] == "no-store"


def test_the_health_page_says_nothing_of_what_the_program_holds() -> None:
    assert Client().get(reverse("health")).content == b"ok"


def test_nobody_can_be_chosen_outside_the_demo() -> None:
    worker = add("prison_recovery_worker")
    client = Client()
    assert client.post(reverse("sign_in_as"), {"worker": str(worker.id)}).status_code == 404
    assert follow(client) == reverse("sign_in")


def test_in_the_demo_you_choose_who_you_are(settings: Settings) -> None:
    settings.DEMO = True
    worker = add("prison_recovery_worker")
    add("data_quality", team="Night team")
    add("administrator", email="max@example.org")
    client = Client()
    page = words(client.get(reverse("sign_in")))
    assert page.count('name="worker"') == 2
    assert "Prison recovery worker, Data quality" in page
    assert client.post(reverse("sign_in_as"), {"worker": "nobody"}).status_code == 404
    assert client.post(reverse("sign_in_as"), {"worker": str(worker.id)}).status_code == 302
    assert "DEMO" in words(client.get("/", follow=True))


def test_a_demo_with_nobody_in_it_says_what_to_do(settings: Settings) -> None:
    settings.DEMO = True
    assert "Nobody works here yet" in words(Client().get(reverse("sign_in")))
