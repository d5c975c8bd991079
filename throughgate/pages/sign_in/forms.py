"""What the sign-in pages send."""

from collections.abc import Mapping
from uuid import UUID


def chosen(given: Mapping[str, str]) -> UUID | None:
    """The worker somebody chose to be."""
    try:
        return UUID(given.get("worker", ""))
    except ValueError:
        return None
