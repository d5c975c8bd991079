"""What a worker can say of their own looking at a record, and who else looked."""

from throughgate.access import policy
from throughgate.foundation.permits import Permit
from throughgate.oversight import queries, rules
from throughgate.pages import addresses
from throughgate.pages.components.shapes import Link
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat


def links(hat: Hat, permit: Permit) -> list[Link]:
    """Where that is said; nothing that this role has no page for."""
    offered = {
        "looks": (_("Who looked"), queries.checks(hat.role)),
        "looks_not_shown": (_("Ask that your look is not shown"), bool(rules.grounds(permit.purpose))),
        "purpose": (_("Open it for another purpose"), len(policy.policy().states[permit.role]) > 1),
        "near_open": (_("Is this record too near to you?"), True),
    }
    return [
        Link(words, addresses.to(name, hat.post_id, permit.person_id))
        for name, (words, is_open) in offered.items()
        if is_open
    ]
