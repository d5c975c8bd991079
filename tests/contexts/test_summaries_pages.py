"""The pages of texts for others, as a worker's browser asks for them."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.http.response import HttpResponseBase

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from tests.contexts.test_summaries_answers import says
from tests.packs import booked
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.needs import Need
from throughgate.assessment.rules.shapes import Answer
from throughgate.foundation.ids import new_id
from throughgate.pathway.actions import in_step
from throughgate.record.rules import Form
from throughgate.referral.actions import Meeting
from throughgate.staff.queries import Hat
from throughgate.summaries import rules

pytestmark = pytest.mark.django_db
COURT = Meeting("court", "Crown Court", "High Street")
LEAVES = {"conditionalReleaseDate": "2026-11-13", "confirmedReleaseDate": "2026-11-13"}
PAGES: list[tuple[str, list[str]]] = [
    ("text", []),
    ("give_text", []),
    ("copy_text", []),
    ("take_back_text", []),
    ("text_file", ["pdf"]),
]
BOX = re.compile(
    r'<input class="govuk-checkboxes__input"[^>]*name="(agreed_\d+)"[^>]*value="([\w ]+)"([^>]*)>'
)


@pytest.fixture(autouse=True)
def on_the_third(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document(**LEAVES))
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())


@pytest.fixture
def ravi() -> Hat:
    hat = story.worker()
    permit = story.opens(hat, story.person(), at=story.noon(3))
    with in_step(permit):
        for domain, said in (("home", "My sister's sofa"), ("drugs_alcohol", "Most days before")):
            need = Need(domain=domain, how_far="high", said=said)
            assessment.record_need(permit, need, at=permit.at, form=Form(str(new_id())))
    return hat


def look(hat: Hat, page: str, *rest: Any) -> str:
    return words(signed_in(hat).get(address(page, hat, story.person(), *rest)))


def send(hat: Hat, page: str, *rest: Any, **typed: Any) -> HttpResponseBase:
    url = address(page, hat, story.person(), *rest)
    return signed_in(hat).post(url, {"form_key": str(new_id()), **typed})


def boxes(hat: Hat, code: str) -> list[tuple[str, str, bool]]:
    """Control, token and whether it is ticked, of each line of a text."""
    return [
        (name, token, "checked" in rest) for name, token, rest in BOX.findall(look(hat, "offer_text", code))
    ]


def ticked(hat: Hat, code: str) -> dict[str, list[str]]:
    """A form in which every line is ticked."""
    typed: dict[str, list[str]] = {}
    for name, token, _ in boxes(hat, code):
        typed.setdefault(name, []).append(token)
    return typed


def made(hat: Hat, code: str = "note") -> UUID:
    answer = send(hat, "offer_text", code, way="spoke", **ticked(hat, code))
    assert answer.status_code == 302, words(answer)
    return UUID(answer.headers["Location"].rstrip("/").rpartition("/")[2])


def test_the_record_leads_to_every_text_there_is(ravi: Hat) -> None:
    assert f'href="{address("texts", ravi, story.person())}"' in look(ravi, "person")
    page = look(ravi, "texts")
    assert [text.label for text in rules.texts() if text.label not in page] == []
    assert page.count("Go through it with them") == len(rules.texts())


def test_for_a_court_nothing_is_ticked_and_for_others_all_is(ravi: Hat) -> None:
    assert {is_ticked for _, _, is_ticked in boxes(ravi, "court")} == {False}
    assert {is_ticked for _, _, is_ticked in boxes(ravi, "housing")} == {True}


def test_what_two_services_heard_alike_is_read_out_and_agreed_to_once(ravi: Hat) -> None:
    before = len(boxes(ravi, "housing"))
    story.organisation("STEP")
    for worker in (ravi, story.worker("resettlement_worker", "STEP", works_in=["MDI"])):
        permit = story.opens(worker, story.person(), at=story.noon(3))
        says(permit, "home", {"lived_before": Answer(state="answered", value="sofas")})
    page = look(ravi, "offer_text", "housing")
    assert (page.count("Where they lived before: On sofas"), len(boxes(ravi, "housing"))) == (1, before + 1)
    assert "sofas" in look(ravi, "text", made(ravi, "housing"))


def test_the_days_until_they_are_in_court_are_counted(ravi: Hat) -> None:
    assert "Days until then" not in look(ravi, "offer_text", "court")
    booked(story.opens(ravi, story.person(), at=story.noon(3)), COURT, day=6)
    assert "In court Fri 6 Nov 2026. Days until then: 3." in look(ravi, "offer_text", "court")
    assert "Days until then" not in look(ravi, "offer_text", "housing")


def test_who_speaks_another_language_has_it_gone_through_in_that(ravi: Hat) -> None:
    assert "They speak" not in look(ravi, "offer_text", "gp")
    spoken = [{"type": "PREF_SPEAK", "code": "POL", "interpreterRequested": True}]
    story.bring_in(story.document(**LEAVES, languages=spoken), as_at=story.noon(3))
    assert "They speak Polish, and this is in English." in look(ravi, "offer_text", "gp")


def test_who_speaks_welsh_agrees_to_it_and_carries_it_in_welsh(ravi: Hat) -> None:
    spoken = [{"type": "PREF_SPEAK", "code": "WEL", "interpreterRequested": False}]
    told = story.document(**LEAVES, languages=spoken, ethnicity="White : Irish")
    story.bring_in(told, as_at=story.noon(3))
    offered = look(ravi, "offer_text", "gp")
    assert ("They speak" in offered, "Gadael y ddalfa" in offered, '<div lang="cy">' in offered) == (
        False,
        True,
        True,
    )
    for sentence in (
        "Nid oes siaradwr Cymraeg",
        "Mae NDTMS yn gofyn am gydsyniad ar wahân",
        "Benyw",
        "Gwyn Gwyddelig",
    ):
        assert sentence in look(ravi, "offer_text", "ndtms")
    assert "Read it in Welsh" not in look(ravi, "text", made(ravi, "ndtms"))
    made_id = made(ravi, "gp")
    page = look(ravi, "text", made_id)
    assert ("Yn gadael Dydd Gwener 13 Tachwedd 2026" in page, "Read it in English" in page) == (True, True)
    file = address("text_file", ravi, story.person(), made_id, "html")
    assert f"{file}?language=cy" in page
    for language, said in (("cy", "Maen nhw wedi cytuno i bob llinell"), ("en", "They agreed to each line")):
        assert said in words(signed_in(ravi).get(f"{file}?language={language}"))


def test_a_text_is_made_and_says_who_agreed_and_how(ravi: Hat) -> None:
    page = look(ravi, "text", made(ravi))
    assert "Plain note for another system, version 1" in page
    assert re.search(r"Agreed line by line Tue 3 Nov 2026, 12:00 with .+: they said it", page)
    assert "“My sister's sofa”" in page
    assert "Text for others agreed" in look(ravi, "person")


def test_what_cannot_be_made_says_why_and_keeps_the_ticks(ravi: Hat) -> None:
    answer = send(ravi, "offer_text", "court", **ticked(ravi, "court"))
    assert answer.status_code == 400
    assert "Choose how they agreed." in words(answer)
    assert words(answer).count(" checked") == len(boxes(ravi, "court"))
    assert "Tick what they agree to." in words(send(ravi, "offer_text", "court", way="spoke"))


def test_what_is_ticked_is_kept_as_a_draft_until_it_is_made(ravi: Hat) -> None:
    (name, token, _), *_rest = boxes(ravi, "court")
    answer = send(ravi, "offer_text", "court", deed="draft", way="spoke", **{name: token})
    assert answer.status_code == 302
    assert [box for box in boxes(ravi, "court") if box[2]] == [(name, token, True)]
    assert "Kept as a draft on" in look(ravi, "offer_text", "court")
    send(ravi, "offer_text", "court", way="spoke", **{name: token})
    assert "Kept as a draft on" not in look(ravi, "offer_text", "court")
    send(ravi, "offer_text", "court", deed="draft", **{name: token})
    send(ravi, "offer_text", "court", deed="throw_away")
    assert {is_ticked for _, _, is_ticked in boxes(ravi, "court")} == {False}


def test_a_line_that_says_something_else_by_then_is_ticked_no_more(ravi: Hat) -> None:
    send(ravi, "offer_text", "court", deed="draft", **ticked(ravi, "court"))
    permit = story.opens(ravi, story.person(), at=story.noon(3))
    with in_step(permit):
        need = Need(domain="home", how_far="crisis", said="Nowhere now")
        assessment.record_need(permit, need, at=permit.at, form=Form(str(new_id())))
    assert len([box for box in boxes(ravi, "court") if not box[2]]) == 1


def test_what_was_left_out_is_counted_and_stays_out_the_next_time(ravi: Hat) -> None:
    (name, token, _), *rest = boxes(ravi, "housing")
    send(ravi, "offer_text", "housing", way="signed", **{name: token})
    assert f"things left out at their wish: {len(rest)}" in look(ravi, "texts")
    assert [box for box in boxes(ravi, "housing") if box[2]] == [(name, token, True)]


def test_an_older_text_says_what_has_changed(ravi: Hat) -> None:
    made_id = made(ravi, "housing")
    assert "Out of date" not in look(ravi, "text", made_id)
    permit = story.opens(ravi, story.person(), at=story.noon(3))
    with in_step(permit):
        need = Need(domain="home", how_far="crisis", said="Nowhere now")
        assessment.record_need(permit, need, at=permit.at, form=Form(str(new_id())))
    assert "Nowhere now" in look(ravi, "text", made_id)
    assert "out of date" in look(ravi, "texts")


def test_given_is_written_down_with_to_whom(ravi: Hat) -> None:
    made_id = made(ravi)
    assert send(ravi, "give_text", made_id, way="sent", text="Harbour Homes").status_code == 302
    page = look(ravi, "text", made_id)
    assert re.search(r"Sent to the service by a safe way Tue 3 Nov 2026, 12:00 by .+\. Harbour Homes", page)
    assert "Text for others given" in look(ravi, "person")
    assert "Choose how it reached them." in words(send(ravi, "give_text", made_id))


def test_a_text_is_cut_to_what_the_other_system_takes_and_has_a_receipt(ravi: Hat) -> None:
    made_id = made(ravi)
    url = address("copy_text", ravi, story.person(), made_id)
    page = words(signed_in(ravi).get(url, {"system": "nomis"}))
    assert "For NOMIS (Digital Prison Services). No part is longer than 4000 characters." in page
    assert "Part 1 of 1" in page
    assert send(ravi, "copy_text", made_id, system="nomis").status_code == 302
    page = look(ravi, "text", made_id)
    assert re.search(r"Entered in NOMIS \(Digital Prison Services\) Tue 3 Nov 2026, 12:00 by ", page)


def test_a_text_that_is_not_for_justice_is_offered_for_no_system_of_justice(ravi: Hat) -> None:
    made_id = made(ravi, "housing")
    assert "NOMIS" not in look(ravi, "copy_text", made_id)
    answer = send(ravi, "copy_text", made_id, system="nomis")
    assert (answer.status_code, "justice" in words(answer)) == (400, True)


def test_a_text_that_was_taken_back_stays_readable_and_goes_nowhere(ravi: Hat) -> None:
    made_id = made(ravi)
    assert "Say why it is taken back." in words(send(ravi, "take_back_text", made_id))
    assert send(ravi, "take_back_text", made_id, text="Wrong sister").status_code == 302
    page = look(ravi, "text", made_id)
    assert "This does not hold any more. Ask for a new one." in page
    assert re.search(r"Taken back Tue 3 Nov 2026, 12:00 by .+: Wrong sister", page)
    assert "Say that it was given" not in page
    assert "I have entered it there" not in look(ravi, "copy_text", made_id)


@pytest.mark.parametrize("ending", ["pdf", "html"])
def test_a_text_as_a_file_is_logged_and_its_name_tells_nothing(ravi: Hat, ending: str) -> None:
    answer = signed_in(ravi).get(address("text_file", ravi, story.person(), made(ravi), ending))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="summary.{ending}"'
    assert len(rows("SELECT FROM audit_event WHERE action = 'print sheet'")) == 1


def test_whoever_is_not_shown_plans_is_told_so_and_reaches_no_text(ravi: Hat) -> None:
    made_id = made(ravi)
    stranger = story.worker("safer_custody")
    page = look(stranger, "texts")
    assert ("Not shared with you" in page, "Go through it" in page) == (True, False)
    for name, rest in PAGES:
        url = address(name, stranger, story.person(), made_id, *rest)
        assert signed_in(stranger).get(url).status_code == 404, name


def test_there_is_no_text_or_file_of_another_name(ravi: Hat) -> None:
    client, here = signed_in(ravi), story.person()
    assert client.get(address("offer_text", ravi, here, "rumour")).status_code == 404
    assert client.get(address("text_file", ravi, here, made(ravi), "exe")).status_code == 404


def test_each_page_asks_the_database_a_bounded_number_of_times(
    ravi: Hat, django_assert_max_num_queries: Any
) -> None:
    made_id, client, here = made(ravi), signed_in(ravi), story.person()
    for page, rest, most in (("texts", [], 60), ("offer_text", ["court"], 90), ("text", [made_id], 70)):
        with django_assert_max_num_queries(most):
            client.get(address(page, ravi, here, *rest))
