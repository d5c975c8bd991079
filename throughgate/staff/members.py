"""Those who work for an organisation, as its own administrator sees them; of people nothing is here."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.staff import audited, ending, factors, rules, sessions
from throughgate.staff.models import Invitation, Post, SignInRule
from throughgate.staff.queries import Hat


class Member(NamedTuple):
    """One post of the organisation that is held, or will be."""

    post_id: UUID
    worker_id: UUID
    name: str
    email: str
    role: str
    team: str
    has_second_factor: bool
    sessions: int


class Waiting(NamedTuple):
    """An invitation that could still be taken up; no role: a new way in for somebody with a post."""

    id: UUID
    name: str
    role: str
    team: str
    expires_at: datetime


MEMBERS = """
SELECT post.id, worker.id, worker.name, worker.email, post.role, team.name,
       EXISTS (SELECT FROM mfa_authenticator WHERE user_id = worker.id)
       OR EXISTS (SELECT FROM staff_codecard WHERE worker_id = worker.id AND withdrawn_at IS NULL),
       (SELECT count(*) FROM staff_session WHERE worker_id = worker.id AND expire_date > %(at)s)
FROM staff_post post
JOIN staff_worker worker ON worker.id = post.worker_id
JOIN staff_team team ON team.id = post.team_id
WHERE team.organisation_id = %(organisation)s AND worker.is_active AND worker.email IS NOT NULL
  AND post.ended_at IS NULL AND (post.ends_on IS NULL OR post.ends_on >= %(on)s)
ORDER BY worker.name, post.starts_on, post.id
"""


def of(hat: Hat, *, at: datetime) -> list[Member]:
    """Every post of the hat's own organisation, by name."""
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS, {"organisation": hat.organisation_id, "on": clock.day_of(at), "at": at})
        return [Member._make(row) for row in cursor.fetchall()]


def invited(hat: Hat, *, at: datetime) -> list[Waiting]:
    """Invitations to the hat's own organisation that could still be taken up."""
    waiting = Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)
    here = waiting.filter(team__organisation_id=hat.organisation_id).order_by("invited_at")
    return list(map(Waiting._make, here.values_list("id", "name", "role", "team__name", "expires_at")))


def idle_limit(hat: Hat) -> timedelta:
    rule = SignInRule.objects.filter(organisation_id=hat.organisation_id).first()
    return timedelta(minutes=rule.idle_minutes) if rule else rules.USUAL_IDLE


@transaction.atomic
def end_post(hat: Hat, post_id: UUID, *, at: datetime) -> None:
    """From the next request.

    Raises: NotFound for a post of another organisation, LastAdministrator.
    """
    post = Post.objects.select_related("worker").filter(**_here(hat), id=post_id).first()
    if post is None:
        raise NotFound
    ending.end_posts(post.worker, [post.id], at=at)
    audited.by(hat, "end post", about=post.id, at=at)


@transaction.atomic
def sign_out(hat: Hat, worker_id: UUID, *, at: datetime) -> None:
    """Ends every session of one of the organisation's own; they can sign in again."""
    sessions.end_all(_mine(hat, worker_id))
    audited.by(hat, "sign worker out", about=worker_id, at=at)


@transaction.atomic
def hand_out_card(hat: Hat, worker_id: UUID, *, at: datetime) -> list[str]:
    """A card of codes for one of the organisation's own, beside the password that only they know."""
    codes = factors.make_card(_mine(hat, worker_id), made_by=hat.worker_id, at=at)
    audited.by(hat, "hand out card", about=worker_id, at=at)
    return codes


@transaction.atomic
def set_idle_limit(hat: Hat, minutes: int, *, at: datetime) -> None:
    """From the next time that somebody signs in."""
    SignInRule.objects.update_or_create(
        organisation_id=hat.organisation_id, defaults={"idle_minutes": minutes}
    )
    audited.by(hat, "set idle limit", about=hat.organisation_id, at=at)


def _mine(hat: Hat, worker_id: UUID) -> UUID:
    """Raises: NotFound for who does not work for the hat's own organisation; a program does not sign in."""
    if not Post.objects.filter(**_here(hat), worker_id=worker_id, worker__program=None).exists():
        raise NotFound
    return worker_id


def _here(hat: Hat) -> dict[str, UUID | None]:
    return {"team__organisation_id": hat.organisation_id, "ended_at": None}
