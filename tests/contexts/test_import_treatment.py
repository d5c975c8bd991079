"""A treatment provider's file going in: what becomes of each row, and what the record says afterwards."""

import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import content, database, story
from tests.contexts.treatment_extracts import (
    DEE,
    METHADONE,
    OTHER,
    PROVIDER,
    Row,
    bring_in,
    bring_in_bytes,
    concerned_with,
    death_of,
    entries,
    reasons,
    relationships,
    standing,
    superseded,
    text_of,
)
from throughgate.people import actions as people
from throughgate.record import actions as record
from throughgate.record.rules import Draft

pytestmark = pytest.mark.django_db


# What becomes of the rows


def test_every_row_is_accounted_for_and_the_same_file_again_changes_nothing() -> None:
    rows = (
        {
            **DEE,
            "EPISODID": "E1",
            "REFLD": "2026-10-01",
            **METHADONE,
            "last_dose_at": "2026-11-02T09:15",
            "last_dose": "40",
        },
        {
            "CLIENTID": "C2",
            "FINITIAL": "J",
            "SINITIAL": "T",
            "attendance_id": "A1",
            "attendance_at": "2026-11-01 10:00",
        },
        {"CLIENTID": "", "first_name": "Nobody"},
    )
    first = bring_in(*rows).counts
    assert (first["read"], first["new"], first["rejected"]) == (3, 2, 1)
    again = bring_in(*rows, as_at=story.noon(9)).counts
    assert (again["read"], again["unchanged"], again["rejected"], again["entries"]) == (3, 2, 1, 0)
    changed = bring_in({**rows[0], "dose": "50"}, rows[1], as_at=story.noon(10)).counts
    assert (changed["changed"], changed["unchanged"], changed["entries"]) == (1, 1, 1)


BAD_ROWS = (
    b"\xef\xbb\xbfclientid,Last_Name,DOB,nhs_number,EPISODID,REFLD,DISD\n"
    b"B1,Lantern,29/02/1988,9990000018,E1,2026-10-01,\n"  # a leap day
    b"B2,Kettle,12/31/1993,9990000019,E1,21/10/26,\n"  # swapped, a wrong check digit, a short year
    b"B3,Um\x00brella\xff,,,E1,2026-10-01,,too,much\n"  # no text, and cells beyond the header
    b"B\x004,Ladder,,,E1,2026-10-01,\n"
    b"\n"
    b",Button,,,,,\n"
    b"B1,Lantern,29/02/1988,9990000018,E1,2026-10-01,\n"  # the first row again
    b'B5,"Com\npass",,,E1,2026-10-01,31/09/2026\n'  # a name on two lines
)


def test_bad_rows_are_accounted_for_and_nothing_is_guessed() -> None:
    report = bring_in_bytes(BAD_ROWS)
    counts = report.counts
    assert (counts["read"], counts["new"], counts["unchanged"], counts["rejected"]) == (7, 4, 1, 2)
    assert [(reject.line, reject.field) for reject in report.rejects] == [(5, "CLIENTID"), (7, "CLIENTID")]
    assert {(each["item"], each["as_written"]) for each in standing("treatment_unread")} == {
        ("person DOB", "12/31/1993"),
        ("episode:E1 REFLD", "21/10/26"),
        ("episode:E1 DISD", "31/09/2026"),
        ("episode:E1 cells beyond the header", "too,much"),
    }
    assert bring_in_bytes(BAD_ROWS, as_at=story.noon(9)).counts["entries"] == 0


def test_a_file_that_cannot_be_read_to_its_end_leaves_nothing_in() -> None:
    report = bring_in_bytes(b'CLIENTID,last_name\nC1,Lantern\nC2,"Kettle\n')
    assert "a quote is not closed" in report.stopped_because
    assert report.counts["read"] == 0


def test_names_as_long_as_a_source_may_write_go_in() -> None:
    counts = bring_in(
        {"CLIENTID": "C1", "first_name": "\ufdfa" * 300, "middle_names": "M" * 300, "last_name": "L" * 300}
    ).counts
    assert (counts["new"], counts["flags"]) == (1, 3)


def test_a_job_brings_a_file_in_as_a_page_does() -> None:
    story.organisation(PROVIDER)
    with tempfile.TemporaryDirectory() as folder, database.role("worker"):
        path = Path(folder) / "extract.csv"
        path.write_text(
            text_of([{**DEE, **METHADONE, "EPISODID": "E1", "REFLD": "2026-10-01"}]), encoding="utf-8"
        )
        report = story.bring_in_file(path, source=PROVIDER, format_name="treatment")
    assert report.counts["entries"] == 2


def test_a_file_of_a_hundred_people_takes_as_many_queries_as_one_of_two() -> None:
    def rows(first: int, last: int) -> list[Row]:
        return [
            {**DEE, **METHADONE, "CLIENTID": f"C{n}", "nhs_number": "", "EPISODID": "E1"}
            for n in range(first, last)
        ]

    with CaptureQueriesContext(connection) as two:
        bring_in(*rows(0, 2))
    with CaptureQueriesContext(connection) as hundred:
        bring_in(*rows(2, 102))
    assert len(hundred) <= len(two)


# What the record says


def test_each_group_of_a_row_becomes_an_entry_dated_by_its_best_day() -> None:
    bring_in(
        {
            **DEE,
            "EPISODID": "E1",
            "REFLD": "20261001",
            "TRIAGED": "03/10/2026",
            "DRUG1": "1011",
            "DRUG3": "7000",
            "RFLS": "9",
            "MODID": "M1",
            "MODAL": "94",
            "FAOMODDT": "2026-10-04",
            **METHADONE,
            "supervision": "supervised",
            "next_dose_on": "2026-11-03",
            "pharmacy": "Corner Pharmacy",
            "last_dose_at": "2026-11-02T09:15",
            "last_dose": "40",
            "attendance_id": "A1",
            "attendance_at": "2026-11-01",
            "attendance_outcome": "attended_late",
            "attendance_place": "Market Street",
        }
    )
    (episode,) = standing("treatment_episode")
    assert (episode["referred_on"], episode["triaged_on"]) == (date(2026, 10, 1), date(2026, 10, 3))
    assert episode["drugs"] == ["1011", "7000"]
    assert standing("intervention")[0]["more"] == {"FAOMODDT": "2026-10-04"}
    (prescription,) = standing("prescription")
    assert (prescription["dose"], prescription["unit"], prescription["supervised"]) == (
        Decimal(40),
        "mg",
        "supervised",
    )
    assert (prescription["pharmacy"], prescription["next_dose_on"]) == ("Corner Pharmacy", date(2026, 11, 3))
    (dose,) = standing("dose")
    assert (dose["medicine"], dose["unit"]) == (METHADONE["medicine"], "mg")
    (attendance,) = standing("attendance")
    assert (attendance["outcome"], attendance["place"]) == ("attended_late", "Market Street")
    dated = {
        each["item"]: (each["dated_by"], each["at"]) for each in (episode, prescription, dose, attendance)
    }
    assert dated == {
        "episode:E1": ("day", datetime(2026, 10, 2, 23, tzinfo=UTC)),
        "prescription:P1": ("by", story.NOON),
        "dose:P1": ("time", datetime(2026, 11, 2, 9, 15, tzinfo=UTC)),
        "attendance:A1": ("day", datetime(2026, 11, 1, tzinfo=UTC)),
    }


def test_entries_stand_in_the_episode_their_row_names() -> None:
    bring_in(
        {**DEE, "EPISODID": "E1", "REFLD": "2026-10-01"}, {"CLIENTID": "C1", "EPISODID": "E1", **METHADONE}
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry.kind, episode.key FROM record_entry entry LEFT JOIN record_episode episode"
            " ON episode.id = entry.episode_id ORDER BY 1"
        )
        assert cursor.fetchall() == [("prescription", "E1"), ("treatment_episode", "E1")]


def test_a_newer_word_supersedes_and_the_older_stays() -> None:
    bring_in({**DEE, **METHADONE})
    bring_in({**DEE, **METHADONE, "dose": "50"}, as_at=story.noon(3))
    assert [each["dose_as_written"] for each in standing("prescription")] == ["50"]
    assert [each["dose_as_written"] for each in superseded("prescription")] == ["40"]
    assert reasons() == {"The source sent a newer version"}


def test_an_older_word_that_comes_late_is_kept_and_changes_nothing_that_stands() -> None:
    bring_in({**DEE, **METHADONE, "dose": "50"}, as_at=story.noon(9))
    bring_in({**DEE, **METHADONE, "dose": "45"}, as_at=story.noon(5))
    bring_in({**DEE, **METHADONE, "dose": "40"}, as_at=story.noon(1))
    (stands,) = standing("prescription")
    assert (stands["dose_as_written"], stands["as_at"]) == ("50", story.noon(9))
    assert {each["dose_as_written"] for each in superseded("prescription")} == {"40", "45", "50"}
    assert reasons() == {"An earlier extract arrived later"}


def test_what_an_older_word_told_already_is_as_old_as_that() -> None:
    bring_in({**DEE, **METHADONE}, as_at=story.noon(9))
    bring_in({**DEE, **METHADONE}, as_at=story.noon(5))
    (stands,) = standing("prescription")
    assert stands["as_at"] == story.noon(5)


def test_a_cell_put_right_takes_its_unread_text_back() -> None:
    bring_in({**DEE, "EPISODID": "E1", "REFLD": "31/09/2026"})
    (unread,) = standing("treatment_unread")
    assert (unread["field"], unread["as_written"], unread["problem"]) == ("REFLD", "31/09/2026", "not_a_day")
    bring_in({**DEE, "EPISODID": "E1", "REFLD": "30/09/2026"}, as_at=story.noon(3))
    assert standing("treatment_unread") == []
    assert standing("treatment_episode")[0]["referred_on"] == date(2026, 9, 30)


def test_a_word_that_is_late_and_was_taken_back_does_not_stand() -> None:
    bring_in({**DEE, "EPISODID": "E1", "REFLD": "30/09/2026"}, as_at=story.noon(3))
    bring_in({**DEE, "EPISODID": "E1", "REFLD": "31/09/2026"})
    assert standing("treatment_unread") == []
    assert [each["as_written"] for each in superseded("treatment_unread")] == ["31/09/2026"]


def test_what_a_worker_wrote_in_place_of_a_feed_s_word_is_left_alone() -> None:
    bring_in({**DEE, "EPISODID": "E1", "REFLD": "2026-10-01", **METHADONE})
    permit = story.opens(story.worker("community_prescriber", PROVIDER), story.person("C1", source=PROVIDER))
    (entry_id,) = entries("prescription")
    by_hand = Draft(
        identity_id=story.identity("C1", source=PROVIDER),
        kind="prescription",
        item="prescription:P1",
        happened_at=story.NOON,
        dated_by="time",
        as_at=story.NOON,
        body={"prescription_key": "P1", "medicine": "Methadone", "dose_as_written": "45"},
    )
    story.corrects(permit, entry_id, by_hand)
    bring_in({**DEE, **METHADONE, "dose": "50"}, as_at=story.noon(9))
    bring_in({**DEE, **METHADONE, "dose": "30"}, as_at=story.noon(1))
    assert {each["dose_as_written"] for each in standing("prescription")} == {"45", "50"}


def test_a_late_word_does_not_write_again_what_was_blanked() -> None:
    bring_in({**DEE, "EPISODID": "E1", "REFLD": "2026-10-01", **METHADONE}, as_at=story.noon(9))
    permit = story.opens(story.worker("community_prescriber", PROVIDER), story.person("C1", source=PROVIDER))
    (entry_id,) = entries("prescription")
    record.redact(permit, entry_id, reason="Court order")
    bring_in({**DEE, **METHADONE, "dose": "30"}, as_at=story.noon(1))
    assert [each["medicine"] for each in standing("prescription")] == [""]


def test_a_file_that_only_names_somebody_takes_nothing_back() -> None:
    bring_in({**DEE, "EPISODID": "E1", "REFLD": "2026-10-01"})
    bring_in({"CLIENTID": "C1", **METHADONE}, as_at=story.noon(9))
    assert content.everything()["people"][0][1] == "Dee Lantern"
    assert len(standing("treatment_episode")) == 1


# Who is concerned


@pytest.mark.parametrize(
    ("episode", "expected"),
    [
        pytest.param({"REFLD": "2026-10-01"}, [(date(2026, 10, 1), None)], id="from the referral on"),
        pytest.param(
            {"TRIAGED": "2026-10-03", "CPLANDT": "2026-10-02"},
            [(date(2026, 10, 2), None)],
            id="the earliest day",
        ),
        pytest.param({"RFLS": "9"}, [(date(2026, 11, 2), None)], id="by the day of the extract, without any"),
        pytest.param({"REFLD": "2099-10-01"}, [(date(2026, 11, 2), None)], id="no later than it was told"),
        pytest.param(
            {"REFLD": "2026-09-01", "DISD": "2026-09-30", "discharge_reason": "dropped_out"},
            [(date(2026, 9, 1), date(2026, 10, 29))],
            id="to 28 days after the end",
        ),
        pytest.param(
            {"REFLD": "2026-09-01", "DISD": "2026-09-30", "discharge_reason": "died"},
            [(date(2026, 9, 1), date(2026, 12, 30))],
            id="to 90 days after a death",
        ),
        pytest.param(
            {"REFLD": "2026-09-01", "DISD": "2025-09-30"},
            [(date(2025, 9, 30), date(2025, 10, 29))],
            id="an end before the beginning",
        ),
    ],
)
def test_an_episode_makes_its_provider_concerned(
    episode: Row, expected: list[tuple[date, date | None]]
) -> None:
    bring_in({**DEE, "EPISODID": "E1", **episode})
    assert relationships() == expected


def test_episodes_that_touch_are_one_relationship() -> None:
    who = {"CLIENTID": "C1"}
    bring_in(
        {**who, "EPISODID": "E1", "REFLD": "2026-01-01", "DISD": "2026-01-31"},
        {**who, "EPISODID": "E2", "REFLD": "2026-02-20", "DISD": "2026-02-25"},
        {**who, "EPISODID": "E3", "REFLD": "2026-07-01"},
        {**who, "EPISODID": "E4", "REFLD": "2026-08-01", "DISD": "2026-08-02"},
    )
    assert relationships() == [(date(2026, 1, 1), date(2026, 3, 26)), (date(2026, 7, 1), None)]


def test_an_end_taken_back_opens_the_relationship_again() -> None:
    bring_in({**DEE, "EPISODID": "E1", "REFLD": "2026-01-01", "DISD": "2026-01-31"})
    bring_in({**DEE, "EPISODID": "E1", "REFLD": "2026-01-01"}, as_at=story.noon(3))
    assert relationships() == [(date(2026, 1, 1), None)]


def test_two_providers_are_each_concerned_with_the_one_person() -> None:
    bring_in({**DEE, "EPISODID": "E1", "REFLD": "2026-01-01", **METHADONE})
    bring_in({**DEE, "EPISODID": "7", "REFLD": "2026-05-01", **METHADONE, "dose": "60"}, source=OTHER)
    assert story.person("C1", source=PROVIDER) == story.person("C1", source=OTHER)
    assert (relationships(), relationships(OTHER)) == ([(date(2026, 1, 1), None)], [(date(2026, 5, 1), None)])
    assert {each["dose_as_written"] for each in standing("prescription")} == {"40", "60"}


def test_a_relationship_follows_when_a_prison_s_file_shows_that_two_are_one() -> None:
    bring_in({**DEE, "prison_number": story.DEE, "EPISODID": "E1", "REFLD": "2026-01-01"})
    bring_in(
        {**DEE, "nhs_number": "", "pnc": "2015/0000001D", "EPISODID": "7", "REFLD": "2026-05-01"},
        source=OTHER,
    )
    assert story.person("C1", source=PROVIDER) != story.person("C1", source=OTHER)
    story.bring_in(story.document(pncNumber="2015/0000001D", lastName="LANTERN"))
    assert story.person("C1", source=PROVIDER) == story.person("C1", source=OTHER) == story.person()
    assert concerned_with(story.person()) == {PROVIDER, OTHER, "MDI"}


# Deaths


def test_an_episode_that_ended_with_a_death_reports_it_once() -> None:
    died = {**DEE, "EPISODID": "E1", "REFLD": "2026-10-01", "DISD": "2026-10-30", "discharge_reason": "died"}
    bring_in(died)
    assert death_of("C1") == "reported"
    people.note_death(
        story.feed(), [story.person("C1", source=PROVIDER)], state=""
    )  # a worker found it was a mistake
    bring_in({**died, "ROUTE": "1"}, as_at=story.noon(3))
    assert death_of("C1") == ""


def test_a_death_is_known_of_those_who_turn_out_to_be_the_same_person() -> None:
    bring_in({**DEE, "nhs_number": ""}, source=OTHER)
    died = {"EPISODID": "E1", "REFLD": "2026-10-01", "DISD": "2026-10-30", "discharge_reason": "died"}
    bring_in({**DEE, **died})
    assert death_of("C1", source=OTHER) == ""
    bring_in(DEE, source=OTHER, as_at=story.noon(3))
    assert death_of("C1", source=OTHER) == "reported"
