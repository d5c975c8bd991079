"""The person's own book and the worker's side of it, as browsers ask for them."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import said
from throughgate.foundation import paper_codes
from throughgate.packs import rendering
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
BORN = {"born_day": "4", "born_month": "5", "born_year": "1989"}
CODE = re.compile(r"\b(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}\b")
GONE = '"cache", "cookies", "storage"'


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(monkeypatch, story.NOON)
    story.bring_in(story.document())


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def it_is(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setenv("TG_CLOCK", at.isoformat())


def test_behind_a_proxy_tries_are_counted_by_who_tries(ravi: Hat, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    held = code(ravi)
    wrong = [f"{written(number)}" for number in range(30)]
    for each in wrong:
        Client().post("/mine/", {"code": each, **BORN}, headers={"X-Forwarded-For": "192.0.2.1"})
    for client, status in (("192.0.2.1", 400), ("192.0.2.2", 302)):
        answer = Client().post("/mine/", {"code": held, **BORN}, headers={"X-Forwarded-For": client})
        assert answer.status_code == status


def written(number: int) -> str:
    return paper_codes.written(paper_codes.code_of([number % 23, number // 23, *[1] * 9]))


def test_the_cookie_of_a_book_is_as_safe_as_that_of_a_worker(ravi: Hat, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = (
        True  # the line to the browser is encrypted by a proxy that does not say so
    )
    answer = Client().post("/mine/", {"code": code(ravi), **BORN})
    assert answer.cookies["book"]["secure"]


def test_no_cookie_outlives_the_browser(ravi: Hat) -> None:
    client = opened(ravi)
    client.post("/mine/look/", {"look": "cy"})
    assert {name for name, each in client.cookies.items() if each["max-age"] or each["expires"]} == set()


def slip(hat: Hat) -> str:
    answer = signed_in(hat).post(address("give_code", hat, story.person()))
    assert answer.status_code == 200, words(answer)
    return words(answer)


def code(hat: Hat) -> str:
    found = CODE.search(slip(hat))
    assert found
    return found[0]


def book(hat: Hat) -> str:
    return words(signed_in(hat).get(address("book", hat, story.person())))


def opened(hat: Hat) -> Client:
    """A browser in which Dee has opened her book with a code."""
    client = Client()
    answer = client.post("/mine/", {"code": code(hat), **BORN})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/mine/next/"), words(answer)
    return client


def is_open(client: Client) -> bool:
    return client.get("/mine/next/").status_code == 200


# The worker's side


@pytest.mark.parametrize("page", ["/mine/hide/", "/mine/leave/"])
def test_a_buttons_address_asked_for_by_itself_leads_to_the_front(page: str) -> None:
    """A browser that is asked to load it again would say that the page does not work."""
    assert Client().get(page).headers["Location"] == "/mine/"


def test_a_slip_names_nobody_and_no_service(ravi: Hat) -> None:
    page = slip(ravi)
    printed = said(page.partition('class="tg-card tg-slip"')[2])
    for word in ("Dee", "Marlowe", "throughgate", "Moorland", "treatment", "1989"):
        assert word.lower() not in printed.lower()
    assert "throughgate -" not in page
    assert re.search(r"<title>\w+</title>", page)
    assert "http://localhost:8000/mine/" in printed
    assert "25 Jan" in printed


def test_the_record_leads_to_it_for_who_may_use_it(ravi: Hat) -> None:
    for hat, leads in ((ravi, True), (story.worker("prison_officer"), False)):
        page = words(signed_in(hat).get(address("person", hat, story.person())))
        assert ("Their own book" in page) is leads


def test_a_worker_sees_how_a_code_fares_and_stops_it(ravi: Hat) -> None:
    assert "They have no code" in book(ravi)
    opened(ravi)
    page = book(ravi)
    assert "Given Mon 2 Nov 2026, 12:00 by A prison recovery worker." in page
    assert "Last used Mon 2 Nov 2026, 12:00." in page
    assert not CODE.search(page)
    signed_in(ravi).post(address("stop_code", ravi, story.person()))
    assert "They have no code" in book(ravi)


def test_a_locked_code_says_so(ravi: Hat) -> None:
    given = code(ravi)
    for _ in range(5):
        Client().post("/mine/", {"code": given, **BORN, "born_year": "1990"})
    assert "It is locked" in book(ravi)


def test_who_may_neither_give_nor_sit_is_told_whom_to_ask() -> None:
    assert "belong to other roles" in book(story.worker("prison_officer"))


@pytest.mark.parametrize("name", ["give_code", "stop_code", "open_beside"])
def test_who_is_not_concerned_gives_nothing_and_a_link_gives_nothing(ravi: Hat, name: str) -> None:
    stranger = story.worker(at="LEI")
    assert signed_in(stranger).post(address(name, stranger, story.person())).status_code == 404
    answer = signed_in(ravi).get(address(name, ravi, story.person()))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "press the button there" in words(answer)


def test_what_a_worker_did_is_told_on_the_record(ravi: Hat) -> None:
    opened(ravi)
    signed_in(ravi).post(address("stop_code", ravi, story.person()))
    signed_in(ravi).post(address("open_beside", ravi, story.person()))
    page = words(signed_in(ravi).get(address("person", ravi, story.person())))
    for sentence in ("A code on paper was given", "stopped", "Opened with a worker beside them"):
        assert sentence in page


# Coming in


def test_a_code_is_typed_as_people_type(ravi: Hat) -> None:
    typed = f" {code(ravi).replace('-', ' ').lower()} "
    answer = Client().post("/mine/", {"code": typed, **BORN})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"born_year": "1990"}, "The code and the day do not go together"),
        ({"born_day": "31", "born_month": "2"}, "Type the day, month and year you were born"),
        ({"code": "CD23"}, "This is not the whole code"),
    ],
)
def test_what_does_not_open_comes_back_with_why(ravi: Hat, typed: dict[str, str], why: str) -> None:
    answer = Client().post("/mine/", {"code": code(ravi), **BORN, **typed})
    assert (answer.status_code, why in words(answer)) == (400, True)
    assert "book" not in answer.cookies


def test_a_wrong_code_and_a_wrong_date_are_one_page(ravi: Hat) -> None:
    given = code(ravi)
    pages = [
        shown(Client().post("/mine/", typed)).replace(typed["code"], "")
        for typed in (
            {"code": given, **BORN, "born_year": "1990"},
            {"code": "2222-2222-2222", **BORN, "born_year": "1990"},
        )
    ]
    assert pages[0] == pages[1]


def shown(answer: HttpResponseBase) -> str:
    return unescape(re.sub(r'value="\w{64}"', "", words(answer)))


def test_the_cookie_is_for_these_pages_alone_and_goes_with_the_browser(ravi: Hat) -> None:
    cookie = opened(ravi).cookies["book"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/mine/", True, "Strict")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


# Never together with a worker's session


def test_who_opens_a_book_signs_the_worker_out_of_that_browser(ravi: Hat) -> None:
    client = signed_in(ravi)
    client.post("/mine/", {"code": code(ravi), **BORN})
    assert client.get(address("person", ravi, story.person())).status_code == 302
    assert is_open(client)


def test_beside_the_person_the_worker_is_signed_out_first(ravi: Hat) -> None:
    client = signed_in(ravi)
    answer = client.post(address("open_beside", ravi, story.person()))
    assert answer.headers["Location"] == "/mine/next/"
    assert client.get(address("person", ravi, story.person())).status_code == 302
    assert is_open(client)


def test_where_a_worker_signs_in_a_book_is_shut(ravi: Hat) -> None:
    client, worker = opened(ravi), signed_in(ravi)
    client.cookies["throughgate"] = worker.cookies["throughgate"].value
    assert not is_open(client)


# Going out


@pytest.mark.parametrize("page", ["/mine/", "/mine/next/"])
def test_every_page_has_a_way_out_and_stays_in_no_cache(ravi: Hat, page: str) -> None:
    answer = opened(ravi).get(page, follow=True)
    assert 'action="/mine/leave/"' in words(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "throughgate</" not in words(answer)


def test_leaving_leaves_nothing_and_lands_on_a_harmless_page(ravi: Hat) -> None:
    client = opened(ravi)
    answer = client.post("/mine/leave/")
    assert (answer.headers["Location"], answer.headers["Clear-Site-Data"]) == ("/bank-holidays/", GONE)
    assert (answer.cookies["book"].value, answer.cookies["book"]["max-age"]) == ("", 0)
    assert not is_open(client)
    harmless = words(client.get("/bank-holidays/"))
    assert "Boxing Day" in harmless
    assert "mine" not in harmless


def test_what_the_browser_held_opens_nothing_after_leaving(ravi: Hat) -> None:
    client = opened(ravi)
    held = client.cookies["book"].value
    client.post("/mine/leave/")
    client.cookies["book"] = held
    assert not is_open(client)


def test_someone_is_with_me_shows_the_same_harmless_page_and_keeps_the_place(ravi: Hat) -> None:
    client = opened(ravi)
    assert client.post("/mine/hide/").headers["Location"] == "/bank-holidays/"
    assert is_open(client)


def test_an_idle_book_shuts_and_its_page_goes_away_by_itself(
    ravi: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(ravi)
    assert client.get("/mine/next/").headers["Refresh"] == "605; url=/mine/"
    it_is(monkeypatch, story.NOON + timedelta(minutes=10))
    answer = client.get("/mine/next/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/mine/")
    assert answer.headers["Clear-Site-Data"] == GONE


# Language and print


def looked(client: Client, pressed: str) -> str:
    client.post("/mine/look/", {"look": pressed})
    return words(client.get("/mine/"))


def test_it_speaks_welsh_and_prints_large_for_as_long_as_asked() -> None:
    client: Any = Client()
    assert '<html lang="en">' in words(client.get("/mine/"))
    assert "No Welsh speaker" not in looked(client, "en")
    welsh = looked(client, "cy")
    assert '<html lang="cy">' in welsh
    assert "Nid oes siaradwr Cymraeg wedi gwirio" in welsh
    assert '<html lang="cy" class="tg-large">' in looked(client, "large")
    assert '<html lang="en" class="tg-large">' in looked(client, "en")
    assert '<html lang="en">' in looked(client, "usual")
    assert '<html lang="en">' in looked(client, "tlh")


speaks = pytest.mark.skipif(not rendering.speech_is_possible(), reason="Speaking needs espeak-ng.")


@speaks
@pytest.mark.parametrize("page", ["next", "sharing", "looks"])
def test_who_reads_little_hears_what_the_page_says(ravi: Hat, page: str) -> None:
    client = signed_in(ravi)
    client.post(address("open_beside", ravi, story.person()))
    assert f'src="/mine/{page}.wav" aria-label="Listen to it"' in words(client.get(f"/mine/{page}/"))
    spoken = client.get(f"/mine/{page}.wav")
    assert (spoken.status_code, spoken.headers["Content-Type"]) == (200, "audio/wav")
    assert spoken.content.startswith(b"RIFF")


def test_where_the_machine_cannot_speak_no_page_offers_it(ravi: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("throughgate.packs.rendering.speech_is_possible", lambda: False)
    assert "Listen" not in words(opened(ravi).get("/mine/next/"))


@speaks
def test_with_paper_alone_the_rest_is_not_heard_either(ravi: Hat) -> None:
    client = opened(ravi)
    assert client.get("/mine/next.wav").status_code == 200
    for page in ("sharing", "looks"):
        assert client.get(f"/mine/{page}.wav").headers["Location"] == "/mine/word/"
