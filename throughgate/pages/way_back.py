"""The way back to a list: to the tab and the wing that a worker looked at last.

It stands in the session, so that no address of the pages in between has to carry it.
"""

from typing import Any

from throughgate.pages import homes
from throughgate.pages.components.shapes import Link
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat

LOOKED_AT = "looked_at"  # of a session: by the address of a list, which part of it was shown


def keep(session: Any, address: str, part: str) -> None:
    """Nothing is written where it is known, so that looking again costs no statement."""
    if to(session, address) != part:
        session[LOOKED_AT] = {**session.get(LOOKED_AT, {}), address: part}


def to(session: Any, address: str) -> str:
    """The part of it they looked at last; any other address leads where it says."""
    part: str = session.get(LOOKED_AT, {}).get(address, address)
    return part


def home(session: Any, hat: Hat) -> Link:
    """Where the day of this hat begins, such as Today, as it was left."""
    first = homes.places(hat)[0]
    return Link(_("Back to %(page)s") % {"page": _(first.label)}, to(session, first.url(hat)))
