"""The needs that stand, each with what it was before, in the order that the person gives them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from throughgate.assessment import queries
from throughgate.assessment.models import Need
from throughgate.assessment.queries import NeedLine
from throughgate.assessment.rules import needs as rules
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.record import queries as record
from throughgate.record.queries import Spine

KINDS = frozenset(Need.kinds)


class Word(NamedTuple):
    """One word on a need, whoever said it."""

    entry: Spine
    line: NeedLine

    @property
    def domain(self) -> str:
        return self.entry.kind.removeprefix("need_")


class Standing(NamedTuple):
    """The last word on a need, and the one before it."""

    domain: str
    word: Word
    before: Word | None


def needs(permit: Permit) -> list[Standing]:
    """The need in each domain that the permit shows, what matters most to the person first."""
    told: dict[str, list[Word]] = defaultdict(list)
    for word in words(permit):
        told[word.domain].append(word)
    standing = [
        Standing(domain, words[0], words[1] if len(words) > 1 else None) for domain, words in told.items()
    ]
    return sorted(standing, key=lambda each: rules.place(each.word.line.matters, each.word.line.how_far))


def words(permit: Permit) -> Sequence[Word]:
    """Every word on any need, newest first."""
    identities = linkage.identity_ids(permit)
    entries = [
        each for each in record.current(permit, identity_ids=identities, kinds=KINDS) if not each.is_redacted
    ]
    ids: dict[str, list[UUID]] = defaultdict(list)
    for entry in entries:
        ids[entry.kind].append(entry.id)
    lines = queries.lines(permit, ids)
    return [Word(entry, line) for entry in entries if isinstance(line := lines.get(entry.id), NeedLine)]
