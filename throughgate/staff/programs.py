"""Programs of an organisation, as its own administrator adds, renews and stops them.

Stopping one is ending its post (`members.end_post`), as for any worker.
"""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.staff import audited, rules
from throughgate.staff.keys import PublicKey
from throughgate.staff.models import Post, Program, Team, Token, Worker
from throughgate.staff.queries import Hat


class New(NamedTuple):
    """A program to be added."""

    name: str
    role: str
    team_id: UUID
    until: date
    key: PublicKey


class SameKey(Refused):
    """It is renewed with a key of its own, so that none is used for years."""


class Listed(NamedTuple):
    """One program of the organisation, which may ask until its last day and was not stopped."""

    post_id: UUID
    worker_id: UUID
    name: str
    role: str
    team: str
    until: date
    thumbprint: str
    key_since: datetime
    asked_at: datetime | None  # when it got a token last; None: never


PROGRAMS = """
SELECT post.id, program.worker_id, worker.name, post.role, team.name, post.ends_on, program.thumbprint,
       program.key_since,
       (SELECT max(at) FROM audit_event
        WHERE actor_id = program.worker_id AND actor_kind = 'program' AND action = 'sign in')
FROM staff_program program
JOIN staff_worker worker ON worker.id = program.worker_id
JOIN staff_post post ON post.worker_id = program.worker_id
JOIN staff_team team ON team.id = post.team_id
WHERE team.organisation_id = %(organisation)s AND post.ended_at IS NULL
ORDER BY worker.name, program.worker_id
"""


def of(hat: Hat) -> list[Listed]:
    """Every program of the hat's own organisation that was not stopped, by name."""
    with connection.cursor() as cursor:
        cursor.execute(PROGRAMS, {"organisation": hat.organisation_id})
        return [Listed._make(row) for row in cursor.fetchall()]


def one(hat: Hat, worker_id: UUID) -> Listed:
    """Raises: NotFound for one of another organisation, or that was stopped."""
    for each in of(hat):
        if each.worker_id == worker_id:
            return each
    raise NotFound


def teams(hat: Hat) -> dict[UUID, str]:
    """The teams of the hat's own organisation, by name; a program fetches for one of them."""
    mine = Team.objects.filter(organisation_id=hat.organisation_id)
    return dict(mine.order_by("name").values_list("id", "name"))


@transaction.atomic
def add(hat: Hat, new: New, *, at: datetime) -> UUID:
    """A worker without an address or a password, with one post in the administrator's own organisation.

    Raises: Refused for an end that is past, or more than a year away; NotFound for a team of another.
    """
    _check_end(new.until, at=at)
    team = Team.objects.filter(organisation_id=hat.organisation_id, id=new.team_id).first()
    if team is None:
        raise NotFound
    worker = Worker.objects.create(email=None, name=new.name, password=make_password(None))
    Post.objects.create(
        worker=worker, team=team, role=new.role, starts_on=clock.day_of(at), ends_on=new.until
    )
    Program.objects.create(worker=worker, key=new.key.pem, thumbprint=new.key.thumbprint, key_since=at)
    audited.by(hat, "add program", about=worker.id, at=at)
    return worker.id


@transaction.atomic
def renew(hat: Hat, worker_id: UUID, *, key: PublicKey, until: date, at: datetime) -> None:
    """Another key, and another last day. What was got with the key before opens nothing at the next request.

    Raises: NotFound as `one`; SameKey; Refused as `add`.
    """
    found = one(hat, worker_id)
    _check_end(until, at=at)
    if key.thumbprint == found.thumbprint:
        raise SameKey("This is the key that it has. Make a new pair of keys, and paste the public half.")
    Post.objects.filter(id=found.post_id).update(ends_on=until)
    Program.objects.filter(worker_id=worker_id).update(key=key.pem, thumbprint=key.thumbprint, key_since=at)
    Token.objects.filter(program_id=worker_id).delete()
    audited.by(hat, "renew program", about=worker_id, at=at)


def _check_end(until: date, *, at: datetime) -> None:
    if rules.wrong_end(until, on=clock.day_of(at)):
        raise Refused("A program may ask until a day within a year. Choose one.")
