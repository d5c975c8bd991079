"""The facts that a decision rests on: of many people in as many queries as of one."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from throughgate.access import policy
from throughgate.access.rules import Answer, Bar, Chosen, Emergency, Facts, Limit, Relationship
from throughgate.foundation import clock
from throughgate.staff.queries import Hat

# One row a person, whoever they are: somebody who does not exist is nobody's concern, and looks the same.
FACTS = """
SELECT person_id,
    (SELECT json_agg(json_build_array(organisation_id, kind, opened_on, closed_on))
     FROM access_relationship concern
     WHERE concern.person_id = wanted.person_id AND concern.organisation_id = ANY(%(organisations)s)),
    (SELECT json_agg(json_build_array(organisation_id, topic, purpose, answer, expires_on, from_on))
     FROM access_choice choice
     WHERE choice.person_id = wanted.person_id
       AND (choice.organisation_id IS NULL OR choice.organisation_id = %(organisation)s)),
    (SELECT json_agg(json_build_array(worker_id, organisation_id, why))
     FROM access_bar bar WHERE bar.person_id = wanted.person_id),
    (SELECT json_agg(json_build_array(worker_id, organisation_id))
     FROM access_limit may WHERE may.person_id = wanted.person_id),
    (SELECT json_build_array(id, opens_sealed)
     FROM access_emergency opening
     WHERE opening.person_id = wanted.person_id AND opening.post_id = %(post)s AND opening.until > %(at)s
     ORDER BY opens_sealed DESC, id LIMIT 1)
FROM unnest(%(people)s::uuid[]) AS wanted (person_id)
"""


def facts(
    hat: Hat, person_ids: Collection[UUID], *, purpose: str, at: datetime
) -> Iterator[tuple[UUID, Facts]]:
    """What `rules.decide` takes, for this hat and each of these people at that moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            FACTS,
            {
                "people": list(person_ids),
                "organisations": list(hat.concerned(purpose)),
                "organisation": hat.organisation_id,
                "post": hat.post_id,
                "at": at,
            },
        )
        rows = cursor.fetchall()
    for person_id, *found in rows:
        yield person_id, _facts(hat, found, purpose=purpose, at=at)


def _facts(hat: Hat, found: list[list[Any] | None], *, purpose: str, at: datetime) -> Facts:
    """`found` are the columns of `FACTS` after the person; None where there is none of a kind."""
    concerns, answers, bars, limits, opening = found
    return Facts(
        worker_id=hat.worker_id,
        role=hat.role,
        organisation_id=hat.organisation_id,
        works_in=frozenset(hat.works_in),
        relationships=tuple(_relationship(*one) for one in concerns or ()),
        is_active=hat.is_active,
        purpose=purpose,
        on=clock.day_of(at),
        policy=policy.policy(),
        chosen=tuple(_chosen(one) for one in answers or ()),
        bars=tuple(
            Bar(worker_id=_id(worker), organisation_id=_id(organisation), why=why)
            for worker, organisation, why in bars or ()
        ),
        limits=tuple(
            Limit(worker_id=_id(worker), organisation_id=_id(organisation))
            for worker, organisation in limits or ()
        ),
        partners=frozenset(hat.partners),
        readers=frozenset(hat.readers),
        emergency=Emergency(id=UUID(opening[0]), opens_sealed=opening[1]) if opening else None,
    )


def _relationship(organisation: str, kind: str, opened_on: str, closed_on: str | None) -> Relationship:
    return Relationship(
        organisation_id=UUID(organisation),
        kind=kind,
        opened_on=date.fromisoformat(opened_on),
        closed_on=_day(closed_on),
    )


def _chosen(row: list[Any]) -> Chosen:
    organisation, topic, purpose, answer, expires_on, from_on = row
    return Chosen(
        organisation_id=_id(organisation),
        topic=topic,
        purpose=purpose,
        answer=Answer(answer),
        expires_on=_day(expires_on),
        from_on=_day(from_on),
    )


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
