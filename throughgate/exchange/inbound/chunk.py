"""One chunk of rows going in: everything of it in one transaction, or nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from throughgate.exchange import formats
from throughgate.exchange.inbound import sequence
from throughgate.exchange.inbound.rows import Format, Reject, Told
from throughgate.exchange.inbound.sequence import NONE, Neighbours
from throughgate.foundation.copying import copy_in
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import FeedPermit
from throughgate.linkage import actions as linkage
from throughgate.linkage.evidence import Arrival
from throughgate.pathway import actions as pathway
from throughgate.people import actions as people
from throughgate.record.rules import Change

KNOWN = "SELECT key, id, person_id FROM people_identity WHERE organisation_id = %s AND key = ANY(%s)"
OPEN = """
SELECT DISTINCT identity.key FROM people_identity identity
JOIN linkage_held held ON identity.id IN (held.identity_id, held.other_id)
WHERE identity.organisation_id = %s AND identity.key = ANY(%s)
  AND NOT EXISTS (SELECT FROM linkage_answer answer WHERE answer.held_id = held.id)
"""
STATE = "id uuid, identity_id uuid, item text, digest bytea, said jsonb"
ADD_STATES = """
INSERT INTO exchange_sourcestate (id, identity_id, item, digest, said)
SELECT id, identity_id, item, digest, said::jsonb
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::bytea[], %s::text[])
     AS fresh (id, identity_id, item, digest, said)
ON CONFLICT (identity_id, item, digest) DO NOTHING
"""
STATES = """
SELECT state.identity_id, state.item, state.id FROM exchange_sourcestate state
JOIN unnest(%s::uuid[], %s::text[], %s::bytea[]) AS wanted (identity_id, item, digest)
    USING (identity_id, item, digest)
"""
ROWS = (
    "run_id uuid, line int4, outcome text, identity_id uuid, item text, as_at timestamptz, state_id uuid,"
    " flags jsonb"
)
REJECTS = "run_id uuid, line int4, field text, why text, what_to_do text, as_written text"
WORST_FIRST = ("held", "new", "changed", "unchanged")
Words = Mapping[UUID, Mapping[str, Any]]  # statements by their ids


@dataclass(slots=True)
class Statement:
    """One thing one row says, and what it turned out to be."""

    row: Told
    item: str
    digest: bytes
    as_at: datetime
    around: Neighbours = NONE
    state_id: UUID | None = None

    @property
    def text(self) -> str:
        return self.row.opened.texts[self.item]

    @property
    def said(self) -> Mapping[str, Any]:
        return self.row.opened.said[self.item]

    @property
    def is_new(self) -> bool:
        return self.around.before is None and self.around.after is None

    @property
    def is_unchanged(self) -> bool:
        before = self.around.before
        return self.around.is_repeated or (before is not None and before.digest == self.digest)

    @property
    def unchanged_state_id(self) -> UUID | None:
        """The earlier statement that it repeats; None where that was said as at this very moment."""
        before = self.around.before
        return before.state_id if before and not self.around.is_repeated else None

    @property
    def is_news(self) -> bool:
        """Whether entries can follow: it says something new, or until when what has changed since held."""
        after = self.around.after
        has_changed_since = after is not None and after.digest != self.digest and not self.around.is_repeated
        return not self.is_unchanged or has_changed_since


@dataclass(slots=True)
class Account:
    """What became of a chunk."""

    # read = new + changed + unchanged + held + rejected; and flags, entries
    counts: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)


def take(permit: FeedPermit, feed: Format, rows: Sequence[Told | Reject]) -> Account:
    """Take these rows in. No (person, item) may stand twice among them with different statements."""
    account = Account(rejects=[row for row in rows if isinstance(row, Reject)])
    good = [row for row in rows if isinstance(row, Told)]
    known = _known(permit, good)
    statements = _statements(good, as_at=permit.as_at)
    who = {key: identity_id for key, (identity_id, _) in known.items()}
    met = [(one, (who[one.row.key], one.item)) for one in statements if one.row.key in who]
    around = sequence.neighbours({thing: (one.as_at, one.digest) for one, thing in met})
    for statement, thing in met:
        statement.around = around[thing]
    heard = set(feed.hear(permit, who.values()))
    touched, has_joined = (
        {person_id for identity_id, person_id in known.values() if identity_id in heard},
        False,
    )
    fresh = [one for one in statements if one.is_news]
    if fresh:
        fresh_people, has_joined = _take_fresh(permit, feed, fresh, known, who, account)
        touched |= fresh_people
    if touched:
        person_ids = sorted(touched)
        people.hold(permit, person_ids)  # whoever else brings one of them in step waits, and builds on this
        for refresh in formats.refreshes() if has_joined else (feed.refresh,):
            refresh(permit, person_ids)
        pathway.refresh(permit, person_ids)
    _write_account(permit, good, statements, who, account)
    return account


def _known(permit: FeedPermit, rows: Sequence[Told]) -> dict[str, tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [permit.organisation_id, list({row.key for row in rows})])
        return {key: (identity_id, person_id) for key, identity_id, person_id in cursor.fetchall()}


def _waiting(permit: FeedPermit, rows: Sequence[Told]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [permit.organisation_id, list({row.key for row in rows})])
        return {key for (key,) in cursor.fetchall()}


def _statements(rows: Sequence[Told], *, as_at: datetime) -> list[Statement]:
    """What the rows say, each thing once: a format may repeat the person on every row."""
    found: dict[tuple[str, str], Statement] = {}
    for row in rows:
        for item, digest in row.digests.items():
            if (row.key, item) not in found:
                found[row.key, item] = Statement(row, item, digest, row.as_at or as_at)
    return list(found.values())


def _take_fresh(
    permit: FeedPermit,
    feed: Format,
    fresh: Sequence[Statement],
    known: dict[str, tuple[UUID, UUID]],
    who: dict[str, UUID],
    account: Account,
) -> tuple[set[UUID], bool]:
    """Settle who these are (added to `who`), keep what was said, and write what follows.

    Returns the people touched, and whether some of them turned out to be one: then what other formats told
    of them has moved as well.
    """
    spoken = chain.from_iterable((one.around.before, one.around.after) for one in fresh)
    told = sequence.said([each.state_id for each in spoken if each])
    arrivals = list(_arrivals(feed, fresh, known, told))
    settled = linkage.settle(permit, arrivals)
    who.update(settled.identities)
    _keep_states(fresh, known, who)
    changes = list(_changes(fresh, who, told))
    called = [
        (change.identity_id, change.as_at, feed.details(change.after["details"]))
        for change in changes
        if change.after.get("details") and (change.before or {}).get("details") != change.after["details"]
    ]
    people.note_details(permit, called)
    account.counts["entries"] += feed.take_in(permit, changes)
    touched = {person_id for _, person_id in _known(permit, [one.row for one in fresh]).values()}
    touched |= {known[one.row.key][1] for one in fresh if one.row.key in known} | settled.moved_from
    if arrivals or called:
        people.refresh_names(permit, touched)
    return touched, bool(settled.moved_from)


def _arrivals(
    feed: Format, fresh: Sequence[Statement], known: dict[str, tuple[UUID, UUID]], told: Words
) -> Iterator[Arrival]:
    """One arrival for each person of the chunk whose details or numbers may have changed."""
    news = {one.row.key: one for one in fresh if "details" in one.said}
    for key, row in {one.row.key: one.row for one in fresh}.items():
        said = next((each for each in row.opened.said.values() if "details" in each), None)
        if said is None or (key in known and _is_known_so(said, news.get(key), told)):
            continue
        identity_id, person_id = known.get(key, (None, None))
        yield Arrival(
            key=key,
            identity_id=identity_id,
            person_id=person_id,
            identifiers=row.opened.identifiers,
            details=feed.details(said["details"]),
        )


def _is_known_so(said: Mapping[str, Any], news: Statement | None, told: Words) -> bool:
    """Whether their source said the very same of who this is before.

    A format whose statement names no identifiers, such as an event's, need not have told them all.
    """
    if "identifiers" not in said:
        return False
    if news is None:
        return True
    before = told[news.around.before.state_id] if news.around.before else {}
    return all(before.get(part) == said[part] for part in ("details", "identifiers"))


def _keep_states(
    fresh: Sequence[Statement], known: Mapping[str, tuple[UUID, UUID]], who: Mapping[str, UUID]
) -> None:
    """Keep what was said: of somebody new each statement is new, of others it may have been said before."""
    with connection.cursor() as cursor:
        first = [one for one in fresh if one.row.key not in known]
        for one in first:
            one.state_id = new_id()
        rows = (
            (one.state_id, who[one.row.key], one.item, one.digest, Jsonb(one.text, dumps=str))
            for one in first
        )
        copy_in(cursor, "exchange_sourcestate", STATE, rows)
        others = [one for one in fresh if one.row.key in known]
        identities, items = [who[one.row.key] for one in others], [one.item for one in others]
        digests = [one.digest for one in others]
        cursor.execute(
            ADD_STATES, [[new_id() for _ in others], identities, items, digests, [one.text for one in others]]
        )
        cursor.execute(STATES, [identities, items, digests])
        ids = {row[:2]: row[2] for row in cursor.fetchall()}
    for one in others:
        one.state_id = ids[who[one.row.key], one.item]


def _changes(fresh: Sequence[Statement], who: Mapping[str, UUID], told: Words) -> Iterator[Change]:
    """The pair each statement ends, and the pair it begins where something later was known already."""
    for one in fresh:
        before, after = one.around.before, one.around.after
        yield Change(
            identity_id=who[one.row.key],
            item=one.item,
            as_at=one.as_at,
            before=told[before.state_id] if before else None,
            before_as_at=before.as_at if before else None,
            after=one.said,
        )
        if after:
            yield Change(
                identity_id=who[one.row.key],
                item=one.item,
                as_at=after.as_at,
                before=one.said,
                before_as_at=one.as_at,
                after=told[after.state_id],
                is_restating=True,
            )


def _write_account(
    permit: FeedPermit,
    rows: Sequence[Told],
    statements: Sequence[Statement],
    who: Mapping[str, UUID],
    account: Account,
) -> None:
    waiting = _waiting(permit, rows)
    by_thing = {(one.row.key, one.item): one for one in statements}
    outcomes = [_outcome(row, by_thing, waiting) for row in rows]
    with connection.cursor() as cursor:
        found = (
            (
                permit.run_id,
                row.line,
                outcome,
                who.get(row.key),
                item,
                row.as_at or permit.as_at,
                state_id,
                flags,
            )
            for row, outcome in zip(rows, outcomes, strict=True)
            for item, state_id, flags in _items(row, by_thing)
        )
        rejected = (
            (permit.run_id, each.line, "rejected", None, "", permit.as_at, None, None)
            for each in account.rejects
        )
        copy_in(cursor, "exchange_importrow", ROWS, chain(found, rejected))
        rejects = (
            (permit.run_id, each.line, each.field, each.why, each.what_to_do, each.as_written)
            for each in account.rejects
        )
        copy_in(cursor, "exchange_rejected", REJECTS, rejects)
    account.counts.update(outcomes)
    account.counts["flags"] += sum(len(row.flags) for row in rows)
    account.counts["rejected"] += len(account.rejects)
    account.counts["read"] += len(rows) + len(account.rejects)


def _items(
    row: Told, by_thing: Mapping[tuple[str, str], Statement]
) -> Iterator[tuple[str, UUID | None, Jsonb | None]]:
    """(item, state it is kept in, flags) for each thing the row says; flags stand with the first alone."""
    flags = Jsonb([[flag.field, flag.key] for flag in row.flags]) if row.flags else None
    if not row.digests:
        yield "", None, flags
    for item in row.digests:
        one = by_thing[row.key, item]
        yield item, one.state_id or one.unchanged_state_id, flags
        flags = None


def _outcome(row: Told, by_thing: dict[tuple[str, str], Statement], waiting: set[str]) -> str:
    """The worst that happened to anything the row says; one said again, or empty, changes nothing."""
    if row.key in waiting:
        return "held"
    outcomes = {_one(by_thing[row.key, item], row) for item in row.digests}
    return next((outcome for outcome in WORST_FIRST if outcome in outcomes), "unchanged")


def _one(statement: Statement, row: Told) -> str:
    if statement.is_unchanged or statement.row is not row:
        return "unchanged"
    return "new" if statement.is_new else "changed"
