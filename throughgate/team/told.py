"""What the entries of a team say, and what follows from the order in which it was said."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from throughgate.foundation.codesets import code_set
from throughgate.record.queries import Spine
from throughgate.team.models import (
    ContentNote,
    Disagreement,
    Goal,
    GoalWord,
    HardDay,
    Lead,
    MeetingWish,
    Membership,
    Message,
    Outside,
    Pressure,
    Reason,
    Referral,
    ReferralWord,
    SupportWish,
    Task,
    TaskWord,
    Unmet,
)


class MembershipLine(NamedTuple):
    post: UUID
    why: str
    agreed: str  # code set team_agreements; "" nobody could ask


class LeadLine(NamedTuple):
    post: UUID
    agreed: str
    text: str


class TaskLine(NamedTuple):
    post: UUID | None  # None: of `who`
    who: str  # without a post; "" with none either: the person
    text: str
    by_on: date | None
    serves: str  # the item of a goal, or of a hard day; "" neither


class TaskWordLine(NamedTuple):
    state: str  # code set task_states
    text: str


class MessageLine(NamedTuple):
    post: UUID | None  # None: the whole team
    text: str


class GoalLine(NamedTuple):
    whose: str  # code set voices
    text: str
    by_on: date | None
    agreed: str  # code set goal_agreements; "" it is their own
    reason: str  # the item of the reason it is tied to; "" none


class GoalWordLine(NamedTuple):
    state: str  # code set goal_states
    text: str


class DisagreementLine(NamedTuple):
    whose: str
    text: str


class ContentLine(NamedTuple):
    about: list[str]  # code set content_notes


class PressureLine(NamedTuple):
    text: str
    plan: str  # how they stay safe


class WishLine(NamedTuple):
    text: str


class ReasonLine(NamedTuple):
    reason: str  # code set reasons
    text: str


class HardDayLine(NamedTuple):
    falls_on: date
    is_yearly: bool
    text: str
    helps: str


class UnmetLine(NamedTuple):
    place: str
    text: str


class ReferralLine(NamedTuple):
    who: str
    text: str
    answer_by: date


class ReferralWordLine(NamedTuple):
    state: str  # code set referral_states
    text: str


class OutsideLine(NamedTuple):
    holds: bool
    name: str
    works_for: str
    reach: str
    text: str
    agreed: str  # as in MembershipLine


class MeetingWishLine(NamedTuple):
    setting: str  # code set meeting_settings
    worker: str
    text: str


SHAPES: dict[str, type[NamedTuple]] = {
    **dict.fromkeys(Membership.kinds, MembershipLine),
    **dict.fromkeys(Lead.kinds, LeadLine),
    **dict.fromkeys(Task.kinds, TaskLine),
    **dict.fromkeys(TaskWord.kinds, TaskWordLine),
    **dict.fromkeys(Message.kinds, MessageLine),
    **dict.fromkeys(Goal.kinds, GoalLine),
    **dict.fromkeys(GoalWord.kinds, GoalWordLine),
    **dict.fromkeys(Disagreement.kinds, DisagreementLine),
    **dict.fromkeys(ContentNote.kinds, ContentLine),
    **dict.fromkeys(Pressure.kinds, PressureLine),
    **dict.fromkeys(SupportWish.kinds, WishLine),
    **dict.fromkeys(Reason.kinds, ReasonLine),
    **dict.fromkeys(HardDay.kinds, HardDayLine),
    **dict.fromkeys(Unmet.kinds, UnmetLine),
    **dict.fromkeys(Referral.kinds, ReferralLine),
    **dict.fromkeys(ReferralWord.kinds, ReferralWordLine),
    **dict.fromkeys(Outside.kinds, OutsideLine),
    **dict.fromkeys(MeetingWish.kinds, MeetingWishLine),
}
REASON_CATEGORIES = frozenset(Reason.kinds.values())
WORDS: dict[type[NamedTuple], tuple[type[NamedTuple], str]] = {  # on it, and how far it may be
    TaskLine: (TaskWordLine, "task_states"),
    GoalLine: (GoalWordLine, "goal_states"),
    ReferralLine: (ReferralWordLine, "referral_states"),
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """An entry and what it says."""

    entry: Spine
    line: Any


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A task or a goal: what was said, and the last word on how far it is."""

    said: Said
    word: Said | None
    is_open: bool
    disagreements: tuple[Said, ...] = ()

    @property
    def states(self) -> str:
        """The code set of how far it may be."""
        return WORDS[type(self.said.line)][1]

    @property
    def key(self) -> str:
        """Which one it is, for a word on it to name."""
        return self.said.entry.item


def of(said: Iterable[Said], shape: type[NamedTuple]) -> list[Said]:
    return [each for each in said if type(each.line) is shape]


def item(entry: Spine) -> str:
    return entry.item


def about(entry: Spine) -> str:
    """What the kind says it is about: "lead_home" is about the home."""
    return entry.kind.partition("_")[2]


def newest(said: Iterable[Said], *, by: Callable[[Spine], str] = item) -> dict[str, Said]:
    """The last word about each thing; what is given stands newest first."""
    found: dict[str, Said] = {}
    for each in said:
        found.setdefault(by(each.entry), each)
    return found


def things(
    said: Sequence[Said],
    shape: type[NamedTuple],
    beside: Mapping[str, Sequence[Said]] = MappingProxyType({}),
) -> list[Thing]:
    """What was asked or wished, with the last word on each: what is open first, then newest first."""
    word_shape, states = WORDS[shape]
    words = newest(of(said, word_shape))
    found = []
    for each in newest(of(said, shape)).values():
        word = words.get(each.entry.item)
        row = code_set(states).get(word.line.state) if word else None
        found.append(
            Thing(
                said=each,
                word=word,
                is_open=row is None or row["is_open"] == "yes",
                disagreements=tuple(beside.get(str(each.entry.id), ())),
            )
        )
    return sorted(found, key=lambda thing: not thing.is_open)


def by_entry(said: Iterable[Said]) -> dict[str, list[Said]]:
    """By the id of the entry they are about, oldest first."""
    found: dict[str, list[Said]] = defaultdict(list)
    for each in said:
        found[each.entry.item].insert(0, each)
    return found
