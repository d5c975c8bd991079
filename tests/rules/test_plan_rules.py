"""What a plan is made of, what it suggests, and what is refused before anything of it is kept."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from throughgate.assessment import instruments
from throughgate.assessment.rules import needs
from throughgate.assessment.rules.keeping import YES_NO
from throughgate.foundation.codesets import code_set
from throughgate.team import rules
from throughgate.team.rules import Goal, HardDay, MeetingWish, Outside, Reason, Task, Unmet

TODAY = date(2026, 11, 9)
KOFI = UUID(int=1)
LINE, LONG = "a" * 201, "a" * 4001
TOO_LONG_A_LINE = "This holds up to 200 characters. Write a note for more."
TOO_LONG = "This holds up to 4,000 characters. Write a note for more."

GOALS: Mapping[str, tuple[dict[str, Any], dict[str, str]]] = {
    "their own, without being asked whether they agree": ({}, {}),
    "their own, tied to a reason they gave": ({"reason": "r1"}, {}),
    "a worker's, that they agree with": ({"whose": "worker", "agreed": "agreed"}, {}),
    "a worker's, that they do not agree with": ({"whose": "worker", "agreed": "not_agreed"}, {}),
    "a worker's, where they could not answer": ({"whose": "worker", "agreed": "could_not"}, {}),
    "a worker's, and nobody asked them": (
        {"whose": "worker"},
        {"agreed": "Say whether they agree with what you suggest."},
    ),
    "an answer there is not": ({"agreed": "nodded"}, {"agreed": "Choose whether they agree."}),
    "a reason that is not theirs": ({"reason": "r9"}, {"tied_to": "Choose which reason it is tied to."}),
}


@pytest.mark.parametrize(("said", "wrong"), GOALS.values(), ids=GOALS)
def test_what_is_wrong_with_a_goal(said: dict[str, Any], wrong: dict[str, str]) -> None:
    goal = replace(Goal(domain="home", whose="person", text="A door"), **said)
    assert rules.wrong_with_goal(goal, offered=["home"], reasons=["r1"], today=TODAY) == wrong


TASKS: Mapping[str, tuple[dict[str, Any], dict[str, str]]] = {
    "asked of one of the team": ({"post_id": KOFI}, {}),
    "asked of somebody without an account": ({"who": "Sam Sponsor"}, {}),
    "done by the person": ({"is_theirs": True}, {}),
    "for a goal": ({"is_theirs": True, "serves": "g1"}, {}),
    "asked of nobody": ({}, {"post": "Choose who is asked."}),
    "asked of somebody who is not on the team": ({"post_id": UUID(int=2)}, {"post": "Choose who is asked."}),
    "asked of two": (
        {"post_id": KOFI, "who": "Sam"},
        {"post": "You choose somebody, and write another name. Leave one of the two."},
    ),
    "for a goal that is not there": (
        {"is_theirs": True, "serves": "g9"},
        {"serves": "Choose what it is for."},
    ),
    "a name like a novel": ({"who": LINE}, {"who": TOO_LONG_A_LINE}),
    "nothing to do": ({"is_theirs": True, "text": ""}, {"text": "Say what is to be done."}),
}


@pytest.mark.parametrize(("said", "wrong"), TASKS.values(), ids=TASKS)
def test_what_is_wrong_with_a_task(said: dict[str, Any], wrong: dict[str, str]) -> None:
    task = replace(Task(text="Ring"), **said)
    assert rules.wrong_with_task(task, members={KOFI}, served={"", "g1"}, today=TODAY) == wrong


REASONS: Mapping[str, tuple[dict[str, str], dict[str, str]]] = {
    "a code alone": ({}, {}),
    "something else, in words": ({"reason": "other", "text": "The noise."}, {}),
    "a part this role does not write": (
        {"part": "worth", "reason": "home"},
        {"part": "Choose what it does."},
    ),
    "no reason": ({"reason": ""}, {"which": "Choose the reason."}),
    "a reason that does not do that": (
        {"reason": "pet"},
        {"which": "This reason does not do that. Choose another, or “Something else” in their words."},
    ),
    "something else, without a word": ({"reason": "other"}, {"text": "Write it in their words."}),
    "a novel": ({"text": LONG}, {"text": TOO_LONG}),
    "no part": ({"part": "", "reason": "pet"}, {"part": "Choose what it does."}),
}


@pytest.mark.parametrize(("said", "wrong"), REASONS.values(), ids=REASONS)
def test_what_is_wrong_with_a_reason(said: dict[str, str], wrong: dict[str, str]) -> None:
    reason = replace(Reason(part="started", reason="pain"), **said)
    assert rules.wrong_with_reason(reason, parts=["started"]) == wrong


def test_every_reason_does_something_there_is() -> None:
    parts = set(code_set("reason_parts").labels())
    for row in code_set("reasons").rows:
        assert set(row["parts"].split("|")) <= parts, row["code"]


DAYS: Mapping[str, tuple[dict[str, Any], dict[str, str]]] = {
    "today": ({}, {}),
    "each year, and first long ago": ({"falls_on": date(1989, 5, 4), "is_yearly": True}, {}),
    "no day": ({"falls_on": None}, {"falls_on": "Enter the day, such as 27 3 2027."}),
    "once, and past": (
        {"falls_on": date(2026, 11, 8)},
        {"falls_on": "This day is past. Say that it comes each year, or choose one that is still to come."},
    ),
    "in a year nobody plans for": (
        {"falls_on": date(2062, 11, 9)},
        {"falls_on": "This day is more than five years away. Check the year."},
    ),
    "no words": ({"text": ""}, {"text": "Write what day it is, in their words."}),
    "a novel": ({"helps": LONG}, {"helps": TOO_LONG}),
}


@pytest.mark.parametrize(("said", "wrong"), DAYS.values(), ids=DAYS)
def test_what_is_wrong_with_a_hard_day(said: dict[str, Any], wrong: dict[str, str]) -> None:
    day = replace(HardDay(falls_on=TODAY, text="My mother died"), **said)
    assert rules.wrong_with_hard_day(day, today=TODAY) == wrong


@pytest.mark.parametrize(
    ("on", "is_yearly", "expected"),
    [
        (date(2026, 11, 9), False, date(2026, 11, 9)),
        (date(2026, 12, 24), False, date(2026, 12, 24)),
        (date(2026, 11, 8), False, None),
        (date(1989, 11, 9), True, date(2026, 11, 9)),
        (date(1989, 11, 8), True, date(2027, 11, 8)),
        (date(2024, 2, 29), True, date(2027, 2, 28)),
    ],
)
def test_a_hard_day_comes_next_on(on: date, is_yearly: bool, expected: date | None) -> None:
    assert rules.next_of(on, is_yearly=is_yearly, today=TODAY) == expected


def test_what_is_missing_says_where_and_what() -> None:
    said = Unmet(domain="home", place="Anywhere", text="No place for two.")
    assert rules.wrong_with_unmet(said, offered=["home"]) == {}
    nothing = Unmet(domain="weather", place="", text="")
    assert rules.wrong_with_unmet(nothing, offered=["home"]) == {
        "domain": "Choose what it is about.",
        "place": "Write where: a town, a prison, a service.",
        "text": "Write what is not there.",
    }
    assert rules.wrong_with_unmet(replace(said, place=LINE), offered=["home"]) == {"place": TOO_LONG_A_LINE}


OUTSIDERS: Mapping[str, tuple[dict[str, Any], dict[str, str]]] = {
    "on it, and they asked for it": ({"agreed": "asked"}, {}),
    "on it, and nobody asked them": ({}, {"agreed": "Choose how the person agreed."}),
    "on it no more, and nobody could ask": ({"holds": False}, {}),
    "on it no more, and they nodded": (
        {"holds": False, "agreed": "nodded"},
        {"agreed": "Choose how the person agreed."},
    ),
    "nobody, with nothing said": (
        {"holds": None, "name": "", "text": "", "agreed": "asked"},
        {
            "name": "Write what they are called.",
            "holds": "Choose whether they are on the team.",
            "text": "Say what they are on the team for, or why they leave.",
        },
    ),
    "lines like novels": (
        {"agreed": "asked", "name": LINE, "works_for": LINE, "reach": LINE},
        dict.fromkeys(("name", "works_for", "reach"), TOO_LONG_A_LINE),
    ),
}


@pytest.mark.parametrize(("said", "wrong"), OUTSIDERS.values(), ids=OUTSIDERS)
def test_what_is_wrong_with_somebody_without_an_account(said: dict[str, Any], wrong: dict[str, str]) -> None:
    outside = replace(Outside(holds=True, name="Sam", text="Rings on Sundays"), **said)
    assert rules.wrong_with_outside(outside) == wrong


def test_where_they_want_to_be_seen_is_one_of_the_table() -> None:
    assert rules.wrong_with_meeting_wish(MeetingWish(setting="walking")) == {}
    assert rules.wrong_with_meeting_wish(MeetingWish(setting="moon", worker=LINE, text="a" * 1001)) == {
        "setting": "Choose where they want to be seen.",
        "worker": TOO_LONG_A_LINE,
        "text": "This holds up to 1,000 characters. Write a note for more.",
    }


# What the plan suggests


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (set(), []),
        ({"need:family"}, ["contact"]),
        ({"care:MATSTAT"}, ["parenting"]),
        ({"worth:pregnancy"}, ["parenting"]),
        ({"need:mental_health"}, []),
        ({"need:mental_health", "need:drugs_alcohol"}, ["both"]),
        ({"need:physical_health"}, ["care_act"]),
        ({"need:safety", "worth:work"}, ["safer_custody", "worth_work"]),
        ({"answer:pregnancy:yes"}, ["parenting"]),
        ({"answer:pregnancy:no"}, []),
        ({"answer:children_contact:visits"}, ["contact"]),
        ({"answer:care_assessment:yes"}, ["care_act"]),
        ({"answer:mind_help:want"}, []),
        ({"answer:mind_help:want", "need:drugs_alcohol"}, ["both"]),
        ({"answer:safer_custody:yes"}, ["safer_custody"]),
        ({"answer:worth_it:own_home"}, ["worth_home"]),
    ],
)
def test_what_the_plan_suggests_follows_from_what_is_known(known: set[str], expected: list[str]) -> None:
    assert rules.prompts(known) == expected


def test_an_answer_that_raises_a_prompt_is_one_that_is_offered() -> None:
    raised = {each for row in code_set("plan_prompts").rows for each in re.split(r"[|+]", row["raised_by"])}
    offered = {
        f"answer:{question.concept}:{code}"
        for form in instruments.every()
        for question in form.questions
        for code in ({choice.code for choice in question.choices} or YES_NO)
    }
    assert {each for each in raised if each.startswith("answer:")} <= offered


def test_a_reason_is_asked_as_what_there_is() -> None:
    asked = {each for row in code_set("reason_parts").rows for each in row["asked_as"].split("|")}
    assert asked <= instruments.concepts().keys()


def test_a_prompt_is_about_a_need_and_leads_somewhere() -> None:
    prompts = {row["code"]: row["domain"] for row in code_set("plan_prompts").rows}
    assert set(prompts.values()) <= set(code_set("need_domains").labels())
    leads_to = {row["prompt"]: set[str]() for row in code_set("plan_prompt_deeds").rows}
    for row in code_set("plan_prompt_deeds").rows:
        leads_to[row["prompt"]].add(row["sheet"])
    assert leads_to.keys() == prompts.keys()
    assert all("goal" in sheets and len(sheets) > 1 for sheets in leads_to.values())


def test_a_goal_is_tied_to_their_own_causes_or_it_is_not() -> None:
    assert rules.is_tied(["", "r1"], {"r1"})
    assert not rules.is_tied(["", "r2"], {"r1"})
    assert [rules.is_cause(part) for part in ("started", "keeps", "protects", "worth", "x")] == [
        *(True, True),
        *(False, False, False),
    ]


def test_each_need_serves_an_aim() -> None:
    domains = list(code_set("need_domains").labels())
    assert sum(rules.by_aim(domains).values()) == len(domains)
    assert rules.by_aim(["home", "home", "weather"])["housing"] == 2
    assert list(rules.by_aim([])) == [
        *("engagement", "housing", "health", "relationships"),
        *("money", "purpose", "safety", "recovery_capital"),
    ]


# In which order, and how long a word on a need holds


def test_a_plan_opens_in_their_own_order_then_by_how_great_a_need_is() -> None:
    told = [("not_now", "crisis"), ("", "some"), ("", "crisis"), ("some", "none"), ("first", "some")]
    assert sorted(told, key=lambda each: needs.place(*each)) == [
        *(("first", "some"), ("some", "none"), ("", "crisis")),
        *(("", "some"), ("not_now", "crisis")),
    ]


@pytest.mark.parametrize(
    ("domain", "said_on", "is_stale"),
    [
        ("home", date(2026, 10, 12), False),
        ("home", date(2026, 10, 11), True),
        ("communication", date(2026, 10, 11), False),
        ("weather", date(1989, 5, 4), False),
    ],
)
def test_a_need_is_asked_again_once_its_days_are_over(domain: str, said_on: date, is_stale: bool) -> None:
    assert needs.is_stale(domain, said_on, on=TODAY) is is_stale


def test_only_no_need_stands_in_nobodys_way() -> None:
    levels = code_set("need_levels").labels()
    assert [level for level in levels if not needs.stands_in_the_way(level)] == ["none"]
    assert set(levels) == set(needs.GREATEST_FIRST)
