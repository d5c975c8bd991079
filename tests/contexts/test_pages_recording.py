"""Recording something of a person, as a worker's browser asks for it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.http.response import HttpResponseBase

from tests import story
from tests.contexts.clients import address, signed_in, words
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pathway import queries as pathway
from throughgate.pathway.rules import Progress
from throughgate.record import drafts
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
CONTACT = {"mode": "telephone", "outcome": "no_answer", "text": "Rang twice.", "form_key": "k1"}
READY = {"item": "home", "state": "in_hand", "text": "Her sister is asked.", "form_key": "k1"}
FORMS = {"contact": CONTACT, "ready": READY}


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document(conditionalReleaseDate="2026-12-03"))
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def ravi() -> Hat:
    story.organisation("PATH")
    return story.worker(at="PATH", works_in=["MDI"])


def look(hat: Hat, page: str, query: str = "") -> str:
    return words(signed_in(hat).get(address(page, hat, story.person()) + query))


def open_sheet(hat: Hat, what: str, query: str = "") -> str:
    return words(signed_in(hat).get(address("sheet", hat, story.person(), what) + query))


def send(hat: Hat, what: str, **typed: str) -> HttpResponseBase:
    return signed_in(hat).post(address("sheet", hat, story.person(), what), {**FORMS[what], **typed})


def after(hat: Hat, answer: HttpResponseBase) -> str:
    """The page that a kept form leads to."""
    assert answer.status_code == 302, words(answer)
    return words(signed_in(hat).get(answer.headers["Location"]))


OFFERED = [
    ("prison_recovery_worker", {"A contact", "Something to be ready", "A note"}),
    ("prison_officer", {"A contact", "Something to be ready", "A note"}),
    ("safer_custody", set()),
]


@pytest.mark.parametrize(("role", "offered"), OFFERED)
def test_a_role_is_offered_what_it_may_write(role: str, offered: set[str]) -> None:
    hat = story.worker(role)
    page = look(hat, "recording")
    assert {words for words in ("A contact", "Something to be ready", "A note") if words in page} == offered
    has_sheets = "/record/" in page
    assert ("Your role records nothing here yet" in page) == (not has_sheets)
    assert ("Record something" in look(hat, "person")) == has_sheets


def test_only_items_of_the_topics_that_a_role_writes_are_offered() -> None:
    mine = open_sheet(story.worker("prison_officer"), "ready")
    assert ('value="meeting"' in mine, 'value="naloxone"' in mine) == (True, False)
    nurse = open_sheet(story.worker("prison_healthcare"), "ready")
    assert ('value="naloxone"' in nurse, 'value="home"' in nurse) == (True, False)


def test_a_role_that_writes_none_of_it_is_told_so_and_nothing_is_kept() -> None:
    reader = story.worker("safer_custody")
    for page in FORMS:
        assert "Your role does not record this" in open_sheet(reader, page)
        assert send(reader, page).status_code == 400


def test_a_contact_is_kept_and_said_back(ravi: Hat) -> None:
    page = after(ravi, send(ravi, "contact"))
    assert "The contact is on the record" in page
    assert "By telephone. No answer. Rang twice." in page
    assert "A prison recovery worker, Organisation PATH" in page


def test_how_far_something_is_is_kept_and_said_back(ravi: Hat) -> None:
    day = {"on_day": "3", "on_month": "12", "on_year": "2026"}
    page = after(ravi, send(ravi, "ready", **day))
    assert "How far it is, is on the record" in page
    assert "In hand. For Thu 3 Dec 2026. Her sister is asked." in page


@pytest.mark.parametrize(
    ("page", "typed", "why"),
    [
        ("contact", {"mode": ""}, ["Choose how it was done."]),
        (
            "contact",
            {"mode": "", "outcome": ""},
            ["Choose how it was done.", "Choose what came of it."],
        ),
        ("contact", {"at_day": "40", "at_month": "1", "at_year": "2026"}, ["Enter a day such as"]),
        ("contact", {"at_day": "1", "at_month": "1", "at_year": "9" * 20}, ["Enter a day such as"]),
        ("contact", {"at_time": "25:00"}, ["a time such as 14:05"]),
        ("contact", {"at_time": "noon"}, ["a time such as 14:05"]),
        # The clocks went forward that night.
        ("contact", {"at_day": "29", "at_month": "3", "at_year": "2026", "at_time": "1:30"}, ["no such"]),
        ("contact", {"at_time": "12:01"}, ["still to come"]),
        ("ready", {"item": ""}, ["Choose what it is about."]),
        ("ready", {"state": "late"}, ["Choose how far it is."]),
        ("ready", {"on_day": "3"}, ["Enter a day such as 27 3 2026, or leave it empty."]),
        ("ready", {"text": "Long words. " * 1000}, ["characters"]),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed(
    ravi: Hat, page: str, typed: dict[str, str], why: list[str]
) -> None:
    answer = send(ravi, page, **typed)
    said = words(answer)
    assert answer.status_code == 400
    for sentence in (*why, typed.get("text", FORMS[page]["text"])):
        assert sentence in said
    assert FORMS[page]["text"] not in look(ravi, "person")


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ({}, "<b>Mon 9 Nov 2026</b> 12:00"),
        ({"at_time": "9.05"}, "<b>Mon 9 Nov 2026</b> 09:05"),
        ({"at_day": "6", "at_month": "11", "at_year": "2026"}, "<b>Fri 6 Nov 2026</b> </time>"),
        (
            {"at_day": "6", "at_month": "11", "at_year": "2026", "at_time": "1630"},
            "<b>Fri 6 Nov 2026</b> 16:30",
        ),
    ],
)
def test_a_contact_stands_at_the_moment_it_was_made(ravi: Hat, typed: dict[str, str], stands: str) -> None:
    assert stands in after(ravi, send(ravi, "contact", **typed))


def test_only_what_this_worker_has_just_written_is_said_back(ravi: Hat) -> None:
    movement = story.an_entry()
    for kept in ("nonsense", str(new_id()), str(movement)):
        assert "is on the record" not in look(ravi, "person", f"?kept={kept}")
    written = send(ravi, "contact").headers["Location"].partition("?")[2]
    somebody_else = story.worker("prison_healthcare")
    assert "is on the record" not in look(somebody_else, "person", f"?{written}")


def test_a_contact_after_leaving_is_counted_at_once_if_it_reached_them(ravi: Hat) -> None:
    story.bring_in(story.released(), as_at=story.noon(8))  # who left on the third
    permit = story.opens(ravi, story.person(), at=story.noon(9))
    send(ravi, "contact", form_key="k1")
    assert day_seven(permit) is not Progress.CONFIRMED
    send(ravi, "contact", form_key="k2", outcome="reached")
    assert day_seven(permit) is Progress.CONFIRMED


def day_seven(permit: Permit) -> Progress:
    plan = pathway.plan(permit)
    assert plan is not None
    return next(step.progress for step in plan.steps if step.code == "contact_7")


def test_an_address_may_name_what_is_to_be_ready(ravi: Hat) -> None:
    form = open_sheet(ravi, "ready", "?item=home")
    assert re.search(r'value="home" checked', form)
    assert not re.search(r" checked", open_sheet(ravi, "ready", "?item=nonsense"))


def test_what_was_recorded_can_be_copied_as_plain_text(ravi: Hat) -> None:
    page = after(ravi, send(ravi, "contact", text="Rang twice. " * 500))
    plain = re.search(r'href="([^"]+/plain/)"', page)
    assert plain is not None
    said = words(signed_in(ravi).get(plain[1]))
    assert "Contact, Mon 9 Nov 2026, 12:00" in said
    assert "Part 1 of 2" in said
    pieces = re.findall(r"<textarea[^>]+readonly[^>]*>([^<]*)</textarea>", said)
    assert (len(pieces), max(map(len, pieces)) <= 4000) == (2, True)


def test_late_entries_on_a_closed_record_need_a_reason(ravi: Hat) -> None:
    died = {**story.RELEASED, "lastMovementReasonCode": "DEC", "legalStatus": "DEAD"}
    story.bring_in(story.document(**died), as_at=story.noon(4))
    found = {
        "finding": "confirmed",
        "reason": "The coroner wrote",
        "died_on_day": "3",
        "died_on_month": "11",
        "died_on_year": "2026",
    }
    assert signed_in(ravi).post(address("death", ravi, story.person()), found).status_code == 302
    refused = send(ravi, "contact")
    assert "Say why this late entry is needed" in words(refused)
    assert "Rang twice." in words(refused)
    assert "Rang twice." in after(ravi, send(ravi, "contact", reason="For the review"))
    assert "Something to be ready" not in look(ravi, "recording")
    assert "Your role does not record this" in open_sheet(ravi, "ready")
    assert send(ravi, "ready", form_key="k2").status_code == 400


def test_a_note_kept_for_one_opens_so_and_says_why_it_stays_so(ravi: Hat) -> None:
    client, note = signed_in(ravi), {"kind": "note_plan", "text": "He owes.", "only_for": "me"}
    url = address("sheet", ravi, story.person(), "note")
    kept = client.post(url, {**note, "form_key": "k1"}).headers["Location"]
    correct_url = kept.replace("?kept=", "entries/") + "/correct/"
    page = words(client.get(correct_url))
    assert 'value="me" checked' in page
    assert "A correction is read by nobody more than what it corrects." in page
    corrects = re.search(r'name="corrects" value="([^"]+)"', page)
    assert corrects is not None
    again = {**note, "only_for": "us", "form_key": "k2", "corrects": corrects[1], "reason": "A slip"}
    refused = client.post(correct_url, again)
    assert (refused.status_code, "write a new note for whom it is meant now" in words(refused)) == (400, True)
    assert client.post(correct_url, {**again, "only_for": "me"}).status_code == 302


def plain_page(hat: Hat) -> str:
    """The address of the words of something just recorded."""
    return send(hat, "contact").headers["Location"].replace("?kept=", "entries/") + "/plain/"


def test_what_was_entered_elsewhere_is_said_where_it_is_copied_and_in_its_history(ravi: Hat) -> None:
    client, url = signed_in(ravi), plain_page(ravi)
    said = {"system": "delius", "form_key": "k2"}
    for _time in range(2):
        assert client.post(url, said).headers["Location"] == url
    for page in (url, url.replace("/plain/", "/")):
        assert words(client.get(page)).count("Entered elsewhere</span>") == 1
        assert "nDelius." in words(client.get(page))
        assert "A prison recovery worker, Organisation PATH, known Mon 9 Nov 2026, 12:00" in words(
            client.get(page)
        )
    assert "nDelius." in look(ravi, "person")


def test_what_was_corrected_since_it_was_entered_elsewhere_says_so(ravi: Hat) -> None:
    client, url = signed_in(ravi), plain_page(ravi)
    client.post(url, {"system": "delius", "form_key": "k2"})
    assert "corrected here since" not in words(client.get(url))
    correct_url = url.replace("/plain/", "/correct/")
    corrects = re.search(r'name="corrects" value="([^"]+)"', words(client.get(correct_url)))
    assert corrects is not None
    client.post(correct_url, {**CONTACT, "form_key": "k3", "corrects": corrects[1], "reason": "A slip"})
    assert "it has been corrected here since" in words(client.get(url))


def test_where_it_was_entered_is_asked_of_those_who_record_such_things(ravi: Hat) -> None:
    answer = signed_in(ravi).post(plain_page(ravi), {"system": "a drawer"})
    assert (answer.status_code, "Choose the system you entered it in." in words(answer)) == (400, True)
    moved = address("plain_text", ravi, story.person(), story.an_entry())
    assert "Where did you enter it?" not in words(signed_in(ravi).get(moved))
    assert signed_in(ravi).post(moved, {"system": "delius"}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_a_form_that_was_sent_about_somebody_else_is_refused_in_words(ravi: Hat) -> None:
    story.bring_in(story.document(), story.document(story.GETHIN, bookingId="2", lastName="PRICE"))
    assert send(ravi, "contact").status_code == 302
    elsewhere = address("sheet", ravi, story.person(story.GETHIN), "contact")
    answer = signed_in(ravi).post(elsewhere, CONTACT)
    assert (answer.status_code, "This form was sent before" in words(answer)) == (400, True)
    assert "Rang twice." in words(answer)


def test_a_draft_is_found_without_going_through_what_the_organisation_ever_sent(ravi: Hat) -> None:
    permit = story.opens(ravi, story.person())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # few stand here
        asked: list[Any] = [permit.person_id, "note", permit.post_id, permit.organisation_id]
        cursor.execute(f"EXPLAIN {drafts.FIND}", asked)
        looked_up = [line for (line,) in cursor.fetchall() if "Index Cond: ((organisation_id" in line]
    assert len(looked_up) == 1
    assert "source_reference" in looked_up[0]
