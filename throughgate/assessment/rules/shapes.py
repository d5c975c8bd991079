"""What an assessment is made of, as the files of data/instruments say it, and what an answer is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

Kind = Literal["one", "several", "yes_no", "number", "days", "scale", "words", "date"]
KINDS: frozenset[Kind] = frozenset({"one", "several", "yes_no", "number", "days", "scale", "words", "date"})
CHOSEN = frozenset({"one", "several", "yes_no"})  # answered by the code of a choice
COUNTED = frozenset({"number", "days", "scale"})  # answered by a number from least to most


@dataclass(frozen=True, kw_only=True)
class Concept:
    """One thing that may be known about a person, whichever form asks for it."""

    code: str
    label: str
    category: str  # of the code set categories: that of every answer to it
    stale_after_days: int
    afresh: bool  # asked each time: what was said before is shown, and never confirmed in bulk


@dataclass(frozen=True, kw_only=True)
class Choice:
    code: str
    label: str
    points: int | None = None


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What an earlier question was answered with, for this one to be asked: any of these, or more than."""

    question: str
    any_of: frozenset[str] = frozenset()
    above: int | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    code: str  # unique in its topic; the same in two topics is the same question
    of: str = ""  # what it is asked of, where it is asked of each of several things
    text: str  # "" where the licence lets us ship scoring only: the paper form is needed
    help: str = ""
    easy: str = ""  # the same in fewer and shorter words; "" where the text is that already
    answers: Kind
    choices: tuple[Choice, ...] = ()  # of a scale: what its ends mean
    unit: str = ""
    least: int | None = None
    most: int | None = None
    concept: str = ""
    category: str  # of its concept; of its topic where it has none
    only_if: Condition | None = None
    opens_conversation: frozenset[str] = frozenset()  # answers after which a worker talks of safety, now
    is_of_self_harm: bool = False  # such an answer says that they may hurt themself
    same_day: frozenset[str] = frozenset()  # answers that need something done the same day
    same_day_words: str = ""  # what that is

    def choice(self, code: str) -> Choice | None:
        return next((each for each in self.choices if each.code == code), None)


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What stands on one page."""

    code: str
    title: str
    intro: str
    category: str
    clinical: bool = False  # for those trained in it
    closed: bool = False  # until the person says that they are ready
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What the standard assessment asks at one moment: topics in their order, and of each which questions."""

    code: str  # of the code set assessment_stages
    picks: Mapping[str, tuple[str, ...]]  # topic -> questions; () is all of them


@dataclass(frozen=True, kw_only=True)
class Period:
    """Which days the answers speak of. Answers of unlike periods are never compared as if the same."""

    label: str
    days: int | None = None  # none: now, or no one length
    before_custody_in: frozenset[str] = frozenset()  # settings where the days end on the way into custody


@dataclass(frozen=True, kw_only=True)
class Band:
    """What a total is called in the source: never leave to do less, and never a diagnosis."""

    least: int
    most: int
    label: str
    is_verified: bool


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A total from which the source says something more."""

    at: int
    says: str
    is_verified: bool
    sex: str = ""  # of the code set sexes; "" where it holds for everybody


@dataclass(frozen=True, kw_only=True)
class Scoring:
    """How answers are added up.

    sum: the points of every question; one that is left out by an earlier answer adds its least. profile:
    every answer by itself, and no total.
    """

    method: Literal["sum", "profile"]
    least: int = 0
    most: int = 0
    may_miss: int = 0  # so many may be missing, and stand at the mean of the others
    either: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # yes where any of these is yes
    bands: tuple[Band, ...] = ()
    no_bands: str = ""  # why there are none, where others print some
    cuts: tuple[Cut, ...] = ()
    read_as: str = ""  # the question of ours that says by whose cut it is read where no sex is told, and why
    changes_by: int | None = None  # a smaller difference may be chance
    changes_verified: bool = False
    source: str
    is_verified: bool  # seen in the source, and not from memory


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """One version of a form, as it stays for every answer that was given to it."""

    code: str
    version: str
    title: str
    purpose: str
    stages: Mapping[str, Stage] = field(default_factory=dict)  # none: all of it at once
    period: Period
    licence: str
    rights: Literal["bundle", "score_only"]
    notice: str  # the line its owners ask to be shown; "" where they ask for none
    source: str
    verified: Literal["yes", "no", "derived"]  # its wording, against the source
    typing: str = ""  # how what stands on its paper form is typed back
    languages: tuple[str, ...]
    topics: tuple[Topic, ...]
    scoring: Scoring | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for topic in self.topics for question in topic.questions)

    @property
    def items(self) -> tuple[Question, ...]:
        """What the form itself asks, and what is added up."""
        ours = self.scoring.read_as if self.scoring else ""
        return tuple(each for each in self.questions if each.code != ours)

    @property
    def needs_paper(self) -> bool:
        """Whether its words stand on its own paper form only."""
        return self.rights == "score_only"


State = Literal["answered", "not_known", "prefer_not", "not_asked"]
How = Literal["asked", "confirmed", "updated", "no_longer"]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody said to one question.

    What is prefilled, and neither confirmed nor changed, is no answer: it stays what it was, said then and
    there.
    """

    state: State
    value: str | tuple[str, ...] = ""  # codes of choices, a number or day as written, or words
    text: str = ""
    how: How = "asked"
    first: UUID | None = None  # the entry it was first said in
    first_on: date | None = None
