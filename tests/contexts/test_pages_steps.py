"""Every step of a pathway, as a worker's browser asks for it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
QueryCount = Callable[[int], Any]
QUERIES = 8  # session, worker, hat, permit and its audit row, banner, look-alikes, plan, and the end of leave


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    leaves = {"receptionDate": "2026-06-01", "conditionalReleaseDate": "2026-11-12"}
    story.bring_in(story.document(legalStatus="SENTENCED", **leaves))


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def test_every_step_of_a_person_stands_on_a_page_of_its_own_with_why(
    ravi: Hat, django_assert_num_queries: QueryCount
) -> None:
    client, page = signed_in(ravi), address("steps", ravi, story.person())
    client.get(page)
    with django_assert_num_queries(QUERIES):
        answered = client.get(page)
    assert "Court can free anybody without notice" in words(answered)
    assert "Leaves Thu 12 Nov." in words(answered)


def test_whoever_is_not_shown_custody_is_shown_no_step_and_told_what_decides_that() -> None:
    mentor = story.worker("peer_mentor")
    page = words(signed_in(mentor).get(address("steps", mentor, story.person())))
    assert "There is no pathway to show" in page
    assert "as far as custody is shared with your role" in page
    assert "tg-steps" not in page
