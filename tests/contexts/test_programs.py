"""Programs of an organisation: how they show who they are, and what stops them at once."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.urls import reverse

from tests import programs, story
from tests.content import rows
from tests.programs import PEOPLE, Robot, pair, pem
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.staff import invitations, keys, members
from throughgate.staff import programs as programs_of
from throughgate.staff.keys import PublicKey
from throughgate.staff.models import Worker
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def admin() -> Hat:
    story.organisation("PATH")
    return story.worker("administrator", "PATH")


@pytest.fixture
def robot(admin: Hat) -> Robot:
    return programs.added(admin)


def jwk(private: Any, algorithm: Any) -> str:
    return str(algorithm.to_jwk(private.public_key()))


KINDS: dict[str, tuple[Callable[[], Any], str, Any]] = {
    "P-256": (lambda: ec.generate_private_key(ec.SECP256R1()), "ES256", jwt.algorithms.ECAlgorithm),
    "P-384": (lambda: ec.generate_private_key(ec.SECP384R1()), "ES384", jwt.algorithms.ECAlgorithm),
    "RSA": (lambda: rsa.generate_private_key(65537, 2048), "RS384", jwt.algorithms.RSAAlgorithm),
    "Ed25519": (ed25519.Ed25519PrivateKey.generate, "EdDSA", jwt.algorithms.OKPAlgorithm),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("as_jwk", [False, True])
def test_a_key_of_each_kind_lets_its_program_in(admin: Hat, robot: Robot, kind: str, as_jwk: bool) -> None:
    make, algorithm, reader = KINDS[kind]
    private = make()
    pasted = jwk(private, reader) if as_jwk else pem(private)
    renews(admin, robot, keys.read(pasted))
    told = Robot(robot.id, private, algorithm).asks_token()
    assert (told.status_code, told.json()["token_type"], told.json()["expires_in"]) == (200, "Bearer", 300)


def private_pem(private: Any) -> str:
    return str(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        ("", "cannot be read as a public key"),
        ("a key", "cannot be read as a public key"),
        ("{", "cannot be read as a public key"),
        ("{}", "cannot be read as a public key"),
        ('{"kty": "EC", "crv": "P-256", "x": 1, "y": []}', "cannot be read as a public key"),
        ('{"kty": "EC", "crv": "P-521"}', "cannot be read as a public key"),
        ("[" * 9_000, "cannot be read as a public key"),
        ('{"a":' * 1_900, "cannot be read as a public key"),
        ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "cannot be read as a public key"),
        (private_pem(pair()), "private half"),
        ('{"kty": "oct", "k": "c2VjcmV0"}', "private half"),
        (jwt.algorithms.ECAlgorithm.to_jwk(pair()), "private half"),
        (pem(rsa.generate_private_key(65537, 1024)), "of a kind that is not taken"),  # noqa: S505
        (pem(ec.generate_private_key(ec.SECP521R1())), "of a kind that is not taken"),
        (pem(ec.generate_private_key(ec.SECP256K1())), "of a kind that is not taken"),
    ],
)
def test_what_is_no_safe_public_key_is_refused_in_words(pasted: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        keys.read(pasted)


def renews(admin: Hat, robot: Robot, key: PublicKey) -> None:
    until = clock.today() + timedelta(days=30)
    programs_of.renew(admin, robot.id, key=key, until=until, at=clock.now())


# What it signs


def unsigned(claims: dict[str, Any]) -> str:
    return str(jwt.encode(claims, "", algorithm="none"))


def with_its_public_key_as_a_secret(robot: Robot) -> str:
    """As if the public key, which many know, were a shared secret."""

    def part(said: bytes) -> str:
        return base64.urlsafe_b64encode(said).rstrip(b"=").decode()

    head = part(json.dumps({"alg": "HS256"}).encode())
    signed = f"{head}.{part(json.dumps(robot.claims()).encode())}"
    mac = hmac.new(pem(robot.private).encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{part(mac)}"


def with_a_key_of_its_own(robot: Robot) -> str:
    """Signed with a key that stands in what was signed."""
    other = pair()
    said = jwt.algorithms.ECAlgorithm.to_jwk(other.public_key(), as_dict=True)
    return str(jwt.encode(robot.claims(), other, algorithm="ES256", headers={"jwk": said, "kid": "1"}))


def deep() -> str:
    part = base64.urlsafe_b64encode(b"[" * 4_000).rstrip(b"=").decode()
    return f"{base64.urlsafe_b64encode(b'{}').decode()}.{part}."


OURS = "http://localhost:8000/api/token"
FORGED: dict[str, Callable[[Robot], str]] = {
    "of nobody": lambda it: Robot(new_id(), it.private).signs(),
    "with another key": lambda it: Robot(it.id, pair()).signs(),
    "unsigned": lambda it: unsigned(it.claims()),
    "with the public key as a secret": with_its_public_key_as_a_secret,
    "with a key of its own in its head": with_a_key_of_its_own,
    "for another server": lambda it: it.signs(aud="https://elsewhere.example/api/token"),
    "for several": lambda it: it.signs(aud=[OURS, "https://elsewhere.example/"]),
    "for nobody": lambda it: it.signs(aud=None),
    "as another": lambda it: it.signs(sub=str(new_id())),
    "expired": lambda it: it.signs(exp=(clock.now() - timedelta(minutes=1)).timestamp()),
    "for too long": lambda it: it.signs(exp=(clock.now() + timedelta(minutes=6)).timestamp()),
    "for ever": lambda it: it.signs(exp=10**300),
    "without an end": lambda it: it.signs(exp=None),
    "until true": lambda it: it.signs(exp=True),
    "until no number": lambda it: it.signs(exp=float("nan")),
    "from tomorrow": lambda it: it.signs(nbf=(clock.now() + timedelta(days=1)).timestamp()),
    "made tomorrow": lambda it: it.signs(iat=(clock.now() + timedelta(days=1)).timestamp()),
    "made at a word": lambda it: it.signs(iat="now"),
    "without jti": lambda it: it.signs(jti=None),
    "with an empty jti": lambda it: it.signs(jti=""),
    "with a long jti": lambda it: it.signs(jti="x" * 201),
    "with a list for jti": lambda it: it.signs(jti=["x"]),
    "huge": lambda it: it.signs(more="x" * 20_000),
    "deep": lambda _: deep(),
    "empty parts": lambda _: "..",
    "junk": lambda _: "\0\u00e9 no word at all",
    "no id": lambda it: it.signs(iss="Case system"),
}


@pytest.mark.parametrize("how", FORGED)
def test_what_is_forged_or_wrong_gets_no_token_and_stands_in_the_audit(robot: Robot, how: str) -> None:
    answer = robot.asks_token(FORGED[how](robot))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), how
    assert answer.json()["error_description"].endswith(".")
    assert rows("SELECT count(*) FROM staff_token") == [(0,)]
    assert rows("SELECT action, outcome, actor_kind FROM audit_event ORDER BY id DESC LIMIT 1") == [
        ("sign in", "refused", "nobody")
    ]


def test_a_token_is_not_taken_for_what_was_signed_nor_the_other_way_round(robot: Robot) -> None:
    token = robot.asks_token().json()["access_token"]
    assert robot.asks_token(token).status_code == 401
    assert programs.showing(robot.signs()).get(PEOPLE).status_code == 401


def test_what_was_signed_is_good_once(robot: Robot) -> None:
    signed = robot.signs()
    assert [robot.asks_token(signed).status_code for _ in range(2)] == [200, 401]


def test_what_was_used_is_remembered_for_as_long_as_it_could_be_used(
    robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = robot.signs(exp=(clock.now() + timedelta(minutes=5)).timestamp())
    assert robot.asks_token(signed).status_code == 200
    start = clock.now()
    for seconds in (299, 329, 331):
        monkeypatch.setenv("TG_CLOCK", (start + timedelta(seconds=seconds)).isoformat())
        assert robot.asks_token().status_code == 200  # which forgets what is old
        assert robot.asks_token(signed).status_code == 401
    assert rows("SELECT count(*) FROM staff_assertion WHERE expires_at < %s", start) == [(0,)]


def test_the_purpose_is_the_roles_and_another_only_where_the_role_may(robot: Robot) -> None:
    assert robot.asks_token().json()["scope"] == "direct_care"
    assert robot.asks_token(scope="resettlement").json()["scope"] == "resettlement"
    for purpose in ("supervision", "parole", "script", "import", "own_record", "x\0"):
        answer = robot.asks_token(scope=purpose)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


def test_a_role_that_no_program_holds_any_more_gets_no_token(
    robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("throughgate.access.policy.for_programs", dict)
    assert robot.asks_token().json()["error"] == "invalid_scope"


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "unsupported_grant_type"),
        ({"client_assertion_type": "secret"}, "invalid_request"),
    ],
)
def test_another_way_in_is_refused(robot: Robot, sent: dict[str, str], error: str) -> None:
    answer = robot.asks_token(**sent)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_too_many_tries_from_one_place_wait(robot: Robot, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "program_token": "2/m/ip"}
    assert [robot.asks_token("x").status_code for _ in range(3)] == [401, 401, 429]


# What stops it


def test_a_token_lasts_five_minutes(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    client = robot.with_token()
    start = clock.now()
    for seconds, status in ((299, 200), (300, 401)):
        monkeypatch.setenv("TG_CLOCK", (start + timedelta(seconds=seconds)).isoformat())
        assert client.get(PEOPLE).status_code == status


def test_a_key_that_was_changed_opens_nothing_nor_does_what_was_got_with_it(admin: Hat, robot: Robot) -> None:
    client, new = robot.with_token(), pair()
    renews(admin, robot, keys.read(pem(new)))
    assert client.get(PEOPLE).status_code == 401
    assert robot.asks_token().status_code == 401
    assert Robot(robot.id, new).with_token().get(PEOPLE).status_code == 200


def test_a_program_that_was_stopped_gets_no_token_and_shows_none(admin: Hat, robot: Robot) -> None:
    client = robot.with_token()
    members.end_post(admin, robot.hat.post_id, at=clock.now())
    assert client.get(PEOPLE).status_code == 401
    assert robot.asks_token().status_code == 401
    assert programs_of.of(admin) == []
    with pytest.raises(NotFound):
        renews(admin, robot, keys.read(pem(pair())))


def test_a_program_ends_on_its_last_day(admin: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    robot = programs.added(admin, until=clock.today())
    client = robot.with_token()
    assert client.get(PEOPLE).status_code == 200
    monkeypatch.setenv("TG_CLOCK", story.noon(10).isoformat())
    assert client.get(PEOPLE).status_code == 401
    assert robot.asks_token().status_code == 401


def test_a_program_whose_last_day_is_over_is_renewed_under_its_id(
    admin: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot, new = programs.added(admin, until=clock.today()), pair()
    monkeypatch.setenv("TG_CLOCK", story.noon(12).isoformat())
    assert robot.asks_token().status_code == 401
    renews(admin, robot, keys.read(pem(new)))
    assert Robot(robot.id, new).with_token().get(PEOPLE).status_code == 200


def test_a_program_is_renewed_with_another_key_and_for_a_year_at_most(admin: Hat, robot: Robot) -> None:
    with pytest.raises(programs_of.SameKey):
        renews(admin, robot, keys.read(pem(robot.private)))
    key, until = keys.read(pem(pair())), clock.today() + timedelta(days=366)
    with pytest.raises(Refused, match="within a year"):
        programs_of.renew(admin, robot.id, key=key, until=until, at=clock.now())
    assert robot.asks_token().status_code == 200


@pytest.mark.parametrize("days", [-1, 366])
def test_a_program_is_added_for_a_year_at_most(admin: Hat, days: int) -> None:
    with pytest.raises(Refused, match="within a year"):
        programs.added(admin, until=clock.today() + timedelta(days=days))


def test_who_added_and_renewed_it_is_in_the_audit(admin: Hat, robot: Robot) -> None:
    renews(admin, robot, keys.read(pem(pair())))
    done = rows(
        "SELECT action, actor_id, detail ->> 'about' FROM audit_event"
        " WHERE action LIKE '%% program' ORDER BY id"
    )
    assert done == [
        ("add program", admin.worker_id, str(robot.id)),
        ("renew program", admin.worker_id, str(robot.id)),
    ]


# It is nobody who signs in


def test_another_organisation_neither_sees_nor_changes_it(robot: Robot) -> None:
    story.organisation("HOUSE")
    other = story.worker("administrator", "HOUSE")
    assert programs_of.of(other) == []
    with pytest.raises(NotFound):
        renews(other, robot, keys.read(pem(pair())))


def test_no_page_lets_a_program_in(robot: Robot, client: Any) -> None:
    client.force_login(Worker.objects.get(id=robot.id))
    answer = client.get(reverse("home"))
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in/")
    for typed in ("", str(robot.id), "None"):
        sent = {"login": typed, "password": ""}
        assert client.post(reverse("sign_in"), sent).status_code in {200, 400}
    assert Worker.objects.get(id=robot.id).has_usable_password() is False


def test_an_administrator_cannot_hand_it_a_way_in(admin: Hat, robot: Robot) -> None:
    for way in (members.hand_out_card, members.sign_out):
        with pytest.raises(NotFound):
            way(admin, robot.id, at=clock.now())
    with pytest.raises(Refused):
        invitations.let_back_in(admin, robot.id, at=clock.now())
    assert robot.id not in {each.worker_id for each in members.of(admin, at=clock.now())}


def test_nobody_signs_in_without_an_address(robot: Robot) -> None:
    with pytest.raises(Worker.DoesNotExist):
        Worker.objects.get_by_natural_key(None)
