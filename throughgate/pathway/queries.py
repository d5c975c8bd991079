"""A person's plan, and the people of a hat by what their plans ask for."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from throughgate.access import visible
from throughgate.assessment import queries as assessment
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.foundation.working_days import ONE_DAY
from throughgate.pathway import rows
from throughgate.pathway.models import Ready, StepWord
from throughgate.pathway.rules import (
    DIVISION,
    REASONS,
    CoverState,
    Difference,
    Progress,
    Shape,
    Step,
    difference,
)
from throughgate.pathway.rules.completion import stage_of
from throughgate.pathway.rules.facts import UNSAID
from throughgate.pathway.rules.limits import limit
from throughgate.pathway.rules.urgency import PRESSING, SAFETY
from throughgate.record import lines as record_lines
from throughgate.sharing import queries as sharing

# Codes that stand for late steps whose category is not shared with the worker.
HIDDEN_HEALTH, HIDDEN_OTHER = "hidden_health", "hidden_other"
HIDDEN = frozenset({HIDDEN_HEALTH, HIDDEN_OTHER})
CUSTODY = "custody_legal"
HEALTH = frozenset({"treatment_medicines", "physical_health", "mental_health"})
PLANS_KEPT = 5_000  # those of a few prisons: colleagues look at the same lists all day


class ReadyLine(NamedTuple):
    state: str  # not_started, in_hand, confirmed
    on_day: date | None
    text: str


class StepWordLine(NamedTuple):
    step: str  # the key of one: its code in pathway_steps, and the days it was about
    state: str  # done, not_needed
    due_on: date
    text: str


Line = ReadyLine | StepWordLine
SHAPES: dict[str, type[Line]] = {
    **dict.fromkeys(Ready.kinds, ReadyLine),
    **dict.fromkeys(StepWord.kinds, StepWordLine),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlanLine:
    """A person's plan as far as it is shared with the worker; one and the same while neither changes."""

    shape: Shape
    custody_from: date | None
    leaves_on: date | None
    leaves_certainty: str
    was_leaving_on: date | None
    hearing_on: date | None  # from which they may be freed; None, too, where appointments are not shared
    left_on: date | None
    cover: CoverState | None  # None: not shared with this worker, which is not the same as no cover
    cover_until: date | None
    seen_on: date | None  # None, too, where appointments are not shared with the worker
    steps: tuple[Step, ...]  # in order of their days, done ones too; last, if any, those that are HIDDEN
    missing: int  # how many items of readiness are not confirmed
    urgency: int  # higher first
    reasons: tuple[str, ...]
    moved: Difference | None  # what it did to these steps that the day moved; None where it did not
    refreshed_on: date

    @property
    def gate_on(self) -> date | None:
        """The day they left, leave, or may be freed from court; None where none is told."""
        return self.left_on or min(filter(None, (self.leaves_on, self.hearing_on)), default=None)


class Tab(StrEnum):
    """What Today asks for."""

    THIS_WEEK = "this_week"
    TWELVE_WEEKS = "twelve_weeks"
    ARRIVED = "arrived"
    LEFT = "left"
    READY_BUT_FOR = "ready_but_for"
    CANNOT_WAIT = "cannot_wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayRow:
    """One person on Today."""

    person_id: UUID
    name: str
    birth_date: date | None
    language: str
    arrived_on: date  # the first day of the concern that makes them stand here
    prison_number: str | None
    prison: str
    cell: str
    is_minimum_unread: bool  # of whoever comes: nobody of this service has read what keeps them safe
    plan: PlanLine


class ToldSelfHarm(NamedTuple):
    """Somebody who said on that day that they may hurt themself."""

    person_id: UUID
    name: str
    on: date


class ToldMe(NamedTuple):
    """This worker wrote of somebody, on that day, what cannot wait, and kept it for some."""

    person_id: UUID
    name: str
    on: date
    sitting: UUID


class Today(NamedTuple):
    """A page of one tab, and what stands above every tab."""

    rows: list[TodayRow]
    told_self_harm: list[ToldSelfHarm]  # of whom nobody wrote since what was done; the oldest first
    told_me: list[ToldMe]  # what this worker kept for some, and cannot wait; the oldest first
    cannot_wait: int  # people who told of something else that cannot wait, and it is not done


class _Which(NamedTuple):
    """Whom a tab holds, and their order: a number, the smallest first."""

    where: str
    place: str
    beside: str = ""  # a table that these two ask
    is_coming: bool = False  # whether they come to a service, or are about to


# Asked of the reasons in the words of the index on them.
CANNOT_WAIT = f"""plan.reasons LIKE '%%cannot\\_wait%%' AND EXISTS (
    SELECT FROM unnest(%(pressing)s::text[], %(pressing_about)s::text[]) AS pressing (reason, category)
    WHERE pressing.reason = ANY (string_to_array(plan.reasons, ' '))
      AND NOT pressing.category = ANY ({visible.kept_back("plan.person_id")}))"""
MAY_LEAVE = "least(plan.leaves_on, CASE WHEN %(hears)s THEN plan.hearing_on END)"
LEAVES = f"{MAY_LEAVE} - %(on)s"
ON_A_DAY = f"plan.left_on IS NULL AND {MAY_LEAVE} BETWEEN %(on)s"
WHICH = {
    # Also those whose day has passed and who are still inside: it has to be asked about.
    Tab.THIS_WEEK: _Which(f"{ON_A_DAY} - 7 AND %(on)s + 6", LEAVES, is_coming=True),
    Tab.TWELVE_WEEKS: _Which(f"{ON_A_DAY} AND %(on)s + 84", LEAVES),
    Tab.ARRIVED: _Which(
        "plan.left_on IS NULL AND stay.starts_on > %(on)s - 7",
        "%(on)s - max(stay.starts_on)",
        "JOIN custody_stay stay ON stay.person_id = concern.person_id AND stay.ends_on IS NULL",
        is_coming=True,
    ),
    Tab.LEFT: _Which("plan.left_on >= %(on)s - 21", "- plan.urgency", is_coming=True),
    Tab.READY_BUT_FOR: _Which(f"{ON_A_DAY} AND %(on)s + 84 AND plan.missing BETWEEN 1 AND 3", LEAVES),
    Tab.CANNOT_WAIT: _Which(CANNOT_WAIT, "- plan.urgency"),
}
TOLD_SELF_HARM = f"""
SELECT person.id, person.display_name,
       substring(plan.steps FROM 'talk_today ([^ ]+)')::date AS day
FROM pathway_plan plan JOIN people_person person ON person.id = plan.person_id
WHERE %(tells)s AND plan.reasons LIKE 'told\\_self\\_harm%%' AND {visible.is_concerned("person.id")}
  AND NOT 'safety_now' = ANY ({visible.kept_back("person.id")})
ORDER BY day, person.sort_name, person.id LIMIT 200
"""
# Nobody writes what was done about it, since no step is made of it: it stands for two days.
TOLD_ME = f"""
SELECT DISTINCT ON (said.sitting) person.id, person.display_name, entry.recorded_at AS at, said.sitting
FROM record_entry entry JOIN assessment_answers said ON said.entry_id = entry.id
JOIN people_identity identity ON identity.id = entry.identity_id
JOIN people_person person ON person.id = identity.person_id
WHERE entry.recorded_by = %(worker)s AND entry.only_for IS NOT NULL AND entry.recorded_at >= %(told_since)s
  AND entry.kind LIKE 'answers%%' AND entry.redacted_at IS NULL AND {visible.is_concerned("person.id")}
  AND EXISTS (SELECT FROM unnest(%(asked)s::text[], %(answered)s::text[]) AS pressing (question, answer)
              WHERE said.answers -> pressing.question -> 'value' ? pressing.answer)
ORDER BY said.sitting, entry.recorded_at
"""
# A concern outlasts a release, and so a recall.
LISTED = f"""
WITH listed AS (
    SELECT person.id, person.display_name, person.birth_date, person.language, person.sort_name,
           min(concern.opened_on) AS since, {{place}} AS place,
           {visible.kept_back("person.id")} AS kept_back
    FROM access_relationship concern JOIN pathway_plan plan ON plan.person_id = concern.person_id
    JOIN people_person person ON person.id = concern.person_id
    {{beside}}
    WHERE {visible.HOLDS} AND %(lists)s AND {{where}} AND {{housed}}
    GROUP BY person.id, plan.person_id),
page AS (
    SELECT * FROM listed
    WHERE NOT 'custody_legal' = ANY (kept_back)
      AND (%(after)s::uuid IS NULL OR (place, sort_name, id) > (
          SELECT place, sort_name, id FROM listed WHERE id = %(after)s))
    ORDER BY place, sort_name, id LIMIT %(limit)s)
SELECT (SELECT json_agg(json_build_array(told.id, told.display_name, told.day))
        FROM ({TOLD_SELF_HARM}) told),
       (SELECT json_agg(json_build_array(told.id, told.display_name, told.at, told.sitting) ORDER BY told.at)
        FROM ({TOLD_ME}) told),
       (SELECT count(*) FROM pathway_plan plan
        WHERE {CANNOT_WAIT} AND {visible.is_concerned("plan.person_id")}), found.*
FROM (SELECT) one LEFT JOIN (
SELECT page.place, page.sort_name, page.id, page.display_name, page.birth_date, page.language,
       coalesce((SELECT stay.starts_on FROM custody_stay stay
                 WHERE stay.person_id = page.id AND stay.ends_on IS NULL), page.since),
       (SELECT number.value FROM people_identity identity CROSS JOIN LATERAL (
            SELECT * FROM people_identifier number
            WHERE number.identity_id = identity.id AND number.system = 'prison'
            ORDER BY number.recorded_at DESC, number.id DESC LIMIT 1) number
        WHERE identity.person_id = page.id ORDER BY number.recorded_at DESC, number.id DESC LIMIT 1),
       standing.prison, standing.cell, {{unread}}, page.kept_back, plan.refreshed_on, {rows.AS_READ}
FROM page JOIN pathway_plan plan ON plan.person_id = page.id
JOIN custody_standing standing ON standing.person_id = page.id) found ON true
ORDER BY found.place, found.sort_name, found.id
"""
# Read only where it is asked for.
HOUSED = """EXISTS (
    SELECT FROM custody_standing housed
    WHERE housed.person_id = plan.person_id AND starts_with(lower(housed.cell), lower(%(cell)s)))"""
PLAN = f"SELECT plan.refreshed_on, {rows.AS_READ} FROM pathway_plan plan WHERE plan.person_id = %s"


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, Line]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=SHAPES)


def ready_items(permit: Permit) -> dict[str, str]:
    """The items of readiness this worker may record, with the category of each."""
    return {
        kind.removeprefix("ready_"): category
        for kind, category in Ready.kinds.items()
        if category in permit.write
    }


def steps_to_settle(permit: Permit) -> dict[str, Step]:
    """The steps of the permit's person that this worker may say are done, or not needed, by their keys."""
    found = plan(permit)
    return {step.key: step for step in found.steps if step.category in permit.write} if found else {}


def settles_steps(permit: Permit) -> bool:
    """Whether this worker sees a pathway, and may say so of any step."""
    return CUSTODY in permit.read and not permit.write.isdisjoint(StepWord.kinds.values())


def stages_awaited(permit: Permit) -> list[str]:
    """The stages of the assessment that their open steps ask for about now, the soonest first."""
    found, until = plan(permit), clock.day_of(permit.at) + timedelta(days=limit("asked_ahead"))
    steps = rows.known_steps()
    asked = (step for step in (found.steps if found else ()) if step.code not in HIDDEN)
    soon = (step.code for step in asked if step.is_open and step.due_on <= until)
    return [stage for code in soon if (stage := stage_of(steps[code].completed_by))]


def told_open(permit: Permit) -> dict[str, Step]:
    """By what they told that cannot wait, its step while it stands on Today, as far as this permit reads.

    What it is about is a concept of the assessment, or `SELF_HARM` of its rules.
    """
    found = plan(permit)
    return {step.told: step for step in (found.steps if found else ()) if step.told and step.is_open}


def plan(permit: Permit) -> PlanLine | None:
    """The plan of the permit's person; None where there is none, or custody is not shared with the worker."""
    if CUSTODY not in permit.read:
        return None
    with connection.cursor() as cursor:
        cursor.execute(PLAN, [permit.person_id])
        row = cursor.fetchone()
    return _line(row, permit.read, clock.day_of(permit.at)) if row else None


def today(
    permit: ListPermit, *, tab: Tab, cell: str = "", after: UUID | None = None, limit: int = 50
) -> Today:
    """A page of one tab: the people after that one; nobody else than those this hat is concerned with.

    `cell` is the beginning of one, such as that of a wing. Who sees no custody on lists sees none of these,
    and nobody sees who keeps theirs back: to stand on one tells when somebody leaves.
    """
    if permit.categories.isdisjoint({CUSTODY, SAFETY}):
        return Today([], [], [], 0)
    on = clock.day_of(permit.at)
    which = WHICH[tab]
    unread, asked = sharing.minimum_unread(permit, "page.id") if which.is_coming else ("false", {})
    with connection.cursor() as cursor:
        cursor.execute(
            LISTED.format(
                where=which.where,
                place=which.place,
                beside=which.beside,
                housed=HOUSED if cell else "true",
                unread=unread,
            ),
            {
                **asked,
                **visible.by(permit),
                "hears": "plan_appointments" in permit.categories,
                "lists": CUSTODY in permit.categories,
                "tells": SAFETY in permit.categories,
                **_pressing(permit.categories),
                **_told_lately(permit),
                "cell": cell,
                "after": after,
                "limit": limit,
            },
        )
        found = cursor.fetchall()
    told, told_me, cannot_wait, *_nobody = found[0]
    return Today(
        [_today_row(row[5:], permit.categories, on=on) for row in found if row[5]],
        [ToldSelfHarm(UUID(who), name, date.fromisoformat(day)) for who, name, day in told or ()],
        [_told_me(*each) for each in told_me or ()],
        cannot_wait,
    )


def _told_me(who: str, name: str, at: str, sitting: str) -> ToldMe:
    return ToldMe(UUID(who), name, clock.day_of(datetime.fromisoformat(at)), UUID(sitting))


def _told_lately(permit: ListPermit) -> dict[str, Any]:
    """What `TOLD_ME` asks beside who looks: of today and yesterday, these answers."""
    asked, answered = zip(*assessment.pressing_answers(), strict=True)
    since = clock.start_of(clock.day_of(permit.at) - ONE_DAY)
    return {"told_since": since, "asked": list(asked), "answered": list(answered)}


def _pressing(categories: frozenset[str]) -> dict[str, list[str]]:
    """The reasons that cannot wait and are shown on this list, with what each is about."""
    found = [each for each in REASONS if each.key.startswith(PRESSING) and each.category in categories]
    return {
        "pressing": [each.key for each in found],
        "pressing_about": [each.category for each in found],
    }


def _today_row(row: tuple[Any, ...], categories: frozenset[str], *, on: date) -> TodayRow:
    person_id, name, birth_date, language, arrived_on, prison_number, prison, cell, *rest = row
    is_unread, kept_back, *plan_row = rest
    return TodayRow(
        person_id=person_id,
        name=name,
        birth_date=birth_date,
        language=language,
        arrived_on=arrived_on,
        prison_number=prison_number,
        prison=prison,
        cell=cell,
        is_minimum_unread=is_unread,
        plan=_line(tuple(plan_row), categories.difference(kept_back), on),
    )


@lru_cache(PLANS_KEPT)
def _line(row: tuple[Any, ...], categories: frozenset[str], on: date) -> PlanLine:
    """What a row holds, without what these categories do not cover."""
    refreshed_on, *held = row
    told = dict(zip(rows.COLUMNS, held, strict=True))
    steps = tuple(_shared(told["steps"], categories, on=on))
    shares_cover = "treatment_medicines" in categories
    return PlanLine(
        **told
        | {
            "shape": Shape(told["shape"]),
            "cover": CoverState(told["cover"]) if shares_cover else None,
            "cover_until": told["cover_until"] if shares_cover else None,
            "hearing_on": told["hearing_on"] if "plan_appointments" in categories else None,
            "seen_on": told["seen_on"] if "plan_appointments" in categories else None,
            "steps": steps,
            "reasons": tuple(_shared_reasons(told["reasons"].split(), categories)),
        },
        moved=_moved(told, steps),
        refreshed_on=refreshed_on,
    )


def _moved(told: Mapping[str, Any], steps: Iterable[Step]) -> Difference | None:
    """None, too, once they have left."""
    was_on = told["was_leaving_on"]
    if was_on is None or was_on == told["leaves_on"] or told["left_on"]:
        return None
    return difference(
        steps,
        was_on=was_on,
        custody_from=told["custody_from"],
        rows=rows.known_steps(),
        holidays=rows.holidays()[DIVISION],
    )


def _shared(written: str, categories: Collection[str], *, on: date) -> Iterator[Step]:
    """The steps these categories cover; of the others no more than that one of health is late, or another."""
    late = set()
    for step in rows.read_steps(written):
        if step.category in categories:
            yield step
        elif step.progress is Progress.LATE and step.category not in UNSAID:
            late.add(HIDDEN_HEALTH if step.category in HEALTH else HIDDEN_OTHER)
    for code in sorted(late):  # of today, since its own day would tell which it is
        yield Step(code=code, due_on=on, progress=Progress.LATE, stage="", category="")


def _shared_reasons(keys: Sequence[str], categories: Collection[str]) -> Iterator[str]:
    about = {reason.key: reason.category for reason in REASONS}
    return (key for key in keys if about[key] == "" or about[key] in categories)
