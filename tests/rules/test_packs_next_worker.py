"""The next worker's sheet in words, in which the ways of knowing nothing are told apart."""

from dataclasses import replace
from typing import Any

import pytest

from tests.rules.packs_facts import (
    ALL,
    AT,
    HERS,
    PATH,
    THEIRS,
    WELSH,
    appointment,
    cover,
    fact,
    hers,
    home,
    medicine,
    meeting,
    naloxone,
    need,
    release,
    said_in,
    section,
    shut,
    source,
    theirs,
    written,
)
from throughgate.packs import words
from throughgate.packs.content import Edition, Language, Layout, Reader, State
from throughgate.packs.rules import Fact, PackState, Topic

CAME = "The day they came into custody is not recorded"
SPAN = "Friday 18 December to Sunday 20 December"
NOT_AGREED = "Nobody has said what is agreed for then"
COVERED = "Medicine lasts until Thursday 17 December 2026, and somebody is booked to see them by then"
TOLD = "(told Wednesday 2 December 2026, 09:00)"


def test_not_recorded_none_not_shared_and_left_out_are_four_answers() -> None:
    no_medicine = fact("no_medicine", Topic.MEDICINE, "treatment_medicines")
    states = {
        "not recorded": theirs(),
        "none": theirs(no_medicine),
        "not shared": theirs(categories=ALL - {"treatment_medicines"}),
    }
    found = {
        name: [(item.title, item.state) for item in section(sheet, "medicines").items]
        for name, sheet in states.items()
    }
    assert found == {
        "not recorded": [("Not recorded", State.NOT_RECORDED)],
        "none": [("No medicine is told of", State.NONE)],
        "not shared": [("Not shared with whoever made this sheet", State.NOT_SHARED)],
    }
    left_out = theirs(no_medicine, left_out=frozenset({"no_medicine"}))
    assert "medicines" not in {each.key for each in left_out.sections}
    assert said_in(section(left_out, "left_out")) == ["Something is left out at their wish."]


def test_needs_that_only_some_may_see_say_that_there_may_be_more() -> None:
    found = theirs(need("money", "money_work_learning", how_far="high"), categories=ALL - {"family"})
    assert said_in(section(found, "needs")) == [
        "Money and benefits",
        "How great the need is: high",
        "Some of it is not shared with whoever made this sheet",
    ]


def test_the_pharmacy_stands_with_the_prescription() -> None:
    _title, line = said_in(section(theirs(medicine(source(pharmacy="Corner Pharmacy"))), "medicines"))
    assert "40 milligrams once a day, supervised, Corner Pharmacy. Lasts until" in line


@pytest.mark.parametrize(
    ("doubt", "words"),
    [
        ("ask_day_off", "This day is a day off, so they may leave before it: ask the prison"),
        ("ask_earlier_day", "The law presumes that they leave before this day: ask the prison"),
    ],
)
def test_why_a_day_told_may_be_another_is_said(doubt: str, words: str) -> None:
    assert words in said_in(section(theirs(release(doubt=doubt)), "release"))
    assert words not in said_in(section(theirs(release()), "release"))


def test_one_tablet_is_said_as_one() -> None:
    told = source(dose="1", unit="tablet", last_dose="2", last_unit="tablet")
    _title, line = said_in(section(theirs(medicine(told)), "medicines"))
    assert "1 tablet once a day" in line
    assert "2 tablets, Wednesday" in line


def test_each_source_says_its_own_and_the_difference_is_shown() -> None:
    sheet = theirs(
        medicine(
            source(),
            source(by=PATH, dose="50", until="", last_at="", last_dose=""),
            disagreements=({"field": "dose", "sayings": []},),
        )
    )
    title, *lines = said_in(section(sheet, "medicines"))
    assert title == "Methadone"
    assert lines == [
        (
            "Wellway Prison Health: 40 milligrams once a day, supervised."
            " Lasts until Thursday 17 December 2026."
            f" Last dose: 40 milligrams, Wednesday 2 December 2026, 08:40 {TOLD}"
        ),
        (
            "Pathlight Recovery: 50 milligrams once a day, supervised. Until when it lasts is not recorded."
            f" Last dose: amount not recorded, Wednesday 2 December 2026, time not recorded {TOLD}"
        ),
        "The sources differ. Ask them; this sheet does not settle it.",
    ]


@pytest.mark.parametrize(
    ("fact", "key", "words"),
    [
        (
            release(since="2026-05-07"),
            "release",
            [
                "Leaves Thursday 10 December 2026",
                "Came into custody Thursday 7 May 2026",
                "Conditional release date, Worked out",
            ],
        ),
        (release(left_on="2026-12-11"), "release", ["Left Friday 11 December 2026", CAME]),
        (
            release(left_on="2026-12-11", since="2026-05-07"),
            "release",
            ["Left Friday 11 December 2026", "Came into custody Thursday 7 May 2026"],
        ),
        (release(on=""), "release", ["When they leave is not known", CAME]),
        (
            release(type="", certainty="", others=[{"on": "2026-12-14", "type": "HDCAD", "by": PATH}]),
            "release",
            [
                "Leaves Thursday 10 December 2026",
                CAME,
                "What the day rests on is not recorded",
                "Also told: Monday 14 December 2026, Approved curfew release date, Pathlight Recovery",
            ],
        ),
        (
            appointment(),
            "appointments",
            ["Thursday 17 December 2026, 10:00", "A prescriber, Dr Stamp, Pathlight, in person"],
        ),
        (
            appointment(at="", what="", own_word="Key work", with_whom="", place="", mode=""),
            "appointments",
            ["Thursday 17 December 2026", "Key work"],
        ),
        (
            cover("covered", seen_on="2026-12-14"),
            "medicines",
            [COVERED, "To be seen Monday 14 December 2026"],
        ),
        (
            cover("covered", shut=[shut(), shut(is_told=False)]),
            "medicines",
            [
                COVERED,
                f"The pharmacy is shut from {SPAN}. {NOT_AGREED}",
                f"The pharmacy may be shut from {SPAN}: check. {NOT_AGREED}",
            ],
        ),
        (
            cover("covered", shut=[shut(weekdays=[5, 6]), shut(is_injection=True)]),
            "medicines",
            [
                COVERED,
                f"The pharmacy is shut every Saturday and Sunday. {NOT_AGREED}",
                (
                    "The injection is due Friday 18 December, when the pharmacy is shut, or may be."
                    f" {NOT_AGREED}"
                ),
            ],
        ),
        (cover("none", until=""), "medicines", ["No medicine to go on with is told of"]),
        (
            cover("not_known", until=""),
            "medicines",
            ["Until when medicine lasts after they leave is not known"],
        ),
        (
            cover("broken"),
            "medicines",
            ["Medicine was not collected several times in a row: a prescriber has to review"],
        ),
        (
            medicine(
                source(stopped_on="2026-12-01", state="stopped", last_on="", frequency="", supervised="")
            ),
            "medicines",
            [
                "Methadone",
                (
                    "Wellway Prison Health: 40 milligrams. Stopped Tuesday 1 December 2026."
                    f" Last dose: not recorded {TOLD}"
                ),
            ],
        ),
        (
            medicine(source(supervised="administered", next_on="2026-12-17", last_on="")),
            "medicines",
            [
                "Methadone",
                (
                    "Wellway Prison Health: 40 milligrams once a day, given by a nurse."
                    f" Next dose due Thursday 17 December 2026. Last dose: not recorded {TOLD}"
                ),
            ],
        ),
        (
            medicine(
                source(
                    state="dose_only",
                    dose="",
                    unit="",
                    frequency="",
                    supervised="",
                    until="",
                    last_at="",
                    last_dose="",
                    last_unit="",
                )
            ),
            "medicines",
            [
                "Methadone",
                (
                    "Wellway Prison Health: A dose was seen taken; no prescription is told."
                    f" Last dose: amount not recorded, Wednesday 2 December 2026, time not recorded {TOLD}"
                ),
            ],
        ),
        (naloxone("in_hand"), "naloxone", ["Naloxone: in their hands", "Tuesday 1 December 2026"]),
        (home(), "home", ["Somewhere to sleep when they leave: confirmed"]),
        (
            meeting("in_hand"),
            "meeting",
            ["Somebody to meet them when they leave: in hand", "for Thursday 10 December 2026"],
        ),
        (
            need("money", "money_work_learning", words="I want to pay my rent."),
            "needs",
            ["Money and benefits", "In their words: “I want to pay my rent.”"],
        ),
        (
            need("communication", "equality", how_far="some"),
            "communication",
            ["Communication and access", "How great the need is: some"],
        ),
        (
            fact("language", Topic.COMMUNICATION, "identity_contact", language="pl", interpreter="yes"),
            "communication",
            ["Speaks Polish", "Needs an interpreter"],
        ),
        (
            fact("language", Topic.COMMUNICATION, "identity_contact", language="", interpreter="no"),
            "communication",
            ["Language not recorded", "Needs no interpreter"],
        ),
        (
            fact("alert:PEEP", Topic.ALERT, "safety_now", code="PEEP"),
            "risks",
            ["Personal Emergency Evacuation Plan"],
        ),
        (
            fact(
                "treatment:1",
                Topic.TREATMENT,
                "treatment_medicines",
                referred_on="2026-12-01",
                started_on="2026-12-02",
                drugs=["1011", "Spice"],
            ),
            "treatment",
            [
                "Treatment with Wellway Prison Health",
                "Referred Tuesday 1 December 2026, started Wednesday 2 December 2026",
                "Drugs: Heroin, Spice",
            ],
        ),
        (
            fact(
                "treatment:1",
                Topic.TREATMENT,
                "treatment_medicines",
                referred_on="",
                started_on="",
                ended_on="2026-12-02",
                drugs=[],
            ),
            "treatment",
            [
                "Treatment with Wellway Prison Health",
                "Ended Wednesday 2 December 2026",
                "Drugs: not recorded",
            ],
        ),
        (
            fact("area:1", Topic.AREA, "treatment_medicines", code="B12A"),
            "area",
            ["Area that answers for treatment: B12A"],
        ),
        (
            fact("helper:before_keyworker:1", Topic.HELPER, "plan_appointments", who="Tess Umbra", reach=""),
            "helpers",
            ["Keyworker before custody: Tess Umbra"],
        ),
    ],
)
def test_what_the_next_worker_is_told(fact: Fact, key: str, words: list[str]) -> None:
    assert said_in(section(theirs(fact), key)) == words


def test_a_need_that_somebody_says_they_do_not_have_is_none() -> None:
    (item, *_) = section(theirs(need("money", "money_work_learning", how_far="none")), "needs").items
    assert (item.lines, item.state) == (("No need",), State.NONE)


def test_every_fact_says_who_said_so_and_when() -> None:
    (item,) = section(theirs(naloxone("in_hand")), "naloxone").items
    assert item.source == "Wellway Prison Health, Wednesday 2 December 2026, 09:00"


def test_whose_it_is() -> None:
    assert hers().who == ("Dee Lantern",)
    assert theirs().who == (
        "Dee Lantern",
        "Born: 4 May 1989, Sex: not recorded",
        "Prison number: A1001ZZ, NHS number: 999 000 0018",
        "Made by Wellway Prison Health",
    )
    assert theirs(agreed_at=AT).who[-1] == "They agreed this sheet on Thursday 3 December 2026"
    assert "Made by" not in theirs(made_by="of before").who[-1]


def test_their_sex_stands_on_the_next_workers_sheet_alone() -> None:
    known = written()
    told = replace(known, snapshot=replace(known.snapshot, who={**known.snapshot.who, "sex": "female"}))
    assert words.sheet(told, THEIRS).who[1] == "Born: 4 May 1989, Sex: Female"
    assert words.sheet(told, HERS).who == ("Dee Lantern",)


def test_what_of_who_they_are_is_not_recorded_says_so() -> None:
    known = written()
    nobody = {"name": "Dee Lantern", "birth_date": "", "sex": "", "numbers": []}
    told = replace(known, snapshot=replace(known.snapshot, who=nobody))
    assert words.sheet(told, THEIRS).who[1:3] == (
        "Born: not recorded, Sex: not recorded",
        "Prison number: not recorded, NHS number: not recorded",
    )


MINIMUM = {
    "reception date, release date with basis and confidence": "release",
    "drugs 1 to 3": "treatment",
    "medicine and last dose, script end date": "medicines",
    "risk": "risks",
    "safe-contact rules": "safe_contact",
    "naloxone state": "naloxone",
    "area code": "area",
    "appointment offered": "appointments",
    "consent state": "consent",
    "communication needs": "communication",
}


@pytest.mark.parametrize("section_of", MINIMUM.values(), ids=MINIMUM)
def test_what_of_the_least_a_hand_over_needs_is_not_recorded_says_so(section_of: str) -> None:
    """The least is that of the domain notes, section 3c."""
    assert said_in(section(theirs(), section_of)) == ["Not recorded"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("yes", ["They agreed that NDTMS may hold their treatment data"]),
        ("no", ["They did not agree that NDTMS may hold their treatment data"]),
    ],
)
def test_what_they_agreed_of_their_treatment_data(said: str, words: list[str]) -> None:
    told = fact("consent:1", Topic.CONSENT, "treatment_medicines", said=said)
    assert said_in(section(theirs(told), "consent")) == words


def test_the_next_workers_sheet_is_never_discreet_and_always_in_english() -> None:
    asked = Edition(Reader.NEXT_WORKER, Language.WELSH, Layout.EASY, is_discreet=True)
    assert words.sheet(written(), asked).edition == THEIRS
    large = Edition(Reader.NEXT_WORKER, layout=Layout.LARGE)
    assert words.sheet(written(), large).edition == large


# Around both


@pytest.mark.parametrize(
    ("more", "own", "others"),
    [
        ({}, (), ()),
        (
            {"is_agreed": False},
            ("You have not agreed this sheet yet.",),
            ("They have not agreed this sheet yet.",),
        ),
        ({"state": PackState.REVOKED}, *[("This sheet does not hold any more. Ask for a new one.",)] * 2),
        ({"state": PackState.LAPSED}, *[("This sheet does not hold any more. Ask for a new one.",)] * 2),
        ({"state": PackState.REPLACED}, *[("There is a newer sheet than this one. Ask for it.",)] * 2),
    ],
    ids=["agreed", "not agreed", "taken back", "replaced by one taken back", "replaced"],
)
def test_what_stands_above(more: dict[str, Any], own: tuple[str, ...], others: tuple[str, ...]) -> None:
    assert (hers(**more).notices, theirs(**more).notices) == (own, others)


def test_each_page_says_as_at_and_which_version() -> None:
    assert hers().footer == (
        "As at 3 December 2026, 14:05. Version 2. Ask for a new one after 31 December 2026."
    )
    assert hers(edition=WELSH).footer == (
        "Fel yr oedd 3 Rhagfyr 2026, 14:05. Fersiwn 2. Gofynnwch am un newydd ar ôl 31 Rhagfyr 2026."
    )


def test_what_is_left_out_stands_nowhere_on_the_sheet() -> None:
    left_out = frozenset({"appointment:1", "safer:any", "first_day"})
    sheet = hers(appointment(), release(), left_out=left_out)
    assert {each.key for each in sheet.sections} == {"next", "naloxone", "help"}
    assert said_in(section(sheet, "next")) == [
        "Thursday 10 December",
        "You may leave. Ask if the day is sure.",
        "Ask where you will sleep.",
    ]


def test_what_changed_is_said_as_the_next_workers_sheet_has_it() -> None:
    then, now = written(naloxone("trained")).snapshot, written(naloxone("in_hand")).snapshot
    assert words.differences(then, now) == [
        (
            "naloxone",
            "changed",
            "Naloxone",
            "Naloxone: trained. Tuesday 1 December 2026",
            "Naloxone: in their hands. Tuesday 1 December 2026",
        )
    ]
