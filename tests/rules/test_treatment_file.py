"""The treatment file, read: whose a row is, what goes together, and what is wrong with a whole file."""

import io
import re
from collections.abc import Generator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.rules.treatment_rows import NOON, RX, flags, read, rows, said
from throughgate.exchange.inbound import treatment
from throughgate.exchange.inbound.reading import Unreadable
from throughgate.exchange.inbound.rows import Reject, Row
from throughgate.exchange.inbound.treatment_reference import treatment_columns_page
from throughgate.foundation.codesets import code_set
from throughgate.pages.flags import words

# Who somebody is


def test_names_numbers_and_the_rest_say_who_somebody_is() -> None:
    (row,) = rows(
        "CLIENTID,CLIENT,first_name,middle_names,last_name,other_names,DOB,SEX,ETHNIC,language,interpreter,"
        "nhs_number,prison_number,pnc,cro,crn\n"
        "C1,old 7,DEE,Ann,Lantern,Dee Marlowe; Dee Ann B Finch;Sparrow;,1989-05-04,2,a,PL,N,"
        "999 000 0018,A1234BC,2015/0000001D,,X123456\n"
    )
    details = treatment.details(row.said["person"]["details"])
    assert (details.first_name, details.sex, details.ethnicity) == ("DEE", "female", "A")
    assert (details.language, details.interpreter, details.initials_only) == ("pl", "no", False)
    assert details.aliases == (
        ("Dee", "", "Marlowe", ""),
        ("Dee", "Ann B", "Finch", ""),
        ("Sparrow", "", "", ""),
    )
    assert [(each.system, each.value) for each in row.identifiers] == [
        ("local", "C1"),
        ("nhs", "9990000018"),
        ("prison", "A1234BC"),
        ("pnc", "2015/0000001D"),
        ("crn", "X123456"),
        ("local", "OLD7"),
    ]


def test_initials_stand_in_where_no_name_is_told() -> None:
    details = said("person", "FINITIAL,SINITIAL", "j,T.")["details"]
    assert details == {"first_name": "J", "last_name": "T", "initials_only": True}
    assert said("person", "FINITIAL,SINITIAL,last_name", "J,T,Lantern")["details"] == {"last_name": "Lantern"}


def test_a_row_that_only_refers_to_somebody_says_nothing_of_who_they_are() -> None:
    (row,) = rows(f"CLIENTID,{RX}\nC1,P1,Methadone\n")
    assert row.said["mention"] == {"details": {}}
    assert treatment.details({}).last_name == ""


# A row whose person cannot be told


@pytest.mark.parametrize(
    ("written", "says"),
    [
        pytest.param("", "no CLIENTID", id="nothing"),
        pytest.param("unknown", "no CLIENTID", id="a placeholder"),
        pytest.param("NA", "no CLIENTID", id="not collected"),
        pytest.param("1.23457E+12", "spreadsheet", id="a number that a spreadsheet shortened"),
        pytest.param("#REF!", "spreadsheet", id="a formula that failed"),
        pytest.param("C\u200b1", "cannot be seen", id="a character nobody sees"),
        pytest.param('"C\n1"', "cannot be seen", id="two lines"),
        pytest.param("C" * 81, "longer than 80", id="far too long"),
    ],
)
def test_a_row_is_rejected_only_when_nobody_can_tell_whose_it_is(written: str, says: str) -> None:
    reject, row = read(f"CLIENTID,last_name\n{written},Lantern\nC2,Kettle\n")
    assert isinstance(reject, Reject)
    assert isinstance(row, Row)
    assert (reject.field, reject.line) == ("CLIENTID", 3 if "\n" in written else 2)
    assert says in reject.why
    assert reject.what_to_do.endswith("send the row again.")
    assert len(reject.why) <= 250 >= len(reject.what_to_do)


def test_bytes_that_are_no_text_are_shown_and_flagged_and_never_name_anybody() -> None:
    written = b"\xef\xbb\xbfCLIENTID,last_name\nC\xff1,Lantern\nC2,Si\xe2n\nC3,Ket\x00tle\n"
    reject, sian, kettle = read(written)
    assert isinstance(reject, Reject)
    assert reject.as_written == "C\\xff1"
    for row, shown in ((sian, "Si\\xe2n"), (kettle, "Ket\\x00tle")):
        assert isinstance(row, Row)
        assert row.said["person"]["details"]["last_name"] == shown
        assert ("last_name", "odd_characters") in {(flag.field, flag.key) for flag in row.flags}


# What goes together


def test_a_row_is_taken_apart_by_what_its_cells_are_about() -> None:
    (row,) = rows(
        f"CLIENTID,last_name,EPISODID,REFLD,MODID,MODAL,{RX},last_dose_at,attendance_id,attendance_at\n"
        "C1,Lantern,E/1,2026-10-01,M1,94,P1,Methadone,2026-11-01,A1,2026-11-03T10:00\n"
    )
    assert list(row.said) == [
        "person",
        "episode:E/1",
        "intervention:E%2F1/M1",
        "dose:P1",
        "attendance:A1",
    ]
    assert {said.get("episode", "E/1") for item, said in row.said.items() if item != "person"} == {"E/1"}


def test_a_row_that_only_names_an_episode_takes_nothing_of_it_back() -> None:
    named, told = rows("CLIENTID,EPISODID,REFLD,MODID,MODAL\nC1,E1,,M1,94\nC1,E1,2026-10-01,,\n")
    assert list(named.said) == ["mention", "intervention:E1/M1"]
    assert list(told.said) == ["mention", "episode:E1"]


def test_an_episode_told_without_a_day_beside_another_thing_is_not_taken_back() -> None:
    (met,) = rows("CLIENTID,EPISODID,REFLD,DAT,attendance_id,attendance_at\nC1,E1,,B01B,A1,2026-10-05\n")
    assert list(met.said) == ["mention", "attendance:A1"]
    assert met.said["mention"]["unread"]["DAT"] == ["B01B", "not_placed"]
    assert ("REFLD", "not_given") in {(flag.field, flag.key) for flag in met.flags}


def test_rows_about_one_thing_are_put_together() -> None:
    both = rows(
        "CLIENTID,last_name,DOB,EPISODID,REFLD,TRIAGED\nC1,Lantern,,E1,2026-10-01,\nC1,,1989-05-04,E1,,2026-10-03\n"
    )
    for row in both:
        assert row.said["person"]["details"] == {"last_name": "Lantern", "birth_date": "1989-05-04"}
        assert row.said["episode:E1"] == {
            "key": "E1",
            "referred_on": "2026-10-01",
            "triaged_on": "2026-10-03",
        }


def test_where_rows_clash_the_last_stands_and_the_other_is_kept() -> None:
    for row in rows("CLIENTID,last_name,EPISODID,REFLD\nC1,Lantern,E1,2026-10-01\nC1,Finch,E1,2026-10-02\n"):
        assert row.said["person"]["details"] == {"last_name": "Finch"}
        assert row.said["person"]["unread"] == {"last_name": ["Lantern", "said_otherwise"]}
        assert row.said["episode:E1"]["unread"] == {"REFLD": ["2026-10-01", "said_otherwise"]}
        assert ("REFLD", "said_otherwise") in {(flag.field, flag.key) for flag in row.flags}


def test_two_doses_are_never_mixed() -> None:
    for row in rows(
        f"CLIENTID,{RX},dose,dose_unit,frequency\nC1,P1,Methadone,40,mg,daily\nC1,P1,Methadone,50,,\n"
    ):
        prescription = row.said["prescription:P1"]
        assert prescription["dose_as_written"] == "50"
        assert not prescription.keys() & {"unit", "frequency"}
        assert prescription["unread"] == {
            "dose": ["40", "said_otherwise"],
            "dose_unit": ["mg", "said_otherwise"],
            "frequency": ["daily", "said_otherwise"],
        }


def test_the_last_dose_is_the_one_taken_last_wherever_it_stands() -> None:
    newest_first = "C1,P1,Methadone,2026-11-02 09:00,50\nC1,P1,Methadone,2026-11-01,40\n"
    for row in rows(f"CLIENTID,{RX},last_dose_at,last_dose\n{newest_first}"):
        dose = row.said["dose:P1"]
        assert (dose["taken_on"], dose["amount_as_written"]) == ("2026-11-02", "50")


@pytest.mark.parametrize(
    ("columns", "cells", "item", "unread", "flagged"),
    [
        pytest.param(
            "EPISODID,MODAL",
            "E1,94",
            "mention",
            {"MODAL": ["94", "not_placed"], "EPISODID": ["E1", "not_placed"]},
            {("MODID", "not_given")},
            id="an intervention without a reference",
        ),
        pytest.param(
            "EPISODID,REFLD",
            "1.23E+12,2026-10-01",
            "mention",
            {"EPISODID": ["1.23E+12", "changed_by_spreadsheet"], "REFLD": ["2026-10-01", "not_placed"]},
            {("EPISODID", "changed_by_spreadsheet")},
            id="a reference that a spreadsheet changed",
        ),
        pytest.param(
            "prescription_id,dose,dose_unit",
            "P1,40,mg",
            "mention",
            {
                name: [text, "not_placed"]
                for name, text in (("prescription_id", "P1"), ("dose", "40"), ("dose_unit", "mg"))
            },
            {("medicine", "not_given")},
            id="a prescription of nothing",
        ),
        pytest.param(
            f"{RX},dose,dose_unit,last_dose_at,last_dose",
            "P1,Methadone,40,mg,yesterday,40",
            "prescription:P1",
            {"last_dose_at": ["yesterday", "not_a_day"], "last_dose": ["40", "not_placed"]},
            {("last_dose_at", "not_a_day")},
            id="a last dose of no day",
        ),
        pytest.param(
            "attendance_id,attendance_at,attendance_kind",
            "A1,31/09/2026,Key work",
            "mention",
            {
                "attendance_at": ["31/09/2026", "not_a_day"],
                "attendance_id": ["A1", "not_placed"],
                "attendance_kind": ["Key work", "not_placed"],
            },
            {("attendance_at", "not_a_day")},
            id="an appointment of no day",
        ),
        pytest.param(
            "EPISODID,REFLD,TOPDATE",
            "E1,2026-10-01,2026-10-02",
            "episode:E1",
            {"TOPDATE": ["2026-10-02", "unknown_column"]},
            {("TOPDATE", "unknown_column")},
            id="a column nobody documented",
        ),
        pytest.param(
            "EPISODID,REFLD",
            "E1,2026-10-01,more,and more",
            "episode:E1",
            {"cells beyond the header": ["more,and more", "beyond_header"]},
            {("cells_beyond_the_header", "beyond_header")},
            id="cells beyond the header",
        ),
    ],
)
def test_cells_that_fit_nowhere_are_kept_with_what_does(
    columns: str, cells: str, item: str, unread: Mapping[str, Any], flagged: set[tuple[str, str]]
) -> None:
    (row,) = rows(f"CLIENTID,{columns}\nC1,{cells}\n")
    assert row.said[item]["unread"] == unread
    ndtms = {"CONSENT", "DAT", "FINITIAL", "SINITIAL", "DOB", "SEX", "DRUG1", "TRIAGED", "REFLD"}
    assert {(flag.field, flag.key) for flag in row.flags if flag.field not in ndtms} == flagged


def test_texts_that_several_rows_leave_over_are_all_kept() -> None:
    for row in rows("CLIENTID,EPISODID,REFLD,TOPID\nC1,E1,2026-10-01,T1\nC1,E1,2026-10-01,T2\n"):
        assert row.said["episode:E1"]["unread"] == {"TOPID": ["T1 | T2", "unknown_column"]}


# What is wrong with the whole file is said once


def test_an_unknown_column_is_flagged_on_the_first_row_alone() -> None:
    first, second = rows("CLIENTID,last_name,eyes,\nC1,Lantern,,\nC2,Kettle,brown,\n")
    assert [flag.field for flag in first.flags if flag.key == "unknown_column"] == ["EYES"]
    assert [flag.field for flag in second.flags if flag.key == "unknown_column"] == []
    assert second.said["person"]["unread"] == {"EYES": ["brown", "unknown_column"]}


def test_what_no_row_can_give_is_flagged_on_the_first_row_alone() -> None:
    first, second = rows("CLIENTID,EPISODID,REFLD,TRIAGED\nC1,E1,2026-10-01,\nC2,E1,2026-10-01,\n")
    assert {"DAT", "TRIAGED"} <= {flag.field for flag in first.flags if flag.key == "not_given"}
    assert {flag.field for flag in second.flags if flag.key == "not_given"} == {"TRIAGED"}


def test_rules_of_treatment_flag_the_row_and_a_cell_only_once() -> None:
    assert ("TRIAGED REFLD", "assessed_before_referral") in flags(
        "EPISODID,REFLD,TRIAGED", "E1,2026-10-03,2026-10-01"
    )
    (row,) = rows("CLIENTID,DOB,EPISODID,REFLD\nC1,31/02/1990,E1,2026-10-01\n")
    assert [flag.key for flag in row.flags if flag.field == "DOB"] == ["not_a_day"]


@pytest.mark.parametrize(
    ("cells", "is_flagged"),
    [
        pytest.param("A1,2026-11-01,", True, id="of a day that is past"),
        pytest.param("A1,2026-11-02,", False, id="of today"),
        pytest.param("A1,2026-11-01,DNA", False, id="told, and not understood"),
    ],
)
def test_a_past_appointment_lacks_its_outcome(cells: str, *, is_flagged: bool) -> None:
    (row,) = rows(f"CLIENTID,attendance_id,attendance_at,attendance_outcome\nC1,{cells}\n")
    assert (
        ("attendance_outcome", "not_given") in {(flag.field, flag.key) for flag in row.flags}
    ) is is_flagged


# Files that cannot be read at all


@pytest.mark.parametrize(
    ("written", "says"),
    [
        pytest.param(b"", "no header line", id="nothing"),
        pytest.param(b"\n\n", "no header line", id="empty lines"),
        pytest.param(b"first_name,last_name\nDee,Lantern\n", "name the column CLIENTID", id="nobody named"),
        pytest.param(b"CLIENTID;last_name\nC1;Lantern\n", "Commas must stand", id="semicolons"),
        pytest.param("CLIENTID,last_name\n".encode("utf-16"), "UTF-16", id="another encoding"),
        pytest.param(b"CLIENTID,DOB,dob\nC1,,\n", "The column DOB stands twice", id="a column twice"),
        pytest.param(
            b'CLIENTID,"last_name\nC1,Lantern\n', "a quote is not closed", id="a quote in the header"
        ),
        pytest.param(
            b'CLIENTID,last_name\nC1,"Lantern\nC2,Kettle\n', "a quote is not closed", id="a quote in a row"
        ),
        pytest.param(
            b"CLIENTID,last_name\nC1," + b"x" * 3_000_000, "far too long", id="a line without an end"
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_before_any_of_it_goes_in(written: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as refused:
        read(written)
    assert len(str(refused.value)) <= 250


def test_a_file_with_a_header_alone_has_no_rows() -> None:
    assert read("CLIENTID\n") == []


def test_lines_without_a_word_are_no_rows() -> None:
    (row,) = rows("CLIENTID,last_name\n\n , \nC1,Lantern\n,,\n")
    assert row.line == 4


def test_the_file_stays_open_for_whoever_opened_it_and_may_be_closed_early() -> None:
    file = io.BytesIO(b"CLIENTID\nC1\nC2\n")
    list(treatment.read(file, as_at=NOON))
    assert not file.closed
    reading = treatment.read(file, as_at=NOON)
    next(reading)
    file.close()
    assert isinstance(reading, Generator)
    reading.close()


def test_every_statement_fits_the_columns_of_the_record() -> None:
    long = "x" * 3000
    (row,) = rows(
        f"CLIENTID,{RX},dose,frequency,medicine_code,prescriber,pharmacy,first_name,other_names,eyes{long}\n"
        f"C1,{'P' * 40},{long},{long},{long},{long},{long},{long},{long},{long},{long}\n"
    )
    prescription = row.said[f"prescription:{'P' * 40}"]
    assert {name: len(text) for name, text in prescription.items() if isinstance(text, str)} == {
        "key": 40,
        "medicine": 200,
        "dose_as_written": 60,
        "frequency": 60,
        "medicine_code": 40,
        "prescriber": 120,
        "pharmacy": 120,
    }
    assert {len(text) for text, _ in prescription["unread"].values()} == {2000}


# What is written down for those who send files

PROBLEMS = {
    "birth_date_placeholder",
    "changed_by_spreadsheet",
    "hour_happened_twice",
    "midnight",
    "month_first",
    "no_such_hour",
    "not_a_number",
    "not_a_time",
    "not_a_whole_number",
    "not_an_initial",
    "not_placed",
    "odd_characters",
    "said_otherwise",
    "too_far_off",
    "two_digit_year",
    "two_readings",
    "unknown_code",
    "unknown_column",
    "beyond_header",
}


@pytest.mark.parametrize("problem", sorted(PROBLEMS))
def test_every_problem_has_a_sentence(problem: str) -> None:
    assert words(problem) != f"{problem.replace('_', ' ').capitalize()}. Check it with the source."


DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_example_for_data_clerks_reads_without_a_doubt() -> None:
    page = (DOCS / "how-to" / "send-a-treatment-extract.md").read_text(encoding="utf-8")
    example = page.split("```csv\n")[1].split("```")[0].encode()
    found = list(treatment.read(io.BytesIO(example), as_at=datetime(2026, 11, 20, 18, tzinfo=UTC)))
    assert {row.key for row in found if isinstance(row, Row)} == {"101", "102", "103", "104", "105", "106"}
    assert [row for row in found if isinstance(row, Reject)] == []
    assert not [flag for row in found if isinstance(row, Row) for flag in row.flags]


def test_the_page_of_columns_is_in_step_with_their_code_set() -> None:
    page = (DOCS / "reference" / "treatment-columns.md").read_text(encoding="utf-8")
    assert page == treatment_columns_page()


def test_every_link_of_the_page_leads_to_a_list_of_codes() -> None:
    page = treatment_columns_page()
    links = set(re.findall(r"\(#([a-z_-]+)\)", page))
    heads = {head.lower().replace(" ", "-") for head in re.findall(r"^### (.+)$", page, re.MULTILINE)}
    assert links == heads
    assert all(row["name"] in page for row in code_set("treatment_columns").rows)
