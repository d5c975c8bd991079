"""What the pathway is worked out from, and what it comes to. Frozen; the only words that cross its walls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from throughgate.directory.rules import Hours
from throughgate.foundation.values import value


class Shape(StrEnum):
    """What kind of leaving somebody is to be ready for."""

    PLANNED = "planned"  # sentenced, with a day to leave on
    SHORT = "short"  # sentenced, with fewer than 84 days from coming in to leaving
    REMAND = "remand"  # may be freed from any hearing
    RECALL = "recall"  # back inside on recall
    OPEN = "open"  # inside, with no day to leave on yet
    OUT = "out"  # left


class Item(StrEnum):
    """What has to be ready on the day. The order is that of a page."""

    PLAN = "plan"
    APPOINTMENT = "appointment"
    MEDICINES = "medicines"
    NALOXONE = "naloxone"
    MENTAL_HEALTH = "mental_health"
    GP = "gp"
    ID_BANK = "id_bank"
    HOME = "home"
    MEETING = "meeting"


class Progress(StrEnum):
    """How far something is. Late and not known are worked out, never told."""

    NOT_STARTED = "not_started"
    IN_HAND = "in_hand"
    CONFIRMED = "confirmed"
    NOT_NEEDED = "not_needed"  # a worker says so of a step, and why
    LATE = "late"
    NOT_KNOWN = "not_known"


CLOSED = frozenset({Progress.CONFIRMED, Progress.NOT_NEEDED})
BY_HAND = {"done": Progress.CONFIRMED, "not_needed": Progress.NOT_NEEDED}  # what a worker may say of a step


class CoverState(StrEnum):
    """Whether medicine lasts from the last dose in custody to the first prescriber outside."""

    NONE = "none"  # no such medicine is told of
    COVERED = "covered"  # until a day that is told, with a prescriber seen by then
    NOWHERE = "nowhere"  # as covered, but nobody says which open pharmacy gives it out once they have left
    ENDS = "ends"  # until a day that is told, and nobody is booked by then
    ENDED = "ended"
    BROKEN = "broken"  # pick-ups missed in a row: prescriber review
    NOT_KNOWN = "not_known"  # a medicine is told of, and not until when: never counted as covered


@value(frozen=True, kw_only=True)
class Ready:
    """The last word on one item of readiness."""

    progress: Progress
    told_on: date
    on: date | None = None  # the day it is for, such as an appointment's


@value(frozen=True, kw_only=True)
class Settled:
    """The last word on one step, by hand: it is done, or it is not needed.

    One said before they told anew what the step is about is none.
    """

    progress: Progress  # one of CLOSED
    told_on: date
    due_on: date  # the day it fell on then


@value(frozen=True, kw_only=True)
class Answered:
    """How lately a stage of the standard assessment was answered."""

    begun_on: date  # the last day on which anything of it was answered
    whole_on: date | None  # since then something was answered of each of its open topics; None: not of all


@value(frozen=True, kw_only=True)
class Supply:
    """A medicine as one source prescribes it, as far as its clock goes."""

    medicine: str
    until: date | None  # the last day supplied; None: not told
    stopped: bool = False
    is_collected: bool = False  # once they have left it is taken, day by day, in front of a pharmacist
    is_injection: bool = False  # a nurse gives it, on the last day of the one before
    is_placed: bool = False  # a pharmacy is named, and known: when it opens is told
    hours: Hours | None = None  # its own, or else the usual ones


@value(frozen=True, kw_only=True)
class Shut:
    """Days in a row on which medicine is due, and the place that gives it out is shut, or may be."""

    first: date
    last: date
    is_told: bool  # that it is; else nothing is written of one of these days: check
    weekdays: tuple[int, ...] = ()  # it is so on these days of each week, Monday being 0; the first ones
    is_agreed: bool = False  # somebody said so: that medicine is had otherwise

    @property
    def key(self) -> str:
        """What is agreed: these days, or these days of each week."""
        return "".join(map(str, self.weekdays)) or f"{self.first}/{self.last}"

    @classmethod
    def read(cls, key: str) -> "Shut":
        """The days of a key; those of a week stand for no days."""
        if key.isdigit():
            return cls(first=date.max, last=date.max, is_told=True, weekdays=tuple(map(int, key)))
        first, last = map(date.fromisoformat, key.split("/"))
        return cls(first=first, last=last, is_told=True)


@value(frozen=True, kw_only=True)
class Pack:
    """The newest release pack of somebody, where it was not taken back."""

    made_on: date
    is_agreed: bool = False
    is_given: bool = False
    outdated_on: date | None = None  # the last day on which something was told of a kind that it tells


@value(frozen=True, kw_only=True)
class Facts:
    """What is known of one person, gathered in a bounded number of queries."""

    standing: str  # of custody's StandingKind; "" where nothing is told
    nation: str = ""  # england, wales; "" not known
    custody_from: date | None = None  # the first day of this custody, or of the last one
    leaves_on: date | None = None
    leaves_certainty: str = ""
    leaves_type: str = ""  # of release_date_types
    leaves_told_on: date | None = None  # since when that day has been told
    was_leaving_on: date | None = None  # what the same source said before
    hearing_on: date | None = None  # the next day in court that is booked
    left_on: date | None = None  # None: inside, or never inside
    died: bool = False
    ready: Mapping[Item, Ready] = field(default_factory=dict)
    naloxone: Mapping[str, date] = field(default_factory=dict)  # state -> last seen on, the newest state last
    entries: Mapping[str, date] = field(default_factory=dict)  # kind that completes a step -> last told on
    answered: Mapping[str, Answered] = field(default_factory=dict)  # by stage of the assessment
    pack: Pack | None = None
    settled: Mapping[str, Settled] = field(default_factory=dict)  # by the key of the step
    supplies: tuple[Supply, ...] = ()
    contacts: frozenset[date] = frozenset()  # days on which somebody of any service reached them
    missed: frozenset[date] = frozenset()  # days on which it was tried, or was due, and did not happen
    booked: frozenset[date] = frozenset()  # days on which a prescriber or a treatment service expects them
    # Days on which medicine was to be collected, or taken under supervision, and whether it was. A prescriber
    # who saw them counts as if it had been.
    pick_ups: Mapping[date, bool] = field(default_factory=dict)
    last_word_on: date | None = None  # the last day anything at all was written of them
    ask_again_on: date | None = None  # what they want shared was asked before they had settled
    # Referrals: answer_housing -> to be answered by then, meet_housing -> taken on then, and nobody met them.
    referrals: Mapping[str, date] = field(default_factory=dict)
    hard_on: date | None = None  # the next day that is hard for them, as they said
    # What they answered that could not wait until the next day: told_pregnancy -> the last day they said so.
    told: Mapping[str, date] = field(default_factory=dict)


TOLD = "told_"  # the beginning of an anchor that is what they told
# An anchor of which a word by hand says what was done, however long ago it was told.
UNTIL_TALKED = frozenset({"told_self_harm"})
# Of steps of these, who may not read them is not told that one is late: that there is any says too much.
UNSAID = frozenset({"safeguarding", "story"})


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One row of the code set `pathway_steps`."""

    code: str
    label: str
    why: str  # a sentence that says why it is there
    stage: str  # arrival, in_custody, before_release, the_day, after
    anchor: str  # what its day is counted from: see situation.anchors_of
    offset_days: int
    working_day: str  # "", before, after: where it falls on a day off
    shapes: frozenset[str]  # of Shape; empty: all
    applies_when: str  # one of conditions.CONDITIONS; "" always
    completed_by: str  # such as "ready:home" or "contact:2": see completion; "" by nothing yet
    gives_way_to: str  # the step that takes its place on the day it falls due; "" none
    role: str  # who does it, in words
    category: str  # the sharing category of the step
    nation: str  # england, wales, both
    verified: bool
    source: str

    @property
    def told(self) -> str:
        """What they told on the day it is counted from; "" where it is counted from another."""
        return self.anchor.removeprefix(TOLD) if self.anchor.startswith(TOLD) else ""


@value(frozen=True, kw_only=True)
class Step:
    """A step of one person's pathway, with its reason."""

    code: str
    due_on: date
    progress: Progress
    stage: str
    category: str
    item: str = ""  # the Item it is about, if any
    told: str = ""  # as of its row
    is_impossible: bool = False  # due before it could be known
    is_verified: bool = True
    shut: Shut | None = None  # the days it is about

    @property
    def key(self) -> str:
        """What a word by hand is about: the step, and which days, where it may come again of others."""
        return f"{self.code} {self.shut.key}" if self.shut else self.code

    @property
    def is_open(self) -> bool:
        return self.progress not in CLOSED


@value(frozen=True, kw_only=True)
class Plan:
    """A person's pathway as it stands on a day."""

    shape: Shape
    leaves_on: date | None
    was_leaving_on: date | None
    hearing_on: date | None  # from which they may be freed
    left_on: date | None
    cover: CoverState
    cover_until: date | None
    seen_on: date | None  # the first day outside on which a prescriber is to see them, or saw them
    steps: tuple[Step, ...]  # in order of their days, done ones too
    urgency: int  # higher first; see rules.urgency for its reasons
    reasons: tuple[str, ...]  # keys of what made it urgent
