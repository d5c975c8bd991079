"""A sheet: one thing to record, as data. What all sheets do, `filling.py` and the one view do for them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages import typed
from throughgate.pages.recording.fields import Field, Moment
from throughgate.pages.typed import TypedDay, TypedMoment
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form


class SheetWords(NamedTuple):
    """What a sheet says of itself."""

    title: str  # in the list of what may be recorded
    purpose: str
    heading: str
    button: str
    kept: str  # once it is on the record


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A sheet as it was filled in: what stands in each control, and what each field means by it."""

    given: Mapping[str, str]
    at: datetime  # what it is about happened then, where no other moment is typed
    dated_by: str = "time"

    def text(self, name: str) -> str:
        return self.given.get(name, "").strip()

    def day(self, name: str) -> TypedDay:
        return typed.day_in(self.given, name)

    def moment(self, name: str) -> TypedMoment:
        return typed.moment_in(self.given, name, usual=self.at, dated_by=self.dated_by)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One thing to record. Its functions are called once a page, in the language of the page."""

    what: str  # its place in the address
    kinds: Collection[str]  # of the entries it makes
    words: Callable[[], SheetWords]
    fields: Callable[[Permit], Sequence[Field]]
    is_offered: Callable[[Permit], bool]
    wrong: Callable[[Permit, Typed], Mapping[str, str]]  # field -> a sentence; empty where it can be kept
    keep: Callable[[Permit, Typed, Form], UUID]
    typed_from: Callable[[Spine, Any], Mapping[str, str]]  # an entry and what it says, as it would be typed
    begins_with: Callable[[Permit], Mapping[str, str]] = lambda _permit: {}  # what stands in it already
    takes_late_entries: bool = True  # on the record of somebody who has died
    leads_to: str = "person"  # the page that says what was kept

    def is_open(self, permit: Permit, *, death: str) -> bool:
        """Whether this worker may fill it in now."""
        return self.is_offered(permit) and (self.takes_late_entries or death != "confirmed")

    def faults(self, permit: Permit, typed: Typed) -> dict[str, str]:
        """What has to be put right, by field: as the sheet says, and a time that there never was."""
        left_out = {
            field.name: _("The clocks go forward that night, and there is no such time. Enter another.")
            for field in self.fields(permit)
            if isinstance(field, Moment) and typed.moment(field.name).is_left_out
        }
        return {**self.wrong(permit, typed), **left_out}

    def controls(self, permit: Permit) -> list[str]:
        """The names of all that a browser sends of it."""
        return [control for field in self.fields(permit) for control in field.controls]
