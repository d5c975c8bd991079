"""What the sign-in pages send."""

from collections.abc import Mapping
from uuid import UUID

from throughgate.pages.typed import id_in


def chosen(given: Mapping[str, str]) -> UUID | None:
    """The worker somebody chose to be."""
    return id_in(given, "worker")
