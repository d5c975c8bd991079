"""An organisation's own sign-in, by OpenID Connect: whom it vouches for, with every part of its word checked.

The sign-in library has a client too; it looks at no signature where it fetched the token itself, and sends no
nonce. So this one is ours.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.conf import settings

from throughgate.foundation.errors import NotFound, Refused

KEY = "asked_issuer"
SIGNED_WITH = ("RS256", "PS256", "ES256")  # and so never "none", nor a secret that both know
REQUIRED = ("iss", "sub", "aud", "exp", "iat", "nonce")
WAIT_SECONDS = 5
LEEWAY_SECONDS = 60  # by which two clocks may differ


class NotVouched(Refused):
    """The issuer's word was not one to go by."""


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """One organisation's own sign-in, as `TG_ISSUERS` names it."""

    id: str
    name: str
    organisation: str  # its code: for whose posts its word counts
    address: str
    client_id: str
    secret: str
    asks_second_factor: bool  # of everybody, before it vouches


@dataclass(frozen=True)
class Vouched:
    """Whom an issuer vouches for."""

    subject: str
    email: str  # empty unless the issuer says that it was verified


def known() -> list[Issuer]:
    return [Issuer(**each) for each in settings.ISSUERS]


def named(issuer_id: str) -> Issuer:
    """Raises: NotFound."""
    for each in known():
        if each.id == issuer_id:
            return each
    raise NotFound


def ask(issuer: Issuer, session: Any, *, back: str) -> str:
    """Where to send a browser; what it brings back has to fit what is kept in the session."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    session[KEY] = {"issuer": issuer.id, **kept}
    challenge = hashlib.sha256(kept["verifier"].encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": issuer.client_id,
        "redirect_uri": back,
        "scope": "openid email",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{_described(issuer)['authorization_endpoint']}?{urlencode(asked)}"


def answered(issuer: Issuer, session: Any, given: Mapping[str, str], *, back: str) -> Vouched:
    """Whom the issuer vouches for; what was kept of the question is good once.

    Raises: NotVouched, whatever part of it does not hold.
    """
    kept = session.pop(KEY, None)
    fits = kept and kept["issuer"] == issuer.id
    if not fits or not secrets.compare_digest(kept["state"], given.get("state", "")) or not given.get("code"):
        raise NotVouched(_not_vouched(issuer))
    described = _described(issuer)
    sent = {
        "grant_type": "authorization_code",
        "code": given["code"],
        "redirect_uri": back,
        "client_id": issuer.client_id,
        "client_secret": issuer.secret,
        "code_verifier": kept["verifier"],
    }
    token = str(_fetched(issuer, "POST", described["token_endpoint"], sent).get("id_token", ""))
    claims = _claims(issuer, token, _fetched(issuer, "GET", described["jwks_uri"]))
    if not secrets.compare_digest(str(claims["nonce"]), kept["nonce"]):
        raise NotVouched(_not_vouched(issuer))
    is_verified = claims.get("email_verified") is True
    return Vouched(str(claims["sub"]), str(claims.get("email", "")) if is_verified else "")


def _claims(issuer: Issuer, token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    try:
        named = jwt.get_unverified_header(token).get("kid")
        key = jwt.PyJWKSet.from_dict(dict(keys))[str(named)]
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(SIGNED_WITH),
            audience=issuer.client_id,
            issuer=issuer.address,
            leeway=LEEWAY_SECONDS,
            options={"require": list(REQUIRED), "strict_aud": True},
        )
    except (jwt.PyJWTError, KeyError) as broken:
        raise NotVouched(_not_vouched(issuer)) from broken
    return claims


def _described(issuer: Issuer) -> dict[str, Any]:
    """The issuer's own description, which has to be of itself."""
    found = _fetched(issuer, "GET", f"{issuer.address}/.well-known/openid-configuration")
    if found.get("issuer") != issuer.address:
        raise NotVouched(_not_vouched(issuer))
    return found


def _fetched(
    issuer: Issuer, method: str, address: str, sent: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Over an encrypted line alone, except on this very machine; never where it is sent on to."""
    where = urlsplit(address)
    if where.scheme != "https" and where.hostname != "localhost":
        raise NotVouched(_not_vouched(issuer))
    try:
        answer = requests.request(method, address, data=sent, timeout=WAIT_SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    except (requests.RequestException, ValueError) as silent:
        raise NotVouched(_not_vouched(issuer)) from silent
    return found


def _not_vouched(issuer: Issuer) -> str:
    return f"{issuer.name} did not say who you are in a way that can be relied on. Try again from the start."
