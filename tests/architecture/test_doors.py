"""Each address names its door, and what is hidden behind one looks like what is not there."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from tests import story
from tests.contexts.clients import signed_in
from throughgate.foundation.ids import new_id
from throughgate.pages import doors
from throughgate.pages.doors import HatView
from throughgate.staff.queries import Hat

PROGRAMS = {"token", "program list", "program record"}  # of the API: only a token opens them
DOORS = {"anyone", "signed in", "hat", "list", "record", "cohort", "review", "oversight", "own"}
CANARY = "CANARYWORD"
WORDS = {"issuer_id": "nobody", "what": "note", "topic": "tonight"}  # parts of an address that are no ids

Address = tuple[str, URLPattern]  # the whole route, and what answers it


def addresses(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[Address]:
    for each in found:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route)
        else:
            yield route, each


def door_of(pattern: URLPattern) -> str | None:
    return getattr(pattern.callback, "door", None)


def without_a_door(found: list[Address]) -> list[str]:
    """Addresses that name no door, or not the one that what they carry asks for."""
    wrong = []
    for route, pattern in found:
        door = door_of(pattern)
        asked = {"record", "program record"} if "person_id" in route else (DOORS | PROGRAMS) - {"record"}
        if "post_id" in route:
            asked -= {"anyone", "signed in"}
        if door not in asked:
            wrong.append(f"{route} has {door}")
    return wrong


ALL = list(addresses(get_resolver().url_patterns))


def test_each_address_names_its_door() -> None:
    assert len(ALL) > 10
    assert without_a_door(ALL) == []


def plain() -> HatView:
    """A view of its own each time: doors write their name on it."""
    return lambda _request, **_rest: HttpResponse("everything")


@pytest.mark.parametrize(
    ("route", "view"),
    [
        ("attic/", plain()),
        ("as/<uuid:post_id>/attic/", doors.anyone(plain())),
        ("as/<uuid:post_id>/people/<uuid:person_id>/attic/", doors.listing(plain())),
    ],
)
def test_an_address_planted_without_its_door_is_caught(route: str, view: HatView) -> None:
    planted = list(addresses([path(route, view)]))
    assert len(without_a_door(planted)) == 1


# Hidden is absent

RECORDS = [(route, str(pattern.name)) for route, pattern in ALL if door_of(pattern) == "record"]


@pytest.fixture
def dee() -> UUID:
    """Somebody Moorland holds; each thing told of her has a word found nowhere else."""
    return story.told_of_with(CANARY)


def address(name: str, route: str, **known: UUID) -> str:
    wanted = re.findall(r"<\w+:(\w+)>", route)
    return reverse(name, kwargs={each: known.get(each) or WORDS.get(each) or new_id() for each in wanted})


def seen(client: Client, url: str) -> list[tuple[int, str, dict[str, str]]]:
    """What a browser gets by looking and by sending, without the token that is new each time."""
    answers = [client.get(url), client.post(url, {"text": "x"})]
    return [
        (
            each.status_code,
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", each.content.decode()),
            {name: value for name, value in each.headers.items() if name != "Set-Cookie"},
        )
        for each in answers
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "name"), RECORDS)
def test_a_hidden_person_looks_like_one_who_is_not_there(route: str, name: str, dee: UUID) -> None:
    stranger = story.worker(at="LEI")
    client = signed_in(stranger)
    (entry_id,) = {story.an_entry()}
    hidden = address(name, route, post_id=stranger.post_id, person_id=dee, entry_id=entry_id)
    absent = address(name, route, post_id=stranger.post_id)
    assert seen(client, hidden) == seen(client, absent)
    assert {status for status, _, _ in seen(client, hidden)} == {404}


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "name"), [(route, str(each.name)) for route, each in ALL])
def test_no_word_of_a_record_reaches_a_stranger_or_somebody_signed_out(
    route: str, name: str, dee: UUID
) -> None:
    mine, stranger = story.worker(), story.worker(at="LEI")
    known = {"person_id": dee, "entry_id": story.an_entry()}
    tries: list[tuple[Client, Hat]] = [
        (signed_in(stranger), stranger),
        (signed_in(stranger), mine),  # in a hat that is somebody else's
        (Client(), mine),
    ]
    for client, hat in tries:
        url = address(name, route, post_id=hat.post_id, **known)
        for _, body, headers in seen(client, url):
            assert CANARY.lower() not in (body + str(headers)).lower()


@pytest.mark.django_db
def test_the_word_does_reach_who_may_read_it(dee: UUID) -> None:
    """Else the test above would pass for want of words."""
    hat = story.worker()
    url = reverse("person", args=[hat.post_id, dee])
    assert CANARY.lower() in signed_in(hat).get(url).content.decode().lower()


@pytest.mark.django_db
def test_an_entry_of_another_record_looks_like_one_that_is_not_there(dee: UUID) -> None:
    hat = story.worker()
    story.bring_in(story.document(story.GETHIN, bookingId="2", firstName="GETHIN", dateOfBirth="1970-01-02"))
    gethin = story.person(story.GETHIN)
    client = signed_in(hat)
    answers = [
        seen(client, reverse("history", args=[hat.post_id, gethin, entry_id]))
        for entry_id in (story.an_entry(), new_id())
    ]
    assert answers[0] == answers[1]


@pytest.mark.django_db
def test_somebody_elses_hat_looks_like_none(dee: UUID) -> None:
    client = signed_in(story.worker(at="LEI"))
    others = story.worker()
    for route, pattern in ALL:
        if "post_id" in route:
            answers = [
                seen(client, address(str(pattern.name), route, post_id=post_id, person_id=dee))
                for post_id in (others.post_id, new_id())
            ]
            assert answers[0] == answers[1], route


@pytest.mark.django_db
def test_signed_out_every_door_but_anyones_leads_to_signing_in(dee: UUID) -> None:
    for route, pattern in ALL:
        if door_of(pattern) not in {"anyone", *PROGRAMS}:
            answer = Client().get(address(str(pattern.name), route))
            first = "/mine/" if door_of(pattern) == "own" else "/sign-in/"
            assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, first), route


@pytest.mark.django_db
def test_what_no_database_keeps_is_refused_in_words_whatever_the_address(dee: UUID) -> None:
    hat = story.worker("data_quality")
    client = signed_in(hat)
    for route, pattern in ALL:
        if route.startswith("api/"):
            continue  # they take next to nothing: tests/contexts/test_api.py
        known = {"post_id": hat.post_id, "person_id": dee, "entry_id": story.an_entry()}
        url = address(str(pattern.name), route, **known)
        for answer in (client.post(url, {"text": "a\0b"}), client.get(url, {"q": "a\0b"})):
            assert answer.status_code == 400, route
            assert "a character that cannot be kept" in answer.content.decode(), route
