"""The pathway in words: what is said of somebody and why, and what stays unsaid."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.plan_lines import (
    CLAIM,
    GATE,
    GP,
    HEALTH,
    HOME,
    MEETING,
    NALOXONE,
    ON,
    OTHER,
    _,
    plan,
    step,
)
from throughgate.pages import steps
from throughgate.pathway.queries import HIDDEN_HEALTH
from throughgate.pathway.rules import CoverState, Difference, Progress, Shape, Shut, Step

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
    of_a_list = said.replace("moved: ", "moved, and of the steps a list shows: ")
    assert steps.moved_on_a_list(plan(moved=moved), _) == of_a_list


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
