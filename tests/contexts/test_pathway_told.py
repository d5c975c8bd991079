"""Plans: what is prescribed, booked and told by workers changes them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests import packs, story
from tests.contexts.plans import (
    confirms,
    leaving,
    listed,
    looks,
    opened,
    planned,
    prescribed,
    step,
    told,
    write,
)
from throughgate.contacts import actions as contacts
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.linkage import queries as linkage
from throughgate.pathway import actions as pathway
from throughgate.pathway import queries
from throughgate.pathway.queries import (
    ReadyLine,
    Tab,
)
from throughgate.pathway.rules import CoverState, Progress, Shut
from throughgate.record import queries as entries
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting
from throughgate.treatment import actions as treatment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_ninth")]

# Medicines, contacts and what workers say

INJECTED = {"supervised": "administered", "until_on": date(2027, 5, 1)}  # prescribed for half a year


@pytest.mark.parametrize(
    ("bodies", "cover", "until"),
    [
        ([{}], CoverState.NOT_KNOWN, None),
        ([{"until_on": date(2026, 12, 4)}], CoverState.ENDS, date(2026, 12, 4)),
        ([{"until_on": date(2026, 11, 8)}], CoverState.NOT_KNOWN, None),
        ([{**INJECTED, "next_dose_on": date(2026, 12, 4)}], CoverState.ENDS, date(2026, 12, 4)),
        ([INJECTED], CoverState.ENDS, date(2027, 5, 1)),
        (
            [{"until_on": date(2026, 12, 4), "next_dose_on": date(2026, 11, 21)}],
            CoverState.ENDS,
            date(2026, 12, 4),
        ),
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
        "an injection, until the next is due",
        "an injection of which the next is not told",
        "taken each day: when the next dose is due says nothing",
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


def collects(pharmacy: str) -> None:
    write(prescribed(until_on=date(2026, 11, 27), supervised="supervised", pharmacy=pharmacy))
    expected(date(2026, 11, 18))


@pytest.mark.parametrize(
    ("pharmacy", "leaves", "cover", "until", "progress"),
    [
        ("", "2026-11-12", CoverState.NOWHERE, "2026-11-27", Progress.LATE),
        ("Pathlight", "2026-11-12", CoverState.ENDS, "2026-11-13", Progress.CONFIRMED),
        ("Pathlight", "2026-11-13", CoverState.ENDS, "2026-11-13", Progress.CONFIRMED),
        ("Some other", "2026-11-12", CoverState.NOWHERE, "2026-11-27", Progress.LATE),
    ],
    ids=["none is named", "open on the Friday alone", "shut from the Saturday", "one we do not know"],
)
def test_what_is_taken_at_a_pharmacy_is_cover_until_it_is_shut(
    pharmacy: str, leaves: str, cover: CoverState, until: str, progress: Progress
) -> None:
    story.organisation("PATH")
    packs.place()
    story.bring_in(leaving(leaves))
    collects(pharmacy)
    plan = planned()
    assert (plan.cover, plan.cover_until) == (cover, date.fromisoformat(until))
    assert step("pharmacy").progress is progress


def test_days_it_is_shut_are_agreed_once_and_cover_goes_on() -> None:
    story.organisation("PATH")
    packs.place()
    story.bring_in(leaving("2026-11-12"))
    collects("Pathlight")
    weekends = step("shut_weekly")
    assert weekends.shut == Shut(
        first=date(2026, 11, 14), last=date(2026, 11, 15), is_told=True, weekdays=(5, 6)
    )
    assert (weekends.due_on, weekends.progress) == (date(2026, 11, 13), Progress.NOT_STARTED)
    permit = opened()
    with pathway.in_step(permit):
        pathway.settle_step(
            permit, step="shut_weekly 56", state="done", text="", at=story.noon(9), form=Form("s")
        )
    assert (planned().cover, planned().cover_until) == (CoverState.COVERED, date(2026, 11, 27))
    assert step("shut_weekly").progress is Progress.CONFIRMED
    assert step("shut_weekly").shut == replace(weekends.shut, is_agreed=True)


def test_an_injection_due_on_a_day_its_place_is_shut_is_asked_about() -> None:
    story.organisation("PATH")
    packs.place()
    story.bring_in(leaving("2026-11-12"))
    due_on = date(2026, 12, 26)
    write(prescribed(supervised="administered", pharmacy="Pathlight", next_dose_on=due_on))
    assert step("shut_injection").shut == Shut(first=due_on, last=due_on, is_told=True)
    assert planned().cover_until == due_on


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


def test_readiness_for_a_year_typed_wrongly_is_refused() -> None:
    story.bring_in(leaving("2027-02-10"))
    with pytest.raises(Refused, match="more than two years away"):
        confirms(opened(), "appointment", on_day=date(2099, 2, 12))


def test_a_role_is_offered_what_it_may_record() -> None:
    story.bring_in(leaving("2027-02-10"))
    assert {"medicines", "naloxone"} <= queries.ready_items(opened()).keys()
    assert "medicines" not in queries.ready_items(opened(story.worker("prison_officer")))
