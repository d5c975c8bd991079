"""Plans on lists: each tab holds whom it says, page by page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests import story
from tests.contexts.plans import confirms, leaving, listed, looks, opened, planned
from throughgate.pathway import queries
from throughgate.pathway.queries import (
    Tab,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_ninth")]

# Today


def people(**days: str) -> None:
    """One prison's extract, with the day each of them leaves on."""
    story.bring_in(
        *(
            leaving(
                day,
                prisonerNumber=f"A{1000 + number}AA",
                bookingId=str(number),
                firstName="PAT",
                lastName=name.upper(),
                receptionDate="2026-08-01",
                lastMovementDate="2026-08-01",
            )
            for number, (name, day) in enumerate(days.items())
        )
    )


def test_each_tab_holds_whom_it_says() -> None:
    people(Past="2026-11-05", Soon="2026-11-15", Later="2026-11-16", Far="2027-02-02")
    story.bring_in(
        leaving(
            "2027-03-01",
            firstName="PAT",
            lastName="NEW",
            lastMovementDate="2026-11-08",
            receptionDate="2026-11-08",
        ),
        leaving("2026-11-20", prisonerNumber=story.GETHIN, bookingId="g", firstName="PAT", lastName="GONE"),
        as_at=story.noon(8),
    )
    gone = story.released(
        story.GETHIN, bookingId="g", firstName="PAT", lastName="GONE", lastMovementDate="2026-11-09"
    )
    story.bring_in(gone, as_at=story.noon(9))
    permit = looks()
    assert {tab: listed(permit, tab) for tab in Tab if tab is not Tab.READY_BUT_FOR} == {
        Tab.CANNOT_WAIT: [],
        Tab.THIS_WEEK: ["Pat Past", "Pat Soon"],
        Tab.TWELVE_WEEKS: ["Pat Soon", "Pat Later"],
        Tab.ARRIVED: ["Pat New"],
        Tab.LEFT: ["Pat Gone"],
    }


def test_who_is_back_on_recall_has_arrived_although_the_prison_is_still_concerned_from_before() -> None:
    story.bring_in(leaving("2026-11-03"))
    story.bring_in(story.released(), as_at=story.noon(4))
    back = {"bookingId": "1200002", "receptionDate": "2026-11-08", "lastMovementDate": "2026-11-08"}
    story.bring_in(story.document(**back, legalStatus="RECALL", recall=True), as_at=story.noon(8))
    assert listed(looks(), Tab.ARRIVED) == ["Dee Marlowe"]
    assert listed(looks(), Tab.LEFT) == []


def test_ready_but_for_holds_those_of_whom_little_is_missing() -> None:
    people(Soon="2026-11-30", Other="2026-11-30")
    assert listed(looks(), Tab.READY_BUT_FOR) == []
    permit = opened(key="A1000AA")
    permit = replace(permit, write=permit.write | {"mental_health", "physical_health"})
    for item in ("plan", "medicines", "naloxone", "mental_health", "gp", "appointment", "meeting"):
        confirms(permit, item, form_key=item)
    assert listed(looks(), Tab.READY_BUT_FOR) == ["Pat Soon"]


def test_pages_of_a_tab_lead_on_without_losing_or_repeating_anybody() -> None:
    people(Ash="2026-11-12", Birch="2026-11-11", Cedar="2026-11-11", Dale="2026-11-13")
    permit = looks()
    first = queries.today(permit, tab=Tab.THIS_WEEK, limit=2).rows
    rest = listed(permit, Tab.THIS_WEEK, after=first[-1].person_id)
    assert [row.name for row in first] + rest == ["Pat Birch", "Pat Cedar", "Pat Ash", "Pat Dale"]
    assert (first[0].prison, first[0].cell, first[0].prison_number) == ("MDI", "A-1-001", "A1001AA")


def test_nobody_of_another_prison_is_in_any_tab_nor_gives_a_place() -> None:
    people(Ash="2026-11-12")
    permit = looks(story.worker(at="LEI"))
    assert [listed(permit, tab) for tab in Tab] == [[]] * len(Tab)
    hidden = story.person("A1000AA")
    assert listed(permit, Tab.THIS_WEEK, after=hidden) == []


def test_a_plan_and_a_page_of_today_cost_one_query_each(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    people(**{f"N{number}": "2026-11-12" for number in range(60)})
    permit, list_permit = opened(key="A1000AA"), looks()
    with django_assert_num_queries(1):
        planned(permit)
    with django_assert_num_queries(1):
        assert len(listed(list_permit, Tab.THIS_WEEK)) == 50


def test_what_one_role_has_just_read_is_not_read_by_another() -> None:
    people(Ash="2026-11-12")
    nurse = looks(story.worker("prison_healthcare"))
    for permit in (nurse, looks(story.worker("prison_officer")), nurse):
        (row,) = queries.today(permit, tab=Tab.THIS_WEEK).rows
        seen = {step.category for step in row.plan.steps}
        assert seen - {""} <= permit.categories
        assert ("treatment_medicines" in seen) == (permit is nurse)


def test_a_plan_is_read_anew_once_it_has_changed() -> None:
    people(Ash="2026-11-12")
    permit = opened(key="A1000AA")
    before = planned(permit)
    assert planned(permit) is before
    confirms(permit, "home")
    assert planned(permit).missing == before.missing - 1
