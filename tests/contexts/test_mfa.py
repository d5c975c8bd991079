"""Second factors: asked of all who see a record, shown again before something weighty."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.pages import proofs
from throughgate.staff import factors
from throughgate.staff.models import Worker
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
PASSWORD = "a lantern by the gate"
# What no browser sends.
NO_PASSKEYS = [
    "[" * 100_000,
    "",
    "nonsense",
    "{}",
    "[]",
    '{"id": "eA"}',
    '{"id": "eA", "rawId": "eA", "response": 3}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": 7}}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "eA"}}',
    '{"id": "eA", "rawId": "eA", "response": {"clientDataJSON": "eA", "authenticatorData": "eA"}}',
    '{"id": "eA", "rawId": "eA", "response": {"clientDataJSON": "e30", "authenticatorData": "e30"}}',
    '{"id": "eA", "rawId": "eA", "response": {"userHandle": "eA", "signature": "eA"}}',
]
# And what no browser answers that is asked for a new one: cut short, of another shape within, or no map.
NO_NEW_PASSKEYS = [
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30"}}',
    *(
        '{"id": "eA", "rawId": "eA", "type": "public-key",'
        f' "response": {{"clientDataJSON": "{data}", "attestationObject": "{attested}"}}}}'
        for data, attested in (
            ("e30", "oA"),
            ("e30", "eA"),
            ("W10", "oA"),
            ("MQ", "gA"),
            ("e30", ""),
            ("eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0", "oA"),
            ("eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0", "oWhhdXRoRGF0YUEA"),
        )
    ),
]


@pytest.fixture(autouse=True)
def _asked(settings: Settings) -> None:
    settings.SECOND_FACTOR = True


@pytest.fixture
def hat() -> Hat:
    hat = story.worker()
    worker = Worker.objects.get(id=hat.worker_id)
    worker.set_password(PASSWORD)
    worker.save()
    return hat


def by_password(hat: Hat) -> tuple[Client, Any]:
    client = Client()
    email = Worker.objects.get(id=hat.worker_id).email
    return client, client.post(reverse("account_login"), {"login": email, "password": PASSWORD})


def card_of(hat: Hat) -> list[str]:
    return factors.make_card(hat.worker_id, made_by=hat.worker_id, at=clock.now())


def test_a_password_alone_opens_no_record(hat: Hat) -> None:
    client, _ = by_password(hat)
    answer = client.get(address("today", hat), follow=True)
    assert answer.request["PATH_INFO"] == reverse("mfa_index")
    assert "A password alone opens no record" in words(answer)


def test_a_card_is_asked_for_after_the_password_and_each_code_is_good_once(hat: Hat) -> None:
    code = card_of(hat)[0]
    for expected in (302, 200):
        client, answer = by_password(hat)
        assert answer.headers["Location"] == reverse("mfa_authenticate")
        assert client.get(address("today", hat)).status_code == 302
        answer = client.post(reverse("mfa_authenticate"), {"code": code.lower()})
        assert answer.status_code == expected
    assert "was used already" in words(answer)


def test_a_card_opens_the_work(hat: Hat) -> None:
    client, _ = by_password(hat)
    code = card_of(hat)[3]
    client, _ = by_password(hat)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(address("today", hat)).status_code == 200
    assert factors.codes_left(hat.worker_id) == 9


def test_a_card_that_is_used_up_does_not_let_a_password_in_alone(hat: Hat) -> None:
    for code in card_of(hat):
        assert factors.use_code(hat.worker_id, code, at=clock.now())
    client, answer = by_password(hat)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.post(reverse("add_passkey"), {}, follow=True).request["PATH_INFO"] != reverse("add_passkey")
    client = signed_in(hat)
    for page in ("add_telephone", "add_passkey"):
        answer = client.get(reverse(page), follow=True)
        assert answer.request["PATH_INFO"] == reverse("step_up")
        assert "All codes of your card are used" in words(answer)


def test_a_new_card_ends_the_old_one(hat: Hat) -> None:
    old, new = card_of(hat), card_of(hat)
    at = clock.now()
    assert not factors.use_code(hat.worker_id, old[0], at=at)
    assert factors.use_code(hat.worker_id, new[0], at=at)


def test_five_wrong_codes_lock_the_account_for_a_while(hat: Hat) -> None:
    right = card_of(hat)[0]
    client, _ = by_password(hat)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "WRONG"})
    page = words(client.post(reverse("mfa_authenticate"), {"code": right}))
    assert "tried too often" in page
    assert factors.codes_left(hat.worker_id) == 10


def shown(hat: Hat, *, ago: timedelta = timedelta(0)) -> Client:
    """Somebody signed in who has shown a second factor."""
    client = signed_in(hat)
    session = client.session
    session[proofs.KEY] = {"worker": str(hat.worker_id), "at": (clock.now() - ago).isoformat()}
    session.save()
    return client


def test_what_somebody_else_showed_in_this_browser_counts_for_nothing(hat: Hat) -> None:
    client = signed_in(hat)
    session = client.session
    session[proofs.KEY] = {"worker": str(story.worker().worker_id), "at": clock.now().isoformat()}
    session.save()
    assert client.get(address("today", hat)).status_code == 302


def test_who_changes_what_they_sign_in_with_shows_a_factor_again(hat: Hat) -> None:
    code = card_of(hat)[0]
    client = shown(hat, ago=timedelta(minutes=11))
    answer = client.post(reverse("make_card"), {"colour": "blue"}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("step_up")
    assert "It holds for ten minutes" in words(answer)
    assert client.post(answer.redirect_chain[-1][0], {"code": "WRONG"}).status_code == 400
    answer = client.post(answer.redirect_chain[-1][0], {"code": code}, follow=True)
    page = words(answer)
    assert "Nothing you typed is lost" in page
    assert f'action="{reverse("make_card")}"' in page
    assert 'name="colour" value="blue"' in page
    assert "shown this once" in words(client.post(reverse("make_card"), {"colour": "blue"}))


@pytest.mark.parametrize(
    ("page", "rest"),
    [
        ("emergency", []),
        ("batch_file", [new_id(), "sheet-1"]),
        ("open_beside", [new_id()]),
        ("invite", []),
        ("add_program", []),
        ("renew_program", [new_id()]),
        ("pair", [new_id()]),
    ],
)
def test_what_is_weighty_asks_for_a_factor_again(hat: Hat, page: str, rest: list[Any]) -> None:
    for ago, is_led in ((timedelta(minutes=11), True), (timedelta(minutes=9), False)):
        answer = shown(hat, ago=ago).get(address(page, hat, *rest))
        assert answer.headers.get("Location", "").startswith(reverse("step_up")) is is_led


def test_after_showing_it_again_nobody_is_led_out_of_the_house(hat: Hat) -> None:
    code = card_of(hat)[0]
    answer = shown(hat).post(reverse("step_up") + "?next=https://evil.example/", {"code": code})
    assert answer.headers["Location"] == reverse("home")


def test_who_has_no_second_factor_is_led_to_where_one_is_added(hat: Hat) -> None:
    assert signed_in(hat).get(reverse("step_up")).headers["Location"] == reverse("mfa_index")


def telephone(client: Client) -> tuple[str, Any]:
    """Adds an app on a telephone; returns its secret and the answer."""
    page = client.get(reverse("add_telephone"))
    assert "<svg" in words(page)
    secret = client.session["mfa.totp.secret"]
    return secret, client.post(reverse("add_telephone"), {"code": code_of(secret)})


def code_of(secret: str) -> str:
    counter = list(totp.yield_hotp_counters_from_time())[1]
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def test_a_code_of_a_telephone_is_good_once(hat: Hat) -> None:
    secret, answer = telephone(signed_in(hat))
    assert answer.headers["Location"] == reverse("mfa_index")
    code = code_of(secret)
    statuses = []
    for _ in range(2):
        client, answer = by_password(hat)
        assert answer.headers["Location"] == reverse("mfa_authenticate")
        statuses.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)
    assert statuses == [302, 200]


def test_the_secret_of_a_telephone_is_not_in_the_database_in_the_clear(hat: Hat) -> None:
    secret, _ = telephone(signed_in(hat))
    (kept,) = Authenticator.objects.values_list("data", flat=True)
    assert secret not in str(kept)


def test_a_wrong_code_adds_no_telephone(hat: Hat) -> None:
    client = signed_in(hat)
    client.get(reverse("add_telephone"))
    assert "was not right" in words(client.post(reverse("add_telephone"), {"code": "000"}))
    assert factors.held(hat.worker_id) == []


def test_adding_the_first_factor_opens_the_work_at_once(hat: Hat) -> None:
    client = signed_in(hat)
    telephone(client)
    assert client.get(address("today", hat)).status_code == 200
    page = words(client.get(reverse("mfa_index")))
    assert "Codes of an app on a telephone" in page
    assert client.get(reverse("add_telephone")).headers["Location"] == reverse("mfa_index")


def test_somebody_takes_away_their_own_factor_and_no_other(hat: Hat) -> None:
    client = signed_in(hat)
    telephone(client)
    (held,) = factors.held(hat.worker_id)
    other = story.worker()
    shown(other).post(reverse("remove_factor"), {"factor": held.id})
    assert factors.held(hat.worker_id) == [held]
    for nonsense in ("", "x", "9" * 30):
        client.post(reverse("remove_factor"), {"factor": nonsense})
    client.post(reverse("remove_factor"), {"factor": held.id})
    assert factors.held(hat.worker_id) == []


@pytest.mark.parametrize("sent", NO_PASSKEYS)
def test_a_passkey_that_is_none_lets_nobody_in(hat: Hat, sent: str) -> None:
    client = Client()
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert answer.headers["Location"] == reverse("account_login")
    assert client.get(reverse("hats")).status_code == 302


@pytest.mark.parametrize("sent", [*NO_PASSKEYS, *NO_NEW_PASSKEYS])
def test_a_passkey_that_is_none_is_not_added_and_a_sentence_says_so(hat: Hat, sent: str) -> None:
    client = shown(hat)
    client.get(reverse("add_passkey"))
    answer = client.post(reverse("add_passkey"), {"credential": sent, "name": "Key", "passwordless": "on"})
    assert "That was not right" in words(answer)
    assert factors.held(hat.worker_id) == []


def test_what_somebody_changes_of_their_factors_is_in_the_audit(hat: Hat) -> None:
    client = signed_in(hat)
    telephone(client)
    client.post(reverse("make_card"))
    (held,) = factors.held(hat.worker_id)
    client.post(reverse("remove_factor"), {"factor": held.id})
    client.post(reverse("remove_factor"), {"factor": held.id})  # which is there no more
    assert rows(
        "SELECT action, detail ->> 'about' FROM audit_event WHERE actor_id = %s ORDER BY id", hat.worker_id
    ) == [
        ("sign in", None),
        ("add second factor", "totp"),
        ("add second factor", "card"),
        ("take away second factor", "totp"),
    ]


def test_each_code_that_was_used_and_each_that_was_wrong_is_in_the_audit_by_nobodys_words(hat: Hat) -> None:
    code = card_of(hat)[0]
    client, _ = by_password(hat)
    for shown in ({"code": "12345678"}, {"credential": NO_PASSKEYS[-1]}, {"code": code}):
        client.post(reverse("mfa_authenticate"), shown)
    Client().post(reverse("mfa_login_webauthn"), {"credential": NO_PASSKEYS[-1]})
    assert rows("SELECT action, outcome, actor_id, detail FROM audit_event ORDER BY id") == [
        ("show second factor", "refused", hat.worker_id, "{}"),
        ("show second factor", "refused", hat.worker_id, "{}"),
        ("use code of card", "done", hat.worker_id, "{}"),
        ("sign in", "done", hat.worker_id, "{}"),
        ("sign in", "refused", None, "{}"),
    ]


def test_in_the_demo_nobody_is_asked(hat: Hat, settings: Settings) -> None:
    settings.SECOND_FACTOR = False
    assert signed_in(hat).get(address("today", hat)).status_code == 200
