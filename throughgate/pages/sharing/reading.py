"""Everything the pages of sharing show, read once: a bounded number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from throughgate.access import queries as access
from throughgate.access.queries import Seen
from throughgate.assessment import queries as assessment
from throughgate.assessment.rules.answers import Known
from throughgate.custody import queries as custody
from throughgate.directory import queries as directory
from throughgate.directory.queries import Organisation
from throughgate.foundation.codesets import Row, code_set
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
from throughgate.whole import queries as whole


class Held(NamedTuple):
    """What the record holds of one thing of the minimum safety set."""

    is_shared: bool  # with the worker who looks
    answers: list[Known]  # newest first of each thing that is asked
    entries: list[Spine]  # newest first

    @property
    def said_at(self) -> datetime | None:
        """When it was last said; None: it is not recorded. Of an answer that says nothing only that it was
        asked for.
        """
        said = [each.as_at for each in self.answers if each.answer.state == "answered"]
        return max([*said, *(each.happened_at for each in self.entries)], default=None)

    @property
    def asked_at(self) -> datetime | None:
        """When it was last asked, answered or not."""
        return max((each.as_at for each in self.answers), default=None)

    @property
    def has_anything(self) -> bool:
        """Whether there is anything to read of it, if only that it was asked."""
        return bool(self.said_at or self.asked_at)

    @property
    def newest(self) -> UUID | None:
        """The last entry about it."""
        said = [each.entry_id for each in self.answers]
        return max([*said, *(each.id for each in self.entries)], default=None)


class Minimum(NamedTuple):
    """The minimum safety set."""

    held: Mapping[str, Held]  # by its code
    reads: list[Said]  # in which a service says that it has read it, newest first


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
    minimum: Minimum


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
    lines = whole.lines(permit, entries)
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
        minimum=minimum(permit),
    )


def minimum(permit: Permit) -> Minimum:
    """The minimum safety set, as far as the worker who looks may read it."""
    table = code_set("sharing_minimum").rows
    kinds = frozenset(kind for row in table for kind in row["kinds"].split("|") if kind)
    identity_ids = linkage.identity_ids(permit)
    entries = record.current(permit, identity_ids=identity_ids, kinds=kinds | queries.MINIMUM_READ)
    known = assessment.known(permit)
    held = {row["code"]: _held(permit, row, entries, known) for row in table}
    return Minimum(held, queries.minimum_reads(permit, entries))


def _held(permit: Permit, row: Row, entries: Sequence[Spine], known: Mapping[str, list[Known]]) -> Held:
    return Held(
        is_shared=set(row["categories"].split("|")) <= permit.read,
        answers=[each for concept in row["concepts"].split("|") for each in known.get(concept, ())],
        entries=[each for each in entries if each.kind in row["kinds"].split("|")],
    )


def _workers(said: Iterable[Said]) -> set[UUID]:
    told = {each.entry.recorded_by for each in said if each.entry.recorded_by}
    return told | rules.workers(each.line for each in said)
