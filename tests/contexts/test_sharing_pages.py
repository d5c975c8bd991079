"""Who can see what, as a worker's browser asks for it; and what the person is read and given on paper."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from django.http.response import HttpResponseBase

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from tests.sharing import alone_may, gus, must_not_know, says
from throughgate.access import actions as access
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.answers import Said
from throughgate.assessment.rules.shapes import Answer
from throughgate.directory import queries as places
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.packs import batches
from throughgate.pathway import actions as pathway
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting
from throughgate.sharing import queries, rules
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
QueryCount = Callable[[int], Any]
PAGES = ["sharing", "sharing_limits"]


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(story.document())


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def permit(hat: Hat) -> Permit:
    return story.opens(hat, story.person(), at=story.noon(9))


def look(hat: Hat, page: str = "sharing", *rest: Any, **asked: str) -> str:
    return words(signed_in(hat).get(address(page, hat, story.person(), *rest), asked))


def of(title: str, page: str) -> str:
    """What the page shows under that heading, up to the next of a card."""
    return page.partition(f"<h3>{title}</h3>")[2].partition("</section>")[0]


def line(topic: str, shown: str) -> str:
    """The line of a topic, without its tags."""
    return re.sub(r"<[^>]+>|\s+", " ", shown.partition(f'rowheader">{topic}')[2].partition("</tr>")[0])


# Who can see what


def test_each_organisation_stands_there_with_what_it_sees_and_why(ravi: Hat) -> None:
    gus()
    page = look(ravi)
    assert "They have not said anything about sharing yet" in page
    shown = of("Organisation PROB: Probation practitioner", page)
    assert "Offender Management Act 2007 s14" in shown
    assert "closed until they say yes" in line("Treatment and medicines", shown)
    assert "Let them see it" in line("Treatment and medicines", shown)
    assert "open" in line("Custody and court", shown)


def test_what_is_said_is_told_with_its_code_and_what_it_comes_to(ravi: Hat) -> None:
    gus()
    entry_id = says(permit(ravi), "share", topic="treatment_medicines", to="PROB", state="upset")
    page = look(ravi)
    assert rules.receipt_code(entry_id) in page
    assert "for now: ask again on Thu 12 Nov 2026" in page
    shown = of("Organisation PROB: Probation practitioner", page)
    assert "open: they said yes" in line("Treatment and medicines", shown)


def test_what_is_kept_back_says_so(ravi: Hat) -> None:
    says(permit(ravi), "keep_back", topic="housing", expires_on=date(2026, 12, 1), purpose="direct_care")
    page = look(ravi)
    assert "They may not see it, until Tue 1 Dec 2026" in page
    shown = of(f"{ravi.organisation_name}: Prison recovery worker", page)
    assert "kept back: they said no" in line("Housing", shown)


def test_a_link_opens_the_sheet_with_what_it_is_about(ravi: Hat) -> None:
    gus()
    (link,) = re.findall(r'href="([^"]*topic=treatment_medicines[^"]*answer=share[^"]*)"', look(ravi))
    sheet = words(signed_in(ravi).get(link))
    assert '<option value="treatment_medicines" selected>' in sheet
    assert f'<option value="{places.organisation("PROB").id}" selected>' in sheet


def send(hat: Hat, what: str, **typed: str) -> HttpResponseBase:
    url = address("sheet", hat, story.person(), what)
    return signed_in(hat).post(url, {"form_key": str(new_id()), **typed})


CHOICE = {"topic": "family", "towards": "all", "purpose": "all", "answer": "keep_back"} | {
    "state": "settled",
    "place": "cell_or_wing",
    "way": "spoke",
}


def test_what_is_kept_leads_back_here_and_can_be_undone(ravi: Hat) -> None:
    answer = send(ravi, "sharing", **CHOICE)
    assert answer.headers["Location"].startswith(address("sharing", ravi, story.person()))
    page = words(signed_in(ravi).get(answer.headers["Location"]))
    assert "What they want is on the record" in page
    (undo,) = re.findall(r'action="([^"]*undo/)"', page)
    signed_in(ravi).post(undo)
    assert "They have not said anything about sharing yet" in look(ravi)


@pytest.mark.parametrize(
    ("left_out", "why"),
    [
        ("topic", "Choose what it is about."),
        ("towards", "Choose who it is about."),
        ("purpose", "Choose what for."),
        ("answer", "Choose what they say."),
        ("state", "Choose how they were."),
    ],
)
def test_what_is_left_out_is_asked_for(ravi: Hat, left_out: str, why: str) -> None:
    answer = send(ravi, "sharing", **{**CHOICE, left_out: ""})
    assert (answer.status_code, why in words(answer)) == (400, True)


def test_several_who_may_know_are_ticked_and_stay_ticked(ravi: Hat) -> None:
    probation = gus()
    url = address("sheet", ravi, story.person(), "limited-record")
    both = [str(ravi.organisation_id), str(probation.organisation_id)]
    answer = signed_in(ravi).post(url, {"form_key": str(new_id()), "who": both, "text": "x" * 1_001})
    assert answer.status_code == 400
    for each in both:
        assert re.search(rf'value="{each}" checked', words(answer))
    answer = signed_in(ravi).post(url, {"form_key": str(new_id()), "who": both})
    assert "Organisation PROB" in words(signed_in(ravi).get(answer.headers["Location"]))


def test_who_alone_may_know_already_stands_ticked_on_a_new_sheet(ravi: Hat) -> None:
    send(ravi, "limited-record", who=str(ravi.organisation_id))
    page = look(ravi, "sheet", "limited-record")
    assert re.findall(r'name="who"[^>]*value="([^"]+)" checked', page) == [str(ravi.organisation_id)]


def limited(hat: Hat) -> queries.Said:
    found = queries.sharing(permit(hat))
    assert found
    return found.limited[0]


def test_a_colleague_may_be_named_and_a_correction_keeps_whoever_was_named_before(ravi: Hat) -> None:
    probation, colleague = gus(), story.worker("offender_management")
    named = {"who": str(ravi.organisation_id), "worker": str(probation.worker_id)}
    send(ravi, "limited-record", **named)
    url = address("correct", ravi, story.person(), limited(ravi).entry.id)
    page = words(signed_in(ravi).get(url))
    ticked = re.findall(r'name="who"[^>]*value="([^"]+)" checked', page)
    assert {*ticked} == {*named.values()}
    again = {"corrects": str(limited(ravi).entry.id), "reason": "One more", "form_key": str(new_id())}
    answer = signed_in(ravi).post(url, {**again, "who": ticked, "worker": str(colleague.worker_id)})
    assert answer.status_code == 302
    assert {*limited(ravi).line.workers} == {str(probation.worker_id), str(colleague.worker_id)}


def test_who_must_not_know_who_may_and_whom_they_trust_stand_below(ravi: Hat) -> None:
    page = look(ravi)
    assert page.count("Not recorded") == 3 + len(held(ravi))
    must_not_know(permit(ravi), name="Dai Umbrella", text="Hit her.")
    alone_may(permit(ravi), "MDI")
    send(ravi, "trusted-person", name="Nan Marlowe", holds="trusted", reach="01632 960001")
    page = look(ravi)
    for told in ("Dai Umbrella", "Hit her.", f"Only {ravi.organisation_name} may know", "01632 960001"):
        assert told in page
    assert "May be told nothing" in page


def test_the_minimum_set_is_red_where_nobody_receives_it_yet(ravi: Hat) -> None:
    unsent = "unsent: no such service is concerned with them yet"
    assert look(ravi).count(unsent) == 6
    story.organisation("PATH")
    story.worker("community_treatment_worker", "PATH", works_in=["MDI"])
    page = look(ravi)
    assert page.count(unsent) == 2
    assert "open to Organisation PATH" in page
    says(permit(ravi), "keep_back", topic="treatment_medicines", to="PATH")
    assert "not open to them" in look(ravi)


def answered(hat: Hat, topic: str, stage: str, **answers: Answer) -> None:
    usual: dict[str, Any] = {
        "instrument": "standard",
        "version": "1",
        "way": "worker",
        "setting": "custody",
        "seconds": 9,
    }
    said = Said(sitting=new_id(), topic=topic, stage=stage, answers=answers, **usual)
    assessment.record_answers(permit(hat), said, at=story.noon(9), form=Form(str(new_id())))


def held(hat: Hat) -> list[str]:
    """What the page says is on record of each thing of the minimum safety set."""
    return re.findall(r"</strong>: <span[^>]*>([^<]*)", look(hat))


def test_the_minimum_set_says_whether_each_thing_is_on_record(ravi: Hat) -> None:
    ada = story.worker("prison_healthcare", "MDI")
    assert held(ada) == ["Not recorded"] * 4
    answered(ada, "tonight", "first_night", self_harm_now=Answer(state="prefer_not"))
    answered(ada, "medicines", "second_day", allergies=Answer(state="answered", value="Penicillin"))
    there = held(ada)
    assert there[0] == "asked Mon 9 Nov 2026, and not answered"
    assert there[2] == "on record, last said Mon 9 Nov 2026"
    says(permit(ravi), "keep_back", topic="treatment_medicines", to="MDI")
    assert held(ravi)[1] == "Not shared with you"


def test_what_they_would_see_is_no_more_than_they_see_and_than_who_looks_sees(ravi: Hat) -> None:
    probation = gus()
    there = [probation.organisation_id, "probation_practitioner"]
    send(ravi, "note", kind="note_treatment", text="Uses at night.")
    assert "Uses at night." not in look(ravi, "seen_by", *there)
    assert "Lives in" in look(ravi, "seen_by", *there)
    says(permit(ravi), "share", topic="treatment_medicines", to="PROB")
    assert "Uses at night." in look(ravi, "seen_by", *there)


def test_a_role_that_is_not_concerned_sees_nothing(ravi: Hat) -> None:
    url = address("seen_by", ravi, story.person(), ravi.organisation_id, "work_coach")
    assert signed_in(ravi).get(url).status_code == 404


def test_to_whom_choices_are_not_shared_the_page_says_so() -> None:
    officer = story.worker("prison_officer")
    assert "Not shared with you" in look(officer)
    url = address("seen_by", officer, story.person(), officer.organisation_id, "prison_officer")
    assert signed_in(officer).get(url).status_code == 404
    assert "Who can see what" not in look(officer, "person")


def test_the_page_costs_a_bounded_number_of_queries(
    ravi: Hat, django_assert_max_num_queries: QueryCount
) -> None:
    for topic in ("family", "housing", "story"):
        says(permit(ravi), "keep_back", topic=topic)
    client, url = signed_in(ravi), address("sharing", ravi, story.person())
    client.get(url)
    with django_assert_max_num_queries(22):
        client.get(url)


# Withdrawn while a page was open, a list was shown, a pack was half made (A05, HZ-05)


def test_withdrawn_the_next_look_shows_none_of_it(ravi: Hat) -> None:
    """A page that somebody had open, sent on or loaded again, is decided anew."""
    probation = gus()
    says(permit(ravi), "share", topic="treatment_medicines", to="PROB")
    send(ravi, "note", kind="note_treatment", text="Uses at night.")
    client, url = signed_in(probation), address("person", probation, story.person())
    page = client.get(url)
    assert ("Uses at night." in words(page), page.headers["Cache-Control"]) == (True, "no-store")
    says(permit(ravi), "take_back", topic="treatment_medicines", to="PROB")
    assert "Uses at night." not in words(client.get(url))


def test_named_while_a_list_was_shown_the_person_is_gone_from_the_next(ravi: Hat) -> None:
    probation = gus()
    client, url = signed_in(probation), address("everyone", probation)
    assert "Dee Marlowe" in words(client.get(url))
    must_not_know(permit(ravi), worker=probation.worker_id)
    assert "Dee Marlowe" not in words(client.get(url))
    assert "Dee Marlowe" not in words(client.post(f"{url}search/", {"q": "Marlowe"}, follow=True))
    assert client.get(address("person", probation, story.person())).status_code == 404


def test_a_pack_begun_before_shows_nothing_that_was_kept_back_since(ravi: Hat) -> None:
    meeting = Meeting("gp", "Dr Stamp", "High Street")
    with pathway.in_step(permit(ravi)):
        referral.book(permit(ravi), meeting, on=date(2026, 11, 12), at_time=time(10), form=Form("b"))
    made = signed_in(ravi).post(address("packs", ravi, story.person()), {"form_key": str(new_id())})
    assert "Dr Stamp" in words(signed_in(ravi).get(made.headers["Location"]))
    says(permit(ravi), "keep_back", topic="plan_appointments", to="MDI")
    again = signed_in(ravi).get(made.headers["Location"])
    assert "Dr Stamp" not in words(again)


def test_a_job_that_waited_makes_no_pack_of_a_record_that_was_closed_meanwhile(ravi: Hat) -> None:
    probation = gus()
    asked = access.issue_list_permit(probation, purpose="supervision", at=story.noon(9))
    batch_id = batches.ask(asked, [story.person()], key="asked before")
    must_not_know(permit(ravi), worker=probation.worker_id)
    batches.carry_out_waiting()
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'pack'") == [(0,)]
    page = words(signed_in(probation).get(address("batch", probation, batch_id)))
    assert "Dee Marlowe" not in page


def test_once_an_address_must_not_be_known_no_sheet_says_where_they_live(ravi: Hat) -> None:
    story.organisation("HARB", "womens_service")
    tess = story.worker("womens_service_worker", "HARB", works_in=["MDI"])
    send(ravi, "ready", item="home", state="confirmed", text="At her sister's in Mill Lane.")
    made = signed_in(ravi).post(address("packs", ravi, story.person()), {"form_key": str(new_id())})
    assert "Mill Lane" in words(signed_in(ravi).get(made.headers["Location"]))
    assert send(tess, "protected-address", text="1 Hidden Lane").status_code == 302
    made = signed_in(ravi).post(address("packs", ravi, story.person()), {"form_key": str(new_id())})
    page = words(signed_in(ravi).get(made.headers["Location"]))
    assert ("Mill Lane" in page, "Hidden Lane" in page) == (False, False)
    assert "Hidden Lane" not in look(ravi, "person")
    assert "1 Hidden Lane" in look(tess, "person")


def test_a_note_for_one_worker_alone_is_read_by_nobody_else(ravi: Hat) -> None:
    colleague = story.worker()
    send(ravi, "note", kind="note_plan", text="She has a daughter.", only_for="me")
    send(ravi, "note", kind="note_plan", text="Sleeps badly.", only_for="us")
    assert "She has a daughter." in look(ravi, "person")
    page = look(colleague, "person")
    assert ("She has a daughter." in page, "Sleeps badly." in page) == (False, True)
    assert "Sleeps badly." not in look(gus(), "person")


# Read to them, and on paper


def test_the_limits_are_said_before_they_speak_and_lead_on(ravi: Hat) -> None:
    page = look(ravi, "sharing_limits")
    assert "What we must pass on" in page
    assert "A child is hurt or not safe." in page
    assert "Children Act 1989" in page
    assert address("recording", ravi, story.person()) in page
    assert "Cyn i chi siarad" in look(ravi, "sharing_limits", language="cy")
    assert "Before you talk" in look(ravi, "sharing_limits", language="xx")


def test_whoever_only_reads_is_led_back_from_the_limits() -> None:
    officer = story.worker("safer_custody")
    page = look(officer, "sharing_limits")
    assert "Write down what they want shared" not in page
    assert "Who can see what" in page


def test_the_receipt_names_nobody_and_says_how_to_take_it_back(ravi: Hat) -> None:
    entry_id = says(
        permit(ravi),
        "share",
        topic="treatment_medicines",
        to="MDI",
        purpose="resettlement",
        state="upset",
        expires_on=date(2026, 12, 1),
    )
    page = look(ravi, "sharing_receipt", entry_id)
    paper = page.partition('<section class="tg-card" lang="en">')[2].partition("</section>")[0]
    for told in (
        "You said yes. They may see it.",
        "Drugs, drink and your medicines",
        "your way back home",
        "It ends on Tuesday 1 December 2026.",
        "We ask you again on Thursday 12 November 2026.",
        rules.receipt_code(entry_id),
        "From that moment they can not look any more.",
        "The law lets them keep it.",
    ):
        assert told in paper
    assert "Dee" not in paper
    assert "Marlowe" not in paper


def test_the_receipt_of_a_no_and_in_welsh(ravi: Hat) -> None:
    entry_id = says(permit(ravi), "keep_back")
    page = look(ravi, "sharing_receipt", entry_id)
    assert "all who work with you" in page
    assert "as if you had not said it" in page
    assert "Dywedoch chi na." in look(ravi, "sharing_receipt", entry_id, language="cy")
    to_prison = says(permit(ravi), "keep_back", to="MDI")
    assert ravi.organisation_name in look(ravi, "sharing_receipt", to_prison, language="cy")


def test_no_receipt_for_what_is_no_choice(ravi: Hat) -> None:
    url = address("sharing_receipt", ravi, story.person(), story.an_entry())
    assert signed_in(ravi).get(url).status_code == 404


def booked(hat: Hat, *, place: str, at_time: time | None = time(10), what: str = "prescriber") -> UUID:
    with pathway.in_step(permit(hat)):
        meeting = Meeting(what, "Dr Ola Stamp", place, text="Bring the letter.")
        return referral.book(
            permit(hat), meeting, on=date(2026, 11, 12), at_time=at_time, form=Form(str(new_id()))
        )


def slip_of(hat: Hat, entry_id: UUID) -> str:
    page = look(hat, "movement_slip", entry_id)
    return page.partition('<section class="tg-card" lang="en">')[2].partition("</section>")[0]


def test_a_movement_slip_says_when_and_where_and_not_what_for(ravi: Hat) -> None:
    entry_id = booked(ravi, place="Room 4")
    assert address("movement_slip", ravi, story.person(), entry_id) in look(ravi, "person")
    slip = slip_of(story.worker("prison_officer"), entry_id)
    for told in ("Appointment", "Dee Marlowe", "A-1-001", "Thursday 12 November 2026, 10:00", "Room 4"):
        assert told in slip
    for untold in ("prescriber", "Prescriber", "Stamp", "letter"):
        assert untold not in slip


@pytest.mark.parametrize("place", ["Methadone hatch", "Organisation PATH, High Street"])
def test_a_place_that_tells_of_treatment_stays_off_the_slip(ravi: Hat, place: str) -> None:
    story.organisation("PATH")
    slip = slip_of(ravi, booked(ravi, place=place, at_time=None))
    assert place not in slip
    assert "ask the wing office" in slip
    assert "Thursday 12 November 2026</p>" in slip


def test_no_slip_for_what_is_no_appointment(ravi: Hat) -> None:
    url = address("movement_slip", ravi, story.person(), story.an_entry())
    assert signed_in(ravi).get(url).status_code == 404
