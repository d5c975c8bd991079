"""A release date that a worker was told: beside the prison's record, and never silently in its place."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests import story
from tests.content import rows
from throughgate.access import actions as access
from throughgate.custody import actions as custody
from throughgate.custody import queries
from throughgate.custody.panels import CONTESTED, Panel
from throughgate.custody.rules import BestDate, ToldDate
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.record.rules import Form

pytestmark = pytest.mark.django_db
ON_RECORD, EARLIER = date(2026, 12, 3), date(2026, 11, 27)
CONFIRMED = ToldDate(date_type="CRD", expected_on=EARLIER, certainty="confirmed", told_by="Mo Clipboard")
# Out on licence, and to come back.
AT_LARGE: dict[str, Any] = {
    "status": "ACTIVE OUT",
    "legalStatus": "RECALL",
    "recall": True,
    "lastMovementTypeCode": "",
}


@pytest.fixture
def permit(monkeypatch: pytest.MonkeyPatch) -> Permit:
    """Of the prison's offender management, on the ninth; its record says the third of December."""
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document(conditionalReleaseDate=ON_RECORD.isoformat()))
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    return story.opens(story.worker("offender_management"), story.person(), at=story.noon(9))


def tell(permit: Permit, told: ToldDate = CONFIRMED, key: str = "k1") -> None:
    custody.tell_release_date(permit, told, at=permit.at, form=Form(key))


def panel(permit: Permit) -> Panel:
    found = queries.panel(permit, linkage.identity_ids(permit))
    assert found is not None
    return found


def best(permit: Permit) -> BestDate:
    found = panel(permit).dates
    assert found is not None
    return found


def leaves_on(permit: Permit) -> date | None:
    refresher = access.issue_timer_permit(job="nightly", at=permit.at)
    return queries.custodies(refresher, [story.person()])[story.person()].leaves_on


def test_a_day_that_is_more_certain_is_gone_by_and_the_record_is_shown_to_differ(permit: Permit) -> None:
    for _ in range(2):
        tell(permit)
    assert (best(permit).on, best(permit).why.value, leaves_on(permit)) == (EARLIER, "more_certain", EARLIER)
    assert [(loser.told.on, loser.why_not.value) for loser in best(permit).losers] == [
        (ON_RECORD, "less_certain")
    ]
    assert CONTESTED in panel(permit).flags


def test_a_day_that_is_no_more_certain_stays_beside_the_record(permit: Permit) -> None:
    tell(permit, replace(CONFIRMED, certainty="said"))
    assert (best(permit).on, leaves_on(permit)) == (ON_RECORD, ON_RECORD)
    assert CONTESTED in panel(permit).flags


def test_a_new_word_of_the_record_settles_it(permit: Permit, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(permit)
    monkeypatch.setenv("TG_CLOCK", story.noon(10).isoformat())
    moved = date(2026, 12, 10)
    story.bring_in(story.document(conditionalReleaseDate=moved.isoformat()), as_at=story.noon(10))
    assert (best(permit).on, best(permit).why.value) == (moved, "newer")
    assert CONTESTED not in panel(permit).flags


def test_what_was_told_is_known_from_then_on(permit: Permit) -> None:
    tell(permit)
    ids = linkage.identity_ids(permit)
    before = queries.panel(permit, ids, known_on=story.noon(8))
    after = queries.panel(permit, ids, known_on=story.noon(10))
    assert before is not None
    assert after is not None
    assert [each.dates.on for each in (before, after) if each.dates] == [ON_RECORD, EARLIER]


def test_of_somebody_no_prison_tells_of_a_day_that_was_told_is_kept(permit: Permit) -> None:
    story.treated({}, source="PATH")
    tell(permit)
    assert leaves_on(permit) == EARLIER


def test_a_day_inside_is_kept_secret_while_a_recall_is(permit: Permit) -> None:
    story.bring_in(story.released(), as_at=story.noon(4))
    story.bring_in(story.released(**AT_LARGE), as_at=story.noon(5))
    tell(permit, replace(CONFIRMED, date_type="PRRD"))
    assert rows("SELECT restricted FROM record_entry WHERE source = 'hand'") == [(True,)]
    assert leaves_on(permit) != EARLIER


def test_a_day_that_cannot_be_is_refused_in_words(permit: Permit) -> None:
    with pytest.raises(Refused, match="Say who told it"):
        tell(permit, replace(CONFIRMED, told_by=""))
    assert best(permit).on == ON_RECORD


def test_only_who_writes_of_custody_tells_a_day(permit: Permit) -> None:
    reader = story.opens(story.worker(), story.person(), at=story.noon(9))
    assert queries.told_types(reader) == []
    assert queries.told_types(permit) == ["CONFIRMED", "HDCAD", "APD", "PRRD", "CRD", "ARD", "NPD", "NDTORD"]
    with pytest.raises(Refused, match="Choose what kind of date it is"):
        tell(reader)
