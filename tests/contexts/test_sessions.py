"""How long a session lasts, what it leaves behind, and what it takes to guess one's way in."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.foundation import clock
from throughgate.staff import members, sessions
from throughgate.staff.models import Worker
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
PASSWORD = "a lantern by the gate"
COOKIE = "throughgate"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`later(minutes=31)`: the clock goes on by so much from now."""
    now = clock.now

    def go_on(**length: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: now() + timedelta(**length))

    return go_on


def worker_of(hat: Hat) -> Worker:
    return Worker.objects.get(id=hat.worker_id)


def with_password(hat: Hat) -> str:
    worker = worker_of(hat)
    worker.set_password(PASSWORD)
    worker.save()
    return str(worker.email)


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def open_(client: Client, hat: Hat) -> int:
    return client.get(address("today", hat)).status_code


# Fixation, which is test B01


def test_signing_in_gives_a_session_a_new_name_and_the_old_one_opens_nothing() -> None:
    hat = story.worker()
    email = with_password(hat)
    client, other = Client(), Client()
    client.get(reverse("sign_in"))
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies[COOKIE] = planted = str(session.session_key)
    sign_in(client, email)
    assert client.cookies[COOKIE].value != planted
    other.cookies[COOKIE] = planted
    assert open_(client, hat) == 200
    assert open_(other, hat) == 302


def test_a_name_that_a_browser_makes_up_is_not_taken_on() -> None:
    hat = story.worker()
    client = Client()
    client.cookies[COOKIE] = "made-up-by-somebody-else-entirely"
    sign_in(client, with_password(hat))
    assert client.cookies[COOKIE].value != "made-up-by-somebody-else-entirely"


# How long, which is test B03


@pytest.mark.parametrize(("idle", "status"), [(29, 200), (31, 302)])
def test_nobody_clicked_for_half_an_hour(later: Any, idle: int, status: int) -> None:
    hat = story.worker()
    client = signed_in(hat)
    later(minutes=idle)
    assert open_(client, hat) == status


def test_whoever_goes_on_clicking_is_signed_out_after_twelve_hours(later: Any) -> None:
    hat = story.worker()
    client = signed_in(hat)
    for quarters in range(1, 48):
        later(minutes=15 * quarters)
        assert open_(client, hat) == 200
    later(hours=12, seconds=1)
    assert open_(client, hat) == 302


def test_an_organisation_may_ask_for_less_and_the_strictest_counts(later: Any) -> None:
    admin, hat = story.worker("administrator"), story.worker()
    members.set_idle_limit(admin, 15, at=clock.now())
    client = signed_in(hat)
    later(minutes=16)
    assert open_(client, hat) == 302


def test_saying_that_one_is_still_there_keeps_a_session_awake(later: Any) -> None:
    hat = story.worker()
    client = signed_in(hat)
    later(minutes=20)
    assert client.post(reverse("awake")).status_code == 204
    later(minutes=45)
    assert open_(client, hat) == 200


def test_what_was_typed_too_late_waits_for_its_own_worker(later: Any) -> None:
    hat, other = story.worker(), story.worker()
    email, others = with_password(hat), with_password(other)
    form = {"text": "She said she is afraid of Friday.", "csrfmiddlewaretoken": "old"}
    for who, is_theirs in ((email, True), (others, False)):
        client = signed_in(hat)
        later(minutes=31)
        answer = client.post(address("idle_limit", hat), form)
        assert answer.headers["Location"] == f"{reverse('sign_in')}?next={reverse('unsent')}"
        assert "afraid" not in words(client.get(answer.headers["Location"]))
        sign_in(client, who)
        page = words(client.get(reverse("unsent"), follow=True))
        assert ("afraid of Friday" in page) == is_theirs
        assert 'value="old"' not in page
        later(minutes=0)


@pytest.mark.parametrize(
    ("site", "is_own", "status"),
    [("same-origin", True, 302), ("same-origin", False, 403), ("cross-site", True, 403), ("", True, 403)],
)
def test_a_form_of_before_signing_in_again_waits_if_it_is_theirs(
    site: str, status: int, *, is_own: bool
) -> None:
    hat, other = story.worker(), story.worker()
    client = Client(enforce_csrf_checks=True)
    client.force_login(Worker.objects.get(id=hat.worker_id))
    there = address("idle_limit", hat if is_own else other)
    answer = client.post(there, {"text": "afraid"}, headers={"Sec-Fetch-Site": site} if site else {})
    assert answer.status_code == status
    assert ("afraid" in words(client.get(reverse("unsent"), follow=True))) == (status == 302)


def test_a_page_asked_for_too_late_does_not_cost_what_is_typed_in_another(later: Any) -> None:
    hat = story.worker()
    client = signed_in(hat)
    later(minutes=31)
    assert open_(client, hat) == 302
    answer = client.post(address("idle_limit", hat), {"text": "afraid"})
    assert reverse("unsent") in answer.headers["Location"]


@pytest.mark.parametrize("headers", [{"Accept": "text/plain"}, {"Accept": "application/json"}])
def test_what_a_script_sends_too_late_is_kept_nowhere(later: Any, headers: dict[str, str]) -> None:
    hat = story.worker()
    client = signed_in(hat)
    later(minutes=31)
    answer = client.post(address("idle_limit", hat), {"text": "x"}, headers=headers)
    assert reverse("unsent") not in answer.headers["Location"]


def test_a_form_longer_than_a_form_is_kept_nowhere(later: Any) -> None:
    hat = story.worker()
    client = signed_in(hat)
    later(minutes=31)
    answer = client.post(address("idle_limit", hat), {"text": "x" * 200_001})
    assert reverse("unsent") not in answer.headers["Location"]


def test_sessions_that_ended_long_ago_are_forgotten() -> None:
    hat = story.worker()
    client = signed_in(hat)
    for days, status in ((0, 200), (1, 200), (2, 302)):  # half an hour after signing in it has ended
        sessions.sweep(at=clock.now() + timedelta(days=days))
        assert open_(client, hat) == status


# Where somebody is signed in


def test_a_worker_sees_where_they_are_signed_in_and_ends_it() -> None:
    hat = story.worker()
    here, there, third = (signed_in(hat) for _ in range(3))
    page = words(here.get(reverse("mfa_index")))
    assert page.count("Sign out there") == 2
    for client in (here, there, third):
        assert client.cookies[COOKIE].value not in page
    listed = sessions.of_worker(hat.worker_id, key=here.session.session_key, at=clock.now())
    one = next(each for each in listed if not each.is_this)
    here.post(reverse("end_session"), {"session": one.handle})
    assert sorted(open_(client, hat) for client in (here, there, third)) == [200, 200, 302]
    here.post(reverse("end_session"))
    assert [open_(client, hat) for client in (here, there, third)] == [200, 302, 302]


def test_nobody_ends_the_session_of_another() -> None:
    hat, other = story.worker(), story.worker()
    client = signed_in(hat)
    (theirs,) = sessions.of_worker(hat.worker_id, key=None, at=clock.now())
    signed_in(other).post(reverse("end_session"), {"session": theirs.handle})
    assert open_(client, hat) == 200


# Guessing, which is test B04


def test_who_is_unknown_gets_the_same_answer_as_who_is_known() -> None:
    email = with_password(story.worker())

    def answer(login: str) -> tuple[int, str]:
        client = Client(enforce_csrf_checks=False)
        found = sign_in(client, login, "not the password at all")
        page = words(found).replace(login, "LOGIN")
        return found.status_code, page[page.index("<main") : page.index('name="csrf')]

    assert answer(email) == answer("nobody@example.org")


def test_who_is_unknown_costs_as_much_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash of a password is what takes the time: it is made once, whoever is asked for."""
    made: list[str] = []
    real = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(salt)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    email = with_password(story.worker())
    counted = []
    for login in (email, "nobody@example.org"):
        made.clear()
        sign_in(Client(), login, "not the password at all")
        counted.append(len(made))
    assert counted == [1, 1]


def test_five_wrong_passwords_lock_one_account_for_five_minutes_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    email, others = with_password(story.worker()), with_password(story.worker())
    client = Client()
    for _ in range(5):
        sign_in(client, email, "wrong")
    assert sign_in(client, email).status_code == 200  # the right one, and no way in
    assert sign_in(client, others).status_code == 302
    ((expires,),) = rows(
        "SELECT max(expires) FROM staff_tries WHERE cache_key LIKE '%%300/key%%' OR cache_key LIKE '%%/300%%'"
    )
    assert expires <= clock.now() + timedelta(minutes=5, seconds=1)
    account = rows("SELECT id::text FROM staff_worker WHERE email = %s", email)[0]
    assert rows("SELECT detail ->> 'account' FROM audit_event WHERE action = 'try too often'") == [account]


def test_many_tries_from_one_address_are_slowed() -> None:
    client = Client()
    answers = [sign_in(client, f"{number}@example.org", "wrong").status_code for number in range(125)]
    assert answers[-1] == 429
    assert "too many tries" in words(sign_in(client, "x@example.org"))
    told = rows(
        "SELECT DISTINCT outcome, actor_kind, detail::text FROM audit_event WHERE action = 'try too often'"
    )
    assert told == [("refused", "nobody", "{}")]


def test_a_try_is_in_the_audit_without_the_address_that_was_typed() -> None:
    worker_id, tried = (hat := story.worker()).worker_id, "SELECT outcome, actor_id, detail FROM audit_event"
    for email in ("somebody@example.org", with_password(hat)):
        sign_in(Client(), email, "wrong")
    assert rows(f"{tried} ORDER BY id") == [
        ("refused", None, "{}"),
        ("refused", None, f'{{"account": "{worker_id}"}}'),
    ]


# On a real server


def test_cookies_are_for_this_server_alone(settings: Settings) -> None:
    cookie = sign_in(Client(), with_password(story.worker())).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_the_moment_a_session_began_is_kept_as_it_was() -> None:
    client = signed_in(story.worker())
    assert datetime.fromisoformat(client.session["began_at"]) <= clock.now()
