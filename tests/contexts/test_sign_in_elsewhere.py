"""An organisation's own sign-in: what its word opens, and each way in which the word may be forged."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import story
from tests.content import rows
from tests.contexts.clients import address, words
from tests.issuer import FakeIssuer, fake_issuer
from throughgate.foundation import clock
from throughgate.staff import actions as staff
from throughgate.staff.models import Vouched, Worker
from throughgate.staff.queries import hats_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer(settings: Settings) -> Iterator[FakeIssuer]:
    settings.SECOND_FACTOR = True
    with fake_issuer() as issuer:
        settings.ISSUERS = [issuer.settings()]
        yield issuer


@pytest.fixture
def ravi() -> Worker:
    return given("MDI")


def given(organisation: str, email: str = "ravi@example.org", role: str = "prison_recovery_worker") -> Worker:
    story.prison(organisation)
    return staff.add_worker(
        email=email,
        name="Ravi Inkwell",
        role=role,
        organisation=organisation,
        team="Day team",
        works_in=[],
        password=None,
        on=clock.today(),
    )


def asked(issuer: FakeIssuer, client: Client, name: str = "mdi") -> dict[str, str]:
    return issuer.is_sent(client.post(reverse("issuer", args=[name])).headers["Location"])


def comes_back(issuer: FakeIssuer, client: Client | None = None, name: str = "mdi", **given: str) -> Any:
    client = client or Client()
    brought = asked(issuer, client, name) | given
    return client.get(reverse("issuer_answer", args=[name]), brought)


def is_in(client: Client) -> bool:
    return client.get(reverse("hats")).headers.get("Location", "").endswith("/today/")


def test_its_word_signs_a_worker_in_and_counts_as_two_factors(issuer: FakeIssuer, ravi: Worker) -> None:
    client = Client()
    assert "Go on with Moorland" in words(client.get(reverse("account_login")))
    assert comes_back(issuer, client).headers["Location"] == reverse("home")
    assert client.get("/", follow=True).request["PATH_INFO"].endswith("/today/")


def test_an_issuer_that_asks_no_second_factor_leaves_that_to_us(
    issuer: FakeIssuer, ravi: Worker, settings: Settings
) -> None:
    settings.ISSUERS = [issuer.settings() | {"asks_second_factor": False}]
    client = Client()
    comes_back(issuer, client)
    assert client.get("/", follow=True).request["PATH_INFO"] == reverse("mfa_index")


def test_the_question_is_bound_to_this_browser(issuer: FakeIssuer, ravi: Worker) -> None:
    comes_back(issuer)
    digest = hashlib.sha256(issuer.sent["code_verifier"].encode()).digest()
    assert issuer.asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert issuer.asked["redirect_uri"] == f"http://localhost:8000{reverse('issuer_answer', args=['mdi'])}"


SHARED = "a secret of ours, which is long enough to sign with"
# What the issuer is made to say, that nobody should go by.
FORGED: dict[str, dict[str, Any]] = {
    "not signed": {"alg": "none"},
    "signed with a secret that both know": {"alg": "HS256", "key": SHARED},
    "signed by another": {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
    "for another": {"claims": {"aud": "somebody-else"}},
    "for us and another": {"claims": {"aud": ["throughgate-here", "somebody-else"]}},
    "by another": {"claims": {"iss": "https://evil.example"}},
    "answers another question": {"claims": {"nonce": "an older one"}},
    "too old": {"claims": {"exp": 1_700_000_000}},
    "without a subject": {"without": ("sub",)},
    "without an answer to the question": {"without": ("nonce",)},
    "without an end": {"without": ("exp",)},
    "for nobody in particular": {"without": ("aud",)},
    "describes another": {"described": {"issuer": "https://evil.example"}},
    "leads elsewhere in the clear": {"described": {"token_endpoint": "http://evil.example/token"}},
}


@pytest.mark.parametrize("said", FORGED.values(), ids=FORGED)
def test_a_word_that_is_forged_opens_nothing_and_is_logged(
    issuer: FakeIssuer, ravi: Worker, said: dict[str, Any]
) -> None:
    client = Client()
    brought = asked(issuer, client)
    for name, value in said.items():
        setattr(issuer, name, value)
    answer = client.get(reverse("issuer_answer", args=["mdi"]), brought)
    assert answer.status_code == 403
    assert "Try again from the start" in words(answer)
    assert not is_in(client)
    assert rows("SELECT outcome FROM audit_event WHERE action = 'sign in'") == [("refused",)]


def test_an_answer_is_good_once_and_only_in_the_browser_that_asked(issuer: FakeIssuer, ravi: Worker) -> None:
    client, other = Client(), Client()
    brought = asked(issuer, client)
    where = reverse("issuer_answer", args=["mdi"])
    assert other.get(where, brought).status_code == 403
    assert client.get(where, brought | {"state": "made up"}).status_code == 403
    assert client.get(where, brought).status_code == 403  # the question went with the first try
    assert comes_back(issuer, client, error="access_denied", code="").status_code == 403


def test_the_same_subject_of_another_issuer_is_somebody_else(
    issuer: FakeIssuer, ravi: Worker, settings: Settings
) -> None:
    given("LEI", email="other@example.org")
    comes_back(issuer)
    with fake_issuer() as second:
        settings.ISSUERS = [issuer.settings(), second.settings("lei", "LEI")]
        second.claims = {"email": "other@example.org"}
        client = Client()
        comes_back(second, client, "lei")
        assert client.session["_auth_user_id"] == str(Worker.objects.get(email="other@example.org").id)
    kept = Vouched.objects.order_by("issuer").values_list("issuer", "subject", "worker__email")
    assert list(kept) == [
        ("lei", "subject-1", "other@example.org"),
        ("mdi", "subject-1", "ravi@example.org"),
    ]


def test_another_subject_with_the_same_address_does_not_come_in_as_them(
    issuer: FakeIssuer, ravi: Worker
) -> None:
    comes_back(issuer)
    issuer.claims = {"sub": "subject-2"}
    client = Client()
    assert "you have no post there in throughgate" in words(comes_back(issuer, client))
    assert not is_in(client)


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email_verified": "true"}, {"email": "x@y.z"}]
)
def test_an_address_that_nobody_verified_finds_nobody(
    issuer: FakeIssuer, ravi: Worker, claims: dict[str, Any]
) -> None:
    issuer.claims = claims
    assert comes_back(issuer).status_code == 403


def test_it_vouches_for_no_post_of_another_organisation(issuer: FakeIssuer, ravi: Worker) -> None:
    given("LEI", role="data_quality")
    client = Client()
    comes_back(issuer, client)
    here, there = sorted(hats_of(ravi.id, on=clock.today()), key=lambda hat: hat.role, reverse=True)
    assert client.get(address("today", here)).status_code == 200
    assert client.get(address("held", there)).status_code == 404
    assert is_in(client)  # with one hat left there is nothing to choose


def test_its_word_adds_nothing_that_would_open_the_posts_elsewhere(issuer: FakeIssuer, ravi: Worker) -> None:
    given("LEI", role="data_quality")
    client = Client()
    comes_back(issuer, client)
    for page in ("add_passkey", "add_telephone"):
        assert client.get(reverse(page)).status_code == 403
    assert client.post(reverse("make_card")).status_code == 403
    assert client.post(reverse("remove_factor"), {"factor": "1"}).status_code == 403


def test_who_works_there_alone_adds_what_they_like(issuer: FakeIssuer, ravi: Worker) -> None:
    client = Client()
    comes_back(issuer, client)
    assert client.get(reverse("add_passkey")).status_code == 200


def test_who_has_left_is_not_let_in_whatever_the_issuer_says(issuer: FakeIssuer, ravi: Worker) -> None:
    comes_back(issuer)
    staff.end_work(email="ravi@example.org", at=clock.now())
    assert comes_back(issuer).status_code == 403


def test_an_issuer_that_nobody_named_is_not_there(issuer: FakeIssuer) -> None:
    assert Client().post(reverse("issuer", args=["nobody"])).status_code == 404


def test_an_issuer_that_does_not_answer_is_said_to(issuer: FakeIssuer, settings: Settings) -> None:
    settings.ISSUERS = [issuer.settings() | {"address": "http://localhost:9"}]
    assert Client().post(reverse("issuer", args=["mdi"])).status_code == 403
