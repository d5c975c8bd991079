"""Hats: what a signed-in worker may act as, today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.foundation.errors import NotFound
from throughgate.staff import rules
from throughgate.staff.models import Worker


@dataclass(frozen=True, slots=True)
class Hat:
    """One post of one worker, with everything a decision needs to know about it."""

    post_id: UUID
    worker_id: UUID
    worker_name: str
    role: str
    team_name: str
    organisation_id: UUID
    organisation_name: str
    works_in: tuple[UUID, ...]  # prisons the team works in, beside its own organisation
    is_active: bool
    partners: tuple[tuple[str, UUID], ...] = ()  # a purpose, and an organisation it shares with for that
    is_program: bool = False  # asked for by the program's token, and by no page
    # Of a program: the workers of its organisation, who may read what it fetches.
    readers: tuple[UUID, ...] = ()

    @property
    def actor_kind(self) -> str:
        """As whom the audit has it."""
        return "program" if self.is_program else "worker"

    @property
    def organisation_ids(self) -> frozenset[UUID]:
        """Where it works."""
        return frozenset({self.organisation_id, *self.works_in})

    def concerned(self, purpose: str) -> frozenset[UUID]:
        """Whose people it is concerned with, for that purpose."""
        return self.organisation_ids | {partner for each, partner in self.partners if each == purpose}


# A post that is held today, by somebody who may sign in. Whoever asks who works where asks it in these words.
HELD = """worker.is_active AND post.ended_at IS NULL
       AND post.starts_on <= %(on)s AND (post.ends_on IS NULL OR post.ends_on >= %(on)s)"""
COLUMNS = [field.attname for field in Worker._meta.concrete_fields]
WORKER = f"SELECT {', '.join(COLUMNS)} FROM staff_worker WHERE id = %s"
_UMBRELLA = """(
    SELECT parent_id, purpose, member_id AS organisation_id FROM staff_membership
    UNION ALL SELECT parent_id, purpose, parent_id FROM staff_membership)"""
# Who shares with whom, and for what: `organisation_id, partner_id, purpose`.
PARTNERS = f"""(
    SELECT DISTINCT one.organisation_id, other.organisation_id AS partner_id, purpose
    FROM {_UMBRELLA} one JOIN {_UMBRELLA} other USING (parent_id, purpose)
    WHERE one.organisation_id <> other.organisation_id)"""
HATS = f"""
SELECT post.id, worker.id, worker.name, post.role, team.name, organisation.id, organisation.name,
       array(SELECT organisation_id FROM staff_team_works_in WHERE team_id = team.id ORDER BY 1),
       (SELECT json_agg(json_build_array(purpose, partner_id)) FROM {PARTNERS} partner
        WHERE partner.organisation_id = organisation.id),
       {HELD}
FROM staff_post post
JOIN staff_worker worker ON worker.id = post.worker_id
JOIN staff_team team ON team.id = post.team_id
JOIN directory_organisation organisation ON organisation.id = team.organisation_id
"""
HAT = HATS + "WHERE post.id = %(post)s AND post.worker_id = %(worker)s"
NAMED = (
    HATS
    + """
WHERE worker.email IS NOT NULL AND %(said)s IN (lower(worker.name), lower(worker.email),
                   lower(worker.name || ', ' || team.name || ', ' || organisation.name))
ORDER BY organisation.name, team.name, post.starts_on, post.id
"""
)
HATS_OF = HATS + "WHERE post.worker_id = %(worker)s ORDER BY post.starts_on, post.id"


def hat(worker_id: UUID, post_id: UUID, *, on: date) -> Hat:
    """The worker's own hat.

    Raises: NotFound for a post of somebody else, or one not held on that day.
    """
    with connection.cursor() as cursor:
        cursor.execute(HAT, {"post": post_id, "worker": worker_id, "on": on})
        row = cursor.fetchone()
    if row is None or not row[-1]:
        raise NotFound
    return hat_of(row)


def hats_of(worker_id: UUID, *, on: date) -> list[Hat]:
    """The hats a worker holds that day, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(HATS_OF, {"worker": worker_id, "on": on})
        return [hat_of(row) for row in cursor.fetchall() if row[-1]]


def posts(post_ids: Collection[UUID], *, on: date) -> dict[UUID, Hat]:
    """Posts of whoever holds or held them, to say who somebody is on a team."""
    if not post_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(HATS + "WHERE post.id = ANY(%(posts)s)", {"posts": list(post_ids), "on": on})
        return {row[0]: hat_of(row) for row in cursor.fetchall()}


def named(text: str, *, on: date) -> list[Hat]:
    """The posts held that day by whoever is called so, or has that e-mail address.

    "Kofi Footpath", or "Kofi Footpath, Peer mentors, Stepping Stone" where several are called that.
    """
    with connection.cursor() as cursor:
        cursor.execute(NAMED, {"said": " ".join(text.lower().split()), "on": on})
        return [hat_of(row) for row in cursor.fetchall() if row[-1]]


def worker(worker_id: UUID) -> Worker | None:
    """Somebody by id, whether or not they still work."""
    with connection.cursor() as cursor:
        cursor.execute(WORKER, [worker_id])
        row = cursor.fetchone()
    return worker_of(row) if row else None


def worker_of(row: Sequence[Any]) -> Worker:
    """From the columns in `COLUMNS`."""
    return Worker.from_db("default", COLUMNS, row)


IDLE = f"""
SELECT DISTINCT coalesce(rule.idle_minutes, %(usual)s)
FROM staff_post post
JOIN staff_worker worker ON worker.id = post.worker_id
JOIN staff_team team ON team.id = post.team_id
LEFT JOIN staff_signinrule rule ON rule.organisation_id = team.organisation_id
WHERE post.worker_id = %(worker)s AND {HELD}
"""


def idle_limit(worker_id: UUID, *, on: date) -> timedelta:
    """How long a session of theirs may be idle, as the strictest organisation they work for has it."""
    usual = rules.USUAL_IDLE.total_seconds() / 60
    with connection.cursor() as cursor:
        cursor.execute(IDLE, {"worker": worker_id, "on": on, "usual": usual})
        return rules.idle_limit([timedelta(minutes=int(minutes)) for (minutes,) in cursor.fetchall()])


def names(worker_ids: set[UUID]) -> dict[UUID, str]:
    """Workers' names, to say who wrote something."""
    if not worker_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM staff_worker WHERE id = ANY(%s)", [list(worker_ids)])
        return dict(cursor.fetchall())


def anyone() -> bool:
    """Whether there is a worker who could sign in."""
    return Worker.objects.filter(is_active=True).exists()


class Listed(NamedTuple):
    """One post of one worker, for whoever runs the server."""

    name: str
    email: str | None  # None: a program
    role: str
    team: str
    organisation: str
    is_held: bool  # by somebody who may sign in


ROSTER = f"""
SELECT worker.name, worker.email, post.role, team.name, organisation.name,
       {HELD}
FROM staff_post post
JOIN staff_worker worker ON worker.id = post.worker_id
JOIN staff_team team ON team.id = post.team_id
JOIN directory_organisation organisation ON organisation.id = team.organisation_id
ORDER BY worker.name, worker.email, post.starts_on, post.id
"""


def roster(*, on: date) -> list[Listed]:
    """Every post there was, by the name of its worker."""
    with connection.cursor() as cursor:
        cursor.execute(ROSTER, {"on": on})
        return [Listed._make(row) for row in cursor.fetchall()]


def account(email: str) -> UUID | None:
    """The worker with this address, whether or not they still work."""
    return Worker.objects.filter(email=email.lower()).values_list("id", flat=True).first()


def hat_of(row: Sequence[Any]) -> Hat:
    """A row of `HATS` as a hat."""
    post_id, worker_id, name, role, team, organisation_id, organisation, works_in, partners, is_active = row
    return Hat(
        post_id,
        worker_id,
        name,
        role,
        team,
        organisation_id,
        organisation,
        tuple(works_in),
        is_active=is_active,
        partners=tuple((purpose, UUID(partner)) for purpose, partner in partners or ()),
    )
