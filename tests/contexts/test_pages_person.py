"""The record page and what can be done from it, as a worker's browser asks for it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http.response import HttpResponseBase

from tests import kinds, story
from tests.contexts.clients import address, signed_in, words
from throughgate.foundation.ids import new_id
from throughgate.pages.person import forms
from throughgate.record import actions as record
from throughgate.record.rules import Draft
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
QueryCount = Callable[[int], Any]
DEE = story.document(
    conditionalReleaseDate="2026-12-03",
    sentenceExpiryDate="2027-06-01",
    alerts=[{"alertType": "H", "alertCode": "HA", "active": True, "expired": False}],
)


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(DEE)
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def ravi() -> Hat:
    story.organisation("PATH")
    return story.worker(at="PATH", works_in=["MDI"])


def open_record(hat: Hat, query: str = "") -> HttpResponseBase:
    return signed_in(hat).get(address("person", hat, story.person()) + query)


# Session and worker, hat, relationships and the audit row; who, look-alikes, standing, dates, medicines,
# quiet feeds and organisations; the spine; the plan; appointments; what stands above the timeline and beside
# entries; the end of leave.
WITHOUT_BODIES = 16
# Whose service receives the minimum safety set: identities twice, entries of it, answers, who said so.
ARRIVING = 5


def test_a_record_costs_the_same_number_of_queries_however_long_it_is(
    ravi: Hat, django_assert_num_queries: QueryCount
) -> None:
    client, at = signed_in(ravi), address("person", ravi, story.person())
    client.get(at)  # the session learns when it began
    with django_assert_num_queries(WITHOUT_BODIES + ARRIVING + 3):  # five kinds of body, four to a query
        client.get(at)
    for day in range(3, 9):
        told = [
            story.told_cell(story.identity(), f"B-{day}-{number}", as_at=story.noon(day))
            for number in range(9)
        ]
        record.add_many(story.feed(), told)
    with django_assert_num_queries(WITHOUT_BODIES + ARRIVING + 2):  # nothing but cells on the first page now
        client.get(at)


def test_a_record_with_every_kind_of_entry_costs_a_query_or_two_for_each_body_and_says_them_all(
    ravi: Hat, django_assert_num_queries: QueryCount
) -> None:
    record.add_many(story.feed(), kinds.one_of_each(story.identity()))
    note(ravi, kind="note_plan", text="By hand", form_key="k1")
    client, at = signed_in(ravi), f"{address('person', ravi, story.person())}?entries={forms.LONG}"
    client.get(at)
    # Custody, treatment two each, sharing three, needs, notes, appointments, readiness, packs, texts, books,
    # workers; story two, the team five, its posts.
    with django_assert_num_queries(WITHOUT_BODIES + ARRIVING + 27):
        page = words(client.get(at))
    older = re.search(r'href="([^"]+before=[^"]+)"', page)  # there are more kinds than one page holds
    assert older is not None
    page += words(client.get(older[1]))
    for kind in (
        "Last dose seen",
        "Prescription",
        "Appointment",
        "Care need",
        "Alert raised",
        "Home tonight",
        "Register them with a GP. Done.",
        "Release pack given",
        "Text for others given",
        "Joined the team",
        "Debt or pressure",
        "By hand",
    ):
        assert kind in page


def test_a_record_says_who_where_until_when_and_who_said_so(ravi: Hat) -> None:
    page = words(open_record(ravi))
    for said in (
        "Dee Marlowe",
        "4 May 1989 (37)",
        "A1234BC",
        "Moorland (HMP & YOI), A-1-001, since Tue 20 Oct 2026",
        "On remand",
        "Thu 3 Dec 2026",
        "Conditional release date",
        "Expected dates",
        "prison record",
        "known Mon 2 Nov 2026, 12:00",
        "Received",
    ):
        assert said in page


def test_four_kinds_of_nothing_have_four_texts(ravi: Hat) -> None:
    page = words(open_record(ravi))
    assert "feed stopped since Mon 2 Nov 2026, 12:00" in page
    assert "Not recorded" in page
    assert "None known" not in page
    record.add_many(story.feed(), [_treated()])
    assert "None known" in words(open_record(ravi))
    officer = story.worker("prison_officer")
    assert "Not shared with you" in words(open_record(officer))


def _treated() -> Draft:
    return Draft(
        identity_id=story.identity(),
        kind="treatment_episode",
        happened_at=story.NOON,
        dated_by="day",
        as_at=story.NOON,
        body={"episode_key": "e1"},
    )


def test_a_record_as_it_was_known_holds_nothing_learnt_later(ravi: Hat) -> None:
    story.bring_in({**DEE, "cellLocation": "C-9-009"}, as_at=story.noon(8))
    assert "C-9-009" in words(open_record(ravi))
    then = words(open_record(ravi, "?known_on=2026-11-05"))
    assert "As it was known on Thu 5 Nov 2026" in then
    assert "C-9-009" not in then
    assert "A-1-001" in then
    assert "Nothing was known yet" in words(open_record(ravi, "?known_on=2026-11-01"))
    typed = words(open_record(ravi, "?known_on_day=5&known_on_month=11&known_on_year=2026"))
    assert "As it was known on Thu 5 Nov 2026" in typed


@pytest.mark.parametrize(
    "asked",
    [
        "known_on_day=35&known_on_month=11&known_on_year=2026",
        "known_on_day=5&known_on_month=11&known_on_year=99999999999999999999",
        "known_on_day=5&known_on_month=11&known_on_year=26",
        "known_on_day=10&known_on_month=11&known_on_year=2026",
        "known_on=2026-13-45",
    ],
    ids=["no day", "no year", "a year typed short", "tomorrow", "an address that was changed"],
)
def test_a_day_that_cannot_be_looked_back_to_is_said_before_anything_else(ravi: Hat, asked: str) -> None:
    """Whoever asks what was known before a death is not left to read what is known now."""
    page = words(open_record(ravi, f"?{asked}"))
    assert "Enter a day up to today" in page.split("About me")[0]
    assert "here stands what is known now" in page
    assert "As it was known on" not in page.split("About me")[0]


def test_a_timeline_can_be_read_by_topic_and_page_by_page(ravi: Hat) -> None:
    cells = [
        story.told_cell(story.identity(), f"B-1-{number:03}", as_at=story.NOON + timedelta(minutes=number))
        for number in range(60)
    ]
    record.add_many(story.feed(), cells)
    first = words(open_record(ravi))
    assert ("B-1-059" in first, "B-1-000" in first) == (True, False)
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    rest = words(signed_in(ravi).get(older[1].split("#")[0]))
    assert ("B-1-059" in rest, "B-1-000" in rest, "Received" in rest) == (False, True, True)
    law = words(open_record(ravi, "?topic=law"))
    assert ("Legal status" in law, "B-1-059" in law) == (True, False)
    assert "B-1-059" in words(open_record(ravi, "?topic=nonsense&before=nonsense"))


def test_a_corrected_entry_says_so_and_leads_to_what_it_said_before(ravi: Hat) -> None:
    feed = story.feed()
    (wrong,) = record.add_many(feed, [story.told_cell(story.identity(), "X-1-001")])
    draft = story.told_cell(story.identity(), "X-2-002", supersedes=wrong, reason="A slip of the pen")
    record.add_many(feed, [draft])
    page = words(open_record(ravi))
    assert ("X-2-002" in page, "X-1-001" in page, "corrected: A slip of the pen" in page) == (
        True,
        False,
        True,
    )
    before = re.search(r'href="([^"]+/entries/[^"]+)"', page)
    assert before is not None
    history = words(signed_in(ravi).get(before[1]))
    assert history.index("X-2-002") < history.index("X-1-001")


def test_what_was_removed_by_order_is_told_as_removed(ravi: Hat) -> None:
    (entry_id,) = record.add_many(story.feed(), [story.told_cell(story.identity(), "X-1-001")])
    permit = story.opens(story.worker(), story.person(), at=story.noon(9))
    record.redact(permit, entry_id, reason="order of a court")
    page = words(open_record(ravi))
    assert ("X-1-001" in page, "What stood here was removed" in page) == (False, True)


def test_somebody_released_has_left_and_no_date_stands_against_them(ravi: Hat) -> None:
    story.bring_in(story.released(), as_at=story.noon(8))
    page = words(open_record(ravi))
    assert "Tue 3 Nov 2026" in page
    assert "Expected to leave" not in page


def test_hidden_and_absent_give_the_same_answer(ravi: Hat) -> None:
    stranger = story.worker(at="LEI")
    client = signed_in(stranger)
    hidden = client.get(address("person", stranger, story.person()))
    absent = client.get(address("person", stranger, new_id()))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert _without_keys(words(hidden)) == _without_keys(words(absent))
    assert signed_in(ravi).get(address("person", stranger, story.person())).status_code == 404


def _without_keys(html: str) -> str:
    return re.sub(r'value="[^"]+"', "", html)


def note(hat: Hat, **given: str) -> HttpResponseBase:
    return signed_in(hat).post(address("sheet", hat, story.person(), "note"), given)


def test_a_note_is_written_once_and_stands_in_the_timeline(ravi: Hat) -> None:
    form = words(signed_in(ravi).get(address("sheet", ravi, story.person(), "note")))
    key = re.search(r'name="form_key" value="([^"]+)"', form)
    assert key is not None
    sent = {"kind": "note_plan", "text": "Asks for her sister.", "form_key": key[1]}
    answers = [note(ravi, **sent), note(ravi, **sent)]
    assert [answer.status_code for answer in answers] == [302, 302]
    page = words(signed_in(ravi).get(answers[0].headers["Location"]))
    assert page.count("Asks for her sister.") == 1
    assert "Your note is on the record" in page
    assert "A prison recovery worker, Organisation PATH" in page


def test_a_note_that_cannot_be_kept_comes_back_as_it_was_typed(ravi: Hat) -> None:
    answer = note(ravi, text="Asks for her sister.", form_key="k1")
    assert answer.status_code == 400
    assert "Choose what the note is about" in words(answer)
    assert "Asks for her sister." in words(answer)
    assert "Write something in the note first" in words(note(ravi, kind="note_plan", text=" ", form_key="k1"))


def test_a_role_that_writes_no_notes_is_told_so_and_offered_none() -> None:
    reader = story.worker("prison_officer")
    page = words(open_record(reader))
    form = words(signed_in(reader).get(address("sheet", reader, story.person(), "note")))
    assert ("Add a note" in page) == ("What is it about?" in form)


DEAD = {**story.RELEASED, "lastMovementReasonCode": "DEC", "legalStatus": "DEAD"}


def test_a_reported_death_is_confirmed_by_somebody_and_closes_the_record(ravi: Hat) -> None:
    story.bring_in(story.document(**DEAD), as_at=story.noon(4))
    assert "A source reports that they have died" in words(open_record(ravi))
    at = address("death", ravi, story.person())
    client = signed_in(ravi)
    assert "What did you find out?" in words(client.get(at))
    assert "Choose what you found out" in words(client.post(at, {}))
    assert "Enter the day they died" in words(client.post(at, {"finding": "confirmed"}))
    day = {"died_on_day": "3", "died_on_month": "11", "died_on_year": "2026"}
    assert "Say how you know" in words(client.post(at, {"finding": "confirmed", **day}))
    to_come = {"finding": "confirmed", **day, "died_on_year": "2027", "reason": "The coroner wrote"}
    assert "This day is still to come" in words(client.post(at, to_come))
    done = client.post(at, {"finding": "confirmed", **day, "reason": "The coroner wrote"})
    assert done.status_code == 302
    assert "Has died: this record is closed" in words(open_record(ravi))
    assert "It was a mistake: they are alive" in words(client.get(at))
    late = note(ravi, kind="note_plan", text="For the review", form_key="k1")
    assert "Say why this late entry is needed" in words(late)
    assert (
        note(ravi, kind="note_plan", text="For the review", form_key="k1", reason="review").status_code == 302
    )


def test_a_death_that_was_a_mistake_leaves_the_record_as_it_was(ravi: Hat) -> None:
    story.bring_in(story.document(**DEAD), as_at=story.noon(4))
    answer = signed_in(ravi).post(
        address("death", ravi, story.person()), {"finding": "mistaken", "reason": "Spoke with her"}
    )
    assert answer.status_code == 302
    page = words(open_record(ravi))
    assert ("A source reports that" in page, "Report of a death was a mistake" in page) == (False, True)


def test_a_death_confirmed_of_the_wrong_person_is_taken_back_and_the_record_opens_again(ravi: Hat) -> None:
    """Else somebody alive would stand on no list and have no plan, because of one slip."""
    story.bring_in(story.document(**DEAD), as_at=story.noon(4))
    at, client = address("death", ravi, story.person()), signed_in(ravi)
    day = {"died_on_day": "3", "died_on_month": "11", "died_on_year": "2026"}
    client.post(at, {"finding": "confirmed", **day, "reason": "The coroner wrote"})
    closed = words(open_record(ravi))
    assert "They are alive, and the death was confirmed by mistake" in closed
    asked = words(client.get(at))
    assert ("They have died" in asked, "It was a mistake: they are alive" in asked) == (False, True)
    assert "was confirmed already" in words(
        client.post(at, {"finding": "confirmed", **day, "reason": "Again"})
    )
    assert client.post(at, {"finding": "mistaken", "reason": "It was her aunt"}).status_code == 302
    again = words(open_record(ravi))
    assert ("this record is closed" in again, "Report of a death was a mistake" in again) == (False, True)
    assert note(ravi, kind="note_plan", text="Met her", form_key="k1").status_code == 302


def test_custody_is_as_at_the_last_night_the_prison_said_the_same(ravi: Hat) -> None:
    story.bring_in(story.document(), as_at=story.noon(2))
    story.bring_in(story.document(), as_at=story.noon(9))
    assert "as at Mon 9 Nov 2026, 12:00" in words(open_record(ravi))
