"""Feeds that have gone quiet, and what was odd in a run."""

from datetime import timedelta

import pytest

from tests import story
from throughgate.exchange import queries as exchange
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id

pytestmark = pytest.mark.django_db


def test_a_feed_is_quiet_when_two_nights_brought_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document())
    moorland, leeds = story.prison("MDI").id, story.prison("LEI").id
    permit = story.opens(story.worker(), story.person())
    last = story.NOON + exchange.QUIET_AFTER
    assert exchange.quiet_feeds(permit, [moorland, leeds], at=last) == []
    (quiet,) = exchange.quiet_feeds(permit, [moorland, leeds], at=last + timedelta(seconds=1))
    assert (quiet.place.id, quiet.format, quiet.since) == (moorland, "prisoner-search", story.NOON)
    assert exchange.quiet_feeds(permit, [leeds], at=last + timedelta(days=9)) == []


def test_a_feed_that_spoke_again_is_not_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document())
    monkeypatch.setenv("TG_CLOCK", story.noon(8).isoformat())
    story.bring_in(story.document(), as_at=story.noon(8))
    permit = story.opens(story.worker(), story.person())
    moorland = story.prison("MDI").id
    assert exchange.quiet_feeds(permit, [moorland], at=story.noon(9)) == []
    assert len(exchange.quiet_feeds(permit, [moorland], at=story.noon(7))) == 1


def test_what_was_odd_in_a_run_is_counted_by_what_it_was() -> None:
    report = story.bring_in(
        story.document(croNumber="nonsense"),
        story.document(story.GETHIN, bookingId="2", croNumber="nonsense too"),
    )
    (flag,) = exchange.flagged(story.reviewer(), report.run_id, limit=5)
    assert (flag.field, flag.rows) == ("croNumber", 2)


def test_a_run_that_is_not_there_is_not_there() -> None:
    for look in (exchange.run, exchange.rejects):
        with pytest.raises(NotFound):
            look(story.reviewer(), new_id())
    with pytest.raises(NotFound):
        exchange.flagged(story.reviewer(), new_id(), limit=5)


def test_rejected_rows_come_in_the_order_of_the_file_however_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "ROWS_AT_ONCE", 2)
    report = story.bring_in(*(story.document("UNKNOWN", bookingId=str(number)) for number in range(5)))
    assert [row.line for row in exchange.rejects(story.reviewer(), report.run_id)] == [1, 2, 3, 4, 5]


def test_runs_come_page_by_page() -> None:
    for day in (2, 3, 4):
        story.bring_in(story.document(), as_at=story.noon(day))
    reviewer = story.reviewer()
    first = exchange.runs(reviewer, limit=2)
    rest = exchange.runs(reviewer, before=first[-1].id, limit=2)
    assert [run.as_at for run in (*first, *rest)] == [story.noon(4), story.noon(3), story.noon(2)]
    assert all(run.started_at <= clock.now() for run in first)
