"""Days and moments in words, in the language of the page.

Each day is worked out once for each language and kept: a record page shows hundreds, and formatting them was
most of the time such pages took.
"""

from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from throughgate.foundation.clock import LONDON

DAYS_KEPT = 50_000  # about a life's worth of days in two languages


def day(on: date) -> str:
    """ "Thu 3 Dec 2026"."""
    return _day(on, get_language())


def day_month(on: date) -> str:
    """ "Thu 3 Dec", where the year goes without saying."""
    return _day_month(on, get_language())


def moment(at: datetime) -> str:
    """ "Thu 3 Dec 2026, 14:05", by the clock in London."""
    local = at.astimezone(LONDON)
    return _("%(day)s, %(time)s") % {"day": day(local.date()), "time": f"{local:%H:%M}"}


def time(at: datetime) -> str:
    """ "14:05", by the clock in London."""
    return f"{at.astimezone(LONDON):%H:%M}"


def born(on: date) -> str:
    """ "4 May 1989"."""
    return _plain_day(on, get_language())


def age(born_on: date, *, on: date) -> int:
    """Whole years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


@lru_cache(DAYS_KEPT)
def _day(on: date, _language: str | None) -> str:
    words = {"weekday": _weekdays()[on.weekday()], "day": on.day, "month": _months()[on.month - 1]}
    return _("%(weekday)s %(day)s %(month)s %(year)s") % {**words, "year": on.year}


@lru_cache(DAYS_KEPT)
def _day_month(on: date, _language: str | None) -> str:
    words = {"weekday": _weekdays()[on.weekday()], "day": on.day, "month": _months()[on.month - 1]}
    return _("%(weekday)s %(day)s %(month)s") % words


@lru_cache(DAYS_KEPT)
def _plain_day(on: date, _language: str | None) -> str:
    month = _long_months()[on.month - 1]
    return _("%(day)s %(month)s %(year)s") % {"day": on.day, "month": month, "year": on.year}


def _weekdays() -> tuple[str, ...]:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def _months() -> tuple[str, ...]:
    return (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        pgettext("short month", "May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )


def _long_months() -> tuple[str, ...]:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
