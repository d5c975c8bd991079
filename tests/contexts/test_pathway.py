"""Plans: worked out with every fact that changes, written only where different, shown as far as shared."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from tests import database, story
from tests.content import rows
from tests.contexts.plans import (
    TODAY,
    confirms,
    leaving,
    listed,
    looks,
    nightly,
    opened,
    planned,
    prescribed,
    refreshed,
    step,
    stored,
    write,
)
from throughgate.contacts import actions as contacts
from throughgate.custody import actions as custody
from throughgate.exchange import actions as exchange
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pathway import actions as pathway
from throughgate.pathway import queries
from throughgate.pathway.queries import (
    HIDDEN,
    HIDDEN_HEALTH,
    HIDDEN_OTHER,
    StepWordLine,
    Tab,
)
from throughgate.pathway.rules import CoverState, Difference, Progress, Shape, Step
from throughgate.record import history
from throughgate.record import queries as entries
from throughgate.record.rules import Form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_ninth")]


# What makes a plan


def test_that_something_was_entered_elsewhere_is_no_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    story.bring_in(leaving("2027-06-01"))
    note = contacts.write_note(opened(), kind="note_plan", text="Met", at=story.noon(9), form=Form("note"))
    monkeypatch.setenv("TG_CLOCK", story.noon(25).isoformat())
    permit = story.opens(story.worker(), story.person(), at=story.noon(25))
    (entry,) = history.versions(permit, note)
    with pathway.in_step(permit):
        contacts.enter_elsewhere(permit, entry, system="other", form=Form("elsewhere"))
    assert "quiet" in {each.code for each in planned(permit).steps}


def test_an_extract_makes_a_plan() -> None:
    story.bring_in(leaving("2027-02-10"))
    plan = planned()
    assert (plan.shape, plan.custody_from, plan.leaves_on) == (
        Shape.PLANNED,
        date(2026, 10, 20),
        date(2027, 2, 10),
    )
    assert step("home").due_on == date(2027, 2, 3)
    assert (plan.was_leaving_on, plan.left_on, plan.cover) == (None, None, CoverState.NONE)


def test_a_day_that_moves_moves_every_step_that_hangs_on_it_and_the_old_one_is_kept() -> None:
    story.bring_in(leaving("2027-02-10"))
    before = {each.code: each.due_on for each in planned().steps if each.stage == "before_release"}
    story.bring_in(leaving("2027-02-03"), as_at=story.noon(8))
    plan = planned()
    after = {each.code: each.due_on for each in plan.steps if each.code in before}
    assert {before[code] - after[code] for code in after} == {timedelta(days=7)}
    assert (plan.leaves_on, plan.was_leaving_on) == (date(2027, 2, 3), date(2027, 2, 10))
    assert step("review_moved").due_on == TODAY
    assert plan.moved == Difference(earlier=24, later=0, impossible=0)


def test_a_day_that_moves_three_times_ends_as_if_it_had_moved_once() -> None:
    story.bring_in(leaving("2027-02-10"))
    for day, told in enumerate(["2027-02-03", "2027-03-10", "2027-02-10"], start=3):
        story.bring_in(leaving(told), as_at=story.noon(day))
    plan = planned()
    assert (plan.leaves_on, plan.was_leaving_on) == (date(2027, 2, 10), date(2027, 3, 10))
    assert step("home").due_on == date(2027, 2, 3)


def test_another_day_confirmed_beside_the_one_calculated_is_a_day_that_moved() -> None:
    story.bring_in(leaving("2027-02-12"))  # a Friday
    story.bring_in(leaving("2027-02-12", confirmedReleaseDate="2027-02-11"), as_at=story.noon(8))
    plan = planned()
    assert (plan.leaves_on, plan.was_leaving_on) == (date(2027, 2, 11), date(2027, 2, 12))
    assert step("review_moved").due_on == TODAY


def test_a_day_from_before_a_recall_did_not_move() -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    back = {"bookingId": "1200002", "receptionDate": "2026-11-08", "lastMovementDate": "2026-11-08"}
    recalled: dict[str, Any] = {
        "legalStatus": "RECALL",
        "recall": True,
        "postRecallReleaseDate": "2027-01-03",
    }
    story.bring_in(
        story.document(**back, **recalled, conditionalReleaseDate="2026-11-03"), as_at=story.noon(8)
    )
    plan = planned()
    assert (plan.leaves_on, plan.was_leaving_on) == (date(2027, 1, 3), None)


def test_a_move_to_another_prison_does_not_begin_another_custody() -> None:
    story.bring_in(leaving("2027-02-10"))
    on_the_way = {"lastMovementTypeCode": "TRN", "lastMovementReasonCode": "PROD", "inOutStatus": "TRN"}
    story.prison("LEI")
    story.bring_in(
        leaving(
            "2027-02-10", status="INACTIVE TRN", lastMovementDate="2026-11-04", prisonId="TRN", **on_the_way
        ),
        as_at=story.noon(4),
    )
    assert (planned().custody_from, planned().left_on) == (date(2026, 10, 20), None)
    arrived = {
        "lastMovementTypeCode": "ADM",
        "lastMovementReasonCode": "INT",
        "lastMovementDate": "2026-11-06",
    }
    story.bring_in(leaving("2027-02-10", prisonId="LEI", **arrived), source="LEI", as_at=story.noon(6))
    assert planned(opened(story.worker(at="LEI"), story.DEE)).custody_from == date(2026, 10, 20)


def test_a_true_release_says_when_they_left_and_asks_for_what_comes_after() -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(conditionalReleaseDate="2026-11-03"), as_at=story.noon(4))
    plan = planned()
    assert (plan.shape, plan.left_on) == (Shape.OUT, date(2026, 11, 3))
    assert step("contact_7").due_on == date(2026, 11, 10)
    assert step("contact_1").progress is Progress.LATE


def test_who_left_more_than_a_year_ago_has_no_plan_and_loses_the_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    monkeypatch.setenv("TG_CLOCK", "2027-12-01T12:00:00+00:00")
    assert (refreshed(), stored()) == (1, [])


def test_a_dead_person_has_no_plan_until_it_turns_out_to_be_a_mistake() -> None:
    story.bring_in(leaving("2027-02-10"))
    dead = {"lastMovementReasonCode": "DEC", "legalStatus": "DEAD", "lastMovementDate": "2026-11-04"}
    story.bring_in(story.released(**dead, conditionalReleaseDate="2027-02-10"), as_at=story.noon(5))
    permit = story.opens(
        story.worker("offender_management"), story.person(), purpose="supervision", at=story.noon(9)
    )
    assert queries.plan(permit) is None
    with pathway.in_step(permit):
        custody.death_was_a_mistake(permit, reason="He is in the next cell.", at=story.noon(9))
    assert planned(permit).shape is Shape.PLANNED


def test_an_undone_link_gives_each_of_the_two_a_plan_of_their_own() -> None:
    pnc = "2001/0000001H"
    story.bring_in(leaving("2027-02-10", pncNumber=pnc))
    story.bring_in(leaving("2027-02-10", pncNumber=pnc, prisonId="LEI"), source="LEI", as_at=story.noon(3))
    assert story.person() == story.person(source="LEI")
    assert len(stored()) == 1
    exchange.separate(story.reviewer("LEI"), story.link(source="LEI"), reason="Two people")
    assert len(stored()) == 2


# Steps settled by hand


def settles(permit: Permit, step: str, *, state: str = "done", text: str = "", key: str = "s") -> None:
    with pathway.in_step(permit):
        pathway.settle_step(permit, step=step, state=state, text=text, at=story.noon(9), form=Form(key))


def test_a_step_that_a_worker_says_is_done_is_closed_and_one_not_needed_says_why() -> None:
    story.bring_in(leaving("2027-02-10"))
    permit = opened()
    settles(permit, "in_reach")
    settles(permit, "mental_health", state="not_needed", text="Nothing to hand over.", key="t")
    assert step("in_reach").progress is Progress.CONFIRMED
    assert step("mental_health").progress is Progress.NOT_NEEDED
    (entry,) = entries.current(
        permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset({"step_mental_health"})
    )
    assert queries.lines(permit, {entry.kind: [entry.id]}) == {
        entry.id: StepWordLine(
            "mental_health", "not_needed", step("mental_health").due_on, "Nothing to hand over."
        )
    }


def test_an_item_that_is_not_needed_is_not_missing() -> None:
    story.bring_in(leaving("2027-02-10"))
    permit = opened()
    missing = planned(permit).missing
    settles(permit, "mental_health", state="not_needed", text="Nothing to hand over.")
    assert planned(permit).missing == missing - 1


def test_a_day_that_moves_undoes_nothing_that_was_settled() -> None:
    story.bring_in(leaving("2027-02-10"))
    settles(opened(), "joint_meeting")
    story.bring_in(leaving("2027-02-03"), as_at=story.noon(8))
    assert step("joint_meeting").progress is Progress.CONFIRMED


@pytest.mark.parametrize(
    ("what", "state", "text", "why"),
    [
        ("contact_1", "done", "", "Choose which step it is"),
        ("shoes", "done", "", "Choose which step it is"),
        ("in_reach", "late", "", "Choose whether it is done"),
        ("in_reach", "not_needed", " ", "Write why"),
        ("naloxone", "done", "", "confirmed, under what has to be ready"),
        ("in_reach", "done", "x" * 1001, "up to 1,000 characters"),
    ],
)
def test_settling_a_step_is_refused_for_a_reason(what: str, state: str, text: str, why: str) -> None:
    story.bring_in(leaving("2027-02-10"))
    with pytest.raises(Refused, match=why):
        settles(opened(), what, state=state, text=text)


def test_steps_are_settled_by_who_may_write_what_they_are_about() -> None:
    story.bring_in(leaving("2027-02-10"))
    officer = opened(story.worker("prison_officer"))
    assert "health_screen" not in queries.steps_to_settle(officer)
    assert queries.settles_steps(opened())
    assert not queries.settles_steps(replace(opened(), write=frozenset()))
    assert queries.steps_to_settle(replace(opened(), read=frozenset())) == {}


# Written only where different


def test_bringing_in_step_twice_writes_nothing_the_second_time() -> None:
    story.bring_in(leaving("2027-02-10"))
    before = stored()
    assert (refreshed(), stored()) == (0, before)


def test_the_nightly_refresh_writes_what_the_day_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    story.bring_in(leaving("2027-02-10"))
    monkeypatch.setenv("TG_CLOCK", story.noon(30).isoformat())
    assert exchange.refresh_everybody(nightly()) == 1
    assert planned().refreshed_on == date(2026, 11, 30)


def test_many_people_take_as_many_queries_as_one() -> None:
    keys = [f"A{1000 + number}AA" for number in range(40)]
    story.bring_in(
        *(leaving("2027-02-10", prisonerNumber=key, bookingId=key, lastName=f"N{key}") for key in keys)
    )
    rows("DELETE FROM pathway_plan WHERE true RETURNING 1")
    permit, ids = nightly(), [story.person(key) for key in keys]
    with CaptureQueriesContext(connection) as one:
        assert pathway.refresh(permit, ids[:1]) == 1
    with CaptureQueriesContext(connection) as forty:
        assert pathway.refresh(permit, ids) == 39
    assert len(one) == len(forty) == 6  # of those of whom nobody but a prison ever told anything


# Who sees what


def test_a_late_step_that_is_not_shared_says_no_more_than_that_it_is_late() -> None:
    story.bring_in(story.document())
    write(prescribed())
    officer = opened(story.worker("prison_officer"))
    assert step("pack_medicines").progress is Progress.LATE
    plan = planned(officer)
    assert {each.category for each in plan.steps} <= officer.read | {""}
    late = Step(code=HIDDEN_HEALTH, due_on=TODAY, progress=Progress.LATE, stage="", category="")
    assert plan.steps[-1] == late
    assert (plan.cover, plan.cover_until) == (None, None)
    assert "cover_not_known" not in plan.reasons


def test_the_day_a_prescriber_sees_them_is_shared_with_appointments() -> None:
    story.bring_in(leaving("2026-11-12"))
    permit = opened()
    confirms(permit, "appointment", on_day=date(2026, 11, 16))
    assert planned(permit).seen_on == date(2026, 11, 16)
    assert planned(replace(permit, read=permit.read - {"plan_appointments"})).seen_on is None


def test_nothing_is_hidden_where_nothing_is_late() -> None:
    story.bring_in(
        story.document(receptionDate="2026-11-09", lastMovementDate="2026-11-09"), as_at=story.noon(9)
    )
    plan = planned(opened(story.worker("prison_officer")))
    assert not HIDDEN & {each.code for each in plan.steps}


def test_a_late_step_that_is_not_of_health_is_not_called_one() -> None:
    story.bring_in(story.document())
    prescriber = planned(opened(story.worker("community_prescriber")))
    assert {each.code for each in prescriber.steps} & HIDDEN == {HIDDEN_OTHER}


def test_who_may_not_know_of_custody_sees_no_plan() -> None:
    story.bring_in(leaving("2026-11-12"))
    permit = opened()
    assert queries.plan(replace(permit, read=permit.read - {"custody_legal"})) is None
    without = replace(looks(), categories=frozenset({"identity_contact", "plan_appointments"}))
    assert listed(without, Tab.THIS_WEEK) == []


# Of a version before


def test_steps_and_reasons_of_a_version_before_are_put_into_words() -> None:
    story.bring_in(leaving("2026-11-12", receptionDate="2026-11-08", lastMovementDate="2026-11-08"))
    ((before,),) = rows("SELECT row_to_json(plan) FROM pathway_plan plan")
    steps = [line.split() for line in before["steps"].splitlines()]
    assert {len(step) for step in steps} == {3, 4}
    old = {
        **before,
        "steps": [[*step[:3], len(step) == 4] for step in steps],
        "reasons": before["reasons"].split(),
    }
    with database.role("owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        MigrationExecutor(connection).migrate([("pathway", "0008_who_told_alone")])
        cursor.execute(
            "INSERT INTO pathway_plan SELECT * FROM json_populate_record(NULL::pathway_plan, %s)",
            [json.dumps(old)],
        )
        MigrationExecutor(connection).migrate([("pathway", "0009_in_words")])
    assert rows("SELECT row_to_json(plan) FROM pathway_plan plan") == [(before,)]
