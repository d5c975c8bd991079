"""From needs to a plan: what stands beside what, who is told of a change, and what nothing exists for."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from tests.packs import booked
from tests.team import called, form, joins, look, wants
from throughgate.access import actions as access
from throughgate.access.rules import Answer, Chosen
from throughgate.assessment import actions as assessment
from throughgate.assessment.needs import queries as needs
from throughgate.assessment.rules.needs import Need
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.pages.recording import sheets
from throughgate.pathway import actions as pathway
from throughgate.pathway import queries as plans
from throughgate.referral.actions import Meeting
from throughgate.sharing import actions as sharing
from throughgate.sharing.rules import Trusted
from throughgate.staff.queries import Hat
from throughgate.team import actions as team
from throughgate.team import lists, queries
from throughgate.team.rules import Goal, HardDay, MeetingWish, Outside, Reason, Task, Unmet

pytestmark = pytest.mark.django_db
NOON = story.NOON
QueryCount = Callable[[int], Any]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def permit() -> Permit:
    return story.opens(story.worker(), story.person())


@pytest.fixture
def kofi() -> Hat:
    story.organisation("STEP", "peer_support")
    return called("Kofi Footpath", role="peer_mentor", at="STEP")


@pytest.fixture
def tess() -> Hat:
    return called("Tess Umbra", role="prison_recovery_worker", at="MDI")


def needs_help(permit: Permit, domain: str = "home", how_far: str = "high", **said: str) -> None:
    need = Need(domain=domain, how_far=how_far, **said)
    assessment.record_need(permit, need, at=permit.at, form=form())


def because(permit: Permit, part: str = "started", reason: str = "loss", text: str = "") -> str:
    sent = form()
    team.give_reason(permit, Reason(part=part, reason=reason, text=text), at=permit.at, form=sent)
    return sent.key


def on_day(hat: Hat, day: int) -> Permit:
    return story.opens(hat, story.person(), at=story.noon(day))


# Needs, in the person's own order


def test_what_matters_most_to_them_comes_first_and_what_it_was_before_stays(permit: Permit) -> None:
    needs_help(permit, "money", "crisis")
    needs_help(permit, "home", "some", matters="much")
    needs_help(permit, "home", "high", matters="first")
    told = needs.needs(permit)
    assert [(each.domain, each.word.line.how_far) for each in told] == [("home", "high"), ("money", "crisis")]
    assert [each.before.line.how_far if each.before else "" for each in told] == ["some", ""]
    page = look(story.worker(), "plan")
    assert page.index("domain-home") < page.index("domain-money")
    assert "Before: Some, on Mon 2 Nov 2026." in page


def test_a_need_is_shared_as_what_it_is_about(permit: Permit) -> None:
    needs_help(permit, "home", said="I sleep at my sister's.")
    needs_help(permit, "mental_health", said="I hear things.")
    page = look(story.worker("prison_officer"), "plan")
    assert ("my sister" in page, "I hear things" in page) == (True, False)
    assert "Not shared with you, whether anything is recorded or not: Drugs and alcohol, " in page


def test_a_need_that_was_told_long_ago_is_asked_again(
    permit: Permit, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_help(permit)
    assert "Ask again" not in look(story.worker(), "plan")
    monkeypatch.setenv("TG_CLOCK", story.noon(30).replace(month=12, day=1).isoformat())
    assert "Said 29 days ago. Ask again." in look(story.worker(), "plan")


# A change reaches whoever leads


def told_of(hat: Hat, *, day: int = 3) -> list[tuple[str, str, str]]:
    permit = access.issue_list_permit(hat, purpose="direct_care", at=story.noon(day))
    return [(each.domain, each.how_far, each.before) for each in lists.waiting(permit).changed]


def leads(permit: Permit, hat: Hat, domain: str = "whole") -> None:
    team.hand_lead(
        permit, domain=domain, post_id=hat.post_id, agreed="asked", text="", at=permit.at, form=form()
    )


@pytest.fixture
def led(permit: Permit, tess: Hat, monkeypatch: pytest.MonkeyPatch) -> Permit:
    """Tess leads all of it; on the next day somebody else writes."""
    joins(permit, "Tess Umbra")
    leads(permit, tess)
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())
    return on_day(story.worker(), 3)


def test_a_change_of_need_is_told_to_whoever_leads_until_they_look(led: Permit, tess: Hat) -> None:
    needs_help(led, "home", "some")
    assert told_of(tess) == [("home", "some", "")]
    needs_help(on_day(story.worker(), 3), "home", "crisis")
    assert told_of(tess) == [("home", "crisis", "some")]
    assert "1 thing is asked of you" in words(signed_in(tess).get(address("today", tess)))
    asked = words(signed_in(tess).get(address("asked", tess)))
    assert "A need has changed. Home: Crisis, before that Some." in asked
    assert address("plan", tess, story.person()) in asked
    look(tess, "plan")
    assert told_of(tess) == []


def test_the_same_word_again_is_no_news(led: Permit, tess: Hat) -> None:
    for _time in range(2):
        needs_help(led, "home", "some")
    look(tess, "plan")
    needs_help(on_day(story.worker(), 3), "home", "some")
    assert told_of(tess) == []


def test_what_a_list_does_not_show_is_told_without_saying_what(led: Permit, tess: Hat) -> None:
    needs_help(led, "mental_health", "crisis")
    assert told_of(tess) == [("", "", "")]


def test_nobody_is_told_who_does_not_lead_has_left_said_it_themself_or_may_not_read_it(
    permit: Permit, tess: Hat, kofi: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Tess Umbra", "Kofi Footpath"):
        joins(permit, name)
    leads(permit, kofi, "mental_health")
    leads(permit, tess, "money")
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())
    hers = on_day(tess, 3)
    needs_help(hers, "mental_health", "crisis")
    needs_help(hers, "money", "high")
    assert told_of(kofi) == []  # a peer is not shown it
    assert told_of(tess) == []  # mental health is not hers to lead, and she said the rest herself
    needs_help(on_day(story.worker(), 3), "money", "crisis")
    assert told_of(tess) == [("", "", "")]
    mine = on_day(story.worker(), 3)
    team.leave(mine, post_id=tess.post_id, why="Moves", agreed="", at=story.noon(3), form=form())
    assert told_of(tess) == []


def test_whoever_took_the_lead_over_is_told_in_place_of_who_had_it(led: Permit, tess: Hat, kofi: Hat) -> None:
    joins(led)
    leads(led, kofi)
    needs_help(on_day(story.worker(), 4), "home", "crisis")
    assert told_of(tess, day=4) == []


def test_a_change_they_keep_from_somebody_is_not_told_to_them(led: Permit, tess: Hat) -> None:
    needs_help(led, "mental_health", "crisis")
    kept = Chosen(
        organisation_id=tess.organisation_id,
        topic="mental_health",
        purpose="",
        answer=Answer.KEEP_BACK,
    )
    access.rebuild_choices(
        led, person_ids=[story.person()], said=[access.Said(person_id=story.person(), chosen=kept)]
    )
    assert told_of(tess) == []


# Goals, tasks and reasons


def test_a_task_is_shared_like_the_goal_it_serves_and_stands_beneath_it(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    goal = wants(permit, "drugs_alcohol", "To stop")
    for task in (
        Task(text="Go to the group", is_theirs=True, serves=goal),
        Task(text="Fetch her", who="Sam Sponsor", serves=goal),
    ):
        team.ask(permit, task, at=permit.at, form=form())
    kinds = rows("SELECT kind, category FROM record_entry WHERE kind LIKE 'goaltask%%'")
    assert kinds == [("goaltask_drugs_alcohol", "treatment_medicines")] * 2
    page = look(story.worker(), "plan")
    for said in ("<strong>the person themself</strong>: Go to the group.", "<strong>Sam Sponsor</strong>"):
        assert said in page
    assert "Go to the group" not in look(story.worker("prison_officer"), "plan")


def test_how_far_a_task_is_is_shared_like_the_task(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    sent = form()
    task = Task(text="Ring", post_id=kofi.post_id, serves=wants(permit))
    team.ask(permit, task, at=permit.at, form=sent)
    assert asked_of_housing(kofi) == []
    again = story.opens(story.worker(), story.person())
    team.say_of_task(again, key=sent.key, state="not_yet", text="", at=permit.at, form=form())
    assert rows("SELECT kind FROM record_entry WHERE kind LIKE 'goaltaskword%%'") == [("goaltaskword_home",)]
    assert "Cannot be done yet" in look(story.worker(), "plan")


def asked_of_housing(hat: Hat) -> list[lists.Asked]:
    """A peer is not shown housing, so not what serves a goal about it."""
    return lists.waiting(access.issue_list_permit(hat, purpose="resettlement", at=NOON)).asked


def test_a_task_for_a_goal_that_is_not_there_is_refused(permit: Permit) -> None:
    with pytest.raises(Refused, match="Choose what it is for"):
        team.ask(permit, Task(text="Ring", is_theirs=True, serves="none"), at=permit.at, form=form())


def test_a_goal_that_is_not_needed_any_more_says_so_and_is_over(permit: Permit) -> None:
    key = wants(permit)
    for state, is_open in (("not_yet", True), ("not_needed", False)):
        team.say_of_goal(permit, key=key, state=state, text="", at=permit.at, form=form())
        assert queries.goals(permit)[key].is_open is is_open


def test_what_a_worker_suggests_is_kept_with_what_they_say_to_it(permit: Permit) -> None:
    goal = Goal(domain="home", whose="worker", text="Go to a hostel", agreed="could_not")
    team.set_goal(permit, goal, at=permit.at, form=form())
    assert "They could not answer" in look(story.worker(), "plan")


def test_the_page_says_while_no_goal_is_tied_to_their_own_causes(permit: Permit) -> None:
    assert "What started it, and what keeps it going, is not recorded." in look(story.worker(), "plan")
    key = because(permit, text="My mother died.")
    because(permit, "protects", "pet")
    untied = "No goal that you can see is tied to what they say started it or keeps it going."
    assert untied in look(story.worker(), "plan")
    goal = Goal(domain="purpose", whose="person", text="To visit her grave", reason=key)
    team.set_goal(permit, goal, at=permit.at, form=form())
    page = look(story.worker(), "plan")
    assert untied not in page
    assert "Tied to their own reason: Losing somebody. In their words: “My mother died.”" in page


def test_a_reason_is_told_to_nobody_who_is_not_shown_their_story(permit: Permit) -> None:
    because(permit, text="My mother died.")
    page = look(story.worker("prison_officer"), "plan")
    assert "mother" not in page
    assert "What started it" not in page
    assert "Not shared with you" in page


def test_a_goal_is_tied_to_no_reason_that_its_writer_is_not_shown(permit: Permit) -> None:
    key = because(permit)
    officer = story.opens(story.worker("prison_officer"), story.person(), purpose="supervision")
    goal = Goal(domain="justice", whose="person", text="To go", reason=key)
    with pytest.raises(Refused, match="Choose which reason"):
        team.set_goal(officer, goal, at=NOON, form=form())


# What is suggested


def test_what_would_make_it_worth_it_comes_first_and_drives_what_is_offered(permit: Permit) -> None:
    because(permit, "worth", "work", "To cook again.")
    page = look(story.worker(), "plan")
    assert "What would make it worth it: Work or learning. In their words: “To cook again.”" in page
    assert f"{address('sheet', story.worker(), story.person(), 'appointment')[-22:]}?what=jobcentre" in page


def test_mental_health_beside_drugs_asks_for_a_lead_of_each(permit: Permit) -> None:
    needs_help(permit, "mental_health", "some")
    assert "lead/?domain=mental_health" not in look(story.worker(), "plan")
    needs_help(permit, "drugs_alcohol", "some")
    page = look(story.worker(), "plan")
    assert "lead/?domain=mental_health" in page
    assert "Mental health and drugs or alcohol together" in page


def test_no_need_suggests_nothing(permit: Permit) -> None:
    needs_help(permit, "family", "none")
    assert "Contact with their children" not in look(story.worker(), "plan")


def test_a_pregnancy_that_the_prison_knows_of_suggests_planning_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())
    need = {
        "problemType": "MATSTAT",
        "problemCode": "PREG",
        "problemStatus": "ON",
        "problemDescription": "Pregnant",
        "startDate": "2026-10-01",
    }
    story.bring_in(story.document(personalCareNeeds=[need]), as_at=story.noon(3))
    assert "Pregnancy and parenting" in look(story.worker(), "plan")


def test_what_was_booked_of_a_prompt_stands_beside_it(permit: Permit) -> None:
    needs_help(permit, "family")
    booked(permit, Meeting("family_services", "Ms Loom", "Visits hall"), day=9)
    booked(permit, Meeting("housing", "Openhand", "Key Court"), day=9)
    page = look(story.worker(), "plan")
    assert "Booked: Mon 9 Nov 2026, " in page
    assert ("Ms Loom, Visits hall" in page, "Openhand" in page) == (True, False)


def test_each_prompt_fills_in_a_sheet_that_takes_it(permit: Permit) -> None:
    for row in code_set("plan_prompt_deeds").rows:
        controls = sheets.named(row["sheet"]).controls(permit)
        assert {each.partition("=")[0] for each in row["typed"].split("&")} <= set(controls), row


# Hard days


def test_a_hard_day_asks_who_looks_in_on_them_and_tells_them_nothing_of_why(
    permit: Permit, kofi: Hat
) -> None:
    joins(permit)
    sent = form()
    day = HardDay(falls_on=date(1999, 12, 24), is_yearly=True, text="My brother died.", helps="A call.")
    team.name_hard_day(permit, day, at=permit.at, form=sent)
    page = look(story.worker(), "plan")
    assert "Thu 24 Dec 2026" in page
    assert "Nobody is asked to look in on them." in page
    assert f"serves={sent.key}&text=Look+in+on+them&by_day=24&by_month=12" in page
    task = Task(text="Look in on her", post_id=kofi.post_id, by_on=date(2026, 12, 24), serves=sent.key)
    team.ask(permit, task, at=permit.at, form=form())
    assert "Kofi Footpath, Organisation STEP: Look in on her." in look(story.worker(), "plan")
    assert [each.text for each in asked_of_housing(kofi)] == ["Look in on her"]
    assert "My brother" not in look(kofi) + look(kofi, "plan") + look(kofi, "person")


def test_a_hard_day_that_comes_stands_among_the_steps_of_who_may_know_of_it(permit: Permit) -> None:
    for day in (date(2026, 11, 20), date(2026, 11, 27)):
        with pathway.in_step(permit):
            team.name_hard_day(permit, HardDay(falls_on=day, text="The trial."), at=permit.at, form=form())
    plan = plans.plan(permit)
    assert plan
    assert [each.due_on for each in plan.steps if each.code == "hard_day"] == [date(2026, 11, 19)]
    officer = plans.plan(story.opens(story.worker("prison_officer"), story.person(), at=permit.at))
    assert officer
    assert "hard_day" not in {each.code for each in officer.steps}


def test_a_hard_day_that_is_over_is_not_shown_as_to_come(
    permit: Permit, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = HardDay(falls_on=date(2026, 11, 4), text="The trial.")
    team.name_hard_day(permit, day, at=permit.at, form=form())
    monkeypatch.setenv("TG_CLOCK", story.noon(5).isoformat())
    assert "The trial." not in look(story.worker(), "plan")


# The team beside it


def test_somebody_without_an_account_stands_on_the_team_until_they_leave(permit: Permit) -> None:
    sponsor = {"name": "Sam Sponsor", "reach": "01632 960002"}
    on = Outside(holds=True, text="Rings on Sundays", agreed="asked", **sponsor)
    team.name_outside(permit, on, at=permit.at, form=form())
    assert "<strong>Sam Sponsor</strong><br>01632 960002. Rings on Sundays." in look(story.worker())
    gone = Outside(holds=False, text="Moves away", **sponsor)
    team.name_outside(permit, gone, at=permit.at, form=form())
    assert "Sam Sponsor" not in look(story.worker())


def test_where_they_want_to_be_seen_and_whom_they_trust_stand_on_the_team(permit: Permit) -> None:
    page = look(story.worker())
    assert page.partition("Whom they trust")[2].count("Not recorded") >= 2
    wish = MeetingWish(setting="walking", worker="A woman", text="")
    team.wish_for_meetings(permit, wish, at=permit.at, form=form())
    nan = Trusted(holds=True, name="Nan Marlowe", relation="grandmother", may_be_told="the day")
    sharing.trust(permit, nan, at=permit.at, form=form())
    page = look(story.worker())
    assert "Outside, or walking. With whom: A woman." in page
    assert "<strong>Nan Marlowe</strong><br>Grandmother. May be told: the day." in page
    assert "Nan Marlowe" not in look(story.worker("prison_officer"))


# The page


def test_a_plan_goes_with_them_to_another_prison(permit: Permit, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_help(permit, said="I sleep at my sister's.")
    wants(permit)
    monkeypatch.setenv("TG_CLOCK", story.noon(5).isoformat())
    story.bring_in(story.document(prisonId="LEI"), as_at=story.noon(5))
    page = look(story.worker(at="LEI"), "plan")
    assert ("my sister" in page, "A door of my own" in page) == (True, True)


def test_without_a_plan_the_page_says_how_one_comes_to_be() -> None:
    page = look(story.worker(), "plan")
    for said in (
        "Nothing is on the plan that you can see",
        "No hard day that you can see",
        "Not recorded yet:",
    ):
        assert said in page


# Session, worker, hat, relationships, the audit row; who, look-alikes; identities, entries and what they say
# of the plan, of needs and of care; what was answered; posts; organisations and workers named.
QUERIES = 28


def test_the_page_of_a_plan_costs_a_bounded_number_of_queries(
    permit: Permit, kofi: Hat, django_assert_max_num_queries: QueryCount
) -> None:
    joins(permit)
    for domain in ("home", "money", "family"):
        needs_help(permit, domain)
        key = wants(permit, domain)
        team.ask(permit, Task(text="Go", is_theirs=True, serves=key), at=permit.at, form=form())
        gap = Unmet(domain=domain, place="Here", text="Nothing")
        team.find_unmet(permit, gap, at=permit.at, form=form())
    because(permit)
    hat = story.worker()
    client, url = signed_in(hat), address("plan", hat, story.person())
    client.get(url)
    with django_assert_max_num_queries(QUERIES):
        client.get(url)
