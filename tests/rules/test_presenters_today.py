"""Today and the pathway in words: what is said of somebody and why, and what stays unsaid."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit
from throughgate.pages import steps
from throughgate.pages.components.shapes import ReadyItem
from throughgate.pages.person.pathway import Pathway, Reader, every_step, pathway
from throughgate.pages.today import presenters
from throughgate.pages.today.forms import LONG, Asked, read
from throughgate.pages.wording import current
from throughgate.pathway.queries import HIDDEN_HEALTH, HIDDEN_OTHER, PlanLine, Tab, TodayRow
from throughgate.pathway.rules import CoverState, Difference, Progress, Shape, Shut, Step
from throughgate.staff.queries import Hat

ON = date(2026, 11, 20)
GATE = date(2026, 12, 3)
_ = current()
ALL = frozenset({"custody_legal", "treatment_medicines", "plan_appointments", "housing"})


def step(code: str, due_on: date, progress: Progress = Progress.NOT_STARTED, **rest: Any) -> Step:
    told = {"stage": "before_release", "category": "plan_appointments", **rest}
    return Step(code=code, due_on=due_on, progress=progress, **told)


def plan(*found: Step, **rest: Any) -> PlanLine:
    told: dict[str, Any] = {
        "shape": Shape.PLANNED,
        "custody_from": None,
        "leaves_on": GATE,
        "leaves_certainty": "confirmed",
        "was_leaving_on": None,
        "hearing_on": None,
        "left_on": None,
        "cover": CoverState.NONE,
        "cover_until": None,
        "seen_on": None,
        "missing": 0,
        "urgency": 0,
        "reasons": (),
        "moved": None,
        "refreshed_on": ON,
    }
    return PlanLine(steps=found, **{**told, **rest})


GP = step("gp", date(2026, 11, 5), Progress.LATE, item="gp", category="physical_health")
MEETING = step("meeting", date(2026, 12, 1), item="meeting")
HOME = step("home", date(2026, 11, 26), Progress.IN_HAND, item="home", category="housing")
HOME_OPEN = step("home", date(2026, 11, 26), item="home", category="housing")
NALOXONE = step("naloxone", date(2026, 11, 26), Progress.CONFIRMED, item="naloxone")
CLAIM = step("benefit_claim", date(2026, 11, 19), Progress.NOT_KNOWN)
OTHER = Step(code=HIDDEN_OTHER, due_on=ON, progress=Progress.LATE, stage="", category="")
HEALTH = Step(code=HIDDEN_HEALTH, due_on=ON, progress=Progress.LATE, stage="", category="")


# The order of what comes next


def test_today_comes_first_then_what_is_late_then_what_is_to_come() -> None:
    today = step("joint_meeting", ON)
    older = step("refer_housing", date(2026, 10, 8), Progress.LATE, item="home", category="housing")
    hopeless = step("review_12_weeks", date(2026, 9, 10), Progress.LATE, is_impossible=True)
    given = plan(hopeless, older, GP, CLAIM, today, HOME, NALOXONE, MEETING, HEALTH)
    found = [each.code for each in steps.next_steps(given, on=ON)]
    assert found == [
        "joint_meeting",
        "gp",
        "refer_housing",  # about the same as "home", which is therefore left out
        "review_12_weeks",
        "meeting",
        HIDDEN_HEALTH,
        "benefit_claim",
    ]


def test_what_is_late_to_be_asked_waits_for_what_is_late_to_be_done() -> None:
    asked = step("comprehensive", date(2026, 11, 16), Progress.LATE)
    home = step("pack_home", date(2026, 11, 5), Progress.LATE, item="home", category="housing")
    found = [each.code for each in steps.next_steps(plan(asked, home, MEETING), on=ON)]
    assert found == ["pack_home", "comprehensive", "meeting"]


def test_nothing_open_leaves_nothing_next() -> None:
    assert steps.next_steps(plan(NALOXONE), on=ON) == []


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ((NALOXONE, GP), "late"),
        ((HEALTH,), "late"),
        ((NALOXONE,), "confirmed"),
        ((NALOXONE, MEETING), "in_hand"),
        ((HOME,), "in_hand"),
        ((MEETING, GP), "not_known"),
        ((), "not_started"),
    ],
)
def test_somebody_stands_as_their_steps_do(found: tuple[Step, ...], state: str) -> None:
    assert steps.state_of(plan(*found)) == state


def test_somebody_of_whom_a_worker_began_something_stands_as_that_does() -> None:
    begun = step("pack_plan", date(2026, 11, 1), Progress.IN_HAND, item="plan")
    assert steps.state_of(plan(begun, MEETING)) == "in_hand"
    assert steps.state_of(plan(MEETING, cover=CoverState.ENDS)) == "not_started"


@pytest.mark.parametrize(
    ("found", "told", "is_blank"),
    [
        ((GP, MEETING), {}, True),
        ((GP, step("ask_day", ON, Progress.CONFIRMED)), {}, True),
        ((GP, HEALTH), {"cover": None}, True),
        ((GP, NALOXONE), {}, False),
        ((GP, HOME), {}, False),
        ((GP,), {"cover": CoverState.NOT_KNOWN}, False),
        ((GP,), {"reasons": ("not_reached",)}, False),
        ((HEALTH,), {}, False),
        ((), {}, False),
    ],
    ids=[
        "nothing at all",
        "a day that the prison tells",
        "and what is not shared",
        "one thing confirmed",
        "one thing in hand",
        "a medicine",
        "somebody tried to reach them",
        "nothing that they may see",
        "no steps",
    ],
)
def test_of_whom_nothing_is_recorded(
    found: tuple[Step, ...], told: dict[str, Any], *, is_blank: bool
) -> None:
    assert steps.is_blank(plan(*found, **told)) is is_blank


# Words


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "leaves Thu 3 Dec"),
        ({"was_leaving_on": date(2026, 12, 7)}, "leaves Thu 3 Dec (was Mon 7 Dec)"),
        ({"was_leaving_on": GATE}, "leaves Thu 3 Dec"),
        ({"leaves_on": date(2027, 1, 4)}, "leaves Mon 4 Jan 2027"),
        ({"leaves_on": date(2026, 11, 18)}, "leaving date Wed 18 Nov is past"),
        ({"left_on": date(2026, 11, 7), "was_leaving_on": date(2026, 11, 9)}, "left Sat 7 Nov"),
        ({"leaves_on": None}, ""),
    ],
)
def test_when_they_leave_and_when_it_was(told: dict[str, Any], said: str) -> None:
    assert steps.leaving(plan(**told), ON, _) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (step("ask_day_off", ON), "leaves Thu 3 Dec, a day off, so perhaps before: ask"),
        (step("ask_earlier_day", ON), "leaves Thu 3 Dec, or the day the law presumes before it: ask"),
        (step("ask_day_off", ON, Progress.CONFIRMED), "leaves Thu 3 Dec"),
    ],
)
def test_a_day_that_may_be_another_is_not_said_bare(found: Step, said: str) -> None:
    assert steps.leaving(plan(found), ON, _) == said


@pytest.mark.parametrize(
    ("cover", "said"),
    [
        (None, ""),
        (CoverState.NONE, ""),
        (CoverState.COVERED, "Medicine lasts until Thu 17 Dec, and they are booked to be seen by then."),
        (
            CoverState.NOWHERE,
            "Medicine lasts until Thu 17 Dec, and no pharmacy is known to be open the day after they leave.",
        ),
        (CoverState.ENDS, "Medicine ends Thu 17 Dec, and nobody is booked by then."),
        (CoverState.ENDED, "Medicine ended Thu 17 Dec, and nobody has told of more."),
        (CoverState.BROKEN, "Medicine was missed several times in a row: ask for a prescriber's review."),
        (CoverState.NOT_KNOWN, "Medicine is told of, and not until when it lasts."),
    ],
)
def test_how_long_medicine_lasts(cover: CoverState | None, said: str) -> None:
    assert steps.cover(plan(cover=cover, cover_until=date(2026, 12, 17)), ON, _) == said


XMAS = Shut(first=date(2026, 12, 25), last=date(2026, 12, 28), is_told=True)
WEEKENDS = Shut(first=date(2026, 12, 5), last=date(2026, 12, 6), is_told=True, weekdays=(5, 6))
AGREE, MEDICINES = "Agree doses for the days the pharmacy is shut", "treatment_medicines"


def shut(days: Shut, code: str = "shut_days", progress: Progress = Progress.NOT_STARTED) -> Step:
    return step(code, date(2026, 12, 18), progress, category=MEDICINES, shut=days)


@pytest.mark.parametrize(
    ("given", "what", "said"),
    [
        (
            shut(XMAS),
            f"{AGREE}: Fri 25 Dec to Mon 28 Dec",
            "The pharmacy is shut Fri 25 Dec to Mon 28 Dec, and nobody has said what is agreed for then.",
        ),
        (
            shut(replace(XMAS, is_told=False)),
            f"{AGREE}: Fri 25 Dec to Mon 28 Dec (check: it may be)",
            "The pharmacy may be shut Fri 25 Dec to Mon 28 Dec, and nobody has said what is agreed for then.",
        ),
        (
            shut(replace(XMAS, last=XMAS.first)),
            f"{AGREE}: Fri 25 Dec",
            "The pharmacy is shut Fri 25 Dec, and nobody has said what is agreed for then.",
        ),
        (
            shut(WEEKENDS, "shut_weekly"),
            (
                "Agree doses for the days of each week on which the pharmacy is shut:"
                " every Saturday and Sunday"
            ),
            ("The pharmacy is shut every Saturday and Sunday, and nobody has said what is agreed for then."),
        ),
        (shut(XMAS, progress=Progress.CONFIRMED), f"{AGREE}: Fri 25 Dec to Mon 28 Dec", ""),
    ],
    ids=["told", "not known", "one day", "every week", "agreed"],
)
def test_the_days_a_pharmacy_is_shut(given: Step, what: str, said: str) -> None:
    assert steps.what(given, _) == what
    assert steps.shut(plan(given), ON, _) == said


def test_days_it_is_shut_that_are_over_are_not_said_any_more() -> None:
    assert steps.shut(plan(shut(WEEKENDS, "shut_weekly")), date(2026, 12, 7), _) == ""


def test_days_it_is_shut_come_with_the_end_of_medicine_as_a_reason() -> None:
    given = plan(shut(XMAS), cover=CoverState.COVERED, reasons=("shut", "leaves_soon"))
    assert steps.reasons(given, ON, _) == [steps.shut(given, ON, _)]


def test_a_day_in_court_may_be_the_day_they_leave() -> None:
    court = date(2026, 11, 26)
    given = plan(shape=Shape.REMAND, leaves_on=None, hearing_on=court)
    assert steps.leaving(given, ON, _) == "in court Thu 26 Nov, and may leave from there"
    assert steps.undecided(given, _) == ""
    line = steps.gate(given, on=ON, _=_)
    assert line is not None
    assert "Thu 26 Nov" in [label.words for label in line.labels]
    assert steps.leaving(plan(hearing_on=date(2026, 12, 30)), ON, _) == "leaves Thu 3 Dec"


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (None, ""),
        (Difference(earlier=0, later=0, impossible=0), ""),
        (Difference(earlier=6, later=0, impossible=2), "The day moved: 6 steps earlier, 2 now impossible."),
        (Difference(earlier=0, later=1, impossible=0), "The day moved: 1 step later."),
    ],
)
def test_what_a_moved_day_did_to_the_steps(moved: Difference | None, said: str) -> None:
    assert steps.moved(plan(moved=moved), _) == said


def test_who_is_seen_too_late_is_told_from_whom_nobody_expects() -> None:
    given = plan(cover=CoverState.ENDS, cover_until=date(2026, 12, 17), seen_on=date(2026, 12, 21))
    assert steps.cover(given, ON, _) == "Medicine ends Thu 17 Dec, and they are seen only Mon 21 Dec."
    line = steps.gate(given, on=ON, _=_)
    assert line is not None
    assert [label.words for label in line.labels if label.row] == ["seen Mon 21 Dec"]


def test_reasons_are_sentences_and_what_is_said_of_medicine_has_its_day() -> None:
    given = plan(
        cover=CoverState.ENDS,
        cover_until=date(2026, 11, 22),
        reasons=("cover_ends_soon", "no_home", "nobody_meets"),
    )
    assert steps.reasons(given, ON, _) == [
        "Medicine ends Sun 22 Nov, and nobody is booked by then.",
        "Nowhere to sleep is confirmed.",
        "Nobody is to meet them.",
    ]


@pytest.mark.parametrize(
    ("each", "what", "when"),
    [
        (GP, "Register them with a GP", "was due Thu 5 Nov"),
        (step("joint_meeting", ON), "Meet with all who help: one diary, one plan", "today"),
        (MEETING, "Confirm who meets them at the gate", "by Tue 1 Dec"),
        (HEALTH, "A health step is late", ""),
        (OTHER, "Another step is late", ""),
    ],
)
def test_a_step_says_what_by_when_and_one_not_shared_only_that_it_is_late(
    each: Step, what: str, when: str
) -> None:
    assert (steps.what(each, _), steps.due(each, ON, _)) == (what, when)
    assert bool(steps.why(each, _)) == bool(steps.who(each, _)) == (each not in {HEALTH, OTHER})


def test_the_gate_line_is_told_in_words_too() -> None:
    given = plan(
        GP,
        MEETING,
        was_leaving_on=date(2026, 12, 7),
        cover=CoverState.ENDS,
        cover_until=date(2026, 12, 17),
    )
    line = steps.gate(given, on=ON, _=_)
    assert line is not None
    assert line.title == (
        "Leaves Thu 3 Dec (was Mon 7 Dec). Steps: 1 not started, 1 late."
        " Medicine ends Thu 17 Dec, and nobody is booked by then."
    )
    assert line.today.words == "today"
    assert [label.words for label in line.labels if label.is_needed] == [
        "12 weeks",
        "Thu 3 Dec",
        "day 21",
        "was Mon 7 Dec",
    ]
    assert line.rows == 2


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (Shape.REMAND, "No day to leave on is told. Any hearing may free them."),
        (Shape.OPEN, "No day to leave on is told yet."),
    ],
)
def test_without_a_day_the_words_stand_alone(shape: Shape, said: str) -> None:
    given = plan(shape=shape, leaves_on=None)
    assert steps.gate(given, on=ON, _=_) is None
    assert steps.undecided(given, _) == said
    assert steps.undecided(plan(), _) == ""


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
    assert person.what == (
        "Medicine ends Thu 17 Dec, and nobody is booked by then. Was due Thu 5 Nov: register them with a GP."
    )
    assert [mark.words for mark in person.marks] == ["Speaks Welsh"]
    assert "<title>Leaves Thu 3 Dec (was Mon 7 Dec). Steps: 1 late." in person.line


def test_a_row_without_much_known_says_so() -> None:
    bare = row(
        plan(leaves_on=None), name="", birth_date=None, prison_number=None, cell="", language="", prison=""
    )
    (person,) = shown(bare)["people"]
    assert (person.name, person.who, person.when) == ("Name not recorded", "", "")
    assert (person.what, person.line, person.marks) == ("Nothing is open.", "", ())


def test_a_step_of_another_category_is_a_health_step_that_is_late() -> None:
    (person,) = shown(row(plan(HEALTH)))["people"]
    assert (person.state, person.what) == ("late", "A health step is late.")


def test_that_nothing_is_recorded_is_said_once_and_with_it_where_to_begin() -> None:
    given = plan(GP, MEETING, reasons=("first_days", "no_home", "no_naloxone", "late"))
    (person,) = shown(row(given))["people"]
    assert person.state == "not_known"
    assert person.what == (
        "They left in the last 14 days."
        " No step that you can see is recorded yet. To begin: register them with a GP."
    )


def test_what_is_not_shared_and_late_is_said_though_nothing_else_is_recorded() -> None:
    (person,) = shown(row(plan(HOME_OPEN, HEALTH)))["people"]
    assert person.what == (
        "No step that you can see is recorded yet. To begin: confirm where they sleep the first night."
        " A health step is late."
    )


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
