"""Choosing what a pack tells: all that is known and may be put on paper, in a bounded number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import actions as access
from throughgate.assessment import queries as assessment
from throughgate.custody import queries as custody
from throughgate.custody.panels import Panel
from throughgate.directory import places
from throughgate.directory import queries as directory
from throughgate.directory.queries import Organisation
from throughgate.foundation import clock, leave
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.foundation.working_days import ONE_DAY
from throughgate.packs import facts
from throughgate.packs.rules import protected
from throughgate.packs.rules.snapshot import Fact, Json, Snapshot, Topic
from throughgate.pathway import queries as pathway
from throughgate.pathway.queries import PlanLine
from throughgate.people import queries as people
from throughgate.people.queries import Banner
from throughgate.record import queries as record
from throughgate.record.queries import Spine
from throughgate.referral import queries as referral
from throughgate.referral.queries import Booked
from throughgate.story import queries as story
from throughgate.treatment import queries as treatment
from throughgate.treatment.queries import Medicines

# Whether anything is kept of where they must not be found, whoever asks.
PROTECTED = """
SELECT EXISTS (
    SELECT FROM people_identity identity
    JOIN record_entry entry ON entry.identity_id = identity.id AND entry.category = 'protected_contact'
    WHERE identity.person_id = %s AND entry.kind <> 'withdrawn'
      AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id))
"""
# Of these each source has its own; of any other kind the last word counts, whoever said it.
OF_A_SOURCE = ("alert", "treatment", "before")
EVERYTHING = frozenset(Topic)
BY_THE_PLAN = frozenset(
    {Topic.RELEASE, Topic.COVER, Topic.APPOINTMENT, Topic.MEDICINE}
)  # by the day they leave
SHAPES: Mapping[str, type] = {
    **assessment.SHAPES,
    **custody.SHAPES,
    **pathway.SHAPES,
    **story.SHAPES,
    **treatment.SHAPES,
}


class _Read(NamedTuple):
    """What the contexts say, before any of it is a fact. None: not shared with the worker, or not asked."""

    who: Banner
    plan: PlanLine | None
    panel: Panel | None
    booked: list[Booked]
    medicines: Medicines | None
    entries: list[Spine]
    lines: Mapping[UUID, Any]


def choose(permit: Permit, *, about: Set[Topic] = EVERYTHING, also: Collection[Fact] = ()) -> Snapshot:
    """All that the permit's person may need told, as far as it is shared with whoever asks.

    Of what is not asked `about` nothing is read. `also` are facts of other contexts, which the permit reads;
    what must not be told goes from them, too.
    """
    permit = access.to_hand_on(permit)
    read = _read(permit, about)
    ids = {permit.organisation_id, *_organisations(read), *(UUID(fact.by) for fact in also)}
    named = directory.mentioned(ids=ids, codes=read.panel.told_by if read.panel else ())
    organisations = {each.code: each for each in named}
    chosen = _facts(read, about, on=clock.day_of(permit.at), organisations=organisations)
    told = Snapshot(
        who=facts.who(read.who),
        facts=(*(fact for fact in chosen if fact.topic in about), *also),
        categories=permit.read,
        names=names(named),
    )
    return kept_safe(permit, told)


def kept_safe(permit: Permit, told: Snapshot) -> Snapshot:
    """The same without what tells of a door that must not be found, as far as that is known by now.

    Also of a snapshot that was made before it was: whoever reads it prints it anew.
    """
    phrases, is_protected = places.protected_phrases(), _is_protected(permit)
    return replace(
        told,
        facts=tuple(_kept_safe(told.facts, phrases, is_protected=is_protected)),
        names=protected.unnamed(told.names, phrases),
    )


def names(organisations: Iterable[Organisation]) -> dict[str, Json]:
    """What each is called, by its id, as a snapshot keeps it."""
    return {
        str(each.id): {"name": each.name, "name_cy": each.name_cy, "kind": each.kind}
        for each in organisations
    }


def _read(permit: Permit, about: Set[Topic]) -> _Read:
    who = people.banner(permit)
    identity_ids = [known.identity_id for known in who.known_as]
    on = clock.day_of(permit.at)
    kinds = _kinds(frozenset(about))
    entries = _last_words(record.current(permit, identity_ids=identity_ids, kinds=kinds)) if kinds else []
    return _Read(
        who=who,
        plan=pathway.plan(permit) if about & BY_THE_PLAN else None,
        panel=custody.panel(permit, identity_ids) if Topic.RELEASE in about else None,
        booked=(Topic.APPOINTMENT in about and referral.appointments(permit, since=on)) or [],
        medicines=treatment.medicines(permit, identity_ids, on=on) if Topic.MEDICINE in about else None,
        entries=entries,
        lines=_lines(permit, entries),
    )


def _facts(
    read: _Read, about: Set[Topic], *, on: date, organisations: Mapping[str, Organisation]
) -> Iterator[Fact]:
    """In the order of a sheet."""
    plan = read.plan
    gate_on = plan.leaves_on if plan and plan.leaves_on and not plan.left_on else on
    yield from facts.release(plan, read.panel, {code: each.id for code, each in organisations.items()})
    names = {each.place for each in read.booked if each.place} | facts.pharmacies(read.medicines)
    named = places.named(names) if names else {}
    yield from facts.appointments(read.booked, gate_on=gate_on, named=named)
    yield from facts.medicines(
        read.medicines, first_on=gate_on if gate_on == on else gate_on + ONE_DAY, named=named
    )
    yield from facts.cover(plan)
    yield from facts.communication(read.who)
    if Topic.NUMBER in about:
        yield from facts.numbers(places.answered([each.id for each in organisations.values()]))
    yield from facts.from_entries(read.entries, read.lines)


def _kept_safe(told: Iterable[Fact], phrases: frozenset[str], *, is_protected: bool) -> Iterator[Fact]:
    """Without what tells of a door that must not be found."""
    for fact in told:
        for safe in protected.without_address(fact) if is_protected else (fact,):
            yield from protected.without_places(safe, phrases)


@cache
def _kinds(about: frozenset[Topic]) -> frozenset[str]:
    """The kinds of entry that tell of it as they stand; the others have a reading of their own."""
    told = code_set("pack_kinds").labels()
    shapes = {shape for shape, sayer in facts.SAYERS.items() if sayer.about & about}
    return frozenset(kind for kind, shape in SHAPES.items() if kind in told and shape in shapes)


def _last_words(entries: Iterable[Spine]) -> list[Spine]:
    """The last word on each thing."""
    last = {_thing(entry): entry for entry in sorted(entries, key=lambda entry: (entry.as_at, entry.id))}
    return list(last.values())


def _thing(entry: Spine) -> tuple[str, str, UUID | None]:
    return entry.kind, entry.item, entry.identity_id if entry.kind.startswith(OF_A_SOURCE) else None


def _lines(permit: Permit, entries: Iterable[Spine]) -> dict[UUID, Any]:
    ids: dict[str, list[UUID]] = defaultdict(list)
    for entry in entries:
        if not entry.is_redacted:
            ids[entry.kind].append(entry.id)
    return {
        **custody.lines(permit, ids),
        **assessment.lines(permit, ids),
        **treatment.lines(permit, ids),
        **pathway.lines(permit, ids),
        **story.lines(permit, ids),
    }


def _organisations(read: _Read) -> set[UUID]:
    """Those that said something of what is told."""
    told = read.medicines.medicines if read.medicines else ()
    return {
        *(entry.organisation_id for entry in read.entries),
        *(each.organisation_id for each in read.booked),
        *(UUID(source.voice.organisation) for medicine in told for source in medicine.sources),
    }


def _is_protected(permit: Permit) -> bool:
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(PROTECTED, [permit.person_id])
        return bool(cursor.fetchone()[0])
