"""The words and days of one language, each looked up or worked out once and kept.

A record page says hundreds of things. Looking each up through Django's chain of catalogues, and asking each
time which language the page is in, took longer than everything else the page did.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache

from django.utils.translation import get_language, gettext, override
from markupsafe import Markup

from throughgate.foundation.clock import LONDON, comes_twice, is_second
from throughgate.foundation.codesets import code_set
from throughgate.foundation.wrong import Sentence
from throughgate.packs.content import Language
from throughgate.packs.words.wording import Wording as SheetWording
from throughgate.packs.words.wording import wording as sheet_wording

DAYS_KEPT = 50_000  # about a life's worth of days in two languages
MOMENTS_KEPT = 20_000


class Wording:
    """One language. Called with a message, it gives the words; in presenters it goes by the name `_`.

    In Welsh it has what the person's own sheets and book say, and the rest stays English.
    """

    def __init__(self, language: str | None) -> None:
        self.language = language
        self._said: Callable[[str], str] = gettext
        if language == Language.WELSH:
            self._said = _of_sheets(language)
        self._words: dict[str, str] = {}
        self._markup: dict[str, Markup] = {}
        self._labels: dict[tuple[str, ...], str] = {}

    def __call__(self, message: str) -> str:
        words = self._words.get(message)
        if words is None:
            words = self._words[message] = self._said(message)
        return words

    def markup(self, message: str) -> Markup:
        """The words as a template prints them: messages are ours, what is put into them is not."""
        words = self._markup.get(message)
        if words is None:
            words = self._markup[message] = Markup(self(message))  # noqa: S704 - a message of the program
        return words

    def label(self, table: str, *code: str) -> str:
        """What a code of a code set means; one the table does not know stays as sent, and "" stays ""."""
        if not code[-1]:
            return ""
        label = self._labels.get((table, *code))
        if label is None:
            row = code_set(table).get(*code)
            words = row[code_set(table).meta.label] if row else ""
            if not words:  # not kept: codes that nobody knows could be anything, and so without end
                return code[-1]
            label = self._labels[table, *code] = self._said(words)
        return label

    def day(self, on: date) -> str:
        """ "Thu 3 Dec 2026"."""
        return _day(on, self.language)

    def day_month(self, on: date) -> str:
        """ "Thu 3 Dec", where the year goes without saying."""
        return _day_month(on, self.language)

    def near(self, on: date, today: date) -> str:
        """A day without its year where that is this one."""
        return self.day_month(on) if on.year == today.year else self.day(on)

    def moment(self, at: datetime) -> str:
        """ "Thu 3 Dec 2026, 14:05", by the clock in London."""
        return _moment(at, self.language)

    def born(self, on: date) -> str:
        """ "4 May 1989"."""
        return _plain_day(on, self.language)

    def weekdays(self, days: Sequence[int]) -> str:
        """ "Saturday and Sunday", Monday being 0."""
        return _of_sheets(self.language).weekdays(days)

    def month(self, on: date) -> str:
        """ "May 1989"."""
        return _of_sheets(self.language).month(on)


def _of_sheets(language: str | None) -> SheetWording:
    return sheet_wording(Language.WELSH if language == Language.WELSH else Language.ENGLISH)


@cache
def _wording(language: str | None) -> Wording:
    return Wording(language)


_spoken: ContextVar[Wording | None] = ContextVar("spoken", default=None)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """One language from here to the end: to ask Django for it at each word took as long as the words."""
    with override(language):
        before = _spoken.set(_wording(get_language()))
        try:
            yield
        finally:
            _spoken.reset(before)


def sentence(why: str) -> str:
    """Why something was refused, which rules say in English, in the language of the page."""
    if isinstance(why, Sentence) and why.said:
        return words(why.message) % why.said
    return words(why)


def current() -> Wording:
    """That of the language the page is in."""
    return _spoken.get() or _wording(get_language())


def words(message: str) -> str:
    """The message in the language the page is in; imported as `_`."""
    return current()(message)


_ = words  # as the catalogue of strings knows it


def day(on: date) -> str:
    return current().day(on)


def day_month(on: date) -> str:
    return current().day_month(on)


def moment(at: datetime) -> str:
    return current().moment(at)


def born(on: date) -> str:
    return current().born(on)


def label(table: str, *code: str) -> str:
    return current().label(table, *code)


def time(at: datetime) -> str:
    """ "14:05", by the clock in London; of an hour that comes twice, which of the two."""
    local = at.astimezone(LONDON)
    shown = f"{local.hour:02}:{local.minute:02}"
    if not comes_twice(local):
        return shown
    said = {"time": shown}
    if is_second(local):
        return _("%(time)s (after the clocks go back)") % said
    return _("%(time)s (before the clocks go back)") % said


def age(born_on: date, *, on: date) -> int:
    """Whole years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


# What follows is in the language that is active; the other argument keeps the languages apart in the memory.


@lru_cache(DAYS_KEPT)
def _day(on: date, _language: str | None) -> str:
    said = {"weekday": _weekdays()[on.weekday()], "day": on.day, "month": _months()[on.month - 1]}
    return _("%(weekday)s %(day)s %(month)s %(year)s") % {**said, "year": on.year}


@lru_cache(DAYS_KEPT)
def _day_month(on: date, _language: str | None) -> str:
    said = {"weekday": _weekdays()[on.weekday()], "day": on.day, "month": _months()[on.month - 1]}
    return _("%(weekday)s %(day)s %(month)s") % said


@lru_cache(DAYS_KEPT)
def _plain_day(on: date, language: str | None) -> str:
    return _of_sheets(language).plain_day(on)


@lru_cache(MOMENTS_KEPT)
def _moment(at: datetime, language: str | None) -> str:
    day = _day(at.astimezone(LONDON).date(), language)
    return _("%(day)s, %(time)s") % {"day": day, "time": time(at)}


def _weekdays() -> tuple[str, ...]:
    return (
        _("Mon"),
        _("Tue"),
        _("Wed"),
        _("Thu"),
        _("Fri"),
        _("Sat"),
        _("Sun"),
    )


def _months() -> tuple[str, ...]:
    return (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
