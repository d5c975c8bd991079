"""What somebody chose to share, who must not know of them, who alone may, and whom they trust."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import policy
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import ListPermit, Permit, Refresher
from throughgate.linkage import queries as linkage
from throughgate.record import history, seen
from throughgate.record import lines as record_lines
from throughgate.record import queries as record
from throughgate.record.queries import Spine
from throughgate.sharing import rules
from throughgate.sharing.models import (
    Choice,
    KeptName,
    LimitedRecord,
    MinimumRead,
    MustNotKnow,
    ProtectedAddress,
    TrustedPerson,
)
from throughgate.sharing.rules import (
    ChoiceLine,
    KeptNameLine,
    LimitedLine,
    MinimumReadLine,
    MustNotKnowLine,
    ProtectedLine,
    Told,
    TrustedLine,
)
from throughgate.staff.queries import HELD, PARTNERS

SHARING = "sharing"  # the category of all that is said here
MINIMUM_READ = frozenset(MinimumRead.kinds)
WISHES: dict[str, type[Any]] = {
    **dict.fromkeys(Choice.kinds, ChoiceLine),
    **dict.fromkeys(MustNotKnow.kinds, MustNotKnowLine),
    **dict.fromkeys(LimitedRecord.kinds, LimitedLine),
    **dict.fromkeys(TrustedPerson.kinds, TrustedLine),
    **dict.fromkeys(KeptName.kinds, KeptNameLine),
}
SHAPES: dict[str, type[Any]] = {
    **WISHES,
    **dict.fromkeys(ProtectedAddress.kinds, ProtectedLine),
    **dict.fromkeys(MinimumRead.kinds, MinimumReadLine),
}
# Of one thing that was said again, the last word says whether there is anything left to ask.
ASK_AGAIN = f"""
SELECT person_id, min(ask_again_on) FROM (
    SELECT DISTINCT ON (identity.person_id, entry.item) identity.person_id, said.ask_again_on, said.answer
    FROM people_identity identity
    JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'sharing_choice'
    JOIN sharing_choice said ON said.entry_id = entry.id
    WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
      AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
    ORDER BY identity.person_id, entry.item, entry.recorded_at DESC, entry.id DESC) last
WHERE ask_again_on IS NOT NULL AND answer <> 'take_back'
GROUP BY person_id
"""
MINIMUM_UNREAD = """(
EXISTS (SELECT FROM directory_organisation place
        WHERE place.id = %(organisation)s AND place.kind = ANY(%(minimum_receivers)s))
AND NOT EXISTS (
    SELECT FROM people_identity identity
    JOIN record_entry entry ON entry.identity_id = identity.id
         AND entry.kind = 'minimum_read' AND entry.item = %(organisation)s::text
         AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
    WHERE identity.person_id = {person}))"""
# A stay in another prison begins with a reception like the first.
CAME_IN = """
SELECT max(opened_on) FROM access_relationship
WHERE person_id = %(person)s AND kind = 'custody' AND opened_on <= %(on)s
  AND (closed_on IS NULL OR closed_on > %(on)s)
"""


# Every organisation, and the workers of those that are concerned with the person today, work there or share
# with them; and whoever is named today as one who alone may know.
NAMED = f"""
WITH concerned AS (
    SELECT organisation_id FROM access_relationship
    WHERE person_id = %(person)s AND opened_on <= %(on)s AND (closed_on IS NULL OR closed_on > %(on)s)),
team AS (
    SELECT id, organisation_id FROM staff_team
    WHERE organisation_id IN (SELECT organisation_id FROM concerned)
       OR organisation_id IN (SELECT organisation_id FROM {PARTNERS} partner
                              WHERE partner_id IN (SELECT organisation_id FROM concerned))
       OR id IN (SELECT team_id FROM staff_team_works_in
                 WHERE organisation_id IN (SELECT organisation_id FROM concerned))),
alone AS (
    SELECT unnest(ARRAY[worker_id, organisation_id]) AS id FROM access_limit WHERE person_id = %(person)s)
SELECT id, code, name, '',
       id IN (SELECT organisation_id FROM concerned UNION SELECT organisation_id FROM team),
       EXISTS (SELECT FROM alone WHERE alone.id = organisation.id)
FROM directory_organisation organisation
UNION
SELECT worker.id, '', worker.name, organisation.name, post.team_id IN (SELECT id FROM team),
       EXISTS (SELECT FROM alone WHERE alone.id = worker.id)
FROM staff_worker worker
JOIN staff_post post ON post.worker_id = worker.id AND {HELD}
JOIN staff_team at_work ON at_work.id = post.team_id
JOIN directory_organisation organisation ON organisation.id = at_work.organisation_id
WHERE post.team_id IN (SELECT id FROM team) OR worker.id IN (SELECT id FROM alone WHERE id IS NOT NULL)
ORDER BY 3, 4, 1
"""


class Named(NamedTuple):
    """A worker or an organisation that somebody may mean."""

    id: UUID
    code: str  # "" a worker
    name: str
    works_for: str  # "" an organisation
    is_concerned: bool  # with the person, today
    is_named: bool  # as one of those who alone may know of them, today


class Said(NamedTuple):
    """One entry with what it says."""

    entry: Spine
    line: Any  # of SHAPES, by the entry's kind


class Sharing(NamedTuple):
    """What holds today, the newest first, in the order of `WISHES`."""

    choices: list[Said]
    must_not_know: list[Said]
    limited: list[Said]
    trusted: list[Said]
    kept_names: list[Said]


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Any]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def records_sharing(permit: Permit) -> bool:
    """Whether this worker may write down what somebody chooses."""
    return SHARING in permit.write


def sharing(permit: Permit) -> Sharing | None:
    """What they chose, as far as it holds on the permit's day; None where it is not shared."""
    if SHARING not in permit.read:
        return None
    entries = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset(WISHES))
    said = _said(permit, entries)
    lives = linkage.lives(permit, [permit.person_id])
    told = {kind: [_told(each) for each in said if each.entry.kind == kind] for kind in WISHES}
    last = {each.id for kind in WISHES for each in rules.newest(told[kind], lives)}
    choices = rules.standing(told["sharing_choice"], lives, on=clock.day_of(permit.at))
    last -= {each.id for each in told["sharing_choice"]} - {each.id for each in choices}
    held = [each for each in said if each.entry.id in last and _holds(each.line)]
    return Sharing(*([each for each in held if each.entry.kind == kind] for kind in WISHES))


def choice(permit: Permit, entry_id: UUID) -> Said:
    """One choice, whether it holds or not. Raises: NotFound where this record has none that may be read."""
    entry = history.versions(permit, entry_id)[0]
    if entry.kind not in Choice.kinds or entry.is_redacted:
        raise NotFound
    return _said(permit, [entry])[0]


def minimum_reads(permit: Permit, entries: Sequence[Spine]) -> list[Said]:
    """Of these entries, those in which a service says that it has read the minimum safety set."""
    reads = [each for each in entries if each.kind in MinimumRead.kinds]
    found = lines(permit, record_lines.by_kind(reads))
    return [Said(entry, found[entry.id]) for entry in reads if entry.id in found]


def says_it_was_read(permit: Permit) -> bool:
    """Whether this worker may say for their service that the minimum safety set was read."""
    return MinimumRead.kinds["minimum_read"] in permit.write


def minimum_unread(permit: ListPermit, person: str) -> tuple[str, dict[str, Any]]:
    """That nobody of this service has read somebody's set, as a condition of a list, with what it asks.

    `person` is where the statement has the id. "false" where the service receives nothing of the set, or
    the role does not read it on lists.
    """
    kinds = {kind for row in code_set("sharing_minimum").rows for kind in row["receivers"].split("|")}
    is_shown = MinimumRead.kinds["minimum_read"] in permit.categories
    if not (is_shown and kinds & set(policy.roles()[permit.role].organisation_kinds)):
        return "false", {}
    return MINIMUM_UNREAD.format(person=person), {"minimum_receivers": list(kinds)}


def records_addresses(permit: Permit) -> bool:
    """Whether this worker may write down where they must not be found."""
    return ProtectedAddress.kinds["protected_address"] in permit.write


def named(permit: Permit) -> list[Named]:
    """Whom they may mean, by name: organisations, workers of those concerned, and who is named already."""
    with connection.cursor() as cursor:
        cursor.execute(NAMED, {"person": permit.person_id, "on": clock.day_of(permit.at)})
        return [Named._make(row) for row in cursor.fetchall()]


def was_limited(permit: Permit) -> bool:
    """Whether somebody ever wrote who alone may know; lifted twice, it is lifted."""
    kinds = frozenset(LimitedRecord.kinds)
    return bool(record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=kinds))


def came_in_on(permit: Permit) -> date | None:
    """Since when they are in the prison that holds them; None where none does."""
    with connection.cursor() as cursor:
        cursor.execute(CAME_IN, {"person": permit.person_id, "on": clock.day_of(permit.at)})
        (found,) = cursor.fetchone()
    return found if isinstance(found, date) else None


def ask_again(permit: Refresher, person_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Of those who were asked before they had settled: the first day on which to ask again."""
    with connection.cursor() as cursor:
        cursor.execute(ASK_AGAIN, [list(person_ids)])
        return dict(cursor.fetchall())


def _said(permit: Permit, entries: Sequence[Spine]) -> list[Said]:
    """What is blanked says nothing."""
    ids = {
        kind: [each.id for each in entries if each.kind == kind and not each.is_redacted] for kind in WISHES
    }
    found = lines(permit, ids)
    return [Said(entry, found[entry.id]) for entry in entries if entry.id in found]


def _told(said: Said) -> Told[Any]:
    entry = said.entry
    return Told(entry.id, entry.identity_id, entry.item, entry.recorded_at, said.line)


def _holds(line: Any) -> bool:
    if isinstance(line, LimitedLine):
        return bool(line.workers or line.organisations)
    return isinstance(line, ChoiceLine) or line.holds
