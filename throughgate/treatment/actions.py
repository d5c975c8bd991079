"""Taking in what treatment providers and workers say, and keeping what is derived from it in step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from throughgate.access import actions as access
from throughgate.access.actions import Concern
from throughgate.foundation import clock, leave, wrong
from throughgate.foundation.permits import FeedPermit, Permit, Refresher
from throughgate.linkage import own
from throughgate.people import actions as people
from throughgate.record import actions as record
from throughgate.record import bodies
from throughgate.record.rules import Change, Draft, Form
from throughgate.treatment import concern, intake, rules
from throughgate.treatment.concern import Span, Told
from throughgate.treatment.intake import Drafts
from throughgate.treatment.rules import Prescribed, Taken
from throughgate.treatment.versions import Standing, Statement, versions

Thing = tuple[UUID, str, str]  # identity, kind and item: what an entry is about

# What this feed said last of each thing. What a worker wrote in place of it is left alone.
STANDING = """
SELECT entry.identity_id, entry.kind, entry.item, entry.id, entry.as_at, entry.happened_at, entry.dated_by,
       entry.episode_id
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS wanted (identity_id, kind, item)
JOIN record_entry entry USING (identity_id, kind, item)
WHERE entry.organisation_id = %s AND entry.source = %s AND entry.redacted_at IS NULL
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
"""
EPISODES = """
SELECT identity.person_id, entry.organisation_id,
       entry.as_at, said.referred_on, said.triaged_on, said.started_on, said.ended_on, said.end_reason
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'treatment_episode'
JOIN treatment_episodereport said ON said.entry_id = entry.id
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
"""
NEWER = "The source sent a newer version"


def take_in(permit: FeedPermit, changes: Sequence[Change]) -> int:
    """Write the entries that follow from these changes; returns how many."""
    statements = _statements(permit, changes)
    standing = _standing(permit, statements)
    first: list[Draft] = []
    second: list[tuple[int, Draft]] = []  # in place of the first one written at that place
    for identity_id, statement in statements:
        reason = NEWER if statement.later is None else record.LATE
        for key in statement.about():
            stands = standing.get((identity_id, *key))
            fresh = versions(statement, key, stands)
            second += [(len(first), replace(draft, reason=reason)) for draft in fresh[1:]]
            first += [_in_place_of(stands, draft, reason) for draft in fresh[:1]]
    ids = record.add_many(permit, first)
    ids += record.add_many(permit, [replace(draft, supersedes=ids[place]) for place, draft in second])
    _note_deaths(permit, statements)
    return len(ids)


def record_prescription(permit: Permit, told: Prescribed, *, at: datetime, form: Form) -> UUID:
    """Write down that a medicine is prescribed, or was stopped; the same form sent twice makes one entry.

    The newest word of an organisation's workers on a medicine is theirs: it stands beside what feeds say.
    Raises: Refused for a dose that can be read in two ways; Overtaken when somebody wrote of that medicine
    since the form was opened.
    """
    wrong.refuse(rules.wrong_with_prescription(told, today=clock.day_of(permit.at)))
    with transaction.atomic():
        draft = _by_hand(permit, "prescription", told, at=at)
        return record.keep_last_word(permit, draft, form)


def record_dose(permit: Permit, told: Taken, *, at: datetime, form: Form) -> UUID:
    """Write down the last dose taken, with its time if that is known; as with a prescription."""
    wrong.refuse(rules.wrong_with_dose(told, now=permit.at, today=clock.day_of(permit.at)))
    with transaction.atomic():
        return record.keep(permit, _by_hand(permit, "dose", told, at=at), form)


def record_naloxone(
    permit: Permit, *, state: str, text: str, at: datetime, dated_by: str = "time", form: Form
) -> UUID:
    """Write down how far they were with naloxone at that moment; as with a prescription."""
    wrong.refuse(rules.wrong_with_naloxone(state=state, text=text, at=at, now=permit.at))
    with transaction.atomic():
        draft = Draft(
            identity_id=own.identity(permit),
            kind="naloxone",
            happened_at=at,
            dated_by=dated_by,
            as_at=permit.at,
            body={"state": state, "text": text},
        )
        return record.keep_last_word(permit, draft, form)


def _by_hand(permit: Permit, kind: str, told: Prescribed | Taken, *, at: datetime) -> Draft:
    """The entry that a feed's statement of the same would make; the medicine says which one it is."""
    item, said = intake.by_hand(kind, told)
    made = intake.drafts(item, said, identity_id=own.identity(permit), as_at=at, episode_id=None)
    return replace(made[kind, item], as_at=permit.at)


def refresh(permit: Refresher, person_ids: Sequence[UUID]) -> None:
    """Make the providers' relationships with these people what their episodes say they are."""
    spans: dict[tuple[UUID, UUID], list[Span]] = defaultdict(list)
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(EPISODES, [list(person_ids)])
        for person_id, organisation_id, *told in cursor.fetchall():
            spans[person_id, organisation_id].append(concern.span(Told(*told)))
    concerns = [
        Concern(organisation_id, person_id, "treatment", opened_on, closed_on)
        for (person_id, organisation_id), each in spans.items()
        for opened_on, closed_on in concern.merged(each)
    ]
    access.rebuild_relationships(permit, person_ids=person_ids, kind="treatment", concerns=concerns)


def _in_place_of(stands: Standing | None, draft: Draft, reason: str) -> Draft:
    return replace(draft, supersedes=stands.id, reason=reason) if stands else draft


def _statements(permit: FeedPermit, changes: Sequence[Change]) -> list[tuple[UUID, Statement]]:
    """What each change says, as entries, with its neighbours on both sides."""
    pairs = list(_pairs(changes))
    episodes = record.episodes(permit, {place for pair in pairs for place in _episodes_of(*pair) if place[2]})

    def drafts(change: Change, said: Mapping[str, Any] | None) -> Drafts:
        if said is None:
            return {}
        place = (change.identity_id, "treatment", intake.episode(change.item, said))
        return intake.drafts(
            change.item,
            said,
            identity_id=change.identity_id,
            as_at=change.as_at,
            episode_id=episodes.get(place),
        )

    return [
        (
            change.identity_id,
            Statement(
                as_at=change.as_at,
                earlier=drafts(change, change.before),
                now=drafts(change, change.after),
                later=drafts(then, then.after) if then else None,
            ),
        )
        for change, then in pairs
    ]


def _pairs(changes: Sequence[Change]) -> Iterable[tuple[Change, Change | None]]:
    """Each change, and beside it what has to be said anew of a later statement that was known already."""
    for change, after in zip(changes, [*changes[1:], None], strict=True):
        if not change.is_restating:
            yield change, after if after and after.is_restating else None


def _episodes_of(change: Change, then: Change | None) -> Iterable[tuple[UUID, str, str]]:
    for said in (change.before, change.after, then.after if then else None):
        if said is not None:
            yield change.identity_id, "treatment", intake.episode(change.item, said)


def _standing(permit: FeedPermit, statements: Sequence[tuple[UUID, Statement]]) -> dict[Thing, Standing]:
    """What stands about things that were spoken of before; what it says only where that is needed."""
    spoken_of = [each for each in statements if each[1].earlier or each[1].later is not None]
    things = sorted(
        {(identity_id, *key) for identity_id, statement in spoken_of for key in statement.about()}
    )
    if not things:
        return {}
    late = {identity_id for identity_id, statement in spoken_of if statement.later is not None}
    with connection.cursor() as cursor:
        wanted = [list(column) for column in zip(*things, strict=True)]
        cursor.execute(STANDING, [*wanted, permit.organisation_id, permit.source])
        rows = cursor.fetchall()
        said = _bodies(cursor, [row for row in rows if row[0] in late])
    return {tuple(row[:3]): _stands(row, said.get(row[3], {})) for row in rows}


def _bodies(cursor: Any, rows: Sequence[tuple[Any, ...]]) -> dict[UUID, dict[str, Any]]:
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for row in rows:
        by_kind[row[1]].append(row[3])
    return {
        entry_id: said
        for kind, ids in by_kind.items()
        for entry_id, said in bodies.read(cursor, bodies.body_of(kind), ids).items()
    }


def _stands(row: tuple[Any, ...], said: Mapping[str, Any]) -> Standing:
    identity_id, kind, item, entry_id, as_at, happened_at, dated_by, episode_id = row
    draft = Draft(
        identity_id=identity_id,
        kind=kind,
        item=item,
        happened_at=happened_at,
        dated_by=dated_by,
        as_at=as_at,
        episode_id=episode_id,
        body=said,
    )
    return Standing(entry_id, draft)


def _note_deaths(permit: FeedPermit, statements: Sequence[tuple[UUID, Statement]]) -> None:
    """An episode newly said to have ended with a death reports it, so that messages and timers stop."""
    died = [
        identity_id
        for identity_id, statement in statements
        for key, draft in statement.now.items()
        if _is_death(draft) and not _is_death(statement.earlier.get(key))
    ]
    people.note_death_of_identities(permit, died)


def _is_death(draft: Draft | None) -> bool:
    return draft is not None and concern.is_death(draft.body.get("end_reason", ""))
