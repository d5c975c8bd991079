"""Posts that end, and what ends with them. No organisation is ever left without an administrator."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.staff import factors, rules, sessions
from throughgate.staff.models import Invitation, Post, Worker


class LastAdministrator(Refused):
    """Nobody else could invite anybody there."""


def end_posts(worker: Worker, post_ids: Collection[UUID], *, at: datetime) -> None:
    """Ends posts from the next request; with the last of them, every session and factor of the worker.

    Raises: LastAdministrator.
    """
    ended = Post.objects.filter(id__in=post_ids, ended_at=None)
    for organisation_id in set(ended.values_list("team__organisation_id", flat=True)):
        _keep_an_administrator(organisation_id, post_ids)
    ended.update(ended_at=at)
    if not Post.objects.filter(worker=worker).filter(in_use(at)).exists():
        sessions.end_all(worker.id)
        factors.forget(worker.id, at=at)
        Invitation.objects.filter(email=worker.email, used_at=None, withdrawn_at=None).update(withdrawn_at=at)


def in_use(at: datetime) -> Q:
    """Posts that are held, or will be."""
    return Q(ended_at=None) & (Q(ends_on=None) | Q(ends_on__gte=clock.day_of(at)))


def _keep_an_administrator(organisation_id: UUID, post_ids: Collection[UUID]) -> None:
    """Two who end each other at one moment: the rows are locked, so that the second finds one left."""
    held = Post.objects.select_for_update(of=("self",)).filter(
        team__organisation_id=organisation_id,
        role=rules.ADMINISTRATOR,
        ended_at=None,
        ends_on=None,
        worker__is_active=True,
    )
    if rules.leaves_nobody(post_ids, [post.id for post in held.order_by("id")]):
        raise LastAdministrator(
            "Nobody else is an administrator there. Make somebody else one first, then end this."
        )
