"""Everything a page of somebody's texts shows, read once: a bounded number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from throughgate.directory import queries as directory
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.packs.words import Difference
from throughgate.pages.names import Names
from throughgate.people import queries as people
from throughgate.people.queries import Banner
from throughgate.staff import queries as staff
from throughgate.summaries import queries
from throughgate.summaries.queries import TextLine
from throughgate.summaries.rules import TextState


@dataclass(frozen=True, kw_only=True)
class Read:
    """Somebody's texts, before any of it is in words."""

    who: Banner
    lookalikes: int
    texts: list[TextLine] | None  # newest first; None: not shared
    changed: Mapping[UUID, list[Difference]]  # since each newest was made
    may_make: bool
    names: Names


@dataclass(frozen=True, kw_only=True)
class OneText(Read):
    """The same, and which of them the page is about."""

    text: TextLine


def read(permit: Permit) -> Read:
    found = queries.texts(permit)
    standing = [each for each in found or [] if each.state in {TextState.MADE, TextState.GIVEN}]
    return Read(
        who=people.banner(permit),
        lookalikes=linkage.lookalikes(permit),
        texts=found,
        changed=queries.differences(permit, standing),
        may_make=queries.makes_texts(permit),
        names=_names(found or []),
    )


def read_one(permit: Permit, made_id: UUID) -> OneText:
    """Raises: NotFound where this record holds no such text that the worker may read."""
    found = read(permit)
    for each in found.texts or []:
        if each.id == made_id:
            return OneText(**vars(found), text=each)
    raise NotFound


def _names(found: Sequence[TextLine]) -> Names:
    """What the organisations and workers are called that made, gave, entered or took back."""
    workers = {each.entry.recorded_by for each in found}
    for each in found:
        workers |= {receipt.by for receipt in each.receipts}
        workers |= {each.revoked.by} if each.revoked else set()
    places = directory.mentioned(ids={each.entry.organisation_id for each in found}, codes=())
    return Names(places, staff.names({each for each in workers if each}))
