"""What was asked a short time ago, and the shorter way through what would be asked again. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from throughgate.assessment.rules.answers import Known, Sitting
from throughgate.assessment.rules.limits import limit
from throughgate.assessment.rules.prefill import prefilled
from throughgate.assessment.rules.shapes import Concept, Topic


@dataclass(frozen=True, kw_only=True)
class Way:
    """A topic by its questions: what has to be asked, what is to be confirmed, what need not be touched."""

    topic: str
    ask: tuple[str, ...]
    confirm: tuple[str, ...]
    settled: tuple[str, ...]


def asked_lately(sittings: Iterable[Sitting], *, on: date) -> list[Sitting]:
    """Those of the last thirty days, as the code set assessment_limits has it, newest first."""
    return [each for each in sittings if (on - each.last.said_on).days <= limit("asked_lately")]


def is_repeated(sittings: Iterable[Sitting], *, instrument: str, stage: str, on: date) -> bool:
    """Whether the same was asked so lately that asking it again needs a reason."""
    same = (each for each in sittings if (each.first.instrument, each.first.stage) == (instrument, stage))
    return bool(asked_lately(same, on=on))


def shorter(
    topics: Iterable[Topic],
    known: Mapping[str, Sequence[Known]],
    *,
    concepts: Mapping[str, Concept],
    on: date,
    purpose: str,
) -> list[Way]:
    """The shorter way through each topic; what it leaves out was said lately, and may stand."""
    return [_way(topic, known, concepts=concepts, on=on, purpose=purpose) for topic in topics]


def _way(
    topic: Topic,
    known: Mapping[str, Sequence[Known]],
    *,
    concepts: Mapping[str, Concept],
    on: date,
    purpose: str,
) -> Way:
    found = prefilled(topic, known, concepts=concepts, on=on, purpose=purpose)
    afresh = {code for code, each in found.items() if each.must_be_asked_afresh}
    codes = [question.code for question in topic.questions]
    return Way(
        topic=topic.code,
        ask=tuple(code for code in codes if code not in found or code in afresh),
        confirm=tuple(
            code for code in codes if code in found and code not in afresh and not found[code].is_settled
        ),
        settled=tuple(code for code in codes if code in found and found[code].is_settled),
    )
