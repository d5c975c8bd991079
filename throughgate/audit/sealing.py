"""Sealing: a Merkle root over every finished transaction's rows, chained to the seal before it.

A row is sealed once its transaction number is below the oldest transaction still running, so that no
later commit can slip a row under a seal. Writers are never held up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from throughgate.audit import rules

# The database makes the text of a row, so that the check reads what is stored, not what Django makes of it.
ROWS = """
SELECT id || '|' || (at AT TIME ZONE 'UTC')::text || '|' || action || '|' || outcome || '|' || actor_kind
    || '|' || coalesce(actor_id::text, '') || '|' || coalesce(post_id::text, '') || '|'
    || coalesce(organisation_id::text, '') || '|' || role || '|' || purpose || '|'
    || coalesce(person_id::text, '') || '|' || coalesce(permit_id::text, '') || '|' || rows
    || '|' || detail::text
FROM audit_event WHERE txid >= %s AND txid < %s ORDER BY txid, id
"""
SAFE_UP_TO = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
LAST = "SELECT to_txid, chained FROM audit_seal ORDER BY from_txid DESC LIMIT 1"
ALL = "SELECT id, from_txid, to_txid, rows, root, chained FROM audit_seal ORDER BY from_txid"
ADD = """
INSERT INTO audit_seal (sealed_at, from_txid, to_txid, rows, root, chained) VALUES (%s, %s, %s, %s, %s, %s)
"""
UNSEALED = "SELECT count(*) FROM audit_event WHERE txid >= %s"
ONE_SEALER = "SELECT pg_advisory_xact_lock(7480201)"


@dataclass(frozen=True)
class Verified:
    """What a check of the chain found: `broken_seal` is the first that does not hold, None if all do."""

    seals: int
    rows: int
    unsealed: int
    broken_seal: int | None
    why: str


def seal(*, at: datetime) -> int:
    """Seal what has been finished since the last seal; returns how many rows that was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_SEALER)
        cursor.execute(LAST)
        start, previous = cursor.fetchone() or (0, rules.NOTHING_BEFORE)
        cursor.execute(SAFE_UP_TO)
        end = cursor.fetchone()[0]
        if end <= start:
            return 0
        counted = Counted(start, end)
        root = rules.root(counted)
        if not counted.rows:
            return 0
        chained = rules.chain(bytes(previous), root, from_txid=start, to_txid=end, rows=counted.rows)
        cursor.execute(ADD, [at, start, end, counted.rows, root, chained])
        return counted.rows


def verify() -> Verified:
    """Recompute every seal from the rows as they stand now."""
    previous, expected_start, rows = rules.NOTHING_BEFORE, 0, 0
    with connection.cursor() as cursor:
        cursor.execute(ALL)
        seals = cursor.fetchall()
        for seal_id, start, end, count, stored_root, stored_chain in seals:
            counted = Counted(start, end)
            root = rules.root(counted)
            chained = rules.chain(previous, root, from_txid=start, to_txid=end, rows=counted.rows)
            why = _fault(
                {
                    "a seal is missing before it": start == expected_start,
                    "rows were added or removed": counted.rows == count,
                    "a row was changed": root == bytes(stored_root),
                    "the seal itself was changed": chained == bytes(stored_chain),
                }
            )
            if why:
                return Verified(len(seals), rows, 0, seal_id, why)
            previous, expected_start, rows = chained, end, rows + count
        cursor.execute(UNSEALED, [expected_start])
        return Verified(len(seals), rows, cursor.fetchone()[0], None, "")


def _fault(claims: Mapping[str, bool]) -> str:
    """The first of these that does not hold, named by what that means; "" when all do."""
    return next((fault for fault, holds in claims.items() if not holds), "")


class Counted:
    """The leaf hashes of the rows between two transaction numbers, counted as they are read."""

    def __init__(self, start: int, end: int) -> None:
        self._bounds = (start, end)
        self.rows = 0

    def __iter__(self) -> Iterator[bytes]:
        with transaction.atomic(), connection.connection.cursor(name="audit_rows") as cursor:
            cursor.itersize = 10_000
            cursor.execute(ROWS, self._bounds)
            for (row,) in cursor:
                self.rows += 1
                yield rules.leaf(row.encode())
