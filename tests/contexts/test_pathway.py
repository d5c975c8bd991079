"""Plans: worked out with every fact that changes, written only where different, shown as far as shared."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import story
from tests.content import rows
from throughgate.access import actions as access
from throughgate.contacts import actions as contacts
from throughgate.custody import actions as custody
from throughgate.exchange import actions as exchange
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit, Permit, TimerPermit
from throughgate.linkage import queries as linkage
from throughgate.pathway import actions as pathway
from throughgate.pathway import queries
from throughgate.pathway.queries import (
    HIDDEN,
    HIDDEN_HEALTH,
    HIDDEN_OTHER,
    PlanLine,
    ReadyLine,
    StepWordLine,
    Tab,
)
from throughgate.pathway.rules import CoverState, Difference, Progress, Shape, Step
from throughgate.record import actions as record
from throughgate.record import history
from throughgate.record import queries as entries
from throughgate.record.rules import Draft, Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting
from throughgate.staff.queries import Hat
from throughgate.treatment import actions as treatment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 9)
SENTENCED = {"legalStatus": "SENTENCED", "imprisonmentStatus": "SENT"}


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


def leaving(day: str, **fields: Any) -> dict[str, Any]:
    """What a prison says of somebody who serves a sentence and leaves on that day."""
    return story.document(**{**SENTENCED, "conditionalReleaseDate": day, **fields})


def opened(hat: Hat | None = None, key: str = story.DEE) -> Permit:
    return story.opens(hat or story.worker(), story.person(key), at=story.noon(9))


def planned(permit: Permit | None = None) -> PlanLine:
    found = queries.plan(permit or opened())
    assert found is not None
    return found


def step(code: str, permit: Permit | None = None) -> Step:
    (found,) = [each for each in planned(permit).steps if each.code == code]
    return found


def looks(hat: Hat | None = None) -> ListPermit:
    return access.issue_list_permit(hat or story.worker(), purpose="direct_care", at=story.noon(9))


def listed(permit: ListPermit, tab: Tab, **rest: Any) -> list[str]:
    return [row.name for row in queries.today(permit, tab=tab, **rest)]


def confirms(permit: Permit, item: str, *, on_day: date | None = None, form_key: str = "") -> None:
    with pathway.in_step(permit):
        pathway.record_ready(
            permit,
            item=item,
            state="confirmed",
            on_day=on_day,
            text="Rang them",
            at=story.noon(9),
            form=Form(form_key),
        )


def nightly() -> TimerPermit:
    return access.issue_timer_permit("nightly refresh", at=clock.now())


def refreshed() -> int:
    return pathway.refresh(nightly(), [story.person()])


def stored() -> list[tuple[Any, ...]]:
    """Every plan with the mark the database gives each writing of a row."""
    return rows("SELECT xmin::text, plan::text FROM pathway_plan plan ORDER BY person_id")


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
    assert plan.moved == Difference(earlier=23, later=0, impossible=0)


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


def test_who_left_more_than_half_a_year_ago_has_no_plan_and_loses_the_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    monkeypatch.setenv("TG_CLOCK", "2027-06-01T12:00:00+00:00")
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


# Medicines, contacts and what workers say


def prescribed(key: str = "rx1", **body: Any) -> Draft:
    said = {"prescription_key": key, "medicine": "Methadone 1mg/ml", "started_on": date(2026, 10, 25), **body}
    return told("prescription", **said)


def told(kind: str, **body: Any) -> Draft:
    return Draft(
        identity_id=story.identity(),
        kind=kind,
        happened_at=story.NOON,
        dated_by="day",
        as_at=story.NOON,
        body=body,
    )


def write(*drafts: Draft) -> None:
    record.add_many(story.feed(), drafts)
    refreshed()


@pytest.mark.parametrize(
    ("bodies", "cover", "until"),
    [
        ([{}], CoverState.NOT_KNOWN, None),
        ([{"until_on": date(2026, 12, 4)}], CoverState.ENDS, date(2026, 12, 4)),
        ([{"until_on": date(2026, 11, 8)}], CoverState.NOT_KNOWN, None),
        ([{"stopped_on": date(2026, 11, 8)}], CoverState.NONE, None),
        ([{"until_on": date(2026, 10, 1)}], CoverState.NONE, None),
        (
            [{}, {"started_on": date(2026, 11, 20), "until_on": date(2026, 12, 4)}],
            CoverState.ENDS,
            date(2026, 12, 4),
        ),
        ([{}, {"started_on": date(2026, 11, 23), "until_on": date(2026, 12, 4)}], CoverState.NOT_KNOWN, None),
    ],
    ids=[
        "nobody says until when",
        "until a day to come",
        "until yesterday, for the prison to renew",
        "stopped",
        "over before this custody",
        "another begins on the day they leave",
        "another begins after a gap",
    ],
)
def test_cover_follows_from_what_is_prescribed(
    bodies: list[dict[str, Any]], cover: CoverState, until: date | None
) -> None:
    story.bring_in(leaving("2026-11-20"))
    write(*(prescribed(f"rx{number}", **body) for number, body in enumerate(bodies)))
    plan = planned()
    assert (plan.cover, plan.cover_until) == (cover, until)


def test_an_appointment_kept_is_a_contact_and_one_missed_asks_to_go_and_look() -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    write(told("attendance", attendance_key="a", due_at=story.noon(6), outcome="not_attended"))
    assert step("outreach").progress is not Progress.CONFIRMED
    write(
        told("attendance", attendance_key="b", due_at=story.noon(8), outcome="attended"),
        told("attendance", attendance_key="c", due_at=story.noon(12), outcome=""),
    )
    assert (step("outreach").progress, step("contact_1").progress) == (Progress.CONFIRMED, Progress.CONFIRMED)


def expected(on: date, what: str = "prescriber") -> str:
    """A worker books them; the key of the appointment."""
    form = Form(str(new_id()))
    with pathway.in_step(opened()):
        referral.book(opened(), Meeting(what), on=on, at_time=None, form=form)
    return form.key


def comes_to(key: str, outcome: str) -> None:
    permit, form = opened(), Form(str(new_id()))
    with pathway.in_step(permit):
        referral.say_what_came_of_it(permit, key, outcome=outcome, text="", form=form)


def test_a_prescriber_who_is_booked_covers_the_gap_until_it_is_cancelled() -> None:
    story.bring_in(leaving("2026-11-12"))
    write(prescribed(until_on=date(2026, 11, 20)))
    expected(date(2026, 11, 18), "probation")
    assert (planned().cover, planned().seen_on) == (CoverState.ENDS, None)
    key = expected(date(2026, 11, 18))
    assert (planned().cover, planned().seen_on) == (CoverState.COVERED, date(2026, 11, 18))
    comes_to(key, "cancelled_by_service")
    assert (planned().cover, planned().seen_on) == (CoverState.ENDS, None)


def test_a_move_is_nobodys_miss_and_the_new_day_counts() -> None:
    story.bring_in(leaving("2026-11-12"))
    write(prescribed(until_on=date(2026, 11, 20)))
    key, permit = expected(date(2026, 11, 18)), opened()
    with pathway.in_step(permit):
        referral.move(permit, key, on=date(2026, 11, 19), at_time=None, text="", form=Form(str(new_id())))
    assert planned().seen_on == date(2026, 11, 19)


def test_what_came_of_an_appointment_that_a_worker_booked_counts_at_once() -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    missed = expected(date(2026, 11, 6))
    comes_to(missed, "not_known_why")
    assert step("outreach").progress is not Progress.CONFIRMED
    comes_to(missed, "attended_late")
    assert (step("contact_1").progress, planned().seen_on) == (Progress.CONFIRMED, date(2026, 11, 6))


@pytest.mark.parametrize(
    ("outcomes", "cover"),
    [
        (["not_attended"] * 3, CoverState.BROKEN),
        (["not_attended", "cancelled_by_service", "not_attended"], CoverState.BROKEN),
        (["not_attended", "rescheduled", "not_attended"], CoverState.NOT_KNOWN),
        (["not_attended", "not_attended", "attended"], CoverState.NOT_KNOWN),
    ],
)
def test_medicine_not_collected_three_times_in_a_row_breaks_cover(
    outcomes: list[str], cover: CoverState
) -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    write(
        prescribed(),
        *(
            told(
                "attendance",
                attendance_key=str(day),
                due_at=story.noon(day),
                what=" Supervised consumption",
                outcome=outcome,
            )
            for day, outcome in enumerate(outcomes, start=5)
        ),
    )
    assert planned().cover is cover
    assert ("cover_broken" in {each.code for each in planned().steps}) == (cover is CoverState.BROKEN)


def test_naloxone_in_their_hands_is_naloxone_confirmed_and_each_stage_is_a_step() -> None:
    story.bring_in(leaving("2026-11-20"))
    permit = opened()

    def seen(state: str) -> list[Progress]:
        with pathway.in_step(permit):
            treatment.record_naloxone(permit, state=state, text="", at=story.noon(9), form=Form(state))
        return [step(code).progress for code in ("naloxone_offer", "naloxone_training", "naloxone")]

    assert seen("offered") == [Progress.CONFIRMED, Progress.LATE, Progress.IN_HAND]
    assert seen("trained") == [Progress.CONFIRMED, Progress.CONFIRMED, Progress.IN_HAND]
    assert seen("in_hand") == [Progress.CONFIRMED] * 3


def test_what_they_had_before_custody_answers_what_was_prescribed() -> None:
    story.bring_in(leaving("2026-11-20"))
    assert step("ask_prescriber").progress is Progress.LATE
    write(told("before_script", had=True, who="Dr Stamp", reach="", text=""))
    assert step("ask_prescriber").progress is Progress.CONFIRMED


def test_a_day_in_court_is_a_day_on_which_somebody_on_remand_may_leave() -> None:
    story.bring_in(story.document())
    permit = looks()
    assert listed(permit, Tab.THIS_WEEK) == []
    expected(date(2026, 11, 20), "court")
    key = expected(date(2026, 11, 12), "court")
    assert (planned().hearing_on, step("court_pack").due_on) == (date(2026, 11, 12), date(2026, 11, 11))
    assert listed(permit, Tab.THIS_WEEK) == ["Dee Marlowe"]
    comes_to(key, "rescheduled")
    assert planned().hearing_on == date(2026, 11, 20)
    assert planned(replace(opened(), read=opened().read - {"plan_appointments"})).hearing_on is None
    unheard = replace(permit, categories=permit.categories - {"plan_appointments"})
    assert listed(permit, Tab.TWELVE_WEEKS) == ["Dee Marlowe"]
    assert listed(unheard, Tab.TWELVE_WEEKS) == []


def test_a_prescriber_who_sees_them_mends_what_missed_pick_ups_broke() -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    for day in (5, 6, 7):
        comes_to(expected(date(2026, 11, day), "pharmacy"), "not_attended")
    assert planned().cover is CoverState.BROKEN
    comes_to(expected(date(2026, 11, 8), "treatment"), "attended")
    assert planned().cover is CoverState.BROKEN
    comes_to(expected(date(2026, 11, 8)), "attended")
    assert planned().cover is CoverState.NONE


def test_an_appointment_that_is_only_moved_is_nobodys_miss() -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    write(told("attendance", attendance_key="a", due_at=story.noon(6), outcome="rescheduled"))
    assert "outreach" not in {each.code for each in planned().steps}


def test_a_contact_counts_as_soon_as_the_plan_is_brought_in_step() -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    permit = opened()
    with pathway.in_step(permit):
        contacts.record_contact(
            permit,
            mode="telephone",
            outcome="reached",
            text="",
            at=story.noon(9),
            dated_by="time",
            form=Form("k"),
        )
    assert step("contact_1").progress is Progress.CONFIRMED


def test_readiness_that_a_worker_records_changes_the_plan_in_the_same_transaction() -> None:
    story.bring_in(leaving("2027-02-10"))
    permit = opened()
    missing = planned(permit).missing
    confirms(permit, "naloxone")
    assert (step("naloxone").progress, planned(permit).missing) == (Progress.CONFIRMED, missing - 1)


def test_the_same_form_sent_twice_makes_one_entry_that_says_what_was_written() -> None:
    story.bring_in(leaving("2027-02-10"))
    permit = opened()
    for _time in range(2):
        confirms(permit, "appointment", on_day=date(2027, 2, 12), form_key="k")
    (entry,) = entries.current(
        permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset({"ready_appointment"})
    )
    assert queries.lines(permit, {entry.kind: [entry.id]}) == {
        entry.id: ReadyLine("confirmed", date(2027, 2, 12), "Rang them")
    }


@pytest.mark.parametrize(
    ("item", "state", "text", "why"),
    [
        ("shoes", "confirmed", "", "Choose what has to be ready"),
        ("plan", "late", "", "Choose how far it is"),
        ("plan", "confirmed", "x" * 1001, "up to 1,000 characters"),
        ("gp", "confirmed", "", "does not record this kind"),
    ],
)
def test_readiness_is_refused_for_a_reason(item: str, state: str, text: str, why: str) -> None:
    story.bring_in(leaving("2027-02-10"))
    permit = opened()
    permit = opened(story.worker("prison_officer")) if item == "gp" else permit
    with pytest.raises(Refused, match=why):
        pathway.record_ready(
            permit, item=item, state=state, on_day=None, text=text, at=story.noon(9), form=Form("k")
        )


def test_a_role_is_offered_what_it_may_record() -> None:
    story.bring_in(leaving("2027-02-10"))
    assert {"medicines", "naloxone"} <= queries.ready_items(opened()).keys()
    assert "medicines" not in queries.ready_items(opened(story.worker("prison_officer")))


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
    assert len(one) == len(forty) == 8  # of those of whom nobody but a prison ever told anything


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


# Today


def people(**days: str) -> None:
    """One prison's extract, with the day each of them leaves on."""
    story.bring_in(
        *(
            leaving(
                day,
                prisonerNumber=f"A{1000 + number}AA",
                bookingId=str(number),
                firstName="PAT",
                lastName=name.upper(),
                receptionDate="2026-08-01",
                lastMovementDate="2026-08-01",
            )
            for number, (name, day) in enumerate(days.items())
        )
    )


def test_each_tab_holds_whom_it_says() -> None:
    people(Past="2026-11-05", Soon="2026-11-15", Later="2026-11-16", Far="2027-02-02")
    story.bring_in(
        leaving(
            "2027-03-01",
            firstName="PAT",
            lastName="NEW",
            lastMovementDate="2026-11-08",
            receptionDate="2026-11-08",
        ),
        leaving("2026-11-20", prisonerNumber=story.GETHIN, bookingId="g", firstName="PAT", lastName="GONE"),
        as_at=story.noon(8),
    )
    gone = story.released(
        story.GETHIN, bookingId="g", firstName="PAT", lastName="GONE", lastMovementDate="2026-11-09"
    )
    story.bring_in(gone, as_at=story.noon(9))
    permit = looks()
    assert {tab: listed(permit, tab) for tab in Tab if tab is not Tab.READY_BUT_FOR} == {
        Tab.THIS_WEEK: ["Pat Past", "Pat Soon"],
        Tab.TWELVE_WEEKS: ["Pat Soon", "Pat Later"],
        Tab.ARRIVED: ["Pat New"],
        Tab.LEFT: ["Pat Gone"],
    }


def test_who_is_back_on_recall_has_arrived_although_the_prison_is_still_concerned_from_before() -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    back = {"bookingId": "1200002", "receptionDate": "2026-11-08", "lastMovementDate": "2026-11-08"}
    story.bring_in(story.document(**back, legalStatus="RECALL", recall=True), as_at=story.noon(8))
    assert listed(looks(), Tab.ARRIVED) == ["Dee Marlowe"]
    assert listed(looks(), Tab.LEFT) == []


def test_ready_but_for_holds_those_of_whom_little_is_missing() -> None:
    people(Soon="2026-11-30", Other="2026-11-30")
    assert listed(looks(), Tab.READY_BUT_FOR) == []
    permit = opened(key="A1000AA")
    permit = replace(permit, write=permit.write | {"mental_health", "physical_health"})
    for item in ("plan", "medicines", "naloxone", "mental_health", "gp", "appointment", "meeting"):
        confirms(permit, item, form_key=item)
    assert listed(looks(), Tab.READY_BUT_FOR) == ["Pat Soon"]


def test_pages_of_a_tab_lead_on_without_losing_or_repeating_anybody() -> None:
    people(Ash="2026-11-12", Birch="2026-11-11", Cedar="2026-11-11", Dale="2026-11-13")
    permit = looks()
    first = queries.today(permit, tab=Tab.THIS_WEEK, limit=2)
    rest = listed(permit, Tab.THIS_WEEK, after=first[-1].person_id)
    assert [row.name for row in first] + rest == ["Pat Birch", "Pat Cedar", "Pat Ash", "Pat Dale"]
    assert (first[0].prison, first[0].cell, first[0].prison_number) == ("MDI", "A-1-001", "A1001AA")


def test_nobody_of_another_prison_is_in_any_tab_nor_gives_a_place() -> None:
    people(Ash="2026-11-12")
    permit = looks(story.worker(at="LEI"))
    assert [listed(permit, tab) for tab in Tab] == [[]] * len(Tab)
    hidden = story.person("A1000AA")
    assert listed(permit, Tab.THIS_WEEK, after=hidden) == []


def test_a_plan_and_a_page_of_today_cost_one_query_each(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    people(**{f"N{number}": "2026-11-12" for number in range(60)})
    permit, list_permit = opened(key="A1000AA"), looks()
    with django_assert_num_queries(1):
        planned(permit)
    with django_assert_num_queries(1):
        assert len(listed(list_permit, Tab.THIS_WEEK)) == 50
