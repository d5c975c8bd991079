"""The cells of a treatment file: days, moments, numbers and codes, and what nobody guesses."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.rules.treatment_rows import RX, flags, rows, said

# Days


@pytest.mark.parametrize(
    ("written", "day"),
    [
        pytest.param("2026-08-21", "2026-08-21", id="as computers write it"),
        pytest.param("20260821", "2026-08-21", id="as NDTMS writes it"),
        pytest.param("21/08/2026", "2026-08-21", id="as people write it"),
        pytest.param("1/8/2026", "2026-08-01", id="without noughts"),
        pytest.param("03/04/2026", "2026-04-03", id="the day first, as the documented form has it"),
        pytest.param("2026-08-21 00:00:00", "2026-08-21", id="with a time that says nothing"),
        pytest.param("2026-08-20T23:00:00Z", "2026-08-21", id="midnight in London, told in UTC"),
        pytest.param("29/02/2024", "2024-02-29", id="a leap day"),
        pytest.param("NA", None, id="not collected"),
        pytest.param("01/01/1900", None, id="a placeholder"),
        pytest.param("9999-12-31", None, id="no end"),
    ],
)
def test_a_day_is_read_in_three_forms(written: str, day: str | None) -> None:
    assert said("episode:E1", "EPISODID,REFLD", f"E1,{written}").get("referred_on") == day
    assert flags("EPISODID,REFLD", f"E1,{written}") == set()


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        pytest.param("29/02/2026", "not_a_day", id="a leap day of another year"),
        pytest.param("31/09/2026", "not_a_day", id="a day the month has not"),
        pytest.param("08/21/2026", "month_first", id="day and month swapped"),
        pytest.param("21/08/26", "two_digit_year", id="a year of two digits"),
        pytest.param("21.08.26", "two_digit_year", id="with dots"),
        pytest.param("21 Aug 2026", "not_a_day", id="in words"),
        pytest.param("45890", "not_a_day", id="a spreadsheet's count of days"),
        pytest.param("0206-08-21", "too_far_off", id="a slip in the year"),
        pytest.param("2026-08-21 sometime", "not_a_day", id="something after it"),
        pytest.param("\u0662\u0661/08/2026", "not_a_day", id="digits of another script"),
    ],
)
def test_a_day_that_is_in_doubt_is_kept_as_written(written: str, problem: str) -> None:
    episode = said("episode:E1", "EPISODID,REFLD", f"E1,{written}")
    assert "referred_on" not in episode
    assert episode["unread"] == {"REFLD": [written, problem]}
    assert flags("EPISODID,REFLD", f"E1,{written}") == {("REFLD", problem)}


def test_a_file_with_one_month_first_leaves_every_such_day_in_doubt() -> None:
    first, second, third = rows(
        "CLIENTID,EPISODID,REFLD\nC1,E1,03/04/2026\nC2,E1,08/21/2026\nC3,E1,05/05/2026\n"
    )
    assert first.said["episode:E1"]["unread"] == {"REFLD": ["03/04/2026", "two_readings"]}
    assert second.said["episode:E1"]["unread"] == {"REFLD": ["08/21/2026", "month_first"]}
    assert third.said["episode:E1"]["referred_on"] == "2026-05-05"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        pytest.param("1970-01-01", "birth_date_placeholder", id="day zero of computers, and a birthday"),
        pytest.param("2027-01-01", "birth_date_future", id="still to come"),
        pytest.param("1891-01-01", "birth_date_too_long_ago", id="nobody alive"),
        pytest.param("04/05/89", "two_digit_year", id="a year of two digits"),
    ],
)
def test_a_birth_date_nobody_can_have_is_kept_as_written(written: str, problem: str) -> None:
    person = said("person", "DOB,last_name", f"{written},Lantern")
    assert person["details"] == {"last_name": "Lantern"}
    assert person["unread"] == {"DOB": [written, problem]}


# Moments


@pytest.mark.parametrize(
    ("written", "on", "at", "problem"),
    [
        pytest.param("2026-08-21T09:30", "2026-08-21", "2026-08-21T08:30:00+00:00", "", id="summer time"),
        pytest.param("2026-11-01 09:30", "2026-11-01", "2026-11-01T09:30:00+00:00", "", id="winter time"),
        pytest.param(
            "01/11/2026 9:05", "2026-11-01", "2026-11-01T09:05:00+00:00", "", id="as people write it"
        ),
        pytest.param("2026-11-01T09:30:15.25Z", "2026-11-01", "2026-11-01T09:30:15+00:00", "", id="in UTC"),
        pytest.param(
            "2026-10-31T23:30-0200", "2026-11-01", "2026-11-01T01:30:00+00:00", "", id="from elsewhere"
        ),
        pytest.param("2026-11-01", "2026-11-01", None, "", id="only the day"),
        pytest.param(
            "2026-11-01T00:00", "2026-11-01", "2026-11-01T00:00:00+00:00", "midnight", id="midnight"
        ),
        pytest.param(
            "2026-10-25T01:30",
            "2026-10-25",
            "2026-10-25T00:30:00+00:00",
            "hour_happened_twice",
            id="the hour twice",
        ),
        pytest.param("2026-03-29T01:30", "2026-03-29", None, "no_such_hour", id="the hour left out"),
        pytest.param("2026-11-01T25:00", "2026-11-01", None, "not_a_time", id="no hour of the day"),
        pytest.param("2026-11-01 after lunch", "2026-11-01", None, "not_a_time", id="in words"),
        pytest.param("2026-11-01T09:30+99:00", "2026-11-01", None, "not_a_time", id="no place on earth"),
    ],
)
def test_a_moment_is_london_time_and_what_is_in_doubt_is_said(
    written: str, on: str, at: str | None, problem: str
) -> None:
    columns, cells = "medicine,last_dose_at,last_dose", f"Methadone,{written},40"
    dose = said("dose:methadone", columns, cells)
    assert (dose["taken_on"], dose.get("taken_at")) == (on, at)
    assert flags(columns, cells) == ({("last_dose_at", problem)} if problem else set())
    is_kept = problem in {"no_such_hour", "not_a_time"}
    assert dose.get("unread", {}) == ({"last_dose_at": [written, problem]} if is_kept else {})


# Numbers, codes and the like


@pytest.mark.parametrize(
    ("written", "flagged"),
    [
        pytest.param("40", set(), id="a whole number"),
        pytest.param("0.05", set(), id="a part"),
        pytest.param(".5", set(), id="without a nought"),
        pytest.param('"0,5"', {("dose", "not_a_number")}, id="a comma could mean two things"),
        pytest.param("40mg", {("dose", "not_a_number")}, id="with its unit"),
        pytest.param("0.00005", {("dose", "not_a_number")}, id="finer than the record holds"),
        pytest.param("123456789", {("dose", "not_a_number")}, id="more than the record holds"),
        pytest.param("0", {("dose", "dose_of_nothing")}, id="nothing"),
    ],
)
def test_a_dose_stays_as_written(written: str, flagged: set[tuple[str, str]]) -> None:
    columns, cells = f"{RX},dose,dose_unit", f"P1,Methadone,{written},mg"
    prescription = said("prescription:P1", columns, cells)
    assert prescription["dose_as_written"] == written.strip('"')
    assert flags(columns, cells) == flagged


@pytest.mark.parametrize(
    ("columns", "cells", "item", "expected"),
    [
        pytest.param("EPISODID,RFLS", "E1,9", "episode:E1", {"more": {"RFLS": "9"}}, id="a code"),
        pytest.param(
            f"{RX},dose_unit", "P1,Methadone,MG", "prescription:P1", {"unit": "mg"}, id="in capitals"
        ),
        pytest.param("EPISODID,CONSENT", "E1,Y", "episode:E1", {"consent": "yes"}, id="yes"),
        pytest.param("EPISODID,CONSENT", "E1,no", "episode:E1", {"consent": "no"}, id="no"),
        pytest.param("EPISODID,DRUG1AGE", "E1,15", "episode:E1", {"more": {"DRUG1AGE": "15"}}, id="an age"),
        pytest.param("EPISODID,PC", "E1,NF1 1NF", "episode:E1", {}, id="a postcode of no address"),
        pytest.param(
            "EPISODID,DISRSN",
            "E1,5",
            "episode:E1",
            {"end_reason": "5", "more": {"DISRSN": "5"}},
            id="a number",
        ),
        pytest.param(
            "EPISODID,DISRSN,discharge_reason",
            "E1,5,dropped_out",
            "episode:E1",
            {"end_reason": "dropped_out", "more": {"DISRSN": "5"}},
            id="our code goes first",
        ),
        pytest.param(
            "EPISODID,AGNCY,NATION",
            "E1,X1,GBR",
            "episode:E1",
            {"more": {"AGNCY": "X1", "NATION": "GBR"}},
            id="both",
        ),
    ],
)
def test_a_cell_says_what_it_means(columns: str, cells: str, item: str, expected: Mapping[str, Any]) -> None:
    found = said(item, columns, cells)
    assert {name: found[name] for name in found if name not in {"key", "medicine"}} == expected
    assert not {key for _, key in flags(columns, cells)} - {"left_without_reason"}


@pytest.mark.parametrize(
    ("columns", "cells", "item", "field", "problem", "kept"),
    [
        pytest.param(
            "EPISODID,RFLS", "E1,77", "episode:E1", "RFLS", "unknown_code", False, id="unknown code"
        ),
        pytest.param("EPISODID,RFLS", f"E1,{'7' * 41}", "episode:E1", "RFLS", "too_long", True, id="no code"),
        pytest.param(
            "EPISODID,CONSENT", "E1,maybe", "episode:E1", "CONSENT", "not_yes_or_no", True, id="perhaps"
        ),
        pytest.param(
            "EPISODID,DRUG1AGE", "E1,teens", "episode:E1", "DRUG1AGE", "not_a_whole_number", True, id="no age"
        ),
        pytest.param(
            f"{RX},pharmacy",
            f"P1,Methadone,{'x' * 121}",
            "prescription:P1",
            "pharmacy",
            "too_long",
            True,
            id="long",
        ),
        pytest.param(
            "FINITIAL", "Dee", "person", "FINITIAL", "not_an_initial", True, id="a name for a letter"
        ),
        pytest.param("SEX", "7", "person", "SEX", "unknown_code", False, id="unknown sex"),
        pytest.param("nhs_number", "9" * 81, "person", "nhs_number", "too_long", True, id="no number"),
        pytest.param(
            "nhs_number", "9990000019", "person", "nhs_number", "identifier_check_character", False, id="slip"
        ),
        pytest.param(
            "last_name", "Lan\u200btern", "person", "last_name", "odd_characters", False, id="hidden"
        ),
        pytest.param(
            "attendance_id,attendance_at,attendance_outcome",
            "A1,2026-11-01,DNA",
            "attendance:A1",
            "attendance_outcome",
            "unknown_code",
            True,
            id="an outcome in words that judge",
        ),
    ],
)
def test_what_cannot_be_read_is_flagged(
    columns: str, cells: str, item: str, field: str, problem: str, *, kept: bool
) -> None:
    assert (field, problem) in flags(columns, cells)
    unread = said(item, columns, cells).get("unread", {})
    assert unread.get(field, ["", ""])[1] == (problem if kept else "")
