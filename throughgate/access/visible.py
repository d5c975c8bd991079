"""Which people a list shows, and what of each: the rule of `rules.decide`, compiled to SQL.

The database holds the rule once more, for what a query forgets: of entries in record/migrations/0009, 0012
and 0014, of plans in pathway/migrations/0013. Random worlds (tests/contexts/test_worlds.py) hold all equal.
"""

from typing import Any, Final

from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit, Permit

# Of `concern`: the person is not barred to this worker, and not of limited access to others.
MAY_KNOW: Final = """
  AND NOT EXISTS (
      SELECT FROM access_bar bar WHERE bar.person_id = concern.person_id
        AND (bar.worker_id = ANY(%(readers)s) OR bar.organisation_id = %(organisation)s))
  AND NOT EXISTS (
      SELECT FROM access_limit any_limit WHERE any_limit.person_id = concern.person_id AND NOT EXISTS (
          SELECT FROM access_limit may WHERE may.person_id = any_limit.person_id
            AND (may.worker_id = %(worker)s OR may.organisation_id = %(organisation)s)))
"""
# Of `concern`: it is one of this hat's, today, and they may know of the person.
HOLDS: Final = f"""concern.organisation_id = ANY(%(organisations)s) AND concern.opened_on <= %(on)s
  AND (concern.closed_on IS NULL OR concern.closed_on > %(on)s) {MAY_KNOW}"""
# The people a hat is concerned with and may know of, and since when: `person_id, since`.
CONCERNED: Final = f"""
SELECT concern.person_id, min(concern.opened_on) AS since FROM access_relationship concern
WHERE {HOLDS}
GROUP BY concern.person_id
"""
_ANSWER: Final = """(
    SELECT choice.answer FROM access_choice choice
    WHERE choice.person_id = {person} AND choice.topic IN ('', about.category)
      AND (choice.organisation_id IS NULL OR choice.organisation_id = %(organisation)s)
      AND choice.purpose IN ('', %(purpose)s)
      AND (choice.from_on IS NULL OR choice.from_on <= %(on)s)
      AND (choice.expires_on IS NULL OR choice.expires_on > %(on)s)
    ORDER BY choice.organisation_id IS NOT NULL DESC, choice.topic <> '' DESC, choice.purpose <> '' DESC,
             choice.from_on DESC NULLS LAST
    LIMIT 1)"""


def is_concerned(person: str) -> str:
    """A condition: that person, a column with its table, is one of `CONCERNED`."""
    return f"""EXISTS (
    SELECT FROM access_relationship concern WHERE concern.person_id = {person} AND {HOLDS})"""


def kept_back(person: str) -> str:
    """An expression: what that person, a column with its table, keeps back of what this list would show."""
    return f"""CASE WHEN EXISTS (SELECT FROM access_choice chosen WHERE chosen.person_id = {person})
    THEN array(SELECT about.category FROM unnest(%(unless)s::text[]) AS about (category)
               WHERE {_ANSWER.format(person=person)} = 'keep_back')
    ELSE ARRAY[]::text[] END"""


def reads(person: str, category: str) -> str:
    """A condition: this list may tell of that category, a column, of that person, a column with its table."""
    answer = _ANSWER.replace("about.category", category).format(person=person)
    return f"""CASE WHEN {category} = ANY(%(reads)s) THEN true
    WHEN {category} = ANY(%(unless)s) THEN coalesce({answer} <> 'keep_back', true)
    WHEN {category} = ANY(%(asked)s) THEN coalesce({answer} = 'share', false)
    ELSE false END"""


def by(permit: ListPermit | Permit) -> dict[str, Any]:
    """What these ask. A record's permit has them for look-alikes, which show no category."""
    return {
        "organisations": list(permit.organisation_ids),
        "organisation": permit.organisation_id,
        "worker": permit.worker_id,
        "readers": [permit.worker_id, *(permit.readers if isinstance(permit, ListPermit) else ())],
        "purpose": permit.purpose,
        "on": clock.day_of(permit.at),
        **_shown(permit),
    }


def _shown(permit: ListPermit | Permit) -> dict[str, list[str]]:
    if isinstance(permit, Permit):
        return {"reads": [], "unless": [], "asked": []}
    return {
        "reads": list(permit.categories - permit.unless),
        "unless": list(permit.unless),
        "asked": list(permit.asked),
    }
