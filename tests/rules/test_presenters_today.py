"""Today and the pathway on a record: what is said of somebody and why, and what stays unsaid."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.rules.plan_lines import (
    ALL,
    CLAIM,
    GP,
    HEALTH,
    HOME,
    HOME_OPEN,
    MEETING,
    NALOXONE,
    ON,
    _,
    plan,
    step,
)
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit
from throughgate.pages.components.shapes import ReadyItem
from throughgate.pages.person.pathway import Pathway, Reader, every_step, pathway
from throughgate.pages.today import presenters
from throughgate.pages.today.forms import LONG, Asked, read
from throughgate.pathway.queries import PlanLine, Tab, TodayRow
from throughgate.pathway.rules import CoverState, Progress, Step
from throughgate.staff.queries import Hat

# Today

HAT = Hat(
    post_id=new_id(),
    worker_id=new_id(),
    worker_name="Ravi Inkwell",
    role="prison_recovery_worker",
    team_name="Day team",
    organisation_id=new_id(),
    organisation_name="Moorland",
    works_in=(),
    is_active=True,
)


def permit(categories: frozenset[str] = ALL) -> ListPermit:
    return ListPermit(
        id=new_id(),
        worker_id=HAT.worker_id,
        post_id=HAT.post_id,
        organisation_id=HAT.organisation_id,
        organisation_ids=frozenset(),
        role=HAT.role,
        purpose="direct_care",
        categories=categories,
        at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    )


def row(found: PlanLine, **rest: Any) -> TodayRow:
    told: dict[str, Any] = {
        "person_id": new_id(),
        "name": "Dee Lantern",
        "birth_date": date(1989, 5, 4),
        "language": "cy",
        "arrived_on": date(2026, 11, 17),
        "prison_number": "A1001ZZ",
        "prison": "SAX",
        "cell": "D-3-014",
        "is_minimum_unread": False,
    }
    return TodayRow(plan=found, **{**told, **rest})


def shown(*rows: TodayRow, tab: Tab = Tab.THIS_WEEK, length: int = 50, **rest: Any) -> dict[str, Any]:
    asked = Asked(tab=tab, length=length)
    return presenters.today(HAT, permit(**rest), asked, rows, [])


def test_a_row_says_who_when_what_matters_now_and_why() -> None:
    given = plan(GP, cover=CoverState.ENDS, cover_until=date(2026, 12, 17), was_leaving_on=date(2026, 12, 7))
    (person,) = shown(row(given))["people"]
    assert person.state == "late"
    assert person.name == "Dee Lantern"
    assert person.who == "born 4 May 1989 · A1001ZZ · D-3-014"
    assert person.when == "leaves Thu 3 Dec (was Mon 7 Dec)"
    assert person.what == "Medicine ends Thu 17 Dec, and nobody is booked by then."
    assert person.todo == "Was due Thu 5 Nov: register them with a GP (prison healthcare)."
    assert [mark.words for mark in person.marks] == ["Speaks Welsh"]
    assert "<title>Leaves Thu 3 Dec (was Mon 7 Dec). Steps: 1 late." in person.line


def test_a_row_without_much_known_says_so() -> None:
    bare = row(
        plan(leaves_on=None), name="", birth_date=None, prison_number=None, cell="", language="", prison=""
    )
    (person,) = shown(bare)["people"]
    assert (person.name, person.who, person.when) == ("Name not recorded", "", "")
    assert (person.what, person.todo, person.line, person.marks) == ("Nothing is open.", "", "", ())


def test_a_step_of_another_category_is_a_health_step_that_is_late() -> None:
    (person,) = shown(row(plan(HEALTH)))["people"]
    assert (person.state, person.what, person.todo) == ("late", "A health step is late.", "")


def test_that_nothing_is_recorded_is_said_once_and_with_it_where_to_begin() -> None:
    given = plan(GP, MEETING, reasons=("first_days", "no_home", "no_naloxone", "late"))
    (person,) = shown(row(given))["people"]
    assert person.state == "not_known"
    assert person.what == "No step that you can see is recorded yet."
    assert person.todo == "To begin: register them with a GP (prison healthcare)."


def test_what_is_not_shared_and_late_is_said_though_nothing_else_is_recorded() -> None:
    (person,) = shown(row(plan(HOME_OPEN, HEALTH)))["people"]
    assert person.what == "No step that you can see is recorded yet. A health step is late."
    assert person.todo == "To begin: confirm where they sleep the first night (community offender manager)."


def test_those_who_left_stand_in_an_order_that_is_told_as_far_as_it_may_be() -> None:
    assert shown(tab=Tab.THIS_WEEK)["order"] == []
    order = shown(tab=Tab.LEFT)["order"]
    assert order[0] == "They told of something that cannot wait."
    assert order[-1] == "A step is late."
    assert len(order) == len(set(order))
    without_medicines = shown(tab=Tab.LEFT, categories=frozenset({"custody_legal"}))["order"]
    assert "Medicine has run out." not in without_medicines


def test_who_arrived_says_when() -> None:
    (person,) = shown(row(plan()), tab=Tab.ARRIVED)["people"]
    assert person.when == "arrived Tue 17 Nov"


def test_ready_but_for_names_what_is_missing_and_that_something_is_not_shared() -> None:
    given = plan(HOME, MEETING, NALOXONE, missing=3)
    (person,) = shown(row(given), tab=Tab.READY_BUT_FOR)["people"]
    assert person.what == "Ready but for: home tonight, somebody to meet them, something not shared with you."


def test_one_person_more_than_fits_is_another_page_and_there_is_no_total() -> None:
    rows = [row(plan()) for _each in range(3)]
    page = shown(*rows, length=2, tab=Tab.LEFT)
    assert len(page["people"]) == 2
    assert page["next_url"].endswith(f"?tab=left&after={rows[1].person_id}")
    assert page["longer_url"].endswith(f"?tab=left&people={LONG}")
    whole = shown(*rows, length=3)
    assert (whole["next_url"], whole["longer_url"]) == ("", "")


@pytest.mark.parametrize("tab", list(Tab))
def test_an_empty_tab_says_who_will_stand_there(tab: Tab) -> None:
    page = shown(tab=tab)
    assert page["empty_title"].startswith("Nobody")
    assert "appear when" in page["empty_why"]
    assert [each.label for each in page["tabs"] if each.is_current] == [page["title"]]
    assert page["tabs"][-1].label == "Everyone here"


def test_who_does_not_see_custody_on_lists_is_told_so() -> None:
    assert shown(categories=frozenset())["is_shared"] is False


def test_what_cannot_be_read_of_an_address_asks_for_nothing() -> None:
    person_id = UUID("01a20000-0000-7000-8000-000000000000")
    assert read({}) == read({"tab": "attic", "after": "nonsense", "people": "7"}) == Asked()
    assert read({"tab": "left", "after": str(person_id), "people": "300"}) == Asked(
        tab=Tab.LEFT, after=person_id, length=LONG
    )


# On the record

READER = Reader(
    on=ON,
    read=ALL | {"physical_health"},
    write=ALL,
    sheets={what: f"/{what}/" for what in ("any", "before", "contact", "naloxone", "ready", "release-date")},
    steps_url="/steps/",
    packs_url="/packs/",
    ask_url="/ask/",
)


def told(*found: Step, **rest: Any) -> Pathway:
    return pathway(plan(*found, **rest), READER, _)


def test_three_things_come_next_each_with_who_when_why_and_where_to_record_it() -> None:
    contact = step("contact_1", ON, is_verified=False)
    shown_next = told(GP, CLAIM, MEETING, HOME, contact).next
    assert [each.what for each in shown_next] == [
        "Reach them on day 1",
        "Register them with a GP",
        "Confirm where they sleep the first night",
    ]
    assert [each.url for each in shown_next] == ["/contact/", "/any/", "/ready/?item=home"]
    assert [each.check for each in shown_next] == ["local practice: check", "", ""]
    assert shown_next[1].who == "Prison healthcare"
    assert shown_next[1].why.startswith("A practice may take them from four weeks before")


@pytest.mark.parametrize(
    ("code", "url"),
    [
        ("naloxone_offer", "/naloxone/"),
        ("ask_day", "/release-date/"),
        ("ask_prescriber", "/before/?topic=script"),
        ("substance_assessment", "/any/"),
        ("cover_end", "/any/"),
        ("outreach", "/contact/"),
    ],
)
def test_a_step_leads_to_the_nearest_sheet_that_is_offered(code: str, url: str) -> None:
    assert [each.url for each in told(step(code, ON)).next] == [url]


@pytest.mark.parametrize("code", ["pack", "pack_agreed", "pack_given", "pack_outdated"])
def test_a_step_about_the_pack_leads_to_the_pack(code: str) -> None:
    assert [each.url for each in told(step(code, ON)).next] == ["/packs/"]


def test_a_step_of_the_assessment_leads_to_asking() -> None:
    assert [each.url for each in told(step("comprehensive", ON)).next] == ["/ask/"]


def test_what_could_never_be_in_time_says_so_and_what_is_hidden_has_no_button() -> None:
    hopeless = step("review_12_weeks", date(2026, 9, 10), Progress.LATE, is_impossible=True)
    late, hidden = every_step(plan(hopeless, HEALTH), READER, _)
    assert late.why.endswith("It was due before anybody could know of it.")
    assert hidden == ("late", "A health step is late", "", "", "", "", "")


def test_readiness_names_every_item_and_what_is_not_shared_has_no_state() -> None:
    assert told(HOME, GP, NALOXONE).ready == (
        ReadyItem("Naloxone", "confirmed", "/ready/?item=naloxone"),
        ReadyItem("Mental-health care", ""),
        ReadyItem("A GP", "late", "/any/", "was due Thu 5 Nov · Prison healthcare"),
        ReadyItem("Identity papers and bank account", ""),
        ReadyItem(
            "Home tonight", "in_hand", "/ready/?item=home", "by Thu 26 Nov · Community offender manager"
        ),
    )


def test_the_gate_is_told_beside_its_picture() -> None:
    assert told().leaving == "Leaves Thu 3 Dec."
    assert told(leaves_on=None).leaving == "No day to leave on is told yet."
    assert told(left_on=ON - timedelta(days=2)).leaving == "Left Wed 18 Nov."
