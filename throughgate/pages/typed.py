"""What addresses and forms of several pages hold, read in one way."""

from collections.abc import Mapping
from uuid import UUID


def id_in(given: Mapping[str, str], name: str) -> UUID | None:
    """The id that stands under that name; None where there is none, or what stands there is no id."""
    try:
        return UUID(given.get(name, ""))
    except ValueError:
        return None
