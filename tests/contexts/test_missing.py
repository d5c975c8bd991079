"""What nothing exists for: on a plan, on the list of who found it, and in figures that name nobody."""

from datetime import timedelta

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import said as shown_words
from tests.team import form, look
from throughgate.foundation.permits import Permit
from throughgate.staff.queries import Hat
from throughgate.team import actions as team
from throughgate.team.rules import Unmet

pytestmark = pytest.mark.django_db
NOON = story.NOON


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def permit() -> Permit:
    return story.opens(story.worker(), story.person())


def test_what_does_not_exist_stands_on_the_plan_and_on_the_list_of_who_found_it(permit: Permit) -> None:
    gap = Unmet(domain="home", place="Anywhere", text="No place for two with a dog.")
    team.find_unmet(permit, gap, at=permit.at, form=form())
    assert "Anywhere. No place for two with a dog." in look(story.worker(), "plan")
    hat = story.worker()
    page = words(signed_in(hat).get(address("unmet", hat)))
    assert "Home. Anywhere. No place for two with a dog." in page
    story.organisation("PATH")
    other = story.worker("community_treatment_worker", "PATH", works_in=["MDI"])
    assert "with a dog" not in words(signed_in(other).get(address("unmet", other)))


def test_what_a_list_does_not_show_is_not_on_the_list_of_what_is_missing(permit: Permit) -> None:
    gap = Unmet(domain="mental_health", place="Anywhere", text="No psychologist.")
    team.find_unmet(permit, gap, at=permit.at, form=form())
    hat = story.worker()
    assert "psychologist" not in words(signed_in(hat).get(address("unmet", hat)))
    assert "psychologist" in look(hat, "plan")


def gaps(planner: Hat) -> str:
    return shown_words(words(signed_in(planner).get(address("gaps", planner))))


def test_planners_read_what_is_missing_for_enough_people_and_nobodys_name(permit: Permit) -> None:
    planner = story.worker("commissioner")
    assert "Nothing was found missing" in gaps(planner)
    numbers = [f"A{1000 + each}AA" for each in range(5)]
    story.bring_in(*(story.document(number, lastName=f"Marlowe {number}") for number in numbers))
    places = ("Anywhere", "anywhere ", "Anywhere", "ANYWHERE", "Anywhere")
    for number, place in zip(numbers, places, strict=True):
        assert "Home 5" not in gaps(planner)
        theirs = story.opens(story.worker(), story.person(number))
        team.find_unmet(theirs, Unmet(domain="home", place=place, text="No bed."), at=NOON, form=form())
    team.find_unmet(theirs, Unmet(domain="home", place="Elsewhere", text="No bed."), at=NOON, form=form())
    page = gaps(planner)
    assert (
        "Home 5 6 1 Anywhere" in page
    )  # people, times, organisations; where one person needed it is left out
    assert not {"Marlowe", "Elsewhere", "No bed"} & {*page.replace(".", "").split()}
    assert "Marlowe" not in page


def test_what_was_missing_long_ago_or_is_for_one_worker_alone_is_not_counted(
    permit: Permit, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.find_unmet(permit, Unmet(domain="home", place="Anywhere", text="No bed."), at=NOON, form=form())
    planner = story.worker("commissioner")
    assert "Home" in gaps(planner)
    monkeypatch.setenv("TG_CLOCK", (NOON + timedelta(days=366)).isoformat())
    assert "Nothing was found missing" in gaps(planner)


def test_who_plans_nothing_reads_no_figures() -> None:
    assert "roles that plan or manage services" in gaps(story.worker())
