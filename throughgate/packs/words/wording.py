"""The words, days and times of one language, for sheets. Not that of the page somebody makes them on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from throughgate.foundation.clock import LONDON
from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Language
from throughgate.packs.rules.snapshot import Json

CATALOGUES = Path(__file__).resolve().parents[2] / "locale"


class Wording:
    """One language. Called with a message, it gives the words; it goes by the name `_`."""

    def __init__(self, language: Language, messages: Mapping[str, str]) -> None:
        self.language = language
        self._messages = messages

    def __call__(self, message: str) -> str:
        return self._messages.get(message) or message

    def reviewed_upstream(self) -> str:
        """Who has reviewed its words before they were shipped; "" nobody yet."""
        row = code_set("translations").get(self.language.value)
        return f"{row['reviewed_by']} ({row['reviewed_on']})" if row and row["reviewed_by"] else ""

    def not_reviewed(self) -> str:
        """That nobody who speaks the language has checked its words; "" once somebody has, and in English."""
        _ = self
        if self.language is Language.ENGLISH or self.reviewed_upstream():
            return ""
        return _("No Welsh speaker has checked these words yet. You can ask for them in English.")

    def label(self, table: str, code: str) -> str:
        """What a code of a code set means; one the table does not know stays as it is."""
        return self(code_set(table).labels().get(code, code))

    def day(self, on: date | str) -> str:
        """ "Thursday 17 December", as a day is said; from its ISO form, too."""
        _, day = self, date.fromisoformat(on) if isinstance(on, str) else on
        weekday, month = self._weekdays()[day.weekday()], self._months()[day.month - 1]
        return _("%(weekday)s %(day)s %(month)s") % {"weekday": weekday, "day": day.day, "month": month}

    def full_day(self, on: date | str) -> str:
        """ "Thursday 17 December 2026"."""
        day = date.fromisoformat(on) if isinstance(on, str) else on
        return f"{self.day(day)} {day.year}"

    def plain_day(self, on: date | str) -> str:
        """ "4 May 1989"."""
        day = date.fromisoformat(on) if isinstance(on, str) else on
        return f"{day.day} {self._months()[day.month - 1]} {day.year}"

    def time(self, at: str) -> str:
        """ "14:05", by the clock in London."""
        return datetime.fromisoformat(at).astimezone(LONDON).strftime("%H:%M")

    def moment(self, at: datetime | str) -> str:
        """ "Thursday 17 December 2026, 14:05"."""
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        return f"{self.full_day(moment.astimezone(LONDON).date())}, {self.time(moment.isoformat())}"

    def plain_moment(self, at: datetime) -> str:
        """ "17 December 2026, 14:05"."""
        return f"{self.plain_day(at.astimezone(LONDON).date())}, {self.time(at.isoformat())}"

    def name(self, organisation: Json | None) -> str:
        """What an organisation is called; its Welsh name where it has one."""
        if organisation is None:
            return ""
        welsh = organisation["name_cy"] if self.language is Language.WELSH else ""
        return str(welsh or organisation["name"])

    def month(self, on: date) -> str:
        """ "December 2026"."""
        return f"{self._months()[on.month - 1]} {on.year}"

    def weekdays(self, days: Sequence[int]) -> str:
        """ "Saturday and Sunday", Monday being 0."""
        _, (*names, last) = self, (self._weekdays()[day] for day in days)
        return _("%(days)s and %(last)s") % {"days": ", ".join(names), "last": last} if names else last

    def _weekdays(self) -> tuple[str, ...]:
        _ = self
        return (
            _("Monday"),
            _("Tuesday"),
            _("Wednesday"),
            _("Thursday"),
            _("Friday"),
            _("Saturday"),
            _("Sunday"),
        )

    def _months(self) -> tuple[str, ...]:
        _ = self
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


@cache
def wording(language: Language) -> Wording:
    """Read once. English is what the messages are written in."""
    if language is Language.ENGLISH:
        return Wording(language, {})
    with (CATALOGUES / language.value / "LC_MESSAGES" / "sheets.po").open("rb") as file:
        found = {str(message.id): str(message.string) for message in read_po(file) if message.id}
    return Wording(language, found)
