"""A plain list of people: what its columns are taken for, and how a name is taken apart."""

import io
import json
from datetime import UTC, datetime

import pytest

from throughgate.exchange.inbound.people import PlainList, check, recognised
from throughgate.exchange.inbound.reading import Unreadable
from throughgate.exchange.inbound.rows import Reject, Row
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        pytest.param(["NAME", "DOB"], ["name", "birth_date"], id="plain names"),
        pytest.param(["D.O.B.", "NHS NO."], ["birth_date", "nhs_number"], id="stops and spaces are nothing"),
        pytest.param(["Date of birth", "Prison-No"], ["birth_date", "prison_number"], id="nor are strokes"),
        pytest.param(["SURNAME", "FORENAME", "AKA"], ["last_name", "first_name", "other_names"], id="parts"),
        pytest.param(["START", "DATE LEFT"], ["started", "ended"], id="from when to when"),
        pytest.param(
            ["DOB", "BIRTHDAY"], ["birth_date", ""], id="of two that are called the same the first is it"
        ),
        pytest.param(["SHOE SIZE", "WORKER"], ["", ""], id="what nobody knows is text"),
        pytest.param(["NAME", ""], ["name"], id="a column without a name is none"),
        pytest.param(
            ["CLIENT", "FIRST NAME", "SURNAME"],
            ["", "first_name", "last_name"],
            id="beside both parts of a name a whole one is something else, such as a number",
        ),
    ],
)
def test_columns_are_known_by_what_people_call_them(header: list[str], found: list[str]) -> None:
    assert list(recognised(header).values()) == found


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"A": "birth_date"}, "No column tells who anybody is"),
        ({"A": "name", "B": "name"}, "Two columns are taken for the full name"),
        ({"A": "name", "B": "shoe_size"}, "cannot hold shoe_size"),
        ({"A": "name", "B": "last_name"}, "The full name and a part of it"),
    ],
)
def test_columns_that_cannot_be_are_refused(columns: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        check(columns)


def test_every_name_of_a_column_means_something_there_is() -> None:
    meanings = {row["meaning"] for row in code_set("people_columns").rows}
    assert meanings <= set(code_set("people_meanings").labels())


def read(text: str, columns: dict[str, str] | None = None) -> list[Row | Reject]:
    return list(PlainList(columns or {}).read(io.BytesIO(text.encode()), as_at=NOON))


def person(row: Row | Reject) -> dict[str, object]:
    assert isinstance(row, Row)
    details: dict[str, object] = row.said["person"]["details"]
    return details


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        pytest.param("Dee Lantern", "Dee", "Lantern", id="as it is spoken"),
        pytest.param('"Lantern, Dee"', "Dee", "Lantern", id="as on a list, with a comma"),
        pytest.param("Dee Anne Lantern", "Dee Anne", "Lantern", id="the last word is the surname"),
        pytest.param("Mrs. Dee Lantern", "Dee", "Lantern", id="without a title"),
        pytest.param("J.T.", "J", "T", id="letters"),
        pytest.param("Siân", "Siân", None, id="a single word is a first name"),
    ],
)
def test_a_full_name_is_taken_apart(written: str, first: str, last: str | None) -> None:
    (row,) = read(f"Name\n{written}\n")
    assert (person(row).get("first_name"), person(row).get("last_name")) == (first, last)


def keys(text: str) -> list[str]:
    return [row.key for row in read(text) if isinstance(row, Row)]


def test_a_row_keeps_its_key_when_numbers_are_added_and_days_are_written_otherwise() -> None:
    (before,) = keys("Name,DOB\nDee Lantern,04/05/1989\n")
    (after,) = keys("DOB,Name,NHS\n1989-05-04,DEE LANTERN,9990000018\n")
    assert before == after


def test_a_reference_goes_before_a_name_and_a_number_is_enough() -> None:
    assert keys("Ref,Name\n17,Dee Lantern\n") == ["17"]
    assert keys("NHS number\n9990000018\n") == ["9990000018"]


def test_a_name_far_too_long_still_is_a_key_of_its_own() -> None:
    one, two = keys(f"Name,Born\n{'M' * 90}a,1989-05-04\n{'M' * 90}b,1989-05-04\n")
    assert one != two
    assert len(one) <= 80


@pytest.mark.parametrize(
    ("written", "are_rejected"),
    [
        pytest.param(
            "Name,DOB\nDee Lantern,04/05/1989\nDee Lantern,04/05/1989\n", False, id="a name and birth date"
        ),
        pytest.param("Name\nDee Lantern\nDee Lantern\n", True, id="a name alone is nobody's own"),
        pytest.param("Name,DOB\nD L,04/05/1989\nD L,04/05/1989\n", True, id="nor are letters"),
        pytest.param(
            "Name,DOB,NHS\nDee Lantern,04/05/1989,9990000018\nDee Lantern,04/05/1989,9990000026\n",
            True,
            id="nor a name and birth date under two numbers",
        ),
        pytest.param(
            "Name,DOB,NHS\nDee Lantern,04/05/1989,9990000018\nDee Lantern,04/05/1989,\n",
            False,
            id="a number that is missing says nothing",
        ),
        pytest.param("Ref,Name\n17,D L\n17,D L\n", False, id="a reference is one person's"),
    ],
)
def test_rows_that_say_the_same_are_one_person_or_rejected(written: str, are_rejected: bool) -> None:
    assert [isinstance(row, Reject) for row in read(written)] == [are_rejected, are_rejected]


@pytest.mark.parametrize("header", ["N" * 300, ",".join(f"C{number}" for number in range(2000))])
def test_a_first_line_that_names_no_columns_is_refused(header: str) -> None:
    with pytest.raises(Unreadable, match="far too long to name columns"):
        read(f"{header}\nDee\n")


def test_a_reference_that_a_spreadsheet_has_changed_is_rejected_as_such() -> None:
    (row,) = read("Ref,Name\n1.23E+15,Dee Lantern\n")
    assert isinstance(row, Reject)
    assert "spreadsheet" in row.why


# Bad rows: each is in or rejected with its line and a reason, and nothing is guessed (D04, D07)
ODD: dict[str, tuple[str, str]] = {
    "a wrong check digit": ("Dee Lantern,04/05/1989,9990000019", "identifier_check_character"),
    "a 29 February that was not": ("Dee Lantern,29/02/1989,", "not_a_day"),
    "a year of two digits": ("Dee Lantern,04/05/89,", "two_digit_year"),
    "a year alone": ("Dee Lantern,1989,", "not_a_day"),
    "the month first": ("Dee Lantern,10/25/1989,", "month_first"),
    "cells beyond the header": ("Dee Lantern,04/05/1989,,more,and more", "beyond_header"),
    "text that turns around": ("D\u202eee Lantern,04/05/1989,", "odd_characters"),
    "a mark that cannot be seen": ("D\u200bee Lantern,04/05/1989,", "odd_characters"),
    "a character no database keeps": ("D\x00ee Lantern,04/05/1989,", "odd_characters"),
    "a letter of another alphabet": ("D\u0435e Lantern,04/05/1989,", ""),
    "a tag": ("<script>Dee</script> Lantern,04/05/1989,", ""),
    "a formula": ("=cmd|' /C calc'!A0,04/05/1989,", ""),
}


@pytest.mark.parametrize(("written", "flag"), ODD.values(), ids=ODD)
def test_what_is_odd_in_a_row_is_flagged_and_the_row_goes_in(written: str, flag: str) -> None:
    (row,) = read(f"\ufeffName,DOB,NHS no\n{written}\n")
    assert isinstance(row, Row)
    assert {each.key for each in row.flags} == ({flag} if flag else set())
    shown = json.dumps(row.said, ensure_ascii=False)
    assert not {"\u202e", "\u200b", "\x00"} & set(shown)
    assert "\\u0000" not in shown


def flags(written: str) -> set[tuple[str, str]]:
    (row,) = read(written)
    assert isinstance(row, Row)
    return {(each.field, each.key) for each in row.flags}


def test_what_is_odd_is_said_under_the_lists_own_columns() -> None:
    assert flags("Name,Born on,Start date\nDee Lantern,4/5/89,1/11/26\n") == {
        ("BORN_ON", "two_digit_year"),
        ("START_DATE", "two_digit_year"),
    }


def test_days_that_cannot_be_are_flagged_and_no_reason_to_leave_is_missed() -> None:
    assert flags("Name,Started,Left\nDee Lantern,01/11/2026,01/10/2026\n") == {
        ("LEFT STARTED", "left_before_start")
    }
    assert flags("Name,Started\nDee Lantern,01/12/2030\n") == {("STARTED", "started_in_future")}


@pytest.mark.parametrize(
    ("written", "why"),
    [
        pytest.param(b"Name;DOB\nDee Lantern;04/05/1989\n", "Commas must stand", id="semicolons"),
        pytest.param(b"Name\tDOB\nDee Lantern\t04/05/1989\n", "Commas must stand", id="tabs"),
        pytest.param("Name,DOB\nDee,04/05/1989\n".encode("utf-16"), "UTF-16", id="two bytes a letter"),
    ],
)
def test_what_a_spreadsheet_saves_otherwise_is_refused_with_how_to_save_it(written: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=f"{why}.* choose Save as, then CSV UTF-8"):
        list(PlainList().read(io.BytesIO(written), as_at=NOON))


def test_bytes_that_are_no_text_are_made_visible() -> None:
    (row,) = PlainList().read(io.BytesIO(b"Name,DOB\nSi\xe2n Umbrella,04/05/1989\n"), as_at=NOON)
    assert isinstance(row, Row)
    assert "\\xe2" in str(person(row)["first_name"])


def test_a_quote_that_is_not_closed_ends_the_reading() -> None:
    with pytest.raises(Unreadable, match="quote is not closed"):
        read('Name\nDee Lantern\n"Kim\n')
