"""Everything a page of somebody's packs shows, read once: a bounded number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from throughgate.directory import queries as directory
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.packs import queries
from throughgate.packs.queries import PackLine
from throughgate.packs.words import Difference
from throughgate.pages.names import Names
from throughgate.people import queries as people
from throughgate.people.queries import Banner
from throughgate.staff import queries as staff


@dataclass(frozen=True, kw_only=True)
class Read:
    """Somebody's packs, before any of it is in words."""

    who: Banner
    lookalikes: int
    packs: list[PackLine] | None  # newest first; None: not shared
    changed: list[Difference]  # since the newest was made
    may_make: bool
    names: Names

    @property
    def newest(self) -> PackLine | None:
        return self.packs[0] if self.packs else None


@dataclass(frozen=True, kw_only=True)
class OnePack(Read):
    """The same, and which of them the page is about."""

    pack: PackLine


def read(permit: Permit) -> Read:
    found = queries.packs(permit)
    return Read(
        who=people.banner(permit),
        lookalikes=linkage.lookalikes(permit),
        packs=found,
        changed=queries.differences(permit, found[0].id) if found else [],
        may_make=queries.makes_packs(permit),
        names=_names(found or []),
    )


def read_one(permit: Permit, pack_id: UUID) -> OnePack:
    """Raises: NotFound where this record holds no such pack that the worker may read."""
    found = read(permit)
    for each in found.packs or []:
        if each.id == pack_id:
            return OnePack(**vars(found), pack=each)
    raise NotFound


def _names(found: Sequence[PackLine]) -> Names:
    """What the organisations and workers are called that made, agreed, gave or took back."""
    workers = {each.made_by for each in found}
    for each in found:
        workers |= {agreed.by for agreed in each.agreed.values()}
        workers |= {given.by for given in each.given}
        workers |= {each.revoked.by} if each.revoked else set()
    places = directory.mentioned(ids={each.organisation_id for each in found}, codes=())
    return Names(places, staff.names({each for each in workers if each}))
