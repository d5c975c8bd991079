"""Changing one's own password: by whoever knows the old one, and everywhere else they are signed out."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.staff.models import Worker
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
OLD = "a lantern by the gate"
NEW = "four walls and a window"
ADDRESS = "change_password"


@pytest.fixture
def hat() -> Hat:
    hat = story.worker()
    worker = Worker.objects.get(id=hat.worker_id)
    worker.set_password(OLD)
    worker.save()
    return hat


def sent(client: Client, old: str = OLD, new: str = NEW, again: str = NEW) -> Any:
    return client.post(reverse(ADDRESS), {"old": old, "new": new, "again": again})


def test_the_new_one_holds_here_and_everywhere_else_they_are_signed_out(hat: Hat) -> None:
    here, elsewhere = signed_in(hat), signed_in(hat)
    assert "Change your password" in words(here.get(reverse("mfa_index")))
    assert here.get(reverse(ADDRESS)).status_code == 200
    assert sent(here).headers["Location"] == reverse("mfa_index")
    worker = Worker.objects.get(id=hat.worker_id)
    assert worker.check_password(NEW)
    assert here.get(address("today", hat)).status_code == 200
    assert elsewhere.get(address("today", hat)).status_code == 302
    assert rows("SELECT count(*) FROM audit_event WHERE action = 'change password'") == [(1,)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"old": "a lantern by the wall"}, "That is not the password you sign in with now."),
        ({"new": "short", "again": "short"}, "This password is too short."),
        ({"again": "four walls and a door"}, "The two passwords were not the same."),
        ({"old": "", "new": "", "again": ""}, "That is not the password you sign in with now."),
    ],
)
def test_what_is_wrong_with_it_is_said_and_the_old_one_holds(
    hat: Hat, typed: dict[str, str], why: str
) -> None:
    client = signed_in(hat)
    answer = sent(client, **typed)
    assert answer.status_code == 400
    assert why in words(answer)
    assert all(value not in words(answer) for value in (OLD, NEW))
    assert Worker.objects.get(id=hat.worker_id).check_password(OLD)
    assert client.get(address("today", hat)).status_code == 200


def test_after_five_tries_somebody_waits(hat: Hat) -> None:
    client = signed_in(hat)
    assert [sent(client, old="wrong").status_code for _ in range(5)] == [400] * 5
    assert sent(client).status_code == 429
    assert Worker.objects.get(id=hat.worker_id).check_password(OLD)
    tried = rows(
        "SELECT outcome FROM audit_event WHERE actor_id = %s AND action = %s",
        hat.worker_id,
        "change password",
    )
    assert tried == [("refused",)] * 5


def test_who_signs_in_by_their_organisation_alone_has_none_to_change() -> None:
    hat = story.worker()
    worker = Worker.objects.get(id=hat.worker_id)
    worker.set_unusable_password()
    worker.save()
    client = signed_in(hat)
    assert "Change your password" not in words(client.get(reverse("mfa_index")))
    assert client.get(reverse(ADDRESS)).status_code == 404
    assert sent(client).status_code == 404
