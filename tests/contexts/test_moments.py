"""What the database keeps of a moment is what is read back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

from throughgate.foundation.moments import Moment


@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2026, 11, 20, 12, 0, tzinfo=UTC), id="whole"),
        pytest.param(datetime(2026, 11, 20, 12, 0, 0, 10, tzinfo=UTC), id="microseconds"),
        pytest.param(datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))), id="from elsewhere"),
        pytest.param(datetime(1, 1, 1, tzinfo=UTC), id="the first"),
        pytest.param(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), id="the last"),
    ],
)
def test_a_moment_comes_back_as_it_was_in_utc(moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, NULL::timestamptz", [moment])
        read, none = cursor.fetchone()
    assert (read, none) == (moment, None)
    assert read.tzinfo == UTC


@pytest.mark.django_db
def test_every_connection_reads_moments_so() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        assert cursor.fetchone()[0].tzinfo == UTC
    assert connection.connection.adapters.get_loader(1184, 0) is Moment  # timestamptz, as text
