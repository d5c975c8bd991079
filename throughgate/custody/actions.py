"""Taking in what prisons say, and keeping what is derived from it in step."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from throughgate.custody import derived, intake, queries, rules
from throughgate.custody.rules import MovementKind, ToldDate
from throughgate.foundation import clock, leave, wrong
from throughgate.foundation.copying import copy_in
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import FeedPermit, Permit, Refresher
from throughgate.foundation.values import value
from throughgate.linkage import own
from throughgate.people import actions as people
from throughgate.record import actions as record
from throughgate.record.rules import Change, Draft, Form

LAST_MOVEMENT = """
SELECT wanted.identity_id, last.id, last.happened_at, last.dated_by, last.happened_on, last.day_is_by
FROM unnest(%s::uuid[], %s::timestamptz[]) AS wanted (identity_id, as_at)
CROSS JOIN LATERAL (
    SELECT entry.id, entry.happened_at, entry.dated_by, body.happened_on, body.dated_by AS day_is_by
    FROM record_entry entry JOIN custody_movement body ON body.entry_id = entry.id
    WHERE entry.identity_id = wanted.identity_id AND entry.kind = 'movement' AND entry.as_at <= wanted.as_at
      AND entry.source = %s
      AND entry.redacted_at IS NULL
      AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
    ORDER BY entry.as_at DESC, entry.id DESC LIMIT 1) last
"""
# Whether somebody is to come back on recall, and no prison has told since that they have.
RECALLED = """
SELECT coalesce(max(entry.as_at) FILTER (WHERE entry.kind = 'recall_issued')
                > coalesce(max(entry.as_at) FILTER (WHERE entry.kind = 'legal_status'), '-infinity'), false)
FROM people_identity identity JOIN record_entry entry ON entry.identity_id = identity.id
WHERE identity.person_id = %s AND entry.kind IN ('recall_issued', 'legal_status')
  AND entry.redacted_at IS NULL
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
"""
BRIDGING = "entry_id uuid, identity_id uuid, as_at timestamptz, heard_at timestamptz"
HEARD = """
UPDATE custody_bridging SET heard_at = %s
WHERE identity_id = ANY(%s) AND heard_at IS NULL AND as_at < %s RETURNING identity_id
"""
CORRECTED = "The source gave another reason for the same movement"


def take_in(permit: FeedPermit, changes: Sequence[Change]) -> int:
    """Write the entries that follow from these changes; returns how many.

    Changes that restate are all there ever were of their identity, and what stood is brought in line.
    """
    late = {change.identity_id for change in changes if change.is_restating}
    drafts = [draft for change in _keyed_to_episodes(permit, changes) for draft in intake.drafts(change)]
    drafts = [*_corrected(permit, drafts, late), *_deaths(drafts)]
    people.note_death_of_identities(permit, [draft.identity_id for draft in drafts if draft.kind == "death"])
    ids = record.add_many(permit, [draft for draft in drafts if draft.identity_id not in late])
    if late:
        told = [draft for draft in drafts if draft.identity_id in late]
        ids += record.restate(permit, told, identity_ids=late)
    return len(ids)


def take_in_events(permit: FeedPermit, changes: Sequence[Change], *, heard: Mapping[UUID, datetime]) -> int:
    """Write what events told of movements, each as an entry; returns how many.

    Each counts until its prison's record is heard again. `heard` is the moment of the newest record that is
    in, by identity.
    """
    movements = [intake.told(change) for change in changes]
    drafts = [*movements, *_deaths(movements)]
    people.note_death_of_identities(permit, [draft.identity_id for draft in drafts if draft.kind == "death"])
    ids = record.add_many(permit, drafts)
    at = clock.now()
    with connection.cursor() as cursor:
        rows = (
            (entry_id, draft.identity_id, draft.as_at, at if _is_overtaken(draft, heard) else None)
            for entry_id, draft in zip(ids, movements, strict=False)  # deaths come after them
        )
        copy_in(cursor, "custody_bridging", BRIDGING, rows)
    return len(ids)


def _is_overtaken(draft: Draft, heard: Mapping[UUID, datetime]) -> bool:
    return draft.identity_id in heard and draft.as_at < heard[draft.identity_id]


def hear(permit: FeedPermit, identity_ids: Collection[UUID]) -> set[UUID]:
    """Note that a prison's record was heard of these; returns those of whom an event now counts no more."""
    with connection.cursor() as cursor:
        cursor.execute(HEARD, [clock.now(), list(identity_ids), permit.as_at])
        return {identity_id for (identity_id,) in cursor.fetchall()}


def _deaths(drafts: Sequence[Draft]) -> list[Draft]:
    """A death is reported, in an entry of its own, by any movement that tells of one."""
    return [
        replace(
            draft, kind="death", item="", body={"state": "reported", "died_on": draft.body["happened_on"]}
        )
        for draft in drafts
        if draft.kind == "movement" and draft.body["what"] == MovementKind.DIED
    ]


def _keyed_to_episodes(permit: FeedPermit, changes: Sequence[Change]) -> list[Change]:
    bookings = [(change.identity_id, "custody", intake.booking(change)) for change in changes]
    episodes = record.episodes(permit, {booking for booking in bookings if booking[-1]})
    return [
        replace(change, episode_id=episodes.get(booking))
        for change, booking in zip(changes, bookings, strict=True)
    ]


@value(frozen=True, slots=True)
class _Old:
    """The movement that another tells again: on record (`id`), or in the same batch (its `place`)."""

    id: UUID | None
    place: int | None
    happened_at: datetime
    dated_by: str
    happened_on: date
    day_is_by: str


def _corrected(permit: FeedPermit, drafts: Sequence[Draft], late: Collection[UUID]) -> list[Draft]:
    """A movement told again with another reason replaces the one it corrects.

    That is the movement just before it in this batch, which then need not be written at all, or the last
    one on record; of the `late`, whose drafts are all there ever were, only the former.
    """
    correcting = [draft for draft in drafts if draft.item == intake.CORRECTS]
    if not correcting:
        return list(drafts)
    last = _last_movements(permit, [draft for draft in correcting if draft.identity_id not in late])
    kept: dict[int, Draft] = {}
    for place, told in enumerate(drafts):
        old = last.get(told.identity_id)
        draft = _in_place_of(old, told) if told.item == intake.CORRECTS else told
        if draft is not told and old and old.place is not None:
            del kept[old.place]
        kept[place] = draft
        if draft.kind == "movement":
            body = draft.body
            last[draft.identity_id] = _Old(
                None, place, draft.happened_at, draft.dated_by, body["happened_on"], body["dated_by"]
            )
    return list(kept.values())


def _in_place_of(old: _Old | None, draft: Draft) -> Draft:
    """The draft as it stands for the one it corrects, on that one's day if it tells none of its own."""
    draft = replace(draft, item="")
    if old and draft.dated_by == "by":
        body = {**draft.body, "happened_on": old.happened_on, "dated_by": old.day_is_by}
        draft = replace(draft, happened_at=old.happened_at, dated_by=old.dated_by, body=body)
    return replace(draft, supersedes=old.id, reason=CORRECTED) if old and old.id else draft


def _last_movements(permit: FeedPermit, correcting: Sequence[Draft]) -> dict[UUID, _Old]:
    with connection.cursor() as cursor:
        cursor.execute(
            LAST_MOVEMENT,
            [
                [draft.identity_id for draft in correcting],
                [draft.as_at for draft in correcting],
                permit.source,
            ],
        )
        return {row[0]: _Old(row[1], None, *row[2:]) for row in cursor.fetchall()}


def refresh(permit: Refresher, person_ids: Sequence[UUID]) -> None:
    """Bring stays, standing and the prisons' relationships of these people in step with their entries."""
    derived.refresh(permit, person_ids)


def tell_release_date(permit: Permit, told: ToldDate, *, at: datetime, form: Form) -> UUID:
    """Write down a day to leave on that a worker was told; the same form sent twice makes one entry.

    While a recall is issued and they are not back it is restricted like the recall: a day inside betrays it.
    Raises: Refused for a day that cannot be, or one nobody told; Overtaken when somebody told of that type of
    date since the form was opened.
    """
    wrong.refuse(rules.wrong_with_date(told, offered=queries.told_types(permit), on=clock.day_of(permit.at)))
    with transaction.atomic():
        people.hold(permit, [permit.person_id])
        draft = Draft(
            identity_id=own.identity(permit),
            kind="expected_date",
            item=told.date_type,
            happened_at=at,
            dated_by="time",
            as_at=permit.at,
            body=asdict(told),
            restricted=_is_recalled(permit),
        )
        entry_id = record.keep_last_word(permit, draft, form)
        derived.refresh(permit, [permit.person_id])
        return entry_id


def _is_recalled(permit: Permit) -> bool:
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(RECALLED, [permit.person_id])
        (found,) = cursor.fetchone()
        return bool(found)


def confirm_death(permit: Permit, *, died_on: date, reason: str, at: datetime) -> UUID:
    """A named worker confirms a reported death; from then on the record takes late entries only.

    Raises: Refused when no death was reported, on a day that cannot be, or the role does not record it.
    """
    wrong.refuse(wrong.parts({"died_on": rules.wrong_with_death(died_on, on=clock.day_of(at))}))
    return _settle_death(permit, state="confirmed", died_on=died_on, reason=reason, at=at)


def death_was_a_mistake(permit: Permit, *, reason: str, at: datetime) -> UUID:
    """A named worker finds that a reported death was a mistake of the feed, or a confirmed one of somebody
    else: the record goes on, and a closed one opens again.

    Raises: Refused when no death was reported, or the role does not record it.
    """
    return _settle_death(permit, state="mistaken", died_on=None, reason=reason, at=at)


def _refuse_settled(stands: str, state: str) -> None:
    if not stands:
        raise Refused("No death is waiting to be confirmed on this record. Load the page again.")
    if stands == state:
        raise Refused("This death was confirmed already. Load the page again.")


def _settle_death(permit: Permit, *, state: str, died_on: date | None, reason: str, at: datetime) -> UUID:
    with transaction.atomic():
        _refuse_settled(people.death_of(permit), state)
        draft = Draft(
            identity_id=own.identity(permit),
            kind="death",
            happened_at=clock.start_of(died_on) if died_on else at,
            dated_by="day" if died_on else "time",
            as_at=at,
            body={"state": state, "died_on": died_on},
            reason=reason,
        )
        entry_id = record.add(permit, draft)
        people.note_death(permit, [permit.person_id], state="confirmed" if state == "confirmed" else "")
        derived.refresh(permit, [permit.person_id])
        return entry_id
