"""Workers for whom an organisation's own sign-in vouches, known by issuer and subject together."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughgate.directory import queries as directory
from throughgate.staff.ending import in_use
from throughgate.staff.models import Post, Vouched, Worker


@transaction.atomic
def worker(
    issuer: str, subject: str, *, email: str, organisation: str, at: datetime
) -> tuple[Worker, UUID] | None:
    """Who that is, and for which organisation; None for whoever has no post there.

    At first the verified address decides; from then on the subject alone, whatever the address says, so that
    neither another subject with that address nor the same subject of another issuer comes in as them.
    """
    place = directory.organisation(organisation)
    kept = Vouched.objects.filter(issuer=issuer, subject=subject).select_related("worker").first()
    found = kept.worker if kept else _by_address(issuer, email)
    posts = Post.objects.filter(in_use(at), worker=found, team__organisation_id=place.id)
    if found is None or not found.is_active or not posts.exists():
        return None
    if kept is None:
        Vouched.objects.create(issuer=issuer, subject=subject, worker=found, first_at=at)
    return found, place.id


def _by_address(issuer: str, email: str) -> Worker | None:
    """Nobody for an address whose worker the issuer knows already, as another."""
    if not email:
        return None
    return Worker.objects.filter(email=email.lower()).exclude(vouched__issuer=issuer).first()
