"""All that may be given to the person of their own record, read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughgate.access import queries as access
from throughgate.access.queries import Seen
from throughgate.audit import queries as audit
from throughgate.audit.queries import Look
from throughgate.directory import queries as directory
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.packs import queries as packs
from throughgate.packs.content import Edition, Language, Reader, Sheet
from throughgate.pages.names import Names
from throughgate.pages.person import reading
from throughgate.pages.story import files
from throughgate.people import queries as people
from throughgate.people.queries import Banner
from throughgate.record import queries as record
from throughgate.record.queries import Spine
from throughgate.story.queries import ATTACHED
from throughgate.whole import queries as whole


@dataclass(frozen=True, kw_only=True)
class Whole:
    """Before any of it is in words."""

    who: Banner
    plan: Sheet
    entries: Sequence[Spine]  # those with something to read, newest first
    lines: Mapping[UUID, Any]
    names: Names
    seen: Sequence[Seen]  # who can see what today
    looks: Sequence[Look]  # all that they are shown, the newest first
    around: Names  # of the organisations that know them, can see, or looked
    files: Mapping[UUID, str]  # of recordings and pictures, by their entries: where each stands in the folder


def read(permit: Permit, language: Language) -> Whole:
    found = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset(record.kinds()))
    lines = whole.lines(permit, found)
    entries = [entry for entry in found if entry.id in lines]
    who, seen, looks = people.banner(permit), access.who_sees(permit), list(_looks(permit))
    ids = {each.organisation_id for each in who.known_as} | {each.organisation_id for each in looks}
    ids |= {of for each in seen for of in (each.organisation_id, *each.through)}
    return Whole(
        who=who,
        plan=packs.sheet_now(permit, Edition(Reader.PERSON, language)),
        entries=entries,
        lines=lines,
        names=reading.names(entries, lines),
        seen=seen,
        looks=looks,
        around=Names(directory.mentioned(ids={each for each in ids if each}, codes=())),
        files=dict(_files(entries, lines)),
    )


def _looks(permit: Permit) -> Iterator[Look]:
    """Page by page, to the first there was."""
    found = audit.looks(permit)
    yield from found.shown
    while found.older:
        found = audit.looks(permit, before=found.older)
        yield from found.shown


def _files(entries: Sequence[Spine], lines: Mapping[UUID, Any]) -> Iterator[tuple[UUID, str]]:
    """Names that tell a finder nothing."""
    found = [entry for entry in entries if entry.kind == ATTACHED and lines[entry.id].holds]
    for number, entry in enumerate(found, start=1):
        yield entry.id, f"files/{number}-{files.name(lines[entry.id].type)}"
