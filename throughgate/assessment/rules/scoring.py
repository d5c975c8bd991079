"""What the answers to a form add up to, as its source says: worked out each time, and never stored.

A total is a reason to ask further. It never says that somebody is safe, and never what to give.
Sources stand beside each form, in its `instrument.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from throughgate.assessment.rules.asking import NOTHING, asked, given
from throughgate.assessment.rules.shapes import Answer, Band, Cut, Instrument, Question, Scoring

TENTH = Decimal("0.1")
WHOLE = Decimal(1)
SEXES = frozenset({"male", "female"})  # those that some cut is made for


@dataclass(frozen=True, kw_only=True)
class Whose:
    """By whose cut a total is read, where a source has one for men and one for women."""

    sex: str = ""  # of the code set sexes, as told; "" where nobody was told
    read_as: str = ""  # what a worker chose where no sex is told
    because: str = ""  # and why; without a reason no such cut is read

    @property
    def cut(self) -> str:
        """The sex whose cut holds; "" for none."""
        if self.sex in SEXES:
            return self.sex
        return self.read_as if self.because.strip() else ""


class Reached(NamedTuple):
    cut: Cut
    is_reached: bool


@dataclass(frozen=True, kw_only=True)
class Score:
    instrument: Instrument
    scoring: Scoring
    total: Decimal | None = None  # none: too much is missing, or this form has no total
    missing: tuple[str, ...] = ()  # questions that were asked for and not answered
    is_prorated: bool = False
    band: Band | None = None
    cuts: tuple[Reached, ...] = ()
    needs_reason: bool = False  # a cut was left out, since no sex is told and no reason written
    values: Mapping[str, str]  # of a profile: what each question says; "" where it was not answered


NOBODY_TOLD = Whose()


def chosen(instrument: Instrument, answers: Mapping[str, Answer], *, sex: str) -> Whose:
    """By whose cut it is read: of the sex that is told, or as its own question says, and why."""
    answer = answers.get(instrument.scoring.read_as if instrument.scoring else "", NOTHING)
    return Whose(sex=sex, read_as=str(answer.value), because=answer.text)


def score(instrument: Instrument, answers: Mapping[str, Answer], whose: Whose = NOBODY_TOLD) -> Score | None:
    """None where the form is not one that is scored."""
    if instrument.scoring is None:
        return None
    if instrument.scoring.method == "profile":
        return _profile(instrument, instrument.scoring, answers)
    return _summed(instrument, instrument.scoring, answers, whose)


def _summed(instrument: Instrument, scoring: Scoring, answers: Mapping[str, Answer], whose: Whose) -> Score:
    items = asked(instrument.items, answers)
    points = {each.code: _points(each, answers) for each in items}
    missing = tuple(code for code, found in points.items() if found is None)
    total = _total(instrument, scoring, points)
    return Score(
        instrument=instrument,
        scoring=scoring,
        total=total,
        missing=missing,
        is_prorated=total is not None and bool(missing),
        band=None if total is None else _band(scoring, total),
        cuts=() if total is None else _cuts(scoring, total, whose.cut),
        needs_reason=not whose.cut and any(cut.sex for cut in scoring.cuts),
        values={},
    )


def _total(instrument: Instrument, scoring: Scoring, points: Mapping[str, int | None]) -> Decimal | None:
    """What was answered, with its mean for each that is missing, and the least for what was left out."""
    told = [found for found in points.values() if found is not None]
    if not told or len(points) - len(told) > scoring.may_miss:
        return None
    left_out = (each for each in instrument.items if each.code not in points)
    whole = Decimal(sum(told)) * len(points) / len(told)
    return (whole + sum(map(_least, left_out))).quantize(TENTH, ROUND_HALF_UP)


def _points(question: Question, answers: Mapping[str, Answer]) -> int | None:
    choice = question.choice(_value(question, answers))
    return choice.points if choice else None


def _least(question: Question) -> int:
    return min(each.points or 0 for each in question.choices)


def _band(scoring: Scoring, total: Decimal) -> Band | None:
    """A total between two whole numbers goes with the nearer, and half way with the higher."""
    near = total.quantize(WHOLE, ROUND_HALF_UP)
    return next((each for each in scoring.bands if each.least <= near <= each.most), None)


def _cuts(scoring: Scoring, total: Decimal, sex: str) -> tuple[Reached, ...]:
    return tuple(Reached(cut, total >= cut.at) for cut in scoring.cuts if cut.sex in {"", sex})


def _profile(instrument: Instrument, scoring: Scoring, answers: Mapping[str, Answer]) -> Score:
    items = asked(instrument.questions, answers)
    values = {each.code: _value(each, answers) for each in items}
    together = {
        name: _either([values.get(code, "") for code in codes]) for name, codes in scoring.either.items()
    }
    missing = tuple(code for code, value in values.items() if not value)
    return Score(instrument=instrument, scoring=scoring, missing=missing, values={**values, **together})


def _value(question: Question, answers: Mapping[str, Answer]) -> str:
    """What was answered; "" where nothing was."""
    return next(iter(given(question.code, answers)), "")


def _either(values: list[str]) -> str:
    """Yes where any is; no where all were answered so; otherwise nobody knows."""
    if "yes" in values:
        return "yes"
    return "no" if values and all(value == "no" for value in values) else ""


class Reading(NamedTuple):
    """One time that a form was answered."""

    instrument: Instrument
    setting: str  # of the code set assessment_settings
    score: Score


Apart = Literal["", "instrument", "version", "period"]


def apart_by(one: Reading, other: Reading) -> Apart:
    """Why two readings are not compared; "" where they are."""
    if one.instrument.code != other.instrument.code:
        return "instrument"
    if one.instrument.version != other.instrument.version:
        return "version"
    return "" if is_before_custody(one) == is_before_custody(other) else "period"


def comparable(one: Reading, other: Reading) -> bool:
    """Whether both speak of the same kind of days: four weeks before custody are not four weeks outside."""
    return not apart_by(one, other)


def is_before_custody(reading: Reading) -> bool:
    """Whether its days end on the way into custody, and not on the day it was asked."""
    return reading.setting in reading.instrument.period.before_custody_in


class Change(NamedTuple):
    by: Decimal
    is_beyond_chance: bool | None  # none where the source does not say how much is


def change(before: Reading, after: Reading) -> Change | None:
    """By how much a total changed; none where the two are not compared, or one has no total."""
    then, now = before.score.total, after.score.total
    if not comparable(before, after) or then is None or now is None:
        return None
    enough = after.score.scoring.changes_by
    return Change(now - then, None if enough is None else abs(now - then) >= enough)
