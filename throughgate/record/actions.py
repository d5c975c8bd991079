"""The one door to a record: entries are added here, superseded here, and blanked here."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from throughgate.audit import actions as audit
from throughgate.audit.actions import Logged
from throughgate.foundation import clock
from throughgate.foundation.copying import copy_in
from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import FeedPermit, Permit
from throughgate.record import bodies, rules
from throughgate.record.rules import Draft, Form, Old, Stood, Target

SPINE = (
    "id uuid, identity_id uuid, episode_id uuid, kind text, category text, item text,"
    " happened_at timestamptz, dated_by text, as_at timestamptz, recorded_at timestamptz, recorded_by uuid,"
    " organisation_id uuid, source text, source_reference text, supersedes_id uuid, reason text,"
    " restricted bool, permit_id uuid"
)
TARGETS = """
SELECT identity.id, identity.person_id, identity.organisation_id, person.death
FROM people_identity identity JOIN people_person person ON person.id = identity.person_id
WHERE identity.id = ANY(%s)
"""
# What the permit does not read is as good as absent.
OLD = """
SELECT entry.identity_id, entry.organisation_id, entry.kind, entry.category, entry.restricted,
       (SELECT newer.id FROM record_entry newer WHERE newer.supersedes_id = entry.id)
FROM record_entry entry JOIN people_identity identity ON identity.id = entry.identity_id
WHERE entry.id = %s AND identity.person_id = %s AND entry.kind <> 'withdrawn'
  AND entry.category = ANY(%s) AND (%s OR NOT entry.restricted)
"""
STOOD = """
SELECT entry.id, entry.identity_id, entry.kind, entry.category, entry.item, entry.happened_at, entry.dated_by,
       entry.as_at, entry.redacted_at IS NOT NULL OR newer.id IS NOT NULL
FROM record_entry entry LEFT JOIN record_entry newer ON newer.supersedes_id = entry.id
WHERE entry.identity_id = ANY(%s) AND entry.organisation_id = %s AND entry.source = %s
  AND entry.kind <> 'withdrawn' AND (newer.id IS NULL OR newer.source <> entry.source)
ORDER BY entry.id
"""
LATE = "An earlier extract arrived later"
ALREADY = (
    "SELECT id FROM record_entry WHERE organisation_id = %s AND source = 'hand' AND source_reference = %s"
)
UNSEEN = """
SELECT entry.id FROM people_identity identity JOIN record_entry entry ON entry.identity_id = identity.id
WHERE identity.person_id = %s AND entry.kind = %s AND entry.item = %s AND entry.id > %s
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
ORDER BY entry.id DESC LIMIT 1
"""


def keep(permit: Permit, draft: Draft, form: Form) -> UUID:
    """Write what a worker's form says: a new entry, or one in place of that which the form corrects.

    Raises: as `add`, or as `supersede`; Refused for a reason too long.
    """
    rules.check_form(form)
    said = rules.sent(draft, form)
    return supersede(permit, form.corrects, said, reason=form.reason) if form.corrects else add(permit, said)


def keep_last_word(permit: Permit, draft: Draft, form: Form) -> UUID:
    """As `keep`, where only the newest word about a thing counts: no word is silently the last.

    Raises: Overtaken, too, when another entry of that kind and item was written after the form was opened.
    """
    with transaction.atomic():
        _alone(f"{permit.person_id} {draft.kind} {draft.item}")
        if not (form.corrects or _sent_before(permit, rules.sent(draft, form))):
            rules.check_unseen(_unseen(permit, draft, opened=form.opened))
        return keep(permit, draft, form)


def add(permit: Permit, draft: Draft) -> UUID:
    """Write one entry; the same form sent twice (same `source_reference`) gives back the first one's id.

    Raises: Refused when the permit does not cover it or the record is locked.
    """
    with transaction.atomic():
        rules.check_new(draft, category=bodies.category_of(draft.kind), write=permit.write)
        return (
            _sent_before(permit, draft) or _write(permit, [draft], organisation_id=permit.organisation_id)[0]
        )


def supersede(permit: Permit, entry_id: UUID, draft: Draft, *, reason: str) -> UUID:
    """Write a corrected entry in place of one this organisation wrote, on the same identity; both stay.

    The same form sent twice gives back the first correction's id. Raises: NotFound when this record holds no
    such entry that the worker may read; Refused when another organisation wrote it, or it has been corrected.
    """
    with transaction.atomic():
        if done := _sent_before(permit, draft):
            return done
        _alone(str(entry_id))
        old = _old(permit, entry_id)
        rules.check_superseding(
            old,
            organisation_id=permit.organisation_id,
            is_data_quality=permit.role == "data_quality",
            write=permit.write,
            reason=reason,
        )
        rules.check_new(draft, category=bodies.category_of(draft.kind), write=permit.write)
        fresh = rules.in_place_of(old, draft, supersedes=entry_id, reason=reason)
        return _write(permit, [fresh], organisation_id=old.organisation_id)[0]


def add_many(permit: FeedPermit, drafts: Sequence[Draft]) -> list[UUID]:
    """Write entries and their bodies in one COPY for each table, stamped from the permit.

    Raises: Refused when an identity is not the feed's own.
    """
    return _write(permit, drafts, organisation_id=permit.organisation_id) if drafts else []


def restate(permit: FeedPermit, drafts: Sequence[Draft], *, identity_ids: Collection[UUID]) -> list[UUID]:
    """Bring what this feed wrote of these identities in line with `drafts`, all that follows from its words.

    What is told as it stood is kept; what now reads differently supersedes; what no longer follows is
    withdrawn. So the record ends the same whatever order extracts come in.
    """
    complete = [replace(draft, body=bodies.complete(draft.kind, draft.body)) for draft in drafts]
    return add_many(permit, rules.restated(_stood(permit, identity_ids), complete, reason=LATE))


def redact(permit: Permit, entry_id: UUID, *, reason: str) -> None:
    """Blank what an entry says, by court order or because it is about somebody else; its skeleton stays.

    Raises: NotFound when this record holds no such entry that the worker may read; Refused when another
    organisation wrote it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        old = _old(permit, entry_id)
        rules.check_redacting(
            old,
            organisation_id=permit.organisation_id,
            is_data_quality=permit.role == "data_quality",
            reason=reason,
        )
        at = clock.now()
        body = bodies.body_of(old.kind)._meta.db_table
        cursor.execute("SELECT tg_redact(%s, %s, %s, %s)", [entry_id, body, at, reason])
        audit.log(
            Logged(
                at=at,
                action="redact",
                actor_kind="worker",
                actor_id=permit.worker_id,
                post_id=permit.post_id,
                organisation_id=permit.organisation_id,
                role=permit.role,
                purpose=permit.purpose,
                person_id=permit.person_id,
                permit_id=permit.id,
                rows=1,
                detail={"entry": str(entry_id)},
            )
        )


def episodes(
    permit: Permit | FeedPermit, wanted: Iterable[tuple[UUID, str, str]]
) -> dict[tuple[UUID, str, str], UUID]:
    """The episodes with these (identity, kind, number), made where they are new."""
    keys = sorted(set(wanted))
    if not keys:
        return {}
    columns = [list(column) for column in zip(*keys, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO record_episode (id, identity_id, kind, key)"
            " SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING",
            [[new_id() for _ in keys], *columns],
        )
        cursor.execute(
            "SELECT episode.identity_id, episode.kind, episode.key, episode.id FROM record_episode episode"
            " JOIN unnest(%s::uuid[], %s::text[], %s::text[]) AS wanted (identity_id, kind, key)"
            " USING (identity_id, kind, key)",
            columns,
        )
        return {row[:3]: row[3] for row in cursor.fetchall()}


def _alone(name: str) -> None:
    """Waits for whoever is about the same thing at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _sent_before(permit: Permit, draft: Draft) -> UUID | None:
    """The entry this form made when it was sent before."""
    if not draft.source_reference:
        return None
    _alone(draft.source_reference)
    with connection.cursor() as cursor:
        cursor.execute(ALREADY, [permit.organisation_id, draft.source_reference])
        found = cursor.fetchone()
    return found[0] if found else None


def _unseen(permit: Permit, draft: Draft, *, opened: UUID | None) -> UUID | None:
    """The newest entry about the same thing that was written later; None, too, for a form of unknown age."""
    with connection.cursor() as cursor:
        cursor.execute(UNSEEN, [permit.person_id, draft.kind, draft.item, opened])
        found = cursor.fetchone()
    return found[0] if found else None


def _old(permit: Permit, entry_id: UUID) -> Old:
    with connection.cursor() as cursor:
        cursor.execute(OLD, [entry_id, permit.person_id, list(permit.read), permit.read_restricted])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return Old(*row)


def _write(permit: Permit | FeedPermit, drafts: Sequence[Draft], *, organisation_id: UUID) -> list[UUID]:
    """Entries on identities of that organisation, with their audit rows in the same transaction."""
    ids = [new_id() for _ in drafts]
    targets = _check_places(permit, drafts, organisation_id)
    recorded_at = clock.now()
    with transaction.atomic(), connection.cursor() as cursor:
        spines = (
            _spine(entry_id, draft, permit, recorded_at) for entry_id, draft in zip(ids, drafts, strict=True)
        )
        copy_in(cursor, "record_entry", SPINE, spines)
        for body, rows in _by_body(ids, drafts).items():
            _copy_bodies(cursor, body, rows)
        _log(permit, drafts, targets, recorded_at)
    return ids


def _stood(permit: FeedPermit, identity_ids: Collection[UUID]) -> list[Stood]:
    """The entries this feed wrote for these identities that it has not superseded, with their bodies."""
    with connection.cursor() as cursor:
        cursor.execute(STOOD, [list(identity_ids), permit.organisation_id, permit.source])
        rows = cursor.fetchall()
        by_body: dict[type[bodies.Body], list[UUID]] = defaultdict(list)
        for row in rows:
            by_body[bodies.body_of(row[2])].append(row[0])
        said: dict[UUID, dict[str, Any]] = {}
        for body, ids in by_body.items():
            said.update(bodies.read(cursor, body, ids))
    return [Stood(*(*row, said[row[0]])) for row in rows]


def _check_places(
    permit: Permit | FeedPermit, drafts: Sequence[Draft], organisation_id: UUID
) -> Mapping[UUID, Target]:
    wanted = {draft.identity_id for draft in drafts}
    with connection.cursor() as cursor:
        cursor.execute(TARGETS, [list(wanted)])
        targets = {row[0]: Target(*row[1:]) for row in cursor.fetchall()}
    person_id = permit.person_id if isinstance(permit, Permit) else None
    for draft in drafts:
        rules.check_place(
            targets[draft.identity_id],
            organisation_id=organisation_id,
            person_id=person_id,
            late_reason=draft.reason,
        )
    return targets


def _spine(entry_id: UUID, draft: Draft, permit: Permit | FeedPermit, recorded_at: Any) -> tuple[Any, ...]:
    return (
        entry_id,
        draft.identity_id,
        draft.episode_id,
        draft.kind,
        draft.category or bodies.category_of(draft.kind),
        draft.item,
        draft.happened_at,
        draft.dated_by,
        draft.as_at,
        recorded_at,
        permit.worker_id if isinstance(permit, Permit) else None,
        permit.organisation_id,
        permit.source,
        draft.source_reference,
        draft.supersedes,
        draft.reason,
        draft.restricted,
        permit.id,
    )


def _by_body(
    ids: Sequence[UUID], drafts: Sequence[Draft]
) -> dict[type[bodies.Body], list[tuple[UUID, Mapping[str, Any]]]]:
    rows: dict[type[bodies.Body], list[tuple[UUID, Mapping[str, Any]]]] = defaultdict(list)
    for entry_id, draft in zip(ids, drafts, strict=True):
        if draft.kind != bodies.WITHDRAWN:
            rows[bodies.body_of(draft.kind)].append((entry_id, draft.body))
    return rows


def _copy_bodies(
    cursor: Any, body: type[bodies.Body], rows: Sequence[tuple[UUID, Mapping[str, Any]]]
) -> None:
    columns = ", ".join(f"{column.name} {column.type}" for column in bodies.columns(body))
    found = ((entry_id, *bodies.values(body, said)) for entry_id, said in rows)
    copy_in(cursor, body._meta.db_table, f"entry_id uuid, {columns}", found)


def _log(
    permit: Permit | FeedPermit, drafts: Sequence[Draft], targets: Mapping[UUID, Target], at: Any
) -> None:
    """One audit row for each identity written on, saying how many entries, in the writing transaction."""
    by_worker = isinstance(permit, Permit)
    audit.log_many(
        [
            Logged(
                at=at,
                action="add entries",
                actor_kind="worker" if by_worker else "feed",
                actor_id=permit.worker_id if isinstance(permit, Permit) else None,
                post_id=permit.post_id if isinstance(permit, Permit) else None,
                organisation_id=permit.organisation_id,
                role=permit.role if isinstance(permit, Permit) else "",
                purpose=permit.purpose if isinstance(permit, Permit) else "import",
                person_id=targets[identity_id].person_id,
                permit_id=permit.id,
                rows=count,
            )
            for identity_id, count in Counter(draft.identity_id for draft in drafts).items()
        ]
    )
