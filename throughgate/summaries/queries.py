"""Texts as far as a worker may read them, what one may say now, and what has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from throughgate.access import actions as access
from throughgate.contacts import queries as contacts
from throughgate.directory import places
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.packs import choosing as packs
from throughgate.packs import words as sheets
from throughgate.packs.content import Language, Section, Sheet
from throughgate.packs.rules import Fact, Json, Snapshot, from_json, shared, without
from throughgate.packs.words import Difference
from throughgate.record import lines as record_lines
from throughgate.record import queries as record
from throughgate.record.queries import Spine
from throughgate.referral import queries as referral
from throughgate.staff import queries as staff
from throughgate.summaries import choosing, rules, words
from throughgate.summaries.models import Given, Made, Revoked
from throughgate.summaries.rules import Text, TextState
from throughgate.summaries.words import Written

# What entries say ----------------------------------------------------------------------------------------


class MadeEntry(NamedTuple):
    text: str
    version: int
    way: str
    left_out: list[str]  # keys of facts


class GivenEntry(NamedTuple):
    made: UUID
    way: str
    text: str


class RevokedEntry(NamedTuple):
    made: UUID
    text: str  # why


class _Whole(NamedTuple):
    """A text with all that it says."""

    snapshot: Json


Line = MadeEntry | GivenEntry | RevokedEntry
SHAPES: dict[str, type[Line]] = {
    **dict.fromkeys(Made.kinds, MadeEntry),
    **dict.fromkeys(Given.kinds, GivenEntry),
    **dict.fromkeys(Revoked.kinds, RevokedEntry),
}


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def makes_texts(permit: Permit) -> bool:
    """Whether this worker may make a text for others and give it."""
    return Made.kinds["text_made"] in permit.write


# Somebody's texts ----------------------------------------------------------------------------------------


class Receipt(NamedTuple):
    """That a text went somewhere: given, or entered into a system that this one cannot reach."""

    at: datetime
    by: UUID | None
    way: str  # of summary_givings; "" where it was entered
    system: str  # of other_systems; "" where it was given
    text: str


class TakenBack(NamedTuple):
    at: datetime
    by: UUID | None
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TextLine:
    """One version of one text, and what became of it."""

    entry: Spine
    text: Text
    version: int
    way: str  # how they agreed: of sharing_ways
    left_out: tuple[str, ...]  # keys of facts
    receipts: tuple[Receipt, ...]  # newest first
    revoked: TakenBack | None
    is_newest: bool
    newer_holds: bool  # a later version of it does

    @property
    def id(self) -> UUID:
        return self.entry.id

    @property
    def state(self) -> TextState:
        return rules.state_of(
            is_newest=self.is_newest,
            newer_holds=self.newer_holds,
            is_given=bool(self.receipts),
            is_revoked=self.revoked is not None,
        )


class Offer(NamedTuple):
    """What a text may say now, before any of it is agreed."""

    text: Text
    facts: tuple[Fact, ...]
    sections: list[Section]
    left_out: frozenset[str]  # keys of what they did not agree to the last time
    hearing_on: date | None  # of a text for a court: the next day in one
    language: Language  # of the notices and the sections
    notices: tuple[str, ...]  # what holds for all of it


def texts(permit: Permit) -> list[TextLine] | None:
    """Every text made for others, newest first; None where they are not shared with the worker."""
    return _texts(permit) if Made.kinds["text_made"] in permit.read else None


def text(permit: Permit, made_id: UUID) -> TextLine:
    """One of them. Raises: NotFound where this record holds none of that id that the worker may read."""
    for each in texts(permit) or []:
        if each.id == made_id:
            return each
    raise NotFound


def offer(permit: Permit, code: str, *, language: Language = Language.ENGLISH) -> Offer:
    """What that text may say of what is known now, in that language.

    Raises: NotFound where there is no such text.
    """
    of = rules.text(code)
    snapshot = choosing.fit(choosing.known(permit), of)
    before = next((each for each in texts(permit) or [] if each.text.code == code), None)
    return Offer(
        text=of,
        facts=snapshot.facts,
        sections=words.offered(of, snapshot, on=clock.day_of(permit.at), language=language),
        left_out=frozenset(before.left_out if before else ()),
        hearing_on=referral.next_in_court(permit) if of.is_justice else None,
        language=language,
        notices=words.before_it(of, language),
    )


def sheet(permit: Permit, made_id: UUID, *, language: Language = Language.ENGLISH) -> Sheet:
    """A text as it was agreed, as far as this worker may read it. Raises: NotFound as `text`."""
    line = text(permit, made_id)
    written = Written(
        text=line.text,
        snapshot=packs.kept_safe(permit, _snapshot(permit, line)),
        made_by=str(line.entry.organisation_id),
        answers=_answers(line.entry),
        version=line.version,
        as_at=line.entry.happened_at,
        state=line.state,
        has_left_out=bool(line.left_out),
        language=language,
    )
    return words.sheet(written)


def _answers(made: Spine) -> tuple[str, str]:
    """Who is asked about a text: whoever made it, where their organisation is reached."""
    names = staff.names({made.recorded_by} if made.recorded_by else set())
    return next(iter(names.values()), ""), places.number(made.organisation_id)


def differences(permit: Permit, lines: Sequence[TextLine]) -> dict[UUID, list[Difference]]:
    """What is not as these texts say it, as far as this worker may see both; those alone that have changed.

    What they did not agree to is not missed.
    """
    if not lines:
        return {}
    whole = choosing.known(permit)
    found = {line.id: _differences(_snapshot(permit, line), line, whole) for line in lines}
    return {made_id: changed for made_id, changed in found.items() if changed}


def _differences(then: Snapshot, line: TextLine, whole: Snapshot) -> list[Difference]:
    return sheets.differences(then, without(choosing.fit(whole, line.text), line.left_out))


def _texts(permit: Permit) -> list[TextLine]:
    identity_ids = linkage.identity_ids(permit)
    entries = [
        entry
        for entry in record.current(permit, identity_ids=identity_ids, kinds=frozenset(SHAPES))
        if not entry.is_redacted
    ]
    ids: dict[str, list[UUID]] = {}
    for entry in entries:
        ids.setdefault(entry.kind, []).append(entry.id)
    said = lines(permit, ids)
    made = [(entry, line) for entry in entries if isinstance(line := said.get(entry.id), MadeEntry)]
    receipts = _receipts(permit, identity_ids, entries, said)
    revoked = {entry.id: _revoked(entries, said, entry.id) for entry, _ in made}
    newest: dict[str, UUID] = {}
    for entry, line in made:
        newest.setdefault(line.text, entry.id)
    return [
        TextLine(
            entry=entry,
            text=rules.text(line.text),
            version=line.version,
            way=line.way,
            left_out=tuple(line.left_out),
            receipts=tuple(receipt for about, receipt in receipts if about == entry.id),
            revoked=revoked[entry.id],
            is_newest=newest[line.text] == entry.id,
            newer_holds=newest[line.text] != entry.id and revoked[newest[line.text]] is None,
        )
        for entry, line in made
    ]


def _receipts(
    permit: Permit, identity_ids: Sequence[UUID], entries: Sequence[Spine], said: Mapping[UUID, Line]
) -> list[tuple[UUID, Receipt]]:
    """Of which text, and where it went, newest first."""
    made_ids = [entry.id for entry in entries if entry.kind in Made.kinds]
    entered = contacts.entered_elsewhere(permit, identity_ids, made_ids) if made_ids else []
    ids: dict[str, list[UUID]] = {}
    for entry in entered:
        ids.setdefault(entry.kind, []).append(entry.id)
    systems: Mapping[UUID, Any] = contacts.lines(permit, ids)
    found = [
        (line.made, Receipt(entry.happened_at, entry.recorded_by, line.way, "", line.text))
        for entry in entries
        if isinstance(line := said.get(entry.id), GivenEntry)
    ] + [
        (UUID(entry.item), Receipt(entry.happened_at, entry.recorded_by, "", systems[entry.id].system, ""))
        for entry in entered
    ]
    return sorted(found, key=lambda each: each[1].at, reverse=True)


def _revoked(entries: Sequence[Spine], said: Mapping[UUID, Line], made_id: UUID) -> TakenBack | None:
    return next(
        (
            TakenBack(entry.happened_at, entry.recorded_by, line.text)
            for entry in entries
            if isinstance(line := said.get(entry.id), RevokedEntry) and line.made == made_id
        ),
        None,
    )


def _snapshot(permit: Permit, line: TextLine) -> Snapshot:
    """What a text says, as far as this worker may read it."""
    held = record_lines.read(permit, {"text_made": [line.id]}, shapes={"text_made": _Whole})
    return shared(from_json(held[line.id].snapshot), access.to_hand_on(permit).read)
