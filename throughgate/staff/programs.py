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


class Listed(NamedTuple):
    """One program of the organisation, which may ask until its last day."""

    post_id: UUID
    worker_id: UUID
    name: str
    role: str
    team: str
    until: date
    thumbprint: str
    key_since: datetime


PROGRAMS = """
SELECT post.id, program.worker_id, worker.name, post.role, team.name, post.ends_on, program.thumbprint,
       program.key_since
FROM staff_program program
JOIN staff_worker worker ON worker.id = program.worker_id
JOIN staff_post post ON post.worker_id = program.worker_id
JOIN staff_team team ON team.id = post.team_id
WHERE team.organisation_id = %(organisation)s AND post.ended_at IS NULL AND post.ends_on >= %(on)s
ORDER BY worker.name, program.worker_id
"""


def of(hat: Hat, *, at: datetime) -> list[Listed]:
    """Every program of the hat's own organisation that may ask, by name."""
    with connection.cursor() as cursor:
        cursor.execute(PROGRAMS, {"organisation": hat.organisation_id, "on": clock.day_of(at)})
        return [Listed._make(row) for row in cursor.fetchall()]


def one(hat: Hat, worker_id: UUID, *, at: datetime) -> Listed:
    """Raises: NotFound for one of another organisation, or that was stopped."""
    for each in of(hat, at=at):
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
    today = clock.day_of(at)
    if rules.wrong_end(new.until, on=today):
        raise Refused("A program is added until a day within a year. Choose one.")
    team = Team.objects.filter(organisation_id=hat.organisation_id, id=new.team_id).first()
    if team is None:
        raise NotFound
    worker = Worker.objects.create(email=None, name=new.name, password=make_password(None))
    Post.objects.create(worker=worker, team=team, role=new.role, starts_on=today, ends_on=new.until)
    Program.objects.create(worker=worker, key=new.key.pem, thumbprint=new.key.thumbprint, key_since=at)
    audited.by(hat, "add program", about=worker.id, at=at)
    return worker.id


@transaction.atomic
def change_key(hat: Hat, worker_id: UUID, *, key: PublicKey, at: datetime) -> None:
    """From the next request: what was got with the key before opens nothing any more.

    Raises: NotFound as `one`.
    """
    found = one(hat, worker_id, at=at)
    Program.objects.filter(worker_id=found.worker_id).update(
        key=key.pem, thumbprint=key.thumbprint, key_since=at
    )
    Token.objects.filter(program_id=found.worker_id).delete()
    audited.by(hat, "change key of program", about=found.worker_id, at=at)
