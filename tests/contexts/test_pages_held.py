"""Who is who: pairs to answer and links to undo, as a data clerk's browser asks for them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from throughgate.foundation.ids import new_id
from throughgate.linkage import queries as linkage
from throughgate.pages.held import views
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def clerk() -> Hat:
    return story.worker("data_quality")


def clash(number: str = story.DEE) -> None:
    """Leeds gives somebody's number to somebody born a generation later."""
    story.bring_in(story.document(number, bookingId=number))
    story.bring_in(
        story.document(number, bookingId=number, dateOfBirth="2008-06-05"), source="LEI", as_at=story.noon(3)
    )


def join() -> None:
    """Leeds knows Dee by the number and name by which Moorland knows her."""
    story.bring_in(story.document())
    story.bring_in(story.document(), source="LEI", as_at=story.noon(3))


def test_pairs_wait_on_the_list_with_why(clerk: Hat, django_assert_num_queries: Callable[[int], Any]) -> None:
    clash()
    clash(story.GETHIN)
    client, at = signed_in(clerk), address("held", clerk)
    client.get(at)
    with django_assert_num_queries(6):
        page = words(client.get(at))
    assert page.count("DEE MARLOWE and DEE MARLOWE") == 2
    assert "their birth dates are a generation apart" in page


def test_the_list_is_read_page_by_page(clerk: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAGE", 1)
    clash()
    clash(story.GETHIN)
    client = signed_in(clerk)
    first = words(client.get(address("held", clerk)))
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = words(client.get(following[1]))
    assert "DEE MARLOWE" in second
    assert 'rel="next"' not in second


def pair(hat: Hat) -> str:
    (waiting,) = linkage.held(story.reviewer(), limit=5)
    return address("pair", hat, waiting.id)


def test_both_sides_stand_next_to_each_other_with_what_agrees_and_what_does_not(
    clerk: Hat, django_assert_num_queries: Callable[[int], Any]
) -> None:
    clash()
    client, at = signed_in(clerk), pair(clerk)
    client.get(at)
    with django_assert_num_queries(8):
        page = words(client.get(at))
    for said in (
        "4 May 1989",
        "5 June 2008",
        "a generation apart",
        "agrees",
        "Received, Moorland (HMP & YOI)",
    ):
        assert said in page


def test_an_answer_settles_the_pair_and_brings_two_people_together(clerk: Hat) -> None:
    clash()
    at, client = pair(clerk), signed_in(clerk)
    assert client.post(at, {"answer": "same", "reason": "One woman, a slip of the pen"}).status_code == 302
    assert story.person() == story.person(source="LEI")
    assert "Nobody waits for an answer" in words(client.get(address("held", clerk)))
    assert "Same person, said A data quality on Mon 9 Nov 2026" in words(client.get(at))
    assert "One woman, a slip of the pen" in words(client.get(address("links", clerk)))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"reason": "Because"}, "Choose whether they are the same person"),
        ({"answer": "perhaps", "reason": "Because"}, "Choose whether they are the same person"),
        ({"answer": "same", "reason": " "}, "Say why, in a few words"),
    ],
)
def test_an_answer_that_leaves_something_out_changes_nothing(
    clerk: Hat, given: dict[str, str], why: str
) -> None:
    clash()
    answer = signed_in(clerk).post(pair(clerk), given)
    assert (answer.status_code, why in words(answer)) == (400, True)
    assert story.person() != story.person(source="LEI")


def test_a_link_can_be_undone_with_a_reason(clerk: Hat) -> None:
    join()
    client = signed_in(clerk)
    page = words(client.get(address("links", clerk)))
    assert "Joined by what agrees: Prison number" in page
    at = address("link", clerk, story.link(source="LEI"))
    assert "by the program" in words(client.get(at))
    assert "Say why" in words(client.post(at, {"reason": ""}))
    assert client.post(at, {"reason": "Two women with one number"}).status_code == 302
    assert story.person() != story.person(source="LEI")
    assert client.get(at).status_code == 404


def test_a_link_made_by_somebody_says_by_whom(clerk: Hat) -> None:
    clash()
    signed_in(clerk).post(pair(clerk), {"answer": "same", "reason": "One woman"})
    (link,) = linkage.joined(story.reviewer(), limit=5)
    page = words(signed_in(clerk).get(address("link", clerk, link.id)))
    assert "A worker said that they are one person: One woman" in page
    assert "by A data quality" in page


def test_what_is_not_there_is_not_there(clerk: Hat) -> None:
    client = signed_in(clerk)
    for name in ("pair", "link"):
        assert client.get(address(name, clerk, new_id())).status_code == 404
    assert "No links yet" in words(client.get(address("links", clerk)))


def test_settling_who_is_who_is_refused_to_other_roles() -> None:
    ravi = story.worker()
    answer = signed_in(ravi).get(address("held", ravi))
    assert (answer.status_code, "belongs to the data quality role" in words(answer)) == (403, True)
