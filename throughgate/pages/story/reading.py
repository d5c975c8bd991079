"""Everything the pages of somebody's story show, read once: a bounded number of queries."""

from dataclasses import dataclass

from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.people import queries as people
from throughgate.people.queries import Banner
from throughgate.story import queries, rules
from throughgate.story.queries import ATTACHED, WAYS

FIRST = (*rules.of_part("about_me"), ATTACHED, *WAYS)  # what stands first on a record
CHANGED = (*rules.of_part("changed"), ATTACHED)  # what stands beside scores
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
