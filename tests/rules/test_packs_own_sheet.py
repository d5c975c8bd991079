"""The person's own sheet in words: what it says, what it never says, and its Welsh."""

from dataclasses import replace
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.packs_facts import (
    DISCREET,
    HERS,
    NAMES,
    PATH,
    WELL,
    WELSH,
    WHERE,
    appointment,
    cover,
    fact,
    hers,
    home,
    medicine,
    meeting,
    naloxone,
    release,
    said,
    said_in,
    section,
    shut,
    source,
)
from throughgate.directory.rules import names
from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Edition, Language, Reader, State
from throughgate.packs.rules import Fact, Json, Topic
from throughgate.packs.words.wording import CATALOGUES, wording


def test_the_next_three_things_are_the_three_that_come_first() -> None:
    later = replace(appointment(on="2026-12-20", at=""), key="appointment:2")
    sheet = hers(later, appointment(), cover("covered"), release(certainty="confirmed"))
    assert said_in(section(sheet, "next")) == [
        "Thursday 10 December",
        "You leave.",
        "Thursday 17 December",
        "Your medicine ends.",
        "Thursday 17 December, 10:00",
        "See the person who writes your prescription.",
    ]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("covered", ["Your medicine ends."]),
        ("not_known", ["Your medicine ends."]),
        ("ends", ["Your medicine ends.", "No one is booked to see you by then. Ask now."]),
        ("nowhere", ["Your medicine ends.", "Ask now which pharmacy you go to, and when it is open."]),
        ("ended", ["Your medicine has ended. Ask for help now."]),
        ("broken", ["Your medicine may have stopped. Ask for help now."]),
    ],
)
def test_a_gap_in_their_medicine_is_said(state: str, words: list[str]) -> None:
    assert said_in(section(hers(cover(state)), "next"))[1:] == words


INJECTED = source(supervised="administered", until="2026-12-17", next_on="2026-12-17")


def test_the_day_the_next_injection_is_due_is_said_as_such() -> None:
    sheet = hers(medicine(INJECTED))
    assert "Your next dose is due on Thursday 17 December." in said_in(section(sheet, "medicines"))
    both = hers(medicine(INJECTED, source()))
    assert "Your medicine lasts until Thursday 17 December." in said_in(section(both, "medicines"))


SHUT: dict[str, tuple[Json, list[str]]] = {
    "some days": (
        shut(),
        [
            "The pharmacy may be shut from Friday 18 December to Sunday 20 December.",
            "Ask now how you get your medicine then.",
        ],
    ),
    "one day": (
        shut(last="2026-12-18"),
        ["The pharmacy may be shut on Friday 18 December.", "Ask now how you get your medicine then."],
    ),
    "every week": (
        shut(weekdays=[5, 6]),
        ["The pharmacy is shut every Saturday and Sunday.", "Ask now how you get your medicine then."],
    ),
    "an injection": (
        shut(is_injection=True),
        [
            "Your injection is due on Friday 18 December, and the pharmacy may be shut.",
            "Ask now for another day.",
        ],
    ),
}


@pytest.mark.parametrize(("days", "words"), SHUT.values(), ids=SHUT)
def test_days_the_pharmacy_is_shut_are_said_with_the_end_before_them_and_among_medicines(
    days: Json, words: list[str]
) -> None:
    sheet = hers(cover("covered", shut=[days]))
    assert said_in(section(sheet, "next"))[1:] == ["You can get your medicine until this day.", *words]
    assert said_in(section(sheet, "medicines"))[-2:] == words


@pytest.mark.parametrize("state", ["ended", "broken"])
def test_medicine_that_is_over_is_not_said_to_last_until_the_pharmacy_shuts(state: str) -> None:
    assert "You can get your medicine until this day." not in said(hers(cover(state, shut=[shut()])))


def test_days_it_is_shut_later_than_medicine_ends_are_said_among_medicines_alone() -> None:
    sheet = hers(cover("ends", shut=[shut("2026-12-25", "2026-12-28")]))
    assert "Your medicine ends." in said_in(section(sheet, "next"))
    assert "The pharmacy may be shut from Friday 25 December to Monday 28 December." in said(sheet)


def test_a_day_that_nobody_confirmed_is_not_promised() -> None:
    assert "You may leave. Ask if the day is sure." in said(hers(release()))


def test_where_nothing_is_booked_that_is_said() -> None:
    assert said_in(section(hers(release(on="")), "next"))[0] == "Nothing is booked yet."
    assert said_in(section(hers(release(left_on="2026-12-10")), "next"))[0] == "Nothing is booked yet."


def test_after_what_has_a_day_come_the_things_to_ask_for() -> None:
    sheet = hers(home("in_hand"), medicine(source(until="")), naloxone("trained"), appointment())
    assert section(sheet, "next").heading == "Your next 3 things"
    assert said_in(section(sheet, "next")) == [
        "Thursday 17 December, 10:00",
        "See the person who writes your prescription.",
        "Ask where you will sleep.",
        "Ask how long your medicine lasts.",
    ]
    assert (
        said_in(section(hers(naloxone("trained"), appointment()), "next"))[-1] == "Ask for your naloxone kit."
    )


def test_who_leaves_with_nothing_recorded_is_told_what_to_ask() -> None:
    """Not known is not safe."""
    asked = ["Ask where you will sleep.", "Ask where you must be on your first day out."]
    assert said_in(section(hers(release()), "next"))[2:] == asked
    court = appointment(what="court", on="2026-12-01", at="")
    assert said_in(section(hers(release(on=""), court), "next"))[2:] == asked
    assert said_in(section(hers(release(), edition=DISCREET), "next"))[2:] == asked
    booked = appointment(what="probation")
    assert asked[1] not in said_in(section(hers(release(), booked), "next"))
    out = hers(release(left_on="2026-12-10"))
    hidden = hers(release(), categories=frozenset({"custody_legal"}))
    assert [part for sheet in (out, hidden) for part in said(sheet) if part in asked] == []


def test_a_heading_promises_no_more_things_than_there_are() -> None:
    known = hers(home(), medicine(source()), naloxone("in_hand"), appointment())
    assert section(known, "next").heading == "Your next things"
    discreet = hers(home("in_hand"), medicine(source(until="")), naloxone("trained"), edition=DISCREET)
    assert said_in(section(discreet, "next"))[:2] == [
        "Nothing is booked yet.",
        "Ask a worker who helps you.",
    ]


def test_a_court_is_not_among_the_people_who_help() -> None:
    court = appointment(what="court", with_whom="Anywhere Crown Court")
    assert "Anywhere Crown Court" not in [
        item.title for each in hers(court).sections if each.key == "people" for item in each.items
    ]


def test_where_to_be_says_with_whom_and_how_to_get_there() -> None:
    item = section(hers(appointment(where=WHERE)), "where").items[0]
    assert (item.title, item.lines) == (
        "Thursday 17 December, 10:00",
        ("See the person who writes your prescription.", "With Dr Stamp."),
    )
    assert item.where
    assert item.where.opening == "Open that day: 09:00 - 17:00"
    assert item.where.landmarks[0].direction == "n"


@pytest.mark.parametrize(
    ("state", "words"),
    [("closed", "Closed that day. Ring first."), ("not_known", "")],
    ids=["closed", "not known"],
)
def test_a_place_that_may_be_closed(state: str, words: str) -> None:
    where = {**WHERE, "opening": {"state": state, "spans": []}}
    found = section(hers(appointment(where=where)), "where").items[0].where
    assert found
    assert found.opening == words


def test_a_place_nobody_listed_is_said_as_it_was_written() -> None:
    assert "Pathlight" in said(hers(appointment()))


def test_a_services_own_word_stands_where_we_have_none() -> None:
    assert "Key work" in said(hers(appointment(what="", own_word="Key work", with_whom="")))
    assert "You have an appointment." in said(hers(appointment(what="other")))


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (home(), "Openhand, from four o'clock."),
        (home(text=""), "You have a place to sleep."),
        (home("in_hand"), "It is not sure yet where you will sleep. Ask about it."),
        (meeting(), "Kofi, in a green coat."),
        (meeting(text=""), "Someone will meet you."),
        (meeting("not_started"), "We are still looking for someone to meet you."),
        (naloxone("in_hand"), "You have a kit."),
        (naloxone("trained"), "You know how to use it."),
        (naloxone("refused"), "You can still have a kit. Just ask."),
        (naloxone("offered"), "You can have a kit. Ask for one now."),
        (medicine(source()), "Your medicine lasts until Thursday 17 December."),
        (medicine(source(until="")), "We were not told when it ends. Ask now."),
        (
            medicine(source(), source(until="2026-12-14", by=PATH)),
            "We were told two days it ends: Monday 14 December and Thursday 17 December.",
        ),
        (
            medicine(source(), disagreements=({"field": "dose", "sayings": []},)),
            "Services do not all say the same about it. Ask the nurse or the pharmacy.",
        ),
    ],
)
def test_what_the_persons_sheet_says(fact: Fact, words: str) -> None:
    assert words in said(hers(fact))


SHOP = {**WHERE, "name": "Corner Pharmacy", "kind": "pharmacy"}


@pytest.mark.parametrize(
    ("edition", "landmarks"), [(HERS, ["the market", "the bridge"]), (WELSH, ["y farchnad", "the bridge"])]
)
def test_a_landmark_is_named_in_welsh_where_it_has_a_welsh_name(
    edition: Edition, landmarks: list[str]
) -> None:
    where = {**WHERE, "landmarks": [["the market", "n", 6, "y farchnad"], ["the bridge", "s", 2]]}
    item = section(hers(appointment(where=where), edition=edition), "where").items[0]
    assert item.where
    assert [each.name for each in item.where.landmarks] == landmarks


def collected(*pharmacies: str, **more: Any) -> Fact:
    told = medicine(*(source(pharmacy=name) for name in pharmacies))
    return replace(told, said={**told.said, "first_on": "2026-12-11", **more})


def test_a_medicine_says_where_it_is_collected_and_when_that_opens() -> None:
    item = section(hers(collected("Corner Pharmacy", where=SHOP)), "medicines").items[0]
    assert item.lines[-1] == "Get it from Corner Pharmacy."
    assert item.where
    assert (item.where.name, item.where.opening) == ("", "Open on Friday 11 December: 09:00 - 17:00")
    assert item.where.landmarks


@pytest.mark.parametrize(
    ("state", "words"), [("closed", "Closed on Friday 11 December. Ring first."), ("not_known", "")]
)
def test_a_pharmacy_that_may_be_closed(state: str, words: str) -> None:
    where = {**SHOP, "opening": {"state": state, "spans": []}}
    (item,) = section(hers(collected("Corner Pharmacy", where=where)), "medicines").items
    assert item.where
    assert item.where.opening == words


def test_pharmacies_that_differ_are_asked_about() -> None:
    assert "We were told more than one pharmacy. Ask which one you go to." in said(
        hers(collected("Corner Pharmacy", "Night Pharmacy", where=None))
    )


def test_a_medicine_that_was_stopped_is_none_of_theirs() -> None:
    assert "medicines" not in {each.key for each in hers(medicine(source(state="stopped"))).sections}


def test_their_own_sheet_tells_no_dose() -> None:
    assert not [part for part in said(hers(medicine(source()), cover())) if "40" in part or "mg" in part]


def test_what_is_not_shared_with_its_maker_is_absent_from_their_own_sheet() -> None:
    sheet = hers(appointment(), categories=frozenset({"plan_appointments"}))
    assert {each.key for each in sheet.sections} == {"next", "where", "people", "safer", "help"}
    assert not [item for each in sheet.sections for item in each.items if item.state is State.NOT_SHARED]


def test_it_says_how_to_stay_safe_by_what_they_use() -> None:
    treated = fact(
        "treatment:1",
        Topic.TREATMENT,
        "treatment_medicines",
        referred_on="",
        started_on="",
        drugs=["7000", "9"],
    )
    sheet = hers(treated, medicine(source()))
    assert [item.key for item in section(sheet, "safer").items] == [
        "safer:opioids",
        "safer:alcohol",
        "safer:any",
        "not_checked",
    ]


@pytest.mark.parametrize("edition", [HERS, WELSH])
def test_words_to_stay_safe_say_that_no_clinician_has_reviewed_them(edition: Edition) -> None:
    warning = wording(edition.language)("No doctor or nurse has checked these words yet.")
    last = section(hers(medicine(source()), edition=edition), "safer").items[-1]
    assert (last.title, last.state) == (warning, State.NOTE)


def test_that_nobody_has_checked_it_is_not_said_of_nothing() -> None:
    sheet = hers(left_out=frozenset({"safer:any"}))
    assert "safer" not in {each.key for each in sheet.sections}


def test_the_number_that_is_answered_follows_the_next_things() -> None:
    sheet = hers(appointment(), medicine(source()), home())
    assert [each.key for each in sheet.sections][:3] == ["next", "help", "where"]


def test_a_place_that_is_called_like_whom_they_see_says_it_once() -> None:
    lines = section(hers(appointment(where=WHERE, with_whom="Pathlight")), "where").items[0].lines
    assert lines == ("See the person who writes your prescription.",)


def test_a_sheet_in_welsh_says_that_no_speaker_has_checked_it() -> None:
    (notice,) = hers(edition=WELSH).notices
    assert notice.startswith("Nid oes siaradwr Cymraeg wedi gwirio")
    assert hers().notices == ()


def test_one_number_is_always_answered() -> None:
    line = fact(
        "number:LINE", Topic.NUMBER, "plan_appointments", number="01632 960002", name="Night line", name_cy=""
    )
    first, emergency = section(hers(line), "help").items
    assert (first.title, first.lines) == ("01632 960002", ("Night line.", "Someone answers, day and night."))
    assert emergency.title == "999"
    assert [item.title for item in section(hers(), "help").items] == ["116 123", "999"]


def test_who_helped_before_stands_with_how_to_reach_them() -> None:
    helper = fact("helper:1", Topic.HELPER, "plan_appointments", who="Tess Umbra", reach="01632 960004")
    assert said_in(section(hers(helper), "people")) == ["Tess Umbra", "01632 960004"]


def test_who_expects_them_is_among_the_people_who_help() -> None:
    assert said_in(section(hers(appointment(where=WHERE)), "people")) == [
        "Dr Stamp",
        "See the person who writes your prescription.",
        "01632 960001",
    ]


# Discreet


FORBIDDEN = frozenset(
    [
        *(label.casefold() for label in code_set("medicine_names").labels().values()),
        *(row["word"] for row in code_set("discreet_words").rows),
        "pathlight",
    ]
)
WORDS = st.sampled_from(
    ["Pathlight Recovery", "methadone", "Bring your SUBUTEX", "the needle exchange", "See Ada", "", "at ten"]
)


@given(
    WORDS,
    WORDS,
    WORDS,
    st.sampled_from(list(code_set("appointment_kinds").labels())),
    st.sampled_from(Language),
)
def test_a_discreet_sheet_names_no_service_and_no_medicine(
    with_whom: str, place: str, text: str, what: str, language: Language
) -> None:
    where = {**WHERE, "address": [place or "x"], "landmarks": [[text, "n", 6]]}
    sheet = hers(
        appointment(with_whom=with_whom, place=place, what=what, where=where),
        appointment(what="", own_word=text),
        medicine(source()),
        naloxone("in_hand"),
        meeting(text=text),
        home(text=text),
        cover(),
        release(),
        edition=Edition(Reader.PERSON, language, is_discreet=True),
    )
    told = [part for part in (sheet.title, sheet.footer, *sheet.notices, *said(sheet)) if part]
    assert [part for part in told if names(part, FORBIDDEN)] == []


def test_a_discreet_sheet_still_says_when_and_where() -> None:
    sheet = hers(appointment(where=WHERE), release(), meeting(), home(), edition=DISCREET)
    item = section(sheet, "where").items[-1]
    assert (item.title, item.lines) == ("Thursday 17 December, 10:00", ("You have an appointment.",))
    assert item.where
    assert (item.where.name, item.where.address, item.where.phone) == ("", ("12 Mill Lane", "ZZ99 3VZ"), "")
    assert {"You have a place to sleep.", "Someone will meet you."} <= set(said(sheet))


def test_a_discreet_sheet_names_what_gives_nothing_away() -> None:
    assert "See probation." in said(hers(appointment(what="probation"), edition=DISCREET))


# Welsh


def test_no_string_of_their_own_sheet_lacks_its_welsh() -> None:
    with (CATALOGUES / "cy" / "LC_MESSAGES" / "sheets.po").open("rb") as file:
        told = [(str(each.id), str(each.string)) for each in read_po(file) if each.id]
    assert [english for english, welsh in told if not welsh] == []
    assert [english for english, welsh in told if _placeholders(english) != _placeholders(welsh)] == []


def _placeholders(text: str) -> set[str]:
    return {part.partition(")")[0] for part in text.split("%(")[1:]}


def test_a_service_is_called_by_its_welsh_name_where_it_has_one() -> None:
    assert wording(Language.WELSH).name(NAMES[PATH]) == "Golau Llwybr"
    assert wording(Language.WELSH).name(NAMES[WELL]) == "Wellway Prison Health"
    assert wording(Language.ENGLISH).name(None) == ""
