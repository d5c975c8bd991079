"""The way back to a list: to the tab and the wing that a worker looked at last.

It stands in the session, so that no address of the pages in between has to carry it.
"""

from typing import Any

LOOKED_AT = "looked_at"  # of a session: by the address of a list, which part of it was shown


def keep(session: Any, address: str, part: str) -> None:
    """Nothing is written where it is known, so that looking again costs no statement."""
    if to(session, address) != part:
        session[LOOKED_AT] = {**session.get(LOOKED_AT, {}), address: part}


def to(session: Any, address: str) -> str:
    """The part of it they looked at last; any other address leads where it says."""
    part: str = session.get(LOOKED_AT, {}).get(address, address)
    return part
