"""What the record holds already of what a topic asks: told by a feed, on a sheet or in their own story.

Rows of the table `concept_facts` say which of it belongs to which concept: facts of a pack, and where they
are about nothing, kinds of their own story. It is shown where it would be asked, with who and when; some of
it says an answer, and may be confirmed as one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from throughgate.assessment import instruments
from throughgate.assessment.rules.answers import JUSTICE, Known
from throughgate.assessment.rules.shapes import Answer, Question
from throughgate.foundation import clock
from throughgate.foundation.codesets import Row, code_set
from throughgate.foundation.permits import Permit
from throughgate.packs import choosing as packs
from throughgate.packs.rules import Fact, Snapshot, Topic
from throughgate.story import queries as story
from throughgate.story.queries import Said
from throughgate.summaries.rules import tells

STANDARD, NO_SITTING = "standard", UUID(int=0)
ON_RECORD = "record"  # of the code set assessment_ways
SCRIPTS = "medicine:{script_medicines}"  # any that this code set names


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the record tells of some concepts."""

    snapshot: Snapshot | None = None  # with what its facts are worded
    facts: Mapping[str, Sequence[Fact]] = field(default_factory=dict)  # by concept
    own: Mapping[str, Sequence[Said]] = field(default_factory=dict)  # their own words, by concept
    known: Sequence[Known] = ()  # of the facts those that say an answer
    is_for_another_purpose: bool = False


NOTHING = Held()


def read(permit: Permit, concepts: Collection[str], *, purpose: str) -> Held:
    """What is told of these concepts, for that purpose, as `prefill.prefilled` has it.

    As far as the permit reads it and it may be told on; no query where no concept is told of otherwise."""
    rows = [row for row in _rows() if row["concept"] in concepts]
    if not rows:
        return NOTHING
    kinds = {kind for row in rows if not row["about"] for kind in row["tells"].split()}
    said = story.said(permit, *kinds) if kinds else {}
    about = {Topic(row["about"]) for row in rows if row["about"]}
    snapshot = packs.choose(permit, about=about) if about else None
    facts = [each for each in snapshot.facts if _may_be_shown(permit, each)] if snapshot else []
    by_row = [(row, [each for each in facts if _is_told(row, each)]) for row in rows]
    return Held(
        snapshot=snapshot,
        facts={code: _once(code, by_row) for code in {row["concept"] for row in rows}},
        own={
            row["concept"]: [each for (kind, _item), each in said.items() if kind in row["tells"].split()]
            for row in rows
            if not row["about"]
        },
        known=[known for row, told in by_row for fact in told for known in _known(row, fact)],
        is_for_another_purpose=purpose in JUSTICE,
    )


def whole(permit: Permit) -> Held:
    """What it tells of every concept, to be read."""
    return read(permit, {row["concept"] for row in _rows()}, purpose=permit.purpose)


@cache
def _rows() -> Sequence[Row]:
    """With the names of medicines in the place of their table's."""
    scripts = " ".join(f"medicine:{begins}*" for begins in code_set("script_medicines").labels())
    return [
        {column: words.replace(SCRIPTS, scripts) for column, words in row.items()}
        for row in code_set("concept_facts", folder=instruments.INSTRUMENTS).rows
    ]


def _may_be_shown(permit: Permit, fact: Fact) -> bool:
    """What a prison warns of is for whoever cares for them, and never stands in their own book."""
    return not (permit.own and fact.topic is Topic.ALERT)


def _is_told(row: Row, fact: Fact) -> bool:
    is_named = any(tells(each, fact.key) for each in row["tells"].split())
    return is_named and not any(tells(each, fact.key) for each in row["but"].split())


def _once(concept: str, by_row: Sequence[tuple[Row, Sequence[Fact]]]) -> list[Fact]:
    return [fact for row, told in by_row if row["concept"] == concept for fact in told]


def _known(row: Row, fact: Fact) -> Iterator[Known]:
    """A fact that says an answer: confirmed like any other, where it need not be asked afresh."""
    if not (row["answer"] and fact.entry and fact.by and fact.said.get(row["field"]) == row["is"]):
        return
    question, as_at = _question(row["concept"]), datetime.fromisoformat(fact.at)
    yield Known(
        concept=row["concept"],
        question=question.code,
        answer=Answer(state="answered", value=row["answer"]),
        instrument=STANDARD,
        version=instruments.newest(STANDARD).version,
        stage="",
        sitting=NO_SITTING,
        entry_id=fact.entry,
        organisation_id=UUID(fact.by),
        recorded_by=None,
        way=ON_RECORD,
        setting="",
        for_court=False,
        as_at=as_at,
        said_on=clock.day_of(as_at),
        category=fact.category,
    )


@cache
def _question(concept: str) -> Question:
    return next(each for each in instruments.newest(STANDARD).questions if each.concept == concept)
