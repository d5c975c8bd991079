"""Invitations: a post kept for somebody, or a way back in, taken up once with a code that only they have."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.staff import audited, factors, passwords, rules, sessions
from throughgate.staff.ending import in_use
from throughgate.staff.factors import LETTERS
from throughgate.staff.models import Invitation, Post, Team, Worker
from throughgate.staff.queries import Hat

LENGTH = 16  # eighty bits: nobody guesses one while it lasts


class NotTakenUp(Refused):
    """The code, or the password with it, did not do."""


class NotTheirPassword(NotTakenUp):
    """The code is for somebody who signs in here already, and the password is not theirs."""

    def __init__(self, worker_id: UUID) -> None:
        super().__init__("You sign in here already. Type the password that you sign in with.")
        self.worker_id = worker_id


class NotTheirsAlone(Refused):
    """The worker works for others too, who have not asked for this."""


@transaction.atomic
def invite(hat: Hat, *, email: str, name: str, role: str, team: str, at: datetime) -> str:
    """Keeps a post in the administrator's own organisation; the code cannot be shown a second time."""
    placed, _ = Team.objects.get_or_create(organisation_id=hat.organisation_id, name=team)
    made, code = _make(email=email.lower(), name=name, role=role, team=placed, by=hat.worker_id, at=at)
    audited.by(hat, "invite worker", about=made.id, at=at)
    return code


@transaction.atomic
def let_back_in(hat: Hat, worker_id: UUID, *, at: datetime) -> str:
    """A code with which a worker chooses a new password and begins again without second factors.

    Raises: NotTheirsAlone, where the administrator of one organisation could come in as a worker of another.
    """
    posts = Post.objects.filter(in_use(at), worker_id=worker_id, worker__program=None)
    posts = posts.select_related("team", "worker")
    works_for = {post.team.organisation_id for post in posts}
    if not rules.may_let_back_in(works_for, hat.organisation_id):
        raise NotTheirsAlone(
            "They work for another organisation too, or not here."
            " Whoever runs the server can let them back in: ./tg worker let-in"
        )
    audited.by(hat, "let worker back in", about=worker_id, at=at)
    return _way_back(posts[0], by=hat.worker_id, at=at)


@transaction.atomic
def let_in(email: str, *, at: datetime) -> str:
    """A code from whoever runs the server, for a worker of any number of organisations.

    Raises: Refused when nobody with that address works here.
    """
    posts = (
        Post.objects.filter(worker__email=email.lower()).filter(in_use(at)).select_related("team", "worker")
    )
    if not posts:
        raise Refused(f"Nobody with a post signs in as {email}. Check the address.")
    return _way_back(posts[0], by=None, at=at)


@transaction.atomic
def withdraw(hat: Hat, invitation_id: UUID, *, at: datetime) -> None:
    """An invitation of the administrator's own organisation opens nothing any more."""
    mine = Invitation.objects.filter(
        id=invitation_id, team__organisation_id=hat.organisation_id, used_at=None
    )
    if mine.filter(withdrawn_at=None).update(withdrawn_at=at):
        audited.by(hat, "withdraw invitation", about=invitation_id, at=at)


def addressed_to(code: str) -> str:
    """Whom a code is for, by which tries are counted; "" for one that was never made."""
    found = Invitation.objects.filter(hashed=_hashed(code)).values_list("email", flat=True)
    return found.first() or ""


def take_up(code: str, *, password: str, at: datetime) -> Worker:
    """The worker that the code was for, with the post that was kept for them.

    Who signs in here already types the password they have; anybody else chooses one.

    Raises: NotTakenUp; then nothing has changed but that the audit has a password that was wrong, and the
    code is as good as before.
    """
    try:
        return _take_up(code, password=password, at=at)
    except NotTheirPassword as wrong:
        audited.not_proven(wrong.worker_id, "take up invitation", at=at)
        raise


@transaction.atomic
def _take_up(code: str, *, password: str, at: datetime) -> Worker:
    kept = Invitation.objects.select_for_update().filter(hashed=_hashed(code))
    found = kept.filter(used_at=None, withdrawn_at=None, expires_at__gt=at).first()
    if found is None:
        raise NotTakenUp(
            "This code opens nothing. It may have a slip in it, or was used, or is more than a week old."
            " Check it, or ask for a new one."
        )
    worker = _worker(found, password, at=at)
    if found.role:
        Post.objects.create(worker=worker, team=found.team, role=found.role, starts_on=clock.day_of(at))
    found.used_at = at
    found.save(update_fields=["used_at"])
    audited.changed(worker.id, "take up invitation", at=at, about=found.id)
    return worker


def _worker(found: Invitation, password: str, *, at: datetime) -> Worker:
    worker = Worker.objects.filter(email=found.email).first()
    if worker and worker.is_active and found.role and worker.has_usable_password():
        if not worker.check_password(password):
            raise NotTheirPassword(worker.id)
        return worker
    if worker and found.invited_by_id and not _is_alone_there(worker, found, at=at):
        raise NotTakenUp(
            "You work for another organisation too, whose records this code does not open."
            " Whoever runs the server can add the post, or let you back in."
        )
    worker = worker or Worker(email=found.email, name=found.name)
    if why := passwords.wrong_with(password, worker):
        raise NotTakenUp(why)
    worker.password, worker.is_active = make_password(password), True
    worker.save()
    sessions.end_all(worker.id)
    factors.forget(worker.id, at=at)
    return worker


def _is_alone_there(worker: Worker, found: Invitation, *, at: datetime) -> bool:
    """Whether nobody else's records come with a new password, which the one who made the code may choose."""
    posts = Post.objects.filter(in_use(at), worker=worker).select_related("team")
    works_for = {post.team.organisation_id for post in posts}
    return rules.may_let_back_in(works_for | {found.team.organisation_id}, found.team.organisation_id)


def _way_back(post: Post, *, by: UUID | None, at: datetime) -> str:
    worker = post.worker
    _, code = _make(email=worker.email or "", name=worker.name, role="", team=post.team, by=by, at=at)
    return code


def _make(
    *, email: str, name: str, role: str, team: Team, by: UUID | None, at: datetime
) -> tuple[Invitation, str]:
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    made = Invitation.objects.create(
        hashed=_hashed(code),
        email=email,
        name=name,
        role=role,
        team=team,
        invited_by_id=by,
        invited_at=at,
        expires_at=at + rules.INVITED_FOR,
    )
    return made, " ".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _hashed(code: str) -> str:
    return hashlib.sha256("".join(code.upper().split()).encode()).hexdigest()
