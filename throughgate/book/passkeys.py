"""Passkeys: what a telephone or a computer is asked, and whether it answered right, by the workers' library.

What was asked is kept with the browser's session until the answer comes, and is good once.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorAttachment,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from throughgate.book.rules import NotDone, Why
from throughgate.staff.factors import reading_a_passkey

State = Mapping[str, Any]
UNLOCKED = UserVerificationRequirement.REQUIRED  # by a finger, a face or a PIN


class Asked(NamedTuple):
    options: Mapping[str, Any]  # as a browser takes them
    state: State


def ask_new(held: Sequence[bytes], *, host: str, name: str, is_elsewhere: bool) -> Asked:
    """For one more than those; `is_elsewhere`: never of the machine that shows the page.

    By what it calls the person nobody is found: it is made up each time.
    """
    options, state = _server(host).register_begin(
        PublicKeyCredentialUserEntity(id=secrets.token_bytes(32), name=name, display_name=name),
        credentials=[AttestedCredentialData(each) for each in held],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UNLOCKED,
        authenticator_attachment=AuthenticatorAttachment.CROSS_PLATFORM if is_elsewhere else None,
    )
    return Asked(dict(options), state)


class Made(NamedTuple):
    name: bytes  # what it calls itself from now on
    public: bytes


def made(answer: Any, *, asked: State | None, host: str) -> Made:
    """One that was made as asked. Raises: NotDone."""
    try:
        with reading_a_passkey(answer):
            found = _server(host).register_complete(asked or {}, answer).credential_data
    except ValueError as wrong:
        raise NotDone(Why.PASSKEY_WRONG) from wrong
    if found is None or isinstance(found.public_key, UnsupportedKey):
        raise NotDone(Why.PASSKEY_WRONG)
    return Made(found.credential_id, bytes(found))


def ask(*, host: str) -> Asked:
    """For any that was ever added here."""
    options, state = _server(host).authenticate_begin(user_verification=UNLOCKED)
    return Asked(dict(options), state)


def name(answer: Any) -> bytes:
    """What the passkey that answered calls itself. Raises: NotDone for what no browser sends."""
    try:
        with reading_a_passkey(answer):
            return websafe_decode(answer["rawId"])
    except ValueError as wrong:
        raise NotDone(Why.PASSKEY_WRONG) from wrong


def is_right(answer: Any, public: bytes, *, asked: State | None, host: str) -> bool:
    """Is that the answer of this passkey, unlocked, to what was asked here?"""
    try:
        with reading_a_passkey(answer):
            _server(host).authenticate_complete(asked or {}, [AttestedCredentialData(public)], answer)
    except ValueError:
        return False
    return True


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=host))
