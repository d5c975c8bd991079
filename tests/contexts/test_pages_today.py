"""Today, as a worker's browser asks for it: who stands on which tab, and who on none."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http.response import HttpResponseBase

from tests import story
from tests.contexts.clients import address, signed_in, words
from throughgate.access import policy
from throughgate.pages.sign_in.presenters import first_page
from throughgate.pages.today.forms import LONG, SHORT
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
DEE = story.document(legalStatus="SENTENCED", receptionDate="2026-06-01", conditionalReleaseDate="2026-11-12")
GETHIN = story.document(
    story.GETHIN,
    firstName="GETHIN",
    lastName="PRICE",
    dateOfBirth="1971-02-03",
    bookingId="2",
    cellLocation="B-2-007",
    legalStatus="SENTENCED",
    lastMovementDate="2026-11-02",
    receptionDate="2026-11-02",
    conditionalReleaseDate="2027-01-14",
)


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(DEE, GETHIN)


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def look(hat: Hat, tab: str = "", **asked: str) -> str:
    return words(answer(hat, tab=tab, **asked))


def answer(hat: Hat, **asked: str) -> HttpResponseBase:
    return signed_in(hat).get(address("today", hat), asked)


def listed(page: str) -> list[str]:
    return re.findall(r'class="tg-people__name" href="[^"]+">([^<]+)<', page)


def many(number: int) -> list[dict[str, Any]]:
    return [
        story.document(
            f"A{1000 + n}AA",
            bookingId=str(10 + n),
            lastName=f"LONG{n:03}",
            legalStatus="SENTENCED",
            conditionalReleaseDate="2026-11-13",
        )
        for n in range(number)
    ]


# Session and worker, hat, the audit row, the people with who told alone that they may hurt themself, stopped
# feeds, what was told to the worker alone, what is asked of them, end of leave.
QUERIES = 8


def test_today_costs_the_same_queries_however_many_leave(
    ravi: Hat, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client, at = signed_in(ravi), address("today", ravi)
    client.get(at)
    story.bring_in(*many(60), as_at=story.noon(8))
    with django_assert_num_queries(QUERIES):
        page = words(client.get(at))
    assert len(listed(page)) == SHORT


def test_who_leaves_this_week_stands_first_with_the_day_and_the_line(ravi: Hat) -> None:
    page = look(ravi)
    assert listed(page) == ["Dee Marlowe"]
    for said in (
        "<h1>Today</h1>",
        "Mon 9 Nov 2026",
        "born 4 May 1989 · A1234BC · A-1-001",
        "leaves Thu 12 Nov",
        "No step that you can see is recorded yet.",
        "<strong>To begin: ",
        'aria-current="page">Leaving this week',
        "<title>Leaves Thu 12 Nov. Steps:",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("tab", "found"),
    [
        ("", ["Dee Marlowe"]),
        ("nonsense", ["Dee Marlowe"]),
        ("twelve_weeks", ["Dee Marlowe", "Gethin Price"]),
        ("arrived", ["Gethin Price"]),
        ("left", []),
        ("ready_but_for", []),
    ],
)
def test_each_tab_holds_its_own(
    ravi: Hat, monkeypatch: pytest.MonkeyPatch, tab: str, found: list[str]
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(8).isoformat())
    assert listed(look(ravi, tab)) == found


def test_a_moved_date_says_what_it_was_and_the_line_keeps_the_ghost(ravi: Hat) -> None:
    story.bring_in({**DEE, "conditionalReleaseDate": "2026-11-10"}, as_at=story.noon(8))
    page = look(ravi)
    assert "leaves Tue 10 Nov (was Thu 12 Nov)" in page
    assert "tg-gate__ghost" in page.partition('<ul class="tg-people')[2], (
        "and not among the marks told in words"
    )
    assert re.search(
        r"The day moved, and of the steps a list shows: \d+ steps earlier, \d+ now impossible\.", page
    )


def test_somebody_who_has_left_moves_to_the_tab_of_those_who_have(ravi: Hat) -> None:
    story.bring_in(story.released(), as_at=story.noon(8))
    assert listed(look(ravi)) == []
    page = look(ravi, "left")
    assert listed(page) == ["Dee Marlowe"]
    assert "left Tue 3 Nov" in page
    assert "Why in this order" in page
    assert "One wing only" not in page


def test_more_leads_on_and_the_long_page_is_for_paper(ravi: Hat) -> None:
    story.bring_in(*many(SHORT + 3), as_at=story.noon(8))
    first = look(ravi)
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = words(signed_in(ravi).get(following[1]))
    assert listed(first)[0] == "Dee Marlowe"
    assert listed(second) == [f"Dee Long{n:03}" for n in range(SHORT - 1, SHORT + 3)]
    assert f"people={LONG}" in first
    assert len(listed(look(ravi, people=str(LONG)))) == SHORT + 4
    assert "More" not in listed(second)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("", ["Dee Marlowe", "Gethin Price"]),
        ("a", ["Dee Marlowe"]),
        ("B-2", ["Gethin Price"]),
        ("%", []),
    ],
)
def test_a_wing_is_asked_for_by_how_its_cells_begin(ravi: Hat, cell: str, found: list[str]) -> None:
    page = look(ravi, "twelve_weeks", cell=cell)
    assert listed(page) == found
    assert ("Nobody on this list is in these cells" in page) == (not found)


def test_what_is_asked_for_goes_along_to_the_other_tabs(ravi: Hat) -> None:
    page = look(ravi, "twelve_weeks", cell="B-2", people=str(LONG))
    assert "?tab=left&cell=B-2&people=300" in page
    assert "Next 12 weeks: B-2" in page


def test_the_way_back_leads_to_the_tab_and_the_wing_that_were_left(ravi: Hat) -> None:
    browser, today = signed_in(ravi), address("today", ravi)
    record = address("person", ravi, story.person())
    assert f'<a href="{today}"' in words(browser.get(record)), "nothing was looked at yet"
    browser.get(today, {"tab": "twelve_weeks", "cell": "A-1"})
    assert f'<a href="{today}?tab=twelve_weeks&cell=A-1">Today</a>' in words(browser.get(record))
    browser.get(today, {"tab": "this_week"})
    assert f'<a href="{today}">Today</a>' in words(browser.get(record)), "the first tab needs no words"


def test_what_was_just_recorded_leads_back_to_the_list(ravi: Hat) -> None:
    browser, today = signed_in(ravi), address("today", ravi)
    browser.get(today, {"tab": "twelve_weeks"})
    kept = browser.post(
        address("sheet", ravi, story.person(), "contact"), {"mode": "telephone", "outcome": "reached"}
    )
    assert f'<a href="{today}?tab=twelve_weeks">Back to Today</a>' in words(browser.get(kept["Location"]))


def test_how_many_stand_on_the_list_is_said_at_its_head(ravi: Hat) -> None:
    assert "Mon 9 Nov 2026 · 1 person<" in look(ravi)
    assert "Mon 9 Nov 2026 · 2 people<" in look(ravi, "twelve_weeks")
    assert "Mon 9 Nov 2026<" in look(ravi, "left"), "nobody does"
    story.bring_in(*many(SHORT + 1))
    assert f"Mon 9 Nov 2026 · more than {SHORT} people<" in look(ravi)


def test_the_marks_before_a_name_and_on_the_line_are_told_in_words(ravi: Hat) -> None:
    legend = look(ravi).split('class="tg-legend"')[1].split("</ul>")[0]
    told = [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in legend.split("<li>")[1:]]
    assert told[:5] == ["late", "not started", "in hand", "confirmed", "not known"]
    assert told[5:8] == ["the day they leave", "the day told before", "today"]
    assert told[8:] == ["a prescriber sees them", "with medicine", "without"]


def test_each_row_leads_to_recording_something_of_them(ravi: Hat) -> None:
    assert f'href="{address("recording", ravi, story.person())}"' in look(ravi)


def test_nobody_hidden_stands_on_any_tab(ravi: Hat) -> None:
    stranger = story.worker(at="LEI")
    for tab in ("", "twelve_weeks", "arrived", "left", "ready_but_for"):
        page = look(stranger, tab)
        assert (listed(page), "Marlowe" in page) == ([], False)
    assert "Nobody here leaves in the next 7 days" in look(stranger)
    after = str(story.person())
    assert look(stranger, after=after).split("</header>")[1] == look(stranger).split("</header>")[1]


def test_a_list_that_may_be_old_says_since_when(ravi: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(12).isoformat())
    assert "Moorland (HMP & YOI): feed stopped since Mon 2 Nov 2026, 12:00" in look(ravi)


def test_what_a_role_may_not_see_is_a_health_step_that_is_late() -> None:
    officer = look(story.worker("prison_officer"))
    assert "A health step is late." in officer
    assert not re.search(r"\bGP\b", officer)  # in the middle of a token it may stand by chance
    assert "naloxone" not in officer.lower()


def test_everybody_whose_day_begins_here_sees_when_people_leave() -> None:
    begin = [role for role in policy.roles() if first_page(story.worker(role)).endswith("/today/")]
    assert begin
    assert all("custody_legal" in policy.listed(role) for role in begin)


def test_a_role_that_does_not_see_when_people_leave_is_told_so() -> None:
    page = look(story.worker("peer_mentor"))
    assert "When people leave is not shared with you" in page
    assert listed(page) == []


def test_a_role_that_sees_nobody_by_name_is_refused_in_a_sentence() -> None:
    refused = answer(story.worker("prison_governor"))
    assert refused.status_code == 403
    assert "This role does not see people by name" in words(refused)
