"""The list of everyone here, as a worker's browser asks for it."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http.response import HttpResponseBase

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.access import policy
from throughgate.custody.queries import Wanted
from throughgate.pages.everyone import forms
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
DEE = story.document(conditionalReleaseDate="2026-11-12", language="cy")
GETHIN = story.document(
    story.GETHIN, firstName="GETHIN", lastName="PRICE", dateOfBirth="1971-02-03", bookingId="2"
)


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(DEE, GETHIN)


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def look(hat: Hat, **asked: str) -> HttpResponseBase:
    """What the list answers, once what was typed was sent."""
    sent = signed_in(hat).post(address("search", hat), asked)
    return signed_in(hat).get(sent.headers["Location"])


def listed(page: str) -> list[str]:
    return re.findall(r'class="tg-people__name" href="[^"]+">([^<]+)<', page)


def test_the_list_costs_six_queries_however_many_are_here(
    ravi: Hat, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client, at = signed_in(ravi), address("everyone", ravi)
    client.get(at)
    story.bring_in(
        *(story.document(f"A{1000 + n}AA", bookingId=str(10 + n)) for n in range(60)), as_at=story.noon(8)
    )
    with django_assert_num_queries(6):
        page = words(client.get(at))
    assert len(listed(page)) == Wanted().limit


def test_a_list_that_may_be_old_says_since_when(
    ravi: Hat, django_assert_num_queries: Callable[[int], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(12).isoformat())
    client, at = signed_in(ravi), address("everyone", ravi)
    client.get(at)
    with django_assert_num_queries(6):
        page = words(client.get(at))
    assert "Moorland (HMP & YOI): feed stopped since Mon 2 Nov 2026, 12:00" in page


def test_somebody_who_has_left_is_said_to_have_and_no_date_stands_against_them(ravi: Hat) -> None:
    story.bring_in(story.released(), as_at=story.noon(8))
    page = words(look(ravi, q="marlowe"))
    assert "left Tue 3 Nov" in page
    assert "leaving date" not in page


def test_each_person_is_told_apart_by_name_birth_date_and_number(ravi: Hat) -> None:
    page = words(look(ravi))
    assert listed(page) == ["Dee Marlowe", "Gethin Price"]
    for said in ("born 4 May 1989 · A1234BC", "A-1-001 · On remand", "leaves Thu 12 Nov"):
        assert said in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "price"}, ["Gethin Price"]),
        ({"q": "  Gethin   PRICE "}, ["Gethin Price"]),
        ({"q": "a2345cd"}, ["Gethin Price"]),
        ({"q": "03/02/1971"}, ["Gethin Price"]),
        ({"q": "3 February 1971"}, ["Gethin Price"]),
        ({"q": "1971-02-03"}, ["Gethin Price"]),
        ({"q": "nobody"}, []),
        ({"leaving": "7"}, ["Dee Marlowe"]),
        ({"leaving": "8"}, ["Dee Marlowe", "Gethin Price"]),
        ({"standing": "remand", "cell": "A-1"}, ["Dee Marlowe", "Gethin Price"]),
        ({"standing": "recall_issued"}, ["Dee Marlowe", "Gethin Price"]),
        ({"arrived": "1"}, []),
        ({"language": "xx"}, []),
        ({"after": "nonsense", "before": ""}, ["Dee Marlowe", "Gethin Price"]),
    ],
)
def test_the_list_answers_what_it_is_asked(ravi: Hat, asked: dict[str, str], found: list[str]) -> None:
    assert listed(words(look(ravi, **asked))) == found


def test_filters_survive_from_page_to_page(ravi: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    story.bring_in(
        *(story.document(f"A{1000 + n}AA", bookingId=str(10 + n), lastName=f"LONG{n:02}") for n in range(60)),
        as_at=story.noon(8),
    )
    first = words(look(ravi, q="long", cell="A"))
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    assert "long" not in following[1]  # a name in an address stays in histories and logs
    assert "cell=A" in following[1]
    second = words(signed_in(ravi).get(following[1]))
    assert (len(listed(second)), 'value="long"' in second) == (10, True)
    back = re.search(r'rel="prev" href="([^"]+)"', second)
    assert back is not None
    assert listed(words(signed_in(ravi).get(back[1]))) == listed(first)


def test_a_whole_note_pasted_into_the_search_finds_nobody_and_fits_into_an_address(ravi: Hat) -> None:
    """A server refuses an address that is too long before any page of ours can say what to do."""
    answer = signed_in(ravi).post(address("search", ravi), {"q": "x " * 5000, "cell": "y" * 5000})
    assert len(answer.headers["Location"]) < 2000
    assert "Nobody here answers to that" in words(signed_in(ravi).get(answer.headers["Location"]))


def test_who_is_hidden_is_not_found_and_the_answer_is_the_same(ravi: Hat) -> None:
    stranger = story.worker(at="LEI")
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    empty = [token.sub("", words(look(stranger, q=asked))) for asked in ("marlowe", "nobody")]
    assert "Nobody here answers to that" in empty[0]
    assert empty[0].replace("marlowe", "nobody").split("</header>")[1] == empty[1].split("</header>")[1]


def test_a_list_without_anybody_says_how_people_come_to_stand_on_it() -> None:
    assert "Nobody is here yet" in words(look(story.worker(at="LEI")))


def test_a_role_that_sees_nobody_by_name_is_refused_in_a_sentence() -> None:
    answer = look(story.worker("prison_governor"))
    assert answer.status_code == 403
    assert "This role does not see people by name" in words(answer)


def test_who_searches_more_often_than_anybody_could_is_told_so_and_it_is_logged(
    ravi: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "limit", {"list_searches": 2}.__getitem__)
    assert [look(ravi, q=text).status_code for text in ("dee", "price", "dee")] == [200, 200, 429]
    assert "You have searched very often within an hour." in words(look(ravi, q="dee"))
    assert rows("SELECT DISTINCT actor_id, outcome FROM audit_event WHERE action = 'try too often'") == [
        (ravi.worker_id, "refused")
    ]
    assert look(ravi).status_code == look(ravi, language="cy").status_code == 200  # to look is no search
    assert look(story.worker(), q="dee").status_code == 200
    monkeypatch.setenv("TG_CLOCK", story.noon(10).isoformat())
    assert look(ravi, q="dee").status_code == 200


def test_a_search_that_is_sent_beside_an_empty_control_is_counted_too(
    ravi: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "limit", {"list_searches": 2}.__getitem__)
    sought = forms.in_address({"q": "dee"}, post_id=ravi.post_id)
    there = f"{address('everyone', ravi)}?{urlencode(sought)}"
    sent = [signed_in(ravi).post(there, {"q": " "}).status_code for _ in range(3)]
    assert sent == [200, 200, 429]


def test_a_worker_may_search_as_often_as_work_by_hand_can_need() -> None:
    assert policy.limit("list_searches") >= 120
