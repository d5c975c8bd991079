"""What an earlier answer saves being asked, and how far it may stand here. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from throughgate.assessment.rules.answers import JUSTICE, Known, that_stands
from throughgate.assessment.rules.keeping import fits
from throughgate.assessment.rules.shapes import Concept, Question, Topic


@dataclass(frozen=True, kw_only=True)
class Prefill:
    """An earlier answer shown where it would be asked again. It is no answer until somebody confirms it."""

    known: Known
    age_days: int
    is_stale: bool
    must_be_asked_afresh: bool  # shown, and asked all the same
    needs_agreement: bool  # told to treatment, and wanted for justice: the person agrees to this one answer

    @property
    def is_settled(self) -> bool:
        """Whether it need not be asked for now, nor even confirmed."""
        return not (self.is_stale or self.must_be_asked_afresh or self.needs_agreement)

    @property
    def with_all(self) -> bool:
        """Whether "confirm all unchanged" confirms it with the others."""
        return not (self.must_be_asked_afresh or self.needs_agreement)


def prefilled(
    topic: Topic,
    known: Mapping[str, Sequence[Known]],
    *,
    concepts: Mapping[str, Concept],
    on: date,
    purpose: str,
) -> dict[str, Prefill]:
    """By question what was answered of its concept before: the newest answer that may stand there.

    `purpose` is what the permit is for, or "court" where the sitting is for a court.
    """
    found: dict[str, Prefill] = {}
    for question in topic.questions:
        earlier = that_stands(known.get(question.concept, ()), _fits(question))
        if earlier:
            found[question.code] = _prefill(earlier, concepts[question.concept], on=on, purpose=purpose)
    return found


def _fits(question: Question) -> Callable[[Known], bool]:
    return lambda each: fits(question, each.answer.value)


def _prefill(known: Known, concept: Concept, *, on: date, purpose: str) -> Prefill:
    age_days = (on - known.said_on).days
    return Prefill(
        known=known,
        age_days=age_days,
        is_stale=age_days > concept.stale_after_days,
        must_be_asked_afresh=concept.afresh,
        needs_agreement=purpose in JUSTICE and not known.for_court,
    )
