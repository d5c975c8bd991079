"""The pure rules of treatment: what changed, which sources disagree, what in a row needs a second look.

Nothing here works out a dose. Doses are told, compared as exact decimals, and kept as they were written.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


# What a provider says ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class EpisodeFact:
    key: str  # the provider's own reference, as with every key below
    referred_on: date | None = None
    triaged_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    drugs: tuple[str, ...] = ()
    consent: str = ""  # yes, no; "" not recorded. To NDTMS only: not a sharing choice


@dataclass(frozen=True, kw_only=True)
class InterventionFact:
    key: str
    episode: str = ""
    modality: str = ""
    setting: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    exit_status: str = ""


@dataclass(frozen=True, kw_only=True)
class PrescriptionFact:
    key: str
    medicine: str  # as written
    dose: Decimal | None = None  # None where nothing is written or the writing is not a number
    dose_as_written: str = ""
    unit: str = ""
    form: str = ""
    frequency: str = ""
    supervised: str = ""  # "" not recorded
    started_on: date | None = None
    until_on: date | None = None  # last day covered
    stopped_on: date | None = None
    prescriber: str = ""


@dataclass(frozen=True, kw_only=True)
class DoseFact:
    """The last dose a source saw taken."""

    medicine: str
    taken_on: date
    taken_at: datetime | None = None  # None where the time was not recorded
    amount: Decimal | None = None
    amount_as_written: str = ""
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendanceFact:
    key: str
    due_at: datetime
    what: str = ""
    outcome: str = ""  # code set attendance_outcomes; "" not yet known
    mode: str = ""


Fact = EpisodeFact | InterventionFact | PrescriptionFact | DoseFact | AttendanceFact

NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")


def exact(written: str) -> Decimal | None:
    """The number somebody wrote, exactly; None unless it is plain digits with at most one point.

    A comma is refused: "1,5" is one and a half to some and fifteen to others.
    """
    text = written.strip()
    return Decimal(text) if NUMBER.fullmatch(text) else None


# What changed --------------------------------------------------------------------------------------------


class ChangeKind(StrEnum):
    REFERRED = "referred"
    ASSESSED = "assessed"
    STARTED = "started"
    ENDED = "ended"
    STOPPED = "stopped"
    TAKEN = "taken"
    BOOKED = "booked"
    OUTCOME_KNOWN = "outcome_known"
    REOPENED = "reopened"  # an end was taken back
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Change:
    what: ChangeKind
    on: date | None = None  # None: the fact carries no day for it
    fields: tuple[str, ...] = ()


# Fields whose filling in is something that happened, in the order in which it happens.
MILESTONES: dict[type[Fact], dict[str, ChangeKind]] = {
    EpisodeFact: {
        "referred_on": ChangeKind.REFERRED,
        "triaged_on": ChangeKind.ASSESSED,
        "started_on": ChangeKind.STARTED,
        "ended_on": ChangeKind.ENDED,
    },
    InterventionFact: {"started_on": ChangeKind.STARTED, "ended_on": ChangeKind.ENDED},
    PrescriptionFact: {"started_on": ChangeKind.STARTED, "stopped_on": ChangeKind.STOPPED},
    DoseFact: {"taken_on": ChangeKind.TAKEN},
    AttendanceFact: {"due_at": ChangeKind.BOOKED, "outcome": ChangeKind.OUTCOME_KNOWN},
}
ENDS = frozenset({"ended_on", "stopped_on"})
NUMBER_BESIDE = {"dose_as_written": "dose", "amount_as_written": "amount"}


def changes(before: Fact | None, after: Fact) -> tuple[Change, ...]:
    """What a source's newer word on one item adds to its older one, oldest happening first.

    Depends on the two facts only. Writing a number another way (.5 for 0.50) changes nothing.
    """
    names = _differing(before, after)
    happened = tuple(_happened(before, after, name) for name in _milestones(after) if name in names)
    rest = tuple(name for name in names if name not in _milestones(after))
    if before is None:
        return happened or (Change(what=ChangeKind.CHANGED, fields=rest),)
    return happened + ((Change(what=ChangeKind.CHANGED, fields=rest),) if rest else ())


def _milestones(fact: Fact) -> dict[str, ChangeKind]:
    return MILESTONES[type(fact)]


def _differing(before: Fact | None, after: Fact) -> tuple[str, ...]:
    """Names of the fields that say something else; at first sight, of those that say anything."""
    names = [each.name for each in fields(after)]
    if before is None:
        return tuple(name for name in names if getattr(after, name) not in {None, "", ()})
    return tuple(name for name in names if _value(before, name) != _value(after, name))


def _value(fact: Fact, name: str) -> object:
    number = getattr(fact, NUMBER_BESIDE.get(name, name))
    return getattr(fact, name) if number is None else number


def _happened(before: Fact | None, after: Fact, name: str) -> Change:
    """A day filled in has happened; one moved to another day is a correction; one taken back, too."""
    earlier = None if before is None else getattr(before, name)
    value = getattr(after, name)
    if not value:
        taken_back = ChangeKind.REOPENED if name in ENDS else ChangeKind.CHANGED
        return Change(what=taken_back, fields=(name,))
    is_news = not earlier or isinstance(after, DoseFact) or name == "outcome"
    what = _milestones(after)[name] if is_news else ChangeKind.CHANGED
    return Change(what=what, on=_day(value), fields=(name,))


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone(LONDON).date()
    return value if isinstance(value, date) else None


# Medicines as each source says ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Told:
    """One source's word on a prescription or a last dose."""

    fact: PrescriptionFact | DoseFact
    organisation: str
    source: str
    known_at: datetime
    reference: str = ""


class SourceState(StrEnum):
    CURRENT = "current"
    NOT_YET = "not_yet"
    COVER_OVER = "cover_over"  # the last covered day is past, and nobody said it was stopped
    STOPPED = "stopped"
    DOSE_ONLY = "dose_only"  # a dose was seen taken; no prescription is told


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """What one source says now about one medicine."""

    organisation: str
    state: SourceState
    known_at: datetime
    is_old: bool
    prescription: Told | None
    last_dose: Told | None


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """Two or more sources say different things at once. It is shown, and never settled by us."""

    field: str  # dose, unit, form, supervised, stopped
    sayings: tuple[tuple[str, tuple[str, ...]], ...]  # by organisation, as written


@dataclass(frozen=True, kw_only=True)
class MedicineLine:
    medicine: str  # the known name, or the writing in small letters
    sources: tuple[SourceLine, ...]  # newest word first
    disagreements: tuple[Disagreement, ...]


def medicine_name(written: str, *, known: Collection[str]) -> str:
    """The longest known name the writing begins with, else the writing itself, in small letters.

    Two sources seldom write a medicine alike ("Methadone 1mg/ml oral solution", "METHADONE").
    """
    text = " ".join(written.casefold().split())
    begins = [name for name in known if re.match(rf"{re.escape(name.casefold())}(?![a-z])", text)]
    return max(begins, key=len).casefold() if begins else text


def medicines_by_source(
    facts: Iterable[Told], *, on: date, old_after_days: int, known: Collection[str] = ()
) -> tuple[MedicineLine, ...]:
    """One line a medicine, by name, with what each source says newest and where they differ.

    A source's word is old when it was last told more than `old_after_days` before; old words are shown and
    not held against newer ones. `known` are names to group by; without them equal writings are grouped.
    """

    def name(told: Told) -> str:
        return medicine_name(told.fact.medicine, known=known)

    def lines(group: list[Told]) -> tuple[SourceLine, ...]:
        return _source_lines(group, on=on, old_after_days=old_after_days)

    ordered = sorted(facts, key=lambda told: (name(told), _order(told)))
    grouped = [(medicine, lines(list(told))) for medicine, told in groupby(ordered, key=name)]
    return tuple(
        MedicineLine(medicine=medicine, sources=sources, disagreements=_disagreements(sources, on=on))
        for medicine, sources in grouped
    )


def _order(told: Told) -> tuple[str, ...]:
    """Total, so that the answer does not depend on the order of what comes in."""
    return (told.organisation, told.known_at.isoformat(), told.source, told.reference, repr(told.fact))


def _source_lines(told: list[Told], *, on: date, old_after_days: int) -> tuple[SourceLine, ...]:
    """One line for each organisation and prescription that matters now, newest word first."""
    found: list[SourceLine] = []
    for organisation, group in groupby(told, key=lambda each: each.organisation):
        words = list(group)
        dose = _last_dose(words)
        for prescription in _shown(words, on=on) or [None]:
            known_at = max(each.known_at for each in (prescription, dose) if each is not None)
            found.append(
                SourceLine(
                    organisation=organisation,
                    state=_state(prescription, on=on),
                    known_at=known_at,
                    is_old=(on - known_at.astimezone(LONDON).date()).days > old_after_days,
                    prescription=prescription,
                    last_dose=dose,
                )
            )
    return tuple(sorted(found, key=lambda line: line.known_at, reverse=True))


def _shown(words: list[Told], *, on: date) -> list[Told | None]:
    """The newest word on each current prescription; if none is current, on the one told last."""
    newest: dict[str, Told] = {}
    for told in sorted(words, key=lambda each: each.known_at):
        if isinstance(told.fact, PrescriptionFact):
            newest.pop(told.fact.key, None)
            newest[told.fact.key] = told
    current = [told for told in newest.values() if _state(told, on=on) is SourceState.CURRENT]
    return list(current or list(newest.values())[-1:])


def _last_dose(words: list[Told]) -> Told | None:
    doses = [told for told in words if isinstance(told.fact, DoseFact)]
    return max(doses, key=_when_taken, default=None)


def _when_taken(told: Told) -> tuple[date, bool, str, datetime]:
    """Later days first to last; on one day a dose with a time comes after one without."""
    assert isinstance(told.fact, DoseFact)
    taken_at = told.fact.taken_at
    return (told.fact.taken_on, taken_at is not None, taken_at.isoformat() if taken_at else "", told.known_at)


def _state(told: Told | None, *, on: date) -> SourceState:
    if told is None or not isinstance(told.fact, PrescriptionFact):
        return SourceState.DOSE_ONLY
    fact = told.fact
    if fact.stopped_on is not None and fact.stopped_on <= on:
        return SourceState.STOPPED
    if fact.started_on is not None and fact.started_on > on:
        return SourceState.NOT_YET
    if fact.until_on is not None and fact.until_on < on:
        return SourceState.COVER_OVER
    return SourceState.CURRENT
