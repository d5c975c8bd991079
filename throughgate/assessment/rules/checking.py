"""What is wrong with a form, so that nobody is asked it: one sentence for each thing to put right."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from throughgate.assessment.rules.asking import at_stage
from throughgate.assessment.rules.shapes import (
    CHOSEN,
    COUNTED,
    KINDS,
    Choice,
    Concept,
    Instrument,
    Question,
    Scoring,
    Topic,
)

# Who says so, whether anybody checked it, and what an answer alarms of may be put right at any time, in a
# version that was asked too.
ABOUT_IT = frozenset(
    {
        *("changes_verified", "is_of_self_harm", "is_verified", "licence", "notice", "rights", "source"),
        "verified",
    }
)

EMPTY: tuple[Any, ...] = ("", None, [], {})


@dataclass(frozen=True, kw_only=True)
class Licence:
    """What the owners of a form allow, as far as we know."""

    code: str
    title: str
    licence: str
    rights: str  # bundle, score_only, do_not_ship
    why: str
    notice: str


def problems(instrument: Instrument, concepts: Mapping[str, Concept], licence: Licence) -> list[str]:
    """Empty where it can be asked."""
    return [
        *_unlicensed(instrument, licence),
        *(wrong for topic in instrument.topics for wrong in _twice("question", _asked_in(topic))),
        *_twice("topic", [each.code for each in instrument.topics]),
        *_conditions(instrument),
        *(wrong for each in instrument.questions for wrong in _question(each, concepts, licence)),
        *(wrong for stage in instrument.stages for wrong in _stage(instrument, stage)),
        *(_scored(instrument, instrument.scoring) if instrument.scoring else ()),
    ]


def unlike(instruments: list[Instrument]) -> list[str]:
    """Concepts that two forms ask with other answers: what is answered otherwise is another concept."""
    shapes: dict[str, set[tuple[object, ...]]] = {}
    for instrument in instruments:
        for each in instrument.questions:
            codes = frozenset(choice.code for choice in each.choices)
            shapes.setdefault(each.concept, set()).add(
                (each.answers, codes, each.unit, each.least, each.most)
            )
    return [
        f"The concept {concept} is asked with different answers."
        for concept, found in shapes.items()
        if concept and len(found) > 1
    ]


def fingerprint(instrument: Instrument) -> str:
    """A hash that changes when what the form asks, or what it adds up to, changes."""
    said = json.dumps(_bare(asdict(instrument)), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def unlike_shipped(instruments: list[Instrument], shipped: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What differs from the versions that answers are pinned to; `shipped` has the fingerprint of each."""
    found = {(each.code, each.version): fingerprint(each) for each in instruments}
    pinned = {(code, version): drawn for code, of in shipped.items() for version, drawn in of.items()}
    fresh = [each for each in found if each not in pinned]
    changed = [each for each, drawn in pinned.items() if found.get(each) != drawn]
    return [
        *(
            f'{code} {version} is new. Write into shipped.toml: {version} = "{found[code, version]}"'
            for code, version in fresh
        ),
        *(
            f"{code} {version} is not as it was asked. Put it back, and change a copy of it."
            for code, version in changed
        ),
    ]


def _bare(said: Any) -> Any:
    """Of a form what is asked, as JSON has it, without what is empty: forms yet to come may say more."""
    if isinstance(said, dict):
        asked = {name: _bare(each) for name, each in said.items() if name not in ABOUT_IT}
        return {name: each for name, each in asked.items() if each not in EMPTY and each is not False}
    if isinstance(said, frozenset):
        return sorted(said)
    return [_bare(each) for each in said] if isinstance(said, (list, tuple)) else said


def _unlicensed(instrument: Instrument, licence: Licence) -> Iterator[str]:
    if licence.rights == "do_not_ship":
        yield f"{licence.title} may not be shipped: {licence.why}"
    elif licence.rights != "bundle" and any(_shipped(instrument)):
        yield f"{licence.title} may be shipped as scoring only. Leave out its words: {licence.why}"


def _shipped(instrument: Instrument) -> Iterator[str]:
    """The form's own words, if any; a letter of a box, or the number of points, is none."""
    yield from (each.intro for each in instrument.topics)
    for question in instrument.items:
        yield from (question.of, question.text, question.easy, question.help, question.unit)
        yield from (each.label for each in question.choices if each.label != each.code)


def _twice(what: str, codes: list[str]) -> Iterator[str]:
    return (f"The {what} {code} stands twice." for code, count in Counter(codes).items() if count > 1)


def _asked_in(topic: Topic) -> list[str]:
    return [each.code for each in topic.questions]


def _conditions(instrument: Instrument) -> Iterator[str]:
    """One hangs on a question before it, on the same page, and on an answer that this one offers."""
    for topic in instrument.topics:
        before: dict[str, Question] = {}
        for each in topic.questions:
            if each.only_if:
                asked = before.get(each.only_if.question)
                if asked is None:
                    yield f"{each.code} hangs on a question that does not stand before it in its topic."
                elif not each.only_if.any_of <= _codes(asked):
                    yield f"{each.code} hangs on an answer that {asked.code} does not offer."
            before[each.code] = each


def _question(question: Question, concepts: Mapping[str, Concept], licence: Licence) -> Iterator[str]:
    if question.answers not in KINDS:
        yield f"{question.code}: there is no kind of answer called {question.answers}."
    if not question.text and licence.rights == "bundle":
        yield f"{question.code} asks nothing."
    if question.concept and question.concept not in concepts:
        yield f"{question.code}: there is no concept called {question.concept}."
    if (question.answers in CHOSEN) != bool(question.choices) and question.answers != "scale":
        yield f"{question.code} needs choices if it is answered by them, and none if it is not."
    if (question.answers in COUNTED) != (question.least is not None and question.most is not None):
        yield f"{question.code} needs a least and a most if it is answered by a number, and none if not."
    if not (question.opens_conversation | question.same_day) <= _codes(question):
        yield f"{question.code} acts on an answer that it does not offer."
    if question.is_of_self_harm and not question.opens_conversation:
        yield f"{question.code}: say which answers tell that they may hurt themself."
    if bool(question.same_day) != bool(question.same_day_words):
        yield f"{question.code}: say what is done the same day, and after which answers."
    if question.same_day and not question.concept:
        yield f"{question.code}: name its concept, by which a step of the pathway asks for it."
    yield from _twice(f"answer of {question.code}", [each.code for each in question.choices])


def _codes(question: Question) -> frozenset[str]:
    return frozenset(each.code for each in question.choices)


def _stage(instrument: Instrument, stage: str) -> Iterator[str]:
    topics = {each.code: each for each in instrument.topics}
    for code, picked in instrument.stages[stage].picks.items():
        if code not in topics:
            yield f"{stage} picks the topic {code}, which is not there."
            return
        if gone := set(picked) - {each.code for each in topics[code].questions}:
            yield f"{stage} picks of {code} what is not there: {', '.join(sorted(gone))}."
    asked = [each for topic in at_stage(instrument, stage) for each in topic.questions]
    yield from _twice(f"concept of {stage}", [each.concept for each in asked if each.concept])
    codes = {each.code for each in asked}
    for each in asked:
        if each.only_if and each.only_if.question not in codes:
            yield f"{stage} picks {each.code} without {each.only_if.question}, on which it hangs."


def _scored(instrument: Instrument, scoring: Scoring) -> Iterator[str]:
    codes = {each.code for each in instrument.questions}
    if strangers := {code for either in scoring.either.values() for code in either} - codes:
        yield f"The scoring names what is not asked: {', '.join(sorted(strangers))}."
    if scoring.read_as and scoring.read_as not in codes:
        yield f"The scoring is read by {scoring.read_as}, which is not asked."
    if scoring.method == "sum":
        yield from _added(instrument, scoring)


def _added(instrument: Instrument, scoring: Scoring) -> Iterator[str]:
    items = instrument.items
    if unscored := [each.code for each in items if any(choice.points is None for choice in each.choices)]:
        yield f"No points for answers of: {', '.join(unscored)}."
        return
    least, most = (sum(end(map(_points, each.choices)) for each in items) for end in (min, max))
    if (least, most) != (scoring.least, scoring.most):
        yield f"Its answers add up to {least} to {most}, and not to {scoring.least} to {scoring.most}."
    for band, following in pairwise(scoring.bands):
        if band.most + 1 != following.least:
            yield f"The bands leave a gap, or overlap, after {band.most}."
    if scoring.bands and (scoring.bands[0].least, scoring.bands[-1].most) != (least, most):
        yield "The bands do not cover every total."


def _points(choice: Choice) -> int:
    return choice.points or 0
