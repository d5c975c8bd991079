"""What is known of somebody's needs, of what they had before custody, and of what they answered."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import policy
from throughgate.assessment import instruments, questions
from throughgate.assessment.models import Answers, BeforeCustody, Need
from throughgate.assessment.rules import answers as rules
from throughgate.assessment.rules import asking, keeping
from throughgate.assessment.rules.answers import Kept, Known, Sitting
from throughgate.assessment.rules.limits import limit
from throughgate.assessment.rules.shapes import Question
from throughgate.foundation import clock, leave
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import CohortPermit, Permit, Refresher
from throughgate.linkage import queries as linkage
from throughgate.record import lines as record_lines
from throughgate.record import seen
from throughgate.record.queries import Spine


class NeedLine(NamedTuple):
    how_far: str
    said: str
    text: str
    matters: str = ""


class BeforeLine(NamedTuple):
    had: bool
    who: str
    reach: str
    since_on: date | None
    last_on: date | None
    text: str


class AnswersLine(NamedTuple):
    instrument: str
    version: str
    stage: str
    topic: str
    way: str
    for_court: bool
    again_because: str
    answers: dict[str, Any]  # question -> as `rules.answers.from_json` reads it


Line = NeedLine | BeforeLine | AnswersLine
OF_NEEDS: dict[str, type[Line]] = {
    **dict.fromkeys(Need.kinds, NeedLine),
    **dict.fromkeys(BeforeCustody.kinds, BeforeLine),
}
SHAPES: dict[str, type[Line]] = {**OF_NEEDS, **dict.fromkeys(Answers.kinds, AnswersLine)}


class Told(NamedTuple):
    """The last word of one organisation on something they had before custody."""

    topic: str
    line: BeforeLine
    organisation_id: UUID
    recorded_by: UUID | None
    as_at: datetime


BEFORE = frozenset(BeforeCustody.kinds)
TOLD = f"""
SELECT identity.person_id, entry.kind, max(entry.happened_at)
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = ANY(%s)
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
GROUP BY identity.person_id, entry.kind
"""
STAGES = f"""
SELECT identity.person_id, said.stage, said.topic, max(entry.happened_at)
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = ANY(%s)
JOIN assessment_answers said ON said.entry_id = entry.id AND said.stage <> '' AND said.answers <> '{{}}'
WHERE identity.person_id = ANY(%s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)
GROUP BY identity.person_id, said.stage, said.topic
"""
PRESSING = f"""
SELECT identity.person_id, entry.id, entry.supersedes_id, entry.recorded_at, said.instrument, said.version,
       said.answers::json
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = ANY(%(kinds)s)
JOIN assessment_answers said ON said.entry_id = entry.id AND said.answers ?| %(asked)s
WHERE identity.person_id = ANY(%(people)s) AND entry.redacted_at IS NULL AND {seen.BY_ALL}
ORDER BY entry.recorded_at
"""
# What of a sitting's answers stands, oldest first: all of one person is read at once.
ANSWERS = f"""
SELECT entry.id, entry.category, entry.organisation_id, entry.recorded_by, entry.as_at, entry.happened_at,
       entry.only_for, said.sitting, said.instrument, said.version, said.stage, said.topic, said.way,
       said.setting, said.for_court, said.seconds, said.again_because, said.answers::json
FROM record_entry entry JOIN assessment_answers said ON said.entry_id = entry.id
WHERE entry.identity_id = ANY(%(identities)s) AND entry.kind = ANY(%(kinds)s)
  AND {seen.FOR_WHOM} AND entry.redacted_at IS NULL
  AND (%(since)s::timestamptz IS NULL OR entry.happened_at >= %(since)s)
  AND (%(known_on)s::timestamptz IS NULL OR entry.recorded_at <= %(known_on)s)
  AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id
                  AND (%(known_on)s::timestamptz IS NULL OR newer.recorded_at <= %(known_on)s))
ORDER BY entry.happened_at, entry.id
"""


class Asked(NamedTuple):
    """How much one organisation asked, and how often somebody it asked had been asked shortly before.

    For those who plan services: nobody is named in it.
    """

    organisation_id: UUID
    sittings: int
    people: int
    minutes: int
    repeated: int  # sittings that repeated one of the last days, for a reason
    asked_again: int  # questions put although their answer was known, whoever asked it, and not yet old
    most_together: int  # sittings of one person within ten days, whoever asked
    people_together: int  # asked more than once within ten days, whoever asked


# A sitting took what its topics took, each of whose entries bears the time of all of the topic. What is asked
# afresh each time is asked again by nobody. Only answers of whoever was asked lately are taken apart; what
# each is about is looked up and not joined: no planner knows how many answers one entry has.
ASKED = """
WITH standing AS (
    SELECT identity.person_id, entry.organisation_id, entry.id, entry.happened_at AS at,
           max(entry.happened_at) OVER (PARTITION BY identity.person_id) AS last_at,
           said.instrument, said.version, said.sitting, said.topic, said.seconds, said.again_because,
           said.answers
    FROM assessment_answers said JOIN record_entry entry ON entry.id = said.entry_id
    JOIN people_identity identity ON identity.id = entry.identity_id
    WHERE entry.redacted_at IS NULL
      AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)),
lately AS MATERIALIZED (SELECT * FROM standing WHERE last_at >= %(since)s),
told AS (
    SELECT person_id, organisation_id, id, at, told.value ->> 'how' = 'asked' AS is_asked,
           told.value ->> 'state' = 'answered' AS is_answered,
           %(asked_once)s::jsonb -> concat_ws(' ', instrument, version, told.key) AS question
    FROM lately CROSS JOIN LATERAL jsonb_each(answers) told),
answer AS (
    SELECT organisation_id, at, is_asked, (question ->> 'stale_after')::int AS stale_after,
           max(at) FILTER (WHERE is_answered) OVER (
               PARTITION BY person_id, question ->> 'concept' ORDER BY at, id
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS known_at
    FROM told WHERE question IS NOT NULL),
again AS MATERIALIZED (
    SELECT organisation_id, count(*) AS number FROM answer
    WHERE at >= %(since)s AND is_asked AND at - known_at <= make_interval(days => stale_after)
    GROUP BY organisation_id),
topic AS (
    SELECT person_id, organisation_id, sitting, min(at) AS at, max(seconds) AS seconds,
           bool_or(again_because <> '') AS is_repeated
    FROM lately WHERE at >= %(since)s - make_interval(days => %(days)s)
    GROUP BY person_id, organisation_id, sitting, topic),
sitting AS (
    SELECT person_id, organisation_id, min(at) AS at, sum(seconds) AS seconds,
           bool_or(is_repeated) AS is_repeated
    FROM topic GROUP BY person_id, organisation_id, sitting),
counted AS (
    SELECT sitting.*, count(*) OVER (
        PARTITION BY person_id ORDER BY at
        RANGE BETWEEN make_interval(days => %(days)s) PRECEDING AND CURRENT ROW) AS together
    FROM sitting)
SELECT organisation_id, count(*), count(DISTINCT person_id), (sum(seconds) / 60)::int,
       count(*) FILTER (WHERE is_repeated), coalesce(max(again.number), 0), max(together),
       count(DISTINCT person_id) FILTER (WHERE together > 1)
FROM counted LEFT JOIN again USING (organisation_id)
WHERE at >= %(since)s GROUP BY organisation_id ORDER BY count(*) DESC, organisation_id
"""


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def domains(permit: Permit) -> list[str]:
    """The domains of need this worker may record."""
    return _written(permit, "need_domains")


def before_topics(permit: Permit) -> list[str]:
    """Of what they had before custody, what this worker may record."""
    return _written(permit, "before_custody")


def before(permit: Permit, entries: Sequence[Spine], said: Mapping[UUID, Any]) -> list[Told]:
    """What each organisation says they had before custody, newest word first.

    Of entries that stand, and what they say; those of other contexts are left to them.
    """
    told = (entry for entry in entries if entry.kind in BEFORE and entry.id in said)
    newest = {
        (entry.kind, entry.organisation_id): Told(
            topic=entry.kind.removeprefix("before_"),
            line=said[entry.id],
            organisation_id=entry.organisation_id,
            recorded_by=entry.recorded_by,
            as_at=entry.as_at,
        )
        for entry in sorted(told, key=lambda entry: (entry.as_at, entry.id))
    }
    return sorted(newest.values(), key=lambda each: each.as_at, reverse=True)


def last_told(permit: Refresher, person_ids: Sequence[UUID]) -> list[tuple[UUID, str, date]]:
    """(person, kind, last day it was told) for each need, and each thing somebody had before custody."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [list(OF_NEEDS), list(person_ids)])
        return [(person_id, kind, clock.day_of(at)) for person_id, kind, at in cursor.fetchall()]


def stages_answered(
    permit: Refresher, person_ids: Sequence[UUID]
) -> Iterator[tuple[UUID, str, date, date | None]]:
    """(person, stage, its last day, since when it is whole) for each stage that was begun."""
    found: dict[tuple[UUID, str], dict[str, date]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(STAGES, [kinds_of_stages(), list(person_ids)])
        for person_id, stage, topic, at in cursor.fetchall():
            found[person_id, stage][topic] = clock.day_of(at)
    for (person_id, stage), days in found.items():
        topics = asking.open_topics(instruments.newest("standard"), stage)
        yield person_id, stage, max(days.values()), asking.whole_on(topics, days)


def told_pressing(permit: Refresher, person_ids: Sequence[UUID]) -> dict[UUID, dict[str, datetime]]:
    """By person, and by what it is about as `rules.asking.pressing` has it, when they last told anew what
    cannot wait until tomorrow.

    On whichever form and whoever asked: who heard it may tell nobody. To say otherwise later takes nothing
    back, and the same answer kept again tells nothing anew.
    """
    found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    said: dict[UUID, Mapping[str, frozenset[str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            PRESSING, {"kinds": kinds_pressing(), "asked": _asked_of_it(), "people": list(person_ids)}
        )
        for person_id, entry_id, instead_of, at, instrument, version, told in cursor.fetchall():
            asked = instruments.instrument(instrument, version).questions
            said[entry_id] = asking.pressing(asked, rules.from_json(told))
            before = said.get(instead_of, {})
            for about, answers in said[entry_id].items():
                if not answers <= before.get(about, frozenset()):
                    found[person_id][about] = at
    return found


@cache
def kinds_pressing() -> list[str]:
    """The kinds of entry that may hold an answer that cannot wait, of every form."""
    return sorted({f"answers_{each.category}" for each in _pressing()})


@cache
def _asked_of_it() -> list[str]:
    return sorted({each.code for each in _pressing()})


@cache
def pressing_answers() -> list[tuple[str, str]]:
    """Each question and answer, of every form, that cannot wait until tomorrow."""
    return sorted(
        {
            (each.code, value)
            for each in _pressing()
            for value in each.same_day | (each.opens_conversation if each.is_of_self_harm else frozenset())
        }
    )


def _pressing() -> list[Question]:
    asked = (question for each in instruments.every() for question in each.questions)
    return [each for each in asked if each.is_of_self_harm or each.same_day]


@cache
def kinds_of_stages() -> list[str]:
    """The kinds of entry that hold answers to a stage."""
    return sorted({f"answers_{each.category}" for each in instruments.newest("standard").questions})


def answers(permit: Permit, *, since: datetime | None = None, known_on: datetime | None = None) -> list[Kept]:
    """What was answered, by whichever service, as far as it is shared: two queries, however much it is.

    `known` and `sittings` are two readings of it, for a page that needs one of them; a page that needs both
    asks this and lets `rules.answers` read it.
    """
    kinds = [kind for kind, category in Answers.kinds.items() if category in permit.read]
    with connection.cursor() as cursor:
        cursor.execute(
            ANSWERS,
            {
                "identities": linkage.identity_ids(permit, known_on=known_on),
                "kinds": kinds,
                **seen.by(permit),
                "since": since,
                "known_on": known_on,
            },
        )
        return [_kept(*row) for row in cursor.fetchall()]


def known(
    permit: Permit, *, concepts: Collection[str] | None = None, known_on: datetime | None = None
) -> dict[str, list[Known]]:
    """What was answered, newest first, by concept: of these concepts, or of all."""
    found = rules.known(answers(permit, known_on=known_on), questions.concept_of)
    return {code: told for code, told in found.items() if concepts is None or code in concepts}


def sittings(permit: Permit, *, since: datetime | None = None) -> list[Sitting]:
    """What was asked together, newest first."""
    return rules.sittings(answers(permit, since=since))


def asked(permit: CohortPermit) -> list[Asked]:
    """By organisation, of the last thirty days, whoever asks most first; nobody is named."""
    since = permit.at - timedelta(days=limit("asked_lately"))
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(ASKED, {"since": since, "days": limit("burden"), "asked_once": _asked_once()})
        return [Asked._make(row) for row in cursor.fetchall()]


@cache
def _asked_once() -> str:
    """What each question whose answer holds for a while is about, and for how many days, as JSON."""
    concepts = instruments.concepts()
    return json.dumps(
        {
            f"{form.code} {form.version} {question.code}": {
                "concept": question.concept,
                "stale_after": concepts[question.concept].stale_after_days,
            }
            for form in instruments.every()
            for question in form.questions
            if question.concept and not concepts[question.concept].afresh
        }
    )


def not_shared(permit: Permit) -> frozenset[str]:
    """Categories whose answers this worker is not shown, whether there are any or not."""
    return frozenset(Answers.kinds.values()) - permit.read


def opens_skilled(permit: Permit) -> bool:
    """Whether this worker opens the topics that need skill; the person opens all of their own."""
    return permit.own or policy.opens_skilled(permit.role)


def ways(permit: Permit) -> list[str]:
    """In which ways this worker, or the person, brings answers: of the code set assessment_ways."""
    return keeping.ways("person" if permit.own else permit.role)


def _kept(*row: Any) -> Kept:
    (entry_id, category, organisation_id, recorded_by, as_at, at, only_for, *said, told) = row
    (sitting, instrument, version, stage, topic, way, setting, for_court, seconds, again_because) = said
    return Kept(
        entry_id=entry_id,
        category=category,
        organisation_id=organisation_id,
        recorded_by=recorded_by,
        as_at=as_at,
        at=at,
        said_on=clock.day_of(at),
        only_for=tuple(sorted(only_for or ())),
        sitting=sitting,
        instrument=instrument,
        version=version,
        stage=stage,
        topic=topic,
        way=way,
        setting=setting,
        for_court=for_court,
        seconds=seconds,
        again_because=again_because,
        answers=rules.from_json(told),
    )


def _written(permit: Permit, table: str) -> list[str]:
    return [row["code"] for row in code_set(table).rows if row["category"] in permit.write]
