"""One person on one day, with what several rules ask about them worked out once."""

from collections.abc import Mapping
from datetime import date

from throughgate.foundation.values import value
from throughgate.pathway.rules.cover import Cover, cover_with
from throughgate.pathway.rules.facts import Facts, Item, Pack, Ready, Shape
from throughgate.pathway.rules.readiness import has_moved, words
from throughgate.pathway.rules.shape import shape_of


@value(frozen=True, kw_only=True)
class Situation:
    facts: Facts
    on: date
    shape: Shape
    heard: Mapping[Item, Ready]
    cover: Cover
    holidays: frozenset[date]

    @property
    def days_out(self) -> int | None:
        """Since they left; None while they are inside."""
        return None if self.facts.left_on is None else (self.on - self.facts.left_on).days

    @property
    def hearing_on(self) -> date | None:
        """The next day in court, where any hearing may free them."""
        return self.facts.hearing_on if self.shape is Shape.REMAND else None

    @property
    def pack(self) -> Pack | None:
        """Their release pack, where it is of this custody."""
        pack = self.facts.pack
        return pack if pack and pack.made_on >= (self.facts.custody_from or date.min) else None

    @property
    def days_left(self) -> int | None:
        """Until they leave, or may from court; None where no day is told, and once they have left."""
        days = [day for day in (self.facts.leaves_on, self.hearing_on) if day]
        return (min(days) - self.on).days if days and self.facts.left_on is None else None


def situation_of(facts: Facts, *, on: date, holidays: frozenset[date]) -> Situation | None:
    shape = shape_of(facts, on=on)
    if shape is None:
        return None
    heard = words(facts)
    cover = cover_with(facts, heard, on=on)
    return Situation(facts=facts, on=on, shape=shape, heard=heard, cover=cover, holidays=holidays)


def anchors_of(situation: Situation) -> dict[str, date]:
    """The days that steps are counted from, as far as they are known; a first day nobody told is today."""
    facts, on = situation.facts, situation.on
    known = {"today": on, "cover_end": situation.cover.until}  # at once; the first medicine to end
    known |= {"hearing": facts.hearing_on, "ask_again": facts.ask_again_on}
    known |= {"hard_day": facts.hard_on}
    known |= {code: run.first for code, run in situation.cover.shut.items()}
    known |= facts.referrals
    known |= facts.told
    known |= _inside(situation) if facts.left_on is None else _outside(facts, facts.left_on, on)
    return {anchor: day for anchor, day in known.items() if day is not None}


def _inside(situation: Situation) -> dict[str, date | None]:
    facts, on = situation.facts, situation.on
    return {
        "custody_start": facts.custody_from or on,
        "release": facts.leaves_on,
        "day_passed": facts.leaves_on if facts.leaves_on and facts.leaves_on < on else None,
        "date_moved": facts.leaves_told_on if has_moved(facts) else None,
        "last_word": facts.last_word_on or facts.custody_from,
        "pack_outdated": situation.pack.outdated_on if situation.pack else None,
    }


def _outside(facts: Facts, left_on: date, on: date) -> dict[str, date | None]:
    missed = (day for day in facts.missed if left_on <= day <= on)
    return {"left": left_on, "missed": max(missed, default=None)}
