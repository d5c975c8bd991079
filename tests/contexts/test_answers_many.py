"""Of somebody who was asked before: what opening an assessment reads, and what they keep back."""

from typing import Any

import pytest

from tests import sharing, story
from throughgate.assessment import instruments, queries
from throughgate.assessment.rules import asking, guard
from throughgate.assessment.rules.guard import Way
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.wiring.bench import assessing

pytestmark = pytest.mark.django_db


@pytest.fixture
def permit(monkeypatch: pytest.MonkeyPatch) -> Permit:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    monkeypatch.setattr(assessing, "EARLIER", 40)
    story.bring_in(story.document())
    story.organisation("PATH")
    permit = story.opens(story.worker(), story.person())
    assert assessing.answer_before(permit) >= assessing.EARLIER
    return permit


def ways(permit: Permit) -> list[Way]:
    return guard.shorter(
        asking.at_stage(instruments.newest(assessing.FORM), assessing.STAGE),
        queries.known(permit),
        concepts=instruments.concepts(),
        on=clock.day_of(permit.at),
        purpose=permit.purpose,
    )


def settled(permit: Permit) -> int:
    return sum(len(way.settled) for way in ways(permit))


def categories(permit: Permit) -> set[str]:
    return {each.category for told in queries.known(permit).values() for each in told}


def test_an_assessment_opens_with_two_queries_however_much_was_asked(
    permit: Permit, django_assert_num_queries: Any
) -> None:
    assessing.opened(permit)
    with django_assert_num_queries(2):
        assert assessing.opened(permit)


def test_what_one_service_asked_the_next_need_not_ask_until_it_is_kept_back(permit: Permit) -> None:
    there = story.worker("community_treatment_worker", "PATH", works_in=["MDI"])
    before = settled(story.opens(there, story.person()))
    assert "housing" in categories(story.opens(there, story.person()))
    sharing.says(story.opens(story.worker(), story.person()), "keep_back", to="PATH")
    after = story.opens(there, story.person())
    assert settled(after) < before
    assert "housing" not in categories(after)
    sharing.says(story.opens(story.worker(), story.person()), "take_back", to="PATH", day=10)
    assert settled(story.opens(there, story.person())) == before
