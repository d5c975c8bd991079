"""A program of an organisation, as it stands outside: its key, and what it signs, asks and is answered."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import story
from tests.content import rows
from throughgate.api.views import GRANT
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.staff import keys, programs
from throughgate.staff import queries as hats
from throughgate.staff.programs import New
from throughgate.staff.queries import Hat

PEOPLE = "/api/v1/people"
ROLE = "community_treatment_worker"


def pair() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def pem(private: Any) -> str:
    """The public half, as somebody pastes it."""
    return str(private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


@dataclass(frozen=True)
class Robot:
    """A program, with the private half of its key, which nobody here has."""

    id: UUID
    private: Any
    algorithm: str = "ES256"

    @property
    def hat(self) -> Hat:
        (held,) = hats.hats_of(self.id, on=clock.today())
        return held

    def claims(self, **changed: Any) -> dict[str, Any]:
        return {
            "iss": str(self.id),
            "sub": str(self.id),
            "aud": settings.ADDRESS + reverse("api_token"),
            "exp": (clock.now() + timedelta(minutes=1)).timestamp(),
            "jti": str(new_id()),
            **changed,
        }

    def signs(self, **changed: Any) -> str:
        return str(jwt.encode(self.claims(**changed), self.private, algorithm=self.algorithm))

    def asks_token(self, assertion: str = "", **more: str) -> Any:
        sent = {**GRANT, "client_assertion": assertion or self.signs(), **more}
        return Client().post(reverse("api_token"), sent)

    def with_token(self, **more: str) -> Client:
        """A client that shows a token with each request."""
        return showing(self.asks_token(**more).json()["access_token"])


def showing(token: str) -> Client:
    return Client(headers={"authorization": f"Bearer {token}"})


def added(
    by: Hat,
    *,
    role: str = ROLE,
    name: str = "Case system",
    until: date | None = None,
    beside: Hat | None = None,
) -> Robot:
    """An administrator adds a program of their organisation, to the team of one of its workers."""
    private = pair()
    worker_id = programs.add(
        by,
        New(
            name,
            role,
            team_of(beside or by),
            until or clock.today() + timedelta(days=30),
            keys.read(pem(private)),
        ),
        at=clock.now(),
    )
    return Robot(worker_id, private)


def of_person(person_id: UUID) -> str:
    return f"{PEOPLE}/{person_id}"


def team_of(hat: Hat) -> UUID:
    ((team_id,),) = rows("SELECT team_id FROM staff_post WHERE id = %s", hat.post_id)
    return UUID(str(team_id))


def of(organisation: str, *, beside: Hat | None = None) -> Robot:
    return added(story.worker("administrator", organisation), beside=beside)
