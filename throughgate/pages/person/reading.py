"""Everything a record page shows, read once: a bounded number of queries, whatever is on the record."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any
from uuid import UUID

from throughgate.assessment import queries as assessment
from throughgate.contacts import queries as contacts
from throughgate.custody import queries as custody
from throughgate.custody.panels import Panel
from throughgate.directory import queries as directory
from throughgate.exchange import queries as exchange
from throughgate.exchange.queries import QuietFeed
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages.names import Names
from throughgate.pages.person import appointments
from throughgate.pages.person.forms import Asked
from throughgate.pages.person.timeline import topic_of
from throughgate.pages.story import reading as stories
from throughgate.pathway import queries as pathway
from throughgate.people import queries as people
from throughgate.record import history
from throughgate.record import queries as record
from throughgate.record.queries import Page, Spine, Window
from throughgate.referral.queries import Booked
from throughgate.sharing import rules as choices
from throughgate.staff import queries as staff
from throughgate.story import queries as story
from throughgate.team import queries as team
from throughgate.team.told import Said
from throughgate.treatment import queries as treatment
from throughgate.whole import queries as whole

# What is read whole, however old: it stands above the line of time, or beside entries of it.
ABOVE = frozenset(stories.FIRST) | team.BESIDE | assessment.BEFORE


@dataclass(frozen=True, kw_only=True)
class Record:
    """The facts of the page, before any of it is in words."""

    who: people.Banner
    lookalikes: int
    told: story.Told  # what they say of themselves, and how to reach them safely
    panel: Panel | None
    medicines: treatment.Medicines | None
    before: list[assessment.Told]  # what they had before custody
    plan: pathway.PlanLine | None  # None, too, as it was known on another day: a plan is of today
    booked: list[Booked] | None  # None, too, as it was known on another day: they are of today
    quiet: list[QuietFeed]
    page: Page
    lines: Mapping[UUID, Any]
    beside: Mapping[
        str, Sequence[Said]
    ]  # of an entry, by its id: who disagrees, what may be hard to read in it
    names: Names


@dataclass(frozen=True, kw_only=True)
class History:
    """Every version of one entry."""

    who: people.Banner
    lookalikes: int
    versions: list[Spine]
    lines: Mapping[UUID, Any]
    names: Names
    beside: Sequence[Said] = ()  # who disagrees with any of them, and what may be hard to read


def read(permit: Permit, asked: Asked) -> Record:
    """What the permit lets this worker read of the person, of the part asked for."""
    known_on = asked.known_at
    who = people.banner(permit)
    identity_ids = [known.identity_id for known in who.known_as]
    if known_on:
        identity_ids = linkage.identity_ids(permit, known_on=known_on)
    page = record.page(permit, identity_ids=identity_ids, window=_window(asked))
    standing = record.current(permit, identity_ids=identity_ids, kinds=ABOVE, known_on=known_on)
    said = whole.lines(permit, [*page.entries, *standing])
    now = whole.situation(permit, identity_ids, known_on=known_on)
    before = assessment.before(permit, standing, said)
    return Record(
        who=who,
        lookalikes=linkage.lookalikes(permit),
        told=story.last_said(permit, standing, said),
        panel=now.custody,
        medicines=now.medicines,
        before=before,
        plan=None if known_on else pathway.plan(permit),
        booked=None if known_on else appointments.booked(permit),
        quiet=exchange.quiet_feeds(
            permit, {known.organisation_id for known in who.known_as}, at=known_on or permit.at
        ),
        page=page,
        lines=said,
        beside=team.beside_of(permit, standing, said),
        names=names(
            page.entries,
            said,
            who=who,
            panel=now.custody,
            medicines=now.medicines,
            before=before,
            also={permit.organisation_id},
        ),
    )


def versions(permit: Permit, entry_id: UUID) -> History:
    """One entry with all that was said before and after.

    Raises: NotFound when this record holds no such entry that the worker may read.
    """
    found = history.versions(permit, entry_id)
    said = whole.lines(permit, found)
    stands = team.beside(permit, linkage.identity_ids(permit))
    return History(
        who=people.banner(permit),
        lookalikes=linkage.lookalikes(permit),
        versions=found,
        lines=said,
        names=names(found, said),
        beside=[each for version in found for each in stands.get(str(version.id), ())],
    )


def entered_elsewhere(permit: Permit, read: History) -> History:
    """What says where else any version of an entry was entered."""
    ids = [version.id for version in read.versions]
    found = contacts.entered_elsewhere(permit, linkage.identity_ids(permit), ids)
    said = whole.lines(permit, found)
    return replace(read, versions=found, lines=said, names=names(found, said))


def _window(asked: Asked) -> Window:
    kinds = {kind for kind in record.kinds() if topic_of(kind) == asked.topic} if asked.topic else ()
    return Window(
        kinds=frozenset(kinds) or None, before=asked.before, known_on=asked.known_at, limit=asked.length
    )


def names(
    entries: list[Spine],
    said: Mapping[UUID, Any],
    *,
    who: people.Banner | None = None,
    panel: Panel | None = None,
    medicines: treatment.Medicines | None = None,
    before: Sequence[assessment.Told] = (),
    also: Collection[UUID] = (),  # organisations that the page names besides
    by: Collection[UUID] = (),  # and workers
) -> Names:
    """What the organisations and workers that the page mentions are called."""
    ids = {*also, *(entry.organisation_id for entry in entries)} | choices.organisations(said.values())
    codes = set(chain.from_iterable(_prisons(line) for line in said.values()))
    if who:
        ids |= {known.organisation_id for known in who.known_as}
    if panel:
        codes |= {stay.prison for stay in panel.stays} | panel.told_by
    ids |= {told.organisation_id for told in before}
    workers = {*by, *(entry.recorded_by for entry in entries if entry.recorded_by)} | choices.workers(
        said.values()
    )
    workers |= {told.recorded_by for told in before if told.recorded_by}
    for source in chain.from_iterable(each.sources for each in medicines.medicines) if medicines else ():
        ids.add(UUID(source.voice.organisation))
        workers |= {UUID(source.worker)} if source.worker else set()
    posts = staff.posts(_posts(said.values()), on=clock.today())
    return Names(directory.mentioned(ids=ids, codes=codes), staff.names(workers), posts)


def _posts(said: Iterable[Any]) -> set[UUID]:
    """The posts that lines of a team name."""
    return {line.post for line in said if getattr(line, "post", None)}


def _prisons(line: Any) -> tuple[str, ...]:
    """The codes of prisons that a line names."""
    if isinstance(line, custody.MovementLine):
        return (line.from_prison, line.to_prison)
    return (line.prison,) if isinstance(line, custody.LocationLine) else ()
