"""Forms begun and not sent: kept on the server while somebody types, for them alone.

A worker finds theirs again in the hat they wore; the person, who has no post, in their own book.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from throughgate.audit import actions as audit
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit, TimerPermit

KEPT_DAYS = 14
# One that was sent after all is none: the script of a page may still keep what its button has just saved.
# Its key is one value to look up: as a join, or as `->>` under row-level security, every form that anybody of
# the organisation sent would be gone through.
FIND = """
WITH draft AS MATERIALIZED (
    SELECT typed, saved_at, typed ->> 'form_key' AS key FROM record_formdraft
    WHERE person_id = %s AND what = %s AND post_id IS NOT DISTINCT FROM %s)
SELECT typed::json, saved_at FROM draft
WHERE NOT EXISTS (
    SELECT FROM record_entry entry
    WHERE entry.organisation_id = %s AND entry.source IN ('hand', 'person')
      AND entry.source_reference = (SELECT key FROM draft) AND entry.source_reference <> '')
"""
# A draft with its key alone holds nothing that anybody typed.
LAST = """
SELECT draft.what FROM record_formdraft draft
WHERE draft.person_id = %s AND starts_with(draft.what, %s) AND draft.post_id IS NOT DISTINCT FROM %s
  AND draft.typed - 'form_key' <> '{}'
ORDER BY draft.saved_at DESC LIMIT 1
"""
KEEP = """
INSERT INTO record_formdraft (id, person_id, what, post_id, typed, saved_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (person_id, what, post_id) DO UPDATE SET typed = excluded.typed, saved_at = excluded.saved_at
"""
THROW_AWAY = """
DELETE FROM record_formdraft WHERE person_id = %s AND what = %s AND post_id IS NOT DISTINCT FROM %s
"""
SWEEP = "DELETE FROM record_formdraft WHERE saved_at < %s"


class FormDraft(NamedTuple):
    typed: Mapping[str, str]  # control -> what stands in it; `form_key` is the key of the form
    saved_at: datetime


def find(permit: Permit, what: str) -> FormDraft | None:
    """What they had begun of that form about the permit's person."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [*_whose(permit, what), permit.organisation_id])
        row = cursor.fetchone()
    return FormDraft(*row) if row else None


def last(permit: Permit, beginning: str) -> str:
    """What they typed last of the forms whose names begin so; "" nothing."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, _whose(permit, beginning))
        row = cursor.fetchone()
    return row[0] if row else ""


def keep(permit: Permit, what: str, typed: Mapping[str, str]) -> None:
    """Keep what stands in the form now, in place of what stood there before."""
    row: list[Any] = [new_id(), *_whose(permit, what), Jsonb(dict(typed)), permit.at]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(KEEP, row)
        _log(permit, "keep draft", what)


def throw_away(permit: Permit, what: str) -> None:
    """Forget it; nothing happens where there is none."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(THROW_AWAY, _whose(permit, what))
        if cursor.rowcount:
            _log(permit, "throw away draft", what)


def sweep(permit: TimerPermit) -> int:
    """Forget what nobody has touched for two weeks; returns how many that was."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, [permit.at - timedelta(days=KEPT_DAYS)])
        return int(cursor.rowcount)


def _log(permit: Permit, action: str, what: str) -> None:
    logged = audit.by_worker(permit, action, rows=1, detail={"form": what})
    audit.log(replace(logged, actor_kind="person") if permit.own else logged)


def _whose(permit: Permit, what: str) -> list[Any]:
    return [permit.person_id, what, permit.post_id]
