"""What a provider's newer word on one item adds to its older one."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from throughgate.treatment.rules.facts import (
    AttendanceFact,
    DoseFact,
    EpisodeFact,
    Fact,
    InterventionFact,
    PrescriptionFact,
    spoken,
)

LONDON = ZoneInfo("Europe/London")


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
    return tuple(name for name in names if spoken(before, name) != spoken(after, name))


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
