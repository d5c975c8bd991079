"""The one door to a record: entries are added here, superseded here, and blanked here."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import repeat
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from throughgate.audit import actions as audit
from throughgate.audit.actions import Logged
from throughgate.foundation import clock
from throughgate.foundation.copying import put_in
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import FeedPermit, Permit, Writer
from throughgate.record import bodies, rules, seen
from throughgate.record.rules import Draft, Form, Old, Stood, Target

SPINE = (
    "id uuid, identity_id uuid, episode_id uuid, kind text, category text, item text,"
    " happened_at timestamptz, dated_by text, as_at timestamptz, recorded_at timestamptz, recorded_by uuid,"
    " organisation_id uuid, source text, source_reference text, supersedes_id uuid, reason text,"
    " restricted bool, only_for uuid[], withheld bool, permit_id uuid"
)
TARGETS = """
SELECT identity.id, identity.person_id, identity.organisation_id, person.death
FROM people_identity identity JOIN people_person person ON person.id = identity.person_id
WHERE identity.id = ANY(%s)
"""
# What the permit does not read is as good as absent.
OLD = (
    """
SELECT entry.identity_id, entry.organisation_id, entry.kind, entry.category, entry.restricted,
       coalesce(entry.only_for, '{}'), entry.withheld,
       coalesce(said.id, newer.id), coalesce(newer.kind = 'withdrawn', false) AND said.id IS NULL,
       entry.supersedes_id, entry.item, entry.happened_at, entry.dated_by, entry.as_at, entry.recorded_at,
       entry.recorded_by
FROM record_entry entry JOIN people_identity identity ON identity.id = entry.identity_id
LEFT JOIN record_entry newer ON newer.supersedes_id = entry.id
LEFT JOIN record_entry said ON said.supersedes_id = newer.id AND newer.kind = 'withdrawn'
WHERE entry.id = %(entry)s AND identity.person_id = %(person)s AND entry.kind <> 'withdrawn'
  AND """
    + seen.ENTRY
    + """
"""
)
STOOD = """
SELECT entry.id, entry.identity_id, entry.kind, entry.category, entry.item, entry.happened_at, entry.dated_by,
       entry.as_at, entry.restricted, coalesce(entry.only_for, '{}'), entry.withheld,
       entry.redacted_at IS NOT NULL OR newer.id IS NOT NULL
FROM record_entry entry LEFT JOIN record_entry newer ON newer.supersedes_id = entry.id
WHERE entry.identity_id = ANY(%s) AND entry.organisation_id = %s AND entry.source = %s
  AND entry.kind <> 'withdrawn' AND (newer.id IS NULL OR newer.source <> entry.source)
ORDER BY entry.id
"""
A_FORM_TWICE = "a_form_sent_twice_makes_one_entry"  # what the database calls it
LATE = "An earlier extract arrived later"
TAKEN_BACK = "Taken back by whoever wrote it"
FOR_FEWER = "What it says now is not for all who read it"
# The last condition is the index's: of more than a hundred references the database would not infer it.
ALREADY = """
SELECT source_reference, id FROM record_entry
WHERE organisation_id = %s AND source IN ('hand', 'person')
  AND source_reference = ANY(%s) AND source_reference <> ''
"""
UNSEEN = """
SELECT identity.person_id, entry.id
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS thing (person_id, kind, item)
JOIN people_identity identity ON identity.person_id = thing.person_id
JOIN record_entry entry ON entry.identity_id = identity.id
     AND entry.kind = thing.kind AND entry.item = thing.item AND entry.id > %s
WHERE NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
ORDER BY entry.id
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
        _alone([_thing(permit, draft)])
        if not (form.corrects or _sent_before(permit, rules.sent(draft, form))):
            rules.check_unseen(_unseen([(permit, draft)], opened=form.opened).get(permit.person_id))
        return keep(permit, draft, form)


def keep_together(permit: Permit, parts: Sequence[tuple[Draft, Form]]) -> UUID:
    """As `keep_last_word`, of several entries that one form makes: all of them are written, or none.

    Each comes as its own part of the form, perhaps with an entry whose place it takes; that one was found
    when the form came, so that whoever had not seen the last word is told of it there too. Gives back the
    first one's id.
    """
    (first, form), *_ = parts
    with transaction.atomic():
        _alone([_thing(permit, draft) for draft, _ in parts])
        if done := _sent_before(permit, rules.sent(first, form)):
            return done
        rules.check_unseen(
            _unseen([(permit, draft) for draft, _ in parts], opened=form.opened).get(permit.person_id)
        )
        first_id, *_ = [keep(permit, draft, part) for draft, part in parts]
        return first_id


def keep_last_words(permits: Sequence[Permit], drafts: Sequence[Draft], form: Form) -> dict[UUID, Refused]:
    """As `keep_last_word`, of several people whom one worker writes about in one form, one draft for each.

    In as many queries as for one. Gives back, by person, why nothing was written of them; nobody else's
    waits for that.
    """
    sent = [
        rules.sent(draft, replace(form, key=f"{form.key} {permit.person_id}"))
        for permit, draft in zip(permits, drafts, strict=True)
    ]
    with transaction.atomic():
        _alone([_thing(permit, draft) for permit, draft in zip(permits, sent, strict=True)])
        already = _already(permits[0], sent)
        left = [each for each in zip(permits, sent, strict=True) if each[1].source_reference not in already]
        refused = dict(_refusals(left, opened=form.opened))
        fit = [each for each in left if each[0].person_id not in refused]
        if fit:
            _write(*zip(*fit, strict=True), organisation_id=permits[0].organisation_id)
    return refused


def add(permit: Permit, draft: Draft) -> UUID:
    """Write one entry; the same form sent twice (same `source_reference`) gives back the first one's id.

    No savepoint is set: what else is written in the same transaction stands or falls with it.
    Raises: Refused when the permit does not cover it or the record is locked.
    """
    rules.check_new(draft, category=bodies.category_of(draft.kind), write=permit.write)
    with transaction.atomic(savepoint=False):
        return (
            _sent_before(permit, draft)
            or _write([permit], [draft], organisation_id=permit.organisation_id)[0]
        )


def supersede(permit: Permit, entry_id: UUID, draft: Draft, *, reason: str) -> UUID:
    """Write a corrected entry in place of one this organisation wrote, on the same identity; both stay.

    Where it is for fewer readers, the database hides it from the others: what tells those that the old words
    stand no more is an entry of its own, between the two.
    The same form sent twice gives back the first correction's id. Raises: NotFound when this record holds no
    such entry that the worker may read; Refused when another organisation wrote it, or it has been corrected.
    """
    with transaction.atomic():
        if done := _sent_before(permit, draft):
            return done
        _alone([str(entry_id)])
        old = _old(permit, entry_id)
        rules.check_superseding(
            old,
            organisation_id=permit.organisation_id,
            is_data_quality=permit.role == "data_quality",
            write=permit.write,
            reason=reason,
        )
        category = bodies.category_of(draft.kind)
        rules.check_new(draft, category=category, write=permit.write)
        fresh = rules.in_place_of(
            old, draft, supersedes=entry_id, reason=reason, by=permit.worker_id, is_own=permit.own
        )
        if rules.leaves_out(old, fresh, category=category):
            gone = rules.withdrawing(old, supersedes=entry_id, reason=FOR_FEWER)
            (gone_id,) = _write([permit], [gone], organisation_id=old.organisation_id)
            fresh = replace(fresh, supersedes=gone_id)
        return _write([permit], [fresh], organisation_id=old.organisation_id)[0]


def undo(permit: Permit, entry_id: UUID) -> None:
    """Take back what this worker wrote some minutes ago: it stands no more, and stays readable.

    To ask again changes nothing. Raises: NotFound as `supersede`; Refused for what somebody else wrote, what
    has stood for longer, and what has been corrected or is a correction.
    """
    with transaction.atomic():
        _alone([str(entry_id)])
        old = _old(permit, entry_id)
        if old.is_withdrawn:
            return
        rules.check_undoing(
            old, organisation_id=permit.organisation_id, worker_id=permit.worker_id, at=permit.at
        )
        draft = rules.withdrawing(old, supersedes=entry_id, reason=TAKEN_BACK)
        _write([permit], [draft], organisation_id=permit.organisation_id)


def add_many(permit: FeedPermit, drafts: Sequence[Draft]) -> list[UUID]:
    """Write entries and their bodies in one COPY for each table, stamped from the permit.

    Raises: Refused when an identity is not the feed's own.
    """
    permits = [permit] * len(drafts)
    return _write(permits, drafts, organisation_id=permit.organisation_id) if drafts else []


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
        detail = {"entry": str(entry_id)}
        audit.log(audit.by_worker(permit, "redact", at=at, rows=1, detail=detail))


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


def _alone(names: Iterable[str]) -> None:
    """Waits for whoever is about one of the same things at this moment; all ask in one order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name",
            [sorted(names)],
        )


def _thing(permit: Permit, draft: Draft) -> str:
    """What an entry is about, where only the last word about it counts."""
    return f"{permit.person_id} {draft.kind} {draft.item}"


def _sent_before(permit: Permit, draft: Draft) -> UUID | None:
    """The entry this form made when it was sent before."""
    return _already(permit, [draft]).get(draft.source_reference) if draft.source_reference else None


def _already(permit: Permit, drafts: Sequence[Draft]) -> dict[str, UUID]:
    """The entries that these forms made when they were sent before."""
    references = [draft.source_reference for draft in drafts]
    _alone(references)
    with connection.cursor() as cursor:
        cursor.execute(ALREADY, [permit.organisation_id, references])
        return dict(cursor.fetchall())


def _unseen(writing: Sequence[tuple[Permit, Draft]], *, opened: UUID | None) -> dict[UUID, UUID]:
    """By person, the newest entry about the same thing that was written after the form was opened.

    Nothing where nobody knows when that was.
    """
    about = [(permit.person_id, draft.kind, draft.item) for permit, draft in writing]
    with connection.cursor() as cursor:
        cursor.execute(UNSEEN, [*map(list, zip(*about, strict=True)), opened])
        return dict(cursor.fetchall())


def _refusals(
    writing: Sequence[tuple[Permit, Draft]], *, opened: UUID | None
) -> Iterator[tuple[UUID, Refused]]:
    """Why what is to be written of each of these people cannot be."""
    unseen = _unseen(writing, opened=opened) if writing else {}
    targets = _targets(draft for _, draft in writing)
    for permit, draft in writing:
        try:
            rules.check_new(draft, category=bodies.category_of(draft.kind), write=permit.write)
            _check_place(permit, draft, targets[draft.identity_id], permit.organisation_id)
            rules.check_unseen(unseen.get(permit.person_id))
        except Refused as refusal:
            yield permit.person_id, refusal


def _old(permit: Permit, entry_id: UUID) -> Old:
    with connection.cursor() as cursor:
        cursor.execute(OLD, {"entry": entry_id, "person": permit.person_id} | seen.by(permit))
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return Old(*row)


def _write(permits: Sequence[Writer], drafts: Sequence[Draft], *, organisation_id: UUID) -> list[UUID]:
    """Entries on identities of that organisation, with their audit rows in the same transaction.

    Each draft under its own permit: one for a whole run, or one for each person.
    """
    ids = [new_id() for _ in drafts]
    targets = _targets(drafts)
    for permit, draft in zip(permits, drafts, strict=True):
        _check_place(permit, draft, targets[draft.identity_id], organisation_id)
    recorded_at = clock.now()
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        with _refusing_a_form_of_another():
            put_in(cursor, "record_entry", SPINE, [*map(_spine, ids, drafts, permits, repeat(recorded_at))])
        for body, rows in _by_body(ids, drafts).items():
            _copy_bodies(cursor, body, rows)
        _log(permits, drafts, targets, recorded_at)
    return ids


@contextmanager
def _refusing_a_form_of_another() -> Iterator[None]:
    """What a form made that whoever sends it cannot see is not theirs to be told of, and stays as it is."""
    try:
        yield
    except IntegrityError as error:
        if A_FORM_TWICE not in str(error):
            raise
        raise Refused(
            "This form was sent before, about something else. Open a new one, and send that."
        ) from error


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


def _targets(drafts: Iterable[Draft]) -> Mapping[UUID, Target]:
    """What the rules need to know of the identities these hang on."""
    with connection.cursor() as cursor:
        cursor.execute(TARGETS, [list({draft.identity_id for draft in drafts})])
        return {row[0]: Target(*row[1:]) for row in cursor.fetchall()}


def _check_place(permit: Writer, draft: Draft, target: Target, organisation_id: UUID) -> None:
    rules.check_place(
        target,
        organisation_id=organisation_id,
        person_id=permit.person_id if isinstance(permit, Permit) else None,
        late_reason=draft.reason,
    )


def _spine(entry_id: UUID, draft: Draft, permit: Writer, recorded_at: datetime) -> tuple[Any, ...]:
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
        list(draft.only_for) or None,
        draft.withheld,
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
    found = [(entry_id, *bodies.values(body, said)) for entry_id, said in rows]
    put_in(cursor, body._meta.db_table, f"entry_id uuid, {columns}", found)


def _log(
    permits: Sequence[Writer], drafts: Sequence[Draft], targets: Mapping[UUID, Target], at: datetime
) -> None:
    """One audit row for each identity written on, saying how many entries, in the writing transaction."""
    under = {draft.identity_id: permit for permit, draft in zip(permits, drafts, strict=True)}
    counts = Counter(draft.identity_id for draft in drafts)
    audit.log_many(
        [
            _logged(permit, targets[identity_id].person_id, at=at, rows=counts[identity_id])
            for identity_id, permit in under.items()
        ]
    )


def _logged(permit: Writer, person_id: UUID, *, at: datetime, rows: int) -> Logged:
    by_worker = isinstance(permit, Permit)
    return Logged(
        at=at,
        action="add entries",
        actor_kind="worker" if by_worker else "feed",
        actor_id=permit.worker_id if isinstance(permit, Permit) else None,
        post_id=permit.post_id if isinstance(permit, Permit) else None,
        organisation_id=permit.organisation_id,
        role=permit.role if isinstance(permit, Permit) else "",
        purpose=permit.purpose if isinstance(permit, Permit) else "import",
        person_id=person_id,
        permit_id=permit.id,
        rows=rows,
    )
