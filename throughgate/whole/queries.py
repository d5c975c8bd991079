"""One record as a permit reads it: who they are, their situation, and what every entry says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from throughgate.assessment import queries as assessment
from throughgate.book import queries as book
from throughgate.contacts import queries as contacts
from throughgate.custody import queries as custody
from throughgate.custody.panels import Panel
from throughgate.exchange import queries as exchange
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.oversight import passing_on
from throughgate.packs import queries as packs
from throughgate.pathway import queries as pathway
from throughgate.people import queries as people
from throughgate.record import lines as record_lines
from throughgate.record import queries as record
from throughgate.record.queries import Spine
from throughgate.referral import queries as referral
from throughgate.sharing import queries as sharing
from throughgate.story import queries as story
from throughgate.summaries import queries as summaries
from throughgate.team import queries as team
from throughgate.treatment import queries as treatment


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is worked out from entries. None where the permit does not read what it is worked out from."""

    custody: Panel | None
    medicines: treatment.Medicines | None


@dataclass(frozen=True, kw_only=True)
class Whole:
    """All that a permit reads of one person, as it stands or as it was known at a moment."""

    person_id: UUID
    known_on: datetime | None
    who: people.Banner
    situation: Situation
    entries: Sequence[Spine]  # newest first
    lines: Mapping[UUID, Any]


def whole(permit: Permit, *, known_on: datetime | None = None) -> Whole:
    """Every entry that holds, and what is worked out from them; who the person is, is as known now.

    Raises: NotFound when nobody has that id any more.
    """
    who = people.banner(permit)
    identity_ids = linkage.identity_ids(permit, known_on=known_on)
    entries = record.current(
        permit, identity_ids=identity_ids, kinds=frozenset(record.kinds()), known_on=known_on
    )
    return Whole(
        person_id=permit.person_id,
        known_on=known_on,
        who=who,
        situation=situation(permit, identity_ids, known_on=known_on),
        entries=entries,
        lines=lines(permit, entries),
    )


def situation(permit: Permit, identity_ids: Sequence[UUID], *, known_on: datetime | None = None) -> Situation:
    """Where they are held and until when, and their medicines as each source says."""
    last_said = exchange.last_said(permit, identity_ids, at=known_on or permit.at)
    medicines = treatment.medicines(
        permit,
        identity_ids,
        on=clock.day_of(known_on or permit.at),
        known_on=known_on,
        last_said=last_said,
    )
    panel = custody.panel(permit, identity_ids, known_on=known_on)
    return Situation(custody=_still_so(panel, last_said), medicines=medicines)


def _still_so(panel: Panel | None, last_said: Mapping[tuple[UUID, str], datetime]) -> Panel | None:
    """A panel is as at the last word of a prison, also where that said again what was known."""
    again = [as_at for (_, item), as_at in last_said.items() if not item]
    if panel is None or panel.as_at is None or not again:
        return panel
    return replace(panel, as_at=max(panel.as_at, *again))


def lines(permit: Permit, entries: Sequence[Spine]) -> dict[UUID, Any]:
    """What entries say: a few kinds of body in each read."""
    ids = record_lines.by_kind(entries)
    return {
        **custody.lines(permit, ids),
        **assessment.lines(permit, ids),
        **treatment.lines(permit, ids),
        **contacts.lines(permit, ids),
        **sharing.lines(permit, ids),
        **referral.lines(permit, ids),
        **pathway.lines(permit, ids),
        **packs.lines(permit, ids),
        **summaries.lines(permit, ids),
        **book.lines(permit, ids),
        **story.lines(permit, ids),
        **passing_on.lines(permit, ids),
        **team.lines(permit, ids),
    }
