"""What a person reads in their own book of the plan they share, and of texts about them that went out."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from tests import story
from tests.contexts.clients import beside_them, words
from tests.contexts.pages import said
from tests.packs import form
from tests.team import asks, called, joins, wants
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.needs import Need
from throughgate.foundation.permits import Permit
from throughgate.staff.queries import Hat
from throughgate.summaries import actions as summaries
from throughgate.summaries import queries, rules
from throughgate.team import actions as team
from throughgate.team.rules import HardDay, Task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def ravi() -> Permit:
    return story.opens(story.worker(), story.person())


@pytest.fixture
def kofi() -> Hat:
    return called("Kofi Footpath", role="prison_recovery_worker", at="MDI")


@pytest.fixture
def dee() -> Client:
    return beside_them(story.worker())


def page(client: Client, url: str) -> str:
    return said(words(client.get(url)))


def test_without_a_plan_the_sheet_stands_alone(dee: Client) -> None:
    found = page(dee, "/mine/plan/")
    assert ("If something goes wrong" in found, "What I want" in found) == (True, False)


def test_what_she_wants_stands_with_who_does_what_for_it_and_how_far_it_is(
    ravi: Permit, kofi: Hat, dee: Client
) -> None:
    joins(ravi)
    goal = wants(ravi)
    serving = Task(text="Find the deposit.", serves=goal, is_theirs=True, by_on=date(2026, 11, 9))
    team.ask(ravi, serving, at=ravi.at, form=form())
    team.say_of_goal(ravi, key=goal, state="not_yet", text="No room is free", at=ravi.at, form=form())
    asks(ravi, kofi)
    found = page(dee, "/mine/plan/")
    assert "What I want A door of my own Home It can not be done yet. No room is free" in found
    assert "Find the deposit. Me. By Monday 9 November 2026." in found
    assert "What someone does for me Ring her sister Kofi Footpath, Moorland (HMP & YOI)." in found


def test_days_that_are_hard_stand_with_what_helps_the_next_first(ravi: Permit, dee: Client) -> None:
    for day, text in ((date(2026, 12, 24), "Mam's birthday"), (date(2026, 11, 20), "The day he died")):
        hard = HardDay(falls_on=day, text=text, is_yearly=True, helps="Ring Ann")
        team.name_hard_day(ravi, hard, at=ravi.at, form=form())
    found = page(dee, "/mine/plan/").partition("Days that may be hard")[2]
    assert found.index("Friday 20 November 2026 The day he died Ring Ann") < found.index("Mam's birthday")


def sent(ravi: Permit) -> UUID:
    need = Need(domain="home", how_far="high", said="My sister's sofa")
    assessment.record_need(ravi, need, at=ravi.at, form=form())
    heard = {rules.token(fact) for fact in queries.offer(ravi, "housing").facts}
    return summaries.make(ravi, "housing", agreed=heard, way="spoke", form=form())


def test_texts_about_her_that_went_out_stand_with_where_they_went(ravi: Permit, dee: Client) -> None:
    assert "No text about you was sent." in page(dee, "/mine/sharing/")
    made_id = sent(ravi)
    assert "No text about you was sent." in page(dee, "/mine/sharing/")
    summaries.give(ravi, made_id, way="posted", text="", form=form())
    summaries.enter_elsewhere(ravi, made_id, system="systmone", form=form())
    summaries.revoke(ravi, made_id, why="The wrong sister.", form=form())
    found = page(dee, "/mine/sharing/").partition("What was sent about you")[2]
    assert "Housing referral Moorland (HMP & YOI) Monday 2 November 2026: " in found
    assert "Monday 2 November 2026: Posted" in found
    assert "Monday 2 November 2026: Put into SystmOne." in found
    assert "Taken back on Monday 2 November 2026." in found
