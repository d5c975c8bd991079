"""Public keys of programs: read from what somebody pastes, and by which what a program signed is checked."""

import hashlib
import json
from typing import Any, NamedTuple

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from jwt.exceptions import PyJWTError

from throughgate.foundation.errors import Refused

MOST = 10_000  # letters of a key as pasted
RSA_BITS = (2048, 8192)
CURVES = {"secp256r1": "ES256", "secp384r1": "ES384"}
OF_RSA = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
LONGEST = 8_000  # letters of what a program signed
_Key = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey


class NoKey(Refused):
    """What was pasted is no public key of a kind that is safe."""


class PrivateHalf(NoKey):
    """What was pasted is not to be shown to anybody, nor kept."""

    def __init__(self) -> None:
        super().__init__(
            "This is the private half, which nobody but the program may have. Nothing of it was kept."
            " Make a new pair of keys, and paste the public half."
        )


class NotSigned(Exception):
    """Not signed with that key, or not readable at all."""


class PublicKey(NamedTuple):
    pem: str
    thumbprint: str  # SHA-256 of the key, in hexadecimal


def read(pasted: str) -> PublicKey:
    """From PEM, or a JWK as JSON. Raises: NoKey; PrivateHalf, which is one."""
    pasted = pasted.strip()
    if "PRIVATE KEY" in pasted:
        raise PrivateHalf
    key = _key(pasted[:MOST])
    if not _algorithms(key):
        raise NoKey(
            "This key is of a kind that is not taken. Make one of these: EC P-384 or P-256, Ed25519,"
            " or RSA of 2048 to 8192 bits."
        )
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return PublicKey(pem, hashlib.sha256(der).hexdigest())


def claimed(assertion: str) -> str:
    """Whose word this says it is, before it is known whether it is true; "" where nobody's."""
    try:
        return str(_decoded(assertion).get("iss", ""))
    except NotSigned:
        return ""


def claims(assertion: str, pem: str) -> dict[str, Any]:
    """What was signed with this key. Raises: NotSigned."""
    key = load_pem_public_key(pem.encode())
    return _decoded(assertion, key=key, algorithms=_algorithms(key))


def _decoded(assertion: str, *, key: Any = None, algorithms: tuple[str, ...] = ()) -> dict[str, Any]:
    """Times and names are checked by `rules.wrong_with`, by our own clock."""
    if len(assertion) > LONGEST:
        raise NotSigned
    options: Any = {"verify_signature": key is not None}
    options |= {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}
    try:
        found: dict[str, Any] = jwt.decode(assertion, key=key, algorithms=list(algorithms), options=options)
    except (PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise NotSigned from error
    return found


def _key(pasted: str) -> Any:
    """Raises: NoKey, also for a JWK that holds its private half."""
    try:
        if not pasted.startswith("{"):
            return load_pem_public_key(pasted.encode())
        found = json.loads(pasted)
        if "d" in found or "k" in found:
            raise PrivateHalf
        return jwt.PyJWK(found, algorithm=_named(found)).key
    except (PyJWTError, ValueError, TypeError, KeyError, RecursionError, UnsupportedAlgorithm) as error:
        raise NoKey(
            "This cannot be read as a public key. Paste all of it: from the line BEGIN PUBLIC KEY to the line"
            " END PUBLIC KEY, or one JWK with its braces."
        ) from error


def _named(jwk: dict[str, Any]) -> str:
    """An algorithm with which the library reads a key of that kind; which ones are taken is not its word."""
    return {"RSA": "RS256", "OKP": "EdDSA"}.get(jwk["kty"]) or {"P-256": "ES256", "P-384": "ES384"}[
        jwk["crv"]
    ]


def _algorithms(key: Any) -> tuple[str, ...]:
    """What may be signed with such a key; nothing for one that is not taken."""
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in CURVES:
        return (CURVES[key.curve.name],)
    if isinstance(key, ed25519.Ed25519PublicKey):
        return ("EdDSA",)
    if isinstance(key, rsa.RSAPublicKey) and RSA_BITS[0] <= key.key_size <= RSA_BITS[1]:
        return OF_RSA
    return ()
