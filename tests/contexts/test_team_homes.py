"""The home of each role: its day begins on a page it may see, and every page it leads to opens."""

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.team import called, joins, leaves
from throughgate.access import policy
from throughgate.pages import homes
from throughgate.pathway.queries import Tab

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", policy.roles())
def test_every_page_that_a_home_leads_to_opens(role: str) -> None:
    hat = story.worker(role)
    places = homes.places(hat)
    assert places
    for place in places:
        answer = signed_in(hat).get(place.url(hat))
        assert answer.status_code == 200
        assert f'<a href="{place.url(hat)}" aria-current="page">{place.label}</a>' in words(answer)


def test_of_the_places_a_page_is_within_the_nearest_is_where_one_is() -> None:
    hat = story.worker("prison_governor")
    start, burden, _gaps = homes.places(hat)
    page = words(signed_in(hat).get(burden.url(hat)))
    assert f'<a href="{start.url(hat)}">Start</a>' in page


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("prison_governor", "A governor opens nobody's record, and reads figures that name nobody."),
        ("commissioner", "how it was, how it is now, and what made the difference."),
    ],
)
def test_a_role_without_pages_of_its_own_is_told_what_it_can_do(role: str, said: str) -> None:
    hat = story.worker(role)
    page = words(signed_in(hat).get("/", follow=True))
    assert said in page
    assert "Everyone here" not in page


def test_a_housing_worker_looks_ahead_first() -> None:
    hat = story.worker("housing_worker")
    assert homes.tabs(hat)[0] is Tab.TWELVE_WEEKS
    page = words(signed_in(hat).get("/", follow=True))
    assert 'aria-current="page">Next 12 weeks</a>' in page


def test_who_just_left_stands_first_where_people_come_after_leaving() -> None:
    hat = story.worker("community_prescriber")
    assert homes.tabs(hat)[0] is Tab.LEFT
    page = words(signed_in(hat).get("/", follow=True))
    assert 'aria-current="page">Left in the last 21 days</a>' in page


@pytest.mark.parametrize("role", ["court_probation", "liaison_diversion"])
def test_at_court_the_day_begins_with_everyone_most_of_whom_were_never_in_prison(role: str) -> None:
    page = words(signed_in(story.worker(role)).get("/", follow=True))
    assert 'aria-current="page">Everyone here</a>' in page


def test_a_mentor_begins_with_what_is_asked_and_with_those_they_walk_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document())
    story.organisation("STEP", "peer_support")
    kofi = called("Kofi Footpath", role="peer_mentor", at="STEP")
    permit = story.opens(story.worker(), story.person())
    browser = signed_in(kofi)
    assert "Whose team you are on" not in words(browser.get("/", follow=True))
    joins(permit)
    page = words(browser.get("/", follow=True))
    assert "On the team since Mon 2 Nov 2026." in page
    assert address("recording", kofi, story.person()) in page
    leaves(permit, kofi)
    assert "Whose team you are on" not in words(browser.get("/", follow=True))


def test_every_home_offers_every_tab_once() -> None:
    """What cannot wait is offered by those that can do something about it."""
    for role in policy.roles():
        tabs = homes.tabs(story.worker(role))
        assert len(tabs) == len({*tabs})
        assert {*tabs} | {Tab.CANNOT_WAIT} == {*Tab}
