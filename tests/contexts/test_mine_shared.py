"""A person's own book on a machine that others use: a kiosk, a library's computer, a borrowed telephone."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import story
from tests.contexts.clients import beside_them, words
from tests.contexts.test_mine_pages import BORN, code, is_open, opened
from tests.contexts.test_mine_questions import begins
from throughgate.packs import rendering
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
FROM_OUTSIDE = ("none", "same-site", "cross-site")


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


@pytest.fixture
def dee(ravi: Hat) -> Client:
    """At her book, a worker beside her."""
    return beside_them(ravi)


# Somebody else sits down


@pytest.mark.parametrize("page", ["/mine/", "/mine/next/"])
@pytest.mark.parametrize("site", FROM_OUTSIDE)
def test_who_comes_from_outside_begins_anew(ravi: Hat, page: str, site: str) -> None:
    client = opened(ravi)
    answer = client.get(page, headers={"Sec-Fetch-Site": site}, follow=True)
    assert "You need the code on your slip" in words(answer)
    assert client.cookies["book"].value == ""


def test_what_was_open_before_stays_shut(ravi: Hat) -> None:
    client = opened(ravi)
    held = client.cookies["book"].value
    client.get("/mine/", headers={"Sec-Fetch-Site": "none"})
    client.cookies["book"] = held
    assert not is_open(client)


def test_a_link_and_loading_again_stay_inside(ravi: Hat) -> None:
    client = opened(ravi)
    for _ in range(2):
        assert client.get("/mine/next/", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


# Larger letters, another language


def test_on_the_first_page_nothing_typed_is_lost(ravi: Hat) -> None:
    client, slip = Client(), code(ravi)
    answer = client.post("/mine/", {"code": slip, **BORN, "look": "large"})
    page = words(answer)
    assert (answer.status_code, 'class="tg-large"' in page, "To put right" in page) == (200, True, False)
    assert (f'value="{slip}"' in page, 'value="1989"' in page) == (True, True)
    assert 'class="tg-large"' in words(client.get("/mine/"))
    assert client.post("/mine/", {"code": slip, **BORN}).headers["Location"] == "/mine/next/"


def test_in_a_form_nothing_typed_is_lost_and_nothing_is_kept(dee: Client) -> None:
    page = words(dee.post("/mine/story/worries/", {"form_key": "k", "text": "The first night", "look": "cy"}))
    assert ("The first night" in page, '<html lang="cy">' in page) == (True, True)
    assert "The first night" not in words(dee.get("/mine/story/"))
    assert "The first night" in words(dee.get("/mine/story/worries/"))


def test_where_nothing_was_typed_no_page_says_that_something_was_begun(dee: Client) -> None:
    dee.post(
        "/mine/story/worries/", {"form_key": "k", "text": "", "helper": "yes", "who": "all", "look": "large"}
    )
    assert "You began this." not in words(dee.get("/mine/story/worries/"))


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(dee: Client) -> None:
    file = SimpleUploadedFile("a.png", b"\x89PNG", content_type="image/png")
    answer = dee.post("/mine/story/file/", {"title": "My garden", "file": file, "look": "large"})
    assert ("My garden" in words(answer), "Choose the file again." in words(answer)) == (True, True)


def test_among_questions_what_is_typed_waits_in_the_page(dee: Client) -> None:
    url = begins(dee) + "update/"
    answer = dee.post(url, {"q_changed_words": "I lost the keys", "look": "large"})
    assert answer.headers["Location"] == url
    page = words(dee.get(url))
    assert ("I lost the keys" in page, 'class="tg-large"' in page) == (True, True)


@pytest.mark.parametrize(
    ("told", "leads"),
    [
        ("/mine/plan/", "/mine/plan/"),
        ("/mine/no-such-page/", "/mine/"),
        ("/sign-in/", "/mine/"),
        ("https://elsewhere.example/mine/", "/mine/"),
        ("//elsewhere.example/mine/", "/mine/"),
        ("", "/mine/"),
    ],
)
def test_where_nothing_is_typed_the_same_page_comes_again(told: str, leads: str) -> None:
    assert Client().post("/mine/look/", {"look": "large", "from": told}).headers["Location"] == leads


# What a machine may lack


def test_after_a_passkey_that_did_not_open_it_a_code_does(ravi: Hat) -> None:
    client: Any = Client()
    page = words(client.post("/mine/passkey/", {"credential": "{}"}))
    assert '<form id="typed" method="post" action="/mine/"' in page


@pytest.mark.parametrize("page", ["plan", "copy"])
def test_where_files_are_offered_a_way_without_them_is_told(dee: Client, page: str) -> None:
    assert "Ask a worker to print it for you." in words(dee.get(f"/mine/{page}/"))


@pytest.mark.skipif(not rendering.speech_is_possible(), reason="Speaking needs espeak-ng.")
@pytest.mark.parametrize("page", ["next", "plan", "sharing", "looks"])
def test_what_is_heard_plays_on_the_page_and_leads_nowhere(dee: Client, page: str) -> None:
    shown = words(dee.get(f"/mine/{page}/"))
    assert f'src="/mine/{page}.wav"' in shown
    assert f'href="/mine/{page}.wav"' not in shown
