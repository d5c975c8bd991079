"""Tokens: what a program shows with each request, got for minutes with what it signed (RFC 7523).

A token opens nothing by itself: it tells whose hat asks and for what, if the post is held, and the key is
the program's, at that moment.
"""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.staff import audited, keys, rules
from throughgate.staff.models import Assertion, Program, Token
from throughgate.staff.queries import HATS, HELD, Hat, hat_of, hats_of


class NotLetIn(Refused):
    """Nobody's word, or not a word that counts."""


class NotItsPurpose(Refused):
    """The role does not state that purpose."""


class Asking(NamedTuple):
    """Who asks with a token, and for what."""

    hat: Hat
    purpose: str


UNKNOWN = (
    "This was not signed with the key of a program that may ask here."
    " Check its id, its key and its last day with the administrator who added it."
)
READERS = f"""
SELECT post.worker_id FROM staff_post post
JOIN staff_worker worker ON worker.id = post.worker_id
JOIN staff_team team ON team.id = post.team_id
WHERE {HELD} AND team.organisation_id = (
    SELECT own.organisation_id FROM staff_post JOIN staff_team own ON own.id = team_id
    WHERE worker_id = token.program_id)"""
ASKS = f"""
SELECT token.purpose, array({READERS}), hat.* FROM staff_token token
JOIN staff_program program ON program.worker_id = token.program_id
JOIN LATERAL ({HATS} WHERE post.worker_id = token.program_id) hat ON true
WHERE token.hashed = %(hashed)s AND token.expires_at > %(at)s AND token.thumbprint = program.thumbprint
"""
USE = """
INSERT INTO staff_assertion (program_id, hashed, expires_at) VALUES (%s, %s, %s)
ON CONFLICT (program_id, hashed) DO NOTHING
"""


def asking(token: str, *, at: datetime) -> Asking:
    """Raises: NotFound for a token that opens nothing, whatever the reason."""
    with connection.cursor() as cursor:
        cursor.execute(ASKS, {"hashed": _hashed(token), "at": at, "on": clock.day_of(at)})
        row = cursor.fetchone()
    if row is None or not row[-1]:
        raise NotFound
    purpose, readers, *found = row
    return Asking(replace(hat_of(found), is_program=True, readers=tuple(readers)), purpose)


def issue(
    assertion: str, *, audience: str, purpose: str, may: Mapping[str, Collection[str]], at: datetime
) -> tuple[str, str]:
    """A token, and the purpose it is for: the usual one of the role where none is stated.

    `may` has by role what it may state, its usual purpose first.

    Raises: NotLetIn, NotItsPurpose; both are in the audit.
    """
    program = _program(assertion)
    try:
        return _issued(program, assertion, audience, purpose, may, at=at)
    except (NotLetIn, NotItsPurpose):
        audited.not_signed_in(at=at, account=program.worker_id if program else None)
        raise


def _issued(
    program: Program | None,
    assertion: str,
    audience: str,
    purpose: str,
    may: Mapping[str, Collection[str]],
    *,
    at: datetime,
) -> tuple[str, str]:
    held = hats_of(program.worker_id, on=clock.day_of(at)) if program else []
    if program is None or not held:
        raise NotLetIn(UNKNOWN)
    signed = _signed(program, assertion)
    if wrong := rules.wrong_with(signed, program=program.worker_id, audience=audience, at=at):
        raise NotLetIn(wrong)
    ((hat),) = held
    purposes = may.get(hat.role, ())
    stated = purpose or next(iter(purposes), "")
    if stated not in purposes:
        raise NotItsPurpose(
            f"This program may ask for one of these: {', '.join(purposes)}. Put one in scope, or none."
        )
    with transaction.atomic():
        return _kept(program, hat, signed, stated, at=at), stated


def _program(assertion: str) -> Program | None:
    try:
        return Program.objects.filter(worker_id=UUID(keys.claimed(assertion))).first()
    except ValueError:
        return None


def _signed(program: Program, assertion: str) -> dict[str, Any]:
    try:
        return keys.claims(assertion, program.key)
    except keys.NotSigned as not_so:
        raise NotLetIn(UNKNOWN) from not_so


def _kept(program: Program, hat: Hat, signed: Mapping[str, Any], purpose: str, *, at: datetime) -> str:
    """What ran out is forgotten here, so that neither table grows beyond what is in force."""
    for model in (Assertion, Token):
        model.objects.filter(program_id=program.worker_id, expires_at__lt=at - rules.ASTRAY).delete()
    _use(program, signed)
    token = secrets.token_urlsafe(32)
    Token.objects.create(
        hashed=_hashed(token),
        program=program,
        thumbprint=program.thumbprint,
        purpose=purpose,
        expires_at=at + rules.TOKEN_FOR,
    )
    audited.program_signed_in(hat, purpose=purpose, thumbprint=program.thumbprint, at=at)
    return token


def _use(program: Program, signed: Mapping[str, Any]) -> None:
    """Raises: NotLetIn for what was used before, also by another at the same moment."""
    expires_at = datetime.fromtimestamp(signed["exp"], UTC)
    with connection.cursor() as cursor:
        cursor.execute(USE, [program.worker_id, _hashed(signed["jti"]), expires_at])
        if not cursor.rowcount:
            raise NotLetIn("This was used before. Sign another with a jti of its own.")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
