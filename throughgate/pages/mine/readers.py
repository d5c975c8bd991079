"""Who may read what somebody says of themself, as their form sends it."""

from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages.mine.telling import Typed
from throughgate.story.queries import Said
from throughgate.story.rules import NotKept, Readers, Who, Why

CHOICES = frozenset(Who)


def chosen(typed: Typed) -> Readers:
    """Raises: NotKept where nothing of it was chosen."""
    if typed["who"] not in CHOICES:
        raise NotKept(Why.NO_CHOICE)
    return Readers(Who(typed["who"]), tuple(_ids(typed["readers"])))


def known(permit: Permit, before: Said | None) -> Typed:
    """As it was chosen for what was said before."""
    kept = tuple(before.entry.only_for) if before else ()
    if not kept:
        return {"who": Who.ALL}
    if kept == (permit.person_id,):
        return {"who": Who.ME}
    return {"who": Who.CHOSEN, "readers": " ".join(map(str, kept))}


def is_yes(typed: str) -> bool:
    """Raises: NotKept where neither yes nor no was chosen."""
    if typed not in ("yes", "no"):
        raise NotKept(Why.NO_CHOICE)
    return typed == "yes"


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(each) for each in text.split()]
    except ValueError:
        raise NotKept(Why.NO_CHOICE) from None
