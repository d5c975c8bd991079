"""The facts of many people's pathways, in as many queries as those of one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.assessment import queries as assessment
from throughgate.contacts import queries as contacts
from throughgate.custody import queries as custody
from throughgate.custody.custodies import Custody
from throughgate.directory import places
from throughgate.directory.rules import Hours, names
from throughgate.foundation import clock
from throughgate.foundation.permits import Refresher
from throughgate.pathway.models import Ready as ReadyEntry
from throughgate.pathway.models import StepWord
from throughgate.pathway.rows import kinds_of_a_pack, kinds_that_complete, known_steps
from throughgate.pathway.rules import BY_HAND, Answered, Facts, Item, Pack, Progress, Ready, Settled, Supply
from throughgate.pathway.rules.facts import TOLD
from throughgate.pathway.rules.shape import FOLLOWED
from throughgate.record import seen
from throughgate.referral import queries as referral
from throughgate.sharing import queries as sharing
from throughgate.team import queries as team
from throughgate.team.rules import next_of
from throughgate.treatment import queries as treatment
from throughgate.treatment.queries import Supplied
from throughgate.treatment.rules import BY_A_NURSE

# Whether they have died, and of which kinds there are, or were, entries: nothing else need be asked of them.
# The kinds are written into the statement, which looks sixty up at once there, and in a list one by one.
# Then when something was last so; what would betray a recall is left out, and that a thing was entered
# elsewhere, too, is nothing that happened.
KNOWN = f"""
SELECT person.id, person.death <> '', ARRAY(
    SELECT DISTINCT entry.kind FROM people_identity identity
    JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind IN ({{kinds}})
    WHERE identity.person_id = person.id), (
    SELECT max(last.happened_at) FROM people_identity identity CROSS JOIN LATERAL (
        SELECT entry.happened_at FROM record_entry entry
        WHERE entry.identity_id = identity.id AND entry.happened_at <= %s AND {seen.BY_ALL}
          AND entry.kind <> 'withdrawn' AND entry.kind NOT LIKE 'entered%%'
          AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
        ORDER BY entry.happened_at DESC LIMIT 1) last
    WHERE identity.person_id = person.id)
FROM people_person person WHERE person.id = ANY(%s)
"""
READY = f"""
SELECT identity.person_id, entry.kind, said.state, entry.as_at, said.on_day
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = ANY(%s)
JOIN pathway_ready said ON said.entry_id = entry.id
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
ORDER BY entry.as_at, entry.id
"""
SETTLED = f"""
SELECT identity.person_id, said.step, said.state, entry.as_at, said.due_on, entry.recorded_at
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = ANY(%s)
JOIN pathway_stepword said ON said.entry_id = entry.id
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
ORDER BY entry.as_at, entry.id
"""
ENTRIES = f"""
SELECT identity.person_id, entry.kind, max(entry.as_at)
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = ANY(%s)
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
GROUP BY identity.person_id, entry.kind
"""
COLLECTED = frozenset({"supervised", "mixed"})  # of the code set supervision
THEIRS = "person"  # of a pack's sheets, their own
SHEETS = frozenset({THEIRS, "next_worker"})
# What was said of the newest pack since it was made, and when something was last told that a pack tells.
PACKS = f"""
SELECT pack.person_id, pack.id, pack.recorded_at,
       (SELECT coalesce(array_agg(said.kind || ' ' || said.item), '{{}}') FROM people_identity identity
        JOIN record_entry said ON said.identity_id = identity.id AND said.id > pack.id
             AND said.kind IN ('pack_agreed', 'pack_given', 'pack_revoked')
        WHERE identity.person_id = pack.person_id
          AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = said.id)),
       (SELECT max(entry.recorded_at) FROM people_identity identity
        JOIN record_entry entry ON entry.identity_id = identity.id AND entry.id > pack.id AND {seen.SAYS_ANEW}
        WHERE identity.person_id = pack.person_id AND {seen.BY_ALL}),
       EXISTS (SELECT FROM directory_place place WHERE place.protected_at > pack.recorded_at)
FROM (
    SELECT DISTINCT ON (identity.person_id) identity.person_id, entry.id, entry.recorded_at
    FROM people_identity identity
    JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'pack'
    WHERE identity.person_id = ANY(%(people)s) AND entry.redacted_at IS NULL
      AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
    ORDER BY identity.person_id, entry.as_at DESC, entry.id DESC) pack
"""
WHOLE = "SELECT entry_id, snapshot::text FROM packs_pack WHERE entry_id = ANY(%s)"


class _Known(NamedTuple):
    """What is known of somebody before anything more is asked."""

    died: bool
    kinds: list[str]  # of the entries a pathway rests on
    last_word_at: datetime | None


class _Word(NamedTuple):
    """What was said of a step, and when it was written."""

    settled: Settled
    at: datetime


class _Asker:
    """Asks the queries a pathway rests on, each about those people alone of whom it may tell something."""

    def __init__(self, permit: Refresher, known: Mapping[UUID, _Known]) -> None:
        self.permit = permit
        self.told_of: dict[str, list[UUID]] = defaultdict(list)
        for person_id, each in known.items():
            for kind in each.kinds:
                self.told_of[kind].append(person_id)

    def __call__(self, query: Callable[..., Any], **rest: Any) -> Any:
        """What the query tells of those it can tell anything of; where there is nobody, it is not run."""
        people = set(chain.from_iterable(self.told_of.get(kind, ()) for kind in reads()[query]))
        return query(self.permit, list(people), **rest) if people else {}


@dataclass(slots=True)
class _Days:
    """The days on which services reached somebody, those on which they meant to and did not, or will."""

    reached: set[date] = field(default_factory=set)
    missed: set[date] = field(default_factory=set)
    booked: set[date] = field(default_factory=set)  # with a prescriber or a treatment service
    hearings: set[date] = field(default_factory=set)  # to come
    pick_ups: dict[date, bool] = field(default_factory=dict)  # as in Facts

    def count(self, on: date, *, was_seen: bool) -> None:
        (self.reached if was_seen else self.missed).add(on)

    def collected(self, on: date, *, was_seen: bool) -> None:
        """Note a pick-up. Where a day is told of twice, they came if either says so."""
        self.pick_ups[on] = was_seen or self.pick_ups.get(on, False)


def facts(permit: Refresher, person_ids: Sequence[UUID], *, on: date) -> Iterator[tuple[UUID, Facts]]:
    """What is known of each of these people whom a prison ever told of: eighteen queries at most, however
    many they are.
    """
    held = custody.custodies(permit, person_ids)
    known = _known(list(held))
    ask = _Asker(permit, known)
    supplies = ask(treatment.supplies)
    pharmacies = _pharmacies(supplies)
    days = _days(ask, since=on - FOLLOWED)
    ready, settled, naloxone, entries = ask(_ready), ask(_settled), ask(_naloxone), ask(_entries)
    packs, ask_again, answered = ask(_packs), ask(sharing.ask_again), ask(_answered)
    pressing, referrals = ask(_told), ask(_referrals)
    hard_days = ask(_hard_days)
    for person_id, told in held.items():
        died, _, last_word_at = known[person_id]
        yield (
            person_id,
            Facts(
                standing=told.standing,
                nation=told.nation,
                custody_from=told.custody_from,
                leaves_on=told.leaves_on,
                leaves_certainty=told.leaves_certainty,
                leaves_type=told.leaves_type,
                leaves_told_on=told.leaves_told_on,
                was_leaving_on=told.was_leaving_on,
                hearing_on=min((day for day in days[person_id].hearings if day >= on), default=None),
                left_on=told.left_on,
                died=died,
                ready=ready.get(person_id, {}),
                settled=_since(settled.get(person_id, {}), pressing.get(person_id, {})),
                naloxone=naloxone.get(person_id, {}),
                entries=entries.get(person_id, {}),
                answered=answered.get(person_id, {}),
                pack=packs.get(person_id),
                supplies=tuple(_that_count(supplies.get(person_id, ()), told, pharmacies, on=on)),
                contacts=frozenset(days[person_id].reached),
                missed=frozenset(days[person_id].missed),
                booked=frozenset(days[person_id].booked),
                pick_ups=days[person_id].pick_ups,
                last_word_on=clock.day_of(last_word_at) if last_word_at else None,
                ask_again_on=ask_again.get(person_id),
                told={what: clock.day_of(at) for what, at in pressing.get(person_id, {}).items()},
                referrals=referrals.get(person_id, {}),
                hard_on=_next_hard(hard_days.get(person_id, ()), on=on),
            ),
        )


def _known(ids: list[UUID]) -> dict[UUID, _Known]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN.format(kinds=kinds_read()), [clock.now(), ids])
        return {person_id: _Known(*known) for person_id, *known in cursor.fetchall()}


def _ready(permit: Refresher, ids: list[UUID]) -> Mapping[UUID, Mapping[Item, Ready]]:
    """The last word on each item, whoever said it."""
    found: dict[UUID, dict[Item, Ready]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(READY, [list(ReadyEntry.kinds), ids])
        for person_id, kind, state, as_at, on_day in cursor.fetchall():
            found[person_id][Item(kind.removeprefix("ready_"))] = Ready(
                progress=Progress(state), told_on=clock.day_of(as_at), on=on_day
            )
    return found


def _settled(permit: Refresher, ids: list[UUID]) -> Mapping[UUID, Mapping[str, _Word]]:
    """The last word on each step, whoever said it."""
    found: dict[UUID, dict[str, _Word]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(SETTLED, [list(StepWord.kinds), ids])
        for person_id, step, state, as_at, due_on, at in cursor.fetchall():
            settled = Settled(progress=BY_HAND[state], told_on=clock.day_of(as_at), due_on=due_on)
            found[person_id][step] = _Word(settled, at)
    return found


def _naloxone(permit: Refresher, ids: list[UUID]) -> Mapping[UUID, Mapping[str, date]]:
    """The last day each state was seen on, the newest state last."""
    found: dict[UUID, dict[str, date]] = defaultdict(dict)
    for person_id, state, day in treatment.naloxone(permit, ids):
        found[person_id].pop(state, None)
        found[person_id][state] = day
    return found


def _entries(permit: Refresher, ids: list[UUID]) -> Mapping[UUID, Mapping[str, date]]:
    """The last day an entry was told, of the kinds that complete a step."""
    found: dict[UUID, dict[str, date]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [kinds_that_complete(), ids])
        for person_id, kind, at in cursor.fetchall():
            found[person_id][kind] = clock.day_of(at)
    return found


def _answered(permit: Refresher, ids: list[UUID]) -> Mapping[UUID, Mapping[str, Answered]]:
    """How far each stage of the assessment is."""
    found: dict[UUID, dict[str, Answered]] = defaultdict(dict)
    for person_id, stage, begun_on, whole_on in assessment.stages_answered(permit, ids):
        found[person_id][stage] = Answered(begun_on=begun_on, whole_on=whole_on)
    return found


def _referrals(permit: Refresher, ids: list[UUID]) -> Mapping[UUID, Mapping[str, date]]:
    """The first day of those to be chased, by what is to be found out, and the category they are of."""
    found: dict[UUID, dict[str, date]] = defaultdict(dict)
    for each in team.waiting(permit, ids):
        found[each.person_id][f"{each.step}_{each.category}"] = each.since
    return found


def _hard_days(permit: Refresher, ids: list[UUID]) -> Mapping[UUID, Sequence[tuple[date, bool]]]:
    """Days that are hard for each, and whether they come each year."""
    found: dict[UUID, list[tuple[date, bool]]] = defaultdict(list)
    for person_id, falls_on, is_yearly in team.hard_days(permit, ids):
        found[person_id].append((falls_on, is_yearly))
    return found


def _next_hard(days: Iterable[tuple[date, bool]], *, on: date) -> date | None:
    coming = (next_of(falls_on, is_yearly=is_yearly, today=on) for falls_on, is_yearly in days)
    return min(filter(None, coming), default=None)


def _told(permit: Refresher, ids: list[UUID]) -> Mapping[UUID, Mapping[str, datetime]]:
    """When each last said anew what cannot wait until the next day, by the anchor that it is."""
    found = assessment.told_pressing(permit, ids)
    return {who: {f"{TOLD}{about}": at for about, at in told.items()} for who, told in found.items()}


def _since(words: Mapping[str, _Word], told: Mapping[str, datetime]) -> Mapping[str, Settled]:
    """Without what was said of a step before they told anew what it is about."""
    steps = known_steps()
    return {
        step: word.settled
        for step, word in words.items()
        if step not in steps or steps[step].anchor not in told or word.at > told[steps[step].anchor]
    }


def _packs(permit: Refresher, ids: list[UUID]) -> Mapping[UUID, Pack]:
    """The newest of each, unless it was taken back."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(PACKS, {"told": kinds_of_a_pack(), "people": ids})
        packs = cursor.fetchall()
    protected = _protected_since({pack_id: at for _, pack_id, at, _, _, is_older in packs if is_older})
    for person_id, pack_id, made_at, statuses, told_at, _ in packs:
        said = [status.split() for status in statuses]  # a kind, and its item in words
        if any(kind == "pack_revoked" for kind, *_ in said):
            continue
        outdated_at = max(filter(None, (told_at, protected.get(pack_id))), default=None)
        found[person_id] = Pack(
            made_on=clock.day_of(made_at),
            is_agreed={sheet for kind, sheet, *_ in said if kind == "pack_agreed"} == SHEETS,
            is_given=any(THEIRS in sheets for kind, *sheets in said if kind == "pack_given"),
            outdated_on=clock.day_of(outdated_at) if outdated_at else None,
        )
    return found


def _protected_since(made: Mapping[UUID, datetime]) -> Mapping[UUID, datetime]:
    """Of packs older than the protection of some place: those that name it, and since when it is."""
    if not made:
        return {}
    fresh = places.protected_since(min(made.values()))
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, [list(made)])
        told = cursor.fetchall()
    return {
        pack_id: max(since)
        for pack_id, words in told
        if (since := [at for at, phrases in fresh if at > made[pack_id] and names(words, phrases)])
    }


def _days(ask: _Asker, *, since: date) -> Mapping[UUID, _Days]:
    """Contacts and appointments kept and missed, for as long as anybody is followed."""
    found: dict[UUID, _Days] = defaultdict(_Days)
    for person_id, day, was_reached in ask(contacts.days, since=since):
        found[person_id].count(day, was_seen=was_reached)
    for attended in ask(treatment.days, since=since):
        found[attended.person_id].count(attended.on, was_seen=attended.was_seen)
        if attended.is_pick_up:
            found[attended.person_id].collected(attended.on, was_seen=attended.was_seen)
    for each in ask(referral.told, since=since):
        _add_booked(found[each.person_id], each)
    return found


def _add_booked(days: _Days, each: referral.Told) -> None:
    if each.is_treatment and each.was_seen is not False:
        days.booked.add(each.on)
    if each.what == "court" and each.was_seen is None:
        days.hearings.add(each.on)
    if each.was_seen or each.missed_by:
        days.count(each.on, was_seen=bool(each.was_seen))
        if each.what == "pharmacy" or (each.what == "prescriber" and each.was_seen):
            days.collected(each.on, was_seen=bool(each.was_seen))


def _pharmacies(supplies: Mapping[UUID, Iterable[Supplied]]) -> Mapping[str, Hours]:
    """When each opens where medicine is had, by the name that was written, as far as we know the place."""
    told = chain.from_iterable(supplies.values())
    names = {each.pharmacy for each in told if each.pharmacy and each.supervised in {*COLLECTED, BY_A_NURSE}}
    known = places.named(names) if names else {}
    return {name: places.hours(place) for name, place in known.items() if place.week}


def _that_count(
    supplies: Iterable[Supplied], told: Custody, pharmacies: Mapping[str, Hours], *, on: date
) -> Iterator[Supply]:
    """The supplies that count for cover: of this custody, and none that starts only after they have left."""
    counts_from = max(on, told.leaves_on or on)
    for each in supplies:
        is_over = each.until is not None and told.custody_from is not None and each.until < told.custody_from
        if is_over or (each.starts_on is not None and each.starts_on > counts_from):
            continue
        yield Supply(
            medicine=each.medicine,
            until=each.until,
            stopped=each.stopped_on is not None and each.stopped_on <= on,
            is_collected=each.supervised in COLLECTED,
            is_injection=each.supervised == BY_A_NURSE,
            is_placed=each.pharmacy in pharmacies,
            hours=pharmacies.get(each.pharmacy) or places.usual_hours(told.nation),
        )


@cache
def reads() -> Mapping[Callable[..., Any], Collection[str]]:
    """The queries by kind that a pathway rests on, and which kinds of entry each of them reads."""
    return {
        treatment.supplies: ["prescription"],
        treatment.days: ["attendance"],
        contacts.days: ["contact"],
        referral.told: ["appointment", "appointment_outcome", "attendance"],
        sharing.ask_again: ["sharing_choice"],
        _ready: ReadyEntry.kinds,
        _settled: StepWord.kinds,
        _naloxone: ["naloxone"],
        _entries: kinds_that_complete(),
        _answered: assessment.kinds_of_stages(),
        _packs: ["pack"],
        _told: assessment.kinds_pressing(),
        _hard_days: ["hard_day"],
        _referrals: team.kinds_of_referrals(),
    }


@cache
def kinds_read() -> str:
    """All of them, as SQL has them between brackets."""
    return ", ".join(f"'{kind}'" for kind in sorted(set(chain.from_iterable(reads().values()))))
