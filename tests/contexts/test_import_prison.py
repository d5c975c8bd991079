"""A prison's own extract going in: what becomes of each document."""

import os
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import story
from throughgate.custody import actions as custody
from throughgate.custody import queries
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit

# Real shapes with invented people; not part of the project. See tests/journeys/test_a_prisons_extract.py.
SHARED = Path(os.environ.get("TG_SHARED", Path(__file__).resolve().parents[3] / "shared"))
PAGE = SHARED / "data" / "hmpps_dev" / "prisoner-search" / "MDI_page.json"

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(not PAGE.exists(), reason=f"{PAGE.name} is not here; TG_SHARED can say where it is")
def test_all_96_of_a_real_page_go_in_and_stay_as_they_are_when_sent_again() -> None:
    story.prison("MDI")
    first = story.bring_in_file(PAGE).counts
    assert (first["read"], first["new"], first["rejected"]) == (96, 96, 0)
    again = story.bring_in_file(PAGE).counts
    assert (again["read"], again["unchanged"], again["entries"]) == (96, 96, 0)


def test_a_template_nobody_filled_in_is_kept_as_written_and_flagged() -> None:
    template = "{{now offset='3 months' format='yyyy-MM-dd'}}"
    report = story.bring_in(story.document(releaseDate=template, conditionalReleaseDate="2027-03-04"))
    assert (report.counts["new"], report.counts["flags"]) == (1, 1)
    assert _rows("SELECT field, as_written FROM custody_unread") == [("releaseDate", template)]
    assert _rows("SELECT date_type FROM custody_expecteddate") == [("CRD",)]


@pytest.mark.parametrize("placeholder", ["", "string", "1900-01-01", None])
def test_a_placeholder_is_missing_and_neither_a_value_nor_a_flag(placeholder: str | None) -> None:
    report = story.bring_in(story.document(conditionalReleaseDate=placeholder, lastMovementDate=placeholder))
    assert report.counts["flags"] == 0
    assert _rows("SELECT * FROM custody_expecteddate") == []


@pytest.mark.parametrize(
    ("fields", "flag"),
    [
        ({"releaseDate": "2019-01-02", "confirmedReleaseDate": "2019-01-02"}, "release_past_and_held"),
        (
            {"licenceExpiryDate": "2027-01-01", "releaseDate": "2027-03-04"},
            "licence_ends_before_release",
        ),
        ({"conditionalReleaseDate": "2099-12-31"}, "too_far_off"),
    ],
    ids=["released long ago and inside", "licence ends before release", "the year 2099"],
)
def test_dates_that_do_not_fit_go_in_and_are_flagged(fields: dict[str, str], flag: str) -> None:
    report = story.bring_in(story.document(**fields))
    assert report.counts["new"] == 1
    flags = _rows("SELECT jsonb_array_elements_text(flags) FROM custody_standing")
    assert flag in {key for (key,) in flags}
    assert report.counts["flags"] >= 1


def test_a_day_that_was_taken_away_contradicts_nothing() -> None:
    past = "SELECT flags FROM custody_standing WHERE flags ? 'confirmed_past_and_held'"
    story.bring_in(story.document(confirmedReleaseDate="2026-11-01"))
    assert _rows(past)
    story.bring_in(story.document(confirmedReleaseDate=None), as_at=story.noon(3))
    assert not _rows(past)


def test_a_day_told_of_an_earlier_custody_is_no_day_to_leave_on_in_this_one() -> None:
    leaves_on = "SELECT prison, release_on::text FROM custody_standing"
    story.bring_in(story.document(releaseDate="2026-11-03"))
    story.bring_in(story.released(releaseDate="2026-11-03"), as_at=story.noon(3))
    assert _rows(leaves_on) == [("", "2026-11-03")]
    again = {"bookingId": "1200009", "lastMovementDate": "2026-11-20", "receptionDate": "2026-11-20"}
    back = story.document(prisonId="LEI", **again)
    story.bring_in(back, source="LEI", as_at=story.noon(20))
    assert _rows(leaves_on) == [("LEI", None)]
    permit = story.opens(
        story.worker("offender_management", "LEI"), story.person(), purpose="supervision", at=story.noon(21)
    )
    known = [story.identity(), story.identity(source="LEI")]
    for panel in (queries.panel(permit, known), queries.panel(permit, known, known_on=story.noon(21))):
        assert panel is not None
        assert panel.dates is None


def test_a_row_without_a_prison_number_is_rejected_with_what_to_do() -> None:
    report = story.bring_in(story.document("A12"), story.document())
    assert (report.counts["read"], report.counts["new"], report.counts["rejected"]) == (2, 1, 1)
    (reject,) = report.rejects
    assert (reject.line, reject.field, reject.as_written) == (1, "prisonerNumber", "A12")
    assert "put the number right" in reject.what_to_do


def test_an_older_extract_never_overwrites_a_newer_one() -> None:
    story.bring_in(story.document(cellLocation="B-2-002"), as_at=story.noon(9))
    story.bring_in(story.document(cellLocation="A-1-001"), as_at=story.noon(2))
    assert _rows("SELECT cell FROM custody_standing") == [("B-2-002",)]


def test_a_day_that_moved_asks_nothing_of_who_somebody_is() -> None:
    story.bring_in(story.document(conditionalReleaseDate="2027-03-04"))
    moved = story.document(conditionalReleaseDate="2027-04-05")
    with CaptureQueriesContext(connection) as captured:
        story.bring_in(moved, as_at=story.noon(10))
    asked = "\n".join(query["sql"] for query in captured)
    assert "people_identifier" not in asked
    assert "people_details" not in asked


def test_a_number_told_later_is_kept_and_joins() -> None:
    story.bring_in(story.document())
    story.bring_in(story.document(pncNumber="2015/1234567R"), as_at=story.noon(10))
    assert ("pnc",) in _rows("SELECT system FROM people_identifier")


def test_a_death_is_reported_by_the_feed_and_settled_by_a_named_worker() -> None:
    story.bring_in(story.document())
    story.bring_in(_died(), as_at=story.noon(5))
    assert _death() == "reported"
    permit = _opened_by("offender_management")
    custody.confirm_death(permit, died_on=date(2026, 11, 4), reason="The governor rang.", at=story.noon(5))
    assert _death() == "confirmed"
    with pytest.raises(Refused, match="was confirmed already"):
        custody.confirm_death(permit, died_on=date(2026, 11, 4), reason="Again.", at=story.noon(5))


def test_a_death_that_was_a_mistake_leaves_the_record_open() -> None:
    story.bring_in(story.document())
    story.bring_in(_died(), as_at=story.noon(5))
    custody.death_was_a_mistake(
        _opened_by("offender_management"), reason="He is in the next cell.", at=story.noon(5)
    )
    assert _death() == ""
    assert _rows("SELECT standing, prison FROM custody_standing") == [("remand", "MDI")]
    story.bring_in(story.document(cellLocation="C-3-003"), as_at=story.noon(6))
    assert _death() == ""
    with pytest.raises(Refused, match="No death is waiting"):
        custody.death_was_a_mistake(
            _opened_by("offender_management"), reason="Spoke with her.", at=story.noon(6)
        )


def test_the_dates_of_a_recall_are_restricted_until_the_person_is_back() -> None:
    recalled: dict[str, Any] = {
        "status": "ACTIVE OUT",
        "inOutStatus": "OUT",
        "recall": True,
        "legalStatus": "RECALL",
    }
    story.bring_in(story.document())
    story.bring_in(story.released(), as_at=story.noon(4))
    at_large = story.released(**recalled, lastMovementTypeCode="", postRecallReleaseDate="2027-01-05")
    story.bring_in(at_large, as_at=story.noon(5))
    told = "SELECT entry.restricted FROM record_entry entry WHERE item = 'PRRD' ORDER BY recorded_at"
    assert _rows(told) == [(True,)]
    back = story.document(recall=True, legalStatus="RECALL", postRecallReleaseDate="2027-01-05")
    story.bring_in(back, as_at=story.noon(6))
    assert _rows(told) == [(True,), (False,)]


def _died() -> dict[str, object]:
    return story.document(
        status="INACTIVE OUT",
        inOutStatus="OUT",
        lastMovementTypeCode="REL",
        lastMovementReasonCode="DEC",
        lastMovementDate="2026-11-04",
        legalStatus="DEAD",
        prisonId="OUT",
        lastPrisonId="MDI",
    )


def _opened_by(role: str) -> Permit:
    return story.opens(story.worker(role), story.person(), purpose="supervision", at=story.noon(5))


def _death() -> str:
    ((death,),) = _rows("SELECT death FROM people_person WHERE id = %s", story.person())
    return str(death)


def _rows(query: str, *values: UUID) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[object, ...]] = cursor.fetchall()
        return rows


def test_a_prison_the_directory_does_not_know_is_kept_and_marked_to_be_looked_at() -> None:
    story.bring_in(story.document(prisonId="QQI"))
    assert _rows("SELECT is_checked FROM directory_organisation WHERE code = 'QQI'") == [(False,)]
    assert _rows("SELECT count(*) FROM access_relationship WHERE closed_on IS NULL") == [(1,)]


def test_a_movement_told_again_with_another_reason_replaces_the_one_before_and_keeps_its_day() -> None:
    story.bring_in(story.document())
    gone = story.released(lastMovementReasonCode="CR", lastMovementDate=None)
    story.bring_in(gone, as_at=story.noon(4))
    story.bring_in({**gone, "lastMovementReasonCode": "HD"}, as_at=story.noon(5))
    told = """
        SELECT body.movement_reason, body.happened_on FROM custody_movement body
        JOIN record_entry entry ON entry.id = body.entry_id
        WHERE body.what = 'released'
          AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)"""
    assert _rows(told) == [("HD", date(2026, 11, 4))]
