"""A day as somebody typed it into three controls."""

from datetime import date

import pytest

from throughgate.pages import typed


@pytest.mark.parametrize(
    ("parts", "on"),
    [
        (("27", "3", "2026"), date(2026, 3, 27)),
        (("07", "03", " 2026 "), date(2026, 3, 7)),
        (("29", "2", "2026"), None),
        (("27", "3", "26"), None),
        (("27", "3", "20266"), None),
        (("27", "March", "2026"), None),
    ],
)
def test_a_day_is_read_with_its_year_in_full_or_not_at_all(
    parts: tuple[str, str, str], on: date | None
) -> None:
    """A last dose on 22 11 26 stood on the record as one of the year 26."""
    given = dict(zip(("on_day", "on_month", "on_year"), parts, strict=True))
    found = typed.day_in(given, "on")
    assert (found.on, found.is_unread) == (on, on is None)
