"""What this role may record of somebody: nothing else is offered."""

from throughgate.contacts import queries as contacts
from throughgate.foundation.permits import Permit
from throughgate.pathway import queries as pathway


def offers(permit: Permit, *, death: str) -> tuple[str, ...]:
    """Of contact, ready and note. Nobody who has died is made ready to leave."""
    offered = {
        "contact": contacts.records_contacts(permit),
        "ready": bool(pathway.ready_items(permit)) and death != "confirmed",
        "note": bool(contacts.note_kinds(permit)),
    }
    return tuple(what for what, is_offered in offered.items() if is_offered)
