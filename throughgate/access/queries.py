"""Who sees what of one person, and what the person says to that."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from throughgate.access import gathering, policy, rules
from throughgate.access.rules import Answer, Chosen, Decision, Facts, Limit, Relationship
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.staff.queries import HELD, PARTNERS, Hat


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What one role of one organisation reads of the person, since the day it began to be concerned."""

    organisation_id: UUID
    role: str
    since: date
    through: tuple[UUID, ...]  # where it is no concern of its own: prisons it works in, who it shares with
    decision: Decision


# Roles that somebody holds today in a team of an organisation that is concerned, that works in one, or that
# shares with one for what the role usually opens a record for.
ROLES = f"""
SELECT team.organisation_id, post.role, min(concern.opened_on), array_agg(DISTINCT concern.organisation_id)
FROM access_relationship concern
JOIN (SELECT id AS team_id, organisation_id AS place_id, NULL AS purpose FROM staff_team
      UNION ALL SELECT team_id, organisation_id, NULL FROM staff_team_works_in
      UNION ALL SELECT of_it.id, partner_id, purpose
      FROM {PARTNERS} partner JOIN staff_team of_it USING (organisation_id)) reach
     ON reach.place_id = concern.organisation_id
JOIN staff_team team ON team.id = reach.team_id
JOIN staff_post post ON post.team_id = team.id
JOIN staff_worker worker ON worker.id = post.worker_id AND {HELD}
WHERE concern.person_id = %(person)s AND concern.opened_on <= %(on)s
  AND (concern.closed_on IS NULL OR concern.closed_on > %(on)s)
  AND (reach.purpose IS NULL OR reach.purpose = %(usual)s::json ->> post.role)
GROUP BY team.organisation_id, post.role ORDER BY 3, 1, 2
"""
LIMITS = "SELECT worker_id, organisation_id FROM access_limit WHERE person_id = %s"
NOBODY = UUID(int=0)
CHOICES = """
SELECT organisation_id, topic, purpose, answer, expires_on FROM access_choice
WHERE person_id = %s AND (from_on IS NULL OR from_on <= %s)
ORDER BY organisation_id NULLS FIRST, topic, purpose
"""


def who_sees(permit: Permit) -> list[Seen]:
    """What each role that is concerned with the person today reads, and why; the oldest concern first.

    Who reads nothing is not of it. Bars and limits that name one worker do not show: roles are told of.
    """
    usual = {role.id: role.purpose for role in policy.roles().values()}
    with connection.cursor() as cursor:
        cursor.execute(
            ROLES, {"person": permit.person_id, "on": clock.day_of(permit.at), "usual": json.dumps(usual)}
        )
        rows = cursor.fetchall()
    return [seen for seen in _decided(permit, rows) if seen.decision.read]


def may_open(hat: Hat, person_id: UUID, *, at: datetime) -> bool:
    """Whether this hat could open that record now, for any purpose that it may state. It gives no leave."""
    purposes = policy.policy().states[hat.role]
    found = (gathering.facts(hat, [person_id], purpose=each, at=at) for each in sorted(purposes))
    return any(rules.decide(facts).allowed for each in found for _, facts in each)


def choices(permit: Permit) -> list[Chosen]:
    """The person's answers in force and those run out, those that speak of everybody first."""
    with connection.cursor() as cursor:
        cursor.execute(CHOICES, [permit.person_id, clock.day_of(permit.at)])
        return [
            Chosen(
                organisation_id=organisation_id,
                topic=topic,
                purpose=purpose,
                answer=Answer(answer),
                expires_on=expires_on,
            )
            for organisation_id, topic, purpose, answer, expires_on in cursor.fetchall()
        ]


def _decided(permit: Permit, rows: list[tuple[UUID, str, date, list[UUID]]]) -> Iterator[Seen]:
    """What each role sees, decided as for a worker of that role about whom nothing else is known."""
    chosen, limits = tuple(choices(permit)), tuple(_limits(permit))
    for organisation_id, role, since, concerned in rows:
        facts = Facts(
            worker_id=NOBODY,
            role=role,
            organisation_id=organisation_id,
            works_in=frozenset(concerned),
            relationships=tuple(_since(each, since) for each in concerned),
            is_active=True,
            purpose=policy.roles()[role].purpose,
            on=clock.day_of(permit.at),
            policy=policy.policy(),
            chosen=chosen,
            limits=limits,
        )
        through = () if organisation_id in concerned else tuple(concerned)
        yield Seen(
            organisation_id=organisation_id,
            role=role,
            since=since,
            through=through,
            decision=rules.decide(facts),
        )


def _since(organisation_id: UUID, since: date) -> Relationship:
    return Relationship(organisation_id=organisation_id, kind="", opened_on=since, closed_on=None)


def _limits(permit: Permit) -> Iterator[Limit]:
    with connection.cursor() as cursor:
        cursor.execute(LIMITS, [permit.person_id])
        for worker_id, organisation_id in cursor.fetchall():
            yield Limit(worker_id=worker_id, organisation_id=organisation_id)
