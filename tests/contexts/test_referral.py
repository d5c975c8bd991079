"""Appointments: booked, moved, kept and missed, by hand and as a provider's own system tells."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from tests import story
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.record import queries as record
from throughgate.record.rules import Form, Overtaken
from throughgate.referral import actions as referral
from throughgate.referral import queries
from throughgate.referral.actions import Meeting
from throughgate.referral.queries import AppointmentLine, OutcomeLine

pytestmark = pytest.mark.django_db
SINCE, ON, LATER = date(2026, 10, 1), date(2026, 11, 12), date(2026, 11, 19)
PRESCRIBER = Meeting("prescriber", " Dr Stamp ", "Pathlight", "in_person")


@pytest.fixture
def permit() -> Permit:
    story.bring_in(story.document())
    story.organisation("PATH")
    return opens("PATH")


def opens(organisation: str, *, day: int = 2) -> Permit:
    hat = story.worker(at=organisation, works_in=["MDI"])
    return story.opens(hat, story.person(), at=story.noon(day))


def on(permit: Permit, day: int) -> Permit:
    """The same worker on another day of November."""
    return replace(permit, at=story.noon(day))


def form(*, corrects: UUID | None = None) -> Form:
    return Form(str(new_id()), reason="Typed wrongly" if corrects else "", corrects=corrects)


def booked(permit: Permit, meeting: Meeting = PRESCRIBER, on: date = ON) -> str:
    """The key of a new appointment at ten."""
    sent = form()
    referral.book(permit, meeting, on=on, at_time=time(10, 0), form=sent)
    return sent.key


def said(permit: Permit, key: str, outcome: str) -> None:
    referral.say_what_came_of_it(permit, key, outcome=outcome, text="", form=form())


def standing(permit: Permit) -> list[tuple[date, str, str]]:
    found = queries.appointments(permit, since=SINCE)
    assert found is not None
    return [(each.at.date(), each.what, each.outcome) for each in found]


def told(permit: Permit) -> list[tuple[date, str, bool | None, str]]:
    found = queries.told(permit, [permit.person_id], since=SINCE)
    assert {each.person_id for each in found} <= {permit.person_id}
    return sorted(((each.on, each.what, each.was_seen, each.missed_by) for each in found), key=str)


def test_an_appointment_stands_until_something_came_of_it(permit: Permit) -> None:
    key = booked(permit)
    assert standing(permit) == [(ON, "prescriber", "")]
    assert told(permit) == [(ON, "prescriber", None, "")]
    said(on(permit, 13), key, "not_let_out")
    assert standing(permit) == [(ON, "prescriber", "not_let_out")]
    assert told(permit) == [(ON, "prescriber", False, "prison")]


def test_the_same_form_sent_twice_makes_one_appointment_and_one_outcome(permit: Permit) -> None:
    sent, answered = form(), form()
    first = [referral.book(permit, PRESCRIBER, on=ON, at_time=None, form=sent) for _ in range(2)]
    again = [
        referral.say_what_came_of_it(on(permit, 13), sent.key, outcome="attended", text="", form=answered)
        for _ in range(2)
    ]
    assert (len(set(first)), len(set(again))) == (1, 1)
    assert told(permit) == [(ON, "prescriber", True, "")]


def test_the_last_word_on_what_came_of_it_counts_whoever_said_it(permit: Permit) -> None:
    key = booked(permit)
    said(on(permit, 13), key, "not_attended")
    said(opens("MDI", day=14), key, "not_let_out")
    assert told(permit) == [(ON, "prescriber", False, "prison")]
    (one,) = queries.appointments(permit, since=SINCE) or []
    assert one.outcome == "not_let_out"


def test_no_outcome_is_silently_the_last(permit: Permit) -> None:
    key = booked(permit)
    opened = form()
    said(opens("MDI", day=13), key, "not_let_out")
    with pytest.raises(Overtaken):
        referral.say_what_came_of_it(on(permit, 13), key, outcome="not_attended", text="", form=opened)
    assert told(permit) == [(ON, "prescriber", False, "prison")]


def test_a_moved_appointment_is_nobodys_miss_and_a_new_one_stands(permit: Permit) -> None:
    key = booked(permit)
    sent = form()
    for _ in range(2):
        referral.move(permit, key, on=LATER, at_time=time(9, 30), text="Dr Stamp is ill.", form=sent)
    assert standing(permit) == [(ON, "prescriber", "rescheduled"), (LATER, "prescriber", "")]
    assert told(permit) == [(ON, "prescriber", False, ""), (LATER, "prescriber", None, "")]
    later = (queries.appointments(permit, since=LATER) or [])[0]
    assert (later.with_whom, later.place, later.mode) == ("Dr Stamp", "Pathlight", "in_person")


def test_the_longest_key_that_a_form_may_have_moves_an_appointment_too(permit: Permit) -> None:
    key = booked(permit)
    referral.move(permit, key, on=LATER, at_time=None, text="", form=Form("k" * 120))
    assert standing(permit) == [(ON, "prescriber", "rescheduled"), (LATER, "prescriber", "")]


def test_a_move_to_a_time_that_never_comes_leaves_the_appointment_as_it_was(permit: Permit) -> None:
    key = booked(permit)
    with pytest.raises(Refused, match="there is no 01:30"):
        referral.move(permit, key, on=date(2027, 3, 28), at_time=time(1, 30), text="", form=form())
    assert standing(permit) == [(ON, "prescriber", "")]


@pytest.mark.parametrize(
    ("on", "at_time", "at"),
    [
        (date(2027, 3, 28), time(0, 30), datetime(2027, 3, 28, 0, 30, tzinfo=UTC)),
        (date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(1, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 2, 30, tzinfo=UTC)),
        (date(2027, 7, 1), None, datetime(2027, 6, 30, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_time_is_that_of_the_clocks_in_london(
    permit: Permit, on: date, at_time: time | None, at: datetime
) -> None:
    referral.book(permit, PRESCRIBER, on=on, at_time=at_time, form=form())
    (one,) = queries.appointments(permit, since=SINCE) or []
    assert (one.at, one.dated_by) == (at, "time" if at_time else "day")


def test_a_corrected_appointment_stays_the_same_one(permit: Permit) -> None:
    sent = form()
    entry_id = referral.book(permit, PRESCRIBER, on=ON, at_time=None, form=sent)
    said(permit, sent.key, "cancelled_by_service")
    referral.book(permit, Meeting("gp"), on=LATER, at_time=None, form=form(corrects=entry_id))
    assert standing(permit) == [(LATER, "gp", "cancelled_by_service")]


def test_what_a_providers_system_tells_stands_beside_it_and_is_never_joined(permit: Permit) -> None:
    booked(permit)
    coming = {"attendance_id": "A1", "attendance_at": "2026-11-12T10:00", "attendance_kind": "Dr Stamp"}
    story.treated(coming, as_at=story.noon(3))
    assert standing(permit) == [(ON, "prescriber", ""), (ON, "Dr Stamp", "")]
    assert told(permit) == [(ON, "prescriber", None, ""), (ON, "treatment", None, "")]
    story.treated({**coming, "attendance_outcome": "attended"}, as_at=story.noon(13))
    assert standing(permit) == [(ON, "prescriber", ""), (ON, "Dr Stamp", "attended")]
    assert told(permit) == [(ON, "prescriber", None, "")]


def test_of_two_booked_the_one_that_is_named_is_answered(permit: Permit) -> None:
    first, second = booked(permit), booked(permit, Meeting("group", "Breakfast"))
    assert queries.appointment(permit, second).with_whom == "Breakfast"
    said(on(permit, 13), first, "attended")
    assert sorted(told(permit), key=str) == [(ON, "group", None, ""), (ON, "prescriber", True, "")]


def test_there_is_no_outcome_of_what_was_never_booked(permit: Permit) -> None:
    booked(permit)
    for key in ("", "somebody else's"):
        with pytest.raises(NotFound):
            said(permit, key, "attended")


def test_an_outcome_is_refused_for_a_reason(permit: Permit) -> None:
    key = booked(permit)
    with pytest.raises(Refused, match="still to come"):
        said(permit, key, "attended")
    with pytest.raises(Refused, match="Choose what it is about"):
        booked(permit, Meeting(""))
    assert standing(permit) == [(ON, "prescriber", "")]


def test_only_who_shares_the_plan_reads_and_writes_appointments(permit: Permit) -> None:
    key = booked(permit)
    other = replace(permit, read=frozenset({"housing"}), write=frozenset({"housing"}))
    assert (queries.records_appointments(permit), queries.records_appointments(other)) == (True, False)
    assert queries.appointments(other, since=SINCE) is None
    with pytest.raises(NotFound):
        said(other, key, "attended")
    with pytest.raises(Refused, match="does not record this kind"):
        booked(other)


def test_each_entry_can_be_read_by_itself(permit: Permit) -> None:
    said(permit, booked(permit), "cancelled_by_person")
    found = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset(queries.SHAPES))
    read = queries.lines(permit, {each.kind: [each.id] for each in found})
    assert {each.kind: read[each.id] for each in found} == {
        "appointment": AppointmentLine("prescriber", "Dr Stamp", "Pathlight", "", "in_person"),
        "appointment_outcome": OutcomeLine(
            "prescriber", "Dr Stamp", "Pathlight", "", ON, "cancelled_by_person"
        ),
    }
    assert {each.kind: each.happened_at.date() for each in found} == {
        "appointment": ON,
        "appointment_outcome": date(2026, 11, 2),
    }


def test_the_next_day_in_court_is_the_first_that_still_holds(permit: Permit) -> None:
    assert queries.next_in_court(permit) is None
    court = Meeting("court")
    first, _second = booked(permit, court), booked(permit, court, on=LATER)
    booked(permit, on=date(2026, 11, 5))
    assert queries.next_in_court(on(permit, 12)) == ON
    said(permit, first, "cancelled_by_service")
    assert queries.next_in_court(permit) == LATER
    assert queries.next_in_court(on(permit, 20)) is None
    assert queries.next_in_court(replace(permit, read=frozenset())) is None
