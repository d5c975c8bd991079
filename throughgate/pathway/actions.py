"""Keeping plans in step with what is known, and taking in what workers say of readiness."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from throughgate.foundation import clock, leave, wrong
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit, Refresher, TimerPermit
from throughgate.linkage import own
from throughgate.pathway import gathering, queries, rows
from throughgate.pathway.models import StepWord
from throughgate.pathway.rules import Item, Progress, plan_for, wrong_with_word
from throughgate.people import actions as people
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Form

KINDS = {category: kind for kind, category in StepWord.kinds.items()}
TOGETHER = 500  # people whose plans are made in one transaction
WITH_PACKS = """
SELECT DISTINCT identity.person_id FROM packs_pack made
JOIN record_entry entry ON entry.id = made.entry_id
JOIN people_identity identity ON identity.id = entry.identity_id ORDER BY 1
"""
TOLD = (Progress.NOT_STARTED, Progress.IN_HAND, Progress.CONFIRMED)
STANDS = f"SELECT plan.person_id, {rows.AS_READ} FROM pathway_plan plan WHERE plan.person_id = ANY(%s)"
FRESH = ", ".join(("refreshed_on", *rows.COLUMNS))
# As one JSON text, which takes the driver a third of the time of as many arrays as there are columns. Two may
# bring the same person in step at one moment: then the second takes the place of the first.
WRITE = f"""
INSERT INTO pathway_plan (person_id, {FRESH})
SELECT person_id, {FRESH} FROM json_populate_recordset(NULL::pathway_plan, %s)
ON CONFLICT (person_id) DO UPDATE SET ({FRESH}) = (
    {", ".join(f"excluded.{name}" for name in ("refreshed_on", *rows.COLUMNS))})
"""


def refresh(permit: Refresher, person_ids: Sequence[UUID]) -> int:
    """Make the plans of these people what follows from all that is known: nineteen queries at most.

    Only what comes out different is written; returns how many rows that was.
    """
    on = clock.today()
    with leave.everything(), connection.cursor() as cursor:
        fresh = dict(_plans(permit, person_ids, on=on))
        cursor.execute(STANDS, [list(person_ids)])
        stands = {person_id: tuple(row) for person_id, *row in cursor.fetchall()}
        changed = {person_id: row for person_id, row in fresh.items() if stands.get(person_id) != row}
        if changed:
            cursor.execute(WRITE, [_as_json(changed, on=on)])
        gone = [person_id for person_id in stands if person_id not in fresh]
        if gone:
            cursor.execute("DELETE FROM pathway_plan WHERE person_id = ANY(%s)", [gone])
    return len(changed) + len(gone)


def refresh_those_with_packs(permit: TimerPermit) -> None:
    """Make anew the plans of everybody given a paper, once a place on it must not be known any more."""
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(WITH_PACKS)
        person_ids = [person_id for (person_id,) in cursor.fetchall()]
    for first in range(0, len(person_ids), TOGETHER):
        with transaction.atomic():
            several = person_ids[first : first + TOGETHER]
            people.hold(permit, several)
            refresh(permit, several)


@contextmanager
def in_step(*permits: Permit) -> Iterator[None]:
    """What is written within it, and the plans of these permits' people that follow, go in as one.

    Who writes of them at the same moment waits, and builds on this.
    """
    person_ids = [permit.person_id for permit in permits]
    with transaction.atomic():
        people.hold(permits[0], person_ids)
        yield
        refresh(permits[0], person_ids)


def record_ready(
    permit: Permit, *, item: str, state: str, on_day: date | None, text: str, at: datetime, form: Form
) -> UUID:
    """Write how far one item of readiness is; the same form sent twice makes one entry.

    The caller brings the plan in step. Raises: Overtaken when somebody has said how far it is since the form
    was opened; Refused for an item or state that is none, a remark too long, or one not for this role.
    """
    said = text.strip()
    if item not in set(Item):
        raise Refused("Choose what has to be ready.")
    if state not in TOLD:
        raise Refused("Choose how far it is.")
    sentences = {"on": wrong.too_far(on_day, clock.day_of(permit.at)), "text": wrong.too_long(said)}
    wrong.refuse(wrong.parts(sentences))
    with transaction.atomic():
        draft = Draft(
            identity_id=own.identity(permit),
            kind=f"ready_{item}",
            happened_at=at,
            dated_by="time",
            as_at=at,
            body={"state": state, "on_day": on_day, "text": said},
        )
        return record.keep_last_word(permit, draft, form)


def settle_step(permit: Permit, *, step: str, state: str, text: str, at: datetime, form: Form) -> UUID:
    """Write that a step is done, or is not needed and why.

    The caller brings the plan in step. Raises: Overtaken as with readiness; Refused for a step that is not
    theirs or not this role's, or as `wrong_with_word` says.
    """
    said = text.strip()
    found = queries.steps_to_settle(permit).get(step)
    if found is None:
        raise Refused("Choose which step it is.")
    wrong.refuse(wrong_with_word(rows.known_steps()[found.code], state=state, text=said))
    with transaction.atomic():
        draft = Draft(
            identity_id=own.identity(permit),
            kind=KINDS[found.category],
            item=step,
            happened_at=at,
            dated_by="time",
            as_at=at,
            body={"step": step, "state": state, "due_on": found.due_on, "text": said},
        )
        return record.keep_last_word(permit, draft, form)


def _plans(
    permit: Refresher, person_ids: Sequence[UUID], *, on: date
) -> Iterator[tuple[UUID, tuple[Any, ...]]]:
    """(person, row) for each who has a pathway."""
    steps, holidays = tuple(rows.known_steps().values()), rows.holidays()
    for person_id, facts in gathering.facts(permit, person_ids, on=on):
        plan = plan_for(facts, on=on, rows=steps, holidays=holidays)
        if plan:
            yield person_id, rows.row_of(facts, plan)


def _as_json(found: Mapping[UUID, tuple[Any, ...]], *, on: date) -> str:
    return json.dumps(
        [
            {"person_id": person_id, "refreshed_on": on, **dict(zip(rows.COLUMNS, row, strict=True))}
            for person_id, row in found.items()
        ],
        default=str,
    )
