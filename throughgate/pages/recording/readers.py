"""Who alone may read what a worker writes, besides the person: the worker, or their organisation."""

from collections.abc import Sequence
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine

NAME = "only_for"  # of the control
ALL, ME, US = "all", "me", "us"


def options(chosen: str = "") -> list[Option]:
    labels = {ALL: _("All whose role reads this kind"), ME: _("Only I"), US: _("Only my organisation")}
    return [Option(value, label, is_chosen=value == chosen) for value, label in labels.items()]


def label(permit: Permit, only_for: Sequence[UUID]) -> str:
    """Who reads an entry, in words; "" for all whose role reads it."""
    labels = {each.value: each.label for each in options()}
    return labels[chosen(permit, only_for)] if only_for else ""


def hint() -> str:
    return _(
        "The person always may. Left empty: all whose role reads this kind. A correction is read by nobody"
        " more than what it corrects."
    )


def standing(kept: str) -> list[Option]:
    """What is kept for some stays so, and no more is offered."""
    return [each for each in options(kept) if each.is_chosen]


def named(permit: Permit, chosen: str) -> tuple[UUID, ...]:
    """Who that is; () for all whose role reads it."""
    found = {ME: permit.worker_id, US: permit.organisation_id}.get(chosen)
    return (found,) if found else ()


def chosen(permit: Permit, only_for: Sequence[UUID]) -> str:
    """The choice that names them."""
    return _choice(only_for, by=permit.worker_id)


def before(entry: Spine) -> str:
    """The choice that whoever wrote the entry had made."""
    return _choice(entry.only_for, by=entry.recorded_by)


def _choice(only_for: Sequence[UUID], *, by: UUID | None) -> str:
    if not only_for:
        return ""
    return ME if tuple(only_for) == (by,) else US
