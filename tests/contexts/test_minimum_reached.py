"""The minimum safety set arrives: it stands before all else where it is received, until somebody read it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.http.response import HttpResponseBase

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import said
from tests.sharing import gus, says
from throughgate.access import actions as access
from throughgate.access import policy
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.answers import Said
from throughgate.assessment.rules.shapes import Answer
from throughgate.directory import queries as places
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Form
from throughgate.sharing import queries
from throughgate.staff.queries import Hat
from throughgate.treatment import actions as treatment
from throughgate.treatment.rules import Prescribed

pytestmark = pytest.mark.django_db
FIRST = "Read this first: what keeps them safe"
MARK = "Not read here yet: what keeps them safe"
QueryCount = Callable[[int], Any]


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(story.document(conditionalReleaseDate="2026-11-12"))


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


@pytest.fixture
def bea() -> Hat:
    return path("community_treatment_worker")


def path(role: str) -> Hat:
    """Of a community service that works in Moorland, and so receives who leaves it."""
    if "PATH" not in places.by_code():
        story.organisation("PATH")
    return story.worker(role, "PATH", works_in=["MDI"])


def permit(hat: Hat) -> Permit:
    return story.opens(hat, story.person(), at=story.noon(9))


def listing(hat: Hat) -> ListPermit:
    return access.issue_list_permit(hat, purpose=policy.roles()[hat.role].purpose, at=story.noon(9))


def answered(hat: Hat, topic: str, stage: str, **told: str) -> None:
    given = {code: Answer(state="answered", value=value) for code, value in told.items()}
    said = Said(
        sitting=new_id(),
        topic=topic,
        stage=stage,
        answers=given,
        instrument="standard",
        version="1",
        way="worker",
        setting="custody",
        seconds=9,
    )
    assessment.record_answers(permit(hat), said, at=story.noon(9), form=Form(str(new_id())))


def look(hat: Hat, page: str = "person") -> str:
    return words(signed_in(hat).get(address(page, hat, story.person())))


def today(hat: Hat) -> str:
    return words(signed_in(hat).get(address("today", hat), {"tab": "this_week"}))


def read(hat: Hat, *, key: UUID | None = None) -> HttpResponseBase:
    there = address("read_minimum", hat, story.person())
    return signed_in(hat).post(there, {"form_key": str(key or new_id())})


def sent(ravi: Hat) -> str:
    return look(ravi, "sharing").partition("What the next service needs to keep them safe")[2]


def test_it_stands_first_where_it_is_received_with_its_words_and_its_basis(ravi: Hat, bea: Hat) -> None:
    answered(ravi, "medicines", "second_day", allergies="Penicillin")
    page = look(bea)
    assert page.index(FIRST) < page.index('id="about-me"')
    shown = page.partition(FIRST)[2].partition("</section>")[0]
    assert "Penicillin" in shown
    assert "HSCA 2012 s251B" in shown
    assert MARK in today(bea)
    assert FIRST not in look(ravi)
    assert MARK not in today(ravi)


def test_once_it_is_read_the_sender_sees_by_whom_and_it_is_folded_up(ravi: Hat, bea: Hat) -> None:
    assert sent(ravi).count("open to Organisation PATH, and not read yet") == 4
    assert read(bea).headers["Location"] == address("person", bea, story.person())
    assert sent(ravi).count("reached: read by Organisation PATH on Mon 9 Nov 2026") == 4
    page = look(bea)
    assert FIRST not in page
    assert "on Mon 9 Nov 2026." in page.partition("Read by ")[2].partition("</p>")[0]
    assert MARK not in today(bea)


def test_what_is_said_since_is_red_again_on_both_ends(ravi: Hat, bea: Hat) -> None:
    read(bea)
    answered(ravi, "medicines", "second_day", allergies="Penicillin")
    assert "read by Organisation PATH on Mon 9 Nov 2026, and something newer is not read yet" in sent(ravi)
    page = look(bea)
    assert FIRST in page
    assert "Something of it is newer than what your service has read." in page


def test_what_is_newer_stands_first_and_is_named(ravi: Hat, bea: Hat) -> None:
    answered(ravi, "tonight", "first_night", self_harm_now="no")
    read(bea)
    answered(ravi, "medicines", "second_day", allergies="Penicillin")
    shown = first(bea)
    assert shown.index("newer than you have read") < shown.index(
        "Whether they may harm themselves now</strong>"
    )
    assert shown.count("newer than you have read") == 1


def test_what_nobody_recorded_is_one_red_line_before_the_rest(ravi: Hat, bea: Hat) -> None:
    answered(ravi, "medicines", "second_day", allergies="Penicillin")
    missing = (
        "Not recorded</span> Whether they may harm themselves now, Risk of overdose and of withdrawal, "
        "How they can be reached safely"
    )
    assert 0 < first(bea).find(missing) < first(bea).find("Penicillin")


def test_of_many_prescriptions_those_that_run_are_named_and_each_is_one_press_away(bea: Hat) -> None:
    nurse = permit(story.worker("prison_healthcare"))
    doses = {"40": None, "50": date(2026, 11, 20), "60": date(2026, 11, 8)}
    for dose, until in doses.items():
        told = Prescribed(
            medicine="Methadone",
            dose=dose,
            unit="mg",
            started_on=date(2026, 11, int(dose) // 10),
            until_on=until,
        )
        treatment.record_prescription(nurse, told, at=nurse.at, form=Form(str(new_id())))
    fold = first(bea).partition("<details")[2].partition("</details>")[0]
    short, _, whole = said(fold).partition("until Fri 20 Nov 2026; ")
    assert short.endswith("Prescription: Methadone 50 milligrams ")
    assert whole.startswith("Methadone 40 milligrams; 1 before")
    assert all(f"Methadone. {dose} milligrams." in whole for dose in doses)


def test_of_several_alerts_none_is_told_as_taken_down_that_is_raised(bea: Hat) -> None:
    for code, is_active, day in (("HA", True, 3), ("PEEP", False, 4)):
        alert = Draft(
            identity_id=story.identity(),
            kind="alert_safety_now",
            item=code,
            happened_at=story.noon(day),
            dated_by="time",
            as_at=story.noon(day),
            body={"alert_type": "H", "alert_code": code, "is_active": is_active},
        )
        record.add_many(story.feed(), [alert])
    fold = said(first(bea).partition("<summary")[2].partition("</summary>")[0])
    assert 0 <= fold.find("Alert raised: ACCT") < fold.find("Alert taken down: Personal Emergency")


def test_where_all_have_ended_they_are_counted(bea: Hat) -> None:
    nurse = permit(story.worker("prison_healthcare"))
    for dose in ("40", "50"):
        told = Prescribed(
            medicine="Methadone",
            dose=dose,
            unit="mg",
            started_on=date(2026, 11, 1),
            until_on=date(2026, 11, 8),
        )
        treatment.record_prescription(nurse, told, at=nurse.at, form=Form(str(new_id())))
    assert "Prescription; 2 before" in first(bea)


def first(hat: Hat) -> str:
    return look(hat).partition(FIRST)[2].partition("</section>")[0]


def test_what_came_after_the_page_was_opened_was_not_read(ravi: Hat, bea: Hat) -> None:
    opened = new_id()
    answered(ravi, "medicines", "second_day", allergies="Penicillin")
    read(bea, key=opened)
    assert "something newer is not read yet" in sent(ravi)


def test_a_form_that_does_not_tell_when_it_was_opened_was_opened_now(ravi: Hat, bea: Hat) -> None:
    signed_in(bea).post(address("read_minimum", bea, story.person()), {"form_key": "a key"})
    assert sent(ravi).count("reached: read by Organisation PATH") == 4


def test_nobody_reads_what_is_yet_to_come(ravi: Hat, bea: Hat) -> None:
    read(bea, key=UUID(int=(1 << 128) - 1))
    answered(ravi, "medicines", "second_day", allergies="Penicillin")
    assert "something newer is not read yet" in sent(ravi)


def test_each_service_reads_for_itself_and_what_is_its_own(ravi: Hat, bea: Hat) -> None:
    probation = gus()
    assert "Allergies" not in look(probation).partition(FIRST)[2].partition("</section>")[0]
    read(probation)
    shown = sent(ravi)
    assert shown.count("reached: read by Organisation PROB") == 2
    assert shown.count("open to Organisation PATH, and not read yet") == 4
    assert FIRST in look(bea)


def test_what_is_kept_back_is_neither_shown_nor_read(ravi: Hat, bea: Hat) -> None:
    says(permit(ravi), "keep_back", topic="physical_health", to="PATH")
    assert "Allergies" not in look(bea).partition(FIRST)[2].partition("</section>")[0]
    read(bea)
    assert "not open to them" in sent(ravi)
    says(permit(ravi), "take_back", topic="physical_health", to="PATH")
    assert FIRST in look(bea)


def test_a_form_sent_twice_is_one_entry_and_it_stands_in_the_timeline(bea: Hat) -> None:
    key = new_id()
    for _ in range(2):
        read(bea, key=key)
    assert look(bea).count("A service has read what it must know") == 1


def test_taken_back_it_was_not_read(ravi: Hat, bea: Hat) -> None:
    read(bea)
    ((entry_id,),) = rows("SELECT id FROM record_entry WHERE kind = 'minimum_read'")
    signed_in(bea).post(address("undo", bea, story.person(), entry_id))
    assert sent(ravi).count("open to Organisation PATH, and not read yet") == 4
    assert MARK in today(bea)


@pytest.mark.parametrize("role", ["prison_recovery_worker", "prison_officer"])
def test_who_receives_nothing_of_it_says_nothing(role: str) -> None:
    hat = story.worker(role)
    answer = read(hat)
    assert answer.status_code == 403
    assert "Nothing of what keeps them safe is for your service" in words(answer)


def test_a_role_that_may_not_write_of_safety_is_told_that_others_do(bea: Hat) -> None:
    mentor = path("peer_mentor")
    page = look(mentor)
    assert "Your role does not." in page
    assert address("read_minimum", mentor, story.person()) not in page
    assert read(mentor).status_code == 403


def test_of_a_day_before_nothing_arrives(bea: Hat) -> None:
    client = signed_in(bea)
    there = address("person", bea, story.person())
    assert FIRST not in words(
        client.get(there, {"known_on_day": "5", "known_on_month": "11", "known_on_year": "2026"})
    )


def test_on_today_it_costs_no_query_of_its_own(bea: Hat, django_assert_num_queries: QueryCount) -> None:
    client, there = signed_in(bea), f"{address('today', bea)}?tab=this_week"
    client.get(there)
    with django_assert_num_queries(8):
        page = words(client.get(there))
    assert MARK in page


def test_it_is_asked_for_who_receives_it_alone(ravi: Hat, bea: Hat) -> None:
    assert queries.minimum_unread(listing(ravi), "page.id") == ("false", {})
    condition, asked = queries.minimum_unread(listing(bea), "page.id")
    assert "identity.person_id = page.id" in condition
    assert asked["minimum_receivers"]
