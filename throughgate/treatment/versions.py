"""Which entries to write when a provider says something else of the same thing, in its turn or late.

However extracts come in, the entry that stands about a thing is the one its newest statement makes, as at the
first of the statements in a row that say so. What was said before stays as entries that were superseded.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from throughgate.record import bodies
from throughgate.record.rules import Draft
from throughgate.treatment.intake import Drafts, Key


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement makes, between what its neighbours made."""

    as_at: datetime
    earlier: Drafts
    now: Drafts
    later: Drafts | None = None  # None: this is the newest

    def about(self) -> list[Key]:
        """Everything that it, or a neighbour, says something about."""
        return sorted({*self.earlier, *self.now, *(self.later or ())})


@dataclass(frozen=True, slots=True)
class Standing:
    """The entry that stands about a thing, and the draft that would write it again."""

    id: UUID
    draft: Draft


def versions(statement: Statement, key: Key, stands: Standing | None) -> tuple[Draft, ...]:
    """The entries to write about one thing: the first in place of what stands, the next in place of it."""
    earlier, now = statement.earlier.get(key), statement.now.get(key)
    if statement.later is not None:
        return _late(earlier, now, statement.later.get(key), stands)
    if now is None:
        return (_withdrawal(stands.draft, as_at=statement.as_at),) if stands else ()
    return () if _says_the_same(earlier, now) else (now,)


def _late(
    earlier: Draft | None, now: Draft | None, later: Draft | None, stands: Standing | None
) -> tuple[Draft, ...]:
    """What comes in late is written, and what stood is written again in its place."""
    # What stands, as the statement just after this one tells it; None where a newer one told something else.
    again = later if stands and later and stands.draft.as_at <= later.as_at else None
    if now is None:  # so what stands was said, then not said, then said again
        return (again,) if stands and again and stands.draft.as_at < again.as_at else ()
    if _says_the_same(earlier, now):
        return ()
    if _says_the_same(now, later):
        return (now,) if again else ()
    return now, again or (stands.draft if stands else _withdrawal(now, as_at=now.as_at))


def _says_the_same(one: Draft | None, other: Draft | None) -> bool:
    """Apart from when it was said."""
    if one is None or other is None:
        return False
    if one.dated_by == other.dated_by == "by":
        one = replace(one, happened_at=other.happened_at)
    return replace(one, as_at=other.as_at) == other


def _withdrawal(draft: Draft, *, as_at: datetime) -> Draft:
    """Nothing in place of an entry: its source does not say it any more."""
    category = bodies.category_of(draft.kind)
    return replace(draft, kind=bodies.WITHDRAWN, category=category, as_at=as_at, body={})
