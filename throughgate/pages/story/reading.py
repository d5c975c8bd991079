"""Everything the pages of somebody's story show, read once: a bounded number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.people import queries as people
from throughgate.people.queries import Banner
from throughgate.story import queries, rules
from throughgate.story.queries import ATTACHED, Said

ABOUT_ME = (*rules.of_part("about_me"), ATTACHED)
PARTS = ("about_me", "ahead", "coping", "changed")
WHOLE = (*(kind for part in PARTS for kind in rules.of_part(part)), ATTACHED, "helps", "trigger")


@dataclass(frozen=True, kw_only=True)
class Read:
    """Somebody's story, before any of it is in words of ours."""

    who: Banner
    lookalikes: int
    said: queries.Told


def read(permit: Permit) -> Read:
    return Read(
        who=people.banner(permit),
        lookalikes=linkage.lookalikes(permit),
        said=queries.said(permit, *WHOLE),
    )


def about_me(
    permit: Permit, identity_ids: Sequence[UUID], *, known_on: datetime | None = None
) -> dict[tuple[str, str], Said] | None:
    """What stands first on the record; None where it is not shared with whoever looks."""
    if not queries.reads_stories(permit):
        return None
    return queries.said(permit, *ABOUT_ME, identity_ids=identity_ids, known_on=known_on)
