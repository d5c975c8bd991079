"""Which of the days a person may leave on to go by, and why."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import chain

from throughgate.foundation.values import value

TO_COME, PAST, TOO_FAR_OFF = range(3)
TOO_FAR_YEARS = 60  # a day further off than this is a slip of the pen
FOR_RECALL = frozenset({"PRRD"})
BEFORE_RECALL = frozenset(
    {"CRD", "ARD", "NPD", "HDCAD", "NDTORD"}
)  # worked out for the sentence, not the recall
CERTAINTIES = {"confirmed": 0, "calculated": 1}  # anything else comes after


@dataclass(frozen=True, kw_only=True)
class DateType:
    """One row of the code set `release_date_types`."""

    code: str
    what: str  # release, eligibility, supervision, end_of_sentence, end_of_licence
    rank: int | None  # 1 first; None for what never stands for the release
    certainty: str  # what a date of this type is unless its source says otherwise
    field: str = ""  # as the feed calls it
    label: str = ""


DateTypes = Mapping[str, DateType]
Voice = tuple[str, bool]  # an organisation, and whether its workers were told rather than its record says


def date_types(rows: Iterable[Mapping[str, str]]) -> dict[str, DateType]:
    """The code set's rows by code."""
    return {
        row["code"]: DateType(
            code=row["code"],
            what=row["what"],
            rank=int(row["rank"]) if row["rank"] else None,
            certainty=row["certainty"],
            field=row["field"],
            label=row["label"],
        )
        for row in rows
    }


@value(frozen=True, kw_only=True)
class ExpectedDate:
    """A day of one type as one organisation gave it."""

    type: str
    on: date | None  # None: the source took it away
    organisation: str
    known_at: datetime  # as-at of the newest document that says so
    certainty: str = ""  # "" as its type
    told_by: str = ""  # who told it to a worker of the organisation; "" its own record says so

    @property
    def voice(self) -> Voice:
        return self.organisation, bool(self.told_by)


class WhyChosen(StrEnum):
    """What put the chosen date before the next in line that names another day."""

    ALL_AGREE = "all_agree"
    STILL_TO_COME = "still_to_come"
    NOT_TOO_FAR_OFF = "not_too_far_off"
    FITS_STANDING = "fits_standing"  # on recall the date after recall, and otherwise not
    MORE_CERTAIN = "more_certain"
    ON_RECORD = "on_record"  # of a prison, and not only told to a worker
    NEWER = "newer"
    OWN_PRISON = "own_prison"
    TYPE_GOES_FIRST = "type_goes_first"
    SOONEST = "soonest"


class WhyNot(StrEnum):
    REPLACED = "replaced"  # the same organisation changed or took back this type
    UNKNOWN_TYPE = "unknown_type"
    NOT_A_RELEASE = "not_a_release"  # may be considered from then, or something else ends then
    SAME_DAY = "same_day"  # agrees with the chosen date
    PAST = "past"
    TOO_FAR_OFF = "too_far_off"
    BEFORE_RECALL = "before_recall"
    NOT_ON_RECALL = "not_on_recall"
    LESS_CERTAIN = "less_certain"
    BY_HAND = "by_hand"  # told to a worker, and on no prison's record
    OLDER = "older"
    OTHER_ORGANISATION = "other_organisation"
    TYPE_GOES_AFTER = "type_goes_after"
    LATER = "later"


CONTESTING = frozenset({WhyNot.LESS_CERTAIN, WhyNot.BY_HAND})


@value(frozen=True, kw_only=True)
class Loser:
    told: ExpectedDate
    why_not: WhyNot


@value(frozen=True, kw_only=True)
class BestDate:
    chosen: ExpectedDate
    on: date
    certainty: str
    why: WhyChosen
    is_past: bool  # shown, and to be questioned
    losers: tuple[Loser, ...]

    @property
    def is_contested(self) -> bool:
        """A worker was told another day than a record has, and nothing told since settles it."""
        return any(
            bool(each.told.told_by) is not bool(self.chosen.told_by) and each.why_not in CONTESTING
            for each in self.losers
        )


@value(frozen=True, kw_only=True)
class _Candidate:
    """A day that may stand for the release, with what decides; lower goes first throughout."""

    told: ExpectedDate
    on: date
    certainty: str
    timing: int
    misfit: bool
    overtaken: bool
    less_certain: int
    by_hand: bool
    age: float
    elsewhere: bool
    rank: int

    @property
    def place(self) -> tuple[int, bool, bool, int, bool, float, bool, int, date]:
        return (
            self.timing,
            self.misfit,
            self.overtaken,
            self.less_certain,
            self.by_hand,
            self.age,
            self.elsewhere,
            self.rank,
            self.on,
        )


# One row for each part of `place`: why the first goes first, and why the other does not.
REASONS = (
    (WhyChosen.STILL_TO_COME, WhyNot.PAST),
    (WhyChosen.FITS_STANDING, WhyNot.BEFORE_RECALL),
    (WhyChosen.NEWER, WhyNot.OLDER),
    (WhyChosen.MORE_CERTAIN, WhyNot.LESS_CERTAIN),
    (WhyChosen.ON_RECORD, WhyNot.BY_HAND),
    (WhyChosen.NEWER, WhyNot.OLDER),
    (WhyChosen.OWN_PRISON, WhyNot.OTHER_ORGANISATION),
    (WhyChosen.TYPE_GOES_FIRST, WhyNot.TYPE_GOES_AFTER),
    (WhyChosen.SOONEST, WhyNot.LATER),
)


def told_lately(dates: Iterable[ExpectedDate]) -> list[ExpectedDate]:
    """The last word of each voice on each type and the one before it, oldest first.

    Enough to choose by and to see what moved; a date that moves every week for years stays as short.
    """
    newest: dict[tuple[Voice, str], deque[ExpectedDate]] = defaultdict(lambda: deque(maxlen=2))
    for each in _oldest_first(dates):
        newest[each.voice, each.type].append(each)
    return _oldest_first(chain.from_iterable(newest.values()))


def _oldest_first(dates: Iterable[ExpectedDate]) -> list[ExpectedDate]:
    by_all = {
        (each.known_at, each.organisation, each.type, str(each.on), each.certainty, each.told_by): each
        for each in dates
    }
    return [by_all[key] for key in sorted(by_all)]


def best_release_date(
    dates: Iterable[ExpectedDate],
    *,
    on: date,
    types: DateTypes,
    on_recall: bool = False,
    prison: str = "",
) -> BestDate | None:
    """The release date to go by on that day, why, and every other date with why not; None if there is none.

    A day still to come goes before a past one; then what fits their standing (the date after recall counts
    on recall only); then confirmed before calculated; then the organisation that spoke last; then the prison
    they are in; then the rank of the type. Days of eligibility and ends of sentence, licence and supervision
    are never a release date. A past day is chosen only if nothing better is told.

    What a worker was told goes before what a record says only where it is more certain, and only until a
    record says something new.
    """
    told = tuple(_oldest_first(dates))
    ask = _Question(on=on, types=types, on_recall=on_recall, prison=prison, told=told)
    candidates = sorted(
        ask.candidates(), key=lambda each: (each.place, each.told.organisation, each.told.type)
    )
    if not candidates:
        return None
    first = candidates[0]
    return BestDate(
        chosen=first.told,
        on=first.on,
        certainty=first.certainty,
        why=_why(first, candidates[1:]),
        is_past=first.on < on,
        losers=tuple(_losers(ask, first, candidates[1:])),
    )


@value(frozen=True, kw_only=True)
class _Question:
    on: date
    types: DateTypes
    on_recall: bool
    prison: str
    told: tuple[ExpectedDate, ...]  # oldest first

    @cached_property
    def standing(self) -> tuple[ExpectedDate, ...]:
        """The newest word of each voice on each type."""
        return tuple({(each.voice, each.type): each for each in self.told}.values())

    @cached_property
    def spoke_at(self) -> dict[Voice, datetime]:
        return {each.voice: each.known_at for each in self.told}

    @cached_property
    def recorded_at(self) -> datetime | None:
        """When a record last said something new of a day that may stand for the release."""
        ranked = {code for code, kind in self.types.items() if kind.rank is not None}
        said = (each.known_at for each in self.told if not each.told_by and each.type in ranked)
        return max(said, default=None)

    def candidates(self) -> Iterator[_Candidate]:
        for each in self.standing:
            kind = self.types.get(each.type)
            if each.on is not None and kind is not None and kind.rank is not None:
                yield self._candidate(each, each.on, kind, kind.rank)

    def _is_overtaken(self, told: ExpectedDate) -> bool:
        return bool(told.told_by) and self.recorded_at is not None and self.recorded_at > told.known_at

    def _candidate(self, told: ExpectedDate, on: date, kind: DateType, rank: int) -> _Candidate:
        certainty = told.certainty or kind.certainty
        return _Candidate(
            told=told,
            on=on,
            certainty=certainty,
            timing=self._timing(on),
            misfit=told.type in (BEFORE_RECALL if self.on_recall else FOR_RECALL),
            overtaken=self._is_overtaken(told),
            less_certain=CERTAINTIES.get(certainty, len(CERTAINTIES)),
            by_hand=bool(told.told_by),
            age=-self.spoke_at[told.voice].timestamp(),
            elsewhere=told.organisation != self.prison,
            rank=rank,
        )

    def _timing(self, on: date) -> int:
        if on < self.on:
            return PAST
        return TOO_FAR_OFF if on.year > self.on.year + TOO_FAR_YEARS else TO_COME


def _why(first: _Candidate, rest: Sequence[_Candidate]) -> WhyChosen:
    other = next((each for each in rest if each.on != first.on), None)
    if other is None:
        return WhyChosen.ALL_AGREE
    why, _ = REASONS[_parting(first, other)]
    return WhyChosen.NOT_TOO_FAR_OFF if why is WhyChosen.STILL_TO_COME and first.timing == PAST else why


def _why_not(first: _Candidate, other: _Candidate) -> WhyNot:
    if other.on == first.on:
        return WhyNot.SAME_DAY
    _, why_not = REASONS[_parting(first, other)]
    if why_not is WhyNot.PAST and other.timing == TOO_FAR_OFF:
        return WhyNot.TOO_FAR_OFF
    if why_not is WhyNot.BEFORE_RECALL and other.told.type in FOR_RECALL:
        return WhyNot.NOT_ON_RECALL
    return why_not


def _parting(first: _Candidate, other: _Candidate) -> int:
    """Where the two places in line part; they do, because their days differ."""
    return next(
        index for index, pair in enumerate(zip(first.place, other.place, strict=True)) if pair[0] != pair[1]
    )


def _losers(ask: _Question, first: _Candidate, rest: Sequence[_Candidate]) -> Iterator[Loser]:
    """The runners-up in order, then what never stood for the release, then what was replaced."""
    for other in rest:
        yield Loser(told=other.told, why_not=_why_not(first, other))
    ran = {first.told, *(other.told for other in rest)}
    for each in ask.standing:
        if each.on is not None and each not in ran:
            why_not = WhyNot.NOT_A_RELEASE if each.type in ask.types else WhyNot.UNKNOWN_TYPE
            yield Loser(told=each, why_not=why_not)
    for each in ask.told:
        if each.on is not None and each not in ask.standing:
            yield Loser(told=each, why_not=WhyNot.REPLACED)
