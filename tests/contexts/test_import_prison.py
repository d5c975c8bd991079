"""A prison's own extract going in."""

import json
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from throughgate.directory import actions as directory
from throughgate.exchange import actions as exchange

# Where real shapes with invented people stand on this project's machines; elsewhere this is skipped.
SHARED = Path(os.environ.get("TG_SHARED", Path(__file__).resolve().parents[3] / "shared"))
PAGE = SHARED / "data" / "hmpps_dev" / "prisoner-search" / "MDI_page.json"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def prisons(db: None) -> None:
    directory.load_prisons()


def bring_in(path: Path, *, as_at: datetime = NOON, organisation: str = "MDI") -> Counter[str]:
    report = exchange.import_file(
        format_name="prisoner-search",
        path=path,
        organisation_code=organisation,
        as_at=as_at,
        progress=lambda _: None,
    )
    assert not report.stopped_because
    return report.counts


@pytest.mark.skipif(not PAGE.exists(), reason="set TG_SHARED to the folder with data/hmpps_dev")
def test_all_96_of_a_real_page_go_in_and_stay_as_they_are_when_sent_again(prisons: None) -> None:
    first = bring_in(PAGE)
    assert (first["read"], first["new"], first["rejected"]) == (96, 96, 0)
    again = bring_in(PAGE)
    assert (again["read"], again["unchanged"], again["entries"]) == (96, 96, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, count(*) FROM record_entry GROUP BY 1 ORDER BY 2")
        print(cursor.fetchall(), first)
        cursor.execute("SELECT count(*) FROM custody_stay WHERE ends_on IS NULL AND prison='MDI'")
        print(cursor.fetchall())
        cursor.execute("SELECT * FROM custody_standing LIMIT 3")
        print(cursor.fetchall())
        cursor.execute("SELECT count(*) FROM access_relationship")
        print(cursor.fetchall())
