"""Of somebody who was asked before: what opening an assessment reads, and what they keep back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import sharing, story
from tests.contexts.clients import signed_in
from tests.packs import SCRIPT, booked
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


# By how often a page asks the database. Of a topic of which the record tells beside, for that as well.
ASKS = {
    12: "BEFORE SITTING",
    13: "BEGIN children strengths hard_times",
    15: "reasons triggers",  # of their own story
    20: "home money work culture safety daily_life overdose mind body",
    21: "substances",
    22: "matters people communication",
    23: "orders medicines",  # with their appointments, or what they take
}


def test_each_page_of_an_assessment_asks_the_database_as_often_however_much_was_said(permit: Permit) -> None:
    story.treated(SCRIPT)
    booked(permit, day=14)
    hat = story.worker()
    pages = assessing.pages(signed_in(hat), hat, story.person())
    named = {getattr(assessing, name, name): count for count, names in ASKS.items() for name in names.split()}
    assert {name: asks(ask) for name, ask in pages.items()} == named
    assessing.answer_before(permit)
    assert {name: asks(ask) for name, ask in pages.items()} == named


def asks(page: Callable[[], Any]) -> int:
    page()
    with CaptureQueriesContext(connection) as captured:
        page()
    return len(captured)


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
