"""Somebody's own story, as their book and workers' browsers ask for it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import pictures, story
from tests.content import rows
from tests.contexts.clients import address, beside_them, signed_in, words
from tests.contexts.pages import said
from tests.contexts.test_mine_book import kept, page, send
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
PNG = pictures.png()
SOUND = b"ID3\x04" + bytes(range(256))
QueryCount = Callable[[int], Any]


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


@pytest.fixture
def beside(ravi: Hat) -> Client:
    return beside_them(ravi)


def read_by(hat: Hat, name: str = "story") -> str:
    answer = signed_in(hat).get(address(name, hat, story.person()))
    assert answer.status_code == 200, words(answer)
    return said(words(answer))


def adds(client: Client, content: bytes = PNG, **typed: str) -> Any:
    file = SimpleUploadedFile("IMG_2041.html", content, content_type="text/html")
    sent = {"topic": "about", "title": "My drawing", "who": "all", **typed}
    return client.post("/mine/story/file/", {**sent, "file": file})


def test_her_words_stand_first_on_the_record_in_the_order_of_the_headings(ravi: Hat, beside: Client) -> None:
    assert "They have said nothing here yet that you can see." in read_by(ravi, "person")
    for topic in ("about", "support", "people", "matters"):
        kept(beside, f"/mine/story/{topic}/", text=f"Words on {topic}", supported_by="Nan Marlowe")
    found = read_by(ravi, "person")
    first = found.partition("About me In their own words.")[2]
    places = [first.index(f"Words on {topic}") for topic in ("matters", "people", "support", "about")]
    assert places == sorted(places)
    assert places[-1] < first.index("Custody")
    assert "What is most important to me Words on matters Said on Mon 2 Nov 2026, supported" in first
    assert "More about them" in first


def test_who_is_not_shown_stories_is_told_so_and_reads_none(beside: Client) -> None:
    kept(beside, "/mine/story/about/", text="I sing in a choir")
    officer = story.worker("prison_officer")
    for name in ("person", "story"):
        found = read_by(officer, name)
        assert ("Not shared with you" in found, "choir" in found) == (True, False)


def test_the_whole_story_has_a_place_for_each_thing(ravi: Hat, beside: Client) -> None:
    kept(beside, "/mine/story/helps/", name="Nan", what="person", text="She listens")
    kept(beside, "/mine/story/hard/", name="The old flat", what="place", signs="I sweat", text="I walk on")
    kept(beside, "/mine/story/hard/", name="Payday", what="time", signs="I plan", text="I ring Nan")
    kept(beside, "/mine/story/calm/", text="I count to ten")
    kept(beside, "/mine/story/worth/", text="My daughter")
    kept(beside, "/mine/story/now/", text="I sleep")
    found = read_by(ravi)
    for line in (
        "What would make this worth it for me My daughter",
        "What I do myself I count to ten",
        "How it is now I sleep",
        "Who and what helps Nan A person She listens",
        "Whom and where to keep away from The old flat A place I sweat I walk on",
    ):
        assert line in found
    avoided, _, triggers = found.partition("Whom and where to keep away from")[2].partition(
        "What makes it hard"
    )
    assert ("Payday" in avoided, "Payday A day or a time I plan I ring Nan" in triggers) == (False, True)
    own = page(beside, "/mine/story/")
    assert "Nan She listens" in own
    assert "Payday I plan I ring Nan" in own


@pytest.mark.parametrize(
    ("who", "reads"), [("all", True), ("me", False), ("chosen", True)], ids=["all", "me", "chosen"]
)
def test_she_chooses_who_reads_it_and_the_form_remembers(
    ravi: Hat, beside: Client, who: str, reads: bool
) -> None:
    chosen = {"who": who, "readers": str(ravi.organisation_id) if who == "chosen" else ""}
    kept(beside, "/mine/story/about/", text="I sing in a choir", **chosen)
    assert ("choir" in read_by(ravi)) is reads
    assert "I sing in a choir" in page(beside, "/mine/story/")
    form = words(beside.get("/mine/story/about/"))
    assert f'value="{who}" checked' in form
    assert (f'value="{ravi.organisation_id}" checked' in form) is (who == "chosen")


@pytest.mark.parametrize(
    "chosen", [{"who": ""}, {"who": "x"}, {"who": "chosen"}, {"who": "chosen", "readers": "x"}]
)
def test_without_a_choice_of_readers_nothing_is_kept(beside: Client, chosen: dict[str, str]) -> None:
    answer = send(beside, "/mine/story/about/", text="I sing", **chosen)
    assert (answer.status_code, "Choose one of these first" in words(answer)) == (400, True)
    assert "I sing" in words(answer)


# Files


def test_a_drawing_is_shown_whole_and_never_run(ravi: Hat, beside: Client) -> None:
    assert adds(beside).status_code == 302
    (entry_id,) = rows("SELECT id FROM record_entry WHERE kind = 'own_attached'")[0]
    assert "My drawing" in page(beside, "/mine/story/")
    assert "My drawing" in read_by(ravi, "person")
    found = signed_in(ravi).get(address("story_file", ravi, story.person(), entry_id))
    for answer in (found, beside.get(f"/mine/story/file/{entry_id}/")):
        assert answer.content == PNG
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Content-Disposition"] == 'inline; filename="my-story.png"'
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_recording_is_played_on_the_page(ravi: Hat, beside: Client) -> None:
    adds(beside, SOUND, title="My voice")
    for client, url in ((beside, "/mine/story/"), (signed_in(ravi), address("story", ravi, story.person()))):
        assert "<audio" in words(client.get(url))


def test_a_recording_moves_with_her_to_the_next_prison_whole(
    beside: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    adds(beside, SOUND, title="My voice")
    monkeypatch.setenv("TG_CLOCK", story.noon(4).isoformat())
    story.bring_in(story.document(prisonId="LEI"), source="LEI", as_at=story.noon(3))
    there = story.worker(at="LEI")
    assert "My voice" in read_by(there)
    (entry_id,) = rows("SELECT id FROM record_entry WHERE kind = 'own_attached'")[0]
    found = signed_in(there).get(address("story_file", there, story.person(), entry_id))
    assert (found.headers["Content-Type"], found.content) == ("audio/mpeg", SOUND)


def test_a_picture_is_seen_with_the_story_and_looked_at_no_sooner(ravi: Hat, beside: Client) -> None:
    adds(beside)
    worker = signed_in(ravi)
    pages = [
        beside.get("/mine/story/"),
        *(worker.get(address(name, ravi, story.person())) for name in ("story", "person")),
    ]
    assert ["tg-picture" in words(each) for each in pages] == [True, True, False]


@pytest.mark.parametrize(
    ("content", "typed", "why"),
    [
        (b"<html>", {}, "This one is none of them"),
        (b"", {}, "Write something first"),
        (PNG, {"title": ""}, "Write something first"),
        (PNG, {"topic": "secrets"}, "Choose one of these first"),
    ],
)
def test_what_cannot_be_attached_says_why(
    beside: Client, content: bytes, typed: dict[str, str], why: str
) -> None:
    answer = adds(beside, content, **typed)
    assert (answer.status_code, why in words(answer)) == (400, True)


def test_a_form_without_a_file_says_so(beside: Client) -> None:
    answer = send(beside, "/mine/story/file/", topic="about", title="My drawing")
    assert (answer.status_code, "Write something first" in words(answer)) == (400, True)


def test_what_she_takes_away_is_gone_for_all(ravi: Hat, beside: Client) -> None:
    adds(beside)
    (entry_id,) = rows("SELECT id FROM record_entry WHERE kind = 'own_attached'")[0]
    url = f"/mine/story/file/{entry_id}/"
    for _ in range(2):
        assert beside.post(f"{url}away/", {"form_key": "k"}).status_code == 302
    assert "My drawing" not in page(beside, "/mine/story/")
    assert beside.get(url).status_code == 404
    assert signed_in(ravi).get(address("story_file", ravi, story.person(), entry_id)).status_code == 404


def test_a_file_kept_for_herself_and_one_of_nobody_are_the_same_to_a_worker(
    ravi: Hat, beside: Client
) -> None:
    adds(beside, who="me")
    (entry_id,) = rows("SELECT id FROM record_entry WHERE kind = 'own_attached'")[0]
    missing = address("story_file", ravi, story.person(), story.person())
    url = address("story_file", ravi, story.person(), entry_id)
    answers = [signed_in(ravi).get(each) for each in (url, missing)]
    assert [answer.status_code for answer in answers] == [404, 404]


# For those who plan services


def planner_reads() -> str:
    hat = story.worker("commissioner")
    return said(words(signed_in(hat).get(address("stories", hat))))


def test_those_who_plan_services_read_what_changed_with_her_leave_and_no_name(beside: Client) -> None:
    assert send(beside, "/mine/story/shown/", allowed="yes").status_code == 400
    assert send(beside, "/mine/story/shown/").status_code == 400
    kept(beside, "/mine/story/now/", text="I sleep")
    assert "No story yet" in planner_reads()
    kept(beside, "/mine/story/shown/", allowed="yes")
    assert "Those who plan services may read this" in page(beside, "/mine/story/")
    found = planner_reads()
    assert "How it is now I sleep" in found
    assert not any(word in found for word in ("Dee", "Marlowe", story.DEE))
    kept(beside, "/mine/story/shown/", allowed="no")
    assert "No story yet" in planner_reads()
    assert "Let those who plan services read this" in page(beside, "/mine/story/")


def test_other_roles_are_refused_there_in_words(ravi: Hat) -> None:
    answer = signed_in(ravi).get(address("stories", ravi))
    assert "roles that plan or manage services" in words(answer)


def test_a_story_costs_the_same_number_of_queries_however_long_it_is(
    ravi: Hat, beside: Client, django_assert_num_queries: QueryCount
) -> None:
    client, url = signed_in(ravi), address("story", ravi, story.person())
    for name in ("Nan", "The choir"):
        kept(beside, "/mine/story/helps/", name=name, what="thing")
        kept(beside, "/mine/story/hard/", name=name, what="thing", signs="x")
        kept(beside, f"/mine/story/{'now' if name == 'Nan' else 'about'}/", text=name)
        adds(beside, title=name)
        client.get(url)
    with django_assert_num_queries(10):
        client.get(url)


def test_what_changed_stands_in_her_words_beside_her_scores(ravi: Hat, beside: Client) -> None:
    assert "What changed for me Not recorded" in read_by(ravi, "ask_over_time")
    kept(beside, "/mine/story/before/", text="I slept in a shed")
    kept(beside, "/mine/story/now/", text="I open my own post")
    found = read_by(ravi, "ask_over_time").partition("What changed for me")[2]
    assert found.index("I slept in a shed") < found.index("I open my own post")
    officer = story.worker("safer_custody")
    assert "What changed for me Not shared with you" in read_by(officer, "ask_over_time")
