"""A day is a day: through forms, files, the database and pages none ever moves, wherever they run."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import said
from throughgate.exchange.inbound.days import DayOrder, read_day
from throughgate.foundation import clock
from throughgate.pages import wording
from throughgate.pages.typed import day_in

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2024, 1, 1), date(2032, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=day) for day in range((LAST - FIRST).days + 1)]
# Both clock changes of a year, the day that only some years have, and both ends of one.
ODD_DAYS = [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29), date(2026, 12, 31), date(2027, 1, 1)]
FRIDAY = date(2026, 12, 18)


@pytest.fixture(params=["UTC", "America/New_York", "Pacific/Auckland"], autouse=True)
def somewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """A machine whose own clock is that of another part of the world."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def typed(day: date) -> date | None:
    """As the three controls of a form."""
    return day_in({"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}, "on").on


def filed(form: str) -> Callable[[date], date | None]:
    """As a cell of a treatment file."""
    return lambda day: read_day(day.strftime(form), order=DayOrder.day_first).day


def shown(day: date) -> date:
    """As a page says it."""
    return datetime.strptime(wording.day(day), "%a %d %b %Y").date()  # noqa: DTZ007 - a day has no zone


WAYS: dict[str, Callable[[date], date | None]] = {
    "a form": typed,
    "a file, year first": filed("%Y-%m-%d"),
    "a file, as a number": filed("%Y%m%d"),
    "a file, as people write it": filed("%d/%m/%Y"),
    "a page": shown,
    "its first moment": lambda day: clock.day_of(clock.start_of(day)),
    "its last moment": lambda day: clock.day_of(
        clock.start_of(day + timedelta(days=1)) - timedelta.resolution
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_day_of_nine_years_comes_back_as_it_went(way: Callable[[date], date | None]) -> None:
    assert [way(day) for day in EVERY_DAY] == EVERY_DAY


def test_the_database_gives_every_day_and_its_first_moment_back() -> None:
    with connection.cursor() as cursor:
        for sent in (EVERY_DAY, [clock.start_of(day) for day in EVERY_DAY]):
            kind = "timestamptz" if isinstance(sent[0], datetime) else "date"
            cursor.execute(f"SELECT * FROM unnest(%s::{kind}[])", [sent])
            assert [row[0] for row in cursor.fetchall()] == sent


@pytest.mark.parametrize("day", ODD_DAYS, ids=str)
def test_a_release_on_an_odd_day_is_that_day_from_extract_to_page(
    day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(story.document(legalStatus="SENTENCED", conditionalReleaseDate=day.isoformat()))
    hat = story.worker()
    page = said(words(signed_in(hat).get(address("person", hat, story.person()))))
    assert f"Expected to leave {wording.day(day)}" in page
    assert f"Conditional release date: {wording.day(day)}" in page or "Every date on record" not in page


def test_a_friday_says_that_the_law_presumes_an_earlier_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    served = {"legalStatus": "SENTENCED", "receptionDate": "2026-06-01", "lastMovementDate": "2026-06-01"}
    story.bring_in(story.document(**served, conditionalReleaseDate=FRIDAY.isoformat()))
    hat = story.worker("offender_management")
    page = said(words(signed_in(hat).get(address("steps", hat, story.person()))))
    assert "Ask whether they leave earlier" in page
    assert "the law then presumes one working day earlier; only the prison can confirm it" in page
