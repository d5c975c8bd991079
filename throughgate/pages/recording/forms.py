"""What the pages of recording send: shapes only; what may be kept is decided elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pages.person.reading import History
from throughgate.pages.recording.sheet import Sheet, Typed
from throughgate.pages.typed import id_in
from throughgate.record.drafts import FormDraft
from throughgate.record.queries import Spine
from throughgate.record.rules import Form

LONGEST_KEY = 120  # characters: what the record holds of it


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A sheet, for something new or in place of an entry."""

    sheet: Sheet
    read: History | None = None  # of the entry it corrects

    @property
    def old(self) -> Spine | None:
        """The entry that is corrected, in the version that stands."""
        return self.read.versions[0] if self.read else None

    def says(self) -> Mapping[str, str]:
        """What stands in the sheet of what it corrects."""
        if not (self.read and self.old):
            return {}
        return self.sheet.typed_from(self.old, self.read.lines[self.old.id])

    @property
    def draft(self) -> str:
        """The name its draft goes by, whichever version is corrected."""
        return f"{self.sheet.what} {self.read.versions[-1].id}" if self.read else self.sheet.what


@dataclass(frozen=True, kw_only=True)
class Filling:
    """A sheet as a worker fills it in; opening it makes the key of its form."""

    asked: Asked
    typed: Typed
    form: Form
    wrong: Mapping[str, str] = field(default_factory=dict)  # field -> why it cannot be kept
    newer: History | None = None  # what somebody else has said meanwhile
    draft_at: datetime | None = None  # what is typed was kept as a draft then


def opened(permit: Permit, asked: Asked, known: Mapping[str, str], draft: FormDraft | None) -> Filling:
    """A sheet before it is sent: a draft of it, what the entry says that it corrects, or what is known."""
    if draft:
        begun = sent(permit, asked, draft.typed)
        return replace(begun, draft_at=draft.saved_at)
    return Filling(
        asked=asked,
        typed=_typed(permit, asked, {**asked.sheet.begins_with(permit), **known, **asked.says()}),
        form=Form(str(new_id()), corrects=asked.old.id if asked.old else None),
    )


def sent(permit: Permit, asked: Asked, given: Mapping[str, str]) -> Filling:
    """A sheet as it was sent. It corrects the version it was opened with, which need not stand any more."""
    return Filling(
        asked=asked,
        typed=_typed(permit, asked, given),
        form=Form(
            given.get("form_key", "")[:LONGEST_KEY],
            reason=given.get("reason", "").strip(),
            corrects=id_in(given, "corrects") if asked.read else None,
        ),
    )


def overtaken(filling: Filling, newer: History) -> Filling:
    """The sheet opened anew, with what was said meanwhile in sight."""
    corrects = newer.versions[0].id if filling.form.corrects else None
    return replace(filling, form=replace(filling.form, key=str(new_id()), corrects=corrects), newer=newer)


def to_keep(filling: Filling) -> dict[str, str]:
    """All that a sheet sends, as a draft keeps it."""
    form = filling.form
    corrects = {"corrects": str(form.corrects)} if form.corrects else {}
    return {**filling.typed.given, "reason": form.reason, "form_key": form.key, **corrects}


def _typed(permit: Permit, asked: Asked, given: Mapping[str, str]) -> Typed:
    """What was typed, as far as the sheet has controls for it."""
    held = {control: given[control] for control in asked.sheet.controls(permit) if control in given}
    if asked.old is None:
        return Typed(given=held, at=permit.at)
    return Typed(given=held, at=asked.old.happened_at, dated_by=asked.old.dated_by)
