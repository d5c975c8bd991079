"""A telephone that holds a passkey, played by software: what a browser would send of it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from throughgate.foundation.ids import new_id

HOST = "testserver"
FLAG = AuthenticatorData.FLAG
UNLOCKED = FLAG.UP | FLAG.UV


class Telephone:
    """Each makes a key of its own; `calls_itself` is what it is found by."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.calls_itself = new_id().bytes + new_id().bytes

    def makes(self, options: Mapping[str, Any], *, flags: FLAG = UNLOCKED, at: str = HOST) -> dict[str, Any]:
        """Its answer to be added."""
        public = AttestedCredentialData.create(
            bytes(16),
            self.calls_itself,
            ES256.from_cryptography_key(self.key.public_key()),  # type: ignore[no-untyped-call]
        )
        data = AuthenticatorData.create(_of(HOST), flags | FLAG.AT, 0, public)
        return self._answer(
            attestationObject=AttestationObject.create("none", data, {}),
            clientDataJSON=_told("webauthn.create", options, at),
        )

    def answers(
        self, options: Mapping[str, Any], *, flags: FLAG = UNLOCKED, at: str = HOST
    ) -> dict[str, Any]:
        """Its answer to open what it was added to."""
        data, told = AuthenticatorData.create(_of(HOST), flags, 0), _told("webauthn.get", options, at)
        signed = bytes(data) + hashlib.sha256(told).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(authenticatorData=data, clientDataJSON=told, signature=signature)

    def _answer(self, **response: bytes) -> dict[str, Any]:
        name = websafe_encode(self.calls_itself)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": {part: websafe_encode(bytes(said)) for part, said in response.items()},
            "clientExtensionResults": {},
        }


def _of(host: str) -> bytes:
    return hashlib.sha256(host.encode()).digest()


def _told(what: str, options: Mapping[str, Any], host: str) -> bytes:
    said = {"type": what, "challenge": options["publicKey"]["challenge"], "origin": f"https://{host}"}
    return json.dumps(said).encode()
