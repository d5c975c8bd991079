"""When a place is open and how to find it, as its organisation wrote it."""

from datetime import date

import pytest

from throughgate.directory import place_file, rules
from throughgate.directory.rules import Landmark, OpenOn, Span, State
from throughgate.foundation.errors import Refused

DAY, MORNING = Span("09:00", "17:00"), Span("09:00", "12:30")
CHRISTMAS = date(2026, 12, 25)  # a Friday
HEAD = ",".join(place_file.COLUMNS)
WRITTEN = (
    "PATH,MILL,Pathlight,,12 Mill Lane|Anywhere,ZZ99 3VZ,01632 960001,no,no,"
    "mon-fri 09:00-17:00,the station n 6"
)


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("mon-fri 09:00-17:00", {5, 6}),
        ("mon-sun closed", {0, 1, 2, 3, 4, 5, 6}),
        ("mon-sun 09:00-17:00; holiday closed", set()),
        ("", set()),
    ],
    ids=["the days nobody named", "never open", "bank holidays are no day of the week", "nothing written"],
)
def test_the_days_of_each_week_on_which_it_is_known_to_be_shut(text: str, weekdays: set[int]) -> None:
    hours = rules.Hours(rules.week(text), holidays=set())
    assert {weekday for weekday in range(7) if hours.is_shut_every(weekday)} == weekdays


@pytest.mark.parametrize(
    ("text", "day", "open_on"),
    [
        pytest.param("mon-fri 09:00-17:00", "2026-12-03", OpenOn(State.OPEN, (DAY,)), id="a day of the span"),
        pytest.param("mon-fri 09:00-17:00", "2026-12-05", OpenOn(State.CLOSED), id="a day nobody named"),
        pytest.param("sat 09:00-12:30", "2026-12-05", OpenOn(State.OPEN, (MORNING,)), id="one day"),
        pytest.param(
            "sat 09:00-12:30, 13:00-17:00",
            "2026-12-05",
            OpenOn(State.OPEN, (MORNING, Span("13:00", "17:00"))),
            id="shut at noon",
        ),
        pytest.param("mon-sun closed", "2026-12-05", OpenOn(State.CLOSED), id="closed, and said so"),
        pytest.param("", "2026-12-03", OpenOn(State.NOT_KNOWN), id="nothing written"),
        pytest.param("mon-fri 09:00-17:00", "2026-12-25", OpenOn(State.NOT_KNOWN), id="bank holiday, unsaid"),
        pytest.param("mon-thu 09:00-17:00", "2026-12-25", OpenOn(State.CLOSED), id="shut each Friday"),
        pytest.param(
            "mon-fri 09:00-17:00; holiday closed",
            "2026-12-25",
            OpenOn(State.CLOSED),
            id="bank holiday, closed",
        ),
        pytest.param(
            "mon-fri 09:00-17:00; holiday 09:00-12:30",
            "2026-12-25",
            OpenOn(State.OPEN, (MORNING,)),
            id="bank holiday, shorter",
        ),
        pytest.param(
            "mon-fri 09:00-17:00; fri 09:00-12:30",
            "2026-12-04",
            OpenOn(State.OPEN, (MORNING,)),
            id="the later words hold",
        ),
    ],
)
def test_open_on(text: str, day: str, open_on: OpenOn) -> None:
    on = date.fromisoformat(day)
    assert rules.open_on(rules.week(text), on, holidays={CHRISTMAS}) == open_on


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("weekdays 09:00-17:00", "does not begin with days", id="a word that is no day"),
        pytest.param("mon-fry 09:00-17:00", "does not begin with days", id="a day misspelt"),
        pytest.param("fri-mon 09:00-17:00", "does not begin with days", id="days the wrong way round"),
        pytest.param("mon 9-5", "times that cannot be read", id="times cut short"),
        pytest.param("mon 17:00-09:00", "times that cannot be read", id="closes before it opens"),
        pytest.param("mon 09:00-17:00,", "times that cannot be read", id="a comma too many"),
        pytest.param("mon", "times that cannot be read", id="no times"),
    ],
)
def test_hours_that_cannot_be_read_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        rules.week(text)


def test_landmarks_are_read_in_order() -> None:
    assert rules.landmarks("the bus station n 6; St Mary's church sw 12;") == (
        Landmark("the bus station", "n", 6),
        Landmark("St Mary's church", "sw", 12),
    )
    assert rules.landmarks("the clock tower | tŵr y cloc e 3") == (
        Landmark("the clock tower", "e", 3, "tŵr y cloc"),
    )
    assert rules.landmarks("") == ()


@pytest.mark.parametrize(
    "text",
    ["the bus station", "the bus station up 6", "n 6", "the bus station n six", "| n 6", "a | b | c n 6"],
)
def test_a_landmark_that_leads_nowhere_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="does not say how to walk"):
        rules.landmarks(text)


def test_a_line_becomes_a_place() -> None:
    assert place_file.read([HEAD, WRITTEN]) == [
        place_file.PlaceRow(
            line=2,
            organisation="PATH",
            code="MILL",
            name="Pathlight",
            name_cy="",
            address=("12 Mill Lane", "Anywhere", "ZZ99 3VZ"),
            phone="01632 960001",
            is_always_answered=False,
            is_protected=False,
            week=rules.week("mon-fri 09:00-17:00"),
            landmarks=(Landmark("the station", "n", 6),),
        )
    ]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        pytest.param(["organisation,code", "PATH,MILL"], "no column name, name_cy", id="columns missing"),
        pytest.param(
            [HEAD, WRITTEN.replace("Pathlight", "")], "Line 2: the column name is empty", id="no name"
        ),
        pytest.param(
            [HEAD, WRITTEN.replace("MILL", "M" * 21)], "Line 2: the column code has more", id="long"
        ),
        pytest.param(
            [HEAD, WRITTEN.replace(",no,no", ",,no")], "Line 2: the column always_answered", id="blank"
        ),
        pytest.param([HEAD, WRITTEN, WRITTEN], "Line 3: the code MILL stands in line 2", id="twice"),
        pytest.param([HEAD, WRITTEN.replace("n 6", "6")], "Line 2: .*how to walk", id="landmark"),
        pytest.param([HEAD, "PATH,MILL,Pathlight"], "Line 2: the column always_answered", id="short line"),
        pytest.param(
            [HEAD, WRITTEN.replace("01632 960001,no", ",yes")],
            "always answers, and there is no",
            id="no phone",
        ),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_refused(lines: list[str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        place_file.read(lines)
