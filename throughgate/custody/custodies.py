"""Since when people are held and until when, for many at once: what the pathway goes by."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.custody import derived
from throughgate.custody.rules import ExpectedDate, MovementKind, StandingKind, best_release_date
from throughgate.foundation import clock
from throughgate.foundation.permits import Refresher
from throughgate.foundation.values import value


@value(frozen=True, slots=True, kw_only=True)
class Custody:
    """The custody somebody is in, or else the last one they were in."""

    standing: str  # one of StandingKind; "" where custody has told nothing of it
    nation: str  # of the prison: england, wales; "" not known
    custody_from: date | None  # None: no stay is told of
    left_on: date | None  # None: they are held, or on the way from one prison to another
    leaves_on: date | None
    leaves_type: str
    leaves_certainty: str
    leaves_told_on: date | None  # since when that day has been told
    was_leaving_on: date | None  # the other day that held before


# The stay that goes on comes last, also where one of a single day in another prison began after it.
STANDINGS = """
SELECT stands.person_id, runs.stays, stands.standing, stands.release_on, stands.release_type,
       stands.release_certainty, stands.prison, stands.dates::json
FROM custody_standing stands LEFT JOIN (
    SELECT stay.person_id, json_agg(
               json_build_array(stay.starts_on, stay.ends_on, stay.ended_by, coalesce(place.nation, ''))
               ORDER BY stay.ends_on, stay.starts_on) AS stays
    FROM custody_stay stay LEFT JOIN directory_organisation place ON place.code = stay.prison
    WHERE stay.person_id = ANY(%(people)s) GROUP BY stay.person_id) runs ON runs.person_id = stands.person_id
WHERE stands.person_id = ANY(%(people)s)
"""
OVER = frozenset({MovementKind.RELEASED, MovementKind.DIED})
OUT = frozenset({StandingKind.NOT_IN_CUSTODY, StandingKind.DIED_REPORTED})


class _Run(NamedTuple):
    """Stays that follow on each other, whatever the prison."""

    starts_on: date
    ends_on: date | None
    ended_by: str
    nation: str

    @classmethod
    def read(cls, starts_on: str, ends_on: str | None, ended_by: str, nation: str) -> "_Run":
        ended_on = date.fromisoformat(ends_on) if ends_on else None
        return cls(date.fromisoformat(starts_on), ended_on, ended_by, nation)


class _Standing(NamedTuple):
    """Where somebody stands, with the dates told lately."""

    standing: str
    leaves_on: date | None
    leaves_type: str
    leaves_certainty: str
    prison: str
    dates: list[Any]  # see derived.read_date


def custodies(permit: Refresher, person_ids: Sequence[UUID]) -> dict[UUID, Custody]:
    """By person, for those of whom a prison ever told: one query, however many they are."""
    with connection.cursor() as cursor:
        cursor.execute(STANDINGS, {"people": list(person_ids)})
        return {
            person_id: _custody(_Standing(*row), _last_run(stays or ()))
            for person_id, stays, *row in cursor.fetchall()
        }


def _last_run(stays: Iterable[Sequence[Any]]) -> _Run | None:
    return reduce(_continued, (_Run.read(*stay) for stay in stays), None)


def _continued(run: _Run | None, stay: _Run) -> _Run:
    """The run with the stay at its end, or the stay as the beginning of another."""
    if run is None or run.ends_on is None or run.ended_by in OVER:
        return stay
    if run.ends_on < stay.starts_on and run.ended_by != MovementKind.IN_TRANSIT:
        return stay
    return stay._replace(starts_on=min(run.starts_on, stay.starts_on))


def _custody(stands: _Standing, run: _Run | None) -> Custody:
    told_on, before = _moved(stands, run)
    return Custody(
        standing=stands.standing,
        nation=run.nation if run else "",
        custody_from=run.starts_on if run else None,
        left_on=run.ends_on if run and stands.standing in OUT else None,
        leaves_on=stands.leaves_on,
        leaves_type=stands.leaves_type,
        leaves_certainty=stands.leaves_certainty,
        leaves_told_on=told_on,
        was_leaving_on=before,
    )


def _moved(stands: _Standing, run: _Run | None) -> tuple[date | None, date | None]:
    """Since when the day has been told, and the other one that held in this custody before it."""
    if stands.leaves_on is None:
        return None, None
    dates = [derived.read_date(each) for each in stands.dates]
    now = _told_first(dates, stands)
    told_on = clock.day_of(now.known_at)
    came_on = run.starts_on if run else date.min
    before = best_release_date(
        (each for each in dates if each.known_at < now.known_at and clock.day_of(each.known_at) >= came_on),
        on=told_on,
        types=derived.types(),
        on_recall=stands.standing == StandingKind.BACK_ON_RECALL,
        prison=stands.prison,
    )
    return told_on, before.on if before and before.on != stands.leaves_on else None


def _told_first(dates: Iterable[ExpectedDate], stands: _Standing) -> ExpectedDate:
    """The word that the day rests on: of the voices that say it still, the one that said so last."""
    newest = {each.voice: each for each in dates if each.type == stands.leaves_type}  # oldest first
    return max(
        (each for each in newest.values() if each.on == stands.leaves_on), key=lambda each: each.known_at
    )
