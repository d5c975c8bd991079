"""What may be written: drafts of entries, and who may add or supersede them. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from throughgate.foundation.errors import Refused
from throughgate.foundation.values import value

LONGEST_REASON = 250  # characters
UNDO_MINUTES = 10


class NotYours(Refused):
    """An entry another organisation wrote is disagreed with, never replaced."""


class Locked(Refused):
    """The record of somebody who has died takes late entries only."""


class OutsideThePermit(Refused):
    """The permit does not cover what is about to be written."""


class Overtaken(Refused):
    """Somebody has said something newer about the same thing than whoever writes has seen."""

    def __init__(self, why: str, *, newer: UUID) -> None:
        super().__init__(why)
        self.newer = newer


@value(frozen=True, slots=True)
class Form:
    """How a worker's words came: by a form that was opened, sent, and perhaps sent again.

    Its key is the same however often it is sent. One made by `foundation.ids` tells when the form was opened:
    an entry with a greater id is one that the worker had not seen. A part of a form has that key, and more
    after a space.
    """

    key: str
    reason: str = ""  # why a late entry is needed after a death, or why this corrects another
    corrects: UUID | None = None  # the entry it takes the place of

    @property
    def opened(self) -> UUID | None:
        """None where the key does not tell."""
        try:
            return UUID(self.key.partition(" ")[0])
        except ValueError:
            return None


@value(frozen=True, kw_only=True, slots=True)
class Draft:
    """An entry about to be written: what it says, and when that was so.

    Who writes it, for which organisation, and when we knew are stamped from the permit.
    """

    identity_id: UUID
    kind: str
    happened_at: datetime
    dated_by: str  # time, day, by
    as_at: datetime
    body: Mapping[str, Any] = field(default_factory=dict)  # column -> value
    item: str = ""
    episode_id: UUID | None = None
    source_reference: str = ""
    supersedes: UUID | None = None
    reason: str = ""
    restricted: bool = False
    only_for: tuple[UUID, ...] = ()  # workers or organisations: besides the person, nobody else reads it
    withheld: bool = False  # from the person
    category: str = ""  # only where an entry is withdrawn: the category it had; every other kind has its own


@value(frozen=True, slots=True, kw_only=True)
class Change:
    """Two neighbouring statements of one source about one thing; `before` is None when none came before.

    `is_restating`: the later one was known already, and is compared afresh because another came in late.
    """

    identity_id: UUID
    item: str
    as_at: datetime  # of the later statement
    before: Mapping[str, Any] | None
    before_as_at: datetime | None
    after: Mapping[str, Any]
    is_restating: bool = False
    episode_id: UUID | None = None  # what the entries that follow are keyed to


@value(frozen=True, slots=True)
class Target:
    """What the rules need to know of an identity an entry is to hang on."""

    person_id: UUID
    organisation_id: UUID
    death: str


@dataclass(frozen=True, slots=True)
class Old:
    """What the rules need to know of an entry to be superseded, taken back or redacted."""

    identity_id: UUID
    organisation_id: UUID
    kind: str
    category: str
    restricted: bool
    only_for: Sequence[UUID]
    withheld: bool
    superseded_by: UUID | None
    is_withdrawn: bool  # by what superseded it
    supersedes: UUID | None
    item: str
    happened_at: datetime
    dated_by: str
    as_at: datetime
    recorded_at: datetime
    recorded_by: UUID | None


@value(frozen=True, slots=True)
class Stood:
    """An entry as it stands, for comparing with what a source now turns out to have said."""

    id: UUID
    identity_id: UUID
    kind: str
    category: str
    item: str
    happened_at: datetime
    dated_by: str
    as_at: datetime
    restricted: bool
    only_for: Sequence[UUID]
    withheld: bool
    is_settled: bool  # redacted, or corrected by somebody who is no feed
    body: Mapping[str, Any]


def restated(stood: Sequence[Stood], drafts: Sequence[Draft], *, reason: str) -> list[Draft]:
    """What to write so that the drafts hold in place of what stood, both in the order of the telling.

    What was told of one thing at one moment is kept where the drafts tell it again, all of it and in the
    same order. The other drafts supersede what stood about the same thing; what then is left is withdrawn.
    What is settled stays as it is.
    """
    stood, drafts = _unsettled(stood, drafts)
    then, now = _by_telling(stood), _by_telling(drafts)
    kept = {telling for telling, old in then.items() if _say_the_same(old, now.get(telling, []))}
    left = [old for old in stood if _telling(old) not in kept]
    fresh = [draft for draft in drafts if _telling(draft) not in kept]
    return [*_superseding(left, fresh, reason)]


def _unsettled(stood: Sequence[Stood], drafts: Sequence[Draft]) -> tuple[list[Stood], list[Draft]]:
    """Both without what is settled. A redacted entry names no item any more: its moments tell which it is."""
    settled = Counter(_moments(old) for old in stood if old.is_settled)
    told = []
    for draft in drafts:
        if settled[_moments(draft)]:
            settled[_moments(draft)] -= 1
        else:
            told.append(draft)
    return [old for old in stood if not old.is_settled], told


def _moments(entry: Stood | Draft) -> tuple[UUID, str, datetime, datetime]:
    return entry.identity_id, entry.kind, entry.as_at, entry.happened_at


Telling = tuple[UUID, str, str, datetime]
Said = TypeVar("Said", "Stood", "Draft")


def _telling(entry: Stood | Draft) -> Telling:
    return *_about(entry), entry.as_at


def _by_telling(entries: Sequence[Said]) -> dict[Telling, list[Said]]:
    found: dict[Telling, list[Said]] = defaultdict(list)
    for entry in entries:
        found[_telling(entry)].append(entry)
    return found


def _superseding(left: list[Stood], fresh: Sequence[Draft], reason: str) -> Iterator[Draft]:
    for draft in fresh:
        old = next((old for old in left if _about(old) == _about(draft)), None)
        if old is None:
            yield draft
        elif leaves_out(old, draft, category=old.category):
            yield draft  # what stood is left to be withdrawn
        else:
            left.remove(old)
            yield replace(draft, supersedes=old.id, reason=reason)
    for old in left:
        yield withdrawing(old, supersedes=old.id, reason=reason)


def withdrawing(old: Stood | Old, *, supersedes: UUID, reason: str) -> Draft:
    """An entry that leaves nothing standing in place of another, for whoever could read that."""
    return Draft(
        identity_id=old.identity_id,
        kind="withdrawn",
        category=old.category,
        item=old.item,
        happened_at=old.happened_at,
        dated_by=old.dated_by,
        as_at=old.as_at,
        supersedes=supersedes,
        reason=reason,
        restricted=old.restricted,
        only_for=tuple(old.only_for),
        withheld=old.withheld,
    )


def _about(entry: Stood | Draft) -> tuple[UUID, str, str]:
    return entry.identity_id, entry.kind, entry.item


def _say_the_same(stood: Sequence[Stood], drafts: Sequence[Draft]) -> bool:
    return [_words(old) for old in stood] == [_words(draft) for draft in drafts]


def _words(entry: Stood | Draft) -> tuple[datetime, str, Mapping[str, Any]]:
    return entry.happened_at, entry.dated_by, dict(entry.body)


def check_place(target: Target, *, organisation_id: UUID, person_id: UUID | None, late_reason: str) -> None:
    """Refuse an entry on another organisation's identity, another person, or a locked record.

    `person_id` is None for a feed, which may write on any person its own identities belong to, and whose
    late entries a review may need.
    """
    if target.organisation_id != organisation_id:
        raise OutsideThePermit("An organisation writes only on what it knows itself. Nothing was written.")
    if person_id is None:
        return
    if target.person_id != person_id:
        raise OutsideThePermit("This belongs to another record. Nothing was written.")
    if target.death == "confirmed" and not late_reason:
        raise Locked("This record is closed because the person has died. Say why this late entry is needed.")


def check_form(form: Form) -> None:
    """Refuse a reason that the record has no room for."""
    if len(form.reason) > LONGEST_REASON:
        raise Refused(f"Say why in up to {LONGEST_REASON} characters. What needs more is a note.")


def sent(draft: Draft, form: Form) -> Draft:
    """The draft as that form brings it; why it corrects another is for `in_place_of` to put in."""
    return replace(draft, source_reference=form.key, reason="" if form.corrects else form.reason)


def check_unseen(newer: UUID | None) -> None:
    """Refuse a word about a thing of which somebody else has said something newer."""
    if newer:
        raise Overtaken("Somebody else has said something about this since you opened the form.", newer=newer)


def check_new(draft: Draft, *, category: str, write: frozenset[str]) -> None:
    """Refuse a kind whose category the permit does not let this role write.

    What an entry supersedes, and its category, are not for a caller to say.
    """
    if draft.supersedes or draft.category:
        raise ValueError("A new entry supersedes nothing and has its kind's category.")
    if category not in write:
        raise OutsideThePermit(
            "Your role does not record this kind of information. Ask a colleague whose role does."
        )


def check_superseding(
    old: Old, *, organisation_id: UUID, is_data_quality: bool, write: frozenset[str], reason: str
) -> None:
    """Refuse to supersede what somebody else wrote, what this role does not write, or what is superseded."""
    _check_whose(old, organisation_id=organisation_id, is_data_quality=is_data_quality, reason=reason)
    if old.category not in write:
        raise OutsideThePermit(
            "Your role does not record this kind of information. Ask a colleague whose role does."
        )
    if old.superseded_by:
        raise Overtaken(
            "This has been corrected since you opened it. Read the newer version, then correct that.",
            newer=old.superseded_by,
        )


def check_undoing(old: Old, *, organisation_id: UUID, worker_id: UUID | None, at: datetime) -> None:
    """Refuse to take back another's words, what has stood for a while, and what was or is a correction."""
    if old.organisation_id != organisation_id or old.recorded_by != worker_id:
        raise NotYours("Only whoever wrote this can take it back.")
    if old.superseded_by or old.supersedes:
        raise Refused(
            "This has been corrected, and is not taken back any more. Correct it again, and say why."
        )
    if not is_fresh(old.recorded_at, at=at):
        raise Refused(
            f"This was written more than {UNDO_MINUTES} minutes ago, and others may have gone by it."
            " Correct it instead, and say why."
        )


def is_fresh(recorded_at: datetime, *, at: datetime) -> bool:
    """Whether something was written so lately that it is honest to take it back."""
    return at - recorded_at <= timedelta(minutes=UNDO_MINUTES)


def check_redacting(old: Old, *, organisation_id: UUID, is_data_quality: bool, reason: str) -> None:
    """Refuse to blank what somebody else wrote. An older version is blanked like the newest."""
    _check_whose(old, organisation_id=organisation_id, is_data_quality=is_data_quality, reason=reason)


def _check_whose(old: Old, *, organisation_id: UUID, is_data_quality: bool, reason: str) -> None:
    if old.organisation_id != organisation_id and not is_data_quality:
        raise NotYours("Another organisation wrote this. You can add that you disagree, and why.")
    if not reason.strip():
        raise Refused("Say why, in a few words, so that whoever reads this later understands.")


def in_place_of(
    old: Old, draft: Draft, *, supersedes: UUID, reason: str, by: UUID | None, is_own: bool
) -> Draft:
    """The draft as a correction: on the identity of what it corrects, and read by nobody more.

    But a person's own words are read by whom they choose each time. `by` is the worker who corrects it.
    """
    return replace(
        draft,
        identity_id=old.identity_id,
        supersedes=supersedes,
        reason=reason,
        restricted=old.restricted or draft.restricted,
        only_for=draft.only_for if is_own else _readers(old, draft, by),
        withheld=old.withheld or draft.withheld,
    )


def _readers(old: Old, draft: Draft, by: UUID | None) -> tuple[UUID, ...]:
    """For whom the correction is kept: of those it names, those who read the old words or correct them."""
    if not old.only_for:
        return draft.only_for
    return tuple(each for each in draft.only_for if each in {*old.only_for, by}) or tuple(old.only_for)


def tells_more(readers: Collection[UUID], *, before: Collection[UUID], by: UUID | None) -> bool:
    """Whether a correction would be read by somebody who could not read what it corrects.

    `before` and `readers` are for whom the old and the new words are kept: nobody means for all whose role
    reads them. `by` corrects it, and so has read it.

    """
    return bool(before) and not (readers and {*readers} <= {*before, by})


def leaves_out(old: Stood | Old, fresh: Draft, *, category: str) -> bool:
    """Whether somebody who read the old words may not read those that take their place, of that category."""
    return (
        category != old.category
        or (fresh.restricted and not old.restricted)
        or (fresh.withheld and not old.withheld)
        or (bool(fresh.only_for) and not (old.only_for and {*old.only_for} <= {*fresh.only_for}))
    )


def is_told_to_workers(only_for: Collection[UUID], *, organisation_id: UUID) -> bool:
    """Whether it is kept for workers by name, and not for all of that organisation."""
    return bool(only_for) and organisation_id not in only_for
