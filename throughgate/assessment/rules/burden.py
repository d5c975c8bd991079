"""How much somebody was asked: sittings, questions that had been answered, minutes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughgate.assessment.rules.answers import ANSWERED, Known, Sitting
from throughgate.assessment.rules.limits import limit
from throughgate.assessment.rules.shapes import Concept


@dataclass(frozen=True, kw_only=True)
class Burden:
    """What being assessed has cost one person, as far as it may be read."""

    sittings: int
    most_in_ten_days: int  # or what the code set assessment_limits says
    organisations: int
    asked_again: int  # questions put although their answer was known and not yet old
    minutes: int


def burden(
    sittings: Sequence[Sitting], known: Mapping[str, Sequence[Known]], concepts: Mapping[str, Concept]
) -> Burden:
    """Of all that is given."""
    return Burden(
        sittings=len(sittings),
        most_in_ten_days=most_together([each.first.said_on for each in sittings], days_long=limit("burden")),
        organisations=len({part.organisation_id for each in sittings for part in each.parts}),
        asked_again=sum(_asked_again(answers, concepts[concept]) for concept, answers in known.items()),
        minutes=round(sum(each.seconds for each in sittings) / 60),
    )


def most_together(days: Sequence[date], *, days_long: int) -> int:
    """The most of these days that fall within so many days of each other."""
    return max((sum(0 <= (day - first).days < days_long for day in days) for first in days), default=0)


def _asked_again(known: Sequence[Known], concept: Concept) -> int:
    if concept.afresh:
        return 0
    return sum(each.answer.how == "asked" and _was_known(each, known, concept) for each in known)


def _was_known(asked: Known, known: Sequence[Known], concept: Concept) -> bool:
    since = asked.said_on - timedelta(days=concept.stale_after_days)
    return any(
        each.sitting != asked.sitting
        and each.answer.state == ANSWERED
        and since <= each.said_on
        and (each.said_on, each.as_at) < (asked.said_on, asked.as_at)
        for each in known
    )
