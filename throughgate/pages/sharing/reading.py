"""Everything the pages of sharing show, read once: a bounded number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughgate.access import queries as access
from throughgate.access.queries import Seen
from throughgate.custody import queries as custody
from throughgate.directory import queries as directory
from throughgate.directory.queries import Organisation
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages.names import Names
from throughgate.pages.person import appointments, reading
from throughgate.people import queries as people
from throughgate.people.queries import Banner
from throughgate.record import queries as record
from throughgate.record.queries import Spine, Window
from throughgate.referral.queries import Booked
from throughgate.sharing import queries, rules
from throughgate.sharing.queries import Said, Sharing
from throughgate.staff import queries as staff


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Whose paper it is."""

    who: Banner
    lookalikes: int


@dataclass(frozen=True, kw_only=True)
class Receipt(Paper):
    said: Said
    organisations: dict[UUID, Organisation]


@dataclass(frozen=True, kw_only=True)
class Slip(Paper):
    booked: Booked
    cell: str  # "" not told, or not shared
    organisations: dict[UUID, Organisation]


@dataclass(frozen=True, kw_only=True)
class Read(Paper):
    """Who sees what, before any of it is in words."""

    sharing: Sharing | None  # None: not shared
    seen: list[Seen]
    organisations: dict[UUID, Organisation]
    names: Names


@dataclass(frozen=True, kw_only=True)
class SeenBy(Paper):
    """What one role of one organisation reads, as far as the worker who looks reads it too."""

    seen: Seen
    entries: list[Spine]
    lines: Mapping[UUID, Any]
    names: Names


def paper(permit: Permit) -> Paper:
    return Paper(who=people.banner(permit), lookalikes=linkage.lookalikes(permit))


def receipt(permit: Permit, entry_id: UUID) -> Receipt:
    """Raises: NotFound where this record holds no such choice that the worker may read."""
    said = queries.choice(permit, entry_id)
    places = directory.mentioned(ids=rules.organisations([said.line]), codes=())
    return Receipt(**vars(paper(permit)), said=said, organisations={each.id: each for each in places})


def slip(permit: Permit, entry_id: UUID) -> Slip:
    """Raises: NotFound where this record holds no such appointment, or its time has long gone by."""
    booked = next((each for each in appointments.booked(permit) or () if each.entry_id == entry_id), None)
    if booked is None:
        raise NotFound
    held = custody.panel(permit, linkage.identity_ids(permit))
    return Slip(
        **vars(paper(permit)),
        booked=booked,
        cell=held.cell if held else "",
        organisations=directory.by_id(),
    )


def seen_by(permit: Permit, organisation_id: UUID, role: str) -> SeenBy:
    """Raises: NotFound where no such role is concerned with them, or what they chose is not shared."""
    wanted = (organisation_id, role)
    found = [each for each in _who_sees(permit) if (each.organisation_id, each.role) == wanted]
    if not found:
        raise NotFound
    window = Window(categories=found[0].decision.read)
    page = record.page(permit, identity_ids=linkage.identity_ids(permit), window=window)
    entries = [each for each in page.entries if found[0].decision.read_restricted or not each.restricted]
    lines = reading.lines(permit, entries)
    return SeenBy(
        **vars(paper(permit)),
        seen=found[0],
        entries=entries,
        lines=lines,
        names=reading.names(entries, lines, also={organisation_id}),
    )


def _who_sees(permit: Permit) -> list[Seen]:
    return access.who_sees(permit) if queries.SHARING in permit.read else []


def read(permit: Permit) -> Read:
    sharing = queries.sharing(permit)
    said = [each for group in sharing or () for each in group]
    organisations = directory.by_id()
    return Read(
        **vars(paper(permit)),
        sharing=sharing,
        seen=_who_sees(permit),
        organisations=organisations,
        names=Names(organisations.values(), staff.names(_workers(said))),
    )


def _workers(said: Iterable[Said]) -> set[UUID]:
    told = {each.entry.recorded_by for each in said if each.entry.recorded_by}
    return told | rules.workers(each.line for each in said)
