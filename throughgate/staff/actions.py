"""Making workers, teams and posts, and ending them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from throughgate.directory import queries as directory
from throughgate.foundation.errors import Refused
from throughgate.staff import audited, ending
from throughgate.staff.models import Membership, Post, Team, Worker


@transaction.atomic
def add_worker(
    *,
    email: str,
    name: str,
    role: str,
    organisation: str,
    team: str,
    works_in: Sequence[str],
    password: str | None,
    on: date,
) -> Worker:
    """A worker with one post, which one who is there already gains. No password: none lets them in."""
    worker, made = Worker.objects.get_or_create(email=email.lower(), defaults={"name": name})
    if made or password:
        worker.password = make_password(password)
        worker.save(update_fields=["password"])
    placed = _team(organisation, team, works_in)
    Post.objects.get_or_create(
        worker=worker, team=placed, role=role, ends_on=None, ended_at=None, defaults={"starts_on": on}
    )
    return worker


@transaction.atomic
def set_membership(*, parent: str, member: str, purposes: Collection[str], at: datetime) -> None:
    """What an organisation shares for under another, from the next request; none: it has left.

    Raises: Refused for a code that nobody has, or the same twice.
    """
    above, below = directory.organisation(parent).id, directory.organisation(member).id
    if above == below:
        raise Refused(f"{parent} cannot be a member of itself. Name the organisation that is.")
    Membership.objects.filter(parent_id=above, member_id=below).delete()
    Membership.objects.bulk_create(
        Membership(parent_id=above, member_id=below, purpose=purpose) for purpose in dict.fromkeys(purposes)
    )
    audited.shares(above, below, purposes, at=at)


def end_work(*, email: str, at: datetime) -> None:
    """End every post of a worker and their sign-in; it bites at the next request.

    Raises: Refused when nobody has that address, or an organisation would have no administrator.
    """
    with transaction.atomic():
        worker = Worker.objects.filter(email=email.lower()).first()
        if worker is None:
            raise Refused(f"Nobody signs in as {email}. Check the address.")
        posts = Post.objects.filter(worker=worker, ended_at=None)
        ending.end_posts(worker, list(posts.values_list("id", flat=True)), at=at)
        worker.is_active = False
        worker.save(update_fields=["is_active"])


def _team(organisation: str, name: str, works_in: Sequence[str]) -> Team:
    places = directory.by_code()
    unknown = [code for code in [organisation, *works_in] if code not in places]
    if unknown:
        raise Refused(
            f"There is no organisation with the code {unknown[0]}. Add it first, or check the spelling."
        )
    team, _ = Team.objects.get_or_create(organisation_id=places[organisation].id, name=name)
    through = Team.works_in.through
    through.objects.bulk_create(
        [through(team=team, organisation_id=places[code].id) for code in works_in], ignore_conflicts=True
    )
    return team
