"""How much people are asked, for those who plan services: figures of an organisation, and nobody's name."""

from typing import Any
from uuid import UUID

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import said as shown_words
from throughgate.access import actions as access
from throughgate.assessment import actions as assessment
from throughgate.assessment import queries
from throughgate.assessment.rules.answers import Said
from throughgate.assessment.rules.shapes import Answer
from throughgate.foundation.ids import new_id
from throughgate.record.rules import Form
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


@pytest.fixture
def planner() -> Hat:
    return story.worker("commissioner")


def asks(hat: Hat, number: str, *, day: int = 2, **rest: Any) -> None:
    """A first night of two minutes, with answers of two categories."""
    permit = story.opens(hat, story.person(number), at=story.noon(day))
    yes = Answer(state="answered", value="yes")
    usual: dict[str, Any] = {"sitting": new_id(), "seconds": 120, "way": "worker"}
    usual["answers"] = {"pregnancy": yes, "overdose_last_month": yes}
    said = Said(
        instrument="standard",
        version="1",
        stage="first_night",
        topic="tonight",
        setting="custody",
        **usual | rest,
    )
    assessment.record_answers(permit, said, at=permit.at, form=Form(str(new_id())))


def page(hat: Hat) -> str:
    return shown_words(words(signed_in(hat).get(address("burden", hat))))


def told(planner: Hat) -> list[queries.Asked]:
    return queries.asked(access.issue_cohort_permit(planner, page="burden", at=story.noon(9)))


def test_an_organisation_reads_what_it_asked_and_what_others_asked_shortly_before(
    ravi: Hat, planner: Hat
) -> None:
    numbers = [f"A{1000 + each}AA" for each in range(5)]
    story.bring_in(*(story.document(number, lastName=f"Marlowe {number}") for number in numbers))
    for number in numbers:
        asks(ravi, number)
        asks(ravi, number, again_because="He came back.")
    (figures,) = told(planner)
    assert figures[1:] == (10, 5, 20, 5, 5, 2, 5)  # a pregnancy again, and no overdose: that is asked afresh
    shown = page(planner)
    assert "Moorland (HMP & YOI) 10 5 20 5 5 2 5" in shown
    assert "Marlowe" not in shown


def test_a_question_is_asked_again_where_its_answer_was_known_and_not_old(
    ravi: Hat, planner: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.bring_in(story.document())

    def again(day: int, **answer: Any) -> int:
        monkeypatch.setenv("TG_CLOCK", story.noon(day).isoformat())
        given = Answer(**{"state": "answered", "value": "yes", **answer})
        asks(ravi, story.DEE, day=day, answers={"pregnancy": given}, again_because="x")
        found = queries.asked(access.issue_cohort_permit(planner, page="burden", at=story.noon(day)))
        return found[0].asked_again

    assert again(9, state="prefer_not", value="") == 0
    assert again(10) == 0  # what nobody said was not known
    assert again(11) == 1
    assert again(29) == 1  # two weeks later it has to be asked


def test_figures_about_a_few_people_are_left_out(ravi: Hat, planner: Hat) -> None:
    story.bring_in(story.document())
    asks(ravi, story.DEE, sitting=UUID(int=7))
    asks(ravi, story.DEE, sitting=UUID(int=7), way="self")
    assert told(planner)[0].sittings == 1
    shown = page(planner)
    assert "Asked too few people for any figure:" in shown
    assert "Figures about fewer than 5 people are left out" in shown


def test_nobody_asked_says_so_and_other_roles_are_refused(ravi: Hat, planner: Hat) -> None:
    assert "Nobody was asked yet" in page(planner)
    assert "Nobody was asked yet" in page(story.worker("prison_governor"))
    assert "roles that plan or manage services" in page(ravi)
