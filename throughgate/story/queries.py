"""What somebody says of themself, as far as a permit reads it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import queries as access
from throughgate.foundation import leave
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import CohortPermit, Permit
from throughgate.linkage import queries as linkage
from throughgate.record import lines as record_lines
from throughgate.record import queries as record
from throughgate.record.queries import Spine
from throughgate.story import rules
from throughgate.story.models import Attachment, Consent, Help, OwnWords, SafeContact, Trigger


class WordsLine(NamedTuple):
    text: str
    with_helper: bool
    supported_by: str


class AttachedLine(NamedTuple):
    topic: str
    title: str
    type: str
    size: int
    sha256: str
    holds: bool
    with_helper: bool


class HelpLine(NamedTuple):
    what: str
    holds: bool
    name: str
    reach: str
    text: str
    with_helper: bool


class TriggerLine(NamedTuple):
    what: str
    holds: bool
    name: str
    signs: str
    text: str
    with_helper: bool


class ContactLine(NamedTuple):
    is_safe: bool
    reach: str
    text: str
    with_helper: bool


class ConsentLine(NamedTuple):
    allowed: bool
    entries: list[str]  # ids of the words it is about


Line = WordsLine | AttachedLine | HelpLine | TriggerLine | ContactLine | ConsentLine
SHAPES: dict[str, type[Line]] = {
    **dict.fromkeys(OwnWords.kinds, WordsLine),
    **dict.fromkeys(Attachment.kinds, AttachedLine),
    **dict.fromkeys(Help.kinds, HelpLine),
    **dict.fromkeys(Trigger.kinds, TriggerLine),
    **dict.fromkeys(SafeContact.kinds, ContactLine),
    **dict.fromkeys(Consent.kinds, ConsentLine),
}
CHANGED = rules.CHANGED
WAYS = tuple(SafeContact.kinds)
ATTACHED = "own_attached"


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


class Said(NamedTuple):
    """The last word on one thing."""

    entry: Spine
    line: Any  # of Line


Told = Mapping[tuple[str, str], Said]  # by kind and item


def said(permit: Permit, *kinds: str) -> dict[tuple[str, str], Said]:
    """The last word on each thing of these kinds, by kind and item; what holds no more is left out."""
    identity_ids = linkage.identity_ids(permit)
    entries = record.current(permit, identity_ids=identity_ids, kinds=frozenset(kinds))
    return last_said(permit, entries, lines(permit, record_lines.by_kind(entries)))


def last_said(
    permit: Permit, entries: Sequence[Spine], said: Mapping[UUID, Any]
) -> dict[tuple[str, str], Said]:
    """The same of entries that stand, newest first, and what they say; others' are left to them."""
    told = (entry for entry in entries if entry.kind in SHAPES and entry.id in said)
    last = {(entry.kind, entry.item): Said(entry, said[entry.id]) for entry in reversed(list(told))}
    return {thing: each for thing, each in last.items() if getattr(each.line, "holds", True)}


def reads_stories(permit: Permit) -> bool:
    """Whether whoever looks is shown what people say of themselves."""
    return "story" in permit.read


def readers(permit: Permit) -> list[UUID]:
    """Organisations concerned with the permit's person in which some role reads stories today."""
    seen = [each.organisation_id for each in access.who_sees(permit) if "story" in each.decision.read]
    return list(dict.fromkeys(seen))


class File(NamedTuple):
    """What was attached, whole."""

    type: str
    content: bytes


CONTENT = "SELECT type, content FROM story_attachment WHERE entry_id = %s AND content IS NOT NULL"


def attached(permit: Permit, entry_id: UUID) -> File:
    """A recording or picture of the permit's person.

    Raises: NotFound for what this permit does not read, what was taken away, and what was removed by order.
    """
    found = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset({ATTACHED}))
    if entry_id in {entry.id for entry in found}:
        with connection.cursor() as cursor:
            cursor.execute(CONTENT, [entry_id])
            if row := cursor.fetchone():
                return File(row[0], bytes(row[1]))
    raise NotFound


# What changed, for those who plan services ----------------------------------------------------------------


class Changed(NamedTuple):
    """What changed for somebody, whose name stands nowhere."""

    told_at: datetime  # when they agreed that it may be shown
    words: Mapping[str, str]  # of CHANGED


# The last consent of each person, with what they say now of what changed: newer words await a consent anew.
PUBLISHED = """
SELECT person.id, entry.happened_at, said.entries::json, (
    SELECT json_object_agg(last.id, json_build_array(last.kind, last.text)) FROM (
        SELECT DISTINCT ON (word.kind) word.id, word.kind, own.text
        FROM people_identity one JOIN record_entry word ON word.identity_id = one.id
        JOIN story_ownwords own ON own.entry_id = word.id
        WHERE one.person_id = person.id AND word.kind = ANY(%(changed)s) AND word.redacted_at IS NULL
          AND NOT word.restricted
          AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = word.id)
        ORDER BY word.kind, word.happened_at DESC, word.id DESC) last)
FROM people_person person
JOIN LATERAL (
    SELECT asked.id, asked.happened_at FROM people_identity one
    JOIN record_entry asked ON asked.identity_id = one.id AND asked.kind = 'story_consent'
    WHERE one.person_id = person.id AND asked.redacted_at IS NULL
    ORDER BY asked.happened_at DESC, asked.id DESC LIMIT 1) entry ON true
JOIN story_consent said ON said.entry_id = entry.id AND said.allowed
WHERE person.death <> 'confirmed' AND person.id IN (
    SELECT one.person_id FROM people_identity one
    JOIN record_entry asked ON asked.identity_id = one.id AND asked.kind = 'story_consent')
ORDER BY entry.happened_at DESC, person.id LIMIT 200
"""


def published(permit: CohortPermit) -> Sequence[Changed]:
    """What people let those who plan services read, newest first.

    It stands under their consent to these very words, and under no role's leave to read a story.
    """
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(PUBLISHED, {"changed": list(CHANGED)})
        rows = cursor.fetchall()
    return list(_published(rows))


def _published(rows: Collection[tuple[Any, ...]]) -> Iterator[Changed]:
    for _person, told_at, consented, standing in rows:
        words: Mapping[str, tuple[str, str]] = standing or {}
        if rules.is_still_allowed(consented, words):
            yield Changed(told_at, dict(sorted(words.values(), key=lambda each: CHANGED.index(each[0]))))
