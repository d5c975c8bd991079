"""A long record on one page, to read on or to print."""

from urllib.parse import parse_qs, urlparse

import pytest

from tests import story
from tests.contexts.clients import address, signed_in
from throughgate.pages.person import forms
from throughgate.record import actions as record
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
CELLS = 120  # more than one short page, fewer than one long one


@pytest.fixture
def ravi() -> Hat:
    story.bring_in(story.document())
    told = [
        story.told_cell(story.identity(), f"B-{number}", as_at=story.days_after(story.noon(3), -number))
        for number in range(CELLS)
    ]
    record.add_many(story.feed(), told)
    story.organisation("PATH")
    return story.worker(at="PATH", works_in=["MDI"])


def shown(hat: Hat, query: str) -> tuple[int, str]:
    """How many cells the page tells, and its text."""
    text = signed_in(hat).get(address("person", hat, story.person()) + query).content.decode()
    return text.count('datetime="'), text


def test_a_page_shows_the_newest_and_offers_more_of_them(ravi: Hat) -> None:
    count, text = shown(ravi, "")
    assert count <= forms.SHORT
    assert "entries=300" in text


def test_a_long_page_holds_all_of_a_record_and_offers_no_more(ravi: Hat) -> None:
    count, text = shown(ravi, "?entries=300")
    assert count > CELLS
    assert "entries=300" not in text


def test_only_the_length_that_is_offered_can_be_asked_for(ravi: Hat) -> None:
    assert shown(ravi, "?entries=100000")[0] == shown(ravi, "")[0]


def test_a_topic_goes_along_to_the_longer_page(ravi: Hat) -> None:
    _, text = shown(ravi, "?topic=custody")
    (link,) = [part.split('"')[0] for part in text.split('href="') if "entries=300" in part.split('"')[0]]
    asked = parse_qs(urlparse(link.replace("&amp;", "&")).query)
    assert (asked["topic"], asked["entries"]) == (["custody"], ["300"])
