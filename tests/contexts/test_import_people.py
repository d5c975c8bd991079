"""A plain list of people going in: read as somebody agreed, and nobody joined by a name."""

import io
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests import content, story
from tests.content import rows
from tests.story import DEE, noon
from throughgate.access import actions as access
from throughgate.directory import queries as places
from throughgate.exchange import actions as exchange
from throughgate.exchange import queries, uploads
from throughgate.exchange.inbound.run import Report
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused

pytestmark = pytest.mark.django_db

DEE_WITH_THEM = "Dee Marlowe,04/05/1989,01/09/2026,,Kofi\n"
SECOND = noon(2)
PLAIN = "Name,D.O.B.,Started,Left,Worker\n"


def send(text: str, *, as_at: datetime = SECOND, columns: dict[str, str] | None = None) -> Report:
    if "STEP" not in places.by_code():
        story.organisation("STEP", "peer_support")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "our people.csv"
        path.write_text(text, encoding="utf-8")
        return exchange.import_file(
            format_name="people",
            path=path,
            organisation_code="STEP",
            as_at=as_at,
            progress=lambda _: None,
            columns=columns,
        )


def episodes() -> content.Rows:
    return rows(
        "SELECT started_on::text, ended_on::text FROM treatment_episodereport said"
        " JOIN record_entry entry ON entry.id = said.entry_id"
        " WHERE NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)"
        " ORDER BY started_on, entry.id"
    )


def names() -> content.Rows:
    return rows(
        "SELECT first_name, last_name, birth_date::text, initials_only FROM people_details ORDER BY id"
    )


def relationships() -> content.Rows:
    return rows("SELECT kind, opened_on::text, closed_on::text FROM access_relationship ORDER BY opened_on")


def test_the_least_that_can_be_sent_makes_a_person_an_episode_and_a_relationship() -> None:
    report = send(PLAIN + DEE_WITH_THEM)
    assert (report.counts["new"], report.counts["rejected"]) == (1, 0)
    assert names() == [("Dee", "Marlowe", "1989-05-04", False)]
    assert episodes() == [("2026-09-01", None)]
    assert relationships() == [("treatment", "2026-09-01", None)]
    assert rows("SELECT field, as_written FROM treatment_treatmentunread") == [("worker", "Kofi")]


def test_a_reference_is_theirs_only_where_the_list_has_one() -> None:
    """Else their name and birth date would stand on the record as the number of a service."""
    send(PLAIN + DEE_WITH_THEM)
    assert rows("SELECT value FROM people_identifier") == []
    send("Our ref,Name,D.O.B.\nS-12,Dee Marlowe,04/05/1989\n", as_at=noon(3))
    assert rows("SELECT value FROM people_identifier") == [("S-12",)]


def test_who_left_is_no_concern_of_theirs_four_weeks_later() -> None:
    send(PLAIN + DEE_WITH_THEM)
    send(PLAIN + "Dee Marlowe,04/05/1989,01/09/2026,30/10/2026,Kofi\n", as_at=noon(3))
    assert episodes() == [("2026-09-01", "2026-10-30")]
    assert relationships() == [("treatment", "2026-09-01", "2026-11-28")]


def test_who_comes_back_has_another_episode() -> None:
    send(PLAIN + "Dee Marlowe,04/05/1989,01/09/2025,30/10/2025,Kofi\n")
    send(PLAIN + DEE_WITH_THEM, as_at=noon(3))
    assert episodes() == [("2025-09-01", "2025-10-30"), ("2026-09-01", None)]
    assert rows("SELECT count(*) FROM people_person") == [(1,)]


def test_the_same_list_again_changes_nothing() -> None:
    send(PLAIN + DEE_WITH_THEM)
    before = content.everything()
    assert send(PLAIN + DEE_WITH_THEM, as_at=noon(3)).counts["unchanged"] == 1
    assert content.everything() == before


def test_a_list_without_days_says_that_they_are_with_them_now() -> None:
    send("Client,Birthday\nDee Marlowe,4/5/1989\n")
    assert relationships() == [("treatment", "2026-11-02", None)]


def test_a_number_joins_them_to_the_record_there_is_and_a_name_does_not() -> None:
    story.bring_in(story.document())
    send("Name,DOB\nDee Marlowe,04/05/1989\n")
    assert rows("SELECT count(*) FROM people_person") == [(2,)]
    send(f"Name,DOB,Prison no.\nDee Marlowe,04/05/1989,{DEE}\n", as_at=noon(3))
    assert story.person() == story.person("dee marlowe 1989 05 04", source="STEP")


def test_initials_are_kept_by_themselves_and_never_joined() -> None:
    story.bring_in(story.document(firstName="JOHN", lastName="TILL", dateOfBirth="1988-03-09"))
    report = send(f"Name,Born,Gender,NOMIS\nJ.T.,1988,M,{DEE}\n")
    assert report.counts["held"] == 1
    assert names()[-1] == ("J", "T", None, True)
    assert story.person() != story.person("j t 1988", source="STEP")


def test_rows_that_nothing_tells_apart_are_rejected_each() -> None:
    report = send("Name,Born\nJ.T.,1988\nJ.T.,1988\nA. B.,1990\n")
    assert (report.counts["read"], report.counts["rejected"], report.counts["new"]) == (3, 2, 1)
    assert [reject.field for reject in report.rejects] == ["name", "name"]


def test_a_row_without_a_name_is_rejected_with_what_to_do() -> None:
    report = send("Name,Born\n ,04/05/1989\nDee Marlowe,04/05/1989\n")
    assert (report.counts["read"], report.counts["rejected"], report.counts["new"]) == (2, 1, 1)
    assert report.rejects[0].what_to_do == "Put one in, and send it again."


def test_what_a_day_may_be_is_not_guessed() -> None:
    """One day that only makes sense with the month first leaves those that could be either in doubt."""
    send("Name,Started\nDee Marlowe,03/04/2026\nKim Button,10/25/2026\n")
    assert episodes() == [(None, None), (None, None)]
    assert rows("SELECT problem FROM treatment_treatmentunread ORDER BY 1") == [
        ("month_first",),
        ("two_readings",),
    ]


def test_what_columns_hold_may_be_said() -> None:
    text = "Who,When\nDee Marlowe,01/09/2026\n"
    assert "No column tells who anybody is" in send(text).stopped_because
    report = send(text, columns={"WHO": "name", "WHEN": "started"})
    assert report.counts["new"] == 1
    assert episodes() == [("2026-09-01", None)]
    twice = send(text, columns={"WHO": "name", "WHEN": "name"})
    assert "Two columns are taken for the full name" in twice.stopped_because


def test_a_spreadsheet_is_refused_with_how_to_save_it() -> None:
    assert "Save as, then CSV UTF-8" in send("PK\x03\x04 and so on").stopped_because


# From a page


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path


def test_from_a_page_the_columns_are_shown_before_anything_is_in_and_can_be_put_right() -> None:
    story.organisation("STEP", "peer_support")
    clerk = story.worker("data_quality", "STEP")
    permit = access.issue_review_permit(clerk, organisation_id=clerk.organisation_id, at=clock.now())
    run_id = uploads.receive_upload(
        clerk,
        organisation_code="STEP",
        format_name="people",
        as_at=noon(2),
        file=io.BytesIO(b"Name,When\nDee Marlowe,01/09/2026\n"),
        name="ours.csv",
    )
    uploads.carry_out_waiting()
    assert queries.run(permit, run_id).columns == {"NAME": "name", "WHEN": ""}
    with pytest.raises(Refused, match="Two columns"):
        uploads.place_columns(permit, run_id, {"WHEN": "name"})
    uploads.place_columns(permit, run_id, {"NAME": "name", "WHEN": "started"})
    assert queries.run(permit, run_id).state == "waiting"
    uploads.carry_out_waiting()
    assert rows("SELECT count(*) FROM people_identity") == [(0,)]
    uploads.confirm(permit, run_id)
    uploads.carry_out_waiting()
    assert episodes() == [("2026-09-01", None)]
    with pytest.raises(Refused, match="does not wait"):
        uploads.place_columns(permit, run_id, {"WHEN": ""})


def test_a_list_without_columns_is_refused_when_it_is_tried_out() -> None:
    story.organisation("STEP", "peer_support")
    clerk = story.worker("data_quality", "STEP")
    permit = access.issue_review_permit(clerk, organisation_id=clerk.organisation_id, at=clock.now())
    run_id = uploads.receive_upload(
        clerk,
        organisation_code="STEP",
        format_name="people",
        as_at=noon(2),
        file=io.BytesIO(b""),
        name="x.csv",
    )
    uploads.carry_out_waiting()
    found = queries.run(permit, run_id)
    assert (found.state, found.columns) == ("refused", {})
    assert "no header line" in found.stopped_because


# Rows that are about nobody


@pytest.mark.parametrize(
    "row",
    [
        "Total,,,,",
        "TOTAL: 12,,,,",
        "Grand total,12,,,",
        "Total people 12,,,,",
        "End of list,,,,",
        "Page 1 of 2,,,,",
        "Name,D.O.B.,Started,Left,Worker",
        "name,d.o.b.,,,",
        "n/a,04/05/1989,,,",
        "Unknown,,,,",
        "-,,,,Kofi",
        "?,,01/09/2026,,",
        "12,,,,",
        ",04/05/1989,,,Kofi",
    ],
)
def test_a_row_that_is_about_nobody_is_refused_with_a_reason(row: str) -> None:
    report = send(f"{PLAIN}{DEE_WITH_THEM}{row}\n")
    assert (report.counts["read"], report.counts["new"], report.counts["rejected"]) == (2, 1, 1)
    assert names() == [("Dee", "Marlowe", "1989-05-04", False)]
    (reject,) = report.rejects
    assert reject.line == 3
    assert reject.why.endswith(".")
    assert reject.what_to_do.endswith(".")


def test_a_row_about_nobody_in_the_middle_keeps_its_place_and_takes_nobody_with_it() -> None:
    text = f"{PLAIN}{DEE_WITH_THEM}Total,1,,,\n{PLAIN}Gethin Pugh,09/03/1988,01/09/2026,,Kofi\nTotal,1,,,\n"
    report = send(text)
    assert (report.counts["new"], report.counts["rejected"]) == (2, 3)
    assert [(each.line, each.as_written) for each in report.rejects] == [
        (3, "Total, 1"),
        (4, "Name, D.O.B., Started, Left, Worker"),
        (6, "Total, 1"),
    ]
    assert [each.why for each in report.rejects] == [
        "The row is a sum or the end of the list, and no person.",
        "The row repeats the names of the columns, and is no person.",
        "The row is a sum or the end of the list, and no person.",
    ]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("S-12,Total,,", ("Total", "")),
        ("S-12,Jimmy Page,09/01/1984,", ("Jimmy", "Page")),
        (",Page,09/01/1984,", ("Page", "")),
        ("12,Dee Marlowe,,", ("Dee", "Marlowe")),
        (f",n/a,,{DEE}", None),
        ("S-12,Unknown,,", None),
    ],
)
def test_who_is_told_otherwise_is_somebody_whatever_they_are_called(
    row: str, name: tuple[str, str] | None
) -> None:
    report = send(f"Our ref,Name,D.O.B.,Prison no.\n{row}\n")
    assert (report.counts["new"], report.counts["rejected"]) == (1, 0)
    assert [(first, last) for first, last, *_ in names()] == ([name] if name else [])


def test_a_sum_under_the_references_is_nobody() -> None:
    report = send("Our ref,Name,D.O.B.\nS-12,Dee Marlowe,04/05/1989\nTotal,1,\n")
    assert (report.counts["new"], report.counts["rejected"]) == (1, 1)
