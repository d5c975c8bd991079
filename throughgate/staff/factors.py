"""Second factors. Code cards are ours: on paper, for who may carry neither a phone nor a key."""

import json
import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from throughgate.staff import audited, rules
from throughgate.staff.models import CardCode, CodeCard

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
LENGTH = 8  # forty bits; five wrong ones lock the account for five minutes

USE = """
UPDATE staff_cardcode SET used_at = %(at)s
FROM staff_codecard card
WHERE card.id = card_id AND card.worker_id = %(worker)s AND card.withdrawn_at IS NULL
  AND hashed = %(hashed)s AND used_at IS NULL
"""


LONGEST_ANSWER = 20_000  # letters of what a passkey answers
STUMBLES = (AssertionError, AttributeError, IndexError, KeyError, TypeError, struct.error)


def passkeys_answer(typed: str) -> Any:
    """What a browser says that a passkey answered; None for what no browser says."""
    try:
        return json.loads(typed[:LONGEST_ANSWER])
    except (ValueError, RecursionError):
        return None


@contextmanager
def reading_a_passkey(answer: object) -> Iterator[None]:
    """What the library stumbles over where no browser made the answer, as one error. Raises: ValueError."""
    if not _is_shaped(answer):
        raise ValueError("not what a browser sends")
    try:
        yield
    except STUMBLES as unreadable:
        raise ValueError("not what a browser sends") from unreadable


def _is_shaped(answer: object) -> bool:
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        return False
    parts = {name: value for name, value in answer.items() if name in {"id", "rawId"}} | answer["response"]
    return {"id", "rawId"} <= answer.keys() and all(isinstance(value, str) for value in parts.values())


def has_card(worker_id: UUID) -> bool:
    """One that is used up too: the password does not become enough by that."""
    return CodeCard.objects.filter(worker_id=worker_id, withdrawn_at=None).exists()


def codes_left(worker_id: UUID) -> int:
    """How many codes of the card in use are still good."""
    in_use = CardCode.objects.filter(card__worker_id=worker_id, card__withdrawn_at=None, used_at=None)
    return in_use.count()


@transaction.atomic
def make_card(worker_id: UUID, *, made_by: UUID, at: datetime) -> list[str]:
    """A card's codes, which nobody can be shown again; the card before it is good no more."""
    withdraw_card(worker_id, at=at)
    card = CodeCard.objects.create(worker_id=worker_id, made_by_id=made_by, made_at=at)
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(rules.CODES_ON_A_CARD)]
    CardCode.objects.bulk_create([CardCode(card=card, hashed=_hashed(worker_id, code)) for code in codes])
    return [f"{code[:4]} {code[4:]}" for code in codes]


@transaction.atomic
def make_own_card(worker_id: UUID, *, at: datetime) -> list[str]:
    """A card of codes that a worker makes for themself."""
    added(worker_id, "card", at=at)
    return make_card(worker_id, made_by=worker_id, at=at)


def added(worker_id: UUID, kind: str, *, at: datetime) -> None:
    """Says in the audit that somebody can sign in with one thing more."""
    audited.changed(worker_id, "add second factor", about=kind, at=at)


def withdraw_card(worker_id: UUID, *, at: datetime) -> None:
    CodeCard.objects.filter(worker_id=worker_id, withdrawn_at=None).update(withdrawn_at=at)


@transaction.atomic
def use_code(worker_id: UUID, code: str, *, at: datetime) -> bool:
    """Is this a code of their card that was not used yet? Then it is used now, and the audit says so."""
    written = "".join(code.upper().split())
    with connection.cursor() as cursor:
        cursor.execute(USE, {"at": at, "worker": worker_id, "hashed": _hashed(worker_id, written)})
        is_good = bool(cursor.rowcount == 1)
    if is_good:
        audited.changed(worker_id, "use code of card", at=at)
    return is_good


def refuse(worker_id: UUID, *, at: datetime) -> None:
    """Says in the audit that what was shown is no second factor of theirs."""
    audited.not_proven(worker_id, "show second factor", at=at)


def _hashed(worker_id: UUID, code: str) -> str:
    """Forty bits are soon tried out, so that the installation's secret goes into the hash."""
    return salted_hmac(f"throughgate.staff.factors {worker_id}", code, algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class Held:
    """One thing somebody signs in with beside the password."""

    id: int
    kind: str  # webauthn, totp
    name: str
    added_at: datetime
    used_at: datetime | None


def held(worker_id: UUID) -> list[Held]:
    """Passkeys and telephones of a worker, oldest first; cards are counted by themselves."""
    return [
        Held(each.id, each.type, each.data.get("name", ""), each.created_at, each.last_used_at)
        for each in Authenticator.objects.filter(user_id=worker_id).order_by("id")
    ]


@transaction.atomic
def remove(worker_id: UUID, factor_id: str, *, at: datetime) -> None:
    """Takes away one of the worker's own; what is not theirs, or not there, stays as it is."""
    is_number = factor_id.isdecimal() and len(factor_id) < 10
    found = Authenticator.objects.filter(user_id=worker_id, id=factor_id).first() if is_number else None
    if found:
        audited.changed(worker_id, "take away second factor", about=found.type, at=at)
        found.delete()


def forget(worker_id: UUID, *, at: datetime) -> None:
    """All of a worker's second factors, cards too: they lost them, or work here no more."""
    Authenticator.objects.filter(user_id=worker_id).delete()
    withdraw_card(worker_id, at=at)
